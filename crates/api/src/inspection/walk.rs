//! Checks the objects of a PDF one by one, down to the last entry, for what they must not contain.

use hayro_syntax::object::{Array, Dict, MaybeRef, Object};
use vinculo_domain::documents::FileReason;

/// How deep entries may be nested.
const DEPTH: usize = 64;
/// How many entries a file may have in all.
const ENTRIES: u64 = 8_000_000;
/// The most pixels of one image: a sheet of A0 at 600 dpi has half as many.
const PIXELS: i64 = 1 << 30;
/// The largest coordinate of a page's edge, in points: 350 metres.
const EDGE: f64 = 1_000_000.0;

/// Keys of dictionaries whose own keys are names that the producer chose.
const NAMING: [&[u8]; 9] = [
    b"Font",
    b"XObject",
    b"ExtGState",
    b"ColorSpace",
    b"Pattern",
    b"Shading",
    b"Properties",
    b"CharProcs",
    b"Dests",
];

/// How many entries may still be read.
pub(super) struct Walk(u64);

impl Default for Walk {
    fn default() -> Self {
        Self(ENTRIES)
    }
}

impl Walk {
    /// Checks an object that others refer to. A bare name may be the target of a reference.
    pub(super) fn object(&mut self, object: &Object<'_>) -> Result<(), FileReason> {
        if let Object::Name(name) = object {
            action(name.as_ref())?;
            part(name.as_ref())?;
        }
        self.value(object, false, 0)
    }

    fn value(&mut self, value: &Object<'_>, naming: bool, depth: usize) -> Result<(), FileReason> {
        if depth > DEPTH {
            return Err(FileReason::TooComplex);
        }
        match value {
            Object::Dict(dict) => self.dict(dict, naming, depth),
            Object::Array(array) => self.array(array, depth),
            Object::Stream(stream) => {
                let dict = stream.dict();
                // A stream that names a file takes its bytes from there.
                match dict.get_raw::<Object<'_>>("F") {
                    None | Some(MaybeRef::NotRef(Object::Name(_) | Object::Array(_))) => {}
                    Some(_) => return Err(FileReason::ExternalFile),
                }
                self.dict(dict, false, depth)
            }
            _ => Ok(()),
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, naming: bool, depth: usize) -> Result<(), FileReason> {
        if !naming {
            for name in dict.keys() {
                key(name.as_ref())?;
            }
            of_kind(dict)?;
        }
        for (name, value) in dict.entries() {
            self.spend()?;
            if let MaybeRef::NotRef(value) = value {
                if name.as_ref() == b"MediaBox" {
                    measured(&value)?;
                }
                let naming = !naming && NAMING.contains(&name.as_ref());
                self.value(&value, naming, depth + 1)?;
            }
        }
        Ok(())
    }

    fn array(&mut self, array: &Array<'_>, depth: usize) -> Result<(), FileReason> {
        for value in array.raw_iter() {
            self.spend()?;
            if let MaybeRef::NotRef(value) = value {
                self.value(&value, false, depth + 1)?;
            }
        }
        Ok(())
    }

    fn spend(&mut self) -> Result<(), FileReason> {
        self.0 = self.0.checked_sub(1).ok_or(FileReason::TooComplex)?;
        Ok(())
    }
}

/// Keys that mean the same thing in every dictionary.
fn key(name: &[u8]) -> Result<(), FileReason> {
    Err(match name {
        b"JS" | b"JavaScript" => FileReason::Javascript,
        b"AA" => FileReason::AutomaticAction,
        b"EmbeddedFiles" | b"EF" | b"AF" | b"Collection" => FileReason::EmbeddedFile,
        b"RichMediaContent" | b"RichMediaSettings" => FileReason::RichMedia,
        b"XFA" => FileReason::XfaForm,
        b"Encrypt" => FileReason::Encrypted,
        _ => return Ok(()),
    })
}

/// Kinds of actions that run or send something, or that leave the file.
fn action(name: &[u8]) -> Result<(), FileReason> {
    Err(match name {
        b"JavaScript" => FileReason::Javascript,
        b"Launch" | b"GoToR" | b"GoToE" | b"SubmitForm" | b"ImportData" | b"Rendition" => {
            FileReason::ActiveAction
        }
        b"Movie" | b"Sound" | b"RichMediaExecute" => FileReason::RichMedia,
        _ => return Ok(()),
    })
}

/// Kinds of objects and annotations that do not belong in a document.
fn part(name: &[u8]) -> Result<(), FileReason> {
    Err(match name {
        b"EmbeddedFile" | b"FileAttachment" => FileReason::EmbeddedFile,
        b"RichMedia" | b"3D" | b"Movie" | b"Sound" | b"Screen" => FileReason::RichMedia,
        _ => return Ok(()),
    })
}

/// Checks what a dictionary declares itself to be.
fn of_kind(dict: &Dict<'_>) -> Result<(), FileReason> {
    let value = |key: &str| match dict.get_raw::<Object<'_>>(key) {
        Some(MaybeRef::NotRef(value)) => Some(value),
        _ => None,
    };
    let name = |key: &str| match value(key) {
        Some(Object::Name(name)) => Some(name),
        _ => None,
    };
    if let Some(kind) = name("S") {
        action(kind.as_ref())?;
        // These keys start a program whatever the kind says; the kind may be given twice.
        let acts = matches!(kind.as_ref(), b"GoTo" | b"URI" | b"Named" | b"Thread");
        if acts && (dict.contains_key("F") || dict.contains_key("Win")) {
            return Err(FileReason::ActiveAction);
        }
    }
    for kind in [name("Type"), name("Subtype")].into_iter().flatten() {
        part(kind.as_ref())?;
        let number = |key: &str| match value(key) {
            Some(Object::Number(number)) => number.as_i64(),
            _ => 0,
        };
        if kind.as_ref() == b"Image"
            && number("Width").saturating_mul(number("Height")).abs() > PIXELS
        {
            return Err(FileReason::TooLarge);
        }
    }
    Ok(())
}

/// Checks the size of a page.
fn measured(value: &Object<'_>) -> Result<(), FileReason> {
    let Object::Array(edges) = value else {
        return Ok(());
    };
    for edge in edges.raw_iter().take(4) {
        if let MaybeRef::NotRef(Object::Number(edge)) = edge
            && edge.as_f64().abs() > EDGE
        {
            return Err(FileReason::TooLarge);
        }
    }
    Ok(())
}
