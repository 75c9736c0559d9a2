//! Repeated parts are components, and the document means the same with and without them.

use super::COMMITTED;
use super::parts::{each, references};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use vinculo_api::openapi;

/// The size limit of the committed document, in bytes: 600 kB for the 113 operations that it had when
/// its repeated parts became components, and as much for each one since.
const LARGEST_PER_OPERATION: usize = 600_000 / 113;
/// The sections of the components that hold the shared parts.
const SECTIONS: [&str; 4] = ["parameters", "responses", "headers", "examples"];

/// A part of the document with every reference replaced by its target.
fn resolved(document: &Value, part: &Value) -> Value {
    let object = match part {
        Value::Object(object) => object,
        Value::Array(items) => {
            let items = items.iter().map(|item| resolved(document, item));
            return items.collect();
        }
        plain => return plain.clone(),
    };
    let mut whole = Map::new();
    if let Some(reference) = object.get("$ref") {
        let target = document.pointer(&reference.as_str().unwrap()[1..]);
        let target = target.unwrap_or_else(|| panic!("{reference} leads nowhere"));
        whole.extend(resolved(document, target).as_object().unwrap().clone());
    }
    // A member beside a reference overrides the same member of the target.
    for (name, inner) in object.iter().filter(|(name, _)| *name != "$ref") {
        let inner = if name == "mapping" {
            inner.clone()
        } else {
            resolved(document, inner)
        };
        whole.insert(name.clone(), inner);
    }
    // A single named example is the same as `example`.
    if whole.contains_key("schema")
        && let Some(Value::Object(named)) = whole.get("examples")
    {
        assert_eq!(named.len(), 1, "{part}");
        let example = named.values().next().unwrap().as_object().unwrap();
        assert_eq!(example.keys().collect::<Vec<_>>(), ["value"]);
        let value = example["value"].clone();
        whole.remove("examples");
        assert_eq!(whole.insert("example".into(), value), None);
    }
    Value::Object(whole)
}

/// Where two documents differ once every reference is resolved.
fn differences(whole: &Value, shared: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |name: String, one: Option<&Value>, other: Option<&Value>| {
        let one = one.map(|part| resolved(whole, part));
        if one.is_none() || one != other.map(|part| resolved(shared, part)) {
            found.push(name);
        }
    };
    for name in whole.as_object().unwrap().keys() {
        if !["paths", "components"].contains(&name.as_str()) {
            compare(name.clone(), whole.get(name), shared.get(name));
        }
    }
    for (method, path, operation) in each(whole) {
        let other = shared["paths"][&path].get(method.to_lowercase());
        compare(format!("{method} {path}"), Some(operation), other);
    }
    for section in ["schemas", "securitySchemes"] {
        for (name, part) in whole["components"][section].as_object().unwrap() {
            let other = shared["components"][section].get(name);
            compare(format!("{section} {name}"), Some(part), other);
        }
    }
    found
}

#[test]
fn sharing_loses_nothing_and_adds_nothing() {
    let (whole, shared) = (openapi::document(), openapi::shared());
    assert_eq!(differences(&whole, &shared), Vec::<String>::new());
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&whole), keys(&shared));
    let routes = |document: &Value| {
        let routes = each(document).into_iter();
        routes
            .map(|(method, path, _)| method + &path)
            .collect::<Vec<_>>()
    };
    assert_eq!(routes(&whole), routes(&shared));
    assert!(whole["components"].get("responses").is_none());
}

/// Refusals say what would be right from the document without its answers.
#[test]
fn without_its_answers_it_says_the_same_of_requests() {
    let (whole, requests) = (openapi::document(), openapi::requests());
    let (described, alone) = (each(&whole), each(&requests));
    assert_eq!(described.len(), alone.len());
    for ((method, path, operation), (.., other)) in described.into_iter().zip(alone) {
        for part in ["operationId", "parameters", "requestBody"] {
            let of = |document, said: &Value| said.get(part).map(|part| resolved(document, part));
            assert_eq!(
                of(&whole, operation),
                of(&requests, other),
                "{method} {path}"
            );
        }
    }
    let date = "/components/schemas/LegalDate";
    assert!(whole.pointer(date).is_some());
    assert_eq!(whole.pointer(date), requests.pointer(date));
}

/// The comparison resolves every kind of reference.
#[test]
fn a_shared_part_that_says_something_else_is_noticed() {
    let whole = openapi::document();
    for place in [
        "/components/parameters/Limit/description",
        "/components/responses/TooManyRequests/description",
        "/components/headers/RetryAfter/description",
        "/components/examples/Agreement/value",
        "/components/schemas/LegalDateOrNull/pattern",
    ] {
        let mut shared = openapi::shared();
        *shared.pointer_mut(place).unwrap() = "something else".into();
        assert!(!differences(&whole, &shared).is_empty(), "{place}");
    }
}

