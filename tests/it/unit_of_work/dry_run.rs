//! `dry_run=true`: everything except keeping the change.

use crate::tools::{one, patch, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, Request, SRE, TestApp, ZAPOPAN, on_both};

const TABLES: [&str; 16] = [
    "agreements",
    "agreement_access",
    "agreement_grants",
    "agreement_parties",
    "audit_log WHERE outcome <> 'read'",
    "counterparts",
    "counters",
    "documents",
    "external_ids",
    "history",
    "inscriptions",
    "mechanisms",
    "offices",
    "outbox",
    "submissions",
    "text_sets",
];

fn rows(app: &TestApp) -> [i64; 16] {
    TABLES.map(|table| app.scratch.count(table))
}

/// Sends a request as a dry run: it gives the same answer and keeps nothing.
async fn dry(app: &TestApp, client: &Client, request: Request, record: Option<&str>) -> Value {
    let before = rows(app);
    let seen = match record {
        Some(path) => Some(client.get(path).await.expect(200)),
        None => None,
    };
    let path = format!("{}?dry_run=true", request.path);
    let answer = client.send(Request { path, ..request }).await;
    assert!(matches!(answer.status, 200 | 204), "{}", answer.text());
    assert_eq!(answer.header("dry-run").as_deref(), Some("true"));
    assert_eq!(
        (answer.header("etag"), answer.header("location")),
        (None, None)
    );
    assert_eq!(rows(app), before);
    if let (Some(path), Some(seen)) = (record, seen) {
        let again = client.get(path).await.expect(200);
        assert_eq!((again.text(), again.etag()), (seen.text(), seen.etag()));
    }
    if answer.body.is_empty() {
        Value::Null
    } else {
        answer.json()
    }
}

#[actix_web::test]
async fn a_dry_run_of_any_write_keeps_nothing() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let counterpart = TestApp::counterpart_json("Osaka");
        let seen = dry(&app, &client, post("/v1/counterparts", &counterpart), None).await;
        assert_eq!(seen["name"], "Osaka");
        let made = client.post("/v1/counterparts", &counterpart).await.expect(201);
        let path = format!("/v1/counterparts/{}", made.id());
        let edit = patch(&path, &made.etag(), &json!({"name": "Kobe"}));
        assert_eq!(dry(&app, &client, edit, Some(&path)).await["name"], "Kobe");
        let removal = Request::new(Method::DELETE, &path).if_match(&made.etag());
        dry(&app, &client, removal, Some(&path)).await;

        let draft = json!({"kind": "twinning", "title": "Acuerdo", "external_ids": [{"system": "siga", "value": "1"}]});
        let seen = dry(&app, &client, post("/v1/agreements", &draft), None).await;
        assert_eq!((&seen["title"], &seen["stage"]), (&json!("Acuerdo"), &json!("draft")));
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let path = one(&case);
        let etag = client.get(&path).await.etag();
        let edit = patch(&path, &etag, &json!({"title": "Otro"}));
        assert_eq!(dry(&app, &client, edit, Some(&path)).await["title"], "Otro");
        let removal = Request::new(Method::DELETE, &path).if_match(&etag);
        dry(&app, &client, removal, Some(&path)).await;
        let submit = post(&format!("{path}/transitions"), &json!({"action": "submit"}));
        let seen = dry(&app, &client, submit.if_match(&etag), Some(&path)).await;
        assert_eq!(seen["stage"], "state_review");
        let file = pdf("texto");
        let form = Request::new(Method::POST, &format!("{path}/documents")).form(&[
            ("kind", None, b"text"),
            ("language", None, b"es"),
            ("file", Some("texto.pdf"), &file),
        ]);
        assert_eq!(dry(&app, &client, form, Some(&path)).await["kind"], "text");
        let text = client.attach(&case, "text", Some("es"), &file).await.expect(201).id();
        let texts = json!({"texts": [{"language": "es", "authenticity": "authentic", "document_id": text}]});
        let set = post(&format!("{path}/text-sets"), &texts);
        assert_eq!(dry(&app, &client, set, Some(&path)).await["number"], 2);
    })
    .await;
}

#[actix_web::test]
async fn a_dry_run_of_what_others_write_keeps_nothing() {
    on_both(|app| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        for (path, body) in [
            ("/v1/mechanisms", json!({"state_id": "11", "name": "Mecanismo", "starts_on": "2026-01-01"})),
            ("/v1/designated-offices", json!({"state_id": "11", "name": "Oficina", "since": "2026-01-01"})),
        ] {
            dry(&app, &sre, post(path, &body), None).await;
            let made = sre.post(path, &body).await.expect(201);
            let path = format!("{path}/{}", made.id());
            let edit = patch(&path, &made.etag(), &json!({"name": "Otro"}));
            assert_eq!(dry(&app, &sre, edit, Some(&path)).await["name"], "Otro");
        }
        let lead = app.officer(GUADALAJARA).await;
        let parties = json!([{"government_id": GUADALAJARA, "role": "lead"}, {"government_id": ZAPOPAN, "role": "signatory"}]);
        let draft = json!({"kind": "twinning", "title": "Acuerdo", "parties": parties});
        let path = one(lead.post("/v1/agreements", &draft).await.expect(201).id());
        let party = app.officer(ZAPOPAN).await;
        let etag = party.get(&path).await.etag();
        let confirm = Request::new(Method::POST, &format!("{path}/confirmations"));
        let seen = dry(&app, &party, confirm.if_match(&etag), Some(&path)).await;
        assert_ne!(seen["parties"][1]["confirmed_at"], json!(null));
    })
    .await;
}

/// A number that is not kept is neither shown nor used up.
#[actix_web::test]
async fn a_dry_inscription_has_no_number() {
    on_both(|app| async move {
        let case = app
            .case_in(GUADALAJARA, Stage::PendingRegistration)
            .await
            .to_string();
        let registrar = app.client(Role::Registrar, SRE).await;
        let etag = registrar.get(&one(&case)).await.etag();
        let body = json!({"action": "register", "text_matches": true});
        let register = post(&format!("{}/transitions", one(&case)), &body).if_match(&etag);
        let seen = dry(&app, &registrar, register.clone(), Some(&one(&case))).await;
        assert_eq!(
            (&seen["stage"], &seen["inscription"]),
            (&json!("registered"), &json!(null))
        );
        let done = registrar.send(register).await.expect(200).json();
        assert!(done["inscription"].as_str().unwrap().ends_with("-000001"));
    })
    .await;
}

/// A dry run is refused for the same reasons as the real request.
#[actix_web::test]
async fn a_dry_run_is_refused_like_any_other() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let mut wrong = TestApp::counterpart_json("Osaka");
        wrong["country"] = json!("XX");
        let answer = client.post("/v1/counterparts?dry_run=true", &wrong).await;
        answer.refused(422, "validation_failed");
        let viewer = app.client(Role::Viewer, GUADALAJARA).await;
        let good = TestApp::counterpart_json("Osaka");
        let answer = viewer.post("/v1/counterparts?dry_run=true", &good).await;
        answer.refused(403, "forbidden");
        // `false` means a real request.
        let answer = client
            .post("/v1/counterparts?dry_run=false", &good)
            .await
            .expect(201);
        assert_eq!(answer.header("dry-run"), None);
        let again = client.post("/v1/counterparts?dry_run=true", &good).await;
        again.refused(409, "duplicate");
    })
    .await;
}
