//! Uploads and downloads, over sockets where it matters.

mod names;

use crate::tools::one;
use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::{App as Service, HttpServer};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use vinculo_api::fixtures::pdf;
use vinculo_api::server::configure;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, TestApp, on_both};

/// The service on a real socket.
async fn listen(app: &TestApp) -> (SocketAddr, ServerHandle) {
    let configure = configure(app.app.clone());
    let server = HttpServer::new(move || Service::new().configure(configure.clone()))
        .workers(1)
        .disable_signals()
        .shutdown_timeout(1)
        .bind(("127.0.0.1", 0))
        .unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (address, handle)
}

/// Sends bytes on a new connection; reads the answer if one is expected.
async fn talk(address: SocketAddr, bytes: &[u8], answer: bool) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut text = Vec::new();
    if answer {
        let all = stream.read_to_end(&mut text);
        tokio::time::timeout(Duration::from_secs(20), all)
            .await
            .unwrap()
            .unwrap();
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A form with one PDF, and the head of a request that announces it.
fn form(path: &str, token: &str, file: &[u8]) -> (String, Vec<u8>) {
    let request = Request::new(Method::POST, path)
        .form(&[("kind", None, b"other"), ("file", Some("anexo.pdf"), file)]);
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
         content-type: multipart/form-data; boundary=XX\r\ncontent-length: {}\r\n\r\n",
        request.body.len()
    );
    (head, request.body)
}

#[actix_web::test]
async fn an_upload_cut_off_in_the_middle_leaves_nothing() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let client = app.officer(GUADALAJARA).await;
        let before = client.get(&one(case)).await.expect(200);
        let documents = app.scratch.count("documents");
        let (address, handle) = listen(&app).await;
        let mut file = pdf("anexo");
        file.resize(2 * 1024 * 1024, b' ');
        let path = format!("{}/documents", one(case));
        let (head, body) = form(&path, client.token.as_deref().unwrap(), &file);
        let file_start = body.windows(5).position(|five| five == b"%PDF-").unwrap();
        // In the form's head, in the file, and just before the closing boundary; more often than
        // there are places for uploads.
        for cut in [10, file_start + 3, body.len() / 2, body.len() - 6] {
            for _ in 0..3 {
                talk(address, &[head.as_bytes(), &body[..cut]].concat(), false).await;
            }
        }
        // All bytes of a form without its closing boundary: refused with a reason.
        let open = &body[..body.len() - 6];
        let head_of_open = head.replace(&body.len().to_string(), &open.len().to_string());
        let answer = talk(address, &[head_of_open.as_bytes(), open].concat(), true).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(
            answer.contains("\"code\":\"upload_incomplete\""),
            "{answer}"
        );
        assert_eq!(app.scratch.count("documents"), documents);
        let after = client.get(&one(case)).await.expect(200);
        assert_eq!((after.text(), after.etag()), (before.text(), before.etag()));
        // The service goes on, and accepts the same file when it is complete.
        let answer = talk(address, &[head.as_bytes(), &body].concat(), true).await;
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert_eq!(app.scratch.count("documents"), documents + 1);
        handle.stop(false).await;
    })
    .await;
}

/// `HEAD` announces the length and sends no bytes, so that the connection stays in step.
#[actix_web::test]
async fn head_sends_no_bytes_over_the_wire() {
    on_both(|app| async move {
        let (path, file) = document(&app).await;
        let token = app.officer(GUADALAJARA).await.token.unwrap();
        let (address, handle) = listen(&app).await;
        let ask = |method: &str, path: &str, connection: &str| {
            format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nconnection: {connection}\r\n\r\n")
        };
        let mut stream = TcpStream::connect(address).await.unwrap();
        let mut head = Vec::new();
        stream.write_all(ask("HEAD", &path, "keep-alive").as_bytes()).await.unwrap();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(head.contains(&format!("content-length: {}\r\n", file.len())), "{head}");
        // The next bytes on the connection are the next answer.
        stream.write_all(ask("GET", "/health/live", "close").as_bytes()).await.unwrap();
        let mut next = String::new();
        stream.read_to_string(&mut next).await.unwrap();
        assert!(next.starts_with("HTTP/1.1 200"), "{next}");
        assert!(next.ends_with("{\"status\":\"pass\"}"), "{next}");
        // With both requests sent at once, no bytes of the file come either.
        let both = ask("HEAD", &path, "keep-alive") + &ask("GET", "/health/live", "close");
        let answer = talk(address, both.as_bytes(), true).await;
        assert!(!answer.contains("%PDF"), "{answer}");
        handle.stop(false).await;
    })
    .await;
}

