//! Limits the size of a request before its content is read.

use actix_web::http::Uri;
use actix_web::http::header::HeaderMap;
use vinculo_domain::limits::{MAX_HEAD_BYTES, MAX_URI_BYTES};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// Refuses an address or a head that is too large.
pub fn check(uri: &Uri, headers: &HeaderMap) -> Result<()> {
    let address = uri.path_and_query().map_or(0, |text| text.as_str().len());
    if address > MAX_URI_BYTES {
        return Err(Refusal::new(Problem::UriTooLong));
    }
    // Name, value, and the four separator bytes on the wire.
    let head: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if head > MAX_HEAD_BYTES {
        return Err(Refusal::new(Problem::HeadTooLarge));
    }
    Ok(())
}
