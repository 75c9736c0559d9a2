//! The parts of the service that the settings describe.

use super::Config;
use crate::edge::Edge;
use crate::edge::addresses::TrustedProxies;
use crate::edge::connections::Connections;
use crate::edge::cors::Origins;
use crate::edge::rates::{Figures, Rates};
use crate::settings::{DraftExpiry, Storage};
use std::sync::Arc;
use vinculo_domain::Result;
use vinculo_domain::storage::Quota;

impl Config {
    /// The limits on request rates.
    pub fn rates(&self) -> Figures {
        Figures {
            anonymous: self.anonymous_per_minute,
            sign_in: self.sign_ins_per_minute,
            person: self.person_per_minute,
            government: self.government_per_minute,
        }
    }

    /// The edge that these settings describe.
    pub fn edge(&self) -> Result<Edge> {
        Ok(Edge {
            proxies: TrustedProxies::parse(&self.trusted_proxies)?,
            origins: Origins::parse(&self.allowed_origins)?,
            rates: Rates::new(self.rates()),
            connections: Arc::new(Connections::new(
                self.connections,
                self.connections_per_address,
            )),
            https: self.public_url.starts_with("https://"),
            ..Edge::default()
        })
    }

    /// When untouched drafts expire.
    pub fn draft_expiry(&self) -> DraftExpiry {
        DraftExpiry {
            stale_after_days: self.stale_after_days,
            abandon_after_days: self.abandon_after_days,
        }
    }

    /// Limits for stored files.
    pub fn storage(&self) -> Storage {
        Storage {
            quota: Quota::of_gigabytes(self.quota_gb),
            check_per_second: u64::from(self.file_check_mb_per_second) * 1_000_000,
        }
    }
}
