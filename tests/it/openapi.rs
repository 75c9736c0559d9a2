//! The OpenAPI document: the committed file is what the code generates, complete and correct.

mod days;
mod labels;
mod parts;
mod sharing;

use self::parts::{codes, each, references, said};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use vinculo_api::{openapi, operations};
use vinculo_tests::violations;

pub const COMMITTED: &str = include_str!("../../openapi/openapi.json");

#[test]
fn the_committed_document_is_the_one_that_the_code_makes() {
    assert!(
        COMMITTED == openapi::text(),
        "openapi/openapi.json is out of date: `cargo xtask regenerate` writes it"
    );
    assert_eq!(openapi::document()["openapi"], "3.1.0");
}

#[test]
fn the_document_has_every_operation_and_no_other() {
    let document = openapi::document();
    let documented: BTreeMap<String, (String, String)> = each(&document)
        .into_iter()
        .map(|(method, path, operation)| {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            (id, (method, path))
        })
        .collect();
    let routed: BTreeMap<String, (String, String)> = operations::all()
        .iter()
        .map(|operation| {
            let route = (operation.method.to_string(), operation.path.to_owned());
            (operation.id.to_owned(), route)
        })
        .collect();
    assert_eq!(documented, routed);
    assert_eq!(routed.len(), operations::all().len(), "an id stands twice");
}

#[test]
fn every_operation_says_what_it_is() {
    let document = openapi::document();
    let tags: BTreeSet<&str> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    let verbs = [
        "list",
        "get",
        "head",
        "create",
        "update",
        "delete",
        "transition",
        "put",
        "import",
        "confirm",
        "refresh",
        "undo",
    ];
    let mut used = BTreeSet::new();
    for (method, path, operation) in each(&document) {
        let id = operation["operationId"].as_str().unwrap();
        let (verb, resource) = id.split_once('_').unwrap_or_else(|| panic!("{id}"));
        assert!(verbs.contains(&verb) && !resource.is_empty(), "{id}");
        let snake = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(id.chars().all(snake), "{id}");
        assert!(
            said(&operation["summary"]) && said(&operation["description"]),
            "{id}"
        );
        let tag = operation["tags"][0].as_str().unwrap();
        assert!(tags.contains(tag), "{id}: {tag}");
        used.insert(tag.to_owned());
        let security = operation["security"].as_array();
        assert!(security.is_some(), "{id} says nothing of security");
        let named: BTreeSet<&str> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect();
        let declared: BTreeSet<&str> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .inspect(|parameter| {
                assert!(said(&parameter["description"]), "{id}: {parameter}");
                let schema = &parameter["schema"];
                assert!(
                    schema.get("type").is_some() || schema.get("$ref").is_some(),
                    "{id}: {parameter}"
                );
            })
            .filter(|parameter| parameter["in"] == "path" && parameter["required"] == true)
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        assert_eq!(named, declared, "{id}");
        let body = operation.get("requestBody");
        assert_eq!(
            body.is_some(),
            matches!(method.as_str(), "POST" | "PATCH" | "PUT") && id != "undo_import",
            "{id}"
        );
        // A party without a council confirms without an approval.
        let required = body.is_none_or(|body| body["required"] == true);
        assert_eq!(required, id != "confirm_agreement", "{id}");
    }
    assert_eq!(used.len(), tags.len(), "a tag that nothing uses");
}

