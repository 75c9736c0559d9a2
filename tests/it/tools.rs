//! Small helpers for several suites.

use actix_web::http::Method;
use serde_json::{Value, json};
use std::future::Future;
use std::sync::Arc;
use vinculo_api::fixtures::content_for;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::FixedClock;
use vinculo_persistence::Engine;
use vinculo_tests::{Answer, Client, Request, Scratch, TestApp, engines};

/// The start instant of a test that sets its own clock.
pub const NOON: &str = "2026-11-20T18:00:00Z";

/// Runs a test on both engines with a clock that the test sets.
pub async fn on_both_at_noon<F: Future<Output = ()>>(test: impl Fn(TestApp, FixedClock) -> F) {
    for engine in engines() {
        eprintln!("--- {engine:?}");
        let clock = FixedClock::at(NOON.parse().unwrap());
        test(
            TestApp::start_at(engine, Arc::new(clock.clone())).await,
            clock,
        )
        .await;
    }
}

pub fn post(path: &str, body: &Value) -> Request {
    Request::new(Method::POST, path).json(body)
}

/// A PATCH of JSON to a version.
pub fn patch(path: &str, etag: &str, body: &Value) -> Request {
    Request::new(Method::PATCH, path).json(body).if_match(etag)
}

pub fn one(case: impl std::fmt::Display) -> String {
    format!("/v1/agreements/{case}")
}

/// The pointers of a problem's errors, with their codes.
pub fn errors(answer: &Answer) -> Vec<(String, String)> {
    let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    answer.json()["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|error| (text(error, "pointer"), text(error, "code")))
        .collect()
}

/// Whether a problem has this code at this pointer.
#[track_caller]
pub fn points_at(answer: &Answer, pointer: &str, code: &str) {
    let found = errors(answer);
    assert!(
        found.contains(&(pointer.to_owned(), code.to_owned())),
        "{pointer} {code} is not in {found:?}"
    );
}

/// Inscribes a twinning of a government, its draft changed by `patch`: the case and its number.
pub async fn inscribe(app: &TestApp, lead: &str, patch: Value) -> (String, String) {
    let cast = app.cast(lead).await;
    let counterpart = app.counterpart(&cast.officer, "Kioto").await;
    let content = content_for(
        "twinning",
        "Hermanamiento con Kioto",
        counterpart,
        "culture",
    );
    let mut content = serde_json::to_value(content.unwrap()).unwrap();
    let fields = content.as_object_mut().unwrap();
    fields.extend(patch.as_object().unwrap().clone());
    let case = cast.prepare(serde_json::from_value(content).unwrap());
    let case = case.await.unwrap();
    cast.carry(case, Stage::Registered).await.unwrap();
    let view = cast.registrar.view(case).await.unwrap();
    let number = view["inscription"].as_str().unwrap().to_owned();
    (case.to_string(), number)
}

pub fn entry(number: &str) -> String {
    format!("/v1/registry/{number}")
}

/// A problem without the parts that differ between requests.
pub fn shape(answer: &Answer) -> Value {
    let mut body = answer.json();
    body["request_id"] = json!(null);
    body
}

/// Sets a clock to noon of a day in Mexico City.
pub fn noon(clock: &FixedClock, day: &str) {
    clock.set(format!("{day}T18:00:00Z").parse().unwrap());
}

/// A POST to the current version of a case.
pub async fn post_on(client: &Client, case: &str, part: &str, body: &Value) -> Answer {
    let etag = client.get(&one(case)).await.etag();
    let request = post(&format!("{}/{part}", one(case)), body);
    client.send(request.if_match(&etag)).await
}

/// How the migrations after the tables of this installation are undone, the newest first.
macro_rules! undone {
    ($engine:literal) => {
        [
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0027_covering_facets/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0026_record_sums/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0025_record_counts/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0024_record_look_ups/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0023_exchanges/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0022_overlaps/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0021_scores/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0020_record_changes/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0019_records/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0018_likely_duplicates/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0017_mended_records/down.sql"
            )),
            include_str!(concat!(
                "../../migrations/",
                $engine,
                "/0016_lines/down.sql"
            )),
            include_str!(concat!("../../migrations/", $engine, "/0015_tags/down.sql")),
        ]
    };
}

/// Takes down the migrations that came after those of an installation's identity.
pub fn undo_later_migrations(scratch: &Scratch) {
    let later = match scratch.engine {
        Engine::Sqlite => undone!("sqlite"),
        Engine::Postgres => undone!("postgres"),
    };
    for sql in later {
        scratch.execute(sql);
    }
}
