//! Altered characters in sealed texts: tokens and cursors.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use std::collections::HashSet;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Text that a part never has; some of it is valid base64 elsewhere.
const FOREIGN: [&str; 12] = [
    ".", "=", "+", "/", " ", "\t", "%", ",", "~", "\"", "é", "\u{200b}",
];

fn value_of(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|held| *held == character)
}

/// The text with the characters from `start` to `end` replaced.
fn spliced(token: &str, start: usize, end: usize, text: &str) -> String {
    format!("{}{text}{}", &token[..start], &token[end..])
}

/// The text with one of its parts replaced.
fn exchanged(text: &str, number: usize, part: &str) -> String {
    let mut parts: Vec<&str> = text.split('.').collect();
    parts[number] = part;
    parts.join(".")
}

/// Each bit of the text flipped: six in every character.
pub fn one_bit(good: &str) -> Vec<String> {
    let mut altered = Vec::new();
    for (place, character) in good.bytes().enumerate() {
        let Some(value) = value_of(character) else {
            continue;
        };
        for bit in 0..6 {
            let turned = char::from(ALPHABET[value ^ (1 << bit)]).to_string();
            altered.push(spliced(good, place, place + 1, &turned));
        }
    }
    altered
}

pub fn foreign(good: &str) -> Vec<String> {
    let places = 0..good.len();
    places
        .flat_map(|place| FOREIGN.map(|text| spliced(good, place, place + 1, text)))
        .collect()
}

/// No space is put in front, because it would belong to the scheme and not to the token.
pub fn inserted(good: &str) -> Vec<String> {
    let mut altered = vec![format!("\t{good}")];
    for place in 1..=good.len() {
        for text in ["A", ".", "=", " "] {
            altered.push(spliced(good, place, place, text));
        }
    }
    altered
}

pub fn left_out(good: &str) -> Vec<String> {
    let places = 0..good.len();
    places
        .map(|place| spliced(good, place, place + 1, ""))
        .collect()
}

pub fn neighbours(good: &str) -> Vec<String> {
    let places = 1..good.len();
    places
        .map(|place| {
            let pair: String = good[place - 1..=place].chars().rev().collect();
            spliced(good, place - 1, place + 1, &pair)
        })
        .collect()
}

/// Cut to every length, from the front and from the back.
pub fn truncated(good: &str) -> Vec<String> {
    let places = 1..good.len();
    places
        .flat_map(|place| [good[..place].to_owned(), good[place..].to_owned()])
        .collect()
}

/// Each byte of each part replaced by another one.
pub fn bytes(good: &str) -> Vec<String> {
    let mut altered = Vec::new();
    for (number, part) in good.split('.').enumerate() {
        let bytes = BASE64.decode(part).unwrap();
        for place in 0..bytes.len() {
            for byte in [0, b' ', b'"', 0xff, bytes[place].wrapping_add(1)] {
                let mut bad = bytes.clone();
                bad[place] = byte;
                altered.push(exchanged(good, number, &BASE64.encode(bad)));
            }
        }
    }
    altered
}

/// Two to nine characters at once, at positions from a fixed seed.
pub fn several(good: &str) -> Vec<String> {
    let mut state: u64 = 8725;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut altered = Vec::new();
    for round in 0..1_000 {
        let mut bytes = good.to_owned().into_bytes();
        for _ in 0..2 + round % 8 {
            let place = next(bytes.len());
            bytes[place] = ALPHABET[next(64)];
        }
        altered.push(String::from_utf8(bytes).unwrap());
    }
    altered
}

/// Other base64 spellings of the same bytes.
pub fn base64(good: &str) -> Vec<String> {
    let mut altered = vec![
        good.replace('-', "+").replace('_', "/"),
        good.replace('.', "%2E"),
        good.replace('.', "．"),
        good.to_lowercase(),
        good.to_uppercase(),
        BASE64.encode(good),
        format!("\"{good}\""),
        format!("{good},"),
        format!("{good} "),
        format!("\u{feff}{good}"),
    ];
    for (number, part) in good.split('.').enumerate() {
        let mut put = |text: &str| altered.push(exchanged(good, number, text));
        for padding in ["=", "==", "===", "=A"] {
            put(&format!("{part}{padding}"));
        }
        // The last character has unused bits where the bytes do not fill it.
        let idle = [0, 0, 4, 2][part.len() % 4];
        let (rest, last) = part.split_at(part.len() - 1);
        let value = value_of(last.as_bytes()[0]).unwrap();
        for bits in 1..1 << idle {
            put(&format!("{rest}{}", char::from(ALPHABET[value ^ bits])));
        }
        for every in [4, 64, 76] {
            let lines = part.as_bytes().chunks(every);
            let lines: Vec<&str> = lines.map(|line| str::from_utf8(line).unwrap()).collect();
            put(&lines.join(" "));
        }
    }
    altered
}

/// All alterations: none is valid, and each appears once.
pub fn all(good: &str) -> Vec<String> {
    let ways = [
        one_bit, foreign, inserted, left_out, neighbours, truncated, bytes, several, base64,
    ];
    let mut seen = HashSet::from([good.to_owned()]);
    let altered = ways.iter().flat_map(|way| way(good));
    altered.filter(|text| seen.insert(text.clone())).collect()
}
