//! Makes text that people type comparable.
//!
//! Names come with and without accents, capitals, full stops and apostrophes ("Cd. Juárez", "CD
//! JUAREZ"; "Xi'an", "Xian"). Every look-up, index and duplicate key goes through [`fold`], in Rust
//! and not in the database: the two engines fold differently, and a search must find the same rows
//! on both. What is stored folded is written anew when [`FOLDING`] increases.

mod letters;

use crate::limits::{MAX_SEARCH_WORD, MAX_SEARCH_WORDS};
pub(crate) use letters::is_invisible;
use letters::{base_letters, is_apostrophe, is_spacing_accent};
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The version of [`fold`], [`words`] and [`legacy_key`](crate::inscriptions::legacy_key). Increase it
/// when one of them gives another result for any text, and add a migration where records have to be
/// found by the new form at once: whoever migrates writes anew what is stored folded.
pub const FOLDING: i64 = 3;

/// Folds a text for comparison: compatibility decomposition (Unicode NFKD), marks and invisible
/// characters removed, lower case, letters with a stroke replaced by their base (`ł` → `l`). An
/// apostrophe between two letters vanishes, whatever sign it is written with (`Xi’an`, `Hawaiʻi`).
/// Every other run of characters that are neither letter nor digit is replaced by one space, without
/// leading or trailing space.
///
/// The result is stable: folding it again changes nothing.
pub fn fold(text: &str) -> String {
    folded(text, true)
}

/// Folded and without spaces, for names that are written in one word or in several: `Xi an`, `Xian`;
/// `S. L. P.`, `SLP`.
pub fn compact(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// What stood between the last letter or digit and the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    Apostrophe,
    /// The point of the Catalan `l·l`.
    Point,
    Gap,
}

impl Between {
    /// Whether the letters on both sides belong to one word.
    fn joins(self, before: Option<char>, after: char, apostrophes: bool) -> bool {
        let letter = char::is_alphabetic;
        match self {
            Self::Nothing => true,
            Self::Apostrophe => apostrophes && before.is_some_and(letter) && letter(after),
            Self::Point => before == Some('l') && after == 'l',
            Self::Gap => false,
        }
    }
}

/// See [`fold`]; `apostrophes` says whether they join what stands on both sides.
fn folded(text: &str, apostrophes: bool) -> String {
    if text.is_ascii() {
        return joined(
            text.chars().map(|letter| letter.to_ascii_lowercase()),
            apostrophes,
        );
    }
    // NFKD would make a space and a mark of an accent that stands for an apostrophe.
    let plain = |character| match character {
        accent if is_spacing_accent(accent) => '\'',
        other => other,
    };
    let characters = text.nfd().map(plain).nfkd().flat_map(char::to_lowercase);
    joined(characters.nfkd(), apostrophes)
}

/// The words of lower-case characters, with one space between them.
fn joined(characters: impl Iterator<Item = char>, apostrophes: bool) -> String {
    let mut folded = String::new();
    let mut between = Between::Nothing;
    for character in characters {
        if is_combining_mark(character) || is_invisible(character) {
            continue;
        }
        let sign = match character {
            apostrophe if is_apostrophe(apostrophe) => Some(Between::Apostrophe),
            '·' => Some(Between::Point),
            other if !other.is_alphanumeric() => Some(Between::Gap),
            _ => None,
        };
        if let Some(sign) = sign {
            between = match between {
                Between::Nothing => sign,
                same if same == sign => sign,
                _ => Between::Gap,
            };
            continue;
        }
        let before = folded.chars().next_back();
        if before.is_some() && !between.joins(before, character, apostrophes) {
            folded.push(' ');
        }
        between = Between::Nothing;
        match base_letters(character) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(character),
        }
    }
    folded
}

/// The distinct folded words of a text in order of first appearance, for an inverted index with
/// prefix search; after them the parts of words with an apostrophe, so that `L'Aquila` is found by
/// `laquila` and by `aquila`. At most [`MAX_SEARCH_WORDS`] words of at most [`MAX_SEARCH_WORD`]
/// characters.
pub fn words(text: &str) -> Vec<String> {
    distinct(&[fold(text), folded(text, false)])
}

/// The words of a search, for the index made of [`words`]: with or without its apostrophes, a word
/// is found by its beginning.
pub fn sought(text: &str) -> Vec<String> {
    distinct(&[fold(text)])
}

/// Whether every version of [`fold`] and [`words`] treats a text alike, because it has only plain
/// letters, with the accents of Latin-1, and no apostrophe.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|letter| match letter {
        '\'' | '`' => false,
        letter => {
            letter.is_ascii() || matches!(letter, '\u{C0}'..='\u{FF}' | '«' | '»' | '–' | '—')
        }
    })
}

fn distinct(folded: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    folded
        .iter()
        .flat_map(|text| text.split(' '))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(MAX_SEARCH_WORD).collect::<String>())
        .filter(|word| seen.insert(word.clone()))
        .take(MAX_SEARCH_WORDS)
        .collect()
}

/// A name for systems that take plain letters only: without accents, and with `_` for all that is no
/// letter or digit of ASCII, no full stop and no hyphen.
pub fn plain_name(name: &str) -> String {
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter));
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-') {
            letter
        } else {
            '_'
        }
    };
    letters.map(plain).collect()
}

/// The smallest text that is greater, in byte order, than every text beginning with `word`. A
/// prefix search is then the range `w >= word AND w < prefix_end(word)` on a plain index of either
/// engine (`COLLATE "C"` on PostgreSQL, `BINARY` on SQLite).
///
/// An empty word, or a word made only of the last code point, has no such text; the answer is then
/// a text greater than everything that [`fold`] can produce.
pub fn prefix_end(word: &str) -> String {
    let mut characters: Vec<char> = word.chars().collect();
    while let Some(last) = characters.pop() {
        if let Some(next) = successor(last) {
            characters.push(next);
            return characters.into_iter().collect();
        }
    }
    format!("{word}{}", char::MAX)
}

/// The next Unicode scalar value. The byte order of UTF-8 is the order of scalar values; the
/// surrogates in between are not characters.
fn successor(character: char) -> Option<char> {
    (character..=char::MAX).nth(1)
}

#[cfg(test)]
mod tests;
