//! In random simulations every family matches a slow count of everything the reader sees, and the
//! answer for a past day never changes.

use super::events::prepare;
use super::round::{Answers, Round};
use super::simulation::Simulation;
use super::slow::{Reader, Record};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use vinculo_domain::clock::{FixedClock, mexican_day};
use vinculo_tests::{GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, engines, pick};

const VIEWERS: [&str; 5] = ["public", SRE, JALISCO, GUADALAJARA, GUANAJUATO];
/// Cases of one simulation in the full tier, and in the short one.
const CASES: [usize; 2] = [60, 32];

/// What every viewer saw at the end of each year.
type Years = Vec<(NaiveDate, BTreeMap<&'static str, Vec<Record>>)>;

/// At the end of a year, reads what exists before anything else happens.
async fn see_year_out(simulation: &Simulation<'_>, years: &mut Years) {
    let year = mexican_day(simulation.now()).year();
    let known = years.last().map_or(year - 1, |(end, _)| end.year());
    if known == year - 1 {
        return;
    }
    let mut seen = BTreeMap::new();
    for viewer in VIEWERS {
        let mut reader = Reader::of(simulation.app, viewer).await;
        seen.insert(viewer, reader.all().await);
    }
    let end = NaiveDate::from_ymd_opt(year - 1, 12, 31).unwrap();
    years.push((end, seen));
}

/// Every figure of every viewer for the current day, compared with the slow count.
async fn everything(simulation: &Simulation<'_>, years: &Years) -> Answers {
    let mut answers = Answers::new();
    for viewer in VIEWERS {
        let mut reader = Reader::of(simulation.app, viewer).await;
        let records = reader.all().await;
        let mut round = Round {
            reader,
            records,
            years: years
                .iter()
                .filter_map(|(end, seen)| Some((*end, seen.get(viewer)?.clone())))
                .collect(),
            on: mexican_day(simulation.now()),
            answers: Answers::new(),
        };
        round.stock().await;
        round.narrowed().await;
        round.flow().await;
        round.places().await;
        if viewer != "public" {
            round.time().await;
        }
        answers.append(&mut round.answers);
    }
    answers
}

/// The figures of an answer, without what it says of a day before anything was recorded.
fn figures(text: &str) -> Value {
    let mut answer: Value = serde_json::from_str(text).unwrap();
    answer["begins_on"] = Value::Null;
    answer["note"] = Value::Null;
    answer
}

/// Answers for past days are the same today, to the byte. Of a day before the viewer had anything on
/// record, they say that since.
async fn as_before(app: &TestApp, captured: &[(NaiveDate, Answers)]) -> usize {
    let mut asked = 0;
    for viewer in VIEWERS {
        let client = Reader::of(app, viewer).await.client;
        for (day, answers) in captured {
            for ((_, path), before) in answers.iter().filter(|((who, _), _)| who == viewer) {
                let again = client.get(&format!("{path}&as_of={day}")).await.expect(200);
                if again.json()["begins_on"].is_null() {
                    assert_eq!(again.text(), *before, "{viewer} {path} as of {day}");
                } else {
                    let (now, then) = (figures(&again.text()), figures(before));
                    assert_eq!(now, then, "{viewer} {path} as of {day}");
                }
                asked += 1;
            }
        }
    }
    asked
}

/// The simulation has left the normal path; prints the values that no answer had.
fn went_elsewhere(captured: &[(NaiveDate, Answers)]) {
    let met = |key: &&str| {
        let mut texts = captured.iter().flat_map(|(_, answers)| answers.values());
        texts.any(|text| text.contains(*key))
    };
    for key in [
        r#""stage":"abandoned""#,
        r#""stage":"withdrawn""#,
        r#""gap":"unreviewed""#,
    ] {
        assert!(met(&key), "{key}");
    }
    let others = [
        r#""stage":"out_of_scope""#,
        r#""stage":"reported""#,
        r#""gap":"regularized""#,
        r#""term_of_office":"with_the_term""#,
        r#""term_of_office":"after_the_term""#,
        r#""annotation":"renewal""#,
        r#""annotation":"termination""#,
    ];
    let missed: Vec<&str> = others.into_iter().filter(|key| !met(key)).collect();
    eprintln!("not met on any day: {missed:?}");
}

// row: 003-11, 003-12, 003-13, 004-06
// operations: get_stock_statistics, get_flow_statistics, get_life_statistics, get_coverage_statistics
// operations: get_concentration_statistics, get_own_stock_statistics, get_own_flow_statistics
// operations: get_own_time_statistics, get_own_gap_statistics, get_own_life_statistics
// operations: get_own_coverage_statistics, get_own_concentration_statistics
#[actix_web::test]
async fn every_family_is_what_a_slow_count_says_today_and_of_past_days() {
    let mut engines_said: Vec<Vec<(NaiveDate, Answers)>> = Vec::new();
    for engine in engines() {
        let clock = FixedClock::at("2026-11-20T15:00:00Z".parse().unwrap());
        let app = TestApp::start_at(engine, Arc::new(clock.clone())).await;
        let mut simulation = Simulation::new(&app, clock, 20_261_120);
        simulation.bodies = prepare(&app).await;
        let what = format!("statistics: cases of the simulation, {engine:?}");
        let cases = pick(&what, CASES[1], CASES[0]);
        let what = format!("statistics: captures of the simulation, {engine:?}");
        let captures = pick(&what, 2, 4);
        let mut captured = Vec::new();
        // Before the simulation began there was nothing.
        let begin = NaiveDate::from_ymd_opt(2025, 12, 31).unwrap();
        let mut years: Years = vec![(begin, BTreeMap::new())];
        for part in 0..4 {
            if part == 1 {
                simulation.past().await;
            }
            for case in 0..cases / 4 {
                if case % 3 == 0 {
                    simulation.open_past().await;
                }
                simulation.open().await;
                for _ in 0..6 {
                    simulation.wait();
                    see_year_out(&simulation, &mut years).await;
                    simulation.step().await;
                }
                simulation.wait();
                see_year_out(&simulation, &mut years).await;
            }
            simulation.sweep().await;
            // Each capture asks hundreds of questions, and once more at the end.
            if part % 2 == 1 || captures == 4 {
                let said = everything(&simulation, &years).await;
                captured.push((mexican_day(simulation.now()), said));
            }
            simulation.sleep();
            see_year_out(&simulation, &mut years).await;
        }
        assert!(years.len() > 1, "no year went by");
        went_elsewhere(&captured);
        let asked = as_before(&app, &captured).await;
        eprintln!("{engine:?}: {asked} answers of past days, the same to the byte");
        engines_said.push(captured);
    }
    let [lite, pg] = engines_said.try_into().unwrap();
    for ((day, one), (_, other)) in lite.iter().zip(&pg) {
        assert!(one.len() > 400, "{}", one.len());
        assert_eq!(
            one.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>()
        );
        for (key, text) in one {
            assert_eq!(text, &other[key], "the engines differ: {key:?} on {day}");
        }
    }
}
