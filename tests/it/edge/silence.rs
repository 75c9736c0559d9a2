//! Clients that announce a request and then send nothing, or send it byte by byte.

use super::{Served, is_problem, on_both_behind, rest};
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vinculo_api::edge::Edge;
use vinculo_api::edge::connections::Connections;
use vinculo_api::edge::deadlines::Deadlines;
use vinculo_api::fixtures::pdf;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, Request, TestApp};

/// Deadlines short enough for a test.
fn hasty() -> Edge {
    Edge {
        deadlines: Deadlines {
            head: Duration::from_secs(1),
            chunk: Duration::from_secs(1),
            json: Duration::from_secs(2),
            upload: Duration::from_secs(6),
            stalled: Duration::from_secs(2),
            ..Deadlines::default()
        },
        connections: Arc::new(Connections::new(400, 400)),
        ..Edge::unhurried()
    }
}

/// The default figures.
#[test]
fn the_deadlines_are_those_of_the_design() {
    let seconds = Duration::from_secs;
    let edge = Edge::default();
    assert_eq!(
        edge.deadlines,
        Deadlines {
            head: seconds(5),
            chunk: seconds(5),
            json: seconds(10),
            upload: seconds(120),
            upload_rate: 10_000,
            handler: seconds(10),
            upload_handler: seconds(30),
            keep_alive: seconds(15),
            stalled: seconds(60),
            flood_pause: seconds(1),
            shutdown: seconds(30),
        }
    );
}

const SILENT: &str = "POST /v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"email\":";

/// Long enough for three hundred clients to connect on a busy machine before the first is closed.
const MAX_WAIT: Duration = Duration::from_secs(3);

fn patient() -> Edge {
    let hasty = hasty();
    Edge {
        deadlines: Deadlines {
            chunk: MAX_WAIT,
            json: MAX_WAIT * 2,
            ..hasty.deadlines
        },
        ..hasty
    }
}

#[actix_web::test]
async fn three_hundred_silent_bodies_are_closed_while_others_are_served() {
    on_both_behind(patient, |app| async move {
        let served = Served::new(&app);
        let start = Instant::now();
        let silent = join_all((0..300).map(|_| async {
            let mut stream = served.connect().await;
            stream.write_all(SILENT.as_bytes()).await.unwrap();
            stream
        }))
        .await;
        let opened = start.elapsed();
        let closing = join_all(silent.into_iter().map(|mut stream| async move {
            let answer = rest(&mut stream).await;
            (answer, start.elapsed())
        }));
        let others = async {
            let (mut slowest, mut count, mut most) = (Duration::ZERO, 0, 0);
            while start.elapsed() < opened + MAX_WAIT {
                let asked = Instant::now();
                served.alive().await;
                slowest = slowest.max(asked.elapsed());
                count += 1;
                most = most.max(app.app.edge.connections.count());
            }
            (count, slowest, most)
        };
        let (closed, (count, slowest, most)) = tokio::join!(closing, others);
        let last = closed.iter().map(|(_, after)| *after).max().unwrap();
        eprintln!("opened in {opened:?}, all closed after {last:?}; {most} open at once, {count} served meanwhile, the slowest in {slowest:?}");
        for (answer, _) in &closed {
            is_problem(answer, 408, "request_timeout");
            assert!(answer.to_lowercase().contains("connection: close"));
        }
        assert!(last < opened + MAX_WAIT + Duration::from_secs(4), "{last:?}");
        assert!(most > 250, "{most}");
        assert!(count >= 10 && slowest < MAX_WAIT, "{count} {slowest:?}");
        served.stop().await;
    })
    .await;
}

/// An incomplete head: in the first request of a connection and in a later one.
#[actix_web::test]
async fn half_a_head_is_not_waited_for() {
    on_both_behind(hasty, |app| async move {
        let served = Served::new(&app);
        let mut first = served.connect().await;
        first
            .write_all(b"GET /health/live HTTP/1.1\r\nho")
            .await
            .unwrap();
        let start = Instant::now();
        let answer = rest(&mut first).await;
        // The framework's own answer, without our headers.
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(start.elapsed() < Duration::from_secs(3));

        let mut later = served.connect().await;
        later
            .write_all(b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"}") {
            answer.push(later.read_u8().await.unwrap());
        }
        later
            .write_all(b"GET /health/live HTTP/1.1\r\nho")
            .await
            .unwrap();
        let start = Instant::now();
        rest(&mut later).await;
        assert!(
            start.elapsed() < Duration::from_secs(6),
            "{:?}",
            start.elapsed()
        );
        assert!(start.elapsed() > Duration::from_secs(1));
        served.stop().await;
    })
    .await;
}

