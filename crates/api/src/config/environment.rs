//! The environment variables that override the configuration file.

use vinculo_domain::{Refusal, Result};

/// The names of the variables, without their prefix.
pub(super) const KEYS: [&str; 26] = [
    "data_dir",
    "database_url",
    "database_pooler",
    "migration_url",
    "backup_url",
    "pg_dump",
    "bind",
    "public_url",
    "pool",
    "trusted_proxies",
    "allowed_origins",
    "anonymous_per_minute",
    "sign_ins_per_minute",
    "person_per_minute",
    "government_per_minute",
    "connections",
    "connections_per_address",
    "stale_after_days",
    "abandon_after_days",
    "drain_seconds",
    "quota_gb",
    "file_check_mb_per_second",
    "metrics_bind",
    "access_log",
    "log_format",
    "log",
];

/// Parses a variable as a number or a list if the setting of its name is one.
pub(super) fn setting(key: &str, text: String) -> toml::Value {
    match key {
        "trusted_proxies" | "allowed_origins" => {
            let items = text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty());
            items
                .map(|item| toml::Value::from(item.to_owned()))
                .collect::<Vec<_>>()
                .into()
        }
        "pool"
        | "anonymous_per_minute"
        | "sign_ins_per_minute"
        | "person_per_minute"
        | "government_per_minute"
        | "connections"
        | "connections_per_address"
        | "stale_after_days"
        | "abandon_after_days"
        | "quota_gb"
        | "file_check_mb_per_second"
        | "drain_seconds" => {
            let number = text.parse::<i64>();
            number.map_or(toml::Value::String(text), toml::Value::Integer)
        }
        _ => toml::Value::String(text),
    }
}

/// Refuses unknown variables: a misspelt one would silently set nothing.
pub(super) fn refuse_unknown(names: impl Iterator<Item = String>) -> Result<()> {
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

pub(super) fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the environment is read"
)]
pub(super) fn variable(key: &str) -> Option<String> {
    std::env::var(format!("VINCULO_{}", key.to_uppercase())).ok()
}

/// The injected faults that a test wants in this process. Only test builds read them.
#[must_use]
pub fn told_to_sow() -> Option<String> {
    variable("test_sow")
}
