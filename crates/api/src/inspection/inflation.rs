//! Compressed streams of a PDF's own structure: how much they unpack to is measured before they
//! are unpacked.

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use std::borrow::Cow;
use std::io::Read;
use vinculo_domain::documents::FileReason;

/// The most that one stream may unpack to.
const ONE: u64 = 32 * 1024 * 1024;
/// The most that all of them may unpack to together.
const ALL: u64 = 192 * 1024 * 1024;

/// What may still be unpacked of a file.
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(ALL)
    }
}

impl Budget {
    /// The unpacked bytes of a stream of the structure. These are packed once, by one method, or
    /// not at all: nothing that writes PDFs does otherwise.
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

/// How much a packed stream gives, up to a little over the bound.
fn measure(raw: &[u8]) -> u64 {
    let mut unpacked = ZlibDecoder::new(raw).take(ONE + 1);
    let mut piece = [0; 16 * 1024];
    let mut size = 0;
    // A stream that breaks off gives what came before.
    while let Ok(read @ 1..) = unpacked.read(&mut piece) {
        size += u64::try_from(read).unwrap_or_default();
    }
    size
}
