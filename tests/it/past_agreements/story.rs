//! A twinning signed in 1998 without an opinion, from its state's report to the public registry.

use super::{PATH, dispute, report, seen_by};
use crate::tools::one;
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// Takes a step; gives the case as the caller sees it afterwards.
async fn step(client: &Client, case: &str, body: Value) -> Value {
    let view = client.transition(case, &body).await.expect(200).json();
    json!([view["stage"], view["compliance"]])
}

/// Stage and version as a government's viewer reads them.
async fn told(app: &TestApp, tenant: &str, case: &str) -> Value {
    let viewer = app.client(Role::Viewer, tenant).await;
    let view = viewer.get(&one(case)).await.expect(200).json();
    json!([view["stage"], view["version"]])
}

async fn opinion(legal: &Client, case: &str) -> Value {
    let letter = legal.attach(case, "opinion", None, &pdf("dictamen")).await;
    json!({
        "action": "issue_opinion", "result": "favorable", "number": "CJA-7",
        "issued_on": "2026-10-30", "document_id": letter.expect(201).id(),
    })
}

// row: 003-07, 003-21, 004-02, 004-03
// operations: create_past_agreement, transition_agreement, list_agreement_history, get_inscription
#[actix_web::test]
async fn a_twinning_of_1998_is_reported_disputed_confirmed_regularised_and_inscribed() {
    on_both(|app| async move {
        let state = app.client(Role::Liaison, JALISCO).await;
        let owner = app.officer(GUADALAJARA).await;
        let intake = app.client(Role::Liaison, SRE).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let registrar = app.client(Role::Registrar, SRE).await;

        let case = state.post(PATH, &report()).await.expect(201).id();
        assert_eq!(
            step(&owner, &case, dispute()).await,
            json!(["reported", "unknown"])
        );
        assert_eq!(told(&app, JALISCO, &case).await, json!(["reported", 2]));
        let confirm = json!({"action": "confirm", "note": "El archivo lo acredita."});
        assert_eq!(
            step(&owner, &case, confirm).await,
            json!(["signed", "unknown"])
        );
        let own = owner.get(&one(&case)).await.json();
        assert_eq!(own["dispute"], Value::Null);
        assert_eq!(seen_by(&app, &case).await, [JALISCO, GUADALAJARA]);
        let last_told = told(&app, JALISCO, &case).await;
        assert_eq!(last_told, json!(["signed", 3]));

        let regularize = json!({"action": "regularize", "reason": "Se firmó sin dictamen."});
        let lacking = owner.transition(&case, &regularize).await;
        lacking.refused(422, "incomplete");
        owner
            .attach(&case, "signed_copy", Some("es"), &pdf("copia"))
            .await
            .expect(201);
        assert_eq!(step(&owner, &case, regularize).await[0], "legal_review");
        assert_eq!(seen_by(&app, &case).await, [SRE, JALISCO, GUADALAJARA]);
        // At SRE everybody reads what was sent, but not who reported it.
        let seen = legal.get(&one(&case)).await.expect(200).json();
        assert_eq!(seen["seats"], json!(["federal"]));
        assert_eq!(seen["signature"]["signed_on"], "1998-10-20");
        let issue = opinion(&legal, &case).await;
        assert_eq!(
            step(&legal, &case, issue).await,
            json!(["signed", "compliant"])
        );
        assert!(!owner.get(&one(&case)).await.json()["regularized_at"].is_null());

        let send = json!({"action": "send_to_registry"});
        assert_eq!(step(&owner, &case, send).await[0], "pending_registration");
        let register = json!({"action": "register", "text_matches": true});
        let view = registrar
            .transition(&case, &register)
            .await
            .expect(200)
            .json();
        let number = view["inscription"].as_str().unwrap();
        let public = app.nobody().get(&format!("/v1/registry/{number}")).await;
        let public = public.expect(200).json();
        assert_eq!(
            json!([
                public["signed_on"],
                public["signed_place"],
                public["opinion_number"]
            ]),
            json!(["1998-10-20", "Kioto", "CJA-7"])
        );
        // The state has learned of nothing since the confirmation.
        assert_eq!(told(&app, JALISCO, &case).await, last_told);
        let known = history(&state, &case).await;
        assert_eq!(known, ["confirm", "dispute", "report"]);
        let all = history(&owner, &case).await;
        let shared = [
            "register",
            "send_to_registry",
            "issue_opinion",
            "regularize",
            "attach",
        ];
        assert_eq!(all[..5], shared);
        assert_eq!(all[5..], known);
        intake.get(&one(&case)).await.expect(200);
    })
    .await;
}

async fn history(client: &Client, case: &str) -> Vec<String> {
    let list = client.get(&format!("{}/history", one(case))).await;
    let list = list.expect(200).json();
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|line| line["action"].as_str().unwrap().to_owned())
        .collect()
}
