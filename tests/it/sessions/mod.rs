//! Signing in, staying signed in, and losing a session.

mod altered;
mod corpus;
mod refresh;
mod tokens;

use crate::tools::{post, shape};
use serde_json::{Value, json};
use vinculo_api::fixtures::Official;
use vinculo_auth::password;
use vinculo_domain::{Role, Tier};
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, TestApp, ZAPOPAN, on_both};

const OFFICER: &str = "officer@14039.example";

async fn sign_in(app: &TestApp, email: &str, password: &str, tenant: Option<&str>) -> Answer {
    let mut body = json!({"email": email, "password": password});
    if let Some(tenant) = tenant {
        body["tenant_id"] = json!(tenant);
    }
    app.nobody().send(post("/v1/sessions", &body)).await
}

/// The tokens of a new session of Guadalajara's officer.
async fn tokens(app: &TestApp) -> Value {
    let answer = sign_in(app, OFFICER, TestApp::PASSWORD, None).await;
    answer.expect(201).json()
}

fn bearer(app: &TestApp, tokens: &Value) -> Client {
    Client {
        token: Some(tokens["access_token"].as_str().unwrap().to_owned()),
        ..app.nobody()
    }
}

async fn refresh(app: &TestApp, token: &Value) -> Answer {
    let body = json!({ "refresh_token": token });
    let nobody = app.nobody().patient();
    nobody.post("/v1/sessions/refresh", &body).await
}

/// Whether an access token is still accepted.
async fn lives(app: &TestApp, tokens: &Value) -> bool {
    let answer = bearer(app, tokens).get("/v1/me").await;
    if answer.status == 200 {
        return true;
    }
    answer.refused(401, "unauthenticated");
    false
}

#[actix_web::test]
async fn the_right_password_opens_a_session() {
    on_both(|app| async move {
        for email in [OFFICER, "  OFFICER@14039.Example "] {
            let answer = sign_in(&app, email, TestApp::PASSWORD, None).await.expect(201);
            assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
            let tokens = answer.json();
            assert_eq!(tokens["token_type"], "Bearer");
            assert_eq!(tokens["expires_in"], 300);
            assert_eq!(tokens["tenant"], GUADALAJARA);
            assert_eq!(tokens["roles"], json!(["officer"]));
            let me = bearer(&app, &tokens).get("/v1/me").await.expect(200).json();
            assert_eq!((&me["email"], &me["tenant"]), (&json!(OFFICER), &json!(GUADALAJARA)));
            assert_eq!((&me["tenant_name"], &me["roles"]), (&json!("Guadalajara"), &json!(["officer"])));
            let own = json!([{"tenant": GUADALAJARA, "role": "officer"}]);
            assert_eq!(me["memberships"], own);
        }
        let kept = "audit_log WHERE outcome = 'done' AND subject_kind = 'session' AND operation = 'create_session'";
        assert_eq!(app.scratch.count(kept), 2);
    })
    .await;
}

#[actix_web::test]
async fn a_refused_sign_in_tells_nothing() {
    on_both(|app| async move {
        app.scratch.execute(
            "UPDATE accounts SET status = 'suspended' WHERE email = 'viewer@14039.example'; \
             UPDATE memberships SET until = '2026-01-01 00:00:00' \
             WHERE person_id IN (SELECT person_id FROM accounts WHERE email = 'auditor@14039.example')",
        );
        let first = sign_in(&app, OFFICER, "otra frase de prueba bastante larga", None).await;
        let first = first.refused(401, "invalid_credentials");
        let long = "a".repeat(129);
        let good = TestApp::PASSWORD;
        for (email, password, tenant) in [
            ("nadie@14039.example", good, None),
            ("no es una dirección", good, None),
            ("", "", None),
            (OFFICER, "", None),
            (OFFICER, &long, None),
            (OFFICER, good, Some(JALISCO)),
            (OFFICER, good, Some("nowhere")),
            ("viewer@14039.example", good, None),
            ("viewer@14039.example", "otra", None),
            ("auditor@14039.example", good, None),
        ] {
            let answer = sign_in(&app, email, password, tenant).await;
            let answer = answer.refused(401, "invalid_credentials");
            assert_eq!(shape(&answer), shape(&first), "{email}");
        }
        assert_eq!(app.scratch.count("sessions"), 0);
        let refused = "audit_log WHERE outcome = 'refused' AND operation = 'create_session'";
        assert_eq!(app.scratch.count(refused), 11);
        // The log has neither the address nor the password.
        let said = "audit_log WHERE outcome = 'refused' AND (detail LIKE '%@%' OR detail LIKE '%frase%')";
        assert_eq!(app.scratch.count(said), 0);
    })
    .await;
}

