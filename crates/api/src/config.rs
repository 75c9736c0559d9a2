//! The configuration: one TOML file, and the environment over it.

use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Engine, Pooler};

/// Everything that may be set. Each key of the file is also a variable: `bind` is
/// `VINCULO_BIND`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where records, files and secrets stand.
    pub data_dir: PathBuf,
    /// `sqlite://FILE` or `postgres://...` as the application's role; a file in `data_dir` where
    /// absent.
    pub database_url: Option<String>,
    /// What stands between this program and PostgreSQL: `none`, or `transaction` for a pooler in
    /// transaction mode.
    pub database_pooler: Pooler,
    /// The migrator's URL; with it `serve` migrates, without it a wrong schema is refused.
    pub migration_url: Option<String>,
    /// The address to listen on.
    pub bind: SocketAddr,
    /// The public address of this installation, which its tokens name as their issuer.
    pub public_url: String,
    /// Connections to the database.
    pub pool: u32,
    /// `human` or `json`.
    pub log_format: String,
    /// What is logged, such as `info` or `vinculo_api=debug`.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("data"),
            database_url: None,
            database_pooler: Pooler::None,
            migration_url: None,
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://localhost:8080".into(),
            pool: 8,
            log_format: "human".into(),
            log: "info".into(),
        }
    }
}

/// The names of the variables, without their prefix.
const KEYS: [&str; 9] = [
    "data_dir",
    "database_url",
    "database_pooler",
    "migration_url",
    "bind",
    "public_url",
    "pool",
    "log_format",
    "log",
];

impl Config {
    /// Reads the file that `VINCULO_CONFIG` names, or `vinculo.toml` where there is one, and the
    /// environment over it.
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

