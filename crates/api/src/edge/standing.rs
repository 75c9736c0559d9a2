//! How the buckets stand, and how an answer says so.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// How one bucket stands after a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which one.
    pub policy: &'static str,
    /// How many requests it holds.
    pub quota: u32,
    /// How many are left.
    pub remaining: u32,
    /// Seconds until it is full again.
    pub full_in: u64,
    /// Seconds until the next request, of a bucket that was empty.
    pub wait: Option<u64>,
}

/// Says in an answer how the buckets stand (draft-ietf-httpapi-ratelimit-headers), and how long
/// to wait where one was empty.
pub fn dress(answer: &mut HeaderMap, standings: &[Standing]) {
    let list = |item: &dyn Fn(&Standing) -> String| {
        let items: Vec<String> = standings.iter().map(item).collect();
        HeaderValue::from_str(&items.join(", ")).ok()
    };
    if standings.is_empty() {
        return;
    }
    let policies = list(&|one| format!("\"{}\";q={};w=60", one.policy, one.quota));
    let limits = list(&|one| {
        let reset = one.wait.unwrap_or(one.full_in);
        format!("\"{}\";r={};t={reset}", one.policy, one.remaining)
    });
    let wait = standings.iter().filter_map(|one| one.wait).max();
    for (name, value) in [
        (HeaderName::from_static("ratelimit-policy"), policies),
        (HeaderName::from_static("ratelimit"), limits),
        (header::RETRY_AFTER, wait.map(HeaderValue::from)),
    ] {
        if let Some(value) = value {
            answer.insert(name, value);
        }
    }
}
