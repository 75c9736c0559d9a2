//! Inscription numbers have no gap within a year, whatever races and whatever fails.

mod failures;

use crate::copies::copies;
use crate::storm::dice::Dice;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use failures::Official;
use futures_util::StreamExt;
use futures_util::stream::iter;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;
use vinculo_api::fixtures::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Stage};
use vinculo_domain::clock::{Clock, FixedClock, SystemClock, registry_year};
use vinculo_domain::problems::Problem;
use vinculo_tests::{GUANAJUATO, Request, SRE, TestApp, engines, on_both, pick};

const SEED: u64 = 2_026;
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

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn inscriptions_at_once_leave_no_gap() {
    on_both(|app: TestApp| async move {
        let start = Instant::now();
        let what = format!("inscription numbers: racing, {:?}", app.scratch.engine);
        let count = pick(&what, 150, 1_000);
        let cases = waiting(&app, count).await;
        let official = Official {
            registrar: app.client(Role::Registrar, SRE).await,
            legal: app.client(Role::LegalReviewer, SRE).await,
            actor: app.official(Role::Registrar, SRE).await.actor,
            app: app.clone(),
            failures: RefCell::default(),
        };
        let year = registry_year(SystemClock.now());
        let numbers: Vec<String> = iter(cases.into_iter().enumerate())
            .map(|(i, case)| official.inscribe(case, Dice::new(SEED, i as u64)))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        assert_eq!(numbers.len(), count);
        let distinct: BTreeSet<String> = numbers.into_iter().collect();
        let expected = (1..=count).map(|ordinal| format!("{year}-{ordinal:06}"));
        assert_eq!(distinct, expected.collect());
        let all = i64::try_from(count).unwrap();
        assert_eq!(app.scratch.count("inscriptions"), all);
        let history = "history WHERE action = 'register'";
        assert_eq!(app.scratch.count(history), all);
        let series = format!("counters WHERE series = 'registry:{year}' AND value = {count}");
        assert_eq!(app.scratch.count(&series), 1);
        let failures = official.failures.into_inner();
        println!(
            "inscriptions on {:?}: {count}, seed {SEED}, failures {failures:?}; {:.1} s",
            app.scratch.engine,
            start.elapsed().as_secs_f32()
        );
        assert!(failures.len() == 7 && failures.values().all(|met| *met > count / 50));
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
        let registrar = app.official(Role::Registrar, SRE).await;
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

/// Numbers assigned around the turn of the year: each year starts at one, without a gap.
#[actix_web::test]
async fn the_year_may_turn_while_registrations_are_under_way() {
    for engine in engines() {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let clock = FixedClock::at(instant("2027-01-01T05:59:59.999999Z"));
        let app = TestApp::start_at(engine, Arc::new(clock.clone())).await;
        let cases = waiting(&app, 60).await;
        let registrar = app.official(Role::Registrar, SRE).await;
        let done = RefCell::new(0);
        let numbers: BTreeSet<String> = iter(cases)
            .map(|case| {
                let (registrar, clock, done) = (&registrar, &clock, &done);
                async move {
                    let request = request_for(CaseAction::Register, &Value::Null, None).unwrap();
                    let view = loop {
                        match registrar.act(case, request.clone()).await {
                            Err(refusal) if refusal.problem == Problem::TooBusy => {}
                            done => break done.unwrap(),
                        }
                    };
                    *done.borrow_mut() += 1;
                    if *done.borrow() == 30 {
                        clock.set(instant("2027-01-01T06:00:00Z"));
                    }
                    view["inscription"].as_str().unwrap().to_owned()
                }
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let of = |year: &str| {
            numbers
                .iter()
                .filter(|number| number.starts_with(year))
                .count()
        };
        let (old, new) = (of("2026-"), of("2027-"));
        assert!(old >= 30 && new > 0 && old + new == 60, "{old} {new}");
        let expected = (1..=old).map(|n| format!("2026-{n:06}"));
        let expected = expected.chain((1..=new).map(|n| format!("2027-{n:06}")));
        assert_eq!(numbers, expected.collect());
    }
}
