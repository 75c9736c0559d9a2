//! A patch that changes nothing is answered with the record as it was, and leaves an audit row alone.

use crate::tools::{one, patch};
use actix_web::http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vinculo_api::operations;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::records::kinds;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// What a request that writes nothing else may change.
const TRAIL: [&str; 4] = ["audit_log", "audit_owners", "heartbeats", "row_sums"];

/// A record that may be patched: who patches it, the path of its kind, its own, and a text of it
/// that is kept without the spaces around it.
struct Patched {
    by: Client,
    kind: &'static str,
    path: String,
    spaced: Option<&'static str>,
}

async fn made(
    by: Client,
    kind: &'static str,
    spaced: Option<&'static str>,
    body: Value,
) -> Patched {
    let id = by.post(kind, &body).await.expect(201).id();
    Patched {
        path: format!("{kind}/{id}"),
        by,
        kind,
        spaced,
    }
}

/// One record of each kind that takes a PATCH.
async fn records(app: &TestApp) -> Vec<Patched> {
    let officer = app.officer(GUADALAJARA).await;
    let (sre, admin) = (
        app.client(Role::Liaison, SRE).await,
        app.client(Role::Admin, JALISCO).await,
    );
    let ids = json!([{"system": "siga", "value": "2"}, {"system": "acervo", "value": "1"}]);
    let mut city = TestApp::counterpart_json("Kioto");
    city["external_ids"] = ids.clone();
    let period = json!({"government_id": GUADALAJARA, "starts_on": "2024-10-01", "ends_on": "2027-09-30",
        "head": {"name": "Persona Titular", "post": "Presidenta municipal", "capacity": "constitucional"}});
    let holidays = json!({"name": "Días hábiles", "holidays": [{"date": "2026-04-03", "name": "Viernes Santo"}]});
    let body = json!({"governments": [GUADALAJARA], "name": "Relaciones Internacionales", "kind": "dependency", "starts_on": "2018-10-01"});
    let mechanism = json!({"state_id": "11", "name": "Mecanismo", "kinds": ["twinning"], "starts_on": "2026-01-01"});
    let office = json!({"state_id": "11", "name": "Oficina", "head_name": "Persona Titular", "since": "2026-01-01"});
    let target = json!({"stage": "state_review", "business_days": 10});
    let case = app.case_in(GUADALAJARA, Stage::Draft).await;
    let path = one(case);
    let tag = officer.get(&path).await.etag();
    let edit = json!({ "external_ids": ids, "objective": "Cooperar." });
    officer.patch(&path, &tag, &edit).await.expect(200);
    let me = officer.get("/v1/me").await.json()["id"].clone();
    let assigned = json!({ "person_id": me });
    officer
        .post(&format!("{path}/assignments"), &assigned)
        .await
        .expect(201);
    let case = Patched {
        by: officer.clone(),
        kind: "/v1/agreements",
        path,
        spaced: None,
    };
    vec![
        case,
        made(officer.clone(), "/v1/counterparts", Some("name"), city).await,
        made(officer.clone(), "/v1/administrations", None, period).await,
        made(officer, "/v1/bodies", Some("name"), body).await,
        made(sre.clone(), "/v1/mechanisms", Some("name"), mechanism).await,
        made(sre, "/v1/designated-offices", Some("head_name"), office).await,
        made(admin.clone(), "/v1/calendars", None, holidays).await,
        made(admin, "/v1/targets", None, target).await,
    ]
}

