//! How large a request may be before anybody looks at what it says.

use actix_web::http::Uri;
use actix_web::http::header::HeaderMap;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// The longest address with its parameters, in bytes.
pub const MAX_URI: usize = 4 * 1024;
/// All header fields together, in bytes. The framework itself stops reading at 128 kB, and at
/// 96 fields, with a bare 431.
pub const MAX_HEAD: usize = 16 * 1024;
/// The largest JSON body, in bytes.
pub const MAX_JSON: usize = 256 * 1024;
/// Parameters in one address.
pub const MAX_PARAMETERS: usize = 20;
/// What a form may have around its file: the other parts and the lines between them.
pub const MAX_FORM_FRAME: usize = 64 * 1024;

/// Refuses an address or a head beyond its bound.
pub fn check(uri: &Uri, headers: &HeaderMap) -> Result<()> {
    let address = uri.path_and_query().map_or(0, |text| text.as_str().len());
    if address > MAX_URI {
        return Err(Refusal::new(Problem::UriTooLong));
    }
    // Name, value, and the four bytes that stand around them on the wire.
    let head: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if head > MAX_HEAD {
        return Err(Refusal::new(Problem::HeadTooLarge));
    }
    Ok(())
}