#[actix_web::test]
async fn who_belongs_to_several_governments_says_for_which() {
    on_both(|app| async move {
        let hash = password::hash(TestApp::PASSWORD).unwrap();
        let email = "doble@jalisco.example";
        for (tenant, tier, role) in [
            (GUADALAJARA, Tier::Municipality, Role::Officer),
            (GUADALAJARA, Tier::Municipality, Role::Viewer),
            (JALISCO, Tier::State, Role::Liaison),
        ] {
            Official::hire(&app.app, email, "Persona", tenant, tier, role, &hash)
                .await
                .unwrap();
        }
        let good = TestApp::PASSWORD;
        sign_in(&app, email, good, None)
            .await
            .refused(422, "tenant_required");
        sign_in(&app, email, "otra frase", None)
            .await
            .refused(401, "invalid_credentials");
        sign_in(&app, email, good, Some(ZAPOPAN))
            .await
            .refused(401, "invalid_credentials");
        for (tenant, roles) in [
            (GUADALAJARA, json!(["officer", "viewer"])),
            (JALISCO, json!(["liaison"])),
        ] {
            let tokens = sign_in(&app, email, good, Some(tenant))
                .await
                .expect(201)
                .json();
            assert_eq!(
                (&tokens["tenant"], &tokens["roles"]),
                (&json!(tenant), &roles)
            );
            let me = bearer(&app, &tokens).get("/v1/me").await.expect(200).json();
            assert_eq!((&me["tenant"], &me["roles"]), (&json!(tenant), &roles));
            assert_eq!(me["memberships"].as_array().unwrap().len(), 3);
        }
        // Roles at one government give none at another.
        let state = sign_in(&app, email, good, Some(JALISCO)).await.json();
        let body = TestApp::counterpart_json("Kioto");
        let answer = bearer(&app, &state).post("/v1/counterparts", &body).await;
        answer.refused(403, "forbidden");
    })
    .await;
}

#[actix_web::test]
async fn signing_out_ends_the_session_at_once() {
    on_both(|app| async move {
        let (first, other) = (tokens(&app).await, tokens(&app).await);
        let current =
            vinculo_tests::Request::new(actix_web::http::Method::DELETE, "/v1/sessions/current");
        bearer(&app, &first).send(current.clone()).await.expect(204);
        assert!(!lives(&app, &first).await);
        bearer(&app, &first)
            .send(current)
            .await
            .refused(401, "unauthenticated");
        refresh(&app, &first["refresh_token"])
            .await
            .refused(401, "unauthenticated");
        assert!(lives(&app, &other).await);
    })
    .await;
}

/// When a person's rights end, they end with the next request, not when the token expires.
#[actix_web::test]
async fn rights_that_end_end_now() {
    on_both(|app| async move {
        let person = format!("(SELECT person_id FROM accounts WHERE email = '{OFFICER}')");
        for (end, mend) in [
            (
                format!("UPDATE accounts SET status = 'suspended' WHERE email = '{OFFICER}'"),
                format!("UPDATE accounts SET status = 'active' WHERE email = '{OFFICER}'"),
            ),
            (
                format!("UPDATE tenants SET status = 'suspended' WHERE id = '{GUADALAJARA}'"),
                format!("UPDATE tenants SET status = 'active' WHERE id = '{GUADALAJARA}'"),
            ),
            (
                format!("UPDATE memberships SET until = '2026-01-01 00:00:00' WHERE person_id = {person}"),
                format!("UPDATE memberships SET until = NULL WHERE person_id = {person}"),
            ),
            (
                format!("UPDATE governments SET valid_to = '2026-01-01' WHERE id = '{GUADALAJARA}'"),
                format!("UPDATE governments SET valid_to = NULL WHERE id = '{GUADALAJARA}'"),
            ),
        ] {
            let session = tokens(&app).await;
            assert!(lives(&app, &session).await);
            app.scratch.execute(&end);
            assert!(!lives(&app, &session).await, "{end}");
            let write = TestApp::counterpart_json("Kioto");
            let write = bearer(&app, &session).post("/v1/counterparts", &write).await;
            write.refused(401, "unauthenticated");
            app.scratch.execute(&mend);
            assert!(lives(&app, &session).await, "{mend}");
        }
        // A suspended account cannot refresh its tokens either.
        let session = tokens(&app).await;
        app.scratch.execute("UPDATE accounts SET status = 'suspended'");
        refresh(&app, &session["refresh_token"]).await.refused(401, "unauthenticated");
        app.scratch.execute("UPDATE accounts SET status = 'active'; UPDATE tenants SET status = 'suspended'");
        refresh(&app, &session["refresh_token"]).await.refused(401, "unauthenticated");
        assert_eq!(app.scratch.count("counterparts"), 0);
    })
    .await;
}

#[actix_web::test]
async fn no_secret_is_kept_in_the_clear() {
    on_both(|app| async move {
        let session = tokens(&app).await;
        let next = refresh(&app, &session["refresh_token"])
            .await
            .expect(201)
            .json();
        let hashed = "accounts WHERE password_hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'";
        let accounts = app.scratch.count("accounts");
        assert!(accounts > 80);
        assert_eq!(app.scratch.count(hashed), accounts);
        for token in [&session["refresh_token"], &next["refresh_token"]] {
            let token = token.as_str().unwrap();
            assert!(token.len() >= 43);
            let digest = vinculo_auth::seal::sha256(token.as_bytes());
            let under = |text: &str| {
                app.scratch
                    .count(&format!("refresh_tokens WHERE hash = '{text}'"))
            };
            assert_eq!((under(token), under(&digest)), (0, 1));
        }
    })
    .await;
}