/// A document in a case, and the path of its bytes.
async fn document(app: &TestApp) -> (String, Vec<u8>) {
    let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
    let file = pdf("anexo");
    let client = app.officer(GUADALAJARA).await;
    let id = client
        .attach(&case, "other", None, &file)
        .await
        .expect(201)
        .id();
    (format!("{}/documents/{id}/content", one(case)), file)
}

async fn with(client: &Client, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::new(method, path);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    client.send(request).await
}

#[actix_web::test]
async fn a_file_is_sent_whole_or_in_one_range() {
    on_both(|app| async move {
        let (path, file) = document(&app).await;
        let client = app.officer(GUADALAJARA).await;
        let size = file.len();
        let whole = client.get(&path).await.expect(200);
        assert!(whole.body == file);
        assert_eq!(
            whole.header("content-type").as_deref(),
            Some("application/pdf")
        );
        assert_eq!(whole.header("accept-ranges").as_deref(), Some("bytes"));
        assert_eq!(
            whole.header("x-content-type-options").as_deref(),
            Some("nosniff")
        );
        for (range, start, end) in [
            ("bytes=0-0", 0, 1),
            ("bytes=0-9", 0, 10),
            ("bytes=10-19", 10, 20),
            (&format!("bytes={}-", size - 5), size - 5, size),
            ("bytes=-7", size - 7, size),
            ("bytes=5-999999", 5, size),
            ("bytes=-999999", 0, size),
        ] {
            let part = with(&client, Method::GET, &path, &[("range", range)])
                .await
                .expect(206);
            assert!(part.body == file[start..end], "{range}");
            let said = format!("bytes {start}-{}/{size}", end - 1);
            assert_eq!(part.header("content-range"), Some(said));
            assert_eq!(part.header("etag"), whole.header("etag"));
        }
        for range in [
            format!("bytes={size}-"),
            "bytes=9-3".into(),
            "bytes=-0".into(),
        ] {
            let answer = with(&client, Method::GET, &path, &[("range", &range)]).await;
            let length = answer.header("content-range");
            assert_eq!(length, Some(format!("bytes */{size}")), "{range}");
            answer.refused(416, "range_not_satisfiable");
        }
        for range in ["lines=0-3", "bytes=a-b", "bytes=0-3,5-9", "bytes"] {
            let answer = with(&client, Method::GET, &path, &[("range", range)]).await;
            assert!(answer.expect(200).body == file, "{range}");
        }
        let head = with(&client, Method::HEAD, &path, &[]).await.expect(200);
        for name in [
            "etag",
            "content-type",
            "accept-ranges",
            "content-disposition",
        ] {
            assert_eq!(head.header(name), whole.header(name), "{name}");
        }
        let stranger = app.officer("11017").await;
        for method in [Method::GET, Method::HEAD] {
            assert_eq!(with(&stranger, method, &path, &[]).await.status, 404);
        }
    })
    .await;
}

#[actix_web::test]
async fn what_the_caller_has_is_not_sent_again() {
    on_both(|app| async move {
        let (path, file) = document(&app).await;
        let client = app.officer(GUADALAJARA).await;
        let tag = client.get(&path).await.expect(200).etag();
        assert_eq!(tag, format!("\"{}\"", vinculo_auth::seal::sha256(&file)));
        for has in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"x\", {tag}"),
            "*".into(),
        ] {
            for method in [Method::GET, Method::HEAD] {
                let answer = with(&client, method, &path, &[("if-none-match", &has)]).await;
                let answer = answer.expect(304);
                assert!(answer.body.is_empty());
                assert_eq!(answer.etag(), tag, "{has}");
            }
        }
        let other = with(&client, Method::GET, &path, &[("if-none-match", "\"x\"")]).await;
        assert!(other.expect(200).body == file);
        // The same for a record, until it changes.
        let case = path.split("/documents").next().unwrap();
        let tag = client.get(case).await.etag();
        let weak = format!("W/{tag}");
        for has in [&tag, &weak] {
            with(&client, Method::GET, case, &[("if-none-match", has)])
                .await
                .expect(304);
        }
        let edit = serde_json::json!({"title": "Otro"});
        client.patch(case, &tag, &edit).await.expect(200);
        with(&client, Method::GET, case, &[("if-none-match", &tag)])
            .await
            .expect(200);
        // If the caller's part is of another file, the whole file is sent.
        let stale = [("range", "bytes=0-9"), ("if-range", "\"x\"")];
        let whole = with(&client, Method::GET, &path, &stale).await.expect(200);
        assert!(whole.body == file);
    })
    .await;
}
