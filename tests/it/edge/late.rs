//! Work that does not finish in time.

use super::on_both_behind;
use crate::tools::post;
use crate::unit_of_work::pressure::Holder;
use std::time::{Duration, Instant};
use vinculo_api::edge::Edge;
use vinculo_api::edge::deadlines::Deadlines;
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, Request, TestApp};

fn hasty() -> Edge {
    Edge {
        deadlines: Deadlines {
            handler: Duration::from_secs(1),
            ..Deadlines::default()
        },
        ..Edge::unhurried()
    }
}

const LOCK: &str = "LOCK TABLE counterparts IN EXCLUSIVE MODE";

fn create(name: &str) -> Request {
    post("/v1/counterparts", &TestApp::counterpart_json(name)).header("idempotency-key", name)
}

/// After a timeout the idempotency key tells the caller whether the change was kept.
#[actix_web::test]
async fn a_change_that_is_late_is_told_apart_by_its_key() {
    on_both_behind(hasty, |app| async move {
        let client = app.officer(GUADALAJARA).await;
        // Released while the change still waits for the store: it is kept, though nobody waits.
        let holder = Holder::new(&app.scratch, LOCK);
        let start = Instant::now();
        let answer = client
            .send(create("Kioto"))
            .await
            .refused(503, "outcome_unknown");
        assert!(
            start.elapsed() < Duration::from_millis(1900),
            "{:?}",
            start.elapsed()
        );
        assert!(answer.header("retry-after").is_some());
        assert_eq!(app.scratch.count("counterparts"), 0);
        holder.release();
        while app.scratch.count("counterparts") == 0 {
            assert!(start.elapsed() < Duration::from_secs(10), "it was not kept");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let again = client.send(create("Kioto")).await.expect(201);
        assert_eq!(
            again.header("idempotency-replayed").as_deref(),
            Some("true")
        );

        // Held longer than the store waits: it is not kept, and a repetition makes the change.
        let holder = Holder::new(&app.scratch, LOCK);
        client
            .send(create("Osaka"))
            .await
            .refused(503, "outcome_unknown");
        let longer_than_the_store = if app.scratch.engine == Engine::Sqlite {
            6
        } else {
            3
        };
        tokio::time::sleep(Duration::from_secs(longer_than_the_store)).await;
        holder.release();
        assert_eq!(app.scratch.count("counterparts"), 1);
        let again = client.send(create("Osaka")).await.expect(201);
        assert_eq!(again.header("idempotency-replayed"), None);
        assert_eq!(app.scratch.count("counterparts"), 2);
    })
    .await;
}

/// A read changes nothing, so its outcome is never in doubt. On SQLite a reader never waits; only
/// PostgreSQL can block one.
#[actix_web::test]
async fn reading_that_is_late_is_busy() {
    let app = TestApp::start_behind(Engine::Postgres, hasty()).await;
    let client = app.officer(GUADALAJARA).await;
    let holder = Holder::new(
        &app.scratch,
        "LOCK TABLE counterparts IN ACCESS EXCLUSIVE MODE",
    );
    let start = Instant::now();
    client
        .get("/v1/counterparts")
        .await
        .refused(503, "too_busy");
    assert!(
        start.elapsed() < Duration::from_millis(1900),
        "{:?}",
        start.elapsed()
    );
    holder.release();
    client.get("/v1/counterparts").await.expect(200);
}
