//! How the service stops. Proxies notice late: they ask for readiness every few seconds and would
//! find the listener closed before that. So the listener stays open for a while after readiness
//! says no.

use crate::app::App;
use actix_web::dev::ServerHandle;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use vinculo_domain::{Refusal, Result};

/// The signals of the operating system.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    pub(super) fn listen() -> Result<Self> {
        let listen =
            |kind| signal(kind).map_err(|error| Refusal::internal(format!("signals: {error}")));
        Ok(Self {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next signal; returns whether it came from the keyboard.
    async fn next(&mut self) -> bool {
        tokio::select! {
            _ = self.terminate.recv() => false,
            _ = self.interrupt.recv() => true,
        }
    }
}

/// Waits for a signal and stops the service; requests under way are finished. A second signal stops
/// it at once.
pub(super) async fn end(mut signals: Signals, app: &App, server: &ServerHandle, drain: Duration) {
    let impatient = signals.next().await;
    app.drain();
    if !impatient && !drain.is_zero() {
        tracing::info!(seconds = drain.as_secs(), "draining");
        tokio::select! {
            () = tokio::time::sleep(drain) => {}
            _again = signals.next() => return,
        }
    }
    tracing::info!("stopping");
    tokio::select! {
        () = server.stop(true) => {}
        _again = signals.next() => {}
    }
}
