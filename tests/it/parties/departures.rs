//! A party leaves before anything is signed.

mod refusals;

use super::{approve, case_with, confirm, etag, party, said, submit};
use crate::tools::{one, post, shape};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::{pdf, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, PartyRole};
use vinculo_tests::{Answer, Client, GUADALAJARA, IRAPUATO, JALISCO, Request, ZAPOPAN, on_both};

const SIGNATORIES: [(&str, PartyRole); 2] = [
    (ZAPOPAN, PartyRole::Signatory),
    (IRAPUATO, PartyRole::Signatory),
];

fn reason() -> Value {
    json!({"reason": "El cabildo cambió de prioridad."})
}

async fn leave(client: &Client, case: &str) -> Answer {
    let etag = etag(client, case).await;
    let path = format!("{}/departures", one(case));
    client.send(post(&path, &reason()).if_match(&etag)).await
}

/// Everything that a client reads of a case.
async fn everything(client: &Client, case: &str) -> Vec<String> {
    let mut read = Vec::new();
    for part in ["", "/history", "/documents", "/text-sets"] {
        let answer = client
            .get(&format!("{}{part}", one(case)))
            .await
            .expect(200);
        read.push(format!("{:?} {}", answer.header("etag"), answer.text()));
    }
    let list = client.get("/v1/agreements?limit=200").await.expect(200);
    read.push(list.text());
    read
}

// row: 003-10
// operations: create_departure
#[actix_web::test]
async fn a_party_that_leaves_takes_itself_out_of_the_draft_and_of_sight() {
    on_both(|app| async move {
        let case = case_with(&app, &SIGNATORIES).await;
        let (lead, zapopan, irapuato) = (
            app.officer(GUADALAJARA).await,
            app.officer(ZAPOPAN).await,
            app.officer(IRAPUATO).await,
        );
        approve(&zapopan, &case).await;
        approve(&irapuato, &case).await;
        let documents = app.scratch.count("documents");
        leave(&irapuato, &case).await.expect(204);

        // Afterwards it has no access, like a government that never had any.
        let random = irapuato
            .get(&one(uuid::Uuid::now_v7()))
            .await
            .refused(404, "not_found");
        let gone = irapuato.get(&one(&case)).await.refused(404, "not_found");
        assert_eq!(shape(&gone), shape(&random));
        for part in ["/history", "/documents", "/text-sets"] {
            irapuato
                .get(&format!("{}{part}", one(&case)))
                .await
                .refused(404, "not_found");
        }
        let found = irapuato
            .get("/v1/agreements?q=metropolitano")
            .await
            .expect(200)
            .json();
        assert_eq!(found["items"], json!([]));
        let again = Request::new(Method::POST, &format!("{}/departures", one(&case)));
        irapuato
            .send(again.json(&reason()).if_match("\"9.x\""))
            .await
            .refused(404, "not_found");

        // The lead sees the reason, the draft drops the party, and the other must confirm again.
        let view = lead.get(&one(&case)).await.expect(200).json();
        assert_eq!(view["draft"]["parties"].as_array().unwrap().len(), 2);
        assert_eq!(view["parties"].as_array().unwrap().len(), 2);
        assert!(party(&view, ZAPOPAN)["confirmed_at"].is_null());
        assert_eq!(party(&view, ZAPOPAN)["approval"]["votes_for"], 14);
        let history = lead.get(&format!("{}/history", one(&case))).await.json();
        let line = &history["items"][0];
        assert_eq!(
            (&line["action"], &line["acting_tenant"]),
            (&json!("leave"), &json!(IRAPUATO))
        );
        assert_eq!(line["note"], reason()["reason"]);
        assert_eq!(
            (
                app.scratch.count("documents"),
                app.scratch.count("party_departures")
            ),
            (documents, 1)
        );
        let refused = submit(&lead, &case).await.refused(422, "incomplete");
        assert!(said(&refused, "parties_confirmed").contains("Zapopan"));
        confirm(&zapopan, &case, None).await.expect(200);
        assert_eq!(
            submit(&lead, &case).await.expect(200).json()["stage"],
            "state_review"
        );
        let state = app.client(Role::Liaison, JALISCO).await;
        let sent = state.get(&one(&case)).await.expect(200).json();
        assert_eq!(sent["submission"]["parties"].as_array().unwrap().len(), 2);
        assert!(
            !everything(&state, &case)
                .await
                .concat()
                .contains("prioridad")
        );
    })
    .await;
}

