//! A case carried over HTTP until its entry in the public registry.

use crate::tools::{entry, one};
use serde_json::Value;
use uuid::Uuid;
use vinculo_api::fixtures::{pdf, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction as A, OpinionResult};
use vinculo_tests::{Client, GUADALAJARA, SRE, TestApp};

pub const OFFICER: (Role, &str) = (Role::Officer, GUADALAJARA);

/// Who takes which step, from the ministry's intake on.
const ROAD: [((Role, &str), A); 5] = [
    ((Role::Liaison, SRE), A::Accept),
    ((Role::LegalReviewer, SRE), A::IssueOpinion),
    (OFFICER, A::RecordSignature),
    (OFFICER, A::SendToRegistry),
    ((Role::Registrar, SRE), A::Register),
];

/// Attaches a document that a step needs.
async fn bring(client: &Client, case: &str, kind: &str, language: Option<&str>) -> Uuid {
    let file = client.attach(case, kind, language, &pdf(kind)).await;
    Uuid::parse_str(&file.expect(201).id()).unwrap()
}

/// Takes a step, with a request that fits the case as its actor reads it; gives the result.
pub async fn step(app: &TestApp, who: (Role, &str), case: Uuid, action: A) -> Value {
    let client = app.client(who.0, who.1).await;
    let case = case.to_string();
    let mut letter = Uuid::nil();
    match action {
        A::IssueOpinion => letter = bring(&client, &case, "opinion", None).await,
        A::SendToRegistry => {
            bring(&client, &case, "signed_copy", Some("es")).await;
        }
        _ => {}
    }
    let view = client.get(&one(&case)).await.expect(200).json();
    let opinion = Some((OpinionResult::Favorable, letter));
    let request = request_for(action, &view, opinion).unwrap();
    let body = serde_json::to_value(&request).unwrap();
    client.transition(&case, &body).await.expect(200).json()
}

/// Carries a case of Guadalajara from this step to its inscription; gives the public record.
pub async fn to_the_registry(app: &TestApp, case: Uuid, first: A) -> Value {
    let mut view = Value::Null;
    for (who, action) in ROAD.iter().skip_while(|(_who, action)| *action != first) {
        view = step(app, *who, case, *action).await;
    }
    assert_eq!(view["stage"], "registered");
    let number = view["inscription"].as_str().unwrap();
    let public = app.nobody().get(&entry(number)).await.expect(200).json();
    assert_eq!(public["number"], number);
    public
}
