//! Detects keys that somebody could guess: constants, patterns, words, and textbook examples.

/// The least number of different bytes. Of 32 random bytes about 30 differ; of 64 random
/// hexadecimal digits nearly always all 16 occur.
const DIFFERENT: usize = 12;

/// The first bytes of private keys in published examples: RFC 8032, section 7.1, and RFC 8410,
/// section 10.
const PUBLISHED: [[u8; 4]; 4] = [
    [0x9d, 0x61, 0xb1, 0x9d],
    [0x4c, 0xcd, 0x08, 0x9b],
    [0xc5, 0xaa, 0x8d, 0xf4],
    [0xd4, 0xee, 0x72, 0xdb],
];

/// Words in placeholder keys that were meant to be replaced.
const WORDS: [&str; 8] = [
    "change", "cambia", "default", "ejemplo", "example", "password", "replace", "secret",
];

/// The private part of an Ed25519 key in PKCS #8: an octet string of 32 bytes inside another.
pub(super) fn seed(pkcs8: &[u8]) -> Option<&[u8]> {
    let start = pkcs8
        .windows(4)
        .position(|four| four == [0x04, 0x22, 0x04, 0x20])?;
    pkcs8.get(start + 4..start + 36)
}

/// Why a key is guessable; none if it looks random.
pub(super) fn guessable(key: &[u8]) -> Option<&'static str> {
    let key = key.trim_ascii_end();
    if let Some(decoded) = from_hex(key)
        && let Some(why) = constant(&decoded)
    {
        return Some(why);
    }
    constant(key).or_else(|| published(key))
}

fn constant(key: &[u8]) -> Option<&'static str> {
    let mut steps = key
        .iter()
        .zip(key.iter().skip(1))
        .map(|(one, next)| next.wrapping_sub(*one));
    let first = steps.next().unwrap_or_default();
    if steps.all(|step| step == first) {
        return Some(if first == 0 {
            "all its bytes are the same"
        } else {
            "its bytes follow from one another"
        });
    }
    let repeats = |period: usize| key.iter().zip(key.iter().skip(period)).all(|(a, b)| a == b);
    if (1..=key.len() / 2).any(repeats) {
        return Some("it repeats a pattern");
    }
    let mut different = key.to_vec();
    different.sort_unstable();
    different.dedup();
    (different.len() < DIFFERENT).then_some("it is made of very few different bytes")
}

fn published(key: &[u8]) -> Option<&'static str> {
    if PUBLISHED.iter().any(|start| key.starts_with(start)) {
        return Some("it stands in a published example");
    }
    let text = std::str::from_utf8(key).ok()?.to_ascii_lowercase();
    WORDS
        .iter()
        .any(|word| text.contains(word))
        .then_some("it is a text with words in it")
}

fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let whole = !text.is_empty() && text.len().is_multiple_of(2);
    whole.then(|| text.chunks(2).map(pair).collect()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vinculo_auth::{seal, tokens};

    #[test]
    fn keys_that_may_be_guessed_are_found_and_random_ones_are_not() {
        let sequence: Vec<u8> = (0..32).collect();
        let hex: String = sequence.iter().map(|byte| format!("{byte:02x}")).collect();
        let bad: [&[u8]; 12] = [
            &[0; 32],
            &[0xff; 64],
            &sequence,
            hex.as_bytes(),
            &(0..32).map(|byte| 7 * byte).collect::<Vec<u8>>(),
            &(100..132).rev().collect::<Vec<u8>>(),
            b"0123456789abcdef0123456789abcdef",
            b"0123456789abcdef0123456789abcdef\n",
            b"vinculo-2026vinculo-2026vinculo-2026",
            b"aabbccddeeaabbaaccddeebbaaddeeccaa",
            b"please-CHANGE-me-before-going-live!",
            &[
                0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec,
                0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03,
                0x1c, 0xae, 0x7f, 0x60,
            ],
        ];
        for key in bad {
            assert!(guessable(key).is_some(), "{key:?}");
        }
        for _ in 0..500 {
            let random = seal::random::<32>().unwrap();
            assert_eq!(guessable(&random), None, "{random:?}");
            let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(guessable(hex.as_bytes()), None, "{hex}");
        }
        let made = tokens::generate_key().unwrap();
        assert_eq!(guessable(seed(&made).unwrap()), None);
        assert_eq!(seed(b"no key"), None);
    }
}
