//! What the lines of lists carry: of a case what its view shows the same caller, of an inscription
//! what its record shows everybody.

mod follow;
mod narrow;
mod older;

use crate::annotations::{annotate, registrar};
use crate::procedure::scenes::Scenes;
use crate::tools::{entry, inscribe, one};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::{AgreementContent, Stage};
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// The line of a case in the list of a client, if it is there.
pub async fn line(client: &Client, case: &str) -> Option<Value> {
    let list = client.get("/v1/agreements?limit=200").await.expect(200);
    let items = list.json()["items"].as_array().unwrap().clone();
    items.into_iter().find(|item| item["id"] == case)
}

/// The line of an inscription.
async fn entry_line(client: &Client, number: &str) -> Value {
    let list = client.get("/v1/registry?limit=200").await.expect(200);
    let items = list.json()["items"].as_array().unwrap().clone();
    let found = items.into_iter().find(|item| item["number"] == number);
    found.unwrap()
}

fn card(government: &str, name: &str, role: &str) -> Value {
    json!({"government_id": government, "name": name, "role": role})
}

fn fixed(last: &str) -> Value {
    json!({"term": "fixed", "ends_on": last, "renewal": "by_agreement"})
}

/// The content of a draft with an end and two themes.
async fn content(scenes: &Scenes<'_>) -> AgreementContent {
    let mut content = serde_json::to_value(scenes.content().await).unwrap();
    content["validity"] = fixed("2029-06-30");
    content["themes"] = json!(["culture", "trade"]);
    serde_json::from_value(content).unwrap()
}

/// What is in a line alone, in one value.
fn rest(line: &Value) -> Value {
    json!([
        line["themes"],
        line["parties"],
        line["ends_on"],
        line["inscription"]
    ])
}

// row: 003-05, 002-14
// operations: list_agreements, get_agreement
#[actix_web::test]
async fn a_line_says_what_the_view_says_to_the_same_caller() {
    on_both(|app: TestApp| async move {
        let scenes = Scenes::new(&app, true).await;
        let case = scenes.draft(content(&scenes).await).await;
        let id = case.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let party = app.officer(ZAPOPAN).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let both = json!([
            card(GUADALAJARA, "Guadalajara", "lead"),
            card(ZAPOPAN, "Zapopan", "signatory"),
        ]);
        let sent = json!([["culture", "trade"], both, "2029-06-30", null]);
        for client in [&officer, &party] {
            let line = line(client, &id).await.unwrap();
            assert_eq!(rest(&line), sent);
            // All that line and view have in common is equal.
            let view = client.get(&one(&id)).await.expect(200).json();
            for (name, value) in line.as_object().unwrap() {
                if !["themes", "parties", "ends_on"].contains(&name.as_str()) {
                    assert_eq!(&view[name], value, "{name}");
                }
            }
            assert_eq!(line["themes"], view["draft"]["themes"]);
        }
        assert_eq!(line(&state, &id).await, None);
        scenes.cast.carry(case, Stage::Returned).await.unwrap();
        assert_eq!(rest(&line(&state, &id).await.unwrap()), sent);
        // What the owner's side changes now, a reviewer learns when it is sent again.
        let tag = officer.get(&one(&id)).await.etag();
        let change = json!({"themes": ["trade"], "validity": fixed("2031-01")});
        officer.patch(&one(&id), &tag, &change).await.expect(200);
        let changed = json!([["trade"], both, "2031-01", null]);
        for (client, wanted) in [(&officer, &changed), (&party, &changed), (&state, &sent)] {
            assert_eq!(&rest(&line(client, &id).await.unwrap()), wanted);
        }
    })
    .await;
}

// row: 003-05, 002-14
// operations: list_agreements
#[actix_web::test]
async fn to_whom_a_case_was_announced_the_line_names_the_lead_alone() {
    on_both(|app: TestApp| async move {
        let scenes = Scenes::new(&app, true).await;
        let case = scenes.draft(content(&scenes).await).await;
        let id = case.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let named = json!({"external_ids": [{"system": "siga", "value": "GDL-1"}]});
        let tag = officer.get(&one(&id)).await.etag();
        officer.patch(&one(&id), &tag, &named).await.expect(200);
        let body = json!({"action": "announce", "share_with_state": true});
        officer.transition(&id, &body).await.expect(200);
        for told in [SRE, JALISCO] {
            let client = app.client(Role::Liaison, told).await;
            let line = line(&client, &id).await.unwrap();
            let lead = json!([card(GUADALAJARA, "Guadalajara", "lead")]);
            assert_eq!(
                rest(&line),
                json!([["culture", "trade"], lead, null, null]),
                "{told}"
            );
            assert_eq!(line["external_ids"], json!([]), "{told}");
            let mut said = line.clone();
            for name in ["id", "updated_at"] {
                said.as_object_mut().unwrap().remove(name).unwrap();
            }
            // Its name ends with an id, and ids have all digits.
            let (name, _id) = said["counterpart"]
                .as_str()
                .unwrap()
                .split_once(' ')
                .unwrap();
            said["counterpart"] = json!(name);
            for hidden in [ZAPOPAN, "Zapopan", "2029", "GDL-1"] {
                assert!(!said.to_string().contains(hidden), "{told}: {said}");
            }
        }
        let own = line(&officer, &id).await.unwrap();
        assert_eq!(own["external_ids"], named["external_ids"]);
        assert_eq!(own["ends_on"], "2029-06-30");
    })
    .await;
}

// row: 002-10, 002-31
// operations: list_registry, list_agreements, create_annotation
#[actix_web::test]
async fn an_annotation_moves_the_end_in_both_lists() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({"validity": fixed("2027-12-31")})).await;
        let (nobody, officer) = (app.nobody(), app.officer(GUADALAJARA).await);
        let lead = json!([card(GUADALAJARA, "Guadalajara", "lead")]);
        let before = entry_line(&nobody, &number).await;
        let record = nobody.get(&entry(&number)).await.expect(200).json();
        assert_eq!(before["ends_on"], "2027-12-31");
        assert_eq!(before["parties"], lead);
        for name in ["themes", "updated_at", "signed_on", "registered_at"] {
            assert_eq!(before[name], record[name], "{name}");
        }
        let own = line(&officer, &case).await.unwrap();
        assert_eq!(rest(&own), json!([["culture"], lead, "2027-12-31", number]));

        let registrar = registrar(&app).await;
        let bytes = pdf("prórroga");
        let paper = registrar.attach(&case, "annotation_instrument", None, &bytes);
        let paper = paper.await.expect(201).id();
        let renewal = json!({"effective_on": "2026-12-01", "document_id": paper,
            "changes": {"kind": "renewal", "ends_on": "2032-06", "renewal": "none"}});
        annotate(&registrar, &number, &renewal).await.expect(201);
        let after = entry_line(&nobody, &number).await;
        assert_eq!(after["ends_on"], "2032-06");
        assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
        assert_eq!(after["registered_at"], before["registered_at"]);
        let own = line(&officer, &case).await.unwrap();
        assert_eq!(rest(&own), json!([["culture"], lead, "2032-06", number]));

        // Themes and parties follow what is annotated too.
        let themes = json!({"effective_on": "2026-12-01", "ground": "Error de captura.", "changes":
            {"kind": "correction", "fields": [{"field": "themes", "old": ["culture"], "new": ["trade"]}]}});
        annotate(&registrar, &number, &themes).await.expect(201);
        assert_eq!(entry_line(&nobody, &number).await["themes"], json!(["trade"]));
    })
    .await;
}
