//! Access tokens and the keys that verify them.

use super::{bearer, lives, tokens};
use crate::tools::{NOON, on_both_at_noon};
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, TestApp, ZAPOPAN, on_both};

fn noon() -> DateTime<Utc> {
    NOON.parse().unwrap()
}

#[actix_web::test]
async fn an_access_token_lives_five_minutes() {
    on_both_at_noon(|app, clock| async move {
        let session = tokens(&app).await;
        // Clocks may differ by half a minute.
        for (seconds, good) in [
            (0, true),
            (299, true),
            (329, true),
            (330, false),
            (-31, false),
            (-30, true),
        ] {
            clock.set(noon() + Duration::seconds(seconds));
            assert_eq!(lives(&app, &session).await, good, "{seconds}");
        }
    })
    .await;
}

#[actix_web::test]
async fn an_altered_token_is_refused() {
    on_both(|app| async move {
        let session = tokens(&app).await;
        let token = session["access_token"].as_str().unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let other = tokens(&app).await;
        let others: Vec<&str> = other["access_token"].as_str().unwrap().split('.').collect();
        let flip = |text: &str| {
            let first = if text.starts_with('A') { "B" } else { "A" };
            format!("{first}{}", &text[1..])
        };
        for bad in [
            format!("{}.{}.{}", flip(parts[0]), parts[1], parts[2]),
            format!("{}.{}.{}", parts[0], flip(parts[1]), parts[2]),
            format!("{}.{}.{}", parts[0], parts[1], flip(parts[2])),
            format!("{}.{}.{}", parts[0], others[1], parts[2]),
            format!("{}.{}.", parts[0], parts[1]),
            format!("{}.{}", parts[0], parts[1]),
            format!("{token}.x"),
        ] {
            assert!(!lives(&app, &json!({ "access_token": bad })).await, "{bad}");
        }
        assert!(lives(&app, &session).await);
    })
    .await;
}

/// Signs as the service does, except for what `change` alters.
fn signed(app: &TestApp, claims: &Value, change: impl FnOnce(&mut Header)) -> String {
    let key = std::fs::read(app.folder.path().join("secrets/signing-key.p8")).unwrap();
    let set = app.app.tokens.jwks();
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("at+jwt".into());
    header.kid = Some(set["keys"][0]["kid"].as_str().unwrap().to_owned());
    change(&mut header);
    let key = if header.alg == Algorithm::HS256 {
        // The public key as a shared secret, a known attack.
        EncodingKey::from_secret(set["keys"][0]["x"].as_str().unwrap().as_bytes())
    } else {
        EncodingKey::from_ed_der(&key)
    };
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

/// The claims of a token, verified with the published keys.
async fn claims(app: &TestApp, token: &str) -> Value {
    let set = app.nobody().get("/.well-known/jwks.json").await.expect(200);
    let set: JwkSet = serde_json::from_slice(&set.body).unwrap();
    let header = jsonwebtoken::decode_header(token).unwrap();
    let key = set.find(header.kid.as_deref().unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_audience(&["vinculo"]);
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(key).unwrap();
    jsonwebtoken::decode::<Value>(token, &key, &validation)
        .unwrap()
        .claims
}

#[actix_web::test]
async fn the_published_keys_verify_a_token_and_no_secret_is_among_them() {
    on_both(|app| async move {
        let session = tokens(&app).await;
        let claims = claims(&app, session["access_token"].as_str().unwrap()).await;
        assert_eq!(
            (&claims["tid"], &claims["aud"]),
            (&json!(GUADALAJARA), &json!("vinculo"))
        );
        let life = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
        assert_eq!(life, 300);
        let set = app.nobody().get("/.well-known/jwks.json").await.json();
        assert_eq!(set["keys"].as_array().unwrap().len(), 1);
        assert_eq!(set["keys"][0].get("d"), None);
    })
    .await;
}

#[actix_web::test]
async fn a_token_of_another_kind_or_for_another_is_refused() {
    on_both(|app| async move {
        let session = tokens(&app).await;
        let good = claims(&app, session["access_token"].as_str().unwrap()).await;
        let lives = async |token: String| lives(&app, &json!({ "access_token": token })).await;
        assert!(lives(signed(&app, &good, |_| {})).await);
        assert!(!lives(signed(&app, &good, |header| header.typ = Some("JWT".into()))).await);
        assert!(!lives(signed(&app, &good, |header| header.typ = None)).await);
        assert!(!lives(signed(&app, &good, |header| header.kid = Some("other".into()))).await);
        assert!(!lives(signed(&app, &good, |header| header.alg = Algorithm::HS256)).await);
        let viewer = app
            .official(Role::Viewer, GUADALAJARA)
            .await
            .actor
            .person
            .unwrap();
        for (claim, value) in [
            ("iss", json!("https://other.example")),
            ("aud", json!("other")),
            ("exp", json!(good["exp"].as_i64().unwrap() + 60)),
            ("tid", json!(ZAPOPAN)),
            ("sub", json!(viewer)),
            ("sid", json!(viewer)),
        ] {
            let mut claims = good.clone();
            claims[claim] = value;
            assert!(!lives(signed(&app, &claims, |_| {})).await, "{claim}");
        }
    })
    .await;
}

/// Every operation that is not public requires a token, whatever else is wrong.
#[actix_web::test]
async fn nothing_but_what_is_public_opens_without_a_token() {
    on_both(|app| async move {
        let nobody: Client = app.nobody();
        for path in [
            "/v1/me",
            "/v1/agreements",
            "/v1/counterparts",
            "/v1/mechanisms",
            "/v1/reads",
            "/v1/designated-offices",
        ] {
            nobody.get(path).await.refused(401, "unauthenticated");
        }
        for path in [
            "/v1/registry",
            "/v1/governments?limit=1",
            "/v1/catalogs/problems",
            "/health/ready",
            "/openapi.json",
        ] {
            nobody.get(path).await.expect(200);
        }
        // Public operations ignore the token.
        let stale = bearer(&app, &json!({"access_token": "abc"}));
        stale.get("/v1/registry").await.expect(200);
    })
    .await;
}
