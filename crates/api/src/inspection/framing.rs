//! Checks the start and the end of a file: nothing may come before or after it, and it must not
//! contain a second format that other programs look for from the end.

use vinculo_domain::documents::FileReason;

/// Lenient readers accept a PDF that starts within this many bytes; here it must start at once.
const LENIENT: usize = 1024;
/// How far from the end of a file programs look for a ZIP directory.
const ZIP_TAIL: usize = 65_557;

/// Checks the start and the end of a PDF.
pub(super) fn check(bytes: &[u8]) -> Result<(), FileReason> {
    if !bytes.starts_with(b"%PDF-") {
        let head = bytes.get(..bytes.len().min(LENIENT)).unwrap_or_default();
        // White space alone is not another format, and text that only mentions PDF is not a PDF.
        let blank = head.iter().take_while(|byte| byte.is_ascii_whitespace());
        let blank = blank.count();
        let other = find(head, b"%PDF-", 0).is_some() && blank < head.len();
        return Err(if other {
            FileReason::GluedBefore
        } else {
            FileReason::NotAPdf
        });
    }
    let end = memchr::memmem::rfind(bytes, b"%%EOF").map(|at| at + 5);
    let rest = bytes.get(end.ok_or(FileReason::Truncated)?..);
    if !rest.unwrap_or_default().iter().all(is_filler) {
        return Err(if is_cut(rest.unwrap_or_default()) {
            FileReason::Truncated
        } else {
            FileReason::GluedAfter
        });
    }
    if holds_zip(bytes) {
        return Err(FileReason::GluedAfter);
    }
    Ok(())
}

/// What may follow the end of a file: bytes that some programs use to fill a sector.
pub(super) fn is_filler(byte: &u8) -> bool {
    *byte == 0 || byte.is_ascii_whitespace()
}

/// Whether the bytes after the last end are a revision without an end of its own.
fn is_cut(rest: &[u8]) -> bool {
    let start = rest.iter().position(|byte| !is_filler(byte));
    let text = start.and_then(|at| rest.get(at..)).unwrap_or_default();
    let number = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = number(text);
    let after = text.get(digits + 1..).unwrap_or_default();
    let generation = number(after);
    let word = after.get(generation..).unwrap_or_default();
    digits > 0 && generation > 0 && word.starts_with(b" obj")
}

/// Whether a program that searches from the end of the file would find a ZIP: a directory followed
/// by its end record.
pub(super) fn holds_zip(bytes: &[u8]) -> bool {
    let mut from = bytes.len().saturating_sub(ZIP_TAIL);
    while let Some(at) = find(bytes, b"PK\x05\x06", from) {
        let size = bytes
            .get(at + 12..at + 16)
            .and_then(|four| four.try_into().ok());
        let size = size.map_or(usize::MAX, |four| {
            usize::try_from(u32::from_le_bytes(four)).unwrap_or(usize::MAX)
        });
        let directory = at.checked_sub(size).and_then(|start| bytes.get(start..at));
        if directory.is_some_and(|found| found.is_empty() || found.starts_with(b"PK\x01\x02")) {
            return true;
        }
        from = at + 4;
    }
    false
}

/// The next position of a word.
pub(super) fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memchr::memmem::find(rest, word).map(|at| from + at)
}
