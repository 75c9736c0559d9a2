//! Decodes bytes to text: UTF-8, which the platform itself writes, and the formats that spreadsheets
//! save in Mexican offices. A file is judged line by line: one line in another encoding, pasted from
//! an older file, does not make the others unreadable.

mod sense;

use crate::charsets::Encoding;
use crate::problems::Problem;
use crate::refusal::{BilingualText, Refusal, Result};
use crate::wording;
use sense::{Line, Sense};
use std::collections::BTreeMap;

/// The text of a file, and what should be checked about how it was decoded.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) warning: Option<BilingualText>,
    /// Lines that seem to be in another encoding than the file, by their number: as they would read in
    /// that one.
    pub(super) doubtful: BTreeMap<u64, String>,
}

impl Decoded {
    fn known(text: String) -> Self {
        Self {
            text,
            warning: None,
            doubtful: BTreeMap::new(),
        }
    }
}

/// Decodes a file in the encoding that its sender names, or in the one that its bytes show. Refused
/// where two encodings fit and only a person can tell: the refusal shows both readings.
pub(super) fn decode(bytes: &[u8], named: Option<Encoding>) -> Result<Decoded> {
    if let Some(encoding) = named {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        return Ok(Decoded::known(encoding.decode(bytes)));
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return Ok(Decoded::known(utf_16(rest, u16::from_le_bytes))),
        [0xFE, 0xFF, rest @ ..] => return Ok(Decoded::known(utf_16(rest, u16::from_be_bytes))),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded::known(text.to_owned()));
    }
    let is_utf_8 = |line: &[u8]| !line.is_ascii() && std::str::from_utf8(line).is_ok();
    if lines(bytes).any(is_utf_8) {
        Ok(utf_8_file(bytes))
    } else {
        old_file(bytes)
    }
}

/// The lines with their ends, whichever system wrote them.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.chunk_by(|one, next| *one != b'\n' && (*one != b'\r' || *next == b'\n'))
}

/// A file in UTF-8 but for some lines. A bad line that reads better in another encoding than
/// Windows-1252 is doubtful.
fn utf_8_file(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded::known(String::with_capacity(bytes.len()));
    let mut count = 0;
    for (number, line) in (1..).zip(lines(bytes)) {
        if let Ok(text) = std::str::from_utf8(line) {
            decoded.text.push_str(text);
            continue;
        }
        count += 1;
        let line = Line::partly_utf_8(line);
        decoded.text.push_str(&line.repaired());
        if let (better, true) = line.sense().best() {
            decoded.doubtful.insert(number, line.read(better));
        }
    }
    decoded.warning = Some(wording::imports::partly_old(count).into());
    decoded
}

/// A file without any UTF-8: Windows-1252, unless more lines read better in another encoding, which is
/// asked about. Where fewer do, they are doubtful, if any of them cannot be Windows-1252.
fn old_file(bytes: &[u8]) -> Result<Decoded> {
    let usual = Encoding::Windows1252;
    let mut total = Sense::default();
    let (mut usual_lines, mut other_lines, mut certain) = (0_usize, 0_usize, false);
    for line in lines(bytes).filter(|line| !line.is_ascii()) {
        let sense = Line::old(line).sense();
        total.add(sense);
        usual_lines += usize::from(sense.is_usual());
        if let (_, true) = sense.best() {
            other_lines += 1;
            certain |= sense.usual < 0;
        }
    }
    if let (better, true) = total.best()
        && other_lines > usual_lines
    {
        let word = lines(bytes).find_map(|line| Line::old(line).word(better));
        return Err(which(&word.unwrap_or_default(), better, usual));
    }
    let mut decoded = Decoded::known(usual.decode(bytes));
    decoded.warning = Some(wording::imports::old_encoding(usual.name()).into());
    if certain {
        let numbered = (1..).zip(lines(bytes));
        for (number, line) in numbered.filter(|(_, line)| !line.is_ascii()) {
            let line = Line::old(line);
            if let (better, true) = line.sense().best() {
                decoded.doubtful.insert(number, line.read(better));
            }
        }
    }
    Ok(decoded)
}

/// Asks for the encoding, with a word of the file as each of the two reads it.
fn which(word: &[u8], better: Encoding, usual: Encoding) -> Refusal {
    let word = word.get(..word.len().min(60)).unwrap_or_default();
    let (first, second) = (better.decode(word), usual.decode(word));
    let (key, other): (&str, &str) = (better.into(), usual.into());
    let said =
        wording::imports::which_encoding(better.name(), first, usual.name(), second, key, other);
    let field = Refusal::field("/file", "which_encoding", said.clone());
    Refusal {
        errors: field.errors,
        ..Refusal::new(Problem::ValidationFailed).saying(said)
    }
}

/// Whether the bytes are not text in any encoding that offices use: a workbook (a ZIP archive or an
/// older container), a PDF, or anything else with zero bytes, which only UTF-16 contains.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    is_no_text(bytes) || (!is_sixteen(bytes) && bytes.contains(&0))
}

/// Whether a file is no text that a row or two could be blamed for: it has the mark of a workbook or
/// a PDF, or one byte in ten is zero, as in UTF-16 without its mark.
pub(super) fn is_no_text(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"%PDF-"];
    let start = bytes.get(..4096).unwrap_or(bytes);
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    marks.iter().any(|mark| bytes.starts_with(mark))
        || (!is_sixteen(bytes) && zeros > 0 && zeros * 10 >= start.len())
}

fn is_sixteen(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| unit(pair));
    let mut text: String = char::decode_utf16(units)
        .map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

#[cfg(test)]
mod tests;
