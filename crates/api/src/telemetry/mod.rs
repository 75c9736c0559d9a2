//! What the service reports about itself: metrics, and a log line for each request.

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

/// The telemetry of a process.
#[derive(Default)]
pub struct Telemetry {
    /// The metrics; counted whether or not they are requested.
    pub metrics: Metrics,
    /// The access log.
    pub log: Option<AccessLog>,
    /// The address that serves the metrics.
    pub bind: Option<SocketAddr>,
}

impl Telemetry {
    /// As the configuration says.
    pub fn of(config: &Config) -> Result<Self> {
        let log = config.logs_access();
        Ok(Self {
            metrics: Metrics::default(),
            log: log.then(|| AccessLog::to(std::io::stdout())),
            bind: config.metrics_address()?,
        })
    }
}
