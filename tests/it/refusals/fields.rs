//! Bodies: every field of every operation that takes words, with a word that it does not take, and
//! a field that no body has.

mod walk;

use self::walk::{tags, wrongs};

use super::{
    admitted, described, enumerated, error_at, lists, on_sqlite, permitted, request, resolved,
};
use actix_web::http::Method;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use vinculo_api::operation::{Input, Operation};
use vinculo_api::{openapi, operations};
use vinculo_tests::{Answer, GUADALAJARA, Request, TestApp};

/// The word that no field takes.
const NOWHERE: &str = "nowhere";

/// The schema of an operation's body, if it is JSON.
fn schema<'d>(document: &'d Value, operation: &Operation) -> Option<&'d Value> {
    if !matches!(operation.input, Some(Input::Json(_) | Input::Patch(_))) {
        return None;
    }
    let content = described(document, operation)["requestBody"]["content"].as_object();
    let (_, content) = content.unwrap().iter().next().unwrap();
    Some(resolved(document, &content["schema"]))
}

async fn send(app: &TestApp, operation: &Operation, body: &Value) -> Answer {
    let client = permitted(app, operation).await;
    client.send(request(operation, "").json(body)).await
}

#[actix_web::test]
async fn a_word_that_is_not_taken_lists_those_that_are() {
    let app = on_sqlite().await;
    let document = openapi::document();
    let mut tried = 0;
    for operation in operations::all() {
        let Some(schema) = schema(&document, &operation) else {
            continue;
        };
        for wrong in wrongs(&document, schema) {
            // What a patch shows otherwise than it is written is read when it is merged, below.
            if operation.id == "update_agreement" && wrong.at.starts_with("/parties") {
                continue;
            }
            eprintln!("{} {}", operation.id, wrong.body);
            let answer = send(&app, &operation, &wrong.body).await;
            let problem = answer.refused(400, "invalid_body").json();
            let errors = problem["errors"].as_array().unwrap();
            assert_eq!(errors.len(), 1, "{problem}");
            assert_eq!(errors[0]["code"], "invalid_value", "{problem}");
            // Of a body whose variant is told by a field, the parser knows only a place above.
            let pointer = errors[0]["pointer"].as_str().unwrap();
            assert!(
                !pointer.is_empty() && wrong.at.starts_with(pointer),
                "{problem}"
            );
            lists(&errors[0], &wrong.words);
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
    let officer = app.officer(GUADALAJARA).await;
    let case = json!({"kind": "twinning", "title": "Acuerdo"});
    let made = officer.post("/v1/agreements", &case).await.expect(201);
    let parties = json!({"parties": [{"government_id": GUADALAJARA, "role": NOWHERE}]});
    let path = format!("/v1/agreements/{}", made.id());
    let answer = officer.patch(&path, &made.etag(), &parties).await;
    let error = error_at(&answer.refused(400, "invalid_body"), "/parties/0/role");
    lists(
        &error,
        &["lead", "signatory", "adherent"].map(str::to_owned),
    );
}

/// A value of another type, where words are taken: the words say more than the type.
#[actix_web::test]
async fn a_number_in_place_of_a_word_lists_the_words() {
    let app = on_sqlite().await;
    let case = |kind: Value| json!({"kind": kind, "title": "Acuerdo"});
    let operations = operations::all();
    let operation = |id: &str| operations.iter().find(|one| one.id == id).unwrap();
    let create = operation("create_agreement");
    for kind in [json!(5), json!(null), json!([]), json!(true)] {
        let answer = send(&app, create, &case(kind)).await;
        let error = error_at(&answer.refused(400, "invalid_body"), "/kind");
        assert_eq!(error["code"], "invalid_value");
        assert!(admitted(&error).contains(&"twinning".to_owned()), "{error}");
    }
    let step = operation("transition_agreement");
    let answer = send(&app, step, &json!({"action": 7})).await;
    let error = error_at(&answer.refused(400, "invalid_body"), "/action");
    assert!(admitted(&error).contains(&"submit".to_owned()), "{error}");
    // What is no word says what it should be.
    for (body, pointer, said) in [
        (
            json!({"kind": "twinning", "title": 5}),
            "/title",
            "un texto",
        ),
        (
            json!({"kind": "twinning", "themes": "culture"}),
            "/themes",
            "una lista",
        ),
        (
            json!({"kind": "twinning", "validity": 5}),
            "/validity",
            "un objeto",
        ),
        (
            json!({"kind": "twinning", "planned_signing_on": "hoy"}),
            "/planned_signing_on",
            "AAAA",
        ),
        (
            json!({"kind": "twinning", "counterparts": ["x"]}),
            "/counterparts/0",
            "UUID",
        ),
    ] {
        let answer = send(&app, create, &body).await;
        let error = error_at(&answer.refused(400, "invalid_body"), pointer);
        let detail = error["detail"].as_str().unwrap();
        assert!(
            error["code"] == "wrong_type" && detail.contains(said),
            "{error}"
        );
    }
}

/// The names that a body may have: those of its schema, without what only the system writes.
fn fields(schema: &Value) -> Vec<String> {
    let properties = schema["properties"].as_object().unwrap();
    let written = properties
        .iter()
        .filter(|(_, field)| field["readOnly"] != true);
    written.map(|(name, _)| name.clone()).collect()
}

#[actix_web::test]
async fn a_field_that_does_not_exist_lists_those_that_do() {
    let app = on_sqlite().await;
    let document = openapi::document();
    let mut tried = BTreeSet::new();
    for operation in operations::all() {
        let Some(schema) = schema(&document, &operation) else {
            continue;
        };
        let variants: Vec<&Value> = match schema["oneOf"].as_array() {
            Some(variants) => variants
                .iter()
                .map(|one| resolved(&document, one))
                .collect(),
            None => vec![schema],
        };
        for variant in variants {
            let mut body = tags(variant["properties"].as_object().unwrap());
            body.insert(NOWHERE.to_owned(), json!(1));
            let answer = send(&app, &operation, &Value::Object(body)).await;
            let answer = answer.refused(400, "unknown_field");
            let error = error_at(&answer, "/nowhere");
            assert_eq!(error["code"], "unknown_field", "{error}");
            lists(&error, &fields(variant));
            tried.insert(operation.id);
        }
    }
    assert!(tried.len() > 25, "{tried:?}");
    // In a part of the body too, and where a field tells the variants of the part apart.
    let operations = operations::all();
    let operation = |id: &str| operations.iter().find(|one| one.id == id).unwrap();
    for (id, body, pointer, known) in [
        (
            "create_agreement",
            json!({"kind": "twinning", "validity": {"term": "indefinite", "nowhere": 1}}),
            "/validity/nowhere",
            vec!["ends_on", "enters_into_force_on", "renewal", "term"],
        ),
        (
            "transition_agreement",
            json!({"action": "return_to_owner", "remarks": [{"text": "x", "nowhere": 1}]}),
            "/remarks/0/nowhere",
            vec!["clause", "language", "text", "text_set"],
        ),
        (
            "create_annotation",
            json!({"effective_on": "2026", "changes": {"kind": "amendment", "nowhere": 1}}),
            "/changes/nowhere",
            vec!["kind", "text", "validity"],
        ),
        (
            "create_annotation",
            json!({"effective_on": "2026", "changes": {"kind": "suspension", "nowhere": 1}}),
            "/changes/nowhere",
            vec!["kind"],
        ),
    ] {
        let answer = send(&app, operation(id), &body).await;
        let problem = answer.refused(400, "unknown_field").json();
        let error = &problem["errors"][0];
        assert_eq!(error["pointer"], pointer, "{problem}");
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        lists(error, &known);
    }
}

/// A body of thousands of wrong fields gets an answer of a hundred.
#[actix_web::test]
async fn a_refusal_stays_short() {
    let app = on_sqlite().await;
    let operations = operations::all();
    let operation = |id: &str| operations.iter().find(|one| one.id == id).unwrap();
    let many: Map<String, Value> = (0..9_000).map(|at| (format!("k{at}"), json!(1))).collect();
    let answer = send(&app, operation("update_counterpart"), &Value::Object(many)).await;
    let answer = answer.refused(400, "unknown_field");
    assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 100);
    let themes: Vec<String> = (0..9_000).map(|at| format!("t{at}")).collect();
    let body = json!({"kind": "twinning", "title": "Acuerdo", "themes": themes});
    let answer = send(&app, operation("create_agreement"), &body).await;
    let answer = answer.refused(422, "validation_failed");
    assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 100);
}

