//! Which annotations are refused, and who may not make any.

use super::{annotate, place, registrar};
use crate::tools::{entry, inscribe, points_at, post};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

// row: 002-10
// operations: create_annotation
#[actix_web::test]
async fn the_registrar_alone_annotates_and_knows_the_version() {
    on_both(|app: TestApp| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let registrar = registrar(&app).await;
        let read = registrar.get(&entry(&number)).await;
        let path = format!("{}/annotations", entry(&number));
        let body = place(&read.json()["signed_place"], "Otro lugar");
        let good = || post(&path, &body).if_match(&read.etag());
        app.nobody().send(good()).await.refused(401, "unauthenticated");
        for (role, tenant) in [
            (Role::Officer, GUADALAJARA),
            (Role::Admin, GUADALAJARA),
            (Role::Liaison, JALISCO),
            (Role::Liaison, SRE),
            (Role::LegalReviewer, SRE),
            (Role::Admin, SRE),
            (Role::Viewer, SRE),
            (Role::Registrar, "11"),
        ] {
            let client = app.client(role, tenant).await;
            client.send(good()).await.refused(403, "forbidden");
        }
        registrar.send(post(&path, &body)).await.refused(428, "precondition_required");
        registrar.send(post(&path, &body).if_match("\"0.x\"")).await.refused(412, "precondition_failed");
        let elsewhere = "/v1/registry/2026-999999/annotations";
        registrar.send(post(elsewhere, &body).if_match(&read.etag())).await.refused(404, "not_found");
        for (field, value) in [("ordinal", json!(1)), ("annotated_at", json!("2026-11-20T18:00:00Z"))] {
            let mut sent = body.clone();
            sent[field] = value;
            registrar.send(post(&path, &sent).if_match(&read.etag())).await.refused(422, "read_only");
        }
        for sent in [
            json!({}),
            json!({"effective_on": "2026-12-01", "changes": {"kind": "oblivion"}}),
            json!({"effective_on": "2026-12-01", "changes": {"kind": "suspension", "colour": "red"}}),
            json!({"effective_on": "2026-12-01", "ground": "x", "changes": {"kind": "correction", "fields": [{"field": "number", "old": "a", "new": "b"}]}}),
        ] {
            let answer = registrar.send(post(&path, &sent).if_match(&read.etag())).await;
            assert_eq!(answer.status, 400, "{sent}: {}", answer.text());
        }
        assert_eq!(app.scratch.count("annotations"), 0);
        assert_eq!(registrar.get(&entry(&number)).await.body, read.body);
    })
    .await;
}

