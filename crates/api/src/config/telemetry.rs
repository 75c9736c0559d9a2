//! The settings of metrics and the access log.

use super::Config;
use std::net::SocketAddr;
use vinculo_domain::{Refusal, Result};

impl Config {
    /// The address that serves the metrics.
    pub fn metrics_address(&self) -> Result<Option<SocketAddr>> {
        if self.metrics_bind.is_empty() {
            return Ok(None);
        }
        let address: SocketAddr = self.metrics_bind.parse().map_err(|_error| {
            Refusal::internal("metrics_bind must be an address such as 127.0.0.1:9090")
        })?;
        if address.port() != 0 && address == self.bind {
            return Err(Refusal::internal(
                "metrics_bind must not be the address of the service",
            ));
        }
        Ok(Some(address))
    }

    /// Whether each request is logged.
    pub fn logs_access(&self) -> bool {
        self.access_log == "on"
    }
}
