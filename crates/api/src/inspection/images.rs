//! Scans: a JPEG or PNG image that ends where its format says and that can be displayed.

use super::Verdict;
use super::framing::{holds_zip, is_filler};
use image::{ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use vinculo_domain::documents::{FileReason, MediaType};

/// The first bytes of a JPEG.
pub(super) const JPEG: &[u8] = b"\xFF\xD8\xFF";
/// The first bytes of a PNG.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The longest edge, in pixels: a sheet of A1 at 600 dpi has fewer.
const EDGE: u32 = 20_000;
/// The most memory that the pixels may take, in bytes.
const MEMORY: u64 = 320 * 1024 * 1024;

/// Checks that a file is one complete image and nothing else.
pub(super) fn check(bytes: &[u8], media: MediaType) -> Verdict {
    let (end, format) = match media {
        MediaType::Jpeg => (end_of_jpeg(bytes), ImageFormat::Jpeg),
        _ => (end_of_png(bytes), ImageFormat::Png),
    };
    let rest = end.and_then(|end| bytes.get(end..));
    let rest = rest.ok_or(FileReason::ImageUnreadable)?;
    if !rest.iter().all(is_filler) || holds_zip(bytes) {
        return Err(FileReason::GluedAfter);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(EDGE);
    limits.max_image_height = Some(EDGE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    match reader.decode() {
        Ok(_image) => Ok(media),
        Err(image::ImageError::Limits(_)) => Err(FileReason::TooLarge),
        Err(_) => Err(FileReason::ImageUnreadable),
    }
}

/// Where the last chunk of a PNG ends.
fn end_of_png(bytes: &[u8]) -> Option<usize> {
    let mut at = PNG.len();
    loop {
        let length = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        let next = at.checked_add(12)?.checked_add(length)?;
        if next > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return Some(next);
        }
        at = next;
    }
}

/// Where the marker that ends a JPEG is, found segment by segment, because a thumbnail within a
/// segment has an end marker of its own.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            // Within scan data: skip to the next marker.
            at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        }
        match *bytes.get(at + 1)? {
            0xFF => at += 1,
            0x00 | 0x01 | 0xD0..=0xD7 => at += 2,
            0xD9 => return Some(at + 2),
            _ => {
                let length = bytes.get(at + 2..at + 4)?.try_into().ok()?;
                at = at.checked_add(2 + usize::from(u16::from_be_bytes(length)))?;
            }
        }
    }
}
