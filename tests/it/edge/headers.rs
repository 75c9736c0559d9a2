//! The headers of every answer: each operation, each kind of error, the document and its page.

use super::on_both_behind;
use actix_web::http::Method;
use std::collections::BTreeSet;
use vinculo_api::edge::Edge;
use vinculo_api::edge::rates::{Figures, Rates};
use vinculo_api::operations;
use vinculo_tests::{Answer, GUADALAJARA, Request, on_both};

const NOTHING_RUNS: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

#[track_caller]
fn dressed(answer: &Answer, what: &str) {
    let page = what.starts_with("/docs");
    for (name, value) in [
        ("x-content-type-options", Some("nosniff")),
        ("referrer-policy", Some("no-referrer")),
        ("cross-origin-resource-policy", Some("same-origin")),
        (
            "vary",
            Some("Accept, Accept-Encoding, Accept-Language, Authorization, Origin"),
        ),
        ("content-security-policy", (!page).then_some(NOTHING_RUNS)),
        ("cache-control", None),
        ("x-request-id", None),
    ] {
        let said = answer.header(name);
        assert!(said.is_some(), "{what}: {name} is missing");
        if value.is_some() {
            assert_eq!(said.as_deref(), value, "{what}: {name}");
        }
    }
    for name in [
        "server",
        "x-powered-by",
        "strict-transport-security",
        "set-cookie",
    ] {
        assert_eq!(answer.header(name), None, "{what}: {name}");
    }
    let cache = answer.header("cache-control").unwrap();
    if answer.status >= 400 {
        assert_eq!(cache, "no-store", "{what}");
        let kind = answer.header("content-type");
        if kind.is_some() {
            assert_eq!(kind.as_deref(), Some("application/problem+json"), "{what}");
            assert_eq!(
                answer.json()["request_id"],
                answer.header("x-request-id").unwrap(),
                "{what}"
            );
        }
    }
}

#[actix_web::test]
async fn every_operation_answers_with_them() {
    on_both(|app| async move {
        let nobody = app.nobody();
        let mut statuses = BTreeSet::new();
        for operation in operations::all() {
            let path = operation
                .path
                .replace("{id}", "01938a5c-7c00-7a00-8000-00000000000f")
                .replace("{document_id}", "01938a5c-7c00-7a00-8000-00000000000f")
                .replace("{number}", "2026-000001")
                .replace("{catalog}", "countries");
            // A new session each time, because one of the operations signs out.
            let officer = app.officer(GUADALAJARA).await;
            for client in [&nobody, &officer] {
                let answer = client
                    .send(Request::new(operation.method.clone(), &path))
                    .await;
                dressed(&answer, operation.id);
                let kept = answer.header("cache-control").unwrap().contains("public");
                let open = operation.public && operation.method == Method::GET;
                let live = operation.tag == "health";
                assert_eq!(
                    kept,
                    open && answer.status < 400 && !live,
                    "{}",
                    operation.id
                );
                statuses.insert(answer.status);
            }
        }
        assert!(
            statuses.is_superset(&[200, 401, 404, 415, 428].into()),
            "{statuses:?}"
        );
    })
    .await;
}

#[actix_web::test]
async fn so_does_every_refusal_of_the_edge_and_of_the_router() {
    on_both(|app| async move {
        let nobody = app.nobody();
        let get = |path: &str| Request::new(Method::GET, path);
        let session = Request::new(Method::POST, "/v1/sessions");
        let large = "a".repeat(17 * 1024);
        let json = "application/json";
        for (request, status) in [
            (get("/nowhere"), 404),
            (get("/"), 404),
            (get("/docs/nothing.js"), 404),
            (Request::new(Method::PUT, "/v1/agreements"), 405),
            (Request::new(Method::TRACE, "/v1/agreements"), 405),
            (Request::new(Method::OPTIONS, "/v1/agreements"), 405),
            (Request::new(Method::DELETE, "/openapi.json"), 405),
            (get(&format!("/v1/registry?q={}", "a".repeat(5000))), 414),
            (get("/v1/registry").header("x-large", &large), 431),
            (get("/v1/registry?x=1"), 400),
            (session.clone().raw("text/plain", "x"), 415),
            (
                session
                    .clone()
                    .raw(json, "{}")
                    .header("content-encoding", "gzip"),
                415,
            ),
            (session.clone().raw(json, "x".repeat(300_000)), 413),
            (session.raw(json, "{"), 400),
        ] {
            let what = format!(
                "{} {}",
                request.method,
                &request.path[..20.min(request.path.len())]
            );
            let answer = nobody.send(request).await;
            assert_eq!(answer.status, status, "{what} {}", answer.text());
            dressed(
                &answer,
                if what.contains("/docs") {
                    "/docs"
                } else {
                    &what
                },
            );
            assert!(answer.header("content-type").is_some());
        }
    })
    .await;
}

#[actix_web::test]
async fn who_is_too_fast_gets_them_too() {
    let one = || Edge {
        rates: Rates::new(Figures {
            anonymous: 1,
            ..Figures::NONE
        }),
        ..Edge::default()
    };
    on_both_behind(one, |app| async move {
        app.nobody().get("/v1/registry").await.expect(200);
        let answer = app.nobody().get("/v1/registry").await;
        dressed(&answer.refused(429, "too_many_requests"), "429");
    })
    .await;
}

/// The page of operations may run only its own scripts.
#[actix_web::test]
async fn the_page_runs_the_scripts_that_it_brings() {
    on_both(|app| async move {
        let nobody = app.nobody();
        for path in [
            "/docs",
            "/docs/",
            "/docs/swagger-ui-bundle.js",
            "/openapi.json",
        ] {
            dressed(&nobody.get(path).await, path);
        }
        let page = nobody.get("/docs/").await.expect(200);
        let policy = page.header("content-security-policy").unwrap();
        let rules: Vec<&str> = policy.split("; ").collect();
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "frame-ancestors 'none'",
        ] {
            assert!(rules.contains(&rule), "{policy}");
        }
        // All scripts are files of the service, so nothing inline needs to be allowed.
        let html = page.text();
        let scripts: Vec<&str> = html.split("<script").skip(1).collect();
        assert!(scripts.len() >= 3);
        for script in scripts {
            let (attributes, rest) = script.split_once('>').unwrap();
            let source = attributes
                .split("src=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            assert!(source.starts_with("./"), "{source}");
            assert!(rest.split("</script>").next().unwrap().trim().is_empty());
            let file = nobody
                .get(&format!("/docs/{}", &source[2..]))
                .await
                .expect(200);
            let kind = file.header("content-type").unwrap();
            assert!(kind.contains("javascript"), "{source}: {kind}");
        }
        assert!(!html.contains("onload=") && !html.contains("onclick="));
    })
    .await;
}

/// HTTPS is enforced in browsers only where the public address is HTTPS.
#[actix_web::test]
async fn https_is_insisted_on_where_it_is_spoken() {
    let secure = || Edge {
        https: true,
        ..Edge::unhurried()
    };
    on_both_behind(secure, |app| async move {
        for path in [
            "/v1/registry",
            "/v1/me",
            "/nowhere",
            "/docs/",
            "/openapi.json",
        ] {
            let answer = app.nobody().get(path).await;
            let said = answer.header("strict-transport-security");
            assert_eq!(
                said.as_deref(),
                Some("max-age=31536000; includeSubDomains"),
                "{path}"
            );
        }
    })
    .await;
}
