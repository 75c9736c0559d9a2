//! The edge of the service: rules for every request, whatever it asks for. Each file covers one
//! concern; `docs/EDGE.md` says what each protects against and which test shows it.

pub mod addresses;
pub mod compression;
pub mod connections;
pub mod cors;
pub mod deadlines;
pub mod headers;
pub mod middleware;
pub mod passing;
pub mod rate_state;
pub mod rates;
pub mod size;

use addresses::TrustedProxies;
use connections::Connections;
use cors::Origins;
use deadlines::Deadlines;
use rates::{Figures, Rates};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The settings and counters of the edge, one set per process.
pub struct Edge {
    /// The time limits.
    pub deadlines: Deadlines,
    /// The proxies whose word about the caller's address is trusted.
    pub proxies: TrustedProxies,
    /// Which pages may call from a browser.
    pub origins: Origins,
    /// The limits on request rates.
    pub rates: Rates,
    /// The open connections.
    pub connections: Arc<Connections>,
    /// The places for answers that are being compressed.
    pub compressing: Arc<Semaphore>,
    /// Whether the public address is HTTPS, so that browsers are told to insist on it.
    pub https: bool,
}

impl Default for Edge {
    fn default() -> Self {
        Self {
            deadlines: Deadlines::default(),
            proxies: TrustedProxies::default(),
            origins: Origins::default(),
            rates: Rates::new(Figures::default()),
            connections: Arc::new(Connections::default()),
            compressing: Arc::new(Semaphore::new(compression::PLACES)),
            https: false,
        }
    }
}

impl Edge {
    /// An edge without rate limits, for tests that send thousands of requests a minute.
    pub fn unhurried() -> Self {
        Self {
            rates: Rates::new(Figures::NONE),
            ..Self::default()
        }
    }
}