/// Annotations that are refused for every record, each with the pointer of its error.
fn wrong() -> Vec<(Value, &'static str, &'static str)> {
    let correction = |field: Value| json!({"effective_on": "2026-12-01", "ground": "Error.", "changes": {"kind": "correction", "fields": [field]}});
    let act = |changes: Value| json!({"effective_on": "2026-12-01", "document_id": "0190f5fe-7c00-7a00-8000-000000000001", "changes": changes});
    vec![
        (
            correction(json!({"field": "title", "old": "Otro", "new": "Nuevo"})),
            "/changes/fields/0/old",
            "differs",
        ),
        (
            correction(json!({"field": "title", "old": "Hermanamiento con Kioto", "new": " "})),
            "/changes/fields/0/new",
            "required",
        ),
        (
            correction(json!({"field": "themes", "old": ["culture"], "new": ["culture"]})),
            "/changes/fields/0/new",
            "unchanged",
        ),
        (
            correction(json!({"field": "themes", "old": ["culture"], "new": ["magic"]})),
            "/changes/fields/0/new",
            "unknown_key",
        ),
        (
            correction(
                json!({"field": "counterpart_country", "position": 0, "old": "JP", "new": "XX"}),
            ),
            "/changes/fields/0/new",
            "unknown_key",
        ),
        (
            correction(
                json!({"field": "counterpart_name", "position": 7, "old": "Kioto", "new": "Nara"}),
            ),
            "/changes/fields/0/old",
            "differs",
        ),
        (
            correction(
                json!({"field": "validity", "old": {"term": "indefinite"}, "new": {"term": "fixed"}}),
            ),
            "/changes/fields/0/new/ends_on",
            "term",
        ),
        (
            correction(json!({"field": "signed_on", "old": "2026-11-10", "new": "2199-01-01"})),
            "/changes/fields/0/new",
            "in_the_future",
        ),
        (
            json!({"effective_on": "2026-12-01", "changes": {"kind": "correction", "fields": []}}),
            "/changes/fields",
            "required",
        ),
        (
            json!({"effective_on": "2026-12-01", "changes": {"kind": "correction", "fields": []}}),
            "/ground",
            "required",
        ),
        (
            json!({"effective_on": "1990", "ground": "Sentencia.", "changes": {"kind": "cancellation"}}),
            "/effective_on",
            "before_signature",
        ),
        (
            json!({"effective_on": "2026-12-01", "changes": {"kind": "cancellation"}}),
            "/ground",
            "required",
        ),
        (
            json!({"effective_on": "2026-12-01", "ground": "x", "changes": {"kind": "cancellation", "imported_in_error": true}}),
            "/changes/imported_in_error",
            "read_only",
        ),
        (
            json!({"effective_on": "2026-12-01", "ground": "x", "changes": {"kind": "termination"}}),
            "/document_id",
            "required",
        ),
        (act(json!({"kind": "amendment"})), "/changes", "required"),
        (
            act(json!({"kind": "amendment", "validity": {"term": "fixed"}})),
            "/changes/validity/ends_on",
            "term",
        ),
        (
            act(json!({"kind": "termination", "government_id": GUADALAJARA})),
            "/changes/government_id",
            "not_a_party",
        ),
        (
            act(json!({"kind": "termination", "government_id": "14120"})),
            "/changes/government_id",
            "not_a_party",
        ),
        (
            act(json!({"kind": "succession", "government_id": "14120", "body": "Otro"})),
            "/changes/government_id",
            "not_a_party",
        ),
        (
            act(json!({"kind": "succession", "government_id": GUADALAJARA})),
            "/changes/successor_id",
            "required",
        ),
        (
            act(json!({"kind": "resumption"})),
            "/changes/kind",
            "not_suspended",
        ),
        (
            act(json!({"kind": "suspension"})),
            "/document_id",
            "unknown_key",
        ),
    ]
}

// row: 002-10
// operations: create_annotation
#[actix_web::test]
async fn an_annotation_fits_the_record_and_rests_on_something() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let (_other, unrelated) = inscribe(&app, "11", json!({})).await;
        let registrar = registrar(&app).await;
        let before = registrar.get(&entry(&number)).await;
        for (body, pointer, code) in wrong() {
            let answer = annotate(&registrar, &number, &body).await;
            points_at(&answer.refused(422, "validation_failed"), pointer, code);
        }
        for (cited, code) in [(&unrelated, "unknown_key"), (&number, "itself"), (&"2026-999999".to_owned(), "unknown_key")] {
            let body = json!({"effective_on": "2026-12-01", "instrument_number": cited, "changes": {"kind": "termination"}});
            points_at(&annotate(&registrar, &number, &body).await.refused(422, "validation_failed"), "/instrument_number", code);
        }
        // Refused: a document of another kind, one of another case, and a withheld one.
        let public = before.json()["documents"][0]["id"].clone();
        let suspend = |document: &Value| json!({"effective_on": "2026-12-01", "document_id": document, "changes": {"kind": "suspension"}});
        points_at(&annotate(&registrar, &number, &suspend(&public)).await.refused(422, "validation_failed"), "/document_id", "unknown_key");
        let paper = registrar.attach(&case, "annotation_instrument", None, &pdf("nota")).await.expect(201).id();
        points_at(&annotate(&registrar, &unrelated, &suspend(&json!(paper))).await.refused(422, "validation_failed"), "/document_id", "unknown_key");
        let withhold = json!({"classification": "confidential", "ground": "Datos personales."});
        registrar.post(&format!("/v1/agreements/{case}/documents/{paper}/classifications"), &withhold).await.expect(201);
        points_at(&annotate(&registrar, &number, &suspend(&json!(paper))).await.refused(422, "validation_failed"), "/document_id", "unknown_key");
        assert_eq!(app.scratch.count("annotations"), 0);

        // Only the ministry adds such a document, and the owner can add no document any more.
        let officer = app.officer(GUADALAJARA).await;
        officer.attach(&case, "annotation_instrument", None, &pdf("x")).await.refused(409, "wrong_stage");
        officer.attach(&case, "other", None, &pdf("x")).await.refused(409, "wrong_stage");
        registrar.attach(&case, "other", None, &pdf("x")).await.refused(409, "wrong_stage");
        let after = registrar.get(&entry(&number)).await.json();
        assert_eq!(after["standing"], before.json()["standing"]);
    })
    .await;
}

