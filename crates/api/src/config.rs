//! The configuration: one TOML file, and the environment over it.

mod environment;
mod urls;

use crate::app::Patience;
use crate::edge::{Edge, connections, rates::Figures};
use environment::{KEYS, refuse_unknown, setting, variable, variables};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use urls::{hide, require_tls};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Engine, Pooler};

/// The longest patience, in days: a century.
const MAX_PATIENCE: u32 = 36_500;

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
    /// The addresses or networks of the proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// The pages that may call from a browser, such as `https://convenios.example`.
    pub allowed_origins: Vec<String>,
    /// Requests a minute from one address without a valid token.
    pub anonymous_per_minute: u32,
    /// Attempts a minute to sign in, from one address.
    pub sign_ins_per_minute: u32,
    /// Requests a minute of one person.
    pub person_per_minute: u32,
    /// Requests a minute of one government.
    pub government_per_minute: u32,
    /// Connections at once; each takes two open files.
    pub connections: u32,
    /// Connections at once from one address that is no trusted proxy.
    pub connections_per_address: u32,
    /// Days after which an untouched draft or returned case is noticed; 0 for never.
    pub stale_after_days: u32,
    /// Days after which it is abandoned; 0 for never.
    pub abandon_after_days: u32,
    /// `human` or `json`.
    pub log_format: String,
    /// What is logged, such as `info` or `vinculo_api=debug`.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        let figures = Figures::default();
        let patience = Patience::default();
        Self {
            data_dir: PathBuf::from("data"),
            database_url: None,
            database_pooler: Pooler::None,
            migration_url: None,
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
            stale_after_days: patience.stale_after_days,
            abandon_after_days: patience.abandon_after_days,
            log_format: "human".into(),
            log: "info".into(),
        }
    }
}

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
            table.insert(key.to_owned(), setting(key, value));
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

    /// How often one may call.
    pub fn rates(&self) -> Figures {
        Figures {
            anonymous: self.anonymous_per_minute,
            sign_in: self.sign_ins_per_minute,
            person: self.person_per_minute,
            government: self.government_per_minute,
        }
    }

    /// How long cases may be left alone.
    pub fn patience(&self) -> Patience {
        Patience {
            stale_after_days: self.stale_after_days,
            abandon_after_days: self.abandon_after_days,
        }
    }

    /// No bound of the edge may be nothing, which would be no bound, or no service.
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
        Edge::of(self).map(drop)
    }

    /// Refuses what cannot be meant.
    pub fn check(&self) -> Result<()> {
        self.check_edge()?;
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
        let patience = [self.stale_after_days, self.abandon_after_days];
        if patience.iter().any(|days| *days > MAX_PATIENCE) {
            return Err(Refusal::internal(
                "stale_after_days and abandon_after_days must be at most 36500",
            ));
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
    fn the_edge_is_set_by_lists_and_figures() {
        let set = |key, value: &str| Config::read("", vec![(key, value.to_owned())]);
        let config = set("trusted_proxies", "10.1.0.0/16, fd00::7").unwrap();
        assert_eq!(config.trusted_proxies, ["10.1.0.0/16", "fd00::7"]);
        assert!(
            set("trusted_proxies", "")
                .unwrap()
                .trusted_proxies
                .is_empty()
        );
        let config = set("allowed_origins", "https://a.example,https://b.example").unwrap();
        assert_eq!(config.allowed_origins.len(), 2);
        assert_eq!(
            set("person_per_minute", "1200").unwrap().rates().person,
            1200
        );
        for (key, value) in [
            ("trusted_proxies", "0.0.0.0/0"),
            ("trusted_proxies", "10.0.0.1,::/0"),
            ("allowed_origins", "*"),
            ("allowed_origins", "https://a.example/path"),
            ("anonymous_per_minute", "0"),
            ("sign_ins_per_minute", "none"),
            ("government_per_minute", "-1"),
            ("connections", "0"),
            ("connections_per_address", "0"),
            ("stale_after_days", "-1"),
            ("abandon_after_days", "36501"),
        ] {
            assert!(set(key, value).is_err(), "{key} {value}");
        }
        assert!(Config::read("trusted_proxies = [\"::/0\"]", vec![]).is_err());
        // Every setting is a variable too.
        let shown = Config::default().redacted().unwrap();
        let unset = ["database_url", "migration_url"];
        for key in KEYS.iter().filter(|key| !unset.contains(key)) {
            assert!(shown.contains(&format!("{key} = ")), "{key}");
        }
        assert_eq!(shown.lines().count(), KEYS.len() - 1);
    }
}