#[test]
fn every_operation_names_its_refusals() {
    let document = openapi::document();
    for (method, path, operation) in each(&document) {
        let id = operation["operationId"].as_str().unwrap();
        let names = |status: &str, code: &str| {
            assert!(
                codes(operation, status).contains(&format!("`{code}`")),
                "{id} {status} {code}"
            );
        };
        names("400", "invalid_parameter");
        names("415", "unsupported_media_type");
        names("500", "internal");
        names("503", "too_busy");
        names("414", "uri_too_long");
        names("431", "head_too_large");
        if operation["tags"][0] != "health" {
            names("429", "too_many_requests");
            let headers = &operation["responses"]["429"]["headers"];
            for name in ["Retry-After", "RateLimit", "RateLimit-Policy"] {
                assert!(said(&headers[name]["description"]), "{id} {name}");
            }
        }
        if !matches!(method.as_str(), "GET" | "HEAD") {
            names("503", "outcome_unknown");
        }
        let open = operation["security"].as_array().unwrap().is_empty();
        if !open {
            names("401", "unauthenticated");
            names("403", "forbidden");
        }
        if path.contains('{') {
            names("404", "not_found");
        }
        let parameters = operation["parameters"].to_string();
        if parameters.contains("\"If-Match\"") {
            names("412", "precondition_failed");
            // By an id of another system one may write without knowing the version.
            if method != "PUT" {
                names("428", "precondition_required");
            }
        }
        if parameters.contains("\"Idempotency-Key\"") {
            names("400", "invalid_header");
            names("409", "idempotency_in_flight");
            names("422", "idempotency_mismatch");
        }
        if parameters.contains("\"cursor\"") {
            names("400", "invalid_cursor");
        }
        if parameters.contains("\"If-None-Match\"") {
            assert!(said(&operation["responses"]["304"]["description"]), "{id}");
        }
        if let Some(body) = operation.get("requestBody") {
            names("408", "request_timeout");
            names("413", "payload_too_large");
            names("422", "validation_failed");
            let form = body["content"].get("multipart/form-data").is_some();
            names(
                "400",
                if form {
                    "upload_incomplete"
                } else {
                    "malformed_json"
                },
            );
        }
        let writes = matches!(method.as_str(), "POST" | "PATCH" | "PUT" | "DELETE");
        assert_eq!(
            parameters.contains("\"dry_run\""),
            writes && !path.contains("sessions"),
            "{id}"
        );
    }
}

#[test]
fn every_example_fits_its_schema() {
    let document = openapi::document();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (_, _, operation) in each(&document) {
        let id = operation["operationId"].as_str().unwrap();
        let answers = operation["responses"].as_object().unwrap();
        let mut contents: Vec<(String, &Value)> = answers
            .iter()
            .flat_map(|(status, answer)| {
                let contents = answer.get("content").and_then(Value::as_object);
                contents
                    .into_iter()
                    .flat_map(Map::values)
                    .map(move |content| (status.clone(), content))
            })
            .collect();
        let asked = operation
            .pointer("/requestBody/content")
            .and_then(Value::as_object);
        contents.extend(
            asked
                .into_iter()
                .flat_map(Map::values)
                .map(|content| ("request".to_owned(), content)),
        );
        for (place, content) in contents {
            let example = content.get("example").unwrap_or(&Value::Null);
            let found = violations(&document, &content["schema"], example);
            wrong.extend(
                found
                    .into_iter()
                    .map(|found| format!("{id} {place} {found}")),
            );
            seen += 1;
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(seen > 250, "{seen}");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let examples = schema.get("examples").and_then(Value::as_array);
        for example in examples.into_iter().flatten() {
            assert_eq!(
                violations(&document, schema, example),
                Vec::<String>::new(),
                "{name}"
            );
        }
    }
}

#[test]
fn every_reference_resolves_and_every_schema_is_reached() {
    let document = openapi::document();
    let mut all = BTreeSet::new();
    references(&document, &mut all);
    for reference in &all {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
    let (mut reached, mut waiting) = (BTreeSet::new(), BTreeSet::new());
    references(&document["paths"], &mut waiting);
    while let Some(reference) = waiting.pop_first() {
        if reached.insert(reference.clone()) {
            references(document.pointer(&reference[1..]).unwrap(), &mut waiting);
        }
    }
    let schemas: BTreeSet<String> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .iter()
        .inspect(|(name, schema)| {
            assert!(
                said(&schema["description"]) || name.ends_with("List"),
                "{name}"
            )
        })
        .map(|(name, _)| format!("#/components/schemas/{name}"))
        .collect();
    assert_eq!(reached, schemas);
}
