//! Rate limits, with the real figures and a clock that the test sets.

use crate::tools::post;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use vinculo_api::config::Config;
use vinculo_api::edge::Edge;
use vinculo_api::edge::deadlines::Deadlines;
use vinculo_api::edge::rates::{Figures, Rates, Time};
use vinculo_domain::Role;
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, TestApp, ZAPOPAN, engines};

/// Shorter than in service.
const PAUSE: Duration = Duration::from_millis(100);

/// A service whose buckets refill when the test says so.
pub(super) async fn each(figures: Figures, test: impl AsyncFn(TestApp, Arc<AtomicU64>)) {
    for engine in engines() {
        eprintln!("--- {engine:?}");
        let seconds = Arc::new(AtomicU64::new(0));
        let read = Arc::clone(&seconds);
        let time = Time::new(move || Duration::from_secs(read.load(Ordering::Relaxed)));
        let edge = Edge {
            rates: Rates::at(figures, &time),
            deadlines: Deadlines {
                flood_pause: PAUSE,
                ..Deadlines::default()
            },
            ..Edge::default()
        };
        test(TestApp::start_behind(engine, edge).await, seconds).await;
    }
}

#[track_caller]
fn fields(answer: &Answer, policy: &str, limit: &str) {
    assert_eq!(answer.header("ratelimit-policy").as_deref(), Some(policy));
    assert_eq!(answer.header("ratelimit").as_deref(), Some(limit));
}

#[test]
fn the_figures_are_those_of_the_design() {
    let figures = Figures {
        anonymous: 60,
        sign_in: 10,
        person: 600,
        government: 6000,
    };
    assert_eq!(Config::default().rates(), figures);
    assert_eq!(Figures::default(), figures);
}

#[actix_web::test]
async fn whoever_shows_no_token_has_sixty_requests_a_minute() {
    each(Figures::default(), async |app, seconds| {
        let nobody = app.nobody();
        let bad = Client {
            token: Some("a.b.c".into()),
            ..nobody.clone()
        };
        let policy = "\"anonymous\";q=60;w=60";
        let first = nobody.get("/v1/registry").await.expect(200);
        fields(&first, policy, "\"anonymous\";r=59;t=1");
        for _ in 0..57 {
            nobody.get("/v1/registry").await.expect(200);
        }
        // Requests with an invalid token or an unknown path count too.
        bad.get("/v1/me").await.refused(401, "unauthenticated");
        let last = nobody.get("/v1/nowhere").await.refused(404, "not_found");
        fields(&last, policy, "\"anonymous\";r=0;t=60");
        for (path, client) in [
            ("/v1/registry", &nobody),
            ("/v1/me", &bad),
            ("/openapi.json", &nobody),
        ] {
            let answer = client.get(path).await.refused(429, "too_many_requests");
            fields(&answer, policy, "\"anonymous\";r=0;t=1");
            assert_eq!(answer.header("retry-after").as_deref(), Some("1"));
        }
        // Liveness checks are never refused, nor is a caller with a token.
        nobody.get("/health/live").await.expect(200);
        app.officer(GUADALAJARA)
            .await
            .get("/v1/me")
            .await
            .expect(200);
        seconds.store(2, Ordering::Relaxed);
        nobody.get("/v1/registry").await.expect(200);
        nobody.get("/v1/registry").await.expect(200);
        nobody
            .get("/v1/registry")
            .await
            .refused(429, "too_many_requests");
    })
    .await;
}

#[actix_web::test]
async fn one_address_tries_ten_times_a_minute_to_sign_in() {
    each(Figures::default(), async |app, seconds| {
        let email = format!("officer@{GUADALAJARA}.example");
        let wrong = TestApp::sign_in(&email, "no es la contraseña de nadie");
        let right = TestApp::sign_in(&email, TestApp::PASSWORD);
        let nobody = app.nobody();
        nobody.send(right.clone()).await.expect(201);
        for _ in 0..9 {
            nobody
                .send(wrong.clone())
                .await
                .refused(401, "invalid_credentials");
        }
        let rows = app.scratch.rows(&[]);
        // Neither the store nor even a correct password is looked at.
        for request in [right.clone(), wrong] {
            let answer = nobody.send(request).await.refused(429, "too_many_requests");
            let policy = "\"anonymous\";q=60;w=60, \"sign-in\";q=10;w=60";
            assert_eq!(answer.header("ratelimit-policy").as_deref(), Some(policy));
            assert_eq!(answer.header("retry-after").as_deref(), Some("6"));
        }
        assert_eq!(app.scratch.rows(&[]), rows);
        seconds.store(6, Ordering::Relaxed);
        nobody.send(right).await.expect(201);
    })
    .await;
}

