//! The headers of every answer, including answers that no operation gave.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderName, HeaderValue};

/// What kind of answer it is, as far as its headers are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Anybody may cache a success for a minute.
    Public,
    /// The reference page of the operations, which has its own scripts.
    Page,
    /// No cache on the way may keep it.
    Private,
}

const NOTHING_RUNS: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
/// The page runs only scripts that this service serves, and connects to nothing else. It sets
/// styles on its elements, which counts as inline.
const OWN_SCRIPTS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the headers; headers that the answer has already stay.
pub fn add_headers(response: &mut HttpResponse, request_id: &str, nature: Nature, https: bool) {
    let kept = nature != Nature::Private && response.status().is_success();
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    let cache = if kept {
        "public, max-age=60"
    } else {
        "no-store"
    };
    put(header::CACHE_CONTROL, cache);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    let policy = if nature == Nature::Page {
        OWN_SCRIPTS
    } else {
        NOTHING_RUNS
    };
    put(header::CONTENT_SECURITY_POLICY, policy);
    put(header::REFERRER_POLICY, "no-referrer");
    let embed = HeaderName::from_static("cross-origin-resource-policy");
    put(embed, "same-origin");
    if https {
        let year = "max-age=31536000; includeSubDomains";
        put(header::STRICT_TRANSPORT_SECURITY, year);
    }
    put(
        header::VARY,
        "Accept, Accept-Encoding, Accept-Language, Authorization, Origin",
    );
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}
