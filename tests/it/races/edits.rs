//! Races beside the steps of the procedure.

use super::{By, CLIENTS, MUNICIPAL, one_winner, rounds};
use crate::tools::{one, patch, post};
use futures_util::future::join_all;
use serde_json::json;
use vinculo_api::fixtures::content_for;
use vinculo_domain::agreements::Stage as S;
use vinculo_tests::{GUANAJUATO, TestApp, on_both};

/// Concurrent edit, withdrawal and submission: the first makes the version stale for the rest.
#[actix_web::test]
async fn edits_and_steps_of_one_version_exclude_each_other() {
    on_both(|app| async move {
        let (cast, client) = (
            app.cast(MUNICIPAL).await,
            app.officer(MUNICIPAL).await.patient(),
        );
        let counterpart = app.counterpart(&cast.officer, "Kioto").await;
        for round in 0..rounds() {
            let content = content_for("twinning", "Antes", counterpart, "culture").unwrap();
            let case = cast.prepare(content).await.unwrap();
            let before = client.get(&one(case)).await.expect(200);
            let shot = |number: usize| {
                let path = format!("{}/transitions", one(case));
                let request = match number % 4 {
                    0 if round % 2 == 1 => post(&path, &json!({"action": "submit"})),
                    1 if round % 2 == 1 => {
                        post(&path, &json!({"action": "withdraw", "reason": "No."}))
                    }
                    _ => patch(
                        &one(case),
                        "",
                        &json!({"title": format!("Cliente {number}")}),
                    ),
                };
                let request = vinculo_tests::Request {
                    headers: vec![("content-type".into(), "application/json".into())],
                    ..request
                };
                client.send(request.if_match(&before.etag()))
            };
            let won = one_winner(join_all((0..CLIENTS).map(shot)).await);
            let after = client.get(&one(case)).await.expect(200);
            assert_eq!(after.json(), won.json());
            assert_eq!(after.etag(), won.etag());
        }
        for table in [
            "outbox WHERE event_type",
            "history WHERE 'agreement.' || action",
        ] {
            let steps = "('agreement.submit', 'agreement.withdraw', 'agreement.update')";
            // Preparing each case includes one edit.
            let found = app.scratch.count(&format!("{table} IN {steps}"));
            assert_eq!(found, 2 * rounds(), "{table}");
        }
    })
    .await;
}

#[actix_web::test]
async fn edits_of_one_counterpart_exclude_each_other() {
    on_both(|app| async move {
        let client = app.officer(MUNICIPAL).await.patient();
        for round in 0..rounds() {
            let wanted = TestApp::counterpart_json(&format!("Ciudad {round}"));
            let made = client.post("/v1/counterparts", &wanted).await.expect(201);
            let path = format!("/v1/counterparts/{}", made.id());
            let shot = |number: usize| {
                let name = json!({"name": format!("Ciudad {round} de {number}")});
                client.send(patch(&path, &made.etag(), &name))
            };
            let won = one_winner(join_all((0..CLIENTS).map(shot)).await);
            assert_eq!(client.get(&path).await.json(), won.json());
        }
        let updates = "outbox WHERE event_type = 'counterpart.update'";
        assert_eq!(app.scratch.count(updates), rounds());
    })
    .await;
}

/// Documents have no version: concurrent uploads all succeed.
#[actix_web::test]
async fn documents_added_at_once_are_all_kept() {
    on_both(|app| async move {
        let case = app.case_in(MUNICIPAL, S::Draft).await.to_string();
        let client = app.officer(MUNICIPAL).await.patient();
        let before = app.scratch.count("documents");
        let files: Vec<_> = (0..CLIENTS)
            .map(|number| vinculo_api::fixtures::pdf(&format!("Anexo {number}")))
            .collect();
        let shots = files
            .iter()
            .map(|file| client.attach(&case, "other", None, file));
        for answer in join_all(shots).await {
            answer.expect(201);
        }
        let added = app.scratch.count("documents") - before;
        assert_eq!(usize::try_from(added).unwrap(), CLIENTS);
    })
    .await;
}

/// Registry numbers have no gap, however many are inscribed at once.
#[actix_web::test]
async fn inscriptions_made_at_once_are_numbered_without_gaps() {
    on_both(|app| async move {
        let cast = app.cast(GUANAJUATO).await;
        let counterpart = app.counterpart(&cast.officer, "Kioto").await;
        let client = By::Registrar.client(&app, GUANAJUATO).await;
        let mut cases = Vec::new();
        for number in 0..CLIENTS {
            let title = format!("Caso {number}");
            let content = content_for("twinning", &title, counterpart, "culture").unwrap();
            let case = cast.prepare(content).await.unwrap();
            cast.carry(case, S::PendingRegistration).await.unwrap();
            cases.push(case.to_string());
        }
        let inscribe = json!({"action": "register", "text_matches": true});
        let shots = cases.iter().map(|case| client.transition(case, &inscribe));
        let mut numbers: Vec<String> = Vec::new();
        for answer in join_all(shots).await {
            let number = answer.expect(200).json()["inscription"].clone();
            numbers.push(number.as_str().unwrap().to_owned());
        }
        numbers.sort();
        let ordinals: Vec<usize> = numbers
            .iter()
            .map(|number| number.split_once('-').unwrap().1.parse().unwrap())
            .collect();
        assert_eq!(ordinals, (1..=CLIENTS).collect::<Vec<_>>());
    })
    .await;
}
