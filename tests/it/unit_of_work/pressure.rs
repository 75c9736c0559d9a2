//! A busy store says so in time, and works again afterwards.

use crate::tools::post;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use futures_util::future::join_all;
use serde_json::json;
use std::time::{Duration, Instant};
use vinculo_persistence::Engine;
use vinculo_tests::{Answer, GUADALAJARA, Scratch, TestApp, on_both};

/// Another process that locks the store.
pub enum Holder {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Holder {
    pub fn new(scratch: &Scratch, postgres: &str) -> Self {
        match scratch.engine {
            Engine::Sqlite => {
                let mut conn = SqliteConnection::establish(&scratch.owner_url).unwrap();
                conn.batch_execute("BEGIN EXCLUSIVE").unwrap();
                Self::Sqlite(conn)
            }
            Engine::Postgres => {
                let mut conn = PgConnection::establish(&scratch.owner_url).unwrap();
                conn.batch_execute(&format!("BEGIN; {postgres}")).unwrap();
                Self::Postgres(conn)
            }
        }
    }

    pub fn release(self) {
        match self {
            Self::Sqlite(mut conn) => conn.batch_execute("ROLLBACK").unwrap(),
            Self::Postgres(mut conn) => conn.batch_execute("ROLLBACK").unwrap(),
        }
    }
}

#[track_caller]
fn busy(answer: Answer) {
    let answer = answer.refused(503, "too_busy");
    assert_eq!(answer.header("retry-after").as_deref(), Some("2"));
}

#[actix_web::test]
async fn a_full_pool_answers_busy_and_keeps_nothing() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let case = json!({"kind": "twinning", "title": "Acuerdo"});
        let case = client.post("/v1/agreements", &case).await.expect(201).id();
        let holder = Holder::new(&app.scratch, "LOCK TABLE counterparts IN EXCLUSIVE MODE");
        let keyed = |number: usize| {
            let body = TestApp::counterpart_json(&format!("Ciudad {number}"));
            let request = post("/v1/counterparts", &body);
            request.header("idempotency-key", &format!("clave-{number}"))
        };
        let start = Instant::now();
        let timed = |number: usize| {
            let answer = client.send(keyed(number));
            async move { (answer.await, start.elapsed()) }
        };
        let answers = join_all((0..24).map(timed)).await;
        let soon = answers
            .iter()
            .filter(|(_, after)| *after < Duration::from_millis(2900))
            .count();
        // Those in the queue give up after two seconds; those at the lock after its time.
        assert!(soon >= 23 - 8, "{soon}");
        for (answer, after) in answers {
            busy(answer);
            assert!(after < Duration::from_secs(9), "{after:?}");
        }
        // A reader does not wait for writers.
        let start = Instant::now();
        client
            .get(&format!("/v1/agreements/{case}"))
            .await
            .expect(200);
        assert!(start.elapsed() < Duration::from_secs(1));
        holder.release();
        assert_eq!(app.scratch.count("counterparts"), 0);
        assert_eq!(app.scratch.count("idempotency_keys"), 0);
        let client = client.clone().patient();
        for answer in join_all((0..24).map(|number| client.send(keyed(number)))).await {
            answer.expect(201);
        }
    })
    .await;
}

/// Two requests with the same key, of which the first does not finish.
#[actix_web::test]
async fn a_key_in_flight_is_waited_for_and_then_refused() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let person = app.official(vinculo_domain::Role::Officer, GUADALAJARA).await;
        let person = person.actor.person.unwrap();
        let taken = format!(
            "INSERT INTO idempotency_keys VALUES ('{GUADALAJARA}', '{person}', 'create_counterpart', 'uno', 'x', 0, '{{}}', '', now())"
        );
        let holder = Holder::new(&app.scratch, &taken);
        let request = post("/v1/counterparts", &TestApp::counterpart_json("Kioto"));
        let request = request.header("idempotency-key", "uno");
        let start = Instant::now();
        let answer = client.send(request.clone()).await;
        if app.scratch.engine == Engine::Postgres {
            assert!(start.elapsed() < Duration::from_millis(3500));
            let answer = answer.refused(409, "idempotency_in_flight");
            assert_eq!(answer.header("retry-after").as_deref(), Some("2"));
        } else {
            // On SQLite the single writer is the queue, so the store is busy.
            busy(answer);
        }
        holder.release();
        client.send(request).await.expect(201);
    })
    .await;
}

/// A refusal is recorded before it is answered; if that fails, the answer is not a failure.
#[actix_web::test]
async fn a_refusal_that_cannot_be_recorded_is_not_given() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let path = format!("/v1/agreements/{}", uuid::Uuid::now_v7());
        let holder = Holder::new(&app.scratch, "LOCK TABLE audit_log IN EXCLUSIVE MODE");
        busy(client.get(&path).await);
        holder.release();
        client.get(&path).await.refused(404, "not_found");
        assert_eq!(app.scratch.count("audit_log WHERE outcome = 'refused'"), 1);
    })
    .await;
}
