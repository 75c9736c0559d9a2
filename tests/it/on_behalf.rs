//! Acting for a municipality without people yet: from its letter to its first officer.

mod activation;
mod carrying;
mod inscribed;

use crate::tools::one;
use serde_json::{Value, json};
use vinculo_api::fixtures::{Official, pdf};
use vinculo_domain::{Role, Tier};
use vinculo_tests::{
    Answer, Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both,
};

/// A municipality of Jalisco and one of Guanajuato, both without people.
const TLAQUEPAQUE: &str = "14098";
const CELAYA: &str = "11007";

fn draft(counterparts: &[String]) -> Value {
    json!({
        "kind": "twinning", "title": "Hermanamiento de Tlaquepaque con Nara",
        "counterparts": counterparts, "themes": ["culture"], "languages": ["es"],
        "own_powers": ["73-XXIX-NN"], "validity": {"term": "indefinite"},
        "planned_signing_on": "2027-03",
    })
}

fn path_for(owner: &str) -> String {
    format!("/v1/agreements?on_behalf_of={owner}")
}

async fn open(client: &Client, owner: &str) -> Answer {
    let fields = TestApp::counterpart_json(&format!("Nara {}", uuid::Uuid::now_v7()));
    let counterpart = client
        .post("/v1/counterparts", &fields)
        .await
        .expect(201)
        .id();
    client
        .post(&path_for(owner), &draft(&[counterpart]))
        .await
        .expect(201)
}

/// Everything that a submission needs, except the letter.
async fn complete(client: &Client, case: &str) {
    let text = client.attach(case, "text", Some("es"), &pdf("texto")).await;
    let text = json!({"language": "es", "authenticity": "authentic", "document_id": text.expect(201).id()});
    let sets = format!("{}/text-sets", one(case));
    client
        .post(&sets, &json!({"texts": [text]}))
        .await
        .expect(201);
    let minutes = client
        .attach(case, "council_minutes", None, &pdf("acta"))
        .await;
    let approval = json!({"council_approval": {"session_on": "2026-09-01",
        "document_id": minutes.expect(201).id(), "members": 19, "votes_for": 15, "votes_against": 4}});
    let etag = client.get(&one(case)).await.etag();
    client.patch(&one(case), &etag, &approval).await.expect(200);
}

async fn letter(client: &Client, case: &str) -> Answer {
    client
        .attach(case, "received_letter", None, &pdf("oficio"))
        .await
}

/// Gives a municipality its first person, with this role.
async fn hire(app: &TestApp, tenant: &str, role: Role) -> Client {
    let email = format!("{}@primero.example", uuid::Uuid::now_v7());
    let official = Official::hire(
        &app.app,
        &email,
        "Persona",
        tenant,
        Tier::Municipality,
        role,
        "-",
    )
    .await;
    app.session(official.unwrap().actor.person.unwrap(), tenant)
        .await
}

/// The governments whose readers see this case.
async fn seen_by(app: &TestApp, case: &str) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for tenant in [
        SRE,
        "00-amexcid",
        JALISCO,
        GUANAJUATO,
        GUADALAJARA,
        ZAPOPAN,
        "obs-senado",
    ] {
        let viewer = app.client(Role::Viewer, tenant).await;
        match viewer.get(&one(case)).await {
            answer if answer.status == 200 => seen.push(tenant),
            answer => drop(answer.refused(404, "not_found")),
        }
    }
    seen
}

