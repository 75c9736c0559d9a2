//! Ways to visit the document, and the names of its components.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub(super) type Schemas = Map<String, Value>;

pub(super) const PREFIX: &str = "#/components/schemas/";

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{PREFIX}{name}") })
}

/// The name that a reference points to.
pub(super) fn target(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)
}

/// `separation_of_duties` or `If-Match` as a component name: `SeparationOfDuties`, `IfMatch`.
pub(super) fn pascal(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.split(['_', '-']).map(word).collect()
}

/// Calls `change` for every schema, inner ones first.
pub(super) fn visit(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    let Value::Object(object) = schema else {
        return;
    };
    for (key, inner) in object.iter_mut() {
        match (key.as_str(), inner) {
            ("properties", Value::Object(properties)) => {
                properties
                    .values_mut()
                    .for_each(|inner| visit(inner, change));
            }
            ("items" | "additionalProperties", inner) => visit(inner, change),
            ("oneOf" | "allOf" | "anyOf", Value::Array(parts)) => {
                parts.iter_mut().for_each(|inner| visit(inner, change));
            }
            _ => {}
        }
    }
    change(object);
}

/// Every operation, mutable.
pub(super) fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
}

/// The schemas that requests with these content types use.
pub(super) fn requests(document: &Value, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_object)
        .flat_map(Map::values)
        .filter_map(|operation| operation.pointer("/requestBody/content")?.as_object())
        .flatten()
        .filter(|(kind, _)| wanted(kind))
        .filter_map(|(_, content)| target(content.get("schema")?).map(str::to_owned))
        .collect()
}

/// These schemas and everything that they refer to.
pub(super) fn closure(schemas: &Schemas, from: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = from.to_vec();
    while let Some(name) = waiting.pop() {
        let Some(mut schema) = schemas.get(&name).cloned().filter(|_| found.insert(name)) else {
            continue;
        };
        visit(&mut schema, &mut |inner| {
            waiting.extend(target(&Value::Object(inner.clone())).map(str::to_owned));
        });
    }
    found
}
