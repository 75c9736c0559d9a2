//! `vinculo serve`: listens until it is told to stop.

use crate::app::App;
use crate::config::Config;
use crate::server;
use actix_web::web::Data;
use actix_web::{App as Service, HttpServer};
use std::net::SocketAddr;
use std::time::Duration;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::posture;

/// Seconds that requests under way have when the service stops.
const SHUTDOWN_SECONDS: u64 = 30;

/// Serves `app` on `bind`; calls `ready` with the address once it listens.
pub async fn serve(app: App, bind: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let app = Data::new(app);
    let upkeep = tokio::spawn(keep_up(app.clone()));
    let configure = server::configure(app);
    let server = HttpServer::new(move || Service::new().configure(configure.clone()))
        .client_request_timeout(Duration::from_secs(5))
        .keep_alive(Duration::from_secs(15))
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .bind(bind)
        .map_err(|error| Refusal::internal(format!("cannot listen on {bind}: {error}")))?;
    if let Some(address) = server.addrs().first() {
        ready(*address);
    }
    let outcome = server.run().await;
    upkeep.abort();
    outcome.map_err(|error| Refusal::internal(error.to_string()))
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
