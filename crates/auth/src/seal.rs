//! Seals: short texts that a client carries for us and cannot change. Also random secrets.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use vinculo_domain::{Refusal, Result};

/// The key of all seals of one installation.
#[derive(Clone)]
pub struct SealKey(hmac::Key);

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey(..)")
    }
}

impl SealKey {
    /// Makes a key from at least 32 secret bytes.
    pub fn new(secret: &[u8]) -> Result<Self> {
        if secret.len() < 32 {
            return Err(Refusal::internal("a seal key needs 32 bytes"));
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    /// Seals `payload` for one purpose: opening it requires the same `context`.
    pub fn seal(&self, context: &str, payload: &str) -> String {
        format!(
            "{}.{}",
            BASE64.encode(payload),
            BASE64.encode(self.tag(context, payload.as_bytes()))
        )
    }

    /// The payload, if this service sealed it for the same purpose.
    pub fn open(&self, context: &str, sealed: &str) -> Option<String> {
        let (payload, tag) = sealed.split_once('.')?;
        let payload = BASE64.decode(payload).ok()?;
        let tag = BASE64.decode(tag).ok()?;
        hmac::verify(&self.0, &message(context, &payload), &tag).ok()?;
        String::from_utf8(payload).ok()
    }

    /// The token that follows `token` in a chain. It is the same each time, so that a lost answer
    /// can be requested again, and nobody without the key can compute it.
    pub fn successor(&self, token: &str) -> String {
        BASE64.encode(self.tag("refresh-successor", token.as_bytes()))
    }

    fn tag(&self, context: &str, payload: &[u8]) -> hmac::Tag {
        hmac::sign(&self.0, &message(context, payload))
    }
}

/// The length prefix keeps (context, payload) pairs apart.
fn message(context: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = context.len().to_be_bytes().to_vec();
    bytes.extend_from_slice(context.as_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// `N` bytes from the operating system's generator.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(bytes)
}

/// A fresh opaque token of 256 bits.
pub fn random_token() -> Result<String> {
    Ok(BASE64.encode(random::<32>()?))
}

/// The SHA-256 digest in hexadecimal; opaque tokens and request bodies are stored under it.
pub fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Computes a SHA-256 digest piece by piece.
pub struct Digest(digest::Context);

impl Default for Digest {
    fn default() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }
}

impl Digest {
    /// Adds the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces, in hexadecimal.
    pub fn finish(self) -> String {
        hex(self.0.finish().as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_only_unchanged_and_for_its_own_purpose() {
        let key = SealKey::new(&[7; 32]).unwrap();
        let sealed = key.seal("list|14", "{\"k\":1}");
        assert_eq!(key.open("list|14", &sealed).as_deref(), Some("{\"k\":1}"));
        assert_eq!(key.open("list|15", &sealed), None);
        assert_eq!(
            SealKey::new(&[8; 32]).unwrap().open("list|14", &sealed),
            None
        );
        for i in 0..sealed.len() {
            let mut altered = sealed.clone().into_bytes();
            altered[i] = if altered[i] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert!(
                key.open("list|14", &altered)
                    .is_none_or(|payload| payload == "{\"k\":1}" && altered == sealed),
                "{altered}"
            );
        }
    }
}
