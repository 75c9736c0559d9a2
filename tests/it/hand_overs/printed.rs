//! Reads a PDF back: the text of each page, as somebody who copies it gets it.

use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Object, Stream};
use std::collections::HashMap;

/// What each code of a font means.
type Letters = HashMap<u16, String>;

fn hex(text: &str) -> Vec<u16> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_hexdigit).collect();
    let unit = |four: &[char]| {
        let four: String = four.iter().collect();
        u16::from_str_radix(&four, 16).unwrap()
    };
    digits.chunks(4).map(unit).collect()
}

/// The table of a font from its codes to letters (ISO 32000-1, 9.10.3).
fn letters(font: &Dict<'_>) -> Letters {
    let table: Stream<'_> = font.get("ToUnicode").unwrap();
    let table = String::from_utf8_lossy(&table.decoded().unwrap()).into_owned();
    let mut letters = Letters::new();
    for line in table.lines() {
        let parts: Vec<Vec<u16>> = line.split('<').skip(1).map(hex).collect();
        match parts.as_slice() {
            [code, text] => {
                letters.insert(code[0], String::from_utf16(text).unwrap());
            }
            [from, to, text] => {
                for (step, code) in (from[0]..=to[0]).enumerate() {
                    let mut text = text.clone();
                    *text.last_mut().unwrap() += u16::try_from(step).unwrap();
                    letters.insert(code, String::from_utf16(&text).unwrap());
                }
            }
            _ => {}
        }
    }
    letters
}

/// The lines of text on each page.
pub fn pages(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let file = Pdf::new(bytes).unwrap();
    let pages = file.pages().iter();
    pages
        .map(|page| {
            let (mut lines, mut line) = (Vec::new(), String::new());
            let mut fonts: HashMap<Vec<u8>, Letters> = HashMap::new();
            let mut font = Letters::new();
            let shown = |line: &mut String, font: &Letters, bytes: &[u8]| {
                for code in bytes.chunks(2) {
                    let code = u16::from_be_bytes([code[0], code[1]]);
                    line.push_str(font.get(&code).map_or("", String::as_str));
                }
            };
            let mut operations = page.typed_operations();
            while let Some(operation) = operations.next() {
                match operation {
                    Op::TextFont(set) => {
                        let read = || letters(&page.resources().get_font(set.0).unwrap());
                        font = fonts.entry(set.0.to_vec()).or_insert_with(read).clone();
                    }
                    Op::ShowText(text) => shown(&mut line, &font, text.0.as_bytes()),
                    Op::ShowTexts(texts) => {
                        for part in texts.0.iter::<Object<'_>>() {
                            if let Object::String(text) = part {
                                shown(&mut line, &font, text.as_bytes());
                            }
                        }
                    }
                    Op::EndText(_) => lines.push(std::mem::take(&mut line)),
                    _ => {}
                }
            }
            lines
        })
        .collect()
}
