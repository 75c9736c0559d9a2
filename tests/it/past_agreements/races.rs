//! Concurrent requests: one report is kept, and either the confirmation or the withdrawal wins.

use super::{PATH, dispute, record, report, reported, with};
use crate::tools::{one, post};
use futures_util::future::join_all;
use serde_json::json;
use std::collections::BTreeMap;
use vinculo_domain::Role;
use vinculo_tests::{Answer, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

fn statuses(answers: &[Answer]) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    for answer in answers {
        *counts.entry(answer.status).or_default() += 1;
    }
    counts
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn reports_of_one_agreement_at_once_make_one_case() {
    on_both(|app| async move {
        let state = app.client(Role::Liaison, JALISCO).await.patient();
        let ministry = app.client(Role::Liaison, SRE).await.patient();
        let owner = app.officer(GUADALAJARA).await.patient();
        for year in 1990..1996 {
            let dated = |body| with(body, "signed_on", json!(year.to_string()));
            let shots = (0..12).map(|shot| match shot % 3 {
                0 => state.send(post(PATH, &dated(report()))),
                1 => ministry.send(post(PATH, &dated(report()))),
                _ => owner.send(post(PATH, &dated(record()))),
            });
            let answers = join_all(shots.collect::<Vec<_>>()).await;
            assert_eq!(statuses(&answers), BTreeMap::from([(201, 1), (409, 11)]));
        }
        assert_eq!(app.scratch.count("agreements"), 6);
        assert_eq!(app.scratch.count("history"), 6);
        assert_eq!(app.scratch.count("counterparts WHERE tenant_id = '00'"), 0);
    })
    .await;
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn agreements_at_once_with_one_new_counterpart_share_it() {
    on_both(|app| async move {
        let state = app.client(Role::Liaison, JALISCO).await.patient();
        for round in 0..6 {
            let fields = TestApp::counterpart_json(&format!("Ciudad {round}"));
            let report = with(report(), "counterparts", json!([{"fields": fields}]));
            let bodies =
                (1980..1992).map(|year| with(report.clone(), "signed_on", json!(year.to_string())));
            let bodies: Vec<_> = bodies.collect();
            let shots = bodies.iter().map(|body| state.post(PATH, body));
            let answers = join_all(shots).await;
            assert_eq!(statuses(&answers), BTreeMap::from([(201, 12)]));
        }
        assert_eq!(app.scratch.count("counterparts WHERE tenant_id = '14'"), 6);
    })
    .await;
}

// row: 003-07
// operations: transition_agreement
#[actix_web::test]
async fn of_confirming_disputing_and_taking_back_one_comes_first() {
    on_both(|app| async move {
        let state = app.client(Role::Liaison, JALISCO).await.patient();
        let owner = app.officer(GUADALAJARA).await.patient();
        for year in 1980..1990 {
            let body = with(report(), "signed_on", json!(year.to_string()));
            let case = state.post(PATH, &body).await.expect(201).id();
            let path = format!("{}/transitions", one(&case));
            let withdraw = json!({"action": "withdraw", "reason": "Error."});
            let tags = [
                state.get(&one(&case)).await.etag(),
                owner.get(&one(&case)).await.etag(),
            ];
            let shots = [
                state.send(post(&path, &withdraw).if_match(&tags[0])),
                owner.send(post(&path, &json!({"action": "confirm"})).if_match(&tags[1])),
                owner.send(post(&path, &dispute()).if_match(&tags[1])),
                state.send(post(&path, &withdraw).if_match(&tags[0])),
            ];
            let answers = join_all(shots).await;
            assert_eq!(statuses(&answers), BTreeMap::from([(200, 1), (412, 3)]));
            let won = answers.iter().find(|answer| answer.status == 200).unwrap();
            let view = owner.get(&one(&case)).await.json();
            assert_eq!(view["stage"], won.json()["stage"]);
            assert_eq!(view["version"], 2);
        }
        reported(&state).await;
    })
    .await;
}

// row: 003-07
// operations: create_agreement_correction, create_agreement_withdrawal, transition_agreement
#[actix_web::test]
async fn of_correcting_withdrawing_and_confirming_one_comes_first() {
    on_both(|app| async move {
        let state = app.client(Role::Liaison, JALISCO).await.patient();
        let owner = app.officer(GUADALAJARA).await.patient();
        for year in 1980..1990 {
            let body = with(report(), "signed_on", json!(year.to_string()));
            let case = state.post(PATH, &body).await.expect(201).id();
            let tags = [
                state.get(&one(&case)).await.etag(),
                owner.get(&one(&case)).await.etag(),
            ];
            let to = |part: &str| format!("{}/{part}", one(&case));
            let corrected = json!({"reason": "El acta dice otro lugar.", "place": "Nara"});
            let error = json!({"reason": "Es de otro municipio."});
            let shots = [
                state.send(post(&to("corrections"), &corrected).if_match(&tags[0])),
                owner.send(
                    post(&to("transitions"), &json!({"action": "confirm"})).if_match(&tags[1]),
                ),
                state.send(post(&to("withdrawals"), &error).if_match(&tags[0])),
            ];
            let answers = join_all(shots).await;
            let won = statuses(&answers).get(&200).copied();
            assert_eq!(won, Some(1), "{:?}", statuses(&answers));
            let view = owner.get(&one(&case)).await.json();
            assert_eq!(view["version"], 2);
            assert_eq!(
                app.scratch
                    .count(&format!("history WHERE agreement_id = '{case}'")),
                2
            );
        }
    })
    .await;
}
