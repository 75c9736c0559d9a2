//! The log line of each request.

use super::{exposed, lines, logged, on_both_logged};
use crate::tools::{one, patch, post};
use actix_web::http::Method;
use actix_web::test::{TestRequest, read_body};
use futures_util::FutureExt;
use serde_json::{Value, json};
use vinculo_api::edge::Edge;
use vinculo_api::edge::rates::{Figures, Rates};
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, Request, TestApp, on_both, service_of};

fn field<'a>(line: &'a Value, name: &str) -> &'a str {
    line[name].as_str().unwrap_or_default()
}

#[actix_web::test]
async fn each_request_has_one_line_with_the_id_that_the_client_got() {
    on_both_logged(|app, written| async move {
        let officer = app.officer(GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let view = officer.get(&one(case)).await.expect(200);
        let body = json!({"title": "Otro título"});
        let changed = officer.patch(&one(case), &view.etag(), &body).await;
        let sent = body.to_string().len() as u64;
        let unknown = app.nobody().get("/nowhere/at/all?x=1").await.expect(404);
        let shut = officer.post("/v1/me", &json!({})).await.expect(405);
        let page = app.nobody().get("/openapi.json").await.expect(200);
        let large = post("/v1/counterparts", &json!({"name": "x".repeat(300_000)}));
        let large = officer.send(large).await.expect(413);
        let preflight = Request::new(Method::OPTIONS, "/v1/registry")
            .header("origin", "https://a.example")
            .header("access-control-request-method", "GET");
        let preflight = app.nobody().send(preflight).await;
        let told = lines(&app, &written).await;
        for (answer, operation, method, route, bytes_in) in [
            (&view, "get_agreement", "GET", "/v1/agreements/{id}", 0),
            (
                &changed,
                "update_agreement",
                "PATCH",
                "/v1/agreements/{id}",
                sent,
            ),
            (&unknown, "unknown", "GET", "unknown", 0),
            (&shut, "unknown", "POST", "/v1/me", 2),
            (&page, "openapi", "GET", "/openapi.json", 0),
            (&large, "create_counterpart", "POST", "/v1/counterparts", 0),
            (&preflight, "preflight", "OPTIONS", "/v1/registry", 0),
        ] {
            let id = answer.header("x-request-id").unwrap();
            let of_it: Vec<_> = told
                .iter()
                .filter(|line| line["request_id"] == id)
                .collect();
            assert_eq!(of_it.len(), 1, "{operation}: {of_it:?}");
            let line = of_it[0];
            assert_eq!(field(line, "operation"), operation);
            assert_eq!(field(line, "method"), method);
            assert_eq!(field(line, "route"), route);
            assert_eq!(line["status"], answer.status);
            assert_eq!(line["bytes_out"], answer.body.len() as u64, "{operation}");
            assert_eq!(line["aborted"], false, "{line}");
            if bytes_in > 0 && answer.status < 400 {
                assert_eq!(line["bytes_in"], bytes_in);
            }
            assert!(line["duration_ms"].is_f64() && line["time"].is_string());
        }
        // The same id is in the metrics, with a duration.
        let metrics = exposed(&app).await;
        let id = view.header("x-request-id").unwrap();
        let ids: Vec<String> = told
            .iter()
            .map(|line| field(line, "request_id").into())
            .collect();
        assert!(ids.contains(&id));
        let examples: Vec<&str> = metrics
            .lines()
            .filter(|line| line.contains("# {"))
            .collect();
        assert!(!examples.is_empty(), "{metrics}");
        for example in examples {
            assert!(ids.iter().any(|id| example.contains(id)), "{example}");
        }
        let dropped = "vinculo_access_log_dropped_total 0";
        assert!(metrics.contains(dropped), "{metrics}");
    })
    .await;
}

#[actix_web::test]
async fn a_client_that_goes_before_the_answer_has_its_line() {
    on_both_logged(|app, written| async move {
        let service = service_of(&app.app).await;
        // The request has started, and nobody waits for it any more. On a busy machine the answer may be
        // there at once: it is read to its end, since who leaves in the middle of one is counted too,
        // and another request is begun.
        loop {
            let request = TestRequest::get().uri("/v1/registry").to_request();
            let mut answer = service(request);
            match (&mut answer).now_or_never() {
                None => break,
                Some(answer) => drop(read_body(answer).await),
            }
        }
        let mut told = lines(&app, &written).await;
        told.retain(|line| line["aborted"] == json!(true));
        assert_eq!(told.len(), 1);
        let line = &told[0];
        assert_eq!(
            (&line["status"], &line["aborted"]),
            (&json!(499), &json!(true))
        );
        assert_eq!(field(line, "operation"), "list_registry");
        let metrics = exposed(&app).await;
        assert!(
            metrics.contains("vinculo_requests_aborted_total 1"),
            "{metrics}"
        );
        assert!(
            metrics.contains("vinculo_requests_in_flight 0"),
            "{metrics}"
        );
    })
    .await;
}

#[actix_web::test]
async fn who_calls_too_often_has_its_line_and_is_counted() {
    on_both(|app| async move {
        let edge = Edge {
            rates: Rates::new(Figures {
                anonymous: 2,
                ..Figures::NONE
            }),
            ..Edge::default()
        };
        let (app, written) = logged(&app, edge).await;
        for status in [200, 200, 429, 429] {
            app.nobody().get("/v1/registry").await.expect(status);
        }
        let told = lines(&app, &written).await;
        let statuses: Vec<_> = told
            .iter()
            .map(|line| line["status"].as_u64().unwrap())
            .collect();
        assert_eq!(statuses, [200, 200, 429, 429]);
        let metrics = exposed(&app).await;
        let limited = "vinculo_requests_limited_total{bucket=\"anonymous\"} 2";
        assert!(metrics.contains(limited), "{metrics}");
    })
    .await;
}

/// Everything that could identify a person.
const CANARIES: [&str; 9] = [
    "canaria@14039.example",
    "Canaria Pérez",
    "contrasena-canaria-larga",
    "token-canario",
    "agente-canario",
    "198.51.100.77",
    "ruta-canaria",
    "parametro-canario",
    "titulo canario",
];

#[actix_web::test]
async fn nothing_of_a_person_is_in_a_line_or_a_metric() {
    on_both_logged(|app, written| async move {
        sing(&app).await;
        let told = lines(&app, &written).await;
        assert!(told.len() >= 8, "{told:?}");
        let (text, metrics) = (written.text(), exposed(&app).await);
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary}: {text}");
            assert!(!metrics.contains(canary), "{canary}: {metrics}");
        }
        // No government either, and no invented method.
        assert!(!metrics.contains("\"14039\"") && !metrics.contains("CANARIA"));
        assert!(
            !text.contains("/14039") && !text.contains("CANARIA"),
            "{text}"
        );
    })
    .await;
}

