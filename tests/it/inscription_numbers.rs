//! Inscription numbers: gap-free in each year, whatever races and whatever fails.

use crate::copies::copies;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use futures_util::stream::iter;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;
use vinculo_api::world::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Stage};
use vinculo_domain::clock::{Clock, FixedClock, SystemClock, registry_year};
use vinculo_tests::{Client, GUANAJUATO, Request, SRE, TestApp, engines, on_both};

const CASES: usize = 200;
const AT_ONCE: usize = 16;

/// Cases that wait for their inscription.
async fn waiting(app: &TestApp, number: usize) -> Vec<Uuid> {
    let first = app.case_in(GUANAJUATO, Stage::PendingRegistration).await;
    copies(app, first, number)
}

fn register(case: Uuid, query: &str, etag: &str) -> Request {
    let path = format!("/v1/agreements/{case}/transitions{query}");
    Request::new(Method::POST, &path)
        .json(&json!({"action": "register", "text_matches": true}))
        .if_match(etag)
}

/// Inscribes one case, after some tries that must fail and take no number.
async fn inscribe(registrar: &Client, case: Uuid, i: usize) -> String {
    let read = || async move {
        let view = registrar.get(&format!("/v1/agreements/{case}")).await;
        view.expect(200).etag()
    };
    if i.is_multiple_of(5) {
        let dry = register(case, "?dry_run=true", &read().await);
        let dry = registrar.send(dry).await.expect(200).json();
        assert_eq!(
            (&dry["stage"], &dry["inscription"]),
            (&json!("registered"), &Value::Null)
        );
    }
    if i.is_multiple_of(7) {
        let stale = register(case, "", "\"1.stale\"");
        registrar
            .send(stale)
            .await
            .refused(412, "precondition_failed");
    }
    let done = registrar
        .send(register(case, "", &read().await))
        .await
        .expect(200);
    if i.is_multiple_of(11) {
        let again = register(case, "", &done.etag());
        registrar.send(again).await.refused(409, "wrong_stage");
    }
    done.json()["inscription"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn two_hundred_inscriptions_at_once_leave_no_gap() {
    on_both(|app: TestApp| async move {
        let cases = waiting(&app, CASES).await;
        let registrar = app.client(Role::Registrar, SRE).await;
        let year = registry_year(SystemClock.now());
        let numbers: Vec<String> = iter(cases.into_iter().enumerate())
            .map(|(i, case)| inscribe(&registrar, case, i))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let distinct: BTreeSet<String> = numbers.into_iter().collect();
        let expected = (1..=CASES).map(|ordinal| format!("{year}-{ordinal:06}"));
        assert_eq!(distinct, expected.collect());
        assert_eq!(
            app.scratch.count("inscriptions"),
            i64::try_from(CASES).unwrap()
        );
        let series = format!("counters WHERE series = 'registry:{year}' AND value = {CASES}");
        assert_eq!(app.scratch.count(&series), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_dry_run_shows_no_number_and_takes_none() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUANAJUATO, Stage::PendingRegistration).await;
        let registrar = app.client(Role::Registrar, SRE).await;
        let etag = registrar
            .get(&format!("/v1/agreements/{case}"))
            .await
            .etag();
        for _twice in 0..2 {
            let dry = registrar
                .send(register(case, "?dry_run=true", &etag))
                .await
                .expect(200);
            assert_eq!(dry.header("dry-run").as_deref(), Some("true"));
            assert_eq!(dry.json()["inscription"], Value::Null);
        }
        assert_eq!(app.scratch.count("inscriptions"), 0);
        assert_eq!(
            app.scratch.count("counters WHERE series LIKE 'registry:%'"),
            0
        );
        let done = registrar
            .send(register(case, "", &etag))
            .await
            .expect(200)
            .json();
        assert!(
            done["inscription"].as_str().unwrap().ends_with("-000001"),
            "{done}"
        );
    })
    .await;
}

#[actix_web::test]
async fn the_year_turns_at_midnight_in_mexico_city() {
    for engine in engines() {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let clock = FixedClock::at(instant("2026-12-31T20:00:00Z"));
        let app = TestApp::start_at(engine, Arc::new(clock.clone())).await;
        let cases = waiting(&app, 4).await;
        let registrar = app.desk(Role::Registrar, SRE).await;
        let mut numbers = Vec::new();
        let instants = [
            "2027-01-01T05:59:58Z",
            "2027-01-01T05:59:59.999999Z",
            "2027-01-01T06:00:00Z",
            "2027-01-01T06:00:01Z",
        ];
        for (case, at) in cases.into_iter().zip(instants) {
            clock.set(instant(at));
            let request = request_for(CaseAction::Register, &Value::Null, None).unwrap();
            let done = registrar.act(case, request).await.unwrap();
            numbers.push(done["inscription"].as_str().unwrap().to_owned());
        }
        assert_eq!(
            numbers,
            ["2026-000001", "2026-000002", "2027-000001", "2027-000002"]
        );
    }
}
