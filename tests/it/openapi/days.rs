//! What the document says of the days that a body takes.

use super::parts::{each, references};
use serde_json::Value;
use std::collections::BTreeSet;
use vinculo_api::openapi;

/// The places of a schema whose field is a day of any year there is: the format says no years.
fn look(value: &Value, at: &str, wrong: &mut Vec<String>) {
    if value["format"] == "date" && value.get("pattern").is_none() {
        wrong.push(at.to_owned());
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        look(inner, &format!("{at}/{name}"), wrong);
    }
    for inner in value.as_array().into_iter().flatten() {
        look(inner, at, wrong);
    }
}

/// A body takes days of the years that the service knows, and its schema says which they are.
#[test]
fn every_day_of_a_body_says_which_years_it_takes() {
    let document = openapi::document();
    let (mut reached, mut waiting) = (BTreeSet::new(), BTreeSet::new());
    let mut wrong = Vec::new();
    for (method, path, operation) in each(&document) {
        let body = &operation["requestBody"];
        look(body, &format!("{method} {path}"), &mut wrong);
        references(body, &mut waiting);
    }
    while let Some(reference) = waiting.pop_first() {
        if reached.insert(reference.clone()) {
            let schema = document.pointer(&reference[1..]).unwrap();
            look(schema, &reference, &mut wrong);
            references(schema, &mut waiting);
        }
    }
    assert!(reached.len() > 30, "{reached:?}");
    assert!(wrong.is_empty(), "{wrong:?}");
}
