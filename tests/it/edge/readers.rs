//! Readers of what is public: who reads with a valid token counts for itself.

use super::rates::each;
use chrono::TimeDelta;
use serde_json::Value;
use uuid::Uuid;
use vinculo_api::edge::rates::Figures;
use vinculo_auth::tokens::{TokenKeys, generate_key};
use vinculo_domain::TenantId;
use vinculo_tests::{Answer, Client, GUADALAJARA, TestApp};

/// What anyone may read, each with something that exists.
const OPEN: [&str; 6] = [
    "/v1/registry",
    "/v1/governments?state=14",
    "/v1/catalogs/themes",
    "/v1/statistics/stock",
    "/v1/statistics/stock.csv",
    "/.well-known/jwks.json",
];

/// What is answered, without the value of the cursor, which says until which second it holds. What is
/// no JSON has no cursor.
fn answered(answer: &Answer) -> Value {
    let text = answer.text();
    let mut answered = serde_json::from_str(&text).unwrap_or(Value::String(text));
    if let Some(cursor) = answered.get_mut("next_cursor") {
        *cursor = Value::Bool(cursor.is_string());
    }
    answered
}

#[actix_web::test]
async fn whoever_reads_public_lists_with_a_token_has_figures_of_its_own() {
    let figures = Figures {
        anonymous: 6,
        person: 13,
        ..Figures::default()
    };
    each(figures, async |app, _seconds| {
        let officer = app.officer(GUADALAJARA).await;
        let nobody = app.nobody();
        let mut read_by_officer = Vec::new();
        for (read, path) in (1..).zip(OPEN) {
            let answer = officer.get(path).await.expect(200);
            read_by_officer.push(answered(&answer));
            let left = 13 - read;
            let limit = answer.header("ratelimit").unwrap();
            assert!(
                limit.starts_with(&format!("\"person\";r={left};")),
                "{limit}"
            );
            assert!(limit.contains("\"government\""), "{limit}");
            assert!(!limit.contains("\"anonymous\""), "{limit}");
        }
        // The address has its whole figure left, and whoever uses it up stops nobody with a token.
        // A token does not change what is answered.
        for (path, same) in OPEN.into_iter().zip(read_by_officer) {
            let answer = nobody.get(path).await.expect(200);
            assert_eq!(answered(&answer), same, "{path}");
        }
        for path in OPEN {
            nobody.get(path).await.refused(429, "too_many_requests");
            officer.get(path).await.expect(200);
        }
        officer.get("/v1/me").await.expect(200);
        officer
            .get("/v1/me")
            .await
            .refused(429, "too_many_requests");
        officer
            .get("/v1/registry")
            .await
            .refused(429, "too_many_requests");
    })
    .await;
}

#[actix_web::test]
async fn a_token_that_is_not_valid_counts_for_the_address() {
    let figures = Figures {
        anonymous: 5,
        ..Figures::default()
    };
    each(figures, async |app, _seconds| {
        let officer = app.officer(GUADALAJARA).await;
        let good = officer.token.clone().unwrap();
        let (person, session) = (Uuid::now_v7(), Uuid::now_v7());
        let tenant = TenantId::new(GUADALAJARA);
        let now = app.app.db.now();
        let issue = |keys: &TokenKeys, at| keys.issue(person, session, &tenant, at).unwrap();
        let (head, signature) = good.rsplit_once('.').unwrap();
        let turned: String = signature.chars().rev().collect();
        let other = TokenKeys::new(&generate_key().unwrap(), "http://localhost").unwrap();
        for (left, token) in [
            (4, issue(&app.app.tokens, now - TimeDelta::minutes(10))),
            (3, issue(&app.app.tokens, now + TimeDelta::minutes(10))),
            (2, format!("{head}.{turned}")),
            (1, issue(&other, now)),
            (0, String::new()),
        ] {
            let client = Client {
                token: Some(token.clone()),
                ..officer.clone()
            };
            let answer = client.get("/v1/registry").await.expect(200);
            let limit = answer.header("ratelimit").unwrap();
            let wanted = format!("\"anonymous\";r={left};");
            assert!(limit.starts_with(&wanted), "{token}: {limit}");
            assert!(!limit.contains("person"), "{token}: {limit}");
        }
        app.nobody()
            .get("/v1/registry")
            .await
            .refused(429, "too_many_requests");
        officer.get("/v1/registry").await.expect(200);
        // Signing in is no reading: a token buys no more attempts.
        let email = format!("officer@{GUADALAJARA}.example");
        let sign_in = TestApp::sign_in(&email, TestApp::PASSWORD);
        officer
            .send(sign_in)
            .await
            .refused(429, "too_many_requests");
    })
    .await;
}
