//! Every refusal says what would be right: the values and names that are taken, who may, and the
//! record that is there already.

mod catalogs;
mod duplicates;
mod fields;
mod forms;
mod parameters;
mod places;
mod roles;
mod searches;
mod seats;

use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::operation::Operation;
use vinculo_auth::{Reach, policy};
use vinculo_persistence::Engine;
use vinculo_tests::{Answer, Client, Request, TENANTS, TestApp};

/// The most values that a refusal names.
const MOST: usize = 30;

/// A service on SQLite, for what does not depend on the engine: it is decided before the store is
/// asked.
async fn on_sqlite() -> TestApp {
    TestApp::start(Engine::Sqlite).await
}

/// The error of a problem at a place.
#[track_caller]
fn error_at(answer: &Answer, pointer: &str) -> Value {
    let problem = answer.json();
    let mut errors = problem["errors"].as_array().into_iter().flatten();
    let found = errors.find(|error| error["pointer"] == pointer);
    found
        .unwrap_or_else(|| panic!("nothing at {pointer}: {problem}"))
        .clone()
}

/// The values that an error lists as taken.
fn admitted(error: &Value) -> Vec<String> {
    let values = error["admitted"].as_array().into_iter().flatten();
    values
        .map(|value| value.as_str().unwrap().to_owned())
        .collect()
}

/// Checks what an error lists against all that is taken: everything, or the first and an address.
#[track_caller]
fn lists(error: &Value, all: &[String]) {
    let listed = admitted(error);
    let (mut wanted, mut found) = (all.to_vec(), listed.clone());
    wanted.sort();
    found.sort();
    if all.len() > MOST {
        assert_eq!(listed.len(), MOST, "{error}");
        assert!(found.iter().all(|value| wanted.contains(value)), "{error}");
        assert!(error["admitted_at"].is_string(), "{error}");
    } else {
        assert_eq!(found, wanted, "{error}");
        // Few are named in the text too.
        let said = error["detail"].as_str().unwrap();
        assert!(listed.iter().all(|value| said.contains(value)), "{error}");
    }
}

/// A path of an operation with identifiers of no record: what is refused here is refused before a
/// record is looked for.
fn path(operation: &Operation) -> String {
    let random = Uuid::now_v7().to_string();
    let id = if operation.path.starts_with("/v1/governments/") {
        "14039"
    } else {
        &random
    };
    operation
        .path
        .replace("{id}", id)
        .replace("{agreement_id}", &random)
        .replace("{other_id}", &random)
        .replace("{document_id}", &random)
        .replace("{text_set_id}", &random)
        .replace("{number}", "2026-000001")
        .replace("{ordinal}", "1")
        .replace("{catalog}", "themes")
}

/// A request to an operation with a query and, if it takes one, a tag.
fn request(operation: &Operation, query: &str) -> Request {
    let glue = if query.is_empty() { "" } else { "?" };
    let path = format!("{}{glue}{query}", path(operation));
    let request = Request::new(operation.method.clone(), &path);
    if operation.if_match {
        request.if_match("\"1\"")
    } else {
        request
    }
}

/// Somebody whom the roles permit an operation; nobody for a public one.
async fn permitted(app: &TestApp, operation: &Operation) -> Client {
    if operation.public {
        return app.nobody();
    }
    let (kind, action) = operation.permission;
    let cells = policy::cells().into_iter();
    let held = cells.filter(|(k, a, ..)| (*k, *a) == (kind, action));
    // What is made of public data reaches no further for anybody.
    let (_, _, tier, role, _) = held
        .filter(|(.., reach)| *reach > Reach::None)
        .min_by_key(|(.., reach)| *reach <= Reach::Public)
        .unwrap_or_else(|| panic!("nobody may {}", operation.id));
    let (tenant, _) = TENANTS.iter().find(|(_, known)| *known == tier).unwrap();
    app.client(role, tenant).await
}

/// A part of the document, with its references followed.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap(),
        None => schema,
    }
}

/// The description of an operation in the document.
fn described<'d>(document: &'d Value, operation: &Operation) -> &'d Value {
    let method = operation.method.as_str().to_lowercase();
    &document["paths"][operation.path][method]
}

/// The words of an enumeration.
fn enumerated(schema: &Value) -> Option<Vec<String>> {
    let words = schema["enum"].as_array()?;
    Some(
        words
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect(),
    )
}

/// A list that lacks a value, has one too many or none is noticed.
#[test]
fn a_wrong_list_is_noticed() {
    let all = ["a", "b"].map(str::to_owned);
    let error = |values: Value| json!({"admitted": values, "detail": "a, b"});
    lists(&error(json!(["b", "a"])), &all);
    for wrong in [json!(["a"]), json!(["a", "b", "c"]), json!([])] {
        let error = error(wrong);
        assert!(std::panic::catch_unwind(|| lists(&error, &all)).is_err());
    }
}
