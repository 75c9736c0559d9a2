//! The HTTP edge, over real sockets where it matters: silence, size, spoofing, haste.

mod compression;
mod connections;
mod cors;
mod forwarding;
mod headers;
mod late;
mod rates;
mod readers;
mod shapes;
mod silence;

use actix_web::dev::ServerHandle;
use std::future::Future;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use vinculo_api::commands::serve::{Manners, listen};
use vinculo_api::edge::Edge;
use vinculo_tests::{TestApp, engines};

/// Runs a test on both engines behind an edge with its own limits.
async fn on_both_behind<F: Future<Output = ()>>(
    edge: impl Fn() -> Edge,
    test: impl Fn(TestApp) -> F,
) {
    for engine in engines() {
        eprintln!("--- {engine:?}");
        let app = TestApp::start_behind(engine, edge()).await;
        // A test may take only some parts; the folder and the database must outlive them all.
        let kept = (Rc::clone(&app.folder), app.scratch.clone());
        test(app).await;
        drop(kept);
    }
}

/// The service on a socket, started as the command starts it.
struct Served {
    address: SocketAddr,
    handle: ServerHandle,
}

impl Served {
    fn new(app: &TestApp) -> Self {
        let manners = Manners {
            workers: Some(1),
            signals: false,
        };
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let (addresses, server) = listen(app.app.clone(), anywhere, manners).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self {
            address: addresses[0],
            handle,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends bytes on a new connection while reading everything that comes back.
    async fn talk(&self, bytes: &[u8]) -> String {
        let (mut reader, mut writer) = self.connect().await.into_split();
        let bytes = bytes.to_vec();
        let writing = actix_web::rt::spawn(async move {
            // The server may stop reading early.
            let _enough = writer.write_all(&bytes).await;
            writer
        });
        let answer = rest(&mut reader).await;
        drop(writing.await.unwrap());
        answer
    }

    async fn get(&self, path: &str, headers: &str) -> String {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
        self.talk(request.as_bytes()).await
    }

    /// Asserts that it still serves.
    async fn alive(&self) {
        let answer = self.get("/health/ready", "").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    async fn stop(self) {
        self.handle.stop(false).await;
    }
}

/// Everything that still arrives on a connection until it is closed or reset.
async fn rest(reader: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut answer = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    let reading = async {
        while let Ok(length @ 1..) = reader.read(&mut piece).await {
            answer.extend_from_slice(&piece[..length]);
        }
    };
    tokio::time::timeout(Duration::from_secs(30), reading)
        .await
        .expect("the connection stays open");
    String::from_utf8_lossy(&answer).into_owned()
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[track_caller]
fn is_problem(answer: &str, status: u16, code: &str) {
    let shown: String = answer.chars().take(600).collect();
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{shown}"
    );
    assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{shown}");
    assert_eq!(
        header(answer, "content-type"),
        Some("application/problem+json")
    );
    assert_eq!(header(answer, "x-content-type-options"), Some("nosniff"));
    assert!(header(answer, "x-request-id").is_some());
}
