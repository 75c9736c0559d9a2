//! Adds to refusals what would be right, from the document: which values a parameter, a word of the
//! path or a field of the body takes. Handlers and parsers say only what is wrong.

mod schemas;

use self::schemas::{Form, at, form, known_fields, parameter, words};
use crate::openapi;
use crate::operation::Operation;
use crate::params::INVALID_VALUE;
use serde_json::Value;
use std::sync::LazyLock;
use vinculo_domain::catalogs::LIST;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Said};

/// The document, built when the first refusal needs it.
static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);

/// The same refusal with what would be right. It depends on the operation and on what is wrong,
/// never on records, so it tells nothing that is out of sight.
pub fn explain(operation: &Operation, mut refusal: Refusal) -> Refusal {
    match refusal.problem {
        Problem::InvalidParameter => {
            let errors = std::mem::take(&mut refusal.errors).into_iter();
            refusal.errors = errors.map(|error| of_parameter(operation, error)).collect();
        }
        Problem::InvalidBody | Problem::UnknownField => {
            let errors = std::mem::take(&mut refusal.errors).into_iter();
            refusal.errors = errors.map(|error| of_field(operation, error)).collect();
        }
        Problem::NotFound if refusal.errors.is_empty() => {
            refusal.errors = of_path(operation);
        }
        _ => {}
    }
    refusal
}

/// The value of a parameter. Other errors, and keys of catalogues, say already what would be right.
fn of_parameter(operation: &Operation, error: FieldError) -> FieldError {
    if error.code != INVALID_VALUE || !error.admitted.is_empty() {
        return error;
    }
    let Some(declared) = parameter(&DOCUMENT, operation, "query", &error.pointer) else {
        return error;
    };
    let schema = declared.get("schema").unwrap_or(&Value::Null);
    let example = declared.get("example");
    let example = example.and_then(|example| example.as_str().or(example.get(0)?.as_str()));
    let Some(items) = schema.get("items") else {
        return taken(error, schema, example);
    };
    let most = schema.get("maxItems").and_then(Value::as_u64);
    let said = error.said.and(&separated(most));
    taken(FieldError { said, ..error }, items, example)
}

/// What one value of a parameter may be.
fn taken(error: FieldError, schema: &Value, example: Option<&str>) -> FieldError {
    match words(&DOCUMENT, schema) {
        Some(words) => error.admitting(listed(words)),
        None => formed(error, form(&DOCUMENT, schema, example)),
    }
}

/// How several values of one parameter are written.
fn separated(most: Option<u64>) -> Said {
    match most {
        Some(most) => wording::requests::separated_at_most(most),
        None => wording::requests::separated(),
    }
}

/// The words of a path that stand in a public list. An id of a record is not among them: whether
/// it exists may be out of sight.
fn of_path(operation: &Operation) -> Vec<FieldError> {
    let parts = operation.path.split('/');
    let names = parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let errors = names.filter_map(|name| match name {
        "catalog" => {
            let declared = parameter(&DOCUMENT, operation, "path", name)?;
            let catalogs = listed(words(&DOCUMENT, declared.get("schema")?)?);
            let said = wording::requests::no_catalog();
            Some(FieldError::new(name, INVALID_VALUE, said).admitting(catalogs.at(LIST)))
        }
        "id" if operation.path.starts_with("/v1/governments/") => {
            let said = wording::requests::no_government();
            let governments = Admitted::only_at("/v1/governments");
            Some(FieldError::new(name, "unknown_key", said).admitting(governments))
        }
        _ => None,
    });
    errors.collect()
}

fn of_field(operation: &Operation, error: FieldError) -> FieldError {
    match error.code {
        "unknown_field" if !error.admitted.is_empty() => unknown_field(operation, error),
        "wrong_type" => wrong_type(operation, error),
        _ => error,
    }
}

/// A value of another type. Where the values can be listed, they say more than the type.
fn wrong_type(operation: &Operation, error: FieldError) -> FieldError {
    let found = at(&DOCUMENT, operation, &error.pointer).into_iter();
    let each: Option<Vec<Vec<String>>> = found.map(|schema| words(&DOCUMENT, schema)).collect();
    let mut every: Vec<String> = Vec::new();
    for word in each.into_iter().flatten().flatten() {
        if !every.contains(&word) {
            every.push(word);
        }
    }
    if every.is_empty() {
        return error;
    }
    let said = wording::requests::field_value();
    FieldError::new(error.pointer, INVALID_VALUE, said).admitting(listed(every))
}

/// The parser leaves out the field that tells the variants of a body apart: it is added here.
fn unknown_field(operation: &Operation, error: FieldError) -> FieldError {
    let Some(fields) = known_fields(
        &DOCUMENT,
        operation,
        &error.pointer,
        error.admitted.values(),
    ) else {
        return error;
    };
    let said = wording::requests::unknown_field();
    FieldError::new(error.pointer, error.code, said).admitting(listed(fields))
}

/// Of more values than a refusal names, the document has the rest.
fn listed(words: Vec<String>) -> Admitted {
    let admitted = Admitted::of(words);
    if admitted.is_cut() {
        admitted.at("/openapi.json")
    } else {
        admitted
    }
}

/// The code of a value that has not the form of those that are taken.
const MALFORMED: &str = "malformed";

/// The form that a value must have where its values cannot be listed.
fn formed(error: FieldError, form: Option<Form>) -> FieldError {
    let (code, next) = match form {
        Some(Form::Whole { from, to: Some(to) }) => {
            ("out_of_range", wording::requests::number_between(from, to))
        }
        Some(Form::Whole { from, to: None }) => {
            ("out_of_range", wording::requests::number_from(from))
        }
        Some(Form::Like(example)) => (MALFORMED, wording::requests::like(example)),
        Some(Form::Kind(said)) => (MALFORMED, said),
        None => {
            return FieldError {
                code: MALFORMED,
                ..error
            };
        }
    };
    FieldError {
        said: error.said.and(&next),
        code,
        ..error
    }
}
