//! Properties that all operations share, for requests and answers.

use super::walk::operations;
use serde_json::{Map, Value, json};
use vinculo_domain::limits::{MAX_PARAMETER_TEXT, MAX_PARAMETER_VALUE, MAX_PARAMETER_VALUES};

/// Adds what the document leaves open: the maximum length of a parameter, how several values of one
/// are written, and that a header named by an answer is always present.
pub(super) fn bound(document: &mut Value) {
    for operation in operations(document) {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        parameters.into_iter().flatten().for_each(bound_parameter);
        let rehearses = operation
            .get("parameters")
            .is_some_and(|parameters| parameters.to_string().contains("\"dry_run\""));
        let answers = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (status, answer) in answers.into_iter().flatten() {
            require_headers(answer, rehearses && status == "200");
        }
    }
}

fn bound_parameter(parameter: &mut Value) {
    let in_query = parameter.get("in").is_some_and(|place| place == "query");
    let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
    let Some(schema) = schema.filter(|_| in_query) else {
        return;
    };
    if schema.get("type").is_some_and(|kind| kind == "array") {
        bound_values(schema);
        if let Some(parameter) = parameter.as_object_mut() {
            // `a,b` in one parameter, not one parameter for each.
            parameter.insert("style".into(), "form".into());
            parameter.insert("explode".into(), false.into());
        }
        return;
    }
    let text = schema
        .get("type")
        .is_some_and(|kind| kind.to_string().contains("string"));
    if text && !schema.contains_key("enum") && !schema.contains_key("maxLength") {
        schema.insert("maxLength".into(), MAX_PARAMETER_TEXT.into());
    }
}

/// How many values one parameter takes, and what a plain one among them looks like.
fn bound_values(schema: &mut Map<String, Value>) {
    schema.insert("minItems".into(), 1.into());
    schema.insert("maxItems".into(), MAX_PARAMETER_VALUES.into());
    let items = schema.get_mut("items").and_then(Value::as_object_mut);
    let Some(items) = items.filter(|items| items.get("type").is_some_and(|kind| kind == "string"))
    else {
        return;
    };
    items.insert("maxLength".into(), MAX_PARAMETER_VALUE.into());
    items.entry("pattern").or_insert_with(|| json!("^[^,]+$"));
}

/// The last page has no next page, and a dry run returns no tag.
fn require_headers(answer: &mut Value, dry: bool) {
    let headers = answer.get_mut("headers").and_then(Value::as_object_mut);
    for (name, header) in headers.into_iter().flatten() {
        let always = name != "Link" && !(dry && name == "ETag");
        if let Some(header) = header.as_object_mut().filter(|_| always) {
            header.insert("required".into(), Value::Bool(true));
        }
    }
}
