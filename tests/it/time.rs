//! When the clock jumps, nothing is changed in bulk.

use crate::tools::{entry, inscribe, noon, on_both_at_noon, one, post};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::time::Duration;
use vinculo_api::commands::lapses::{Said, answer};
use vinculo_api::{maintenance, secrets, server};
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::{Clock, FixedClock};
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Db, Leave, Settings, Sweeping, forget_answers, lapse, sweep_files};
use vinculo_tests::{GUADALAJARA, JALISCO, Request, TestApp, ZAPOPAN};

/// Days until draft expiry, by default.
const DAYS: u32 = 365;

/// The check before anything in bulk. The process has run for as long as its clock says.
async fn look(app: &TestApp) -> Option<Leave> {
    let (db, scope) = (&app.app.db, maintenance::operator_scope());
    let running = (db.now() - noon_of_the_tests())
        .to_std()
        .unwrap_or_default();
    db.guard().look(db, &scope, running).await.unwrap()
}

/// The operator's console: another process on the same store.
async fn console(app: &TestApp, clock: &FixedClock, said: Said) -> String {
    let settings = Settings {
        url: app.scratch.url.clone(),
        files: app.folder.path().join("files"),
        pool: 2,
        pooler: app.scratch.pooler,
    };
    let (tokens, seal) = secrets::load(app.folder.path(), "https://vinculo.example").unwrap();
    let db = Db::open(&settings, Arc::new(clock.clone())).unwrap();
    answer(&server::app(db, tokens, seal), said).await.unwrap()
}

const RIGHT: Said = Said {
    clock_is_right: true,
    go_ahead: false,
};
const GO_AHEAD: Said = Said {
    clock_is_right: false,
    go_ahead: true,
};

/// What a starting service does: all of its maintenance, if the clock check allows it.
async fn start(app: &TestApp) -> Option<usize> {
    let leave = look(app).await?;
    let (db, scope) = (&app.app.db, maintenance::operator_scope());
    forget_answers(db, &scope, &leave).await.unwrap();
    sweep_files(db, &scope, Sweeping::Few, &leave)
        .await
        .unwrap();
    Some(lapse(db, &scope, DAYS, &leave).await.unwrap())
}

fn at(clock: &FixedClock, instant: DateTime<Utc>) {
    clock.set(instant);
}

/// The service runs until noon of a day and checks the clock meanwhile.
async fn live(app: &TestApp, clock: &FixedClock, day: &str) {
    let until: DateTime<Utc> = format!("{day}T18:00:00Z").parse().unwrap();
    while clock.now() < until {
        clock.set(until.min(clock.now() + TimeDelta::days(25)));
        assert!(look(app).await.is_some(), "{}", clock.now());
    }
}

fn noon_of_the_tests() -> DateTime<Utc> {
    crate::tools::NOON.parse().unwrap()
}

async fn repeated(app: &TestApp, title: &str) -> vinculo_tests::Answer {
    let officer = app.officer(GUADALAJARA).await;
    let body = serde_json::json!({"kind": "twinning", "title": title});
    let key = title.replace(' ', "-");
    let request = post("/v1/agreements", &body).header("idempotency-key", &key);
    officer.send(request).await
}

