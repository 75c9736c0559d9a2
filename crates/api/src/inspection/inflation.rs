//! Compressed streams of a PDF's own structure: their unpacked size is measured before they are
//! unpacked.

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use std::borrow::Cow;
use std::io::Read;
use vinculo_domain::documents::FileReason;

/// The largest unpacked size of one stream.
const ONE: u64 = 32 * 1024 * 1024;
/// The largest unpacked size of all streams together.
const ALL: u64 = 192 * 1024 * 1024;

/// How many bytes of a file may still be unpacked.
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(ALL)
    }
}

impl Budget {
    /// The unpacked bytes of a structural stream. Such a stream is packed once by one method, or
    /// not at all; no program that writes PDFs does otherwise.
    pub(super) fn unpack<'a>(&mut self, stream: &Stream<'a>) -> Result<Cow<'a, [u8]>, FileReason> {
        let raw = stream.raw_data();
        let packed = stream.dict().contains_key("Filter");
        let size = match stream.filters().as_slice() {
            [] if !packed => u64::try_from(raw.len()).unwrap_or(u64::MAX),
            [Filter::FlateDecode] => measure(&raw),
            _ => return Err(FileReason::TooComplex),
        };
        if size > ONE || size > self.0 {
            return Err(FileReason::TooComplex);
        }
        self.0 -= size;
        stream.decoded().map_err(|_failure| FileReason::Unreadable)
    }
}

/// The unpacked size of a stream, measured up to just over the limit.
fn measure(raw: &[u8]) -> u64 {
    let mut unpacked = ZlibDecoder::new(raw).take(ONE + 1);
    let mut piece = [0; 16 * 1024];
    let mut size = 0;
    // A truncated stream yields the bytes before the break.
    while let Ok(read @ 1..) = unpacked.read(&mut piece) {
        size += u64::try_from(read).unwrap_or_default();
    }
    size
}
