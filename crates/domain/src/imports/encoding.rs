//! Decodes bytes to text: UTF-8, which the platform itself writes, and the formats that spreadsheets
//! save in Mexican offices. A file is judged line by line: one line in another encoding, pasted from
//! an older file, does not make the others unreadable.

use crate::charsets::Encoding;
use crate::problems::Problem;
use crate::refusal::{BilingualText, Refusal, Result};
use crate::wording;

/// The text of a file, and what should be checked about how it was decoded.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) warning: Option<BilingualText>,
}

/// Decodes a file in the encoding that its sender names, or in the one that its bytes show. Refused
/// where two encodings fit and only a person can tell: the refusal shows both readings.
pub(super) fn decode(bytes: &[u8], named: Option<Encoding>) -> Result<Decoded> {
    let known = |text: String| Decoded {
        text,
        warning: None,
    };
    if let Some(encoding) = named {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        return Ok(known(encoding.decode(bytes)));
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return Ok(known(utf_16(rest, u16::from_le_bytes))),
        [0xFE, 0xFF, rest @ ..] => return Ok(known(utf_16(rest, u16::from_be_bytes))),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(known(text.to_owned()));
    }
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let (good, bad): (Vec<&[u8]>, Vec<&[u8]>) = lines()
        .filter(|line| !line.is_ascii())
        .partition(|line| std::str::from_utf8(line).is_ok());
    if good.is_empty() {
        return old_file(bytes);
    }
    let text = lines().map(repaired).collect();
    let count = bad.len();
    Ok(Decoded {
        text,
        warning: Some(wording::imports::partly_old(count).into()),
    })
}

/// A line of a UTF-8 file: as it is, or with its bad bytes read as Windows-1252 where that gives
/// letters; otherwise with the replacement character, which is refused in rows.
fn repaired(line: &[u8]) -> String {
    let mut text = String::with_capacity(line.len());
    for chunk in line.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|&byte| {
            let read = Encoding::Windows1252.character(byte);
            if read.is_alphabetic() || "ºª°“”‘’–—…€¿¡«»".contains(read) {
                read
            } else {
                char::REPLACEMENT_CHARACTER
            }
        }));
    }
    text
}

/// A file without any UTF-8: Windows-1252, unless another encoding gives better words.
fn old_file(bytes: &[u8]) -> Result<Decoded> {
    let usual = Encoding::Windows1252;
    let better = [Encoding::Cp850, Encoding::Macintosh]
        .into_iter()
        .map(|encoding| (sense(encoding, bytes), encoding))
        .max_by_key(|(sense, _)| *sense)
        .filter(|(better, _)| *better > sense(usual, bytes));
    if let Some((_, better)) = better {
        return Err(which(bytes, better, usual));
    }
    let name = usual.name();
    Ok(Decoded {
        text: usual.decode(bytes),
        warning: Some(wording::imports::old_encoding(name).into()),
    })
}

/// How well an encoding explains the bytes beyond ASCII that stand beside letters: accented letters
/// of Spanish speak for it, symbols inside words against it.
fn sense(encoding: Encoding, bytes: &[u8]) -> i64 {
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphabetic)
    };
    let weigh = |(at, byte): (usize, &u8)| {
        let inside = is_letter(at.checked_sub(1)) && is_letter(at.checked_add(1));
        if byte.is_ascii() || !inside {
            return 0;
        }
        let read = encoding.character(*byte);
        if "áéíóúñüÁÉÍÓÚÑÜ".contains(read) {
            2
        } else if read.is_alphabetic() && read != 'µ' {
            1
        } else if read == '’' && !is_letter(at.checked_sub(2)) {
            // An elision, as in “l’Hospitalet”.
            2
        } else if "’‘–—·".contains(read) {
            0
        } else {
            -2
        }
    };
    bytes.iter().enumerate().map(weigh).sum()
}

/// Asks for the encoding, with a word of the file as each of the two reads it.
fn which(bytes: &[u8], better: Encoding, usual: Encoding) -> Refusal {
    let word = bytes
        .split(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii())
        .find(|word| !word.is_ascii())
        .unwrap_or_default();
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
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None).unwrap().text
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        assert_eq!(text("país".as_bytes()), "país");
        assert_eq!(text(b"\xEF\xBB\xBFpa\xC3\xADs"), "país");
        let latin = decode(b"pa\xEDs \x93a\x94 \x80", None).unwrap();
        assert_eq!(latin.text, "país “a” €");
        assert!(latin.warning.unwrap().en.contains("Windows-1252"));
        assert_eq!(text(b"\xFF\xFEp\0\xF1\0"), "pñ");
        assert_eq!(text(b"\xFE\xFF\0p\0\xF1"), "pñ");
    }

    #[test]
    fn undefined_bytes_are_visible() {
        assert_eq!(text(b"\xE1\x81"), "á\u{FFFD}");
        assert_eq!(text(b"\xFF\xFEp\0q"), "p\u{FFFD}");
    }

    #[test]
    fn one_line_in_another_encoding_does_not_spoil_the_others() {
        let mixed = "León\nM\u{1}laga\nKioto\n"
            .replace('\u{1}', "#")
            .into_bytes();
        let mut mixed: Vec<u8> = mixed;
        let at = mixed.iter().position(|byte| *byte == b'#').unwrap();
        mixed[at] = 0xE1;
        let read = decode(&mixed, None).unwrap();
        assert_eq!(read.text, "León\nMálaga\nKioto\n");
        assert!(read.warning.unwrap().en.contains("1 lines"));
        mixed[at] = 0x81;
        assert_eq!(text(&mixed), "León\nM\u{FFFD}laga\nKioto\n");
    }

    #[test]
    fn old_encodings_are_recognised_and_asked_about() {
        for (bytes, word) in [
            (&b"Jalisco,P\xA2voa de Varzim"[..], "cp850"),
            (b"M\x82rida,Le\xA2n", "cp850"),
            (b"Espa\xA4a", "cp850"),
            (b"M\x87laga", "macintosh"),
            (b"Garc\x92a,Espa\x96a", "macintosh"),
        ] {
            let refusal = decode(bytes, None).err().unwrap();
            let said = refusal.errors[0].clone();
            assert_eq!(said.code, "which_encoding");
            assert!(
                said.said.en.contains(&format!("encoding={word}")),
                "{}",
                said.said.en
            );
        }
        let named = decode(b"P\xA2voa", Some(Encoding::Cp850)).unwrap();
        assert_eq!(named.text, "Póvoa");
    }

    #[test]
    fn the_usual_old_encoding_is_taken_without_asking() {
        for bytes in [
            &b"M\xE1laga,Le\xF3n,Garc\xEDa,Espa\xF1a,M\xE9rida,Canc\xFAn"[..],
            b"S\xE3o Paulo,Gie\xDFen,Z\xFCrich",
            b"CANC\xDAN,LE\xD3N,M\xC9XICO,ESPA\xD1A",
            b"l\x92H\xF4pital",
        ] {
            assert!(decode(bytes, None).is_ok(), "{bytes:?}");
        }
    }
}