#[test]
fn every_reference_of_what_is_committed_resolves_and_every_component_is_used() {
    let document: Value = serde_json::from_str(COMMITTED).unwrap();
    let (mut reached, mut waiting) = (BTreeSet::new(), BTreeSet::new());
    references(&document, &mut waiting);
    for reference in &waiting {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
    waiting.clear();
    references(&document["paths"], &mut waiting);
    while let Some(reference) = waiting.pop_first() {
        if reached.insert(reference.clone()) {
            references(document.pointer(&reference[1..]).unwrap(), &mut waiting);
        }
    }
    let mut components = BTreeSet::new();
    for (section, named) in document["components"].as_object().unwrap() {
        let named = named.as_object().unwrap().keys();
        components.extend(named.map(|name| format!("#/components/{section}/{name}")));
    }
    for (_, _, operation) in each(&document) {
        let schemes = operation["security"].as_array().unwrap().iter();
        let names = schemes.flat_map(|scheme| scheme.as_object().unwrap().keys());
        reached.extend(names.map(|name| format!("#/components/securitySchemes/{name}")));
    }
    assert_eq!(reached, components);
}

/// Some clients read members beside a reference and others ignore them, so only a schema's
/// description is allowed there.
#[test]
fn a_reference_stands_alone_or_beside_a_description() {
    fn look(value: &Value, wrong: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                let schema = object
                    .get("$ref")
                    .map(|reference| reference.as_str().unwrap().contains("/schemas/"));
                let allowed =
                    |name: &str| name == "$ref" || schema == Some(true) && name == "description";
                if schema.is_some() && !object.keys().all(|name| allowed(name)) {
                    wrong.push(value.to_string());
                }
                object.values().for_each(|inner| look(inner, wrong));
            }
            Value::Array(items) => items.iter().for_each(|inner| look(inner, wrong)),
            _ => {}
        }
    }
    let mut wrong = Vec::new();
    look(&openapi::shared(), &mut wrong);
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn nothing_that_can_be_shared_stands_twice() {
    let document = openapi::shared();
    let mut seen: HashMap<(&str, &Value), usize> = HashMap::new();
    let mut note = |section: &'static str, part| {
        *seen.entry((section, part)).or_default() += 1;
    };
    let mut answers: Vec<&Value> = document["components"]["responses"]
        .as_object()
        .unwrap()
        .values()
        .collect();
    let mut bodies = Vec::new();
    for (_, _, operation) in each(&document) {
        let parameters = operation["parameters"].as_array().unwrap();
        parameters.iter().for_each(|part| note("parameters", part));
        for (status, answer) in operation["responses"].as_object().unwrap() {
            answers.push(answer);
            if !status.starts_with('2') {
                note("responses", answer);
            }
        }
        bodies.extend(operation.get("requestBody"));
    }
    for answer in &answers {
        let headers = answer.get("headers").and_then(Value::as_object);
        let headers = headers.into_iter().flat_map(Map::values);
        headers.for_each(|part| note("headers", part));
    }
    for part in answers.into_iter().chain(bodies) {
        let contents = part.get("content").and_then(Value::as_object);
        let contents = contents.into_iter().flat_map(Map::values);
        let examples = contents.filter_map(|content| content.get("example"));
        examples.for_each(|part| note("examples", part));
    }
    let twice: Vec<String> = seen
        .into_iter()
        .filter(|((_, part), times)| *times > 1 && part.get("$ref").is_none())
        .map(|((section, part), times)| format!("{times} {section} {part}"))
        .collect();
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn what_is_shared_has_a_name_that_can_be_read() {
    let document = openapi::shared();
    for section in SECTIONS {
        let named = document["components"][section].as_object().unwrap();
        assert!(!named.is_empty(), "{section}");
        for name in named.keys() {
            let letters = name.chars().all(|letter| letter.is_ascii_alphabetic());
            let pascal = name.starts_with(|letter: char| letter.is_ascii_uppercase());
            assert!(letters && pascal && name.len() < 64, "{section} {name}");
        }
    }
    for name in [
        "TooManyRequests",
        "Unauthenticated",
        "InvalidParameterOrCursor",
    ] {
        assert!(
            document["components"]["responses"].get(name).is_some(),
            "{name}"
        );
    }
}

#[test]
fn the_committed_document_is_small() {
    let document: Value = serde_json::from_str(COMMITTED).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations: usize = paths.map(|path| path.as_object().unwrap().len()).sum();
    let (bytes, largest) = (COMMITTED.len(), operations * LARGEST_PER_OPERATION);
    assert!(
        bytes <= largest,
        "{bytes} of {largest} bytes: what is repeated in it?"
    );
}
