//! The public address of an installation.

use actix_web::http::Uri;
use std::net::IpAddr;
use vinculo_domain::{Refusal, Result};

/// Refuses an address that a person could not open: tokens name it as their issuer, and it decides
/// whether browsers are told to insist on HTTPS.
pub(super) fn check(url: &str) -> Result<()> {
    let refused = |why: &str| {
        Err(Refusal::internal(format!(
            "public_url (VINCULO_PUBLIC_URL) {why}; it is an address such as https://convenios.example"
        )))
    };
    let uri = match url.parse::<Uri>() {
        Ok(uri) if !url.contains('#') => uri,
        Ok(_) => return refused("has a fragment"),
        Err(_) => return refused("is no URL"),
    };
    let https = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => return refused("must begin with https:// or http://"),
    };
    let Some(authority) = uri.authority() else {
        return refused("has no host");
    };
    let host = authority.host();
    if host.is_empty() {
        return refused("has no host");
    }
    if authority.as_str().contains('@') {
        return refused("has a user in it");
    }
    if authority.as_str().len() > host.len() && authority.port_u16().is_none() {
        return refused("has a port that is none");
    }
    if uri.query().is_some() {
        return refused("has a query");
    }
    if url.ends_with('/') {
        return refused("ends with a slash");
    }
    if !https && !is_trial(host) {
        return refused("must begin with https:// where the host has a name");
    }
    Ok(())
}

/// Whether the host is a trial machine: named by IP number, or reached only from itself.
fn is_trial(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_a_person_could_open() {
        for good in [
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "http://10.1.2.3",
            "https://convenios.example",
            "https://convenios.example:8443/vinculo",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "convenios.example",
            "convenios.example:443",
            "/v1",
            "ftp://convenios.example",
            "https://",
            "https:///path",
            "https://user@convenios.example",
            "https://user:word@convenios.example",
            "https://convenios.example?x=1",
            "https://convenios.example#part",
            "https://convenios.example/",
            "https://convenios.example:port",
            "https://convenios.example:99999",
            "https://dos palabras.example",
            "http://convenios.example",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
