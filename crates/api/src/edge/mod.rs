//! The edge of the service: what holds for every request, whatever it asks for. Each file is one
//! thing; `docs/EDGE.md` says against what, and which test shows it.

pub mod addresses;
pub mod compression;
pub mod connections;
pub mod cors;
pub mod deadlines;
pub mod headers;
pub mod limits;
pub mod pass;
pub mod rates;
pub mod standing;

use crate::config::Config;
use addresses::TrustedProxies;
use connections::Connections;
use cors::Origins;
use deadlines::Deadlines;
use rates::{Figures, Rates};
use std::sync::Arc;
use tokio::sync::Semaphore;
use vinculo_domain::Result;

/// The settings and counters of the edge, one set for a process.
pub struct Edge {
    /// How long everything may take.
    pub deadlines: Deadlines,
    /// Whose word about the caller's address is taken.
    pub proxies: TrustedProxies,
    /// Which pages may call from a browser.
    pub origins: Origins,
    /// How often one may call.
    pub rates: Rates,
    /// The open connections.
    pub connections: Arc<Connections>,
    /// The places for answers that are being compressed.
    pub compressing: Arc<Semaphore>,
    /// Whether the public address is HTTPS, so that browsers may be told to insist on it.
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
    /// The edge as a configuration wants it.
    pub fn of(config: &Config) -> Result<Self> {
        Ok(Self {
            proxies: TrustedProxies::parse(&config.trusted_proxies)?,
            origins: Origins::parse(&config.allowed_origins)?,
            rates: Rates::new(config.rates()),
            connections: Arc::new(Connections::new(
                config.connections,
                config.connections_per_address,
            )),
            https: config.public_url.starts_with("https://"),
            ..Self::default()
        })
    }

    /// An edge that never says "too often", for tests that ask thousands of times a minute.
    pub fn unhurried() -> Self {
        Self {
            rates: Rates::new(Figures::NONE),
            ..Self::default()
        }
    }
}