// row: 002-10
// operations: create_annotation
#[actix_web::test]
async fn a_renewal_ends_later_than_what_it_prolongs() {
    on_both(|app: TestApp| async move {
        let fixed = json!({"term": "fixed", "ends_on": "2028-06-30", "renewal": "by_agreement"});
        let (case, number) = inscribe(&app, GUADALAJARA, json!({"validity": fixed})).await;
        let registrar = registrar(&app).await;
        let paper = registrar.attach(&case, "annotation_instrument", None, &pdf("prórroga")).await.expect(201).id();
        let renewal = |last: &str| json!({"effective_on": "2026-12-01", "document_id": paper,
            "changes": {"kind": "renewal", "ends_on": last, "renewal": "by_agreement"}});
        for too_early in ["2028-06-30", "2028-06", "2028-06-29", "2027", "1999-01-01"] {
            let answer = annotate(&registrar, &number, &renewal(too_early)).await;
            points_at(&answer.refused(422, "validation_failed"), "/changes/ends_on", "not_later");
        }
        assert_eq!(app.scratch.count("annotations"), 0);
        annotate(&registrar, &number, &renewal("2028-07-01")).await.expect(201);
        // The current end is the one that was annotated last.
        let answer = annotate(&registrar, &number, &renewal("2028-07-01")).await;
        points_at(&answer.refused(422, "validation_failed"), "/changes/ends_on", "not_later");
        let endless = json!({"effective_on": "2026-12-01", "document_id": paper, "changes": {"kind": "renewal"}});
        annotate(&registrar, &number, &endless).await.expect(201);
        assert_eq!(app.scratch.count("annotations"), 2);
    })
    .await;
}

// row: 002-10
// operations: create_annotation
#[actix_web::test]
async fn what_is_cancelled_stays_readable_and_takes_corrections_alone() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let registrar = registrar(&app).await;
        let paper = registrar.attach(&case, "annotation_instrument", None, &pdf("acto")).await.expect(201).id();
        let act = |changes: Value| json!({"effective_on": "2026-11-20", "document_id": paper, "changes": changes});
        annotate(&registrar, &number, &act(json!({"kind": "termination"}))).await.expect(201);
        annotate(&registrar, &number, &act(json!({"kind": "termination"}))).await.refused(409, "wrong_stage");
        let cancel = json!({"effective_on": "2026-11-20", "ground": "LCT 2-II: la contraparte no es un órgano gubernamental.", "changes": {"kind": "cancellation"}});
        annotate(&registrar, &number, &cancel).await.expect(201);
        let record = app.nobody().get(&entry(&number)).await.expect(200).json();
        assert_eq!((&record["standing"]["standing"], &record["standing"]["cancelled"]), (&json!("terminated"), &json!(true)));
        for changes in [json!({"kind": "suspension"}), json!({"kind": "amendment", "text": "x"}), json!({"kind": "termination"})] {
            annotate(&registrar, &number, &act(changes)).await.refused(409, "wrong_stage");
        }
        annotate(&registrar, &number, &cancel).await.refused(409, "wrong_stage");
        annotate(&registrar, &number, &place(&record["signed_place"], "Otro")).await.expect(201);
        assert_eq!(app.scratch.count("annotations"), 3);
    })
    .await;
}
