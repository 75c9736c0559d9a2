//! What a case shows of other records: a change there is a change of the case, for those who see it.

use super::{Kept, stamps};
use crate::administrations::period;
use crate::annotations::{annotate, registrar};
use crate::parties::{approve, case_with, etag};
use crate::procedure::scenes::Scenes;
use crate::tools::{entry, inscribe, one, post_on};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::{PartyRole, Stage};
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

const CASES: &str = "/v1/agreements";

async fn kept(client: &Client, case: &str) -> Kept {
    Kept::of(client, CASES, &one(case)).await
}

/// Changes a record by its path.
async fn change(client: &Client, path: &str, patch: &Value) {
    let tag = client.get(path).await.expect(200).etag();
    client.patch(path, &tag, patch).await.expect(200);
}

// row: 002-14
// operations: update_counterpart, get_agreement, list_agreements, list_agreement_history
#[actix_web::test]
async fn a_renamed_counterpart_is_renamed_in_the_cases_that_name_it() {
    on_both(|app| async move {
        let case = case_with(&app, &[(ZAPOPAN, PartyRole::Signatory)]).await;
        let (owner, party) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let (state, sre) = (
            app.client(Role::Liaison, JALISCO).await,
            app.client(Role::Liaison, SRE).await,
        );
        approve(&party, &case).await;
        crate::parties::submit(&owner, &case).await.expect(200);
        let before = [kept(&owner, &case).await, kept(&party, &case).await];
        let sent = kept(&state, &case).await;
        let card = before[0].json()["counterparts"][0].clone();
        let path = format!("/v1/counterparts/{}", card["id"].as_str().unwrap());
        change(&owner, &path, &json!({"name": "Nagoya", "country": "FR"})).await;
        for (reader, before) in [&owner, &party].into_iter().zip(&before) {
            let after = before.has_moved(reader).await;
            // One name in the whole body, but for what was sent under another.
            assert_eq!(after["counterparts"][0]["name"], "Nagoya");
            assert_eq!(
                (&after["counterpart"], &after["country"]),
                (&json!("Nagoya"), &json!("FR"))
            );
            assert_eq!(after["submission"]["counterparts"][0], card);
            let found = reader
                .get("/v1/agreements?q=nagoya&country=FR")
                .await
                .json();
            assert_eq!(found["items"][0]["id"], case.as_str());
        }
        // What the state was sent has the name it was sent under.
        sent.has_stayed(&state).await;
        sre.get(&one(&case)).await.refused(404, "not_found");
        let history = owner.get(&format!("{}/history", one(&case))).await.json();
        let newest = &history["items"][0];
        assert_eq!(
            (&newest["action"], &newest["person_id"]),
            (&json!("counterpart_changed"), &Value::Null)
        );
        let history = state.get(&format!("{}/history", one(&case))).await.json();
        assert_eq!(history["items"][0]["action"], "submit");
        // A change that no case shows leaves the cases alone.
        let before = kept(&owner, &case).await;
        change(&owner, &path, &json!({"visibility": "network"})).await;
        before.has_stayed(&owner).await;
    })
    .await;
}

// row: 002-14
// operations: update_counterpart, get_agreement
#[actix_web::test]
async fn a_shared_counterpart_is_renamed_in_the_cases_of_others() {
    on_both(|app| async move {
        let (lender, other) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let mut city = TestApp::counterpart_json("Kioto");
        city["visibility"] = json!("network");
        let made = lender.post("/v1/counterparts", &city).await.expect(201);
        let draft = json!({"kind": "twinning", "title": "Acuerdo", "counterparts": [made.id()]});
        let case = other.post(CASES, &draft).await.expect(201).id();
        let before = kept(&other, &case).await;
        let path = format!("/v1/counterparts/{}", made.id());
        change(&lender, &path, &json!({"name": "Nagoya"})).await;
        let after = before.has_moved(&other).await;
        assert_eq!(after["counterparts"][0]["name"], "Nagoya");
        // The case is still the other government's alone.
        lender.get(&one(&case)).await.refused(404, "not_found");
        let events = "outbox WHERE event_type = 'agreement.counterpart_changed' AND tenant_id = '14120'";
        assert_eq!(app.scratch.count(events), 1);
        let lines = "history WHERE action = 'counterpart_changed' AND acting_tenant = '14120' AND person_id IS NULL";
        assert_eq!(app.scratch.count(lines), 1);
    })
    .await;
}

