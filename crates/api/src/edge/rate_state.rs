//! The state of the rate buckets, and the headers that report it.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// The state of one bucket after a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateState {
    /// The name of the bucket's policy.
    pub policy: &'static str,
    /// How many requests it holds.
    pub quota: u32,
    /// How many are left.
    pub remaining: u32,
    /// Seconds until it is full again.
    pub full_in: u64,
    /// Seconds until the next request is allowed, if the bucket was empty.
    pub wait: Option<u64>,
}

/// Adds headers with the state of the buckets (draft-ietf-httpapi-ratelimit-headers), and how long
/// to wait if one was empty.
pub fn add_headers(answer: &mut HeaderMap, states: &[RateState]) {
    let list = |item: &dyn Fn(&RateState) -> String| {
        let items: Vec<String> = states.iter().map(item).collect();
        HeaderValue::from_str(&items.join(", ")).ok()
    };
    if states.is_empty() {
        return;
    }
    let policies = list(&|one| format!("\"{}\";q={};w=60", one.policy, one.quota));
    let limits = list(&|one| {
        let reset = one.wait.unwrap_or(one.full_in);
        format!("\"{}\";r={};t={reset}", one.policy, one.remaining)
    });
    let wait = states.iter().filter_map(|one| one.wait).max();
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
