//! The configuration: one TOML file, overridden by environment variables.

mod environment;
mod parts;
mod programs;
mod public;
mod telemetry;
mod urls;

use crate::edge::connections;
use crate::edge::rates::Figures;
use crate::settings::{DraftExpiry, FILE_CHECK_MB_PER_SECOND, QUOTA_GB};
pub use environment::told_to_sow;
use environment::{KEYS, refuse_unknown, setting, variable, variables};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use urls::{hide, require_tls};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Engine, Pooler, sqlite_file};

/// The longest drain, in seconds.
const MAX_DRAIN: u32 = 3600;
/// The longest time that a draft may stay untouched, in days: a century.
const MAX_DRAFT_EXPIRY: u32 = 36_500;

/// All settings. Each key of the file is also a variable: `bind` is `VINCULO_BIND`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder with records, files and secrets.
    pub data_dir: PathBuf,
    /// `sqlite://FILE`, or `postgres://...` as the application's role; by default a file in
    /// `data_dir`.
    pub database_url: Option<String>,
    /// What is between this program and PostgreSQL: `none`, or `transaction` for a pooler in
    /// transaction mode.
    pub database_pooler: Pooler,
    /// The migrator's URL. With it `serve` migrates; without it a wrong schema is refused.
    pub migration_url: Option<String>,
    /// The URL of PostgreSQL as `vinculo_backup`, which reads everything, without a pooler.
    pub backup_url: Option<String>,
    /// The path of PostgreSQL's `pg_dump`; `pg_restore` is beside it.
    pub pg_dump: Option<PathBuf>,
    /// The address to listen on.
    pub bind: SocketAddr,
    /// The public address of this installation; its tokens name it as their issuer.
    pub public_url: String,
    /// The number of connections to the database.
    pub pool: u32,
    /// The addresses or networks of the proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<String>,
    /// The pages that may call from a browser, such as `https://convenios.example`.
    pub allowed_origins: Vec<String>,
    /// Requests a minute from one address without a valid token.
    pub anonymous_per_minute: u32,
    /// Attempts a minute to sign in, from one address.
    pub sign_ins_per_minute: u32,
    /// Requests a minute by one person.
    pub person_per_minute: u32,
    /// Requests a minute by one government.
    pub government_per_minute: u32,
    /// Connections at once; each takes two open files.
    pub connections: u32,
    /// Connections at once from one address that is not a trusted proxy.
    pub connections_per_address: u32,
    /// Days after which an untouched draft or returned case is reported; 0 for never.
    pub stale_after_days: u32,
    /// Days after which it is abandoned; 0 for never.
    pub abandon_after_days: u32,
    /// Seconds during which the service still accepts requests after SIGTERM, while `/health/ready`
    /// already says that it is not ready.
    pub drain_seconds: u32,
    /// Gigabytes of documents that each government may add; 0 for no limit.
    pub quota_gb: u32,
    /// The most megabytes a second that the check of kept files reads; 0 for no check.
    pub file_check_mb_per_second: u32,
    /// The address that serves the metrics, such as `127.0.0.1:9090`; empty for none.
    pub metrics_bind: String,
    /// Whether each request is logged on standard output: `on` or `off`.
    pub access_log: String,
    /// `human` or `json`.
    pub log_format: String,
    /// What is logged, such as `info` or `vinculo_api=debug`.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        let figures = Figures::default();
        let draft_expiry = DraftExpiry::default();
        Self {
            data_dir: PathBuf::from("data"),
            database_url: None,
            database_pooler: Pooler::None,
            migration_url: None,
            backup_url: None,
            pg_dump: None,
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://localhost:8080".into(),
            pool: 8,
            trusted_proxies: Vec::new(),
            allowed_origins: Vec::new(),
            anonymous_per_minute: figures.anonymous,
            sign_ins_per_minute: figures.sign_in,
            person_per_minute: figures.person,
            government_per_minute: figures.government,
            connections: connections::TOTAL,
            connections_per_address: connections::PER_ADDRESS,
            stale_after_days: draft_expiry.stale_after_days,
            abandon_after_days: draft_expiry.abandon_after_days,
            drain_seconds: 5,
            quota_gb: QUOTA_GB,
            file_check_mb_per_second: FILE_CHECK_MB_PER_SECOND,
            metrics_bind: String::new(),
            access_log: "on".into(),
            log_format: "human".into(),
            log: "info".into(),
        }
    }
}