// row: 002-18
// operations: update_body, get_agreement
#[actix_web::test]
async fn a_renamed_body_is_renamed_in_the_cases_that_it_signs() {
    on_both(|app| async move {
        let case = case_with(&app, &[(ZAPOPAN, PartyRole::Signatory)]).await;
        let (owner, party) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let body = json!({"governments": [ZAPOPAN], "name": "Universidad de Zapopan", "kind": "university", "starts_on": "2018-10-01"});
        let body = party.post("/v1/bodies", &body).await.expect(201).id();
        let parties = json!({"parties": [{"government_id": GUADALAJARA, "role": "lead"},
            {"government_id": ZAPOPAN, "role": "signatory", "body_id": body}]});
        let tag = etag(&owner, &case).await;
        owner.patch(&one(&case), &tag, &parties).await.expect(200);
        let before = [kept(&owner, &case).await, kept(&party, &case).await];
        let path = format!("/v1/bodies/{body}");
        change(&party, &path, &json!({"name": "Universidad Metropolitana"})).await;
        for (reader, before) in [&owner, &party].into_iter().zip(&before) {
            let after = before.has_moved(reader).await;
            assert_eq!(after["parties"][1]["body_name"], "Universidad Metropolitana");
        }
        // The date on which it ends is shown in no case.
        let before = kept(&owner, &case).await;
        change(&party, &path, &json!({"ends_on": "2040-12-31"})).await;
        before.has_stayed(&owner).await;
    })
    .await;
}

// row: 002-10, 003-19
// operations: create_administration, update_administration, get_agreement
#[actix_web::test]
async fn an_administration_raises_its_doubts_in_the_cases_of_its_days() {
    on_both(|app| async move {
        let drafted = case_with(&app, &[]).await;
        let (owner, sre) = (app.officer(GUADALAJARA).await, app.client(Role::Liaison, SRE).await);
        let fixed = json!({"validity": {"term": "fixed", "ends_on": "2030-01-01", "renewal": "none"}});
        let tag = etag(&owner, &drafted).await;
        owner.patch(&one(&drafted), &tag, &fixed).await.expect(200);
        let signed = app.case_in(GUADALAJARA, Stage::PendingRegistration).await.to_string();
        let state = app.client(Role::Liaison, JALISCO).await;
        let before = [kept(&owner, &drafted).await, kept(&owner, &signed).await];
        let seen = [kept(&sre, &signed).await, kept(&state, &signed).await];
        // Another time is nobody's business.
        let earlier = period(GUADALAJARA, "2018-10-01", "2021-09-30");
        owner.post("/v1/administrations", &earlier).await.expect(201);
        for before in &before {
            before.has_stayed(&owner).await;
        }
        let body = period(GUADALAJARA, "2024-10-01", "2027-09-30");
        let term = owner.post("/v1/administrations", &body).await.expect(201).id();
        let after = before[0].has_moved(&owner).await;
        assert_eq!(after["council_two_thirds_needed"], true);
        let flags = |view: &Value| view["signature"]["signatories"][0]["flags"].clone();
        let missing = json!(["authority_missing"]);
        assert_eq!(flags(&before[1].has_moved(&owner).await), missing);
        assert_eq!(flags(&seen[0].has_moved(&sre).await), missing);
        seen[1].has_stayed(&state).await;
        // The head turns out to be who signed; the end of the term is the same.
        let before = [kept(&owner, &drafted).await, kept(&owner, &signed).await];
        let name = before[1].json()["signature"]["signatories"][0]["name"].clone();
        let head = json!({"head": {"name": name, "post": "Presidenta municipal", "capacity": "constitucional"}});
        change(&owner, &format!("/v1/administrations/{term}"), &head).await;
        assert_eq!(flags(&before[1].has_moved(&owner).await), json!([]));
        before[0].has_stayed(&owner).await;
    })
    .await;
}

