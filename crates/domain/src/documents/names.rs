//! The stored name of a document: the sender's name, made safe to show and save, with the extension
//! of the actual file type.

use super::MediaType;
use crate::limits::{MAX_FILE_NAME_BYTES, MAX_SENT_FILE_NAME};

/// Extensions that are removed before the right one is added: types that systems open or run.
const ENDINGS: [&str; 26] = [
    "pdf", "jpg", "jpeg", "png", "exe", "com", "bat", "cmd", "scr", "pif", "msi", "js", "jse",
    "vbs", "wsf", "hta", "html", "htm", "svg", "xml", "zip", "jar", "lnk", "ps1", "sh", "php",
];
/// Names that mean a device on some systems, whatever their extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The name under which a file is stored. An empty or too long name is left as it is and refused
/// later.
pub fn stored_name(sent: &str, media: MediaType) -> String {
    if sent.trim().is_empty() || sent.chars().count() > MAX_SENT_FILE_NAME {
        return sent.to_owned();
    }
    let clean: String = sent.chars().filter_map(safe).collect();
    // A name that consists only of an extension is no name.
    let bare = clean.trim_start().starts_with('.');
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let clean = if bare && is_ending(clean) { "" } else { clean };
    let (mut stem, mut ending) = (clean, media.ending());
    while let Some((before, last)) = stem.rsplit_once('.') {
        if !is_ending(last) {
            break;
        }
        // If the last extension is already right, the sender's spelling of it stays.
        if stem.len() == clean.len() && media.has_ending(last) {
            ending = last;
        }
        stem = before.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    }
    let mut stem = if stem.is_empty() { "documento" } else { stem }.to_owned();
    if is_device(&stem) {
        stem.insert(0, '_');
    }
    let room = MAX_FILE_NAME_BYTES.saturating_sub(ending.len() + 1);
    while stem.len() > room {
        stem.pop();
    }
    format!("{stem}.{ending}")
}

fn is_ending(word: &str) -> bool {
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A character made safe for a name: none that controls a terminal, changes the text direction, is
/// invisible, or has a meaning in a path.
fn safe(c: char) -> Option<char> {
    let hidden = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    if c.is_control() || hidden {
        None
    } else if matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') {
        Some('_')
    } else {
        Some(c)
    }
}

fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end();
    let lower = first.to_lowercase();
    let numbered = lower
        .strip_prefix("com")
        .or_else(|| lower.strip_prefix("lpt"));
    DEVICES.contains(&lower.as_str())
        || numbered.is_some_and(|rest| {
            rest.chars().count() == 1
                && rest
                    .chars()
                    .all(|c| c.is_ascii_digit() || "¹²³".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use MediaType::{Jpeg, Pdf, Png};

    #[test]
    fn a_name_ends_as_its_bytes_do() {
        for (sent, media, kept) in [
            ("acta.pdf", Pdf, "acta.pdf"),
            ("acta.PDF", Pdf, "acta.PDF"),
            ("acta.exe", Pdf, "acta.pdf"),
            ("acta.pdf.exe", Pdf, "acta.pdf"),
            ("acta.exe.pdf", Pdf, "acta.pdf"),
            ("acta", Pdf, "acta.pdf"),
            ("acta v1.2", Pdf, "acta v1.2.pdf"),
            ("acta.pdf. . ", Pdf, "acta.pdf"),
            ("acta.pdf", Jpeg, "acta.jpg"),
            ("acta.jpeg", Jpeg, "acta.jpeg"),
            ("acta.JPG", Png, "acta.png"),
            (".pdf", Pdf, "documento.pdf"),
            (" ", Pdf, " "),
            ("...", Png, "documento.png"),
            ("acta\u{202e}fdp.exe", Pdf, "actafdp.pdf"),
            ("ac\r\nta\0.pdf", Pdf, "acta.pdf"),
            ("a:b|c.pdf", Pdf, "a_b_c.pdf"),
            ("NUL.pdf", Pdf, "_NUL.pdf"),
            ("com1.acta.pdf", Pdf, "_com1.acta.pdf"),
            ("comité.pdf", Pdf, "comité.pdf"),
            (
                "Convenio de Cooperación – León.pdf",
                Pdf,
                "Convenio de Cooperación – León.pdf",
            ),
        ] {
            assert_eq!(stored_name(sent, media), kept, "{sent:?}");
        }
    }

    #[test]
    fn a_name_is_cut_between_two_characters() {
        let kept = stored_name(&format!("{}.pdf", "ñ".repeat(200)), Pdf);
        assert_eq!(kept.len(), 254);
        assert!(kept.ends_with("ñ.pdf"));
        assert_eq!(stored_name(&"n".repeat(256), Pdf).len(), 256);
    }
}
