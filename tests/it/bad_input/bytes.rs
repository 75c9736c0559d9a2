//! Bodies whose bytes are JSON and cannot be kept, or that have none.

use super::Bench;
use super::syntax::{raw, targets};
use crate::tools::points_at;
use vinculo_tests::on_both;

/// NUL is valid JSON, but cannot be kept in a text.
#[actix_web::test]
async fn a_text_with_nul_is_pointed_at() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        for (body, pointer) in [
            ("{\"title\":\"\\u0000\"}", "/title"),
            ("{\"title\":[\"a\",\"b\\u0000\"]}", "/title/1"),
            ("{\"a/b\":{\"c\":\"x\\u0000y\"}}", "/a~1b/c"),
            ("{\"title\":{\"a\\u0000\":1}}", "/title"),
        ] {
            for (method, path) in targets(&bench) {
                let request = raw(&method, &path, &bench.etag(), body.as_bytes());
                let answer = bench.refuse(request, 400, "invalid_body").await;
                points_at(&answer, pointer, "control_characters");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn an_empty_body_is_said_to_be_empty() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        for (method, path) in targets(&bench) {
            for (body, empty) in [("", true), (" \r\n", true), ("{", false)] {
                let request = raw(&method, &path, &bench.etag(), body.as_bytes());
                let answer = bench.refuse(request, 400, "malformed_json").await;
                let said = answer.json()["detail"].as_str().unwrap().to_owned();
                assert_eq!(said.contains("está vacío"), empty, "{said}");
            }
        }
    })
    .await;
}
