//! Database URLs: how to show them safely, and which ones are allowed.

use std::net::IpAddr;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Engine;

/// A URL without any passwords in it.
pub(super) fn hide(url: &str) -> String {
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

/// Government records must not cross a network unencrypted: a server on another machine must be
/// reached with TLS.
pub(super) fn require_tls(url: &str) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

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