// row: 002-10, 003-05
// operations: create_annotation, get_agreement, get_inscription, list_registry
#[actix_web::test]
async fn the_owners_case_shows_the_inscription_with_its_annotations() {
    on_both(|app| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let (owner, nobody) = (app.officer(GUADALAJARA).await, app.nobody());
        let sre = registrar(&app).await;
        let before = kept(&owner, &case).await;
        let record = Kept::of(&nobody, "/v1/registry", &entry(&number)).await;
        let seen = kept(&sre, &case).await;
        assert_eq!(before.json()["consolidated"], record.json()["consolidated"]);
        assert_eq!(seen.json()["inscription"], number.as_str());
        let body = json!({"effective_on": "2026-12-01", "ground": "Error de captura.", "changes": {"kind": "correction", "fields": [
            {"field": "counterpart_name", "position": 0, "old": before.json()["consolidated"]["counterparts"][0]["name"], "new": "Quioto"}]}});
        annotate(&sre, &number, &body).await.expect(201);
        let form = record.has_moved(&nobody).await["consolidated"].clone();
        assert_eq!(form["counterparts"][0]["name"], "Quioto");
        let after = before.has_moved(&owner).await;
        assert_eq!(after["consolidated"], form);
        seen.has_stayed(&sre).await;
        let history = owner.get(&format!("{}/history", one(&case))).await.json();
        assert_eq!(history["items"][0]["action"], "annotated");

        // Which texts are open is part of it, whoever decides.
        let before = kept(&owner, &case).await;
        let record = Kept::of(&nobody, "/v1/registry", &entry(&number)).await;
        let document = form["documents"][0]["id"].as_str().unwrap();
        let path = format!("{}/documents/{document}", one(&case));
        let paper = owner.get(&path).await.expect(200);
        let reserved = json!({"classification": "reserved", "ground": "LGTAIP 112-II: negociaciones en curso.", "until": "2027-06-30"});
        owner.post(&format!("{path}/classifications"), &reserved).await.expect(201);
        let form = record.has_moved(&nobody).await["consolidated"].clone();
        assert_eq!(form["documents"], json!([]));
        assert_eq!(before.has_moved(&owner).await["consolidated"], form);
        // A document has no version; its tag tells.
        assert_ne!(owner.get(&path).await.expect(200).etag(), paper.etag());
    })
    .await;
}

// row: 002-10
// operations: create_agreement_assignment, get_agreement, list_agreements
#[actix_web::test]
async fn an_assignment_is_news_for_the_government_that_makes_it_alone() {
    on_both(|app| async move {
        let case = app
            .case_in(GUADALAJARA, Stage::LegalReview)
            .await
            .to_string();
        let owner = app.officer(GUADALAJARA).await;
        let others = [(Role::Liaison, SRE), (Role::Liaison, JALISCO)];
        for (role, tenant) in others {
            let client = app.client(role, tenant).await;
            let (before, seen) = (kept(&client, &case).await, kept(&owner, &case).await);
            let person = app.official(role, tenant).await.actor.person.unwrap();
            let body = json!({ "person_id": person });
            let path = format!("{}/assignments", one(&case));
            client.post(&path, &body).await.expect(201);
            let after = kept(&client, &case).await;
            assert_eq!(after.line["assigned_to"], json!(person));
            assert_ne!(after.answer.etag(), before.answer.etag());
            let (then, now) = (stamps(&before.line), stamps(&after.line));
            assert_eq!(then.0, now.0, "the others would see a gap");
            assert!(now.1 > then.1);
            seen.has_stayed(&owner).await;
            // The same again is no news.
            client.post(&path, &body).await.expect(201);
            after.has_stayed(&client).await;
        }
        // The next step is later than the assignment, for everybody.
        let sre = app.client(Role::Liaison, SRE).await;
        let before = kept(&sre, &case).await;
        let urgent =
            json!({"urgent": true, "reason": "Visita oficial", "planned_signing_on": "2027-03-12"});
        post_on(&owner, &case, "urgency", &urgent).await.expect(200);
        before.has_moved(&sre).await;
    })
    .await;
}

// row: 003-07
// operations: get_agreement
#[actix_web::test]
async fn who_no_longer_follows_a_case_reads_what_it_read() {
    on_both(|app| async move {
        let case = Scenes::new(&app, false)
            .await
            .bring("reported")
            .await
            .to_string();
        let (owner, state) = (
            app.officer(GUADALAJARA).await,
            app.client(Role::Liaison, JALISCO).await,
        );
        owner
            .transition(&case, &json!({"action": "confirm"}))
            .await
            .expect(200);
        let told = kept(&state, &case).await;
        owner
            .attach(&case, "signed_copy", Some("es"), &pdf("copia"))
            .await
            .expect(201);
        owner
            .transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .expect(200);
        let register = json!({"action": "register", "text_matches": true});
        registrar(&app)
            .await
            .transition(&case, &register)
            .await
            .expect(200);
        let body = period(GUADALAJARA, "1998-01-01", "2000-12-31");
        owner.post("/v1/administrations", &body).await.expect(201);
        assert!(owner.get(&one(&case)).await.json()["consolidated"]["number"].is_string());
        told.has_stayed(&state).await;
    })
    .await;
}
