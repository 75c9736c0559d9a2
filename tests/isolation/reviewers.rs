//! What a reviewer learns, and what a former reviewer does not.

use super::canaries::Canaries;
use super::matrix::Slow;
use super::objects;
use super::run::Matrix;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, engines, on_both};

// row: 002-14, 004-03
// operations: get_agreement, list_agreement_history, list_documents, list_text_sets, list_agreements, get_clauses, get_text_comparison, list_remarks
#[actix_web::test]
async fn a_former_reviewer_sees_nothing_of_what_came_after() {
    let _turn = super::TURN.lock().await;
    for engine in engines() {
        let app = TestApp::start_at(engine, Slow::now()).await;
        let canaries = Canaries::default();
        let places = objects::build(&app, &canaries).await;
        let [before, after] = &places.former;
        assert_eq!(before, after, "{engine:?}");
        assert_eq!(before.len(), 11);
        let seen = canaries.find(&before[0]).into_iter();
        let seen: Vec<_> = seen.map(|number| canaries.get(number).field).collect();
        assert!(seen.contains(&"title".to_owned()), "{seen:?}");
        let line: Value = serde_json::from_str(&before[10]).unwrap();
        assert_eq!(line["stage"], "returned");
        // The history that it reads does not show the owner's own steps.
        let reader = app.client(Role::Viewer, JALISCO).await;
        let case = &places.by_name["returned"].id;
        let path = format!("/v1/agreements/{case}/history");
        let history = reader.get(&path).await.expect(200).json();
        let items = history["items"].as_array().unwrap();
        let steps: Vec<_> = items.iter().map(|item| item["action"].clone()).collect();
        assert_eq!(steps, ["return_to_owner", "submit"]);
        // It does not learn what becomes of the case either.
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        let officer = app.officer(GUADALAJARA).await;
        officer.transition(case, &withdraw).await.expect(200);
        let end = objects::everything(&reader, case).await;
        assert_eq!(before, &end, "{engine:?}");
    }
}

// row: 002-14
// operations: list_agreements, get_agreement
#[actix_web::test]
async fn a_reviewer_learns_nothing_beyond_what_it_was_sent() {
    let _turn = super::TURN.lock().await;
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Observed).await.to_string();
        let one = format!("/v1/agreements/{case}");
        let officer = app.officer(GUADALAJARA).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let state = app.client(Role::Viewer, JALISCO).await;
        // The file number belongs to SRE and the owner: a search for it by others must not confirm
        // it.
        for (client, finds) in [(&officer, 1), (&sre, 1), (&state, 0)] {
            let list = client.get("/v1/agreements?q=DGCP-2026-0117").await.json();
            assert_eq!(list["items"].as_array().unwrap().len(), finds);
        }
        // The draft changes its kind; those who were sent the case know the kind they were sent.
        let etag = officer.get(&one).await.etag();
        let other = json!({"kind": "specific_cooperation"});
        officer.patch(&one, &etag, &other).await.expect(200);
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        officer.transition(&case, &withdraw).await.expect(200);
        for (client, kind) in [
            (&officer, "specific_cooperation"),
            (&sre, "twinning"),
            (&state, "twinning"),
        ] {
            assert_eq!(client.get(&one).await.expect(200).json()["kind"], kind);
        }
    })
    .await;
}

/// The same for a world whose former reviewer has already read.
pub async fn as_before(matrix: &Matrix) {
    let reader = &matrix.person("viewer", JALISCO).client;
    let now = objects::everything(reader, &matrix.places.by_name["returned"].id).await;
    for (before, now) in matrix.places.former[1].iter().zip(&now) {
        if before != now {
            matrix.wrong(format!("a former reviewer reads {now} after {before}"));
        }
    }
}