// row: 004-06, 004-03, 002-14
// operations: create_agreement
#[actix_web::test]
async fn only_the_ministry_and_the_state_within_its_mechanism_act_for_others() {
    on_both(|app| async move {
        let body = draft(&[]);
        app.nobody()
            .post(&path_for(TLAQUEPAQUE), &body)
            .await
            .refused(401, "unauthenticated");
        let cooperation = {
            let mut body = body.clone();
            body["kind"] = json!("specific_cooperation");
            body
        };
        for (role, tenant, owner, body) in [
            (Role::Liaison, JALISCO, TLAQUEPAQUE, &body),
            (Role::Viewer, JALISCO, TLAQUEPAQUE, &body),
            // Another state's municipality, a kind that the mechanism does not cover, a state
            // without a mechanism, a neighbour, the caller itself, a state.
            (Role::Officer, JALISCO, CELAYA, &body),
            (Role::Officer, JALISCO, TLAQUEPAQUE, &cooperation),
            (Role::Officer, GUANAJUATO, CELAYA, &body),
            (Role::Officer, GUADALAJARA, TLAQUEPAQUE, &body),
            (Role::Officer, JALISCO, JALISCO, &body),
            (Role::Officer, SRE, JALISCO, &body),
            (Role::Liaison, SRE, TLAQUEPAQUE, &body),
            (Role::Officer, "obs-senado", TLAQUEPAQUE, &body),
        ] {
            let client = app.client(role, tenant).await;
            let refused = client.post(&path_for(owner), body).await;
            refused.refused(403, "forbidden");
        }
        // Who may act for a government does not depend on a key that is none.
        for (role, tenant) in [(Role::Officer, SRE), (Role::Viewer, JALISCO)] {
            let client = app.client(role, tenant).await;
            let refused = client.post(&path_for("99999"), &body).await;
            crate::tools::points_at(&refused, "on_behalf_of", "invalid_value");
            refused.refused(400, "invalid_parameter");
        }
        // A municipality with officers opens its cases itself.
        for (tenant, owner) in [(JALISCO, GUADALAJARA), (SRE, ZAPOPAN)] {
            let client = app.officer(tenant).await;
            let refused = client.post(&path_for(owner), &body).await;
            crate::tools::points_at(&refused.expect(422), "/on_behalf_of", "has_officer");
        }
        assert_eq!(app.scratch.count("agreements"), 0);
        for (tenant, owner, body) in [
            (JALISCO, TLAQUEPAQUE, &body),
            (SRE, TLAQUEPAQUE, &cooperation),
            (SRE, CELAYA, &body),
        ] {
            let client = app.officer(tenant).await;
            let made = client.post(&path_for(owner), body).await.expect(201);
            let view = made.json();
            assert_eq!(
                json!([view["owner"], view["seats"], view["level"], view["stage"]]),
                json!([owner, ["agent"], "full", "draft"])
            );
            assert_eq!(seen_by(&app, &made.id()).await, [tenant]);
        }
    })
    .await;
}

// row: 004-06
// operations: create_agreement, transition_agreement, update_agreement
#[actix_web::test]
async fn a_state_carries_cases_only_while_its_mechanism_is_in_force() {
    on_both(|app| async move {
        let state = app.officer(JALISCO).await;
        let case = open(&state, TLAQUEPAQUE).await.id();
        complete(&state, &case).await;
        letter(&state, &case).await.expect(201);
        let ministry = app.client(Role::Liaison, SRE).await;
        let list = ministry.get("/v1/mechanisms").await.expect(200).json();
        let mechanism = format!(
            "/v1/mechanisms/{}",
            list["items"][0]["id"].as_str().unwrap()
        );
        let submit = json!({"action": "submit"});
        for (end, status) in [("2025-01-01", 403), ("2040-12-31", 200)] {
            let etag = ministry.get(&mechanism).await.etag();
            ministry
                .patch(&mechanism, &etag, &json!({"ends_on": end}))
                .await
                .expect(200);
            let made = state.post(&path_for(TLAQUEPAQUE), &draft(&[])).await;
            assert_eq!(made.status == 201, status == 200, "{}", made.text());
            let etag = state.get(&one(&case)).await.etag();
            let patched = state
                .patch(&one(&case), &etag, &json!({"objective": end}))
                .await;
            patched.expect(status);
            // The case says what is missing, and that it may be given up all the same.
            let view = state.get(&one(&case)).await.expect(200).json();
            let told = |action: &str| {
                let lines = view["available_transitions"].as_array().unwrap();
                let line = lines.iter().find(|line| line["action"] == action);
                line.unwrap()["reasons"].clone()
            };
            let reasons = if status == 200 {
                json!([])
            } else {
                json!(["mandate"])
            };
            assert_eq!((told("submit"), told("withdraw")), (reasons, json!([])));
            state.transition(&case, &submit).await.expect(status);
        }
    })
    .await;
}
