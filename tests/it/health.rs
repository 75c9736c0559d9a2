//! Whether the readiness answer is true, and how the service shuts down.

use crate::tools::post;
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use vinculo_persistence::Engine;
use vinculo_persistence::alarms::Alarm;
use vinculo_tests::{GUADALAJARA, TestApp, on_both, program};

const READY: &str = "/health/ready";

fn beat(app: &TestApp) -> String {
    app.scratch
        .texts("SELECT CAST(at AS TEXT) AS x FROM heartbeats")
        .remove(0)
}

/// As long as an answer is cached.
async fn wait() {
    tokio::time::sleep(Duration::from_millis(1100)).await;
}

#[actix_web::test]
async fn ready_is_who_can_write() {
    on_both(|app| async move {
        let nobody = app.nobody();
        let first = beat(&app);
        nobody.get(READY).await.expect(200);
        let second = beat(&app);
        assert!(first < second);
        // Many readiness requests cost one write.
        futures_util::future::join_all((0..50).map(|_| nobody.get(READY))).await;
        assert_eq!(beat(&app), second);

        let (broken, mended) = match app.scratch.engine {
            Engine::Sqlite => (
                "CREATE TRIGGER broken BEFORE UPDATE ON heartbeats BEGIN SELECT RAISE(ABORT, 'broken'); END",
                "DROP TRIGGER broken",
            ),
            Engine::Postgres => (
                "REVOKE UPDATE (at) ON heartbeats FROM vinculo_app",
                "GRANT UPDATE (at) ON heartbeats TO vinculo_app",
            ),
        };
        app.scratch.execute(broken);
        wait().await;
        nobody.get(READY).await.refused(503, "too_busy");
        nobody.get("/health/live").await.expect(200);
        app.scratch.execute(mended);
        wait().await;
        nobody.get(READY).await.expect(200);

        let files = app.folder.path().join("files");
        let away = app.folder.path().join("away");
        std::fs::rename(&files, &away).unwrap();
        wait().await;
        nobody.get(READY).await.refused(503, "too_busy");
        std::fs::rename(&away, &files).unwrap();
        wait().await;
        nobody.get(READY).await.expect(200);
        assert_eq!(files.read_dir().unwrap().count(), 0, "the trial was left");
    })
    .await;
}

/// Problems that need a person do not make the service unready.
#[actix_web::test]
async fn alarms_are_counted_and_do_not_end_the_service() {
    on_both(|app| async move {
        let told = |answer: vinculo_tests::Answer| answer.expect(200).json();
        assert_eq!(
            told(app.nobody().get(READY).await),
            json!({"status": "pass", "alarms": {}})
        );
        let alarms = app.app.db.alarms();
        for file in ["a", "b"] {
            alarms.raise(Alarm::SweepStopped, file.into(), "too many".into());
        }
        let expected = json!({"status": "pass", "alarms": {"sweep_stopped": 2}});
        assert_eq!(told(app.nobody().get(READY).await), expected);
    })
    .await;
}

#[actix_web::test]
async fn a_service_that_drains_still_serves() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        app.nobody().get(READY).await.expect(200);
        app.app.drain();
        app.nobody().get(READY).await.refused(503, "too_busy");
        let counterpart = TestApp::counterpart_json("Kioto");
        client
            .send(post("/v1/counterparts", &counterpart))
            .await
            .expect(201);
    })
    .await;
}

/// The program as its own process.
struct Running {
    child: Child,
    address: SocketAddr,
    said: Receiver<String>,
}

impl Running {
    fn start(folder: &Path, drain: &str) -> Self {
        let mut child = Command::new(program())
            .env_clear()
            .env("VINCULO_DATA_DIR", folder.join("data"))
            .env("VINCULO_BIND", "127.0.0.1:0")
            .env("VINCULO_DRAIN_SECONDS", drain)
            .arg("serve")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (say, said) = channel();
        // The pipe must be read, or the program would block when it is full.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _nobody_asks_any_more = say.send(line);
            }
        });
        let line = said_of(&said, "address=");
        let (_, rest) = line.split_once("address=").unwrap();
        let address = rest.split_whitespace().next().unwrap().parse().unwrap();
        Self {
            child,
            address,
            said,
        }
    }

    fn tell(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(told.success());
    }

    /// What is answered on a new connection that asks to be kept open.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

fn said_of(said: &Receiver<String>, word: &str) -> String {
    loop {
        let line = said.recv_timeout(Duration::from_secs(30));
        let line = line.unwrap_or_else(|_| panic!("it did not say {word}"));
        if line.contains(word) {
            return line;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
    }
}

/// The listener stays open until a proxy has learned from the readiness answer to go elsewhere.
#[test]
fn the_door_stays_open_until_others_have_learned_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(folder.path(), "5");
    running.tell("-TERM");
    said_of(&running.said, "draining");
    let ready = running.get(READY);
    assert!(ready.starts_with("HTTP/1.1 503 "), "{ready}");
    // The answer closes its connection: otherwise reading to the end would have failed.
    let served = running.get("/v1/registry");
    assert!(served.starts_with("HTTP/1.1 200 "), "{served}");
    assert!(
        served.to_lowercase().contains("connection: close"),
        "{served}"
    );
    assert!(running.child.wait().unwrap().success());
}

#[test]
fn a_second_signal_does_not_wait() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(folder.path(), "600");
    running.tell("-TERM");
    said_of(&running.said, "draining");
    running.tell("-TERM");
    assert!(running.child.wait().unwrap().success());
    // On a terminal nothing waits for proxies.
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(folder.path(), "600");
    running.tell("-INT");
    assert!(running.child.wait().unwrap().success());
}