    /// The same from texts.
    pub fn read(text: &str, environment: Vec<(&str, String)>) -> Result<Self> {
        let mut table: toml::Table = text
            .parse()
            .map_err(|error| Refusal::internal(format!("configuration: {error}")))?;
        for (key, value) in environment {
            let value = if key == "pool" {
                value
                    .parse()
                    .map_or(toml::Value::String(value), toml::Value::Integer)
            } else {
                toml::Value::String(value)
            };
            table.insert(key.to_owned(), value);
        }
        let config: Self = table
            .try_into()
            .map_err(|error| Refusal::internal(format!("configuration: {error}")))?;
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

    /// The URL with which migrations run: the migrator's, and on SQLite the only one there is.
    pub fn migrating_url(&self) -> Result<Option<String>> {
        let url = self.database_url();
        if Engine::of(&url)? == Engine::Sqlite {
            Ok(Some(url))
        } else {
            Ok(self.migration_url.clone())
        }
    }

    fn check(&self) -> Result<()> {
        for url in [Some(self.database_url()), self.migration_url.clone()]
            .into_iter()
            .flatten()
        {
            require_tls(&url)?;
        }
        let engine = Engine::of(&self.database_url())?;
        if engine == Engine::Sqlite && self.database_pooler != Pooler::None {
            return Err(Refusal::internal(
                "database_pooler is for PostgreSQL: nothing stands in front of a file",
            ));
        }
        if !(1..=200).contains(&self.pool) {
            return Err(Refusal::internal("pool must be from 1 to 200"));
        }
        if !matches!(self.log_format.as_str(), "human" | "json") {
            return Err(Refusal::internal("log_format must be human or json"));
        }
        Ok(())
    }

    /// The configuration as it may be shown: passwords left out.
    pub fn redacted(&self) -> Result<String> {
        let shown = Self {
            database_url: Some(hide(&self.database_url())),
            migration_url: self.migration_url.as_deref().map(hide),
            ..self.clone()
        };
        toml::to_string_pretty(&shown).map_err(|error| Refusal::internal(error.to_string()))
    }
}

/// A URL without its passwords, wherever they stand.
fn hide(url: &str) -> String {
    let shown = match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(host)) => format!(
            "{}://***{}",
            url.get(..scheme).unwrap_or_default(),
            url.get(host..).unwrap_or_default()
        ),
        _ => url.to_owned(),
    };
    let Some((rest, query)) = shown.split_once('?') else {
        return shown;
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if name.ends_with("password") => format!("{name}=***"),
        _ => pair.to_owned(),
    });
    format!("{rest}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Records of state do not cross a network in the clear: a server that is not on this machine
/// must be reached with TLS.
fn require_tls(url: &str) -> Result<()> {
    if Engine::of(url)? == Engine::Sqlite {
        return Ok(());
    }
    let (rest, query) = url.split_once('?').unwrap_or((url, ""));
    let authority = rest
        .split("://")
        .nth(1)
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let setting = |name: &str| {
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    };
    let host = setting("host")
        .or_else(|| setting("hostaddr"))
        .unwrap_or(host)
        .trim_start_matches('[')
        .trim_end_matches(']');
    let local = host.is_empty()
        || host == "localhost"
        || host.starts_with('/')
        || host.starts_with("%2F")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    let encrypted = matches!(
        setting("sslmode"),
        Some("require" | "verify-ca" | "verify-full")
    );
    if local || encrypted {
        Ok(())
    } else {
        Err(Refusal::internal(
            "a PostgreSQL server that is not local needs sslmode=verify-full (or verify-ca, require) in its URL",
        ))
    }
}

/// A misspelt variable would be a setting that is silently not set.
fn refuse_unknown(names: impl Iterator<Item = String>) -> Result<()> {
    for name in names {
        let key = name
            .strip_prefix("VINCULO_")
            .unwrap_or_default()
            .to_lowercase();
        let known = key.is_empty()
            || key == "config"
            || key.starts_with("test_")
            || KEYS.contains(&key.as_str());
        if !known {
            return Err(Refusal::internal(format!(
                "{name} is no setting; `vinculo check-config` prints them all"
            )));
        }
    }
    Ok(())
}

fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the environment is read"
)]
fn variable(key: &str) -> Option<String> {
    std::env::var(format!("VINCULO_{}", key.to_uppercase())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_stands_over_the_file_and_unknown_keys_are_refused() {
        let config = Config::read(
            "bind = \"0.0.0.0:80\"\npool = 4",
            vec![("pool", "6".into())],
        )
        .unwrap();
        assert_eq!((config.bind.port(), config.pool), (80, 6));
        assert!(Config::read("bindd = \"0.0.0.0:80\"", vec![]).is_err());
        assert!(Config::read("", vec![("pool", "many".into())]).is_err());
        assert!(Config::read("database_url = \"vinculo.db\"", vec![]).is_err());
        let pooler = "database_pooler = \"transaction\"";
        assert!(Config::read(pooler, vec![]).is_err());
        let behind = vec![("database_url", "postgres://app@localhost/v".into())];
        let config = Config::read(pooler, behind.clone()).unwrap();
        assert_eq!(config.database_pooler, Pooler::Transaction);
        assert!(Config::read("database_pooler = \"session\"", behind).is_err());
        let refused = |name: &str| refuse_unknown([name.to_owned()].into_iter()).is_err();
        assert!(refused("VINCULO_POOLS") && !refused("VINCULO_POOL") && !refused("PATH"));
    }

    #[test]
    fn a_server_that_is_not_local_needs_tls() {
        for good in [
            "postgres://app@localhost/v",
            "postgres://app:p@127.0.0.1:5432/v",
            "postgres:///v?host=/run/pg",
            "postgres://app@db/v?sslmode=verify-full",
            "postgres://app@[::1]:5432/v",
        ] {
            assert!(require_tls(good).is_ok(), "{good}");
        }
        for bad in [
            "postgres://app@db/v",
            "postgres://app@db/v?sslmode=prefer",
            "postgres://app@localhost/v?host=db",
            "postgres://localhost@10.0.0.9/v",
        ] {
            assert!(require_tls(bad).is_err(), "{bad}");
        }
        let shown = Config::read(
            "database_url = \"postgres://app:secret@localhost/v\"",
            vec![],
        )
        .unwrap()
        .redacted()
        .unwrap();
        assert!(!shown.contains("secret"));
    }
}
