//! `vinculo serve`: serves until it is told to stop.

mod ending;
mod maintenance;

use crate::app::App;
use crate::config::Config;
use crate::edge::connections::{Connections, greet};
use crate::edge::deadlines::Deadlines;
use crate::inspection::Inspector;
use crate::server;
use crate::telemetry::{Telemetry, listener};
use actix_web::dev::{Server, ServerHandle};
use actix_web::web::Data;
use actix_web::{App as Service, HttpServer};
use ending::Signals;
use maintenance::Maintenance;
use std::net::SocketAddr;
use std::sync::{Arc, Weak};
use std::time::Duration;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::startup_checks;

/// Serves `app` on `bind`; calls `ready` with the address once it listens. When told to stop, it
/// keeps accepting requests for `drain`.
pub async fn serve(
    app: App,
    bind: SocketAddr,
    drain: Duration,
    ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let app = Data::new(app);
    let signals = Signals::listen()?;
    let maintenance = Maintenance::begin(&app).await;
    let watching = watched(&app)?;
    let (addresses, server) = listen(app.clone(), bind, Manners::default())?;
    if let Some(address) = addresses.first() {
        ready(*address);
    }
    let handle = server.handle();
    let outcome = tokio::select! {
        outcome = server => outcome.map_err(|error| Refusal::internal(error.to_string())),
        () = ending::end(signals, &app, &handle, drain) => Ok(()),
    };
    maintenance.end();
    if let Some(watching) = watching {
        watching.stop(false).await;
    }
    if let Some(log) = &app.telemetry.log {
        log.settle().await;
    }
    outcome
}

/// Serves the metrics if the settings ask for it.
fn watched(app: &Data<App>) -> Result<Option<ServerHandle>> {
    let Some(bind) = app.telemetry.bind else {
        return Ok(None);
    };
    let (addresses, server) = listener::listen(app.clone(), bind)?;
    let handle = server.handle();
    tokio::spawn(server);
    tracing::info!(?addresses, "metrics are served");
    Ok(Some(handle))
}

/// How a server runs in its process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manners {
    /// Worker threads; as many as cores if absent.
    pub workers: Option<usize>,
    /// Whether the framework stops the server on a signal; the command handles signals itself.
    pub signals: bool,
}

/// A listening server with all limits of the edge, and its addresses.
pub fn listen(
    app: Data<App>,
    bind: SocketAddr,
    manners: Manners,
) -> Result<(Vec<SocketAddr>, Server)> {
    let (deadlines, greeted) = (app.edge.deadlines, app.clone());
    let cores = || std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let workers = manners.workers.unwrap_or_else(cores).max(1);
    let total = usize::try_from(app.edge.connections.total).unwrap_or(usize::MAX);
    tokio::spawn(watch(Arc::downgrade(&app.edge.connections), deadlines));
    let configure = server::configure(app);
    let mut server = HttpServer::new(move || Service::new().configure(configure.clone()))
        .workers(workers)
        .max_connections(total.div_ceil(workers))
        .on_connect(move |stream, extensions| greet(&greeted.edge, stream, extensions))
        .client_request_timeout(deadlines.head)
        .keep_alive(deadlines.keep_alive)
        .shutdown_timeout(deadlines.shutdown.as_secs());
    if !manners.signals {
        server = server.disable_signals();
    }
    let server = server
        .bind(bind)
        .map_err(|error| Refusal::internal(format!("cannot listen on {bind}: {error}")))?;
    Ok((server.addrs(), server.run()))
}

/// Closes stalled connections for as long as the service runs.
async fn watch(connections: Weak<Connections>, deadlines: Deadlines) {
    loop {
        tokio::time::sleep(deadlines.stalled / 10).await;
        let Some(connections) = connections.upgrade() else {
            return;
        };
        let closed = connections.close_stalled(deadlines.stalled);
        if closed > 0 {
            tracing::debug!(closed, "stalled connections were closed");
        }
    }
}

/// Runs the command. The schema comes first: a migration may repair the database.
pub async fn run(config: &Config) -> Result<()> {
    let app = super::open(config)?;
    startup_checks::require_fit(&config.database_url())?;
    let app = app
        .inspecting(Inspector::of_this_program()?)
        .with_telemetry(Telemetry::of(config)?);
    app.inspector.try_out().await?;
    serve(
        app,
        config.bind,
        Duration::from_secs(config.drain_seconds.into()),
        |address| tracing::info!(%address, "listening"),
    )
    .await
}

/// Asks a service on this machine whether it is alive.
pub async fn ping(bind: SocketAddr) -> Result<String> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let failed = |error: std::io::Error| Refusal::internal(format!("{bind}: {error}"));
    let target = if bind.ip().is_unspecified() {
        SocketAddr::from(([127, 0, 0, 1], bind.port()))
    } else {
        bind
    };
    let mut stream = tokio::net::TcpStream::connect(target)
        .await
        .map_err(failed)?;
    stream
        .write_all(b"GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n")
        .await
        .map_err(failed)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.map_err(failed)?;
    if answer.contains(" 200 ") {
        Ok("alive".into())
    } else {
        Err(Refusal::internal(format!("{bind}: not well")))
    }
}
