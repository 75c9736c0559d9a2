//! What the document says of one place of a request.

use crate::operation::Operation;
use serde_json::Value;
use std::collections::BTreeSet;
use vinculo_domain::Said;
use vinculo_domain::limits::MAX_ADMITTED;
use vinculo_domain::wording;

/// The schema of a day, a month or a year.
const LEGAL_DATE: &str = "/components/schemas/LegalDate";

/// The form of a value whose values cannot be listed.
pub(super) enum Form {
    /// A whole number within bounds.
    Whole { from: i64, to: Option<i64> },
    /// A text like this example.
    Like(String),
    /// A value of a kind.
    Kind(Said),
}

fn described<'d>(document: &'d Value, operation: &Operation) -> Option<&'d Value> {
    let path = document.get("paths")?.get(operation.path)?;
    path.get(operation.method.as_str().to_ascii_lowercase())
}

/// A parameter of an operation.
pub(super) fn parameter<'d>(
    document: &'d Value,
    operation: &Operation,
    place: &str,
    name: &str,
) -> Option<&'d Value> {
    let declared = described(document, operation)?.get("parameters")?;
    let mut declared = declared.as_array()?.iter();
    declared.find(|one| {
        one.get("name").is_some_and(|known| known == name)
            && one.get("in").is_some_and(|known| known == place)
    })
}

/// The schema itself where this one is a reference.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| document.pointer(reference.strip_prefix('#')?));
    target.unwrap_or(schema)
}

/// The variants of a schema, without null; the schema itself if it has none.
fn variants<'d>(document: &'d Value, schema: &'d Value) -> Vec<&'d Value> {
    let schema = resolved(document, schema);
    match schema.get("oneOf").and_then(Value::as_array) {
        Some(parts) => {
            let parts = parts.iter().filter(|part| !is_kind(part, "null"));
            parts.flat_map(|part| variants(document, part)).collect()
        }
        None => vec![schema],
    }
}

fn is_kind(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(known)) => known == kind,
        Some(Value::Array(kinds)) => kinds.iter().any(|known| known == kind),
        _ => false,
    }
}

/// Every value that a schema takes, if they can be listed: the words of an enumeration, `true` and
/// `false`, the numbers of a short range.
pub(super) fn words(document: &Value, schema: &Value) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for variant in variants(document, schema) {
        match variant.get("enum").and_then(Value::as_array) {
            Some(values) => {
                words.extend(values.iter().filter_map(Value::as_str).map(str::to_owned))
            }
            None if is_kind(variant, "boolean") => {
                words.extend(["true", "false"].map(str::to_owned));
            }
            None => words.extend(numbers(variant)?),
        }
    }
    (!words.is_empty()).then_some(words)
}

fn numbers(schema: &Value) -> Option<Vec<String>> {
    let (from, to) = (bound(schema, "minimum")?, bound(schema, "maximum")?);
    let count = usize::try_from(to.checked_sub(from)?).ok()?;
    let short = is_kind(schema, "integer") && count < MAX_ADMITTED;
    short.then(|| (from..=to).map(|number| number.to_string()).collect())
}

fn bound(schema: &Value, keyword: &str) -> Option<i64> {
    schema.get(keyword).and_then(Value::as_i64)
}

/// The form of a value; `example` is the one beside the schema, if there is one.
pub(super) fn form(document: &Value, schema: &Value, example: Option<&str>) -> Option<Form> {
    let schema = *variants(document, schema).first()?;
    let own = schema.pointer("/examples/0").and_then(Value::as_str);
    let format = schema.get("format").and_then(Value::as_str);
    if is_kind(schema, "integer") {
        return Some(Form::Whole {
            from: bound(schema, "minimum").unwrap_or(0),
            to: bound(schema, "maximum"),
        });
    }
    if is_kind(schema, "boolean") {
        return Some(Form::Kind(wording::requests::true_or_false()));
    }
    if is_kind(schema, "array") {
        return Some(Form::Kind(wording::requests::list()));
    }
    if is_kind(schema, "object") {
        return Some(Form::Kind(wording::requests::object()));
    }
    if document.pointer(LEGAL_DATE) == Some(schema) {
        return Some(Form::Kind(wording::common::date()));
    }
    match format {
        Some("date") => Some(Form::Kind(wording::requests::day())),
        Some("date-time") => Some(Form::Kind(wording::requests::instant())),
        Some("uuid") => Some(Form::Kind(wording::requests::lower_case_id())),
        _ => match example.or(own) {
            Some(example) => Some(Form::Like(example.to_owned())),
            None => is_kind(schema, "string").then_some(Form::Kind(wording::requests::text())),
        },
    }
}

/// The schema of the body that an operation takes.
fn body<'d>(document: &'d Value, operation: &Operation) -> Option<&'d Value> {
    let content = described(document, operation)?.pointer("/requestBody/content")?;
    content.as_object()?.values().next()?.get("schema")
}

/// The schemas that the document has for a place of the body, one for each variant that has it.
pub(super) fn at<'d>(document: &'d Value, operation: &Operation, pointer: &str) -> Vec<&'d Value> {
    let parts: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect();
    match body(document, operation) {
        Some(schema) => below(document, schema, &parts),
        None => Vec::new(),
    }
}

fn below<'d>(document: &'d Value, schema: &'d Value, parts: &[String]) -> Vec<&'d Value> {
    let found = variants(document, schema).into_iter();
    let Some((part, rest)) = parts.split_first() else {
        return found.collect();
    };
    let inner = found.filter_map(|variant| {
        let field = variant.get("properties").and_then(|all| all.get(part));
        let item = || {
            let number = part.bytes().all(|byte| byte.is_ascii_digit());
            variant.get("items").filter(|_items| number)
        };
        field.or_else(item)
    });
    inner
        .flat_map(|inner| below(document, inner, rest))
        .collect()
}

/// The fields at a place of the body, if they are those that the parser named and one more: the
/// field that tells the variants apart, which has one word. The parser points at the unknown field
/// itself, or at what contains it.
pub(super) fn known_fields(
    document: &Value,
    operation: &Operation,
    pointer: &str,
    named: &[String],
) -> Option<Vec<String>> {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let named: BTreeSet<&str> = named.iter().map(String::as_str).collect();
    let mut places = at(document, operation, parent);
    places.extend(at(document, operation, pointer));
    let inner = places.clone().into_iter();
    let items = inner.filter_map(|schema| schema.get("items"));
    places.extend(items.flat_map(|item| variants(document, item)));
    places.into_iter().find_map(|schema| {
        let properties = schema.get("properties")?.as_object()?;
        let others: Vec<_> = properties
            .iter()
            .filter(|(name, _)| !named.contains(name.as_str()))
            .collect();
        let [(_, tag)] = others.as_slice() else {
            return None;
        };
        let tells = tag.get("enum").and_then(Value::as_array)?.len() == 1;
        let all = properties.len() == named.len() + 1;
        (tells && all).then(|| properties.keys().cloned().collect())
    })
}
