//! Checks a PDF. Every object in its bytes is checked, in every revision, even if the newest
//! cross-reference table does not lead to it. Then everything is checked again as a reader finds
//! it.

use super::Verdict;
use super::framing::{self, find};
use super::inflation::Budget;
use super::pages;
use super::walk::Walk;
use hayro_syntax::object::{Dict, FromBytes, MaybeRef, Object, Stream};
use hayro_syntax::{LoadPdfError, Pdf};
use vinculo_domain::documents::{FileReason, MediaType};

/// How many objects a file may have.
const OBJECTS: usize = 300_000;

/// Checks that a file is a PDF without anything that a document must not contain.
pub(super) fn check(bytes: Vec<u8>) -> Verdict {
    framing::check(&bytes)?;
    Scan::default().all(&bytes)?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => FileReason::Encrypted,
        LoadPdfError::Invalid => FileReason::Unreadable,
    })?;
    if pdf.len() > OBJECTS {
        return Err(FileReason::TooComplex);
    }
    // Only a reader that follows references sees streams whose length is stored elsewhere.
    let mut scan = Scan::default();
    for object in pdf.objects() {
        scan.object(&object)?;
    }
    pages::check(&pdf)?;
    Ok(MediaType::Pdf)
}

/// What has been checked so far.
#[derive(Default)]
struct Scan {
    walk: Walk,
    budget: Budget,
    objects: usize,
}

impl Scan {
    /// Checks every object and trailer in the bytes.
    fn all(&mut self, bytes: &[u8]) -> Result<(), FileReason> {
        let mut from = 0;
        // Where the data of the last stream end: bytes inside a stream may only look like an
        // object.
        let mut data_end = 0;
        // Overlapping streams would be read again and again; the streams of a valid file fit into
        // this.
        let mut room = bytes.len().saturating_mul(2);
        while let Some(at) = find(bytes, b"obj", from) {
            from = at + 3;
            let Some(start) = heading(bytes, at) else {
                continue;
            };
            let body = bytes.get(from..).unwrap_or_default();
            let body = body.trim_ascii_start();
            match Object::from_bytes(body) {
                Some(object) => {
                    if let Object::Stream(stream) = &object {
                        let length = stream.raw_data().len();
                        data_end = data_end.max(from + length);
                        room = room.checked_sub(length).ok_or(FileReason::TooComplex)?;
                    }
                    self.object(&object)?;
                }
                None if start < data_end => {}
                None => return Err(FileReason::Unreadable),
            }
        }
        from = 0;
        while let Some(at) = find(bytes, b"trailer", from) {
            from = at + 7;
            let body = bytes.get(from..).unwrap_or_default().trim_ascii_start();
            if let Some(dict) = Dict::from_bytes(body) {
                self.walk.object(&Object::Dict(dict))?;
            }
        }
        Ok(())
    }

    fn object(&mut self, object: &Object<'_>) -> Result<(), FileReason> {
        self.objects += 1;
        if self.objects > OBJECTS {
            return Err(FileReason::TooComplex);
        }
        self.walk.object(object)?;
        if let Object::Stream(stream) = object {
            self.stream(stream)?;
        }
        Ok(())
    }

    /// Structural streams: packed objects and cross-reference tables.
    fn stream(&mut self, stream: &Stream<'_>) -> Result<(), FileReason> {
        let dict = stream.dict();
        let kind = dict.get_raw::<Object<'_>>("Type");
        let is = |word: &[u8]| matches!(&kind, Some(MaybeRef::NotRef(Object::Name(name))) if name.as_ref() == word);
        if is(b"ObjStm") || dict.contains_key("First") && dict.contains_key("N") {
            let data = self.budget.unpack(stream)?;
            return self.packed(dict, &data);
        }
        if is(b"XRef") || dict.contains_key("W") && dict.contains_key("Size") {
            self.budget.unpack(stream)?;
        }
        Ok(())
    }

    /// Objects packed into a stream: pairs of number and place, then the objects.
    fn packed(&mut self, dict: &Dict<'_>, data: &[u8]) -> Result<(), FileReason> {
        let number = |key: &str| match dict.get_raw::<Object<'_>>(key) {
            Some(MaybeRef::NotRef(Object::Number(number))) => usize::try_from(number.as_i64()).ok(),
            _ => None,
        };
        let (Some(first), Some(count)) = (number("First"), number("N")) else {
            return Err(FileReason::Unreadable);
        };
        let head = data.get(..first).ok_or(FileReason::Unreadable)?;
        let mut words = head
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty());
        for _ in 0..count {
            let (Some(_number), Some(place)) = (words.next(), words.next()) else {
                return Err(FileReason::Unreadable);
            };
            let place = std::str::from_utf8(place)
                .ok()
                .and_then(|word| word.parse().ok());
            let place: usize = place.ok_or(FileReason::Unreadable)?;
            let body = first.checked_add(place).and_then(|at| data.get(at..));
            let body = body.ok_or(FileReason::Unreadable)?.trim_ascii_start();
            self.objects += 1;
            if self.objects > OBJECTS {
                return Err(FileReason::TooComplex);
            }
            let object = Object::from_bytes(body).ok_or(FileReason::Unreadable)?;
            self.walk.object(&object)?;
        }
        Ok(())
    }
}

/// Where the object's number begins if the word `obj` here starts an object; none otherwise.
fn heading(bytes: &[u8], at: usize) -> Option<usize> {
    let mut rest = bytes.get(..at)?;
    for _ in 0..2 {
        let trimmed = rest.trim_ascii_end();
        let digits = trimmed
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits == 0 {
            return None;
        }
        rest = trimmed.get(..trimmed.len() - digits)?;
    }
    Some(rest.len())
}
