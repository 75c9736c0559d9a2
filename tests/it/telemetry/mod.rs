//! Logs and metrics of the service.

mod lines;
mod neighbours;
mod pages;

use std::future::Future;
use std::io::Write;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use vinculo_api::edge::Edge;
use vinculo_api::secrets;
use vinculo_api::server;
use vinculo_api::telemetry::Telemetry;
use vinculo_api::telemetry::access_log::AccessLog;
use vinculo_tests::{TestApp, on_both};

/// What was written, shared between the writer and the test.
#[derive(Clone, Default)]
pub struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// The service with its own log, behind an edge.
pub async fn logged(app: &TestApp, edge: Edge) -> (TestApp, Written) {
    let written = Written::default();
    let (tokens, seal) = secrets::load(app.folder.path(), "https://vinculo.example").unwrap();
    let telemetry = Telemetry {
        log: Some(AccessLog::to(written.clone())),
        bind: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
        ..Telemetry::default()
    };
    let logged = server::app(app.app.db.clone(), tokens, seal)
        .behind(edge)
        .with_telemetry(telemetry);
    let (scratch, folder) = (app.scratch.clone(), Rc::clone(&app.folder));
    (TestApp::over(logged, scratch, folder).await, written)
}

/// Runs a test on both engines with its own log.
pub async fn on_both_logged<F: Future<Output = ()>>(test: impl Fn(TestApp, Written) -> F) {
    let test = &test;
    on_both(|app| async move {
        let (logged, written) = logged(&app, Edge::unhurried()).await;
        test(logged, written).await;
    })
    .await;
}

/// The lines that are written once nothing is pending.
pub async fn lines(app: &TestApp, written: &Written) -> Vec<serde_json::Value> {
    app.app.telemetry.log.as_ref().unwrap().settle().await;
    let text = written.text();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub async fn exposed(app: &TestApp) -> String {
    app.app.telemetry.metrics.expose(&app.app).await
}
