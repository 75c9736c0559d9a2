//! The answer to a change says what happened: done, not done, or unknown.

mod answered;
mod room;
mod wire;

use crate::tools::{one, post};
use serde_json::json;
use std::sync::Arc;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::SystemClock;
use vinculo_domain::{Role, faults};
use vinculo_persistence::Engine;
use vinculo_tests::{Answer, GUADALAJARA, Request, SRE, Setup, TestApp};
use wire::{Cut, through_a_wire};

pub const WIRED: [Setup; 2] = [Setup::Postgres, Setup::Pooled];

fn keyed(name: &str) -> Request {
    let body = TestApp::counterpart_json(name);
    post("/v1/counterparts", &body).header("idempotency-key", name)
}

fn is_replay(answer: &Answer) -> bool {
    answer.header("idempotency-replayed").as_deref() == Some("true")
}

async fn start(setup: Setup) -> TestApp {
    eprintln!("--- {setup:?}");
    TestApp::start_on(setup, 8, Arc::new(SystemClock)).await
}

#[track_caller]
fn unknown(answer: Answer) {
    let answer = answer.refused(503, "outcome_unknown");
    assert!(answer.header("retry-after").is_some());
    let said = answer.json()["detail"].to_string();
    assert!(said.contains("Idempotency-Key"), "{said}");
}

/// The connection breaks during the commit, just before or just after it. The answer says that the
/// outcome is unknown, and the same key makes exactly one record.
#[actix_web::test]
async fn a_commit_that_is_not_answered_is_done_once_when_repeated() {
    for setup in WIRED {
        let (app, wire) = through_a_wire(&start(setup).await).await;
        let client = app.officer(GUADALAJARA).await;
        for (round, cut) in [Cut::Before, Cut::After, Cut::Before, Cut::After]
            .into_iter()
            .enumerate()
        {
            let before = app.scratch.count("counterparts");
            let request = keyed(&format!("Ciudad {round}").replace(' ', "-"));
            wire.cut(cut);
            unknown(client.send(request.clone()).await);
            assert!(wire.is_idle(), "nothing was cut");
            let kept = i64::from(cut == Cut::After);
            // The server may notice the cut a moment later than the client.
            for _wait in 0..100 {
                if app.scratch.count("counterparts") == before + kept {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            assert_eq!(app.scratch.count("counterparts"), before + kept, "{cut:?}");
            let again = client.send(request.clone()).await.expect(201);
            assert_eq!(is_replay(&again), cut == Cut::After, "{cut:?}");
            let third = client.send(request).await.expect(201);
            assert_eq!(third.body, again.body);
            assert_eq!(app.scratch.count("counterparts"), before + 1, "{cut:?}");
        }
    }
}

/// The same on SQLite, where a fault in the store stands in for a disk failure.
#[actix_web::test]
async fn a_commit_that_fails_on_the_disk_is_done_once_when_repeated() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.officer(GUADALAJARA).await;
    for (point, kept) in [(faults::DURING_COMMIT, 0), (faults::AFTER_COMMIT, 1)] {
        let before = app.scratch.count("counterparts");
        let key = point.replace(' ', "-");
        faults::strike(point, &key);
        unknown(client.send(keyed(&key)).await);
        assert_eq!(app.scratch.count("counterparts"), before + kept, "{point}");
        let again = client.send(keyed(&key)).await.expect(201);
        assert_eq!(is_replay(&again), kept == 1, "{point}");
        assert_eq!(app.scratch.count("counterparts"), before + 1, "{point}");
    }
}

/// A reader gets another government's data only once the line in the audit log is certainly stored;
/// and a read never answers that the outcome of a change is unknown.
#[actix_web::test]
async fn a_disclosure_that_is_not_sure_to_be_on_record_is_not_answered() {
    for setup in WIRED {
        let plain = start(setup).await;
        let case = plain.case_in(GUADALAJARA, Stage::Registered).await;
        let (app, wire) = through_a_wire(&plain).await;
        let ministry = app.client(Role::Liaison, SRE).await;
        let reads = || app.scratch.count("audit_log WHERE outcome = 'read'");
        ministry.get(&one(case)).await.expect(200);
        let before = reads();
        for (cut, kept) in [(Cut::Before, 0), (Cut::After, 1)] {
            let before = reads();
            wire.cut(cut);
            let answer = ministry.get(&one(case)).await.refused(503, "too_busy");
            assert!(!answer.text().contains("Hermanamiento"));
            assert!(wire.is_idle(), "nothing was cut");
            assert!(reads() <= before + kept);
        }
        ministry.get(&one(case)).await.expect(200);
        assert!(reads() > before);
        // The same holds for a refusal.
        let path = one(uuid::Uuid::now_v7());
        wire.cut(Cut::Before);
        ministry.get(&path).await.refused(503, "too_busy");
        ministry.get(&path).await.refused(404, "not_found");
    }
}

/// A token used by a request with an unknown outcome still gives its successor.
#[actix_web::test]
async fn a_refresh_of_which_nobody_knows_is_repeated() {
    for setup in WIRED {
        let (app, wire) = through_a_wire(&start(setup).await).await;
        let email = format!("officer@{GUADALAJARA}.example");
        let answer = app
            .nobody()
            .send(TestApp::sign_in(&email, TestApp::PASSWORD))
            .await;
        let mut token = answer.expect(201).json()["refresh_token"].clone();
        for cut in [Cut::Before, Cut::After] {
            let refresh = json!({"refresh_token": token});
            wire.cut(cut);
            let path = "/v1/sessions/refresh";
            let answer = app.nobody().post(path, &refresh).await;
            answer.refused(503, "outcome_unknown");
            let answer = app.nobody().post(path, &refresh).await.expect(201);
            token = answer.json()["refresh_token"].clone();
        }
        assert_eq!(
            app.scratch.count("sessions WHERE revoked_at IS NOT NULL"),
            0
        );
    }
}

/// After a restart of the server every pooled connection is dead; no caller sees an error.
#[actix_web::test]
async fn dead_connections_are_replaced_before_they_are_used() {
    for setup in WIRED {
        let (app, wire) = through_a_wire(&start(setup).await).await;
        let client = app.officer(GUADALAJARA).await;
        for round in 0..6 {
            // Every connection of both pools has been used once.
            let warm = (0..8).map(|_| client.get("/v1/counterparts"));
            futures_util::future::join_all(warm).await;
            if round % 2 == 0 {
                wire.cut_all();
            } else {
                app.scratch.texts(
                    "SELECT pg_terminate_backend(pid)::text AS x FROM pg_stat_activity \
                     WHERE datname = current_database() AND usename = 'vinculo_app'",
                );
            }
            let reads = (0..10).map(|_| client.get("/v1/counterparts"));
            for answer in futures_util::future::join_all(reads).await {
                answer.expect(200);
            }
            let writes = (0..10).map(|number| client.send(keyed(&format!("c-{round}-{number}"))));
            for answer in futures_util::future::join_all(writes).await {
                answer.expect(201);
            }
        }
        assert_eq!(app.scratch.count("counterparts"), 60);
    }
}
