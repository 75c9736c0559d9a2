//! Scans: a JPEG or PNG image that ends where its format says and that can be displayed.

use super::Verdict;
use super::framing::{holds_zip, is_filler};
use png::{DecodingError, Transformations};
use std::io::Cursor;
use vinculo_domain::documents::{FileReason, MediaType};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The first bytes of a JPEG.
pub(super) const JPEG: &[u8] = b"\xFF\xD8\xFF";
/// The first bytes of a PNG.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The longest edge, in pixels: a sheet of A1 at 600 dpi has fewer.
const EDGE: usize = 20_000;
/// The most memory that the pixels may take, in bytes.
const MEMORY: usize = 320 * 1024 * 1024;

/// Checks that a file is one complete image and nothing else.
pub(super) fn check(bytes: &[u8], media: MediaType) -> Verdict {
    let is_jpeg = media == MediaType::Jpeg;
    let end = if is_jpeg {
        end_of_jpeg(bytes)
    } else {
        end_of_png(bytes)
    };
    let rest = end.and_then(|end| bytes.get(end..));
    let rest = rest.ok_or(FileReason::ImageUnreadable)?;
    if !rest.iter().all(is_filler) || holds_zip(bytes) {
        return Err(FileReason::GluedAfter);
    }
    if is_jpeg {
        decode_jpeg(bytes)?;
    } else {
        decode_png(bytes)?;
    }
    Ok(media)
}

/// Refuses an image that is too large, before memory is taken for its pixels.
fn require_room(edges: [usize; 2], pixels: Option<usize>) -> Result<usize, FileReason> {
    let fits = edges.iter().all(|edge| *edge <= EDGE);
    pixels
        .filter(|size| fits && *size <= MEMORY)
        .ok_or(FileReason::TooLarge)
}

fn decode_jpeg(bytes: &[u8]) -> Result<(), FileReason> {
    let unreadable = |_| FileReason::ImageUnreadable;
    // Our own limits say that an image is too large, not that it is unreadable.
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(unreadable)?;
    // Grey stays grey; every other colour space becomes red, green and blue.
    if decoder.input_colorspace() == Some(ColorSpace::Luma) {
        let grey = decoder.options().jpeg_set_out_colorspace(ColorSpace::Luma);
        decoder.set_options(grey);
    }
    let (width, height) = decoder.dimensions().ok_or(FileReason::ImageUnreadable)?;
    require_room([width, height], decoder.output_buffer_size())?;
    decoder.decode().map(drop).map_err(unreadable)
}

fn decode_png(bytes: &[u8]) -> Result<(), FileReason> {
    let unreadable = |error| match error {
        DecodingError::LimitsExceeded => FileReason::TooLarge,
        _ => FileReason::ImageUnreadable,
    };
    let limits = png::Limits { bytes: MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(unreadable)?;
    let edge = |edge: u32| usize::try_from(edge).unwrap_or(usize::MAX);
    let edges = [edge(reader.info().width), edge(reader.info().height)];
    let size = require_room(edges, reader.output_buffer_size())?;
    let mut pixels = vec![0; size];
    reader.next_frame(&mut pixels).map(drop).map_err(unreadable)
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
