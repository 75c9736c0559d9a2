//! Compressed answers over a socket, and bytes that are never compressed.

use super::super::{Served, header, on_both_behind};
use super::{asking, coding, unpack, unpacked};
use crate::openapi::COMMITTED;
use crate::tools::one;
use actix_web::http::Method;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;
use vinculo_api::edge::Edge;
use vinculo_api::fixtures::pdf;
use vinculo_api::operations;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, Request, on_both};

async fn exchange(served: &Served, request: &str) -> (String, Vec<u8>) {
    let mut stream = served.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await.unwrap();
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(all[..end].to_vec()).unwrap();
    (head, all[end + 4..].to_vec())
}

#[actix_web::test]
async fn a_compressed_answer_is_whole_on_the_wire() {
    on_both_behind(Edge::unhurried, |app| async move {
        let served = Served::new(&app);
        for (version, asked, wanted) in [
            ("1.1", "gzip", Some("gzip")),
            ("1.1", "br, gzip", Some("br")),
            ("1.1", "identity", None),
            ("1.0", "gzip", Some("gzip")),
        ] {
            let request = format!(
                "GET /openapi.json HTTP/{version}\r\nhost: x\r\nconnection: close\r\naccept-encoding: {asked}\r\n\r\n"
            );
            let (head, body) = exchange(&served, &request).await;
            assert!(head.contains(" 200 "), "{head}");
            let coding = header(&head, "content-encoding");
            assert_eq!(coding, wanted, "{version} {asked}");
            assert!(unpack(coding, &body) == COMMITTED.as_bytes());
            let length = header(&head, "content-length");
            assert_eq!(length, Some(body.len().to_string().as_str()));
            assert_eq!(header(&head, "transfer-encoding"), None);
            assert_eq!(wanted.is_some(), body.len() < COMMITTED.len() / 5);
        }
        served.stop().await;
    })
    .await;
}

/// Compression never makes a caller wait: without a free slot the answer is sent uncompressed.
#[actix_web::test]
async fn who_finds_no_place_gets_the_plain_answer() {
    let full = || Edge {
        compressing: Arc::new(Semaphore::new(0)),
        ..Edge::unhurried()
    };
    on_both_behind(full, |app| async move {
        let answer = app.nobody().send(asking("/openapi.json", "gzip")).await;
        let answer = answer.expect(200);
        assert_eq!(coding(&answer), None);
        assert!(answer.body == COMMITTED.as_bytes());
        assert!(answer.header("vary").unwrap().contains("Accept-Encoding"));
    })
    .await;
}

#[actix_web::test]
async fn the_page_comes_compressed_too() {
    on_both(|app| async move {
        let nobody = app.nobody();
        for file in ["swagger-ui-bundle.js", "swagger-ui.css"] {
            let path = format!("/docs/{file}");
            let plain = nobody.get(&path).await.expect(200);
            let answer = nobody.send(asking(&path, "gzip")).await.expect(200);
            assert_eq!(coding(&answer).as_deref(), Some("gzip"), "{file}");
            assert!(unpacked(&answer) == plain.body, "{file}");
        }
        let icon = asking("/docs/favicon-32x32.png", "gzip");
        assert_eq!(coding(&nobody.send(icon).await.expect(200)), None);
    })
    .await;
}

#[actix_web::test]
async fn documents_and_their_ranges_come_as_they_are_kept() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let file = pdf(&"un anexo que se repite ".repeat(200));
        let id = officer.attach(&case, "other", None, &file).await;
        let path = format!("{}/documents/{}/content", one(&case), id.expect(201).id());
        let tag = format!("\"{}\"", vinculo_auth::seal::sha256(&file));
        let ask = |method: Method, more: &[(&str, &str)]| {
            let mut asked = Request::new(method, &path).header("accept-encoding", "gzip, br");
            for (name, value) in more {
                asked = asked.header(name, value);
            }
            officer.send(asked)
        };
        let whole = ask(Method::GET, &[]).await.expect(200);
        assert!(whole.body == file);
        let part = ask(Method::GET, &[("range", "bytes=100-2099")])
            .await
            .expect(206);
        assert_eq!(part.body, file[100..2100]);
        let head = ask(Method::HEAD, &[]).await.expect(200);
        let same = ask(Method::GET, &[("if-none-match", &tag)])
            .await
            .expect(304);
        let marked = format!("{}-gzip\"", tag.strip_suffix('"').unwrap());
        let other = ask(Method::GET, &[("if-none-match", &marked)])
            .await
            .expect(200);
        for answer in [whole, part, head, same, other] {
            assert_eq!(coding(&answer), None);
            assert_eq!(answer.etag(), tag);
        }
    })
    .await;
}

/// A gzipped empty JSON object.
fn packed() -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(b"{}").unwrap();
    packer.finish().unwrap()
}

/// Compressed request bodies are refused by every operation.
#[actix_web::test]
async fn no_operation_takes_a_compressed_body() {
    on_both(|app| async move {
        let id = "01938a5c-7c00-7a00-8000-00000000000f";
        let nobody = app.nobody();
        for operation in operations::all() {
            let path = operation
                .path
                .replace("{number}", "2026-000001")
                .replace("{catalog}", "countries")
                .replace("{ordinal}", "1")
                .split('{')
                .map(|part| {
                    part.split_once('}')
                        .map_or(part.to_owned(), |(_, rest)| format!("{id}{rest}"))
                })
                .collect::<String>();
            let officer = app.officer(GUADALAJARA).await;
            let caller = if operation.public { &nobody } else { &officer };
            for coding in ["gzip", "br"] {
                let request = Request::new(operation.method.clone(), &path)
                    .raw("application/json", packed())
                    .header("content-encoding", coding);
                let answer = caller.send(request).await;
                assert_eq!(answer.status, 415, "{} {}", operation.id, answer.text());
            }
        }
    })
    .await;
}
