//! What holds for every operation alike, on the way in and on the way out.

use super::walk::operations;
use crate::params::MAX_VALUE;
use serde_json::{Map, Value};

/// The headers that a documented answer may lack: the last page has no next one.
const OCCASIONAL: [&str; 1] = ["Link"];

/// Bounds what the document leaves open: how long a parameter may be, and that a header that an
/// answer names is there.
pub(super) fn bound(document: &mut Value) {
    for operation in operations(document) {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        parameters.into_iter().flatten().for_each(bound_parameter);
        let answers = operation.get_mut("responses").and_then(Value::as_object_mut);
        for answer in answers.into_iter().flat_map(Map::values_mut) {
            require_headers(answer);
        }
    }
}

fn bound_parameter(parameter: &mut Value) {
    let in_query = parameter.get("in").is_some_and(|place| place == "query");
    let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
    let Some(schema) = schema.filter(|_| in_query) else {
        return;
    };
    let text = schema.get("type").is_some_and(|kind| kind.to_string().contains("string"));
    if text && !schema.contains_key("enum") && !schema.contains_key("maxLength") {
        schema.insert("maxLength".into(), MAX_VALUE.into());
    }
}

fn require_headers(answer: &mut Value) {
    let headers = answer.get_mut("headers").and_then(Value::as_object_mut);
    for (name, header) in headers.into_iter().flatten() {
        let always = !OCCASIONAL.contains(&name.as_str());
        if let Some(header) = header.as_object_mut().filter(|_| always) {
            header.insert("required".into(), Value::Bool(true));
        }
    }
}