/// Several instances may start on a new store, and each checks the clock first.
#[actix_web::test]
async fn first_looks_at_once_all_get_leave() {
    on_both_at_noon(|app, _clock| async move {
        // The newest event in the store is from now.
        app.case_in(GUADALAJARA, Stage::Draft).await;
        let looks = (0..8).map(|_| look(&app));
        let leaves = futures_util::future::join_all(looks).await;
        assert!(leaves.iter().all(Option::is_some), "{leaves:?}");
        let kept = format!(
            "counters WHERE series = 'clock' AND value = {}",
            noon_of_the_tests().timestamp()
        );
        assert_eq!(app.scratch.count(&kept), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_start_four_hundred_days_ahead_acts_on_nothing() {
    on_both_at_noon(|app, clock| async move {
        let answer_before = repeated(&app, "Una vez").await.expect(201);
        let draft = app.case_in(JALISCO, Stage::Draft).await;
        let open = "agreements WHERE stage = 'abandoned'";
        at(&clock, noon_of_the_tests() + TimeDelta::days(400));
        assert_eq!(start(&app).await, None, "it has no leave");
        assert_eq!(app.app.db.alarms().count(Alarm::ClockFar), 1);
        // Rows written meanwhile do not make the clock trustworthy.
        let later = repeated(&app, "Otra vez").await.expect(201);
        assert_eq!(start(&app).await, None);
        assert_eq!(app.scratch.count(open), 0);
        assert_eq!(app.scratch.count("idempotency_keys"), 2);
        // The repeated request still gets the first answer.
        let again = repeated(&app, "Una vez").await.expect(201);
        assert_eq!(again.json()["id"], answer_before.json()["id"]);

        // When the clock is right again, everything resumes by itself.
        at(&clock, noon_of_the_tests() + TimeDelta::hours(1));
        assert_eq!(start(&app).await, Some(0));
        assert_eq!(app.app.db.alarms().count(Alarm::ClockFar), 0);
        for (case, tenant) in [(draft.to_string(), JALISCO), (later.id(), GUADALAJARA)] {
            let officer = app.officer(tenant).await;
            let view = officer.get(&one(case)).await.expect(200).json();
            assert_eq!(view["stage"], "draft");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_clock_that_was_set_back_acts_on_nothing_until_the_operator_says_that_it_is_right() {
    on_both_at_noon(|app, clock| async move {
        app.case_in(GUADALAJARA, Stage::Draft).await;
        assert_eq!(start(&app).await, Some(0));
        at(&clock, noon_of_the_tests() - TimeDelta::days(1));
        assert_eq!(start(&app).await, None);
        assert_eq!(app.app.db.alarms().count(Alarm::ClockFar), 1);
        // From inside, a year without running looks the same; only the operator knows.
        noon(&clock, "2027-11-22");
        assert_eq!(start(&app).await, None);
        let said = console(&app, &clock, Said::default()).await;
        assert!(said.contains("--clock-is-right"), "{said}");
        assert_eq!(start(&app).await, None, "asking is not answering");
        console(&app, &clock, RIGHT).await;
        let audited = "audit_log WHERE operation = 'believe_clock' AND person_id IS NULL";
        assert_eq!(app.scratch.count(audited), 1);
        assert_eq!(start(&app).await, Some(1), "the draft has lapsed indeed");
        assert_eq!(app.app.db.alarms().count(Alarm::ClockFar), 0);
    })
    .await;
}

#[actix_web::test]
async fn a_clock_that_jumps_while_the_service_runs_is_noticed() {
    on_both_at_noon(|app, clock| async move {
        app.case_in(GUADALAJARA, Stage::Draft).await;
        let (guard, scope) = (app.app.db.guard(), maintenance::operator_scope());
        let look = |seconds| guard.look(&app.app.db, &scope, Duration::from_secs(seconds));
        assert!(look(0).await.unwrap().is_some());
        at(&clock, noon_of_the_tests() + TimeDelta::days(3));
        // Three days are less than a month, but the process has run for only a minute.
        assert!(look(60).await.unwrap().is_none());
        assert_eq!(app.app.db.alarms().count(Alarm::ClockFar), 1);
        at(&clock, noon_of_the_tests() + TimeDelta::minutes(2));
        assert!(look(120).await.unwrap().is_some());
        // If the clock was wrong before and is right now, the operator must say so.
        at(&clock, noon_of_the_tests() + TimeDelta::days(3));
        assert!(look(180).await.unwrap().is_none());
        console(&app, &clock, RIGHT).await;
        assert!(look(240).await.unwrap().is_some());
    })
    .await;
}

#[actix_web::test]
async fn many_lapses_at_once_wait_for_the_operator() {
    on_both_at_noon(|app, clock| async move {
        for (tenant, count) in [(GUADALAJARA, 13), (ZAPOPAN, 12)] {
            drafts(&app, tenant, count).await;
        }
        assert_eq!(start(&app).await, Some(0));
        live(&app, &clock, "2027-06-01").await;
        drafts(&app, GUADALAJARA, 5).await;
        // 25 of 30 are due: more than twenty, and more than one in twenty.
        live(&app, &clock, "2027-11-22").await;
        assert_eq!(
            start(&app).await,
            Some(0),
            "not even the first government's"
        );
        let abandoned = "agreements WHERE stage = 'abandoned'";
        assert_eq!(app.scratch.count(abandoned), 0);
        assert_eq!(app.app.db.alarms().count(Alarm::LapsesStopped), 1);

        let said = answer(&app.app, Said::default()).await.unwrap();
        assert!(
            said.contains("25 cases") && said.contains("13  14039"),
            "{said}"
        );
        assert!(said.contains("--go-ahead"), "{said}");
        assert_eq!(app.scratch.count(abandoned), 0);
        let said = console(&app, &clock, GO_AHEAD).await;
        assert!(said.contains("25 cases were abandoned"), "{said}");
        assert_eq!(app.scratch.count(abandoned), 25);
        let audited = "audit_log WHERE operation = 'lapses_go_ahead' AND detail LIKE '%25%'";
        assert_eq!(app.scratch.count(audited), 1);
        // The permission was for one run, and the service then resumes by itself.
        assert_eq!(start(&app).await, Some(0));
        assert_eq!(app.app.db.alarms().count(Alarm::LapsesStopped), 0);
    })
    .await;
}

#[actix_web::test]
async fn twenty_lapses_are_no_matter_for_anybody() {
    on_both_at_noon(|app, clock| async move {
        drafts(&app, GUADALAJARA, 20).await;
        assert_eq!(start(&app).await, Some(0));
        live(&app, &clock, "2027-11-22").await;
        assert_eq!(start(&app).await, Some(20));
        assert_eq!(app.app.db.alarms().count(Alarm::LapsesStopped), 0);
    })
    .await;
}

async fn drafts(app: &TestApp, tenant: &str, count: usize) {
    let officer = app.officer(tenant).await;
    for number in 0..count {
        let body = serde_json::json!({"kind": "twinning", "title": format!("Borrador {number}")});
        let request = Request::new(actix_web::http::Method::POST, "/v1/agreements");
        officer.send(request.json(&body)).await.expect(201);
    }
}

// row: 002-31
// operations: get_registry_document
#[actix_web::test]
async fn a_clock_that_is_far_opens_no_withheld_document() {
    on_both_at_noon(|app, clock| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, serde_json::json!({})).await;
        let officer = app.officer(GUADALAJARA).await;
        let record = app.nobody().get(&entry(&number)).await.json();
        let id = record["documents"][0]["id"].as_str().unwrap().to_owned();
        let reserved = serde_json::json!({"classification": "reserved", "until": "2027-06-30",
            "ground": "LGTAIP 112-II: negociaciones en curso."});
        let path = format!("{}/documents/{id}/classifications", one(&case));
        officer.post(&path, &reserved).await.expect(201);
        let bytes = format!("{}/documents/{id}/content", entry(&number));
        assert!(look(&app).await.is_some());
        let shut = async || {
            app.nobody().get(&bytes).await.refused(404, "not_found");
            let record = app.nobody().get(&entry(&number)).await.json();
            assert_eq!(record["consolidated"]["documents"], serde_json::json!([]));
        };
        noon(&clock, "2027-12-25");
        // Even before the clock check, and for as long as the clock is far off.
        shut().await;
        assert!(look(&app).await.is_none());
        shut().await;
        console(&app, &clock, RIGHT).await;
        assert!(look(&app).await.is_some());
        app.nobody().get(&bytes).await.expect(200);
    })
    .await;
}
