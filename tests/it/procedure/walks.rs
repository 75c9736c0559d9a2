//! Random sequences of actions against a small model written by hand. The answer and what every
//! government sees are compared after each action, and the whole history at the end.

mod choices;
mod compare;
mod hands;
mod model;
mod walker;
mod who;

use super::scenes::Scenes;
use crate::copies::copies;
use crate::storm::dice::Dice;
use futures_util::StreamExt;
use futures_util::stream::iter;
use model::Model;
use std::cell::RefCell;
use std::time::{Duration, Instant};
use uuid::Uuid;
use vinculo_persistence::Engine;
use vinculo_tests::{TestApp, on_both, pick};
use walker::Walker;

const SEED: u64 = 20_261_120;
const AT_ONCE: usize = 4;
/// On PostgreSQL each query costs a round trip, so the full tier walks as many as fit in this time.
const MAX_WAIT: Duration = Duration::from_secs(120);
const AT_LEAST: usize = 500;

/// Where a walk begins: a new case, or one with some steps taken.
const BEGINNINGS: [(&str, &[&str]); 13] = [
    // First, because draft expiry also abandons every other draft that exists by then.
    ("abandoned", &["submit", "return_to_owner", "abandon"]),
    ("abandoned_draft", &["abandon"]),
    ("draft", &[]),
    ("announced", &["announce"]),
    ("state_review", &["submit"]),
    ("escalatable", &["submit", "return_to_owner", "resubmit"]),
    ("federal_intake", &["submit", "forward"]),
    ("legal_review", &["submit", "forward", "accept"]),
    ("observed", &["submit", "forward", "accept", "observe"]),
    (
        "opinion_favorable",
        &["submit", "forward", "accept", "issue_opinion"],
    ),
    ("unreviewed", &[]),
    ("regularizing", &["regularize"]),
    ("reported", &[]),
];

fn sequences(engine: Engine) -> usize {
    let what = format!("procedure: random sequences, {engine:?}");
    match engine {
        Engine::Sqlite => pick(&what, 325, 10_000),
        Engine::Postgres => pick(&what, 91, 10_000),
    }
}

/// Cases of every beginning, each with its model.
async fn cases(app: &TestApp, sequences: usize) -> Vec<(Uuid, Model)> {
    let scenes = Scenes::new(app, false).await;
    let mut all = Vec::new();
    for (scene, steps) in BEGINNINGS {
        let case = scenes.bring(scene).await;
        if scene == "reported" {
            know_its_counterpart(&scenes, case).await;
        }
        let model = choices::after(scene, steps);
        let some = copies(app, case, sequences.div_ceil(BEGINNINGS.len()));
        all.extend(some.into_iter().map(|case| (case, model.clone())));
    }
    // Shuffled, so that a run that is out of time has walked some of each beginning.
    let mut dice = Dice::new(SEED, u64::MAX);
    for at in (1..all.len()).rev() {
        all.swap(at, dice.below(at + 1));
    }
    all
}

/// All copies of a report name one counterpart. It is created before, so that concurrent
/// confirmations do not wait for each other; that race has its own test.
async fn know_its_counterpart(scenes: &Scenes<'_>, case: Uuid) {
    let officer = &scenes.cast.officer;
    let view = officer.view(case).await.unwrap();
    let name = view["counterparts"][0]["name"].as_str().unwrap();
    let fields = serde_json::from_value(TestApp::counterpart_json(name)).unwrap();
    officer.counterpart(fields).await.unwrap();
}

// row: 003-05, 004-02, 004-03, 002-14
// operations: transition_agreement
#[actix_web::test]
async fn random_sequences_go_as_the_model_says() {
    on_both(|app| async move {
        let sequences = sequences(app.scratch.engine);
        let cases = cases(&app, sequences).await;
        let start = Instant::now();
        let walker = Walker::new(&app).await;
        let faults = RefCell::new(Vec::new());
        let walked = iter(cases.into_iter().enumerate())
            .map(|(number, (case, model))| {
                let (walker, faults, app) = (&walker, &faults, &app);
                async move {
                    let late = app.scratch.engine == Engine::Postgres && start.elapsed() > MAX_WAIT;
                    if late || faults.borrow().len() > 4 {
                        return 0;
                    }
                    let dice = Dice::new(SEED, number as u64);
                    if let Err(fault) = walker.walk(case, model, dice).await {
                        let fault = format!("seed {SEED}, stream {number}: {fault}");
                        faults.borrow_mut().push(fault);
                    }
                    1
                }
            })
            .buffer_unordered(AT_ONCE)
            .fold(0, |sum, one| async move { sum + one })
            .await;
        println!(
            "walks on {:?}: {walked} sequences, {} actions, {} of them taken; {:.1} s",
            app.scratch.engine,
            walker.tried.get(),
            walker.taken.get(),
            start.elapsed().as_secs_f32()
        );
        let faults = faults.into_inner();
        assert!(faults.is_empty(), "{}", faults.join("\n\n"));
        let least = if app.scratch.engine == Engine::Sqlite {
            sequences
        } else {
            sequences.min(AT_LEAST)
        };
        assert!(walked >= least, "{walked}");
        // Not everything was refused.
        assert!(walker.taken.get() * 4 > walker.tried.get());
    })
    .await;
}
