//! Sixteen threads act for fifty governments on one store with a pool of four, while transactions
//! panic, senders give up, tasks are cancelled, places run out and sessions die. No answer may have
//! any text of another government.

mod after;
pub mod dice;
mod governments;
mod leavings;
mod ledger;
mod rider;
mod shot;
mod sources;
mod trouble;

use actix_web::web::Data;
use governments::Government;
use ledger::Ledger;
use shot::Shot;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Instant;
use vinculo_api::app::App;
use vinculo_domain::clock::{Clock, FixedClock, SystemClock};
use vinculo_persistence::Engine;
use vinculo_tests::{Setup, TestApp, on_both, pick};

const THREADS: usize = 16;
/// How many governments they act for.
const GOVERNMENTS: usize = 50;
/// Connections for reading, and on PostgreSQL the same number for writing.
const POOL: u32 = 4;

/// Shared by all threads.
pub struct Storm {
    app: Data<App>,
    governments: Vec<Government>,
    requests: usize,
    seed: u64,
    /// Whether server sessions are killed.
    kills: bool,
    /// Steps made by all threads.
    done: AtomicUsize,
}

#[actix_web::test]
async fn nobody_is_answered_anothers_words_on_sqlite() {
    storm(Setup::Sqlite).await;
}

#[actix_web::test]
async fn nobody_is_answered_anothers_words_on_postgres() {
    storm(Setup::Postgres).await;
}

#[actix_web::test]
async fn nobody_is_answered_anothers_words_behind_a_pooler() {
    storm(Setup::Pooled).await;
}

/// Checks the checks: they notice another government's answer, and its text in a wrong row.
#[actix_web::test]
async fn a_leak_would_be_seen() {
    on_both(|app| async move {
        let both = governments::settle(&app, 2).await;
        let client = both[0].client(&app);
        for path in shot::records(&both[0]) {
            let answer = client.get(&path).await.expect(200);
            assert!(Shot::Own.fits(&both[0], &answer), "{path}");
            assert_eq!(both[0].foreign_in(&answer), 0, "{path}");
            assert!(!Shot::Own.fits(&both[1], &answer), "{path}");
            assert!(both[1].foreign_in(&answer) > 0, "{path}");
        }
        let mut document = client.get(&both[0].document_path()).await;
        document.body = bytes::Bytes::new();
        assert!(both[1].foreign_in(&document) > 0, "the file's name");

        assert_eq!(after::strange_texts(&app.scratch), Vec::<String>::new());
        app.scratch.execute(&format!(
            "UPDATE counterparts SET name = 'Ciudad {}' WHERE id = '{}'",
            both[1].canary(),
            both[0].counterparts[0]
        ));
        assert_eq!(after::strange_texts(&app.scratch).len(), 2);
    })
    .await;
}

/// Requests of each thread. Behind the pooler no prepared statement is kept: each is planned anew,
/// and a request costs several times as much.
fn requests_of_each(setup: Setup) -> usize {
    let what = format!("storm: requests of each of {THREADS} threads, {setup:?}");
    match setup {
        Setup::Pooled => pick(&what, 50, 2_000),
        Setup::Sqlite | Setup::Postgres => pick(&what, 120, 10_000),
    }
}

async fn storm(setup: Setup) {
    let seed = uuid::Uuid::now_v7().as_u128() as u64;
    println!("{setup:?}: seed {seed}");
    // The clock stands still, because the storm may outlast the five minutes of the access tokens.
    let clock = FixedClock::at(SystemClock.now());
    let app = TestApp::start_on(setup, POOL, Arc::new(clock)).await;
    let storm = Storm {
        app: app.app.clone(),
        governments: governments::settle(&app, GOVERNMENTS).await,
        requests: requests_of_each(setup),
        seed,
        kills: app.scratch.engine == Engine::Postgres,
        done: AtomicUsize::new(0),
    };
    let start = Instant::now();
    let (ledger, troubles) = std::thread::scope(|scope| {
        let riders: Vec<_> = (0..THREADS)
            .map(|number| {
                scope.spawn({
                    let storm = &storm;
                    move || rider::ride(storm, number)
                })
            })
            .collect();
        let trouble = scope.spawn(|| trouble::trouble(&storm, &app.scratch));
        let mut ledger = Ledger::default();
        for rider in riders {
            ledger.add(rider.join().unwrap());
        }
        (ledger, trouble.join().unwrap())
    });
    println!(
        "{setup:?}: {} requests by {THREADS} threads for {} governments over {POOL} places in {:.1} s: {} ok, {} not found, \
         {} too busy, {} stale, {} given up, {} cancelled; {} panics, {} statements timed out, {} sessions killed; {} canaries",
        ledger.requests(),
        storm.governments.len(),
        start.elapsed().as_secs_f64(),
        ledger.answered(200) + ledger.answered(201),
        ledger.answered(404),
        ledger.answered(503),
        ledger.answered(412),
        ledger.timed_out,
        ledger.cancelled,
        ledger.panics,
        troubles.statement_timeouts,
        troubles.killed,
        ledger.canaries,
    );
    after::check(setup, &app, &storm, &ledger).await;
}
