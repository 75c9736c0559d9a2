//! Which answers are compressed, and which never are.

mod bytes;
mod tags;

use actix_web::http::Method;
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use std::io::Read;
use vinculo_api::openapi;
use vinculo_api::operation::Content;
use vinculo_api::operations;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, GUADALAJARA, Request, TestApp, on_both};

/// Answers up to this many bytes are sent uncompressed.
const SHORT: usize = 1024;
const LONG: &str = "/v1/catalogs/countries";

fn asking(path: &str, coding: &str) -> Request {
    Request::new(Method::GET, path).header("accept-encoding", coding)
}

fn unpack(coding: Option<&str>, bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    let read = match coding {
        None => return bytes.to_vec(),
        Some("gzip") => GzDecoder::new(bytes).read_to_end(&mut whole),
        Some("br") => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut whole),
        Some(other) => panic!("{other} was not asked for"),
    };
    read.unwrap();
    whole
}

fn coding(answer: &Answer) -> Option<String> {
    answer.header("content-encoding")
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    unpack(coding(answer).as_deref(), &answer.body)
}

/// A long name makes a long refusal, because the refusal repeats it.
fn long_name() -> String {
    "field_".repeat(SHORT / 6)
}

#[actix_web::test]
async fn an_answer_comes_in_the_coding_that_its_caller_likes_best() {
    on_both(|app| async move {
        let nobody = app.nobody();
        let plain = nobody.get(LONG).await.expect(200);
        assert_eq!(coding(&plain), None);
        for (asked, wanted) in [
            ("gzip", Some("gzip")),
            ("GZIP", Some("gzip")),
            ("br", Some("br")),
            ("gzip, deflate, br, zstd", Some("br")),
            ("br;q=0.1, gzip", Some("gzip")),
            ("gzip;q=0, br;q=0.001", Some("br")),
            ("gzip;q=0.5, *;q=0", Some("gzip")),
            ("identity;q=0.5, gzip;q=0.6", Some("gzip")),
            ("identity, gzip;q=0.5", None),
            ("gzip;q=0, br;q=0", None),
            ("identity", None),
            ("", None),
            ("*", None),
            ("deflate, zstd, compress", None),
            ("gzip;q=lots", None),
            // The client accepts no coding that we have; a readable answer is better than none.
            ("identity;q=0", None),
            ("zstd, *;q=0", None),
        ] {
            let answer = nobody.send(asking(LONG, asked)).await.expect(200);
            assert_eq!(coding(&answer).as_deref(), wanted, "{asked}");
            assert_eq!(unpacked(&answer), plain.body, "{asked}");
            assert_eq!(wanted.is_some(), answer.body.len() < plain.body.len() / 2);
            for name in ["content-type", "vary", "cache-control"] {
                assert_eq!(answer.header(name), plain.header(name), "{asked} {name}");
            }
            let vary: Vec<_> = answer.headers.get_all("vary").collect();
            assert_eq!(vary.len(), 1, "{asked}");
            assert!(vary[0].to_str().unwrap().contains("Accept-Encoding"));
        }
        let twice = asking(LONG, "gzip").header("accept-encoding", "br;q=0.5");
        let answer = nobody.send(twice).await.expect(200);
        assert_eq!(coding(&answer).as_deref(), Some("gzip"));
    })
    .await;
}

/// What an operation reads is compressed when it is long, and the content is the same.
#[actix_web::test]
async fn what_is_short_comes_as_it_is() {
    on_both(|app| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let officer = app.officer(GUADALAJARA).await;
        let (mut long, mut short, mut tables) = (0, 0, 0);
        for operation in operations::all() {
            let path = operation.path.replace("{catalog}", "sdg-targets");
            if operation.method != Method::GET || path.contains('{') {
                continue;
            }
            let answer = officer.send(asking(&path, "gzip")).await;
            let bytes = unpacked(&answer);
            let packed = coding(&answer).is_some();
            assert_eq!(packed, bytes.len() > SHORT, "{path} {}", bytes.len());
            if matches!(operation.content, Content::Csv(_)) {
                tables += usize::from(packed);
            } else {
                serde_json::from_slice::<Value>(&bytes).unwrap();
            }
            long += usize::from(packed);
            short += usize::from(!packed);
        }
        assert!(
            long > 10 && short > 10 && tables > 0,
            "{long} {short} {tables}"
        );
    })
    .await;
}

#[actix_web::test]
async fn a_refusal_is_compressed_where_it_is_long() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let few = json!({"kind": "twinning", "title": "Acuerdo", "field": 0});
        let many = json!({"kind": "twinning", "title": "Acuerdo", long_name(): 0});
        for (body, wanted) in [(&few, None), (&many, Some("br"))] {
            let asked = Request::new(Method::POST, "/v1/agreements").json(body);
            let asked = asked.header("accept-encoding", "br, gzip");
            let answer = officer.send(asked).await.expect(400);
            assert_eq!(coding(&answer).as_deref(), wanted);
            let problem: Value = serde_json::from_slice(&unpacked(&answer)).unwrap();
            assert_eq!(problem["code"], "unknown_field");
            let kind = answer.header("content-type");
            assert_eq!(kind.as_deref(), Some("application/problem+json"));
        }
    })
    .await;
}

/// The list of marked operations is compared with what the document says of their answers.
#[actix_web::test]
async fn an_answer_with_a_credential_is_never_compressed() {
    let document = openapi::document();
    let mut marked = Vec::new();
    for operation in operations::all() {
        let Content::Json(used, _) = &operation.content else {
            continue;
        };
        let schema = &document["components"]["schemas"][&used.name];
        let properties = schema["properties"].as_object();
        let tells = properties.into_iter().flatten().any(|(name, _)| {
            let words = ["token", "password", "secret", "credential"];
            // As words of the name: a secretariat is no secret.
            name.split('_')
                .any(|part| words.contains(&part.trim_end_matches('s')))
        });
        assert_eq!(operation.credential, tells, "{}", operation.id);
        marked.extend(tells.then_some(operation.id));
    }
    assert_eq!(marked, ["create_session", "refresh_session"]);

    on_both(|app| async move {
        let nobody = app.nobody();
        let asked = |path: &str, body: &Value| {
            let request = Request::new(Method::POST, path).json(body);
            nobody.send(request.header("accept-encoding", "gzip, br"))
        };
        let person = json!({"email": "officer@14039.example", "password": TestApp::PASSWORD});
        let mut answer = asked("/v1/sessions", &person).await;
        for _ in 0..2 {
            assert_eq!(coding(&answer), None);
            let token = &answer.expect(201).json()["refresh_token"];
            answer = asked("/v1/sessions/refresh", &json!({"refresh_token": token})).await;
        }
        // A longer answer is not compressed either: a refusal that names a long field.
        let body = json!({ long_name(): 0 });
        for path in ["/v1/sessions", "/v1/sessions/refresh"] {
            let answer = asked(path, &body).await.expect(400);
            assert!(answer.body.len() > SHORT);
            assert_eq!(coding(&answer), None, "{path}");
        }
    })
    .await;
}
