//! A good token with its characters altered.

use super::Specimen;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What never stands in a part of a token, some of it good base64 elsewhere.
const FOREIGN: [&str; 12] = [
    ".", "=", "+", "/", " ", "\t", "%", ",", "~", "\"", "é", "\u{200b}",
];

fn value_of(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|held| *held == character)
}

/// The token with the characters from `start` to `end` replaced.
fn spliced(token: &str, start: usize, end: usize, text: &str) -> String {
    format!("{}{text}{}", &token[..start], &token[end..])
}

/// Each bit that the token carries, turned: the six of every character.
pub fn one_bit(it: &Specimen) -> Vec<String> {
    let mut altered = Vec::new();
    for (place, character) in it.token.bytes().enumerate() {
        let Some(value) = value_of(character) else {
            continue;
        };
        for bit in 0..6 {
            let turned = char::from(ALPHABET[value ^ (1 << bit)]).to_string();
            altered.push(spliced(&it.token, place, place + 1, &turned));
        }
    }
    altered
}

pub fn foreign(it: &Specimen) -> Vec<String> {
    let places = 0..it.token.len();
    places
        .flat_map(|place| FOREIGN.map(|text| spliced(&it.token, place, place + 1, text)))
        .collect()
}

/// A space in front is the scheme's, not the token's.
pub fn inserted(it: &Specimen) -> Vec<String> {
    let mut altered = vec![format!("\t{}", it.token)];
    for place in 1..=it.token.len() {
        for text in ["A", ".", "=", " "] {
            altered.push(spliced(&it.token, place, place, text));
        }
    }
    altered
}

pub fn left_out(it: &Specimen) -> Vec<String> {
    let places = 0..it.token.len();
    places
        .map(|place| spliced(&it.token, place, place + 1, ""))
        .collect()
}

pub fn neighbours(it: &Specimen) -> Vec<String> {
    let places = 1..it.token.len();
    places
        .map(|place| {
            let pair: String = it.token[place - 1..=place].chars().rev().collect();
            spliced(&it.token, place - 1, place + 1, &pair)
        })
        .collect()
}

/// At every length, from the front and from the back.
pub fn truncated(it: &Specimen) -> Vec<String> {
    let places = 1..it.token.len();
    places
        .flat_map(|place| [it.token[..place].to_owned(), it.token[place..].to_owned()])
        .collect()
}

/// Each byte of header, payload and signature, written as another one.
pub fn bytes(it: &Specimen) -> Vec<String> {
    let mut altered = Vec::new();
    for part in 0..3 {
        let good = BASE64.decode(it.parts()[part]).unwrap();
        for place in 0..good.len() {
            for byte in [0, b' ', b'"', 0xff, good[place].wrapping_add(1)] {
                let mut bad = good.clone();
                bad[place] = byte;
                let encoded = BASE64.encode(bad);
                let mut parts = it.parts();
                parts[part] = &encoded;
                altered.push(parts.join("."));
            }
        }
    }
    altered
}

/// Two to nine characters at once, at places that a fixed seed gives.
pub fn several(it: &Specimen) -> Vec<String> {
    let mut state: u64 = 8725;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut altered = Vec::new();
    for round in 0..1_000 {
        let mut bytes = it.token.clone().into_bytes();
        for _ in 0..2 + round % 8 {
            let place = next(bytes.len());
            bytes[place] = ALPHABET[next(64)];
        }
        altered.push(String::from_utf8(bytes).unwrap());
    }
    altered
}

/// Other ways to write the same bytes.
pub fn base64(it: &Specimen) -> Vec<String> {
    let mut altered = vec![
        it.token.replace('-', "+").replace('_', "/"),
        it.token.replace('.', "%2E"),
        it.token.replace('.', "．"),
        it.token.to_lowercase(),
        it.token.to_uppercase(),
        BASE64.encode(&it.token),
        format!("\"{}\"", it.token),
        format!("{},", it.token),
        format!("{} ", it.token),
        format!("\u{feff}{}", it.token),
    ];
    for part in 0..3 {
        let good = it.parts()[part].to_owned();
        let mut put = |text: String| {
            let mut parts = it.parts();
            parts[part] = &text;
            altered.push(parts.join("."));
        };
        for padding in ["=", "==", "===", "=A"] {
            put(format!("{good}{padding}"));
        }
        // The last character has bits that carry nothing where the bytes do not fill it.
        let idle = [0, 0, 4, 2][good.len() % 4];
        let (rest, last) = good.split_at(good.len() - 1);
        let value = value_of(last.as_bytes()[0]).unwrap();
        for bits in 1..1 << idle {
            put(format!("{rest}{}", char::from(ALPHABET[value ^ bits])));
        }
        for every in [4, 64, 76] {
            let lines = good.as_bytes().chunks(every);
            let lines: Vec<&str> = lines.map(|line| str::from_utf8(line).unwrap()).collect();
            put(lines.join(" "));
        }
    }
    altered
}