async fn sing(app: &TestApp) {
    let nobody = app.nobody();
    let officer = app.officer(GUADALAJARA).await;
    let heard = |request: Request| {
        request
            .header("user-agent", "agente-canario")
            .header("x-forwarded-for", "198.51.100.77")
            .header("x-request-id", "token-canario")
    };
    let sign_in = TestApp::sign_in("canaria@14039.example", "contrasena-canaria-larga");
    nobody.send(heard(sign_in)).await;
    let refresh = json!({"refresh_token": "token-canario"});
    let refresh = post("/v1/sessions/refresh", &refresh);
    nobody.send(heard(refresh)).await;
    for path in [
        "/v1/registry?q=parametro-canario",
        "/v1/registry/ruta-canaria",
        "/ruta-canaria?a=parametro-canario",
        "/v1/governments/14039",
    ] {
        nobody.send(heard(Request::new(Method::GET, path))).await;
    }
    let bearer =
        Request::new(Method::GET, "/v1/me").header("authorization", "Bearer token-canario");
    nobody.send(heard(bearer)).await.expect(401);
    let odd = Method::from_bytes(b"CANARIA").unwrap();
    nobody.send(heard(Request::new(odd, "/v1/registry"))).await;
    let draft = json!({"kind": "twinning", "title": "titulo canario"});
    let made = officer
        .send(heard(post("/v1/agreements", &draft)))
        .await
        .expect(201);
    let change = json!({"title": "titulo canario de Canaria Pérez"});
    let change = patch(&one(made.id()), &made.etag(), &change);
    officer.send(heard(change)).await.expect(200);
}
