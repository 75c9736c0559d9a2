//! Reads a request body as the type that an operation takes, and points at what is wrong in it.

mod place;

use self::place::innermost;
use crate::params::INVALID_VALUE;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::limits::MAX_ERRORS;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Result, Said};

/// Converts a value to the type that an operation takes, or says where it does not fit. `read_only`
/// are fields that the system writes; unknown fields are refused with 400.
pub fn typed<T: DeserializeOwned>(value: Value, read_only: &[&str]) -> Result<T> {
    refuse_read_only(&value, read_only)?;
    if !value.is_object() {
        return Err(no_object());
    }
    read(&value).map_err(|(place, cause)| complaint(place, &cause))
}

/// Refuses a body that has fields that the system writes.
pub fn refuse_read_only(value: &Value, read_only: &[&str]) -> Result<()> {
    let sent: Vec<String> = value
        .as_object()
        .map(|object| {
            object
                .keys()
                .filter(|key| read_only.contains(&key.as_str()))
                .cloned()
                .collect()
        })
        .unwrap_or_default();
    if sent.is_empty() {
        return Ok(());
    }
    let errors = sent
        .into_iter()
        .map(|key| {
            error(
                format!("/{key}"),
                "read_only",
                wording::requests::read_only(),
            )
        })
        .collect();
    Err(Refusal {
        errors,
        ..Refusal::new(Problem::ReadOnly)
    })
}

/// Reads a value as a type; otherwise, where it does not fit and the parser's complaint.
fn read<T: DeserializeOwned>(value: &Value) -> std::result::Result<T, (String, String)> {
    serde_path_to_error::deserialize(value).map_err(|failure| {
        let cause = failure.inner().to_string();
        let place = innermost::<T>(value, pointer(failure.path()), &cause);
        (place, cause)
    })
}

/// The refusal of a body that is a list, a text or a number.
pub fn no_object() -> Refusal {
    let said = wording::requests::object();
    Refusal {
        errors: vec![error(String::new(), "wrong_type", said)],
        ..Refusal::new(Problem::InvalidBody)
    }
}

/// Rewrites the parser's complaint in the service's own words.
fn complaint(place: String, cause: &str) -> Refusal {
    let (problem, error) = if cause.starts_with("unknown field") {
        let said = wording::requests::unknown_field();
        let error = error(place, "unknown_field", said);
        (Problem::UnknownField, error.admitting(expected(cause)))
    } else if let Some(name) = missing(cause) {
        let pointer = format!("{place}/{name}");
        let said = wording::requests::missing_field();
        (Problem::InvalidBody, error(pointer, "required", said))
    } else if cause.starts_with("unknown variant") {
        let said = wording::requests::field_value();
        let error = error(place, INVALID_VALUE, said);
        (Problem::InvalidBody, error.admitting(expected(cause)))
    } else {
        let said = wanted(cause);
        (Problem::InvalidBody, error(place, "wrong_type", said))
    };
    Refusal {
        errors: vec![error],
        ..Refusal::new(problem)
    }
}

/// The names that a complaint lists as expected: "expected `a`", "expected `a` or `b`", "expected
/// one of `a`, `b`, `c`". What was sent stands before them and may contain anything; the names are
/// our own and contain no quotation marks.
fn expected(cause: &str) -> Admitted {
    let listed = cause.rsplit_once(", expected ").map(|(_sent, names)| names);
    let names = listed.unwrap_or_default().split('`').skip(1).step_by(2);
    Admitted::of(names)
}

/// What a value of the wrong type should be, from the parser's complaint: where variants have fields
/// of the same name, the document has several types for one place.
fn wanted(cause: &str) -> Said {
    let kind = cause
        .rsplit_once(", expected ")
        .map_or("", |(_, kind)| kind);
    match kind {
        "a string" => wording::requests::text(),
        "a boolean" => wording::requests::boolean(),
        "a sequence" => wording::requests::list(),
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => {
            wording::requests::whole_number()
        }
        _ if OBJECTS.iter().any(|object| kind.starts_with(object)) => wording::requests::object(),
        _ if cause.contains("UUID") => wording::requests::id(),
        _ if LegalDate::parse("").is_err_and(|said| said.en == cause) => wording::requests::date(),
        _ => wording::requests::other_type(),
    }
}

/// How the parser names what is written as an object.
const OBJECTS: [&str; 3] = ["a map", "struct ", "internally tagged enum "];

