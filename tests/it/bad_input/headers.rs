//! Headers of a request: versions, languages, tokens.

use super::Bench;
use crate::tools::{one, patch, post, shape};
use actix_web::http::Method;
use serde_json::json;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, Request, TestApp, on_both};

#[actix_web::test]
async fn a_change_names_the_version_that_it_changes() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let case = one(&bench.case);
        let made = TestApp::counterpart_json("Osaka");
        let made = bench
            .officer
            .post("/v1/counterparts", &made)
            .await
            .expect(201);
        bench.mark().await;
        let counterpart = format!("/v1/counterparts/{}", made.id());
        let requests = [
            Request::new(Method::PATCH, &case).json(&json!({"title": "Otro"})),
            Request::new(Method::DELETE, &case),
            post(&format!("{case}/transitions"), &json!({"action": "submit"})),
            Request::new(Method::PATCH, &counterpart).json(&json!({"name": "Otra"})),
            Request::new(Method::DELETE, &counterpart),
        ];
        for request in requests {
            bench
                .refuse(request.clone(), 428, "precondition_required")
                .await;
            let none = [
                "*",
                "5",
                "abc",
                "\"\"",
                "\"x.1\"",
                "\"-1.a\"",
                "\"1.a\", \"2.b\"",
                "W/5",
            ];
            for tag in none {
                let sent = request.clone().if_match(tag);
                bench.refuse(sent, 400, "invalid_header").await;
            }
            for tag in ["\"999.abc\"", "\"0\"", "W/\"999.abc\""] {
                let sent = request.clone().if_match(tag);
                bench.refuse(sent, 412, "precondition_failed").await;
            }
        }
        // Only the version is compared, in weak and in strong tags.
        let version = bench.officer.get(&case).await.json()["version"]
            .as_i64()
            .unwrap();
        for (step, tag) in [format!("W/\"{version}.x\""), format!("\"{}\"", version + 1)]
            .iter()
            .enumerate()
        {
            let edit = json!({"title": format!("Paso {step}")});
            let changed = bench.officer.patch(&case, tag, &edit).await.expect(200);
            assert_ne!(changed.etag(), *tag);
        }
        let weak = format!("W/{}", made.etag());
        bench.officer.delete(&counterpart, &weak).await.expect(204);
    })
    .await;
}

#[actix_web::test]
async fn a_problem_speaks_spanish_unless_english_is_asked_for() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let catalog = bench.officer.get("/v1/catalogs/problems").await.json();
        let problems = catalog["problems"].as_array().unwrap();
        let failed = problems
            .iter()
            .find(|problem| problem["code"] == "validation_failed");
        let title = &failed.unwrap()["title"];
        let mut wrong = TestApp::counterpart_json("Kioto");
        wrong["country"] = json!("XX");
        for (asked, language) in [
            (None, "es"),
            (Some("es-MX"), "es"),
            (Some("fr"), "es"),
            (Some("*"), "es"),
            (Some("en;q=0.5, es;q=0.9"), "es"),
            (Some("es, en"), "es"),
            (Some("en"), "en"),
            (Some("EN-us,en;q=0.9"), "en"),
            (Some("fr, en;q=0.7, es;q=0.3"), "en"),
        ] {
            let mut request = post("/v1/counterparts", &wrong);
            if let Some(asked) = asked {
                request = request.header("accept-language", asked);
            }
            let answer = bench.refuse(request, 422, "validation_failed").await;
            let body = answer.json();
            assert_eq!(body["title"], title[language], "{asked:?}");
            let english = body["errors"][0]["detail"]
                .as_str()
                .unwrap()
                .starts_with("Use a two-letter");
            assert_eq!(english, language == "en", "{asked:?}");
            let said = if language == "en" { "en" } else { "es-MX" };
            assert_eq!(answer.header("content-language").as_deref(), Some(said));
        }
    })
    .await;
}

/// The fixed order of refusals, outermost first.
#[actix_web::test]
async fn the_first_thing_wrong_is_the_one_that_is_said() {
    on_both(|app| async move {
        let bench = Bench::at(app, Stage::StateReview).await;
        let stranger = bench.app.officer("11017").await;
        let viewer = bench
            .app
            .client(vinculo_domain::Role::Viewer, GUADALAJARA)
            .await;
        let (nobody, officer) = (bench.app.nobody(), bench.officer.clone());
        let path = one(&bench.case);
        let (good, bad) = (json!({"title": "Otro"}), json!({"title": ""}));
        let stale = "\"1.x\"";
        let unknown = format!("{path}?colour=red");
        let bare = Request::new(Method::PATCH, &path).json(&good);
        let torn = Request::new(Method::PATCH, &path)
            .raw("application/json", "{")
            .if_match(stale);
        let etag = bench.etag();
        for (who, request, status, code) in [
            (&nobody, patch(&unknown, "*", &bad), 401, "unauthenticated"),
            (
                &stranger,
                patch(&unknown, stale, &bad),
                400,
                "invalid_parameter",
            ),
            (&stranger, torn, 400, "malformed_json"),
            (&stranger, bare, 428, "precondition_required"),
            (&stranger, patch(&path, stale, &bad), 404, "not_found"),
            (&viewer, patch(&path, stale, &bad), 403, "forbidden"),
            (
                &officer,
                patch(&path, stale, &bad),
                412,
                "precondition_failed",
            ),
            (&officer, patch(&path, &etag, &bad), 409, "locked_in_stage"),
        ] {
            bench.refuse_to(who, request, status, code).await;
        }
    })
    .await;
}

#[actix_web::test]
async fn who_shows_no_good_token_is_told_to() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let nobody = bench.app.nobody();
        let token = bench.officer.token.clone().unwrap();
        let path = one(&bench.case);
        let values = [
            String::new(),
            "Bearer".into(),
            "Bearer ".into(),
            "Bearer abc".into(),
            "Bearer a.b.c".into(),
            format!("Basic {token}"),
            token.clone(),
            format!("Bearer {token}x"),
            format!("Bearer {}", "a".repeat(5000)),
        ];
        let get = Request::new(Method::GET, &path);
        let first = bench
            .refuse_to(&nobody, get.clone(), 401, "unauthenticated")
            .await;
        assert_eq!(first.header("www-authenticate").as_deref(), Some("Bearer"));
        for value in values {
            let request = get.clone().header("authorization", &value);
            let answer = bench
                .refuse_to(&nobody, request, 401, "unauthenticated")
                .await;
            assert_eq!(shape(&answer), shape(&first));
        }
        // The scheme is not case-sensitive.
        let request = get.header("authorization", &format!("bearer {token}"));
        nobody.send(request).await.expect(200);
    })
    .await;
}
