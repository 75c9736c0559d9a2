//! Letters that were read in another encoding than they were written in.

use super::neighbours;
use crate::charsets::{Encoding, windows_1252_byte};

/// The text with runs of characters replaced that are UTF-8 read in an old encoding.
pub(super) fn utf_8(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    [Encoding::Windows1252, Encoding::Macintosh, Encoding::Cp850]
        .into_iter()
        .fold(text, |text, encoding| read_as(encoding, &text))
}

/// Replaces runs of characters that are UTF-8 read in this encoding.
fn read_as(encoding: Encoding, text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut run: Vec<u8> = Vec::new();
    let mut raw = String::new();
    let flush = |run: &mut Vec<u8>, raw: &mut String, mended: &mut String| {
        match std::str::from_utf8(run) {
            Ok(better) if is_likely(better) => mended.push_str(better),
            _ => mended.push_str(raw),
        }
        run.clear();
        raw.clear();
    };
    for character in text.chars() {
        match encoding.byte(character).filter(|byte| !byte.is_ascii()) {
            Some(byte) => {
                run.push(byte);
                raw.push(character);
            }
            None => {
                flush(&mut run, &mut raw, &mut mended);
                mended.push(character);
            }
        }
    }
    flush(&mut run, &mut raw, &mut mended);
    mended
}

/// Whether this is what was written before it was misread: letters and punctuation of Europe, or
/// several letters of any script. A capital before a closing quotation mark (`«CAFÉ»`) also happens
/// to be UTF-8, of a phonetic sign that nobody meant.
fn is_likely(text: &str) -> bool {
    let european = |one: char| matches!(one, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{203A}' | '€');
    !text.is_empty()
        && (text.chars().all(european)
            || (text.chars().count() > 2 && text.chars().all(char::is_alphabetic)))
}

/// The letters of MS-DOS as Windows-1252 shows them, which stand in no word: `¢` for ó, `¤` for ñ.
pub(super) fn dos(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = false;
    let mended = letters.iter().enumerate().map(|(at, &character)| {
        if !is_dos(&letters, at, character) {
            return character;
        }
        found = true;
        windows_1252_byte(character).map_or(character, |byte| Encoding::Cp850.character(byte))
    });
    let mended: String = mended.collect();
    found.then_some(mended)
}

/// Whether a sign is a letter of MS-DOS. At the edge of a word some of them have a use of their own:
/// `¡Hola`, `£ 5`, `5 µm`.
fn is_dos(letters: &[char], at: usize, character: char) -> bool {
    match neighbours(letters, at) {
        (Some(_), Some(_)) => "¢¡¤£¥µ‚„".contains(character),
        (Some(before), None) if before.is_uppercase() => "µ¥".contains(character),
        (Some(_), None) => "¢¡¤£‚".contains(character),
        (None, Some(_)) => {
            let long = |next: &char| next.is_alphabetic() || "¢¡¤£‚".contains(*next);
            "µ¥¢¤".contains(character) && letters.get(at + 2).is_some_and(long)
        }
        (None, None) => false,
    }
}
