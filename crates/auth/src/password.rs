//! Passwords: argon2id with parameters fixed here, not the library's defaults.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;
use vinculo_domain::{Refusal, Result};

/// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32))
        .map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a new password with a fresh salt, as a PHC string. Deliberately slow and memory-hungry:
/// call it off the event loop.
pub fn hash(password: &str) -> Result<String> {
    let hash = hasher()?
        .hash_password(password.as_bytes())
        .map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(hash.to_string())
}

/// A hash that no password matches, so that an unknown address takes as long as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password, ever").unwrap_or_default());

/// Whether the password matches; without a hash it takes the same time and returns `false`.
pub fn verify(password: &str, stored: Option<&str>) -> Result<bool> {
    let hash = stored.unwrap_or(&NOBODY);
    let parsed = PasswordHash::new(hash)
        .map_err(|error| Refusal::internal(format!("stored password hash: {error}")))?;
    let matches = hasher()?
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    Ok(matches && stored.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_matches_and_nobody_matches_nothing() {
        let stored = hash("una frase bastante larga").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("una frase bastante larga", Some(&stored)).unwrap());
        assert!(!verify("otra frase bastante larga", Some(&stored)).unwrap());
        assert!(!verify("nobody has this password, ever", None).unwrap());
    }
}
