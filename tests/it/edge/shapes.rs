//! Malformed requests over a socket: each is refused, and the service goes on serving.

use super::{Served, header, is_problem, on_both_behind};
use vinculo_api::edge::Edge;
use vinculo_tests::GUADALAJARA;

fn json(token: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /v1/counterparts HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn keys(count: usize) -> Vec<u8> {
    let keys: Vec<String> = (0..count)
        .map(|number| format!("\"k{number}\":1"))
        .collect();
    format!("{{{}}}", keys.join(",")).into_bytes()
}

#[actix_web::test]
async fn no_body_brings_it_down() {
    on_both_behind(Edge::unhurried, |app| async move {
        let served = Served::new(&app);
        let token = app.officer(GUADALAJARA).await.token.unwrap();
        let rows = app.scratch.rows(&[]);
        let long = format!("{{\"name\":\"{}\"}}", "a".repeat(10_000_000));
        for (what, body, status, code) in [
            (
                "100,000 brackets",
                "[".repeat(100_000).into_bytes(),
                400,
                "malformed_json",
            ),
            (
                "100,000 braces",
                "{\"a\":".repeat(50_000).into_bytes(),
                400,
                "malformed_json",
            ),
            ("1,000,000 keys", keys(1_000_000), 413, "payload_too_large"),
            ("20,000 keys", keys(20_000), 400, "unknown_field"),
            ("10 MB of text", long.into_bytes(), 413, "payload_too_large"),
            (
                "a lone surrogate",
                b"{\"name\":\"\\ud800\"}".to_vec(),
                400,
                "malformed_json",
            ),
            (
                "a lone low surrogate",
                b"{\"name\":\"\\udc00\\ud800\"}".to_vec(),
                400,
                "malformed_json",
            ),
            (
                "an escaped NUL",
                b"{\"name\":\"a\\u0000b\"}".to_vec(),
                400,
                "invalid_body",
            ),
            (
                "a NUL",
                b"{\"name\":\"a\0b\"}".to_vec(),
                400,
                "malformed_json",
            ),
            (
                "a NUL in a key",
                b"{\"na\\u0000me\":1}".to_vec(),
                400,
                "invalid_body",
            ),
            (
                "no UTF-8",
                b"{\"name\":\"\xc0\xaf\"}".to_vec(),
                400,
                "malformed_json",
            ),
            (
                "a key twice",
                b"{\"name\":\"a\",\"name\":\"b\"}".to_vec(),
                400,
                "malformed_json",
            ),
            ("1e999", b"{\"name\":1e999}".to_vec(), 400, "malformed_json"),
            ("-1e999", b"[-1e999]".to_vec(), 400, "malformed_json"),
            (
                "400 digits",
                format!("[{}]", "9".repeat(400)).into_bytes(),
                400,
                "malformed_json",
            ),
            (
                "a byte order mark",
                b"\xef\xbb\xbf{}".to_vec(),
                400,
                "malformed_json",
            ),
        ] {
            eprintln!("{what}");
            let answer = served.talk(&json(&token, &body)).await;
            is_problem(&answer, status, code);
            assert!(answer.len() < 200_000, "{what}: {}", answer.len());
        }
        served.alive().await;
        assert_eq!(app.scratch.rows(&[]), rows);
        served.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn no_head_brings_it_down() {
    on_both_behind(Edge::unhurried, |app| async move {
        let served = Served::new(&app);
        let close = "host: x\r\nconnection: close\r\n";
        let many = |count: usize| {
            (0..count)
                .map(|i| format!("x-{i}: 1\r\n"))
                .collect::<String>()
        };
        let parameters = |count: usize| (0..count).map(|i| format!("p{i}=1&")).collect::<String>();
        // Those that the service itself checks.
        for (what, request, status, code) in [
            (
                "64 kB of header",
                format!(
                    "GET /v1/registry HTTP/1.1\r\n{close}x: {}\r\n\r\n",
                    "a".repeat(65_536)
                ),
                431,
                "head_too_large",
            ),
            (
                "17 kB of headers",
                format!(
                    "GET /v1/registry HTTP/1.1\r\n{close}{}\r\n",
                    format!("x: {}\r\n", "a".repeat(400)).repeat(43)
                ),
                431,
                "head_too_large",
            ),
            (
                "10,000 parameters",
                format!(
                    "GET /v1/registry?{} HTTP/1.1\r\n{close}\r\n",
                    "a=&".repeat(10_000)
                ),
                414,
                "uri_too_long",
            ),
            (
                "31 parameters",
                format!(
                    "GET /v1/registry?{} HTTP/1.1\r\n{close}\r\n",
                    parameters(31)
                ),
                400,
                "invalid_parameter",
            ),
            (
                "5 kB of path",
                format!("GET /v1/{} HTTP/1.1\r\n{close}\r\n", "a".repeat(5000)),
                414,
                "uri_too_long",
            ),
            (
                "a NUL in the path",
                format!("GET /v1/registry/%00 HTTP/1.1\r\n{close}\r\n"),
                404,
                "not_found",
            ),
            (
                "broken percent signs",
                format!("GET /v1/registry/%zz%f HTTP/1.1\r\n{close}\r\n"),
                404,
                "not_found",
            ),
            (
                "TRACE",
                format!("TRACE /v1/registry HTTP/1.1\r\n{close}\r\n"),
                405,
                "method_not_allowed",
            ),
            (
                "a method of one's own",
                format!("BREW /v1/registry HTTP/1.1\r\n{close}\r\n"),
                405,
                "method_not_allowed",
            ),
            (
                "a connection to elsewhere",
                format!("CONNECT evil.example:443 HTTP/1.1\r\n{close}\r\n"),
                404,
                "not_found",
            ),
        ] {
            eprintln!("{what}");
            let answer = served.talk(request.as_bytes()).await;
            is_problem(&answer, status, code);
            assert!(header(&answer, "x-request-id").is_some());
        }
        // Those that the framework refuses before our code can format the answer: plain, but 4xx.
        let post =
            format!("POST /v1/sessions HTTP/1.1\r\n{close}content-type: application/json\r\n");
        for (what, request, status) in [
            (
                "two ways to say a length",
                format!("{post}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
                400,
            ),
            (
                "two lengths",
                format!("{post}content-length: 4\r\ncontent-length: 5\r\n\r\n{{}}  "),
                400,
            ),
            (
                "a signed length",
                format!("{post}content-length: +2\r\n\r\n{{}}"),
                400,
            ),
            (
                "another coding",
                format!("{post}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                400,
            ),
            (
                "no host",
                "GET /v1/registry HTTP/1.1\r\nconnection: close\r\n\r\n".to_owned(),
                400,
            ),
            (
                "a space before a colon",
                format!("GET /v1/registry HTTP/1.1\r\n{close}x-forwarded-for : 1.2.3.4\r\n\r\n"),
                400,
            ),
            (
                "a folded line",
                format!("GET /v1/registry HTTP/1.1\r\n{close}x: a\r\n b\r\n\r\n"),
                400,
            ),
            (
                "a NUL in a header",
                format!("GET /v1/registry HTTP/1.1\r\n{close}x: a\0b\r\n\r\n"),
                400,
            ),
            (
                "200 headers",
                format!("GET /v1/registry HTTP/1.1\r\n{close}{}\r\n", many(200)),
                431,
            ),
            (
                "200 kB of header",
                format!(
                    "GET /v1/registry HTTP/1.1\r\n{close}x: {}\r\n\r\n",
                    "a".repeat(200_000)
                ),
                431,
            ),
            (
                "70 kB of path",
                format!("GET /{} HTTP/1.1\r\n{close}\r\n", "a".repeat(70_000)),
                400,
            ),
            ("no HTTP", "hello\r\n\r\n".to_owned(), 400),
        ] {
            eprintln!("{what}");
            let answer = served.talk(request.as_bytes()).await;
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status} ")),
                "{what}: {answer}"
            );
            assert!(!answer.contains("HTTP/1.1 200"), "{what}: {answer}");
            assert_eq!(header(&answer, "server"), None);
        }
        served.alive().await;
        served.stop().await;
    })
    .await;
}