// row: 003-10
// operations: create_departure, confirm_agreement
#[actix_web::test]
async fn a_party_taken_in_again_confirms_again() {
    on_both(|app| async move {
        let case = case_with(&app, &SIGNATORIES).await;
        let (lead, irapuato) = (app.officer(GUADALAJARA).await, app.officer(IRAPUATO).await);
        approve(&irapuato, &case).await;
        leave(&irapuato, &case).await.expect(204);
        let parties = json!({"parties": [{"government_id": GUADALAJARA, "role": "lead"},
            {"government_id": IRAPUATO, "role": "signatory"}]});
        lead.patch(&one(&case), &etag(&lead, &case).await, &parties)
            .await
            .expect(200);
        let view = irapuato.get(&one(&case)).await.expect(200).json();
        let own = party(&view, IRAPUATO);
        assert!(own["confirmed_at"].is_null());
        assert_eq!(own["approval"]["votes_for"], 14);
        // Having left once gives no right to edit: the draft belongs to the lead.
        let change = json!({"title": "No"});
        irapuato
            .patch(&one(&case), &etag(&irapuato, &case).await, &change)
            .await
            .refused(403, "forbidden");
        leave(&irapuato, &case).await.expect(204);
        assert_eq!(app.scratch.count("party_departures"), 2);
    })
    .await;
}

// row: 003-10
// operations: create_departure
#[actix_web::test]
async fn a_departure_under_review_is_not_the_reviewers_to_know() {
    on_both(|app| async move {
        let case = case_with(&app, &SIGNATORIES).await;
        let (lead, zapopan, irapuato) = (
            app.officer(GUADALAJARA).await,
            app.officer(ZAPOPAN).await,
            app.officer(IRAPUATO).await,
        );
        approve(&zapopan, &case).await;
        approve(&irapuato, &case).await;
        submit(&lead, &case).await.expect(200);
        let state = app.client(Role::Liaison, JALISCO).await;
        let before = everything(&state, &case).await;
        leave(&irapuato, &case).await.expect(204);
        assert_eq!(everything(&state, &case).await, before);
        irapuato.get(&one(&case)).await.refused(404, "not_found");
        let view = lead.get(&one(&case)).await.json();
        assert_eq!(
            (
                &view["stage"],
                &view["draft"]["parties"].as_array().unwrap().len()
            ),
            (&json!("state_review"), &2)
        );
        assert_eq!(view["submission"]["parties"].as_array().unwrap().len(), 3);
        // The state learns of the departure when the owner sends the case again.
        let back = request_for(CaseAction::ReturnToOwner, &Value::Null, None).unwrap();
        state
            .transition(&case, &serde_json::to_value(back).unwrap())
            .await
            .expect(200);
        confirm(&zapopan, &case, None).await.expect(200);
        let view = lead.get(&one(&case)).await.json();
        let again = request_for(CaseAction::Resubmit, &view, None).unwrap();
        lead.transition(&case, &serde_json::to_value(again).unwrap())
            .await
            .expect(200);
        let sent = state.get(&one(&case)).await.json();
        assert_eq!(sent["submission"]["parties"].as_array().unwrap().len(), 2);
        assert_eq!(
            sent["submission"]["content"]["parties"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
    })
    .await;
}

// row: 003-10
// operations: create_departure
#[actix_web::test]
async fn a_state_that_leaves_keeps_what_it_was_sent_as_reviewer() {
    on_both(|app| async move {
        let case = case_with(&app, &[(JALISCO, PartyRole::Signatory)]).await;
        let lead = app.officer(GUADALAJARA).await;
        let (state, liaison) = (
            app.officer(JALISCO).await,
            app.client(Role::Liaison, JALISCO).await,
        );
        confirm(&state, &case, None).await.expect(200);
        let paper = lead
            .attach(&case, "other", None, &pdf("interno"))
            .await
            .expect(201)
            .id();
        submit(&lead, &case).await.expect(200);
        let paper = format!("{}/documents/{paper}", one(&case));
        liaison.get(&paper).await.expect(200);
        assert_eq!(liaison.get(&one(&case)).await.json()["level"], "full");
        leave(&state, &case).await.expect(204);
        let view = liaison.get(&one(&case)).await.expect(200).json();
        assert_eq!(
            (&view["level"], &view["seats"]),
            (&json!("submitted"), &json!(["state_reviewer"]))
        );
        liaison.get(&paper).await.refused(404, "not_found");
        // The state still reviews the case.
        let forward = request_for(CaseAction::Forward, &Value::Null, None).unwrap();
        let forward = serde_json::to_value(forward).unwrap();
        assert_eq!(
            liaison.transition(&case, &forward).await.expect(200).json()["stage"],
            "federal_intake"
        );
    })
    .await;
}

// row: 003-10
// operations: create_departure
#[actix_web::test]
async fn a_party_leaves_once_however_often_it_says_so() {
    on_both(|app| async move {
        let case = case_with(&app, &SIGNATORIES).await;
        let zapopan = app.officer(ZAPOPAN).await.patient();
        let tag = etag(&zapopan, &case).await;
        let path = format!("{}/departures", one(&case));
        let shot = || zapopan.send(post(&path, &reason()).if_match(&tag));
        let answers = futures_util::future::join_all((0..8).map(|_| shot())).await;
        let left = answers.iter().filter(|answer| answer.status == 204).count();
        assert_eq!(left, 1);
        for answer in answers.iter().filter(|answer| answer.status != 204) {
            assert!([404, 412].contains(&answer.status), "{}", answer.text());
        }
        assert_eq!(app.scratch.count("party_departures"), 1);
        assert_eq!(app.scratch.count("history WHERE action = 'leave'"), 1);
    })
    .await;
}
