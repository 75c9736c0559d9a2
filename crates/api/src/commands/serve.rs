//! `vinculo serve`: listens until it is told to stop.

use crate::app::App;
use crate::config::Config;
use crate::edge::connections::{Connections, greet};
use crate::edge::deadlines::Deadlines;
use crate::server;
use actix_web::dev::Server;
use actix_web::web::Data;
use actix_web::{App as Service, HttpServer};
use std::net::SocketAddr;
use std::sync::{Arc, Weak};
use std::time::Duration;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::posture;

/// Serves `app` on `bind`; calls `ready` with the address once it listens.
pub async fn serve(app: App, bind: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let app = Data::new(app);
    let upkeep = tokio::spawn(keep_up(app.clone()));
    let (addresses, server) = listen(app, bind, Manners::default())?;
    if let Some(address) = addresses.first() {
        ready(*address);
    }
    let outcome = server.await;
    upkeep.abort();
    outcome.map_err(|error| Refusal::internal(error.to_string()))
}

/// How a server sits in its process.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// Threads that serve; as many as cores where absent.
    pub workers: Option<usize>,
    /// Whether it ends on a signal.
    pub signals: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            workers: None,
            signals: true,
        }
    }
}

/// A server that listens, with every bound of the edge, and its addresses.
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
        .on_connect(move |stream, extensions| greet(&greeted, stream, extensions))
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

/// Closes the connections on which nothing moves, as long as there is a service.
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

/// Rounds of the upkeep between two sweeps: a day of half seconds.
const ROUNDS: u32 = 172_800;

/// Gives committed events their place in the feed, a few times a second; each day forgets what
/// is no longer kept.
async fn keep_up(app: Data<App>) {
    let scope = server::upkeep();
    for round in (0..ROUNDS).cycle() {
        tokio::time::sleep(Duration::from_millis(500)).await;
        if let Err(refusal) = vinculo_persistence::sequence(&app.db, &scope).await {
            tracing::warn!(%refusal, "events wait for their place");
        }
        if round == 0 {
            sweep(&app, &scope).await;
        }
    }
}

async fn sweep(app: &App, scope: &vinculo_auth::Scope) {
    if let Err(refusal) = vinculo_persistence::forget_answers(&app.db, scope).await {
        tracing::warn!(%refusal, "old answers are still kept");
    }
    match vinculo_persistence::sweep_files(&app.db, scope).await {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "files without a row were removed"),
        Err(refusal) => tracing::warn!(%refusal, "files without a row are still kept"),
    }
    let days = app.patience.abandon_after_days;
    if days == 0 {
        return;
    }
    match vinculo_persistence::abandon_untouched(&app.db, scope, days).await {
        Ok(0) => {}
        Ok(abandoned) => tracing::info!(abandoned, "untouched cases were abandoned"),
        Err(refusal) => tracing::warn!(%refusal, "untouched cases are still open"),
    }
}

/// The command. The schema comes first: a migration may be what mends the database.
pub async fn run(config: &Config) -> Result<()> {
    let app = super::open(config)?;
    posture::require_fit(&config.database_url())?;
    serve(
        app,
        config.bind,
        |address| tracing::info!(%address, "listening"),
    )
    .await
}

/// Asks a running service on this machine whether it lives.
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
