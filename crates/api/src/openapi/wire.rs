//! Properties that all operations share, for requests and answers.

use super::walk::operations;
use serde_json::Value;
use vinculo_domain::limits::MAX_PARAMETER_TEXT;

/// Adds what the document leaves open: the maximum length of a parameter, and that a header named
/// by an answer is always present.
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
    let text = schema
        .get("type")
        .is_some_and(|kind| kind.to_string().contains("string"));
    if text && !schema.contains_key("enum") && !schema.contains_key("maxLength") {
        schema.insert("maxLength".into(), MAX_PARAMETER_TEXT.into());
    }
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
