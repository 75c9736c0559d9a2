//! Which web pages may call from a browser. Any page may read what is public; only listed pages may
//! call the rest. No answer allows cookies: callers send a token.

use crate::operation::Operation;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use vinculo_domain::{Refusal, Result};

const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, if-match, if-none-match, if-range, range, idempotency-key, accept-language",
);
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "etag, location, link, retry-after, ratelimit, ratelimit-policy, x-request-id, idempotency-replayed, \
     dry-run, content-range, content-disposition, content-language, allow",
);
/// Seconds for which a browser may cache an answer to a preflight.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The pages that may call operations that are not public.
#[derive(Debug, Clone, Default)]
pub struct Origins(Vec<HeaderValue>);

impl Origins {
    /// Parses origins as a browser writes them: scheme, host, and port unless it is the default.
    pub fn parse(texts: &[String]) -> Result<Self> {
        texts
            .iter()
            .map(|text| origin(text))
            .collect::<Result<_>>()
            .map(Self)
    }

    /// The value of `Access-Control-Allow-Origin` for this caller, if any.
    fn allow(&self, asked: Option<&HeaderValue>, public: bool) -> Option<HeaderValue> {
        if public {
            return Some(HeaderValue::from_static("*"));
        }
        asked.filter(|origin| self.0.contains(origin)).cloned()
    }

    /// The headers of an ordinary answer.
    pub fn add_headers(&self, answer: &mut HeaderMap, asked: Option<&HeaderValue>, public: bool) {
        if let Some(allowed) = self.allow(asked, public) {
            answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
            answer.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /// The headers that answer a preflight for one of these operations. None if the page may not
    /// call; the request is then answered like any other `OPTIONS`.
    pub fn preflight(
        &self,
        asked: &HeaderMap,
        operations: &[Arc<Operation>],
    ) -> Option<Vec<(HeaderName, HeaderValue)>> {
        let origin = asked.get(header::ORIGIN)?;
        let method = asked.get(header::ACCESS_CONTROL_REQUEST_METHOD)?.as_bytes();
        let wanted = operations
            .iter()
            .find(|operation| operation.method.as_str().as_bytes() == method)?;
        let allowed = self.allow(Some(origin), is_open(wanted))?;
        let methods = HeaderValue::from_str(wanted.method.as_str()).ok()?;
        Some(vec![
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed),
            (header::ACCESS_CONTROL_ALLOW_METHODS, methods),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS),
            (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE),
        ])
    }
}

/// Whether any page may read the operation.
pub fn is_open(operation: &Operation) -> bool {
    operation.public && matches!(operation.method, Method::GET | Method::HEAD)
}

fn origin(text: &str) -> Result<HeaderValue> {
    let text = text.trim();
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let plain = |host: &str| {
        !host.is_empty()
            && host.bytes().all(|byte| {
                byte.is_ascii_digit() || byte.is_ascii_lowercase() || b".-:[]".contains(&byte)
            })
    };
    match host {
        Some(host) if plain(host) => HeaderValue::from_str(text).ok(),
        _ => None,
    }
    .ok_or_else(|| {
        Refusal::internal(format!(
            "allowed_origins: {text}: write https://host in small letters, without a path; `*` is not taken"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_a_browser_writes_it() {
        for bad in [
            "*",
            "null",
            "",
            "https://",
            "sre.example",
            "https://sre.example/",
            "https://SRE.example",
            "https://*.example",
            "ftp://sre.example",
            "https://a.example,https://b.example",
        ] {
            assert!(Origins::parse(&[bad.to_owned()]).is_err(), "{bad}");
        }
        for good in [
            "https://sre.example",
            "http://localhost:5173",
            "https://[2001:db8::1]:8443",
        ] {
            assert!(Origins::parse(&[good.to_owned()]).is_ok(), "{good}");
        }
    }
}
