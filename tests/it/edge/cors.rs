//! Which origins may call from a browser.

use super::on_both_behind;
use actix_web::http::Method;
use vinculo_api::edge::Edge;
use vinculo_api::edge::cors::Origins;
use vinculo_tests::{GUADALAJARA, Request};

const FRONT: &str = "https://convenios.example";

fn edge() -> Edge {
    Edge {
        origins: Origins::parse(&[FRONT.to_owned(), "http://localhost:5173".to_owned()]).unwrap(),
        ..Edge::unhurried()
    }
}

/// Origins that look like a listed one.
const STRANGERS: [&str; 9] = [
    "https://evil.example",
    "null",
    "https://convenios.example.evil.example",
    "https://sub.convenios.example",
    "http://convenios.example",
    "https://convenios.example:8443",
    "https://CONVENIOS.example",
    "https://convenios.example/",
    "*",
];

/// Path, method, and whether it is public.
const CALLS: [(&str, &str, bool); 7] = [
    ("/v1/registry", "GET", true),
    ("/v1/governments/14", "GET", true),
    ("/v1/catalogs/countries", "GET", true),
    ("/v1/sessions", "POST", false),
    ("/v1/agreements", "GET", false),
    ("/v1/agreements", "POST", false),
    (
        "/v1/agreements/01938a5c-7c00-7a00-8000-00000000000f",
        "PATCH",
        false,
    ),
];

#[actix_web::test]
async fn a_page_asks_before_it_calls() {
    on_both_behind(edge, |app| async move {
        let nobody = app.nobody();
        for (path, method, open) in CALLS {
            let ask = |origin: &str| {
                let ask = Request::new(Method::OPTIONS, path)
                    .header("origin", origin)
                    .header("access-control-request-method", method)
                    .header(
                        "access-control-request-headers",
                        "authorization,if-match,x-anything",
                    );
                nobody.send(ask)
            };
            let answer = ask(FRONT).await.expect(204);
            let said = |name: &str| {
                answer
                    .header(name)
                    .unwrap_or_else(|| panic!("{path} {name}"))
            };
            assert_eq!(
                said("access-control-allow-origin"),
                if open { "*" } else { FRONT }
            );
            assert_eq!(said("access-control-allow-methods"), method);
            assert_eq!(said("access-control-max-age"), "600");
            assert!(said("vary").contains("Origin"));
            let allowed = said("access-control-allow-headers");
            for name in [
                "authorization",
                "content-type",
                "if-match",
                "if-none-match",
                "idempotency-key",
                "accept-language",
            ] {
                assert!(allowed.split(", ").any(|known| known == name), "{name}");
            }
            assert!(!allowed.contains('*') && !allowed.contains("x-anything"));
            assert_eq!(answer.header("access-control-allow-credentials"), None);
            for stranger in STRANGERS {
                let answer = ask(stranger).await;
                let allowed = answer.header("access-control-allow-origin");
                if open {
                    assert_eq!(allowed.as_deref(), Some("*"));
                } else {
                    answer.refused(405, "method_not_allowed");
                    assert_eq!(allowed, None, "{path} {stranger}");
                }
            }
        }
        // A method that no page may use, and a request without an origin.
        for (method, origin) in [("DELETE", Some(FRONT)), ("GET", None)] {
            let mut ask = Request::new(Method::OPTIONS, "/v1/agreements")
                .header("access-control-request-method", method);
            if let Some(origin) = origin {
                ask = ask.header("origin", origin);
            }
            let answer = nobody.send(ask).await.refused(405, "method_not_allowed");
            assert_eq!(answer.header("access-control-allow-methods"), None);
            assert!(answer.header("allow").is_some());
        }
    })
    .await;
}

#[actix_web::test]
async fn an_answer_is_for_the_pages_of_the_list() {
    on_both_behind(edge, |app| async move {
        let (nobody, officer) = (app.nobody(), app.officer(GUADALAJARA).await);
        for origin in STRANGERS
            .into_iter()
            .chain([FRONT, "http://localhost:5173"])
        {
            let known = !STRANGERS.contains(&origin);
            for (path, method, open) in CALLS {
                for client in [&nobody, &officer] {
                    let method = Method::from_bytes(method.as_bytes()).unwrap();
                    let request = Request::new(method, path).header("origin", origin);
                    let answer = client.send(request).await;
                    let allowed = answer.header("access-control-allow-origin");
                    let expected = if open {
                        Some("*")
                    } else {
                        known.then_some(origin)
                    };
                    assert_eq!(
                        allowed.as_deref(),
                        expected,
                        "{path} {origin} {}",
                        answer.status
                    );
                    assert_eq!(answer.header("access-control-allow-credentials"), None);
                    assert!(answer.header("vary").unwrap().contains("Origin"));
                    let exposed = answer.header("access-control-expose-headers");
                    assert_eq!(exposed.is_some(), expected.is_some());
                    if let Some(exposed) = exposed {
                        for name in [
                            "etag",
                            "location",
                            "link",
                            "retry-after",
                            "ratelimit",
                            "ratelimit-policy",
                            "x-request-id",
                        ] {
                            assert!(exposed.split(", ").any(|known| known == name), "{name}");
                        }
                    }
                }
            }
        }
    })
    .await;
}

/// With an empty list only the public operations can be called from other origins.
#[actix_web::test]
async fn the_list_is_empty_unless_somebody_fills_it() {
    on_both_behind(Edge::unhurried, |app| async move {
        let nobody = app.nobody();
        for (path, method, open) in CALLS {
            let ask = Request::new(Method::OPTIONS, path)
                .header("origin", FRONT)
                .header("access-control-request-method", method);
            let answer = nobody.send(ask).await;
            assert_eq!(answer.status, if open { 204 } else { 405 }, "{path}");
        }
    })
    .await;
}
