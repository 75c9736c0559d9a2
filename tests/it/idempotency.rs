//! Repeated requests: done once, and answered each time with the first answer.

use crate::tools::{one, post};
use chrono::Duration;
use futures_util::future::join_all;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, Request, TestApp, ZAPOPAN, on_both};

const PATH: &str = "/v1/counterparts";
const CLIENTS: usize = 20;
const KEYS: i64 = 100;

fn keyed(key: &str, name: &str) -> Request {
    post(PATH, &TestApp::counterpart_json(name)).header("idempotency-key", key)
}

fn is_replay(answer: &Answer) -> bool {
    answer.header("idempotency-replayed").as_deref() == Some("true")
}

/// The rows that recording a counterpart with a key leaves.
fn kept(app: &TestApp) -> [i64; 4] {
    [
        app.scratch.count("counterparts"),
        app.scratch
            .count("outbox WHERE event_type = 'counterpart.create'"),
        app.scratch
            .count("audit_log WHERE operation = 'create_counterpart' AND outcome = 'done'"),
        app.scratch.count("idempotency_keys"),
    ]
}

#[actix_web::test]
async fn a_hundred_keys_raced_by_twenty_clients_make_a_hundred_records() {
    on_both(|app| async move {
        let person = app.official(Role::Officer, GUADALAJARA).await.actor.person;
        let mut clients = Vec::new();
        for _ in 0..CLIENTS {
            let client = app.session(person.unwrap(), GUADALAJARA).await;
            clients.push(client.patient());
        }
        for number in 0..KEYS {
            let request = keyed(&format!("clave-{number}"), &format!("Ciudad {number}"));
            let shots = clients.iter().map(|client| client.send(request.clone()));
            let answers = join_all(shots).await;
            let first = answers.iter().filter(|answer| !is_replay(answer)).count();
            assert_eq!(first, 1, "key {number}");
            for answer in &answers {
                assert_eq!(answer.status, 201, "{}", answer.text());
                assert_eq!(answer.body, answers[0].body);
                assert_eq!(answer.etag(), answers[0].etag());
                assert_eq!(answer.header("location"), answers[0].header("location"));
            }
        }
        assert_eq!(kept(&app), [KEYS; 4]);
    })
    .await;
}

#[actix_web::test]
async fn the_same_key_with_another_body_is_refused() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        client.send(keyed("uno", "Kioto")).await.expect(201);
        let before = kept(&app);
        for name in ["Osaka", "kioto"] {
            let answer = client.send(keyed("uno", name)).await;
            answer.refused(422, "idempotency_mismatch");
        }
        assert_eq!(kept(&app), before);
        // The key belongs to the operation: in another operation it is a different key.
        let draft = json!({"kind": "twinning", "title": "Acuerdo"});
        let case = post("/v1/agreements", &draft).header("idempotency-key", "uno");
        client.send(case).await.expect(201);
    })
    .await;
}

#[actix_web::test]
async fn the_same_key_of_somebody_else_is_another_key() {
    on_both(|app| async move {
        let request = keyed("uno", "Kioto");
        let first = app.officer(GUADALAJARA).await.send(request.clone()).await;
        let first = first.expect(201).id();
        // The same person at another government, and another person at the same one.
        let person = app
            .official(Role::Officer, GUADALAJARA)
            .await
            .actor
            .person
            .unwrap();
        let colleague = app
            .official(Role::Viewer, GUADALAJARA)
            .await
            .actor
            .person
            .unwrap();
        for (id, tenant, person) in [(1, ZAPOPAN, person), (2, GUADALAJARA, colleague)] {
            app.scratch.execute(&format!(
                "INSERT INTO memberships (tenant_id, id, person_id, role, since) \
                 VALUES ('{tenant}', 'm{id}', '{person}', 'officer', '2026-01-01 00:00:00')"
            ));
        }
        let elsewhere = app.session(person, ZAPOPAN).await.send(request).await;
        assert!(!is_replay(&elsewhere));
        assert_ne!(elsewhere.expect(201).id(), first);
        let other = app.session(colleague, GUADALAJARA).await;
        let other = other.send(keyed("uno", "Osaka")).await;
        assert!(!is_replay(&other));
        assert_ne!(other.expect(201).id(), first);
        assert_eq!(kept(&app), [3; 4]);
    })
    .await;
}

#[actix_web::test]
async fn a_dry_run_is_not_remembered() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let mut dry = keyed("uno", "Kioto");
        dry.path.push_str("?dry_run=true");
        for _ in 0..2 {
            let answer = client.send(dry.clone()).await.expect(200);
            assert_eq!(answer.header("dry-run").as_deref(), Some("true"));
            assert!(!is_replay(&answer));
            assert_eq!(kept(&app), [0; 4]);
        }
        assert!(!is_replay(
            &client.send(keyed("uno", "Osaka")).await.expect(201)
        ));
        // A stored answer is not used for a dry run.
        let again = client.send(dry).await.expect(200);
        assert!(!is_replay(&again));
        assert_eq!(again.json()["name"], "Kioto");
        assert_eq!(kept(&app), [1; 4]);
    })
    .await;
}

