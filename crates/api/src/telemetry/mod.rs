//! What the service tells of itself: metrics, and a line for each request.

pub mod access_log;
pub mod account;
mod gauges;
pub mod listener;
pub mod metrics;
mod process;

use crate::config::Config;
use access_log::AccessLog;
use metrics::Metrics;
use std::net::SocketAddr;
use vinculo_domain::Result;

/// Who watches, one set for a process.
#[derive(Default)]
pub struct Telemetry {
    /// The metrics; they are counted whether or not anybody asks.
    pub metrics: Metrics,
    /// Where the line of each request goes.
    pub log: Option<AccessLog>,
    /// Where the metrics are served.
    pub bind: Option<SocketAddr>,
}

impl Telemetry {
    /// As a configuration wants it.
    pub fn of(config: &Config) -> Result<Self> {
        let log = config.logs_access();
        Ok(Self {
            metrics: Metrics::default(),
            log: log.then(|| AccessLog::to(std::io::stdout())),
            bind: config.metrics_address()?,
        })
    }
}
