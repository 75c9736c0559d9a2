//! Adds to refusals what would be right, from the document: which values a parameter, a word of the
//! path or a field of the body takes. Handlers and parsers say only what is wrong.

mod schemas;

use self::schemas::{Form, at, form, known_fields, parameter, words};
use crate::keys::{self, Keys};
use crate::openapi;
use crate::operation::Operation;
use crate::params::INVALID_VALUE;
use serde_json::Value;
use std::sync::LazyLock;
use vinculo_domain::catalogs::LIST;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Said, Tier};

/// What the document says of requests, built when the first refusal needs it.
static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::requests);

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
        // A field that the record as a whole lacks, as after a patch that removes it.
        Problem::ValidationFailed => {
            let errors = std::mem::take(&mut refusal.errors).into_iter();
            refusal.errors = errors.map(|error| required(operation, error)).collect();
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
    let example = example.and_then(|one| one.as_str().or_else(|| one.get(0)?.as_str()));
    let Some(items) = schema.get("items") else {
        return taken(error, schema, example);
    };
    let most = schema.get("maxItems").and_then(Value::as_u64);
    let said = error.said.and(&separated(most));
    taken(FieldError { said, ..error }, items, example)
}

/// What one value of a parameter may be.
fn taken(error: FieldError, schema: &Value, example: Option<&str>) -> FieldError {
    if let Some(words) = words(&DOCUMENT, schema) {
        return error.admitting(listed(words));
    }
    let keys = keys::of(&error.pointer);
    let own = own_form(&error.pointer, keys).map(Form::Kind);
    let said = formed(error, own.or_else(|| form(&DOCUMENT, schema, example)));
    match keys {
        Some(keys) => said.admitting(Admitted::only_at(keys.address())),
        None => said,
    }
}

/// The form of a parameter that its schema does not tell. A name means the same in every operation.
fn own_form(name: &str, keys: Option<Keys>) -> Option<Said> {
    match (name, keys) {
        ("assigned_to", _) => Some(wording::requests::assignee()),
        ("external_id", _) => Some(wording::requests::external_id()),
        (_, Some(Keys::Governments(tier))) => {
            let key = |key| Said::name(key).quoted();
            let example = match tier {
                Some(Tier::State) => key("14"),
                Some(Tier::Municipality) => key("14039"),
                _ => Said::one_of(&[key("14"), key("14039")]),
            };
            Some(wording::requests::government_key(example))
        }
        _ => None,
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
        "unknown_field" => unknown_field(operation, error),
        "wrong_type" => wrong_type(operation, error),
        _ => required(operation, error),
    }
}

/// A field that is missing, with the values that it takes if they can be listed.
fn required(operation: &Operation, error: FieldError) -> FieldError {
    if error.code != "required" || !error.admitted.is_empty() {
        return error;
    }
    let found = at(&DOCUMENT, operation, &error.pointer);
    match every_word(&found) {
        Some(words) => error.admitting(listed(words)),
        None => error,
    }
}

/// A value of another type. Where the values can be listed, they say more than the type; so does
/// the form of a day or of an id.
fn wrong_type(operation: &Operation, error: FieldError) -> FieldError {
    let found = at(&DOCUMENT, operation, &error.pointer);
    if let Some(words) = every_word(&found) {
        let said = wording::requests::field_value();
        return FieldError::new(error.pointer, INVALID_VALUE, said).admitting(listed(words));
    }
    let formats = found.iter().map(|schema| schema.get("format")?.as_str());
    let each: Option<Vec<&str>> = formats.collect();
    let said = match each.as_deref() {
        Some(["date", rest @ ..]) if rest.iter().all(|format| *format == "date") => {
            wording::common::day()
        }
        Some(["uuid", rest @ ..]) if rest.iter().all(|format| *format == "uuid") => {
            wording::requests::id()
        }
        _ => return error,
    };
    FieldError { said, ..error }
}

/// Every value that the schemas of one place take, if those of each can be listed.
fn every_word(schemas: &[&Value]) -> Option<Vec<String>> {
    let each = schemas.iter().map(|schema| words(&DOCUMENT, schema));
    let each: Option<Vec<Vec<String>>> = each.collect();
    let mut every: Vec<String> = Vec::new();
    for word in each.into_iter().flatten().flatten() {
        if !every.contains(&word) {
            every.push(word);
        }
    }
    (!every.is_empty()).then_some(every)
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