impl Config {
    /// Reads the file that `VINCULO_CONFIG` names, or `vinculo.toml` if it exists, and then the
    /// environment, which takes precedence.
    pub fn load() -> Result<Self> {
        let named = variable("config");
        let path = named.clone().unwrap_or_else(|| "vinculo.toml".into());
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if named.is_some() => {
                return Err(Refusal::internal(format!("{path}: {error}")));
            }
            Err(_absent) => String::new(),
        };
        refuse_unknown(variables())?;
        let environment = KEYS
            .iter()
            .filter_map(|key| Some((*key, variable(key)?)))
            .collect();
        Self::read(&text, environment)
    }

    /// The same from text and variables.
    pub fn read(text: &str, environment: Vec<(&str, String)>) -> Result<Self> {
        let mut table: toml::Table = text
            .parse()
            .map_err(|error| Refusal::internal(format!("configuration: {error}")))?;
        for (key, value) in environment {
            table.insert(key.to_owned(), setting(key, value));
        }
        let mut config: Self = table
            .try_into()
            .map_err(|error| Refusal::internal(format!("configuration: {error}")))?;
        let address = config.public_url.trim_end_matches('/').len();
        config.public_url.truncate(address);
        config.check()?;
        Ok(config)
    }

    /// The database's URL.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| {
            format!(
                "sqlite://{}",
                self.data_dir.join("vinculo.sqlite").display()
            )
        })
    }

    /// The database's URL without its password.
    pub fn shown_database(&self) -> String {
        hide(&self.database_url())
    }

    /// The folder of the document files.
    pub fn files(&self) -> PathBuf {
        self.data_dir.join("files")
    }

    /// The URL with which migrations run: the migrator's; on SQLite the only one.
    pub fn migrating_url(&self) -> Result<Option<String>> {
        let url = self.database_url();
        if Engine::of(&url)? == Engine::Sqlite {
            Ok(Some(url))
        } else {
            Ok(self.migration_url.clone())
        }
    }

    /// Rejects zero for a limit of the edge: it would mean no limit, or no service.
    fn check_edge(&self) -> Result<()> {
        let rates = self.rates();
        let bounds = [
            ("anonymous_per_minute", rates.anonymous),
            ("sign_ins_per_minute", rates.sign_in),
            ("person_per_minute", rates.person),
            ("government_per_minute", rates.government),
            ("connections", self.connections),
            ("connections_per_address", self.connections_per_address),
        ];
        for (name, figure) in bounds {
            if figure == 0 {
                return Err(Refusal::internal(format!("{name} must be at least 1")));
            }
        }
        self.metrics_address()?;
        self.edge().map(drop)
    }

    /// Rejects settings that contradict each other.
    pub fn check(&self) -> Result<()> {
        self.check_edge()?;
        public::check(&self.public_url)?;
        crate::logging::filter(&self.log)?;
        sqlite_file(&self.database_url())?;
        let urls = [&self.migration_url, &self.backup_url];
        require_tls(&self.database_url())?;
        for url in urls.into_iter().flatten() {
            require_tls(url)?;
        }
        self.pg_dump.as_deref().map_or(Ok(()), programs::check)?;
        let engine = Engine::of(&self.database_url())?;
        if engine == Engine::Sqlite && self.database_pooler != Pooler::None {
            return Err(Refusal::internal(
                "database_pooler is for PostgreSQL: nothing stands in front of a file",
            ));
        }
        if !(1..=200).contains(&self.pool) {
            return Err(Refusal::internal("pool must be from 1 to 200"));
        }
        let draft_expiry = [self.stale_after_days, self.abandon_after_days];
        if draft_expiry.iter().any(|days| *days > MAX_DRAFT_EXPIRY) {
            return Err(Refusal::internal(
                "stale_after_days and abandon_after_days must be at most 36500",
            ));
        }
        if self.drain_seconds > MAX_DRAIN {
            return Err(Refusal::internal("drain_seconds must be at most 3600"));
        }
        if !matches!(self.access_log.as_str(), "on" | "off") {
            return Err(Refusal::internal("access_log must be on or off"));
        }
        if !matches!(self.log_format.as_str(), "human" | "json") {
            return Err(Refusal::internal("log_format must be human or json"));
        }
        Ok(())
    }

    /// The configuration as text, without passwords.
    pub fn redacted(&self) -> Result<String> {
        let shown = Self {
            database_url: Some(self.shown_database()),
            migration_url: self.migration_url.as_deref().map(hide),
            backup_url: self.backup_url.as_deref().map(hide),
            ..self.clone()
        };
        toml::to_string_pretty(&shown).map_err(|error| Refusal::internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests;
