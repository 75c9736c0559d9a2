//! Text that was damaged on its way: read in the wrong encoding, or with its letters lost. Files
//! and requests are judged by the same rule.

mod entities;
mod escapes;
mod lost;
mod misread;

/// How a text is damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// It can be told what it was: `MÃ¡laga` was `Málaga`.
    Repairable(String),
    /// Letters are lost: `M?laga`.
    Lost,
    /// A letter seems to be lost: `Bogot?`. A person has to say what stood there.
    Doubtful,
}

/// How often a text may have been read wrongly, once after the other.
const ROUNDS: usize = 3;

/// The damage of a name or title, if any: UTF-8 that was read as Windows-1252, Mac Roman or MS-DOS
/// (`MÃ¡laga`), letters written as a code (`M&aacute;laga`, `M%C3%A1laga`), tags of HTML, letters
/// of MS-DOS read as Windows-1252 (`P¢voa`), and letters replaced by a question mark or another sign
/// (`M?laga`). Addresses of the web may have such signs and codes, and are not judged.
pub fn damage(text: &str) -> Option<Damage> {
    let mut whole = String::with_capacity(text.len());
    let mut doubtful = false;
    for (part, is_address) in parts(text) {
        match (!is_address).then(|| damage_of_words(part)).flatten() {
            None => whole.push_str(part),
            Some(Damage::Repairable(right)) => whole.push_str(&right),
            Some(Damage::Lost) => return Some(Damage::Lost),
            Some(Damage::Doubtful) => doubtful = true,
        }
    }
    if doubtful {
        return Some(Damage::Doubtful);
    }
    (whole != text).then_some(Damage::Repairable(whole))
}

fn damage_of_words(text: &str) -> Option<Damage> {
    let mut mended = text.to_owned();
    for _ in 0..ROUNDS {
        let Some(plain) = entities::entities(&mended) else {
            return Some(Damage::Lost);
        };
        let better = misread::utf_8(escapes::plain(plain));
        if better == mended {
            break;
        }
        mended = better;
    }
    let mended = misread::dos(&mended).unwrap_or(mended);
    if mended.contains(char::REPLACEMENT_CHARACTER) || lost::inside_a_word(&mended) {
        return Some(Damage::Lost);
    }
    if lost::beside_a_letter(&mended) || (mended.is_empty() && !text.is_empty()) {
        return Some(Damage::Doubtful);
    }
    (mended != text).then_some(Damage::Repairable(mended))
}

/// A text divided into addresses of the web and what stands around them.
fn parts(text: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in text.split_inclusive(' ') {
        let end = at + word.len();
        if is_address(word) {
            found.extend(text.get(start..at).map(|part| (part, false)));
            found.push((word, true));
            start = end;
        }
        at = end;
    }
    found.extend(text.get(start..).map(|part| (part, false)));
    found
}

fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '<', '"', '«']);
    ["http://", "https://", "www."].iter().any(|start| {
        word.get(..start.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(start))
    })
}

/// The letters on both sides of a character, if they are letters.
fn neighbours(letters: &[char], at: usize) -> (Option<char>, Option<char>) {
    let letter = |at: Option<usize>| {
        at.and_then(|at| letters.get(at).copied())
            .filter(|one| one.is_alphabetic())
    };
    (letter(at.checked_sub(1)), letter(at.checked_add(1)))
}

#[cfg(test)]
mod tests;