/// The parts of a form are fields too.
#[actix_web::test]
async fn a_part_of_a_form_lists_what_it_takes() {
    let app = on_sqlite().await;
    let document = openapi::document();
    let operations = operations::all();
    let create = operations
        .iter()
        .find(|one| one.id == "create_document")
        .unwrap();
    let client = permitted(&app, create).await;
    let schema = &document["components"]["schemas"]["DocumentUpload"];
    let file: (&str, Option<&str>, &[u8]) = ("file", Some("a.pdf"), b"%PDF-1.4");
    let sent = |name: &str, value: &str| -> Request {
        let kind: (&str, Option<&str>, &[u8]) = ("kind", None, b"other");
        let part: (&str, Option<&str>, &[u8]) = (name, None, value.as_bytes());
        let parts = if name == "kind" {
            vec![part, file]
        } else {
            vec![kind, part, file]
        };
        request(create, "").form(&parts)
    };
    let mut tried = 0;
    for (name, field) in schema["properties"].as_object().unwrap() {
        let Some(words) = enumerated(resolved(&document, field)) else {
            continue;
        };
        let answer = client.send(sent(name, NOWHERE)).await;
        let error = error_at(&answer.refused(400, "invalid_body"), &format!("/{name}"));
        assert_eq!(error["code"], "invalid_value");
        lists(&error, &words);
        tried += 1;
    }
    assert_eq!(tried, 3);
    let answer = client.send(sent(NOWHERE, "x")).await;
    let error = error_at(&answer.refused(400, "unknown_field"), "/nowhere");
    lists(&error, &fields(schema));
    assert_eq!(create.method, Method::POST);
}
