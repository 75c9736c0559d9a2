//! Letters written as a code where text should stand, and the tags of HTML.

use crate::charsets::Encoding;

/// The text without tags, and with coded letters written as letters.
pub(super) fn plain(text: String) -> String {
    let mut text = text;
    if text.contains('<') {
        text = without_code_points(&text);
        text = without_tags(&text);
    }
    if text.contains('\\') {
        text = without_code_points(&text);
    }
    for mark in ['%', '='] {
        if text.contains(mark) {
            text = without_coded_bytes(&text, mark);
        }
    }
    text
}

/// The tags that web pages and word processors put around and into a name.
const TAGS: [&str; 17] = [
    "a", "b", "br", "div", "em", "font", "i", "li", "o", "p", "small", "span", "strong", "sub",
    "sup", "td", "u",
];

/// How long a tag may be.
const MAX_TAG: usize = 300;

fn without_tags(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some((before, after)) = rest.split_once('<') {
        mended.push_str(before);
        match after_tag(after) {
            Some((tag, next)) => {
                found = true;
                if matches!(tag.as_str(), "br" | "div" | "li" | "p" | "td") {
                    mended.push(' ');
                }
                rest = next;
            }
            None => {
                mended.push('<');
                rest = after;
            }
        }
    }
    mended.push_str(rest);
    if found {
        mended.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        mended
    }
}

/// The name of the tag that begins here, and what follows the tag.
fn after_tag(text: &str) -> Option<(String, &str)> {
    let end = text.bytes().take(MAX_TAG).position(|byte| byte == b'>')?;
    let (inside, next) = (text.get(..end)?, text.get(end + 1..)?);
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let name = inside.split([' ', '/', ':']).next()?.to_ascii_lowercase();
    TAGS.contains(&name.as_str()).then_some((name, next))
}

/// How programs write the number of a letter: what stands before it, how many digits it has where
/// nothing ends it, and what ends it.
const CODES: [(&str, usize, &str); 5] = [
    ("\\u{", 0, "}"),
    ("\\x{", 0, "}"),
    ("<U+", 0, ">"),
    ("\\u", 4, ""),
    ("\\x", 2, ""),
];

fn without_code_points(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match code_point(rest) {
            Some((letter, next)) => {
                mended.push(letter);
                rest = next;
            }
            None => {
                mended.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    mended
}

/// The letter that a code stands for, and what follows the code.
fn code_point(text: &str) -> Option<(char, &str)> {
    CODES.iter().find_map(|(start, digits, end)| {
        let code = text.strip_prefix(start)?;
        let digits = match digits {
            0 => code
                .bytes()
                .take(9)
                .position(|byte| end.as_bytes() == [byte])?,
            fixed => *fixed,
        };
        let next = code.get(digits..)?.strip_prefix(end)?;
        let letter = char::from_u32(number(code.get(..digits)?)?)?;
        letter.is_alphabetic().then_some((letter, next))
    })
}

fn number(hexadecimal: &str) -> Option<u32> {
    let digits = hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits
        .then(|| u32::from_str_radix(hexadecimal, 16).ok())
        .flatten()
}

/// Replaces runs of coded bytes, as in addresses (`%C3%A1`) and mails (`=C3=A1`), that are letters. A
/// sign after a digit is that of a percentage or an equation.
fn without_coded_bytes(text: &str, mark: char) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        let (before, run) = rest.split_at(at);
        mended.push_str(before);
        let (bytes, next) = coded_bytes(run, mark);
        let digit = mended
            .trim_end()
            .ends_with(|one: char| one.is_ascii_digit());
        match letters(&bytes, mark).filter(|_| !digit) {
            Some(letters) => {
                mended.push_str(&letters);
                rest = next;
            }
            None => {
                mended.push(mark);
                rest = run.strip_prefix(mark).unwrap_or_default();
            }
        }
    }
    mended.push_str(rest);
    mended
}

/// The bytes coded at the beginning of a text, and what follows them.
fn coded_bytes(text: &str, mark: char) -> (Vec<u8>, &str) {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(code) = rest.strip_prefix(mark)
        && let Some((digits, next)) = code.split_at_checked(2)
        && let Some(byte) = number(digits).and_then(|number| u8::try_from(number).ok())
    {
        bytes.push(byte);
        rest = next;
    }
    (bytes, rest)
}

/// The letters of coded bytes, in UTF-8 or Windows-1252; in addresses spaces are coded too.
fn letters(bytes: &[u8], mark: char) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => Encoding::Windows1252.decode(bytes),
    };
    let is_letter =
        |one: char| (one == ' ' && mark == '%') || (!one.is_ascii() && one.is_alphabetic());
    (!text.is_empty() && text.chars().all(is_letter)).then_some(text)
}
