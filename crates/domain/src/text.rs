//! Makes text that people type comparable.
//!
//! Names come with and without accents, capitals and full stops ("Cd. Juárez", "CD JUAREZ"). Every
//! look-up, index and duplicate key goes through [`fold`], in Rust and not in the database: the two
//! engines fold differently, and a search must find the same rows on both.

use crate::limits::{MAX_SEARCH_WORD, MAX_SEARCH_WORDS};
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text for comparison: compatibility decomposition (Unicode NFKD), marks removed, lower
/// case, letters with a stroke replaced by their base (`ł` → `l`), and every run of characters that
/// are neither letter nor digit replaced by one space, without leading or trailing space.
///
/// The result is stable: folding it again changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_combining_mark(character) || is_invisible(character) {
            continue;
        }
        if !character.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        match base_letters(character) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(character),
        }
    }
    folded
}

/// The distinct folded words of a text in order of first appearance, for an inverted index with
/// prefix search. At most [`MAX_SEARCH_WORDS`] words of at most [`MAX_SEARCH_WORD`] characters.
pub fn words(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    fold(text)
        .split(' ')
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

/// Zero-width characters that copying from PDFs and web pages leaves inside a word.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// Letters that Unicode does not decompose although people type the base letter instead, as in
/// names of partner cities: Wrocław, Tromsø, Gießen.
fn base_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{MAX_SEARCH_WORD, MAX_SEARCH_WORDS, fold, prefix_end, words};

    #[test]
    fn folds_accents_capitals_and_punctuation() {
        assert_eq!(fold("  República   DOMINICANA. "), "republica dominicana");
        assert_eq!(fold("Cd. Juárez"), "cd juarez");
        assert_eq!(fold("Oñati"), "onati");
        assert_eq!(fold("Ma'anshan"), "ma anshan");
        assert_eq!(fold("EE.UU."), "ee uu");
        assert_eq!(fold("WROCŁAW / Gießen, Tromsø"), "wroclaw giessen tromso");
        assert_eq!(fold("…¡!"), "");
    }

    #[test]
    fn composed_and_decomposed_spellings_are_one() {
        assert_eq!(fold("Me\u{301}xico"), fold("México"));
        assert_eq!(fold("Guadala\u{AD}jara"), "guadalajara");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["İstanbul", "ﬁn ™ ½ º", "ǾSTRE Ǆ", "东京 Αθήνα", "ΐ", "Ṩ̈ẞ"]
        {
            let once = fold(text);
            assert_eq!(fold(&once), once, "{text}");
        }
    }

    #[test]
    fn words_are_distinct_and_in_order() {
        assert_eq!(
            words("San José, san JOSE del Cabo"),
            ["san", "jose", "del", "cabo"]
        );
        assert!(words(" -- ").is_empty());
    }

    #[test]
    fn words_are_capped() {
        let many: String = (0..200).map(|n| format!("w{n} ")).collect();
        assert_eq!(words(&many).len(), MAX_SEARCH_WORDS);
        let long = "á".repeat(500);
        assert_eq!(words(&long), ["a".repeat(MAX_SEARCH_WORD)]);
    }

    #[test]
    fn prefix_end_bounds_exactly_the_prefix() {
        assert_eq!(prefix_end("guada"), "guadb");
        assert_eq!(prefix_end("a\u{D7FF}"), "a\u{E000}");
        assert_eq!(prefix_end(&format!("a{}", char::MAX)), "b");
        for (word, inside, outside) in [("az", "azz", "b"), ("z", "zapopan", "á"), ("9", "99", "a")]
        {
            let end = prefix_end(word);
            assert!(word <= inside && inside < end.as_str());
            assert!(outside >= end.as_str());
        }
    }

    #[test]
    fn prefix_end_of_nothing_is_above_every_folded_text() {
        assert!(fold("ZZZ 東京 Ω").as_str() < prefix_end("").as_str());
    }
}