/// Refuses a patch with an unknown field or an impossible value, before the record is read. What
/// the record as a whole lacks shows when the patch is merged.
pub fn check_patch<T: DeserializeOwned>(patch: &Value, read_only: &[&str]) -> Result<()> {
    let Value::Object(fields) = patch else {
        return Err(no_object());
    };
    let mut wrong: Option<Refusal> = None;
    for (name, value) in fields {
        let enough = |refusal: &Refusal| refusal.errors.len() >= MAX_ERRORS;
        if wrong.as_ref().is_some_and(enough) {
            break;
        }
        if read_only.contains(&name.as_str()) {
            continue;
        }
        if let Err(refusal) = check_value::<T>(name, value) {
            match &mut wrong {
                Some(first) => first.errors.extend(refusal.errors),
                None => wrong = Some(refusal),
            }
        }
    }
    wrong.map_or(Ok(()), Err)
}

/// Checks a field of a patch; an object is itself a patch.
fn check_value<T: DeserializeOwned>(name: &str, value: &Value) -> Result<()> {
    let within = |inner: Value| Value::Object(Map::from_iter([(name.to_owned(), inner)]));
    let Value::Object(parts) = value else {
        return check_piece::<T>(within(value.clone()), value.is_null());
    };
    check_piece::<T>(within(Value::Object(Map::new())), false)?;
    for (part, inner) in parts {
        let alone = Value::Object(Map::from_iter([(part.clone(), inner.clone())]));
        check_piece::<T>(within(alone), inner.is_null())?;
    }
    Ok(())
}

/// Checks one value of a patch by itself. Null removes, so it fits any field that exists.
fn check_piece<T: DeserializeOwned>(alone: Value, removes: bool) -> Result<()> {
    let Err((place, cause)) = read::<T>(&alone) else {
        return Ok(());
    };
    let fits = missing(&cause).is_some() || (removes && !cause.starts_with("unknown field"));
    if fits {
        return Ok(());
    }
    Err(complaint(place, &cause))
}

/// The field that a complaint reports as missing.
fn missing(cause: &str) -> Option<&str> {
    let rest = cause.strip_prefix("missing field `")?;
    rest.split('`').next()
}

/// A key as a part of a pointer.
pub fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn error(pointer: String, code: &'static str, said: Said) -> FieldError {
    FieldError::new(pointer, code, said)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let part = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", escaped(key)),
        _ => String::new(),
    };
    path.iter().map(part).collect()
}

/// Applies a merge patch (RFC 7396) to the fields of a record and converts the result to the type
/// that the operation takes. Read-only fields may only be sent back unchanged.
pub fn patched<T: DeserializeOwned>(
    record: &Value,
    fields: Value,
    patch: &Value,
    read_only: &[&str],
) -> Result<T> {
    let merged = merged(record, fields, patch, read_only)?;
    typed(merged, &[]).map_err(incomplete)
}

/// The fields of a record with a merge patch applied; `record` is what the caller reads of it.
pub fn merged(record: &Value, fields: Value, patch: &Value, read_only: &[&str]) -> Result<Value> {
    let Value::Object(patch) = patch else {
        return Err(no_object());
    };
    let mut wanted = patch.clone();
    let mut errors = Vec::new();
    for key in read_only {
        if let Some(sent) = wanted.remove(*key)
            && record.get(*key) != Some(&sent)
        {
            errors.push(error(
                format!("/{key}"),
                "read_only",
                wording::requests::read_only_changed(),
            ));
        }
    }
    if !errors.is_empty() {
        return Err(Refusal {
            errors,
            ..Refusal::new(Problem::ReadOnly)
        });
    }
    // A field sent back as it was read changes nothing, in whatever shape it was shown.
    wanted.retain(|key, value| record.get(key) != Some(value));
    let mut merged = fields;
    json_patch::merge(&mut merged, &Value::Object(wanted));
    Ok(merged)
}

/// A field missing after a patch depends on the record, so it is an error of content, not of
/// syntax.
pub fn incomplete(refusal: Refusal) -> Refusal {
    let lacks = refusal.errors.iter().any(|error| error.code == "required");
    if lacks {
        Refusal {
            errors: refusal.errors,
            ..Refusal::new(Problem::ValidationFailed)
        }
    } else {
        refusal
    }
}
