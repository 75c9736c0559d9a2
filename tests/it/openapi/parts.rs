//! Parts of the OpenAPI document that tests look up.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Every operation of the document, with its method and path.
pub fn each(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            let item = item.as_object().unwrap();
            item.iter()
                .map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
        })
        .collect()
}

pub fn said(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// The codes that a status of an operation names.
pub fn codes(operation: &Value, status: &str) -> String {
    operation["responses"][status]["description"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

pub fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let mapping = object.get("mapping").and_then(Value::as_object);
            for text in object
                .get("$ref")
                .into_iter()
                .chain(mapping.into_iter().flat_map(Map::values))
            {
                found.insert(text.as_str().unwrap().to_owned());
            }
            object.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}