#[actix_web::test]
async fn a_person_and_a_government_have_figures_of_their_own() {
    let figures = Figures {
        person: 4,
        government: 6,
        ..Figures::default()
    };
    each(figures, async |app, _seconds| {
        let officer = app.officer(GUADALAJARA).await;
        let colleague = app.client(Role::Viewer, GUADALAJARA).await;
        let neighbour = app.officer(ZAPOPAN).await;
        let policy = "\"person\";q=4;w=60, \"government\";q=6;w=60";
        let first = officer.get("/v1/me").await.expect(200);
        fields(
            &first,
            policy,
            "\"person\";r=3;t=15, \"government\";r=5;t=10",
        );
        for _ in 0..3 {
            officer.get("/v1/me").await.expect(200);
        }
        let rows = app.scratch.rows(&[]);
        let refused = officer
            .send(post(
                "/v1/agreements",
                &json!({"kind": "twinning", "title": "Acuerdo"}),
            ))
            .await
            .refused(429, "too_many_requests");
        assert_eq!(refused.header("retry-after").as_deref(), Some("15"));
        assert_eq!(app.scratch.rows(&[]), rows);
        // A second session belongs to the same person.
        let again = app.officer(GUADALAJARA).await;
        again.get("/v1/me").await.refused(429, "too_many_requests");
        for _ in 0..2 {
            colleague.get("/v1/me").await.expect(200);
        }
        let refused = colleague
            .get("/v1/me")
            .await
            .refused(429, "too_many_requests");
        fields(
            &refused,
            policy,
            "\"person\";r=1;t=45, \"government\";r=0;t=10",
        );
        neighbour.get("/v1/me").await.expect(200);
        // Reading what is public counts too, where it is read with a token.
        let refused = officer.get("/v1/registry").await;
        fields(
            &refused.refused(429, "too_many_requests"),
            "\"person\";q=4;w=60",
            "\"person\";r=0;t=15",
        );
        app.nobody().get("/v1/registry").await.expect(200);
    })
    .await;
}

/// Refusals to a flood of requests are delayed on each connection; signed-in people never wait.
#[actix_web::test]
async fn a_stranger_who_is_too_fast_waits_for_the_refusal() {
    let figures = Figures {
        anonymous: 1,
        sign_in: 0,
        person: 1,
        government: 0,
    };
    each(figures, async |app, seconds| {
        let officer = app.officer(GUADALAJARA).await;
        let nobody = app.nobody();
        seconds.store(600, Ordering::Relaxed);
        nobody.get("/v1/registry").await.expect(200);
        let start = Instant::now();
        for path in ["/v1/registry", "/v1/nothing"] {
            nobody.get(path).await.refused(429, "too_many_requests");
        }
        assert!(start.elapsed() >= 2 * PAUSE);
        // A hundred pauses would take longer.
        let slow = tokio::time::timeout(PAUSE * 90, async {
            for _ in 0..100 {
                officer.get("/v1/me").await;
            }
        });
        slow.await.unwrap();
    })
    .await;
}

/// The text of a refusal says what to do, in both languages.
#[actix_web::test]
async fn who_is_too_fast_is_told_how_long_to_wait() {
    let figures = Figures {
        anonymous: 1,
        ..Figures::default()
    };
    each(figures, async |app, _seconds| {
        let nobody = app.nobody();
        nobody.get("/v1/registry").await.expect(200);
        for (language, word) in [("es", "Espere"), ("en", "Wait")] {
            let request = Request::new(actix_web::http::Method::GET, "/v1/registry");
            let request = request.header("accept-language", language);
            let answer = nobody.send(request).await.refused(429, "too_many_requests");
            assert!(answer.json()["detail"].as_str().unwrap().starts_with(word));
            assert_eq!(answer.header("retry-after").as_deref(), Some("60"));
            // A page that may read the answer may also read the refusal.
            assert_eq!(
                answer.header("access-control-allow-origin").as_deref(),
                Some("*")
            );
        }
    })
    .await;
}
