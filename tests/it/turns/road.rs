//! The path with known dates and holidays, from the draft to the registrar.

use super::act;
use crate::tools::{noon, one, post_on};
use serde_json::json;
use uuid::Uuid;
use vinculo_api::fixtures::{Cast, content_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, OpinionResult};
use vinculo_domain::clock::FixedClock;
use vinculo_domain::documents::DocumentKind;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp};

async fn set(app: &TestApp, tenant: &str, stage: &str, days: i32) -> String {
    let admin = app.client(Role::Admin, tenant).await;
    let fields = json!({"stage": stage, "business_days": days});
    admin.post("/v1/targets", &fields).await.expect(201).id()
}

async fn draft(app: &TestApp, cast: &Cast<'_>) -> Uuid {
    let counterpart = app.counterpart(&cast.officer, "Kioto").await;
    let content = content_for("twinning", "Hermanamiento", counterpart, "culture").unwrap();
    cast.prepare(content).await.unwrap()
}

/// From the draft to SRE's legal review, with a state holiday and a change of its calendar.
pub async fn to_legal_review(app: &TestApp, clock: &FixedClock, cast: &Cast<'_>) -> Uuid {
    let admin = app.client(Role::Admin, JALISCO).await;
    let holiday = |date: &str| json!({"date": date, "name": "Asueto estatal"});
    let calendar = json!({"name": "Jalisco", "holidays": [holiday("2026-11-13")]});
    let calendar = admin.post("/v1/calendars", &calendar).await.expect(201);
    set(app, JALISCO, "state_review", 5).await;
    set(app, SRE, "federal_intake", 3).await;
    let legal = set(app, SRE, "legal_review", 10).await;
    set(app, GUADALAJARA, "opinion_favorable", 20).await;

    let case = draft(app, cast).await;
    noon(clock, "2026-11-06");
    act(&cast.officer, case, CaseAction::Submit).await;
    // A holiday declared while the state has the case does not move the due date.
    noon(clock, "2026-11-10");
    let admin = app.client(Role::Admin, JALISCO).await;
    let path = format!("/v1/calendars/{}", calendar.id());
    let more = json!({"holidays": [holiday("2026-11-13"), holiday("2026-11-17")]});
    let changed = admin.patch(&path, &calendar.etag(), &more).await;
    assert_eq!(changed.expect(200).json()["version"], 2);
    let officer = app.officer(GUADALAJARA).await;
    let view = officer.get(&one(case)).await.json();
    assert_eq!(view["due_on"], "2026-11-17");
    noon(clock, "2026-11-18");
    act(cast.state.as_ref().unwrap(), case, CaseAction::Forward).await;
    noon(clock, "2026-11-23");
    act(&cast.intake, case, CaseAction::Accept).await;
    // A target changed meanwhile does not move it either.
    noon(clock, "2026-11-24");
    let admin = app.client(Role::Admin, SRE).await;
    let path = format!("/v1/targets/{legal}");
    let etag = admin.get(&path).await.etag();
    let fewer = json!({"business_days": 2});
    admin.patch(&path, &etag, &fewer).await.expect(200);
    case
}

/// From the opinion to the inscription, with a month of waiting for the counterpart.
pub async fn to_registry(app: &TestApp, clock: &FixedClock, cast: &Cast<'_>, case: Uuid) {
    noon(clock, "2026-12-04");
    cast.opine(case, OpinionResult::Favorable).await.unwrap();
    for (day, party) in [("2026-12-09", "counterpart"), ("2027-01-11", "owner")] {
        noon(clock, day);
        let officer = app.officer(GUADALAJARA).await;
        let said = json!({"for": party, "note": "Kioto lee el texto."});
        let case = case.to_string();
        let view = post_on(&officer, &case, "waiting", &said).await.expect(200);
        assert_eq!(view.json()["waiting_for"], party);
        // The same again changes nothing; with another note it is no change of whom it waits for.
        let again = post_on(&officer, &case, "waiting", &said).await.expect(200);
        assert_eq!(again.etag(), view.etag());
        let other = json!({"for": party, "note": "Otra nota."});
        let other = post_on(&officer, &case, "waiting", &other).await;
        other.refused(409, "wrong_stage");
    }
    noon(clock, "2027-01-14");
    act(&cast.officer, case, CaseAction::RecordSignature).await;
    let copy = cast
        .officer
        .attach(case, DocumentKind::SignedCopy, Some("es"), "Copia");
    copy.await.unwrap();
    noon(clock, "2027-01-15");
    act(&cast.officer, case, CaseAction::SendToRegistry).await;
    noon(clock, "2027-01-20");
}