// row: 002-10
// operations: update_agreement, update_counterpart, update_administration, update_body, update_mechanism, update_designated_office, update_calendar, update_target
#[actix_web::test]
async fn a_patch_without_a_change_makes_no_version() {
    on_both(|app| async move {
        let records = records(&app).await;
        let tried: BTreeSet<String> = records
            .iter()
            .map(|one| format!("{}/{{id}}", one.kind))
            .collect();
        let all = operations::all();
        // The contract of records asks the same of each of their kinds.
        let plain = |path: &str| {
            let mut kinds = kinds().iter();
            !kinds.any(|kind| path == format!("{}/{{id}}", kind.spec.address()))
        };
        let patched = all
            .iter()
            .filter(|one| one.method == Method::PATCH && plain(one.path));
        assert_eq!(tried, patched.map(|one| one.path.to_owned()).collect());
        let camera = app.scratch.camera(&TRAIL);
        let noted = || {
            app.scratch
                .count("audit_log WHERE outcome = 'done' AND detail = '{\"unchanged\":true}'")
        };
        for Patched {
            by, path, spaced, ..
        } in &records
        {
            let read = by.get(path).await.expect(200);
            let whole = read.json();
            let mut patches = vec![json!({}), whole.clone()];
            // The draft of a case is read apart from its head.
            let fields = whole.get("draft").unwrap_or(&whole).as_object().unwrap();
            let written = fields.iter().filter(|(_, value)| !value.is_null());
            patches.extend(written.map(|(name, value)| json!({ name.as_str(): value })));
            if let Some(field) = spaced {
                let text = whole[*field].as_str().unwrap();
                patches.push(json!({ *field: format!("  {text} ") }));
            }
            if let Some(ids) = whole["external_ids"]
                .as_array()
                .filter(|_| path.contains("counterparts"))
            {
                let turned: Vec<_> = ids.iter().rev().collect();
                assert_eq!(turned.len(), 2);
                patches.push(json!({ "external_ids": turned }));
            }
            let before = camera.digest();
            for change in patches {
                let rows = noted();
                let same = by.patch(path, &read.etag(), &change).await.expect(200);
                assert_eq!(
                    (same.text(), same.etag()),
                    (read.text(), read.etag()),
                    "{path} {change}"
                );
                assert_eq!(
                    before.difference(&camera.digest()),
                    BTreeSet::new(),
                    "{path} {change}"
                );
                assert_eq!(noted(), rows + 1, "{path} {change}");
            }
            let again = by.get(path).await.expect(200);
            assert_eq!((again.text(), again.etag()), (read.text(), read.etag()));
        }
    })
    .await;
}

// row: 002-10
// operations: update_agreement
#[actix_web::test]
async fn a_patch_without_a_change_is_refused_as_any_other() {
    on_both(|app| async move {
        let case = one(app.case_in(GUADALAJARA, Stage::Registered).await);
        let officer = app.officer(GUADALAJARA).await;
        let read = officer.get(&case).await.expect(200);
        let same = json!({"title": read.json()["title"]});
        // Ids may be set at every stage, so a patch that changes nothing is taken at every stage.
        let kept = officer.send(patch(&case, &read.etag(), &same)).await;
        assert_eq!(kept.expect(200).etag(), read.etag());
        let other = json!({"title": "Otro título"});
        let refused = officer.send(patch(&case, &read.etag(), &other)).await;
        refused.refused(409, "locked_in_stage");
        let refused = officer.send(patch(&case, "\"1.x\"", &same)).await;
        refused.refused(412, "precondition_failed");
        let reader = app.client(Role::Viewer, GUADALAJARA).await;
        let refused = reader.send(patch(&case, &read.etag(), &same)).await;
        refused.refused(403, "forbidden");
        let stranger = app.officer("11").await;
        let refused = stranger.send(patch(&case, &read.etag(), &same)).await;
        refused.refused(404, "not_found");
    })
    .await;
}

// row: 002-10
// operations: update_agreement, get_agreement
#[actix_web::test]
async fn a_patch_without_a_change_undoes_no_confirmation() {
    on_both(|app| async move {
        let others = [("14120", vinculo_domain::agreements::PartyRole::Signatory)];
        let case = crate::parties::case_with(&app, &others).await;
        let (lead, party) = (app.officer(GUADALAJARA).await, app.officer("14120").await);
        crate::parties::approve(&party, &case).await;
        let read = lead.get(&one(&case)).await.expect(200);
        let confirmed = read.json()["parties"][1]["confirmed_at"].clone();
        assert!(confirmed.is_string());
        let same = json!({"parties": read.json()["draft"]["parties"]});
        let same = lead
            .patch(&one(&case), &read.etag(), &same)
            .await
            .expect(200);
        assert_eq!(same.json()["parties"][1]["confirmed_at"], confirmed);
    })
    .await;
}
