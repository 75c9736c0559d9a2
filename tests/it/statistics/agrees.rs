//! On random worlds every family says what a slow count of everything in sight says; and what
//! it said on a day it says of that day ever after.

use super::errands::prepare;
use super::round::{Answers, Round};
use super::slow::Reader;
use super::world::World;
use chrono::NaiveDate;
use std::sync::Arc;
use vinculo_domain::clock::{FixedClock, mexican_day};
use vinculo_tests::{GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, engines};

const VIEWERS: [&str; 5] = ["public", SRE, JALISCO, GUADALAJARA, GUANAJUATO];
const CASES: usize = 60;

/// Every figure of every viewer on the present day, compared with the slow count.
async fn everything(world: &World<'_>) -> Answers {
    let mut answers = Answers::new();
    for viewer in VIEWERS {
        let mut reader = Reader::of(world.app, viewer).await;
        let records = reader.all().await;
        let mut round = Round {
            reader,
            records,
            on: mexican_day(world.now()),
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

/// What was said on past days is said of them today, to the byte.
async fn as_before(app: &TestApp, captured: &[(NaiveDate, Answers)]) -> usize {
    let mut asked = 0;
    for viewer in VIEWERS {
        let client = Reader::of(app, viewer).await.client;
        for (day, answers) in captured {
            for ((_, path), before) in answers.iter().filter(|((who, _), _)| who == viewer) {
                let again = client.get(&format!("{path}&as_of={day}")).await.expect(200);
                assert_eq!(again.text(), *before, "{viewer} {path} as of {day}");
                asked += 1;
            }
        }
    }
    asked
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
        let mut world = World::new(&app, clock, 20_261_120);
        world.bodies = prepare(&app).await;
        let mut captured = Vec::new();
        for part in 0..4 {
            if part == 1 {
                world.past().await;
            }
            for _ in 0..CASES / 4 {
                world.open().await;
                world.wait();
                for _ in 0..6 {
                    world.step().await;
                    world.wait();
                }
            }
            captured.push((mexican_day(world.now()), everything(&world).await));
            world.sleep();
        }
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
