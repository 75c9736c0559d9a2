//! A refusal points at the innermost part that is wrong, also in bodies whose variants a field tells
//! apart, and names the values of a field that is missing.

use super::{admitted, error_at, lists, on_sqlite, permitted, request};
use crate::tools::one;
use serde_json::{Value, json};
use vinculo_api::operations;
use vinculo_tests::{GUADALAJARA, TestApp};

/// The only error about a body: its pointer, its code and what it says.
async fn error(app: &TestApp, id: &str, body: &Value) -> (String, String, String) {
    let operations = operations::all();
    let operation = operations.iter().find(|one| one.id == id).unwrap();
    let client = permitted(app, operation).await;
    let answer = client.send(request(operation, "").json(body)).await;
    assert_eq!(answer.status, 400, "{body}");
    let problem = answer.json();
    let errors = problem["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{problem}");
    let text = |name: &str| errors[0][name].as_str().unwrap().to_owned();
    (text("pointer"), text("code"), text("detail"))
}

#[actix_web::test]
async fn a_step_says_where_it_is_wrong() {
    let app = on_sqlite().await;
    let accept = |items: Value| json!({"action": "accept", "file_number": "1", "checklist": [], "not_applicable": items});
    let answer = |fields: Value| json!({"action": "resubmit", "answers": [fields]});
    let remark =
        |fields: Value| json!({"action": "return_to_owner", "remarks": [{"text": "x"}, fields]});
    for (body, pointer, code, said) in [
        (
            accept(json!(["council_minutes"])),
            "/not_applicable/0",
            "wrong_type",
            "un objeto",
        ),
        (
            accept(json!([{"item": "council_minutes"}])),
            "/not_applicable/0/reason",
            "required",
            "Falta",
        ),
        (
            accept(json!([{"item": "x", "reason": "x"}])),
            "/not_applicable/0/item",
            "invalid_value",
            "council_minutes",
        ),
        (
            accept(json!("x")),
            "/not_applicable",
            "wrong_type",
            "una lista",
        ),
        (
            answer(json!({"remark_id": "x", "text": "x"})),
            "/answers/0/remark_id",
            "wrong_type",
            "UUID",
        ),
        (
            answer(json!({"text": "x"})),
            "/answers/0/remark_id",
            "required",
            "Falta",
        ),
        (
            remark(json!({"text": "x", "foo": 1})),
            "/remarks/1/foo",
            "unknown_field",
            "clause",
        ),
        (
            remark(json!({"text": 1})),
            "/remarks/1/text",
            "wrong_type",
            "un texto",
        ),
        (
            json!({"action": "withdraw"}),
            "/reason",
            "required",
            "Falta",
        ),
        (json!({"note": "x"}), "/action", "required", "withdraw"),
    ] {
        let (at, found, detail) = error(&app, "transition_agreement", &body).await;
        assert_eq!(
            (at.as_str(), found.as_str()),
            (pointer, code),
            "{body} {detail}"
        );
        assert!(detail.contains(said), "{body} {detail}");
    }
}

#[actix_web::test]
async fn an_annotation_says_where_it_is_wrong() {
    let app = on_sqlite().await;
    let fixing = |field: Value| json!({"kind": "correction", "fields": [field]});
    for (changes, pointer, code) in [
        (
            fixing(json!({"field": "signed_on", "old": null, "new": "2020-02-30"})),
            "/changes/fields/0/new",
            "wrong_type",
        ),
        (
            fixing(json!({"field": "title", "old": "A"})),
            "/changes/fields/0/new",
            "required",
        ),
        (
            fixing(json!({"field": "title", "old": "A", "new": "B", "foo": 1})),
            "/changes/fields/0/foo",
            "unknown_field",
        ),
        (
            fixing(json!({"field": "colour", "old": "A", "new": "B"})),
            "/changes/fields/0/field",
            "invalid_value",
        ),
        (
            json!({"kind": "suspension", "foo": 1}),
            "/changes/foo",
            "unknown_field",
        ),
        (
            json!({"kind": "oblivion"}),
            "/changes/kind",
            "invalid_value",
        ),
        (json!({}), "/changes/kind", "required"),
        (json!("suspension"), "/changes", "wrong_type"),
    ] {
        let body = json!({"effective_on": "2026-12-01", "changes": changes});
        let (at, found, detail) = error(&app, "create_annotation", &body).await;
        assert_eq!(
            (at.as_str(), found.as_str()),
            (pointer, code),
            "{body} {detail}"
        );
    }
}

/// A field that is missing from the start, and one that a patch removes.
#[actix_web::test]
async fn a_missing_word_lists_those_that_are_taken() {
    let app = on_sqlite().await;
    let officer = app.officer(GUADALAJARA).await;
    let none = officer
        .post("/v1/agreements", &json!({"title": "Acuerdo"}))
        .await;
    let error = error_at(&none.refused(400, "invalid_body"), "/kind");
    assert_eq!(error["code"], "required");
    let kinds = admitted(&error);
    assert!(kinds.contains(&"twinning".to_owned()), "{error}");
    let case = json!({"kind": "twinning", "title": "Acuerdo"});
    let made = officer.post("/v1/agreements", &case).await.expect(201);
    let removed = json!({"kind": null});
    let path = one(made.id());
    let answer = officer.patch(&path, &made.etag(), &removed).await;
    let error = error_at(&answer.refused(422, "validation_failed"), "/kind");
    assert_eq!(error["code"], "required");
    lists(&error, &kinds);
    // Of a text nothing can be listed.
    let removed = json!({"title": null});
    let answer = officer.patch(&path, &made.etag(), &removed).await;
    let error = error_at(&answer.refused(422, "validation_failed"), "/title");
    assert!(admitted(&error).is_empty(), "{error}");
}