#[actix_web::test]
async fn a_refusal_is_not_stored() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let mut wrong = TestApp::counterpart_json("Kioto");
        wrong["country"] = json!("XX");
        let wrong = post(PATH, &wrong).header("idempotency-key", "uno");
        for _ in 0..2 {
            let answer = client.send(wrong.clone()).await;
            assert!(!is_replay(&answer));
            answer.refused(422, "validation_failed");
            assert_eq!(kept(&app), [0; 4]);
        }
        let mended = client.send(keyed("uno", "Kioto")).await.expect(201);
        assert!(!is_replay(&mended));
    })
    .await;
}

#[actix_web::test]
async fn a_key_is_remembered_for_two_days() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let first = client.send(keyed("uno", "Kioto")).await.expect(201);
        let age = |hours: i64, minutes: i64| {
            let at = app.app.db.now() - Duration::hours(hours) - Duration::minutes(minutes);
            let at = at.format("%Y-%m-%d %H:%M:%S%.6f");
            app.scratch
                .execute(&format!("UPDATE idempotency_keys SET created_at = '{at}'"));
        };
        age(47, 59);
        let again = client.send(keyed("uno", "Kioto")).await.expect(201);
        assert!(is_replay(&again));
        assert_eq!(again.body, first.body);
        age(48, 1);
        let fresh = client.send(keyed("uno", "Osaka")).await.expect(201);
        assert!(!is_replay(&fresh));
        assert_eq!(fresh.json()["name"], "Osaka");
        assert_eq!(kept(&app), [2, 2, 2, 1]);
    })
    .await;
}

async fn step(client: &Client, case: &str, etag: &str, body: &Value) -> Answer {
    let request = post(&format!("{}/transitions", one(case)), body)
        .if_match(etag)
        .header("idempotency-key", "paso");
    client.send(request).await
}

// row: 004-02
// operations: transition_agreement
#[actix_web::test]
async fn a_step_is_replayed_before_the_version_is_looked_at() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let etag = officer.get(&one(&case)).await.etag();
        let submit = json!({"action": "submit"});
        let first = step(&officer, &case, &etag, &submit).await.expect(200);
        assert!(!is_replay(&first));
        // The case has moved on and the ETag is stale, but the answer is still the first one.
        let state = app.client(Role::Liaison, JALISCO).await;
        let forward = json!({"action": "forward", "note": "Sin inconveniente."});
        state.transition(&case, &forward).await.expect(200);
        let steps = app.scratch.count("history");
        for tag in [etag.as_str(), "\"1.x\"", "\"999.x\""] {
            let again = step(&officer, &case, tag, &submit).await.expect(200);
            assert!(is_replay(&again));
            assert_eq!((&again.body, again.etag()), (&first.body, first.etag()));
        }
        assert_eq!(app.scratch.count("history"), steps);
        let other = json!({"action": "submit", "note": "Otra."});
        let other = step(&officer, &case, &etag, &other).await;
        other.refused(422, "idempotency_mismatch");
        // The request itself is checked first: here without a valid tag.
        step(&officer, &case, "*", &submit)
            .await
            .refused(400, "invalid_header");
        // Access is checked before the stored answer.
        let elsewhere = app.officer(ZAPOPAN).await;
        step(&elsewhere, &case, &etag, &submit)
            .await
            .refused(404, "not_found");
    })
    .await;
}

#[actix_web::test]
async fn a_key_has_visible_characters_and_an_end() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        for key in ["", "con espacio", "clave-ñ", &"k".repeat(256)] {
            let answer = client.send(keyed(key, "Kioto")).await;
            answer.refused(400, "invalid_header");
        }
        assert_eq!(kept(&app), [0; 4]);
        client
            .send(keyed(&"k".repeat(255), "Kioto"))
            .await
            .expect(201);
    })
    .await;
}

#[actix_web::test]
async fn an_upload_is_kept_once_for_one_key() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let client = app.officer(GUADALAJARA).await.patient();
        let file = vinculo_api::fixtures::pdf("Anexo");
        let upload = |bytes: &[u8]| {
            let parts: [(&str, Option<&str>, &[u8]); 2] =
                [("kind", None, b"other"), ("file", Some("anexo.pdf"), bytes)];
            let request = post(&format!("{}/documents", one(case)), &Value::Null);
            Request {
                headers: Vec::new(),
                ..request
            }
            .form(&parts)
            .header("idempotency-key", "uno")
        };
        let before = app.scratch.count("documents");
        let shots = (0..CLIENTS).map(|_| client.send(upload(&file)));
        let answers = join_all(shots).await;
        for answer in &answers {
            assert_eq!((answer.status, &answer.body), (201, &answers[0].body));
        }
        assert_eq!(app.scratch.count("documents"), before + 1);
        let other = client
            .send(upload(&vinculo_api::fixtures::pdf("Otro")))
            .await;
        other.refused(422, "idempotency_mismatch");
    })
    .await;
}