/// Sends one piece at a time; gives how long it took to be refused, and how.
async fn drip(
    served: &Served,
    head: &str,
    pieces: &[&[u8]],
    pause: Duration,
) -> (String, Duration) {
    let start = Instant::now();
    let (mut reader, mut writer) = served.connect().await.into_split();
    writer.write_all(head.as_bytes()).await.unwrap();
    let reading = rest(&mut reader);
    let writing = async {
        for piece in pieces {
            tokio::time::sleep(pause).await;
            if writer.write_all(piece).await.is_err() {
                break;
            }
        }
        // Kept open: the silent client does not close.
        writer
    };
    let (answer, _writer) = tokio::join!(
        async {
            let answer = reading.await;
            (answer, start.elapsed())
        },
        writing
    );
    answer
}

#[actix_web::test]
async fn a_body_letter_by_letter_is_not_waited_for() {
    on_both_behind(hasty, |app| async move {
        let served = Served::new(&app);
        let letters = [&b" "[..]; 14];
        let pause = Duration::from_millis(250);
        let (answer, after) = drip(&served, SILENT, &letters, pause).await;
        is_problem(&answer, 408, "request_timeout");
        assert!(
            after >= Duration::from_secs(2) && after < Duration::from_secs(4),
            "{after:?}"
        );
        // The same in chunked encoding: one chunk and then nothing.
        let chunked = SILENT
            .replace("content-length: 1000", "transfer-encoding: chunked")
            .replace("{\"email\":", "");
        let (answer, after) = drip(&served, &chunked, &[b"1\r\n{\r\n"], pause).await;
        is_problem(&answer, 408, "request_timeout");
        assert!(after < Duration::from_secs(4), "{after:?}");
        assert_eq!(
            app.scratch
                .count("audit_log WHERE operation = 'create_session'"),
            0
        );
        served.alive().await;
        served.stop().await;
    })
    .await;
}

/// An upload of `file` to a new case: its head, and the body of its form.
async fn upload(app: &TestApp, file: &[u8]) -> (String, Vec<u8>) {
    let case = app.case_in(GUADALAJARA, Stage::Draft).await;
    let token = app.officer(GUADALAJARA).await.token.unwrap();
    let path = format!("/v1/agreements/{case}/documents");
    let parts = [
        ("kind", None, &b"other"[..]),
        ("file", Some("anexo.pdf"), file),
    ];
    let body = Request::new(actix_web::http::Method::POST, &path)
        .form(&parts)
        .body;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
         content-type: multipart/form-data; boundary=XX\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head, body)
}

#[actix_web::test]
async fn an_upload_keeps_up_a_pace() {
    on_both_behind(hasty, |app| async move {
        let served = Served::new(&app);
        let mut file = pdf("anexo");
        file.resize(60_000, b' ');
        let (head, body) = upload(&app, &file).await;
        let documents = app.scratch.count("documents");
        // 4 kB a second, without a long pause.
        let slow: Vec<&[u8]> = body.chunks(400).collect();
        let (answer, after) = drip(&served, &head, &slow[..40], Duration::from_millis(100)).await;
        is_problem(&answer, 408, "request_timeout");
        assert!(after < Duration::from_secs(6), "{after:?}");
        assert_eq!(app.scratch.count("documents"), documents);
        // 30 kB a second is slow, but accepted.
        let steady: Vec<&[u8]> = body.chunks(3000).collect();
        let (answer, after) = drip(&served, &head, &steady, Duration::from_millis(100)).await;
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert!(after > Duration::from_millis(1500), "{after:?}");
        served.stop().await;
    })
    .await;
}

/// An answer that the client does not read is dropped after a time.
#[actix_web::test]
async fn who_does_not_read_the_answer_is_left() {
    on_both_behind(hasty, |app| async move {
        let served = Served::new(&app);
        let client = app.officer(GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let mut file = pdf("anexo");
        file.resize(20_000_000, b' ');
        let made = client.attach(&case, "other", None, &file).await.expect(201).id();
        let mut stream = served.connect().await;
        let token = client.token.unwrap();
        let request = format!(
            "GET /v1/agreements/{case}/documents/{made}/content HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(500)).await;
        let connections = &app.app.edge.connections;
        assert_eq!(connections.count(), 1);
        let start = Instant::now();
        while connections.count() > 0 {
            assert!(start.elapsed() < Duration::from_secs(8), "still open");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(start.elapsed() > Duration::from_secs(1), "{:?}", start.elapsed());
        served.stop().await;
    })
    .await;
}
