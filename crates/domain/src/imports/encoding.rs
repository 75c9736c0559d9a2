//! Decodes bytes to text: UTF-8, which the platform itself writes, and the formats that Excel saves
//! in Mexican offices, Windows-1252 for "CSV" and UTF-16 for "Unicode text".

/// The text of a file and how it was decoded.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding that had to be assumed; absent if the file declares it.
    pub(super) assumed: Option<&'static str>,
}

/// The characters of bytes 0x80 to 0x9F in Windows-1252 (WHATWG Encoding, index windows-1252). Its
/// five undefined bytes become the replacement character, which is refused in rows.
const HIGH: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
    '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}',
    'ž', 'Ÿ',
];

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let known = |text: String| Decoded {
        text,
        assumed: None,
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return known(utf_16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => return known(utf_16(rest, u16::from_be_bytes)),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => known(text.to_owned()),
        Err(_) => Decoded {
            text: bytes.iter().map(|&byte| windows_1252(byte)).collect(),
            assumed: Some("Windows-1252"),
        },
    }
}

/// Whether the bytes are not text in any encoding that offices use: a workbook (a ZIP archive or an
/// older container), a PDF, or anything else with zero bytes, which only UTF-16 contains.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"%PDF-"];
    let sixteen = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    marks.iter().any(|mark| bytes.starts_with(mark)) || (!sixteen && bytes.contains(&0))
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => HIGH
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or('\u{FFFD}'),
        _ => char::from(byte),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| unit(pair));
    let mut text: String = char::decode_utf16(units)
        .map(|read| read.unwrap_or('\u{FFFD}'))
        .collect();
    if !odd.is_empty() {
        text.push('\u{FFFD}');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn reads_what_spreadsheets_write() {
        assert_eq!(decode("país".as_bytes()).text, "país");
        assert_eq!(decode(b"\xEF\xBB\xBFpa\xC3\xADs").text, "país");
        let latin = decode(b"pa\xEDs \x93a\x94 \x80");
        assert_eq!(latin.text, "país “a” €");
        assert_eq!(latin.assumed, Some("Windows-1252"));
        assert_eq!(decode(b"\xFF\xFEp\0\xF1\0").text, "pñ");
        assert_eq!(decode(b"\xFE\xFF\0p\0\xF1").text, "pñ");
    }

    #[test]
    fn undefined_bytes_are_visible() {
        assert_eq!(decode(b"\xE1\x81").text, "á\u{FFFD}");
        assert_eq!(decode(b"\xFF\xFEp\0q").text, "p\u{FFFD}");
    }
}
