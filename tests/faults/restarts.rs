//! PostgreSQL restarts under load, and the program continues without a restart.

use crate::callers::Caller;
use crate::load::Load;
use crate::rig::Rig;
use crate::tier::seed;
use std::time::{Duration, Instant};
use vinculo_persistence::Engine;
use vinculo_tests::pick;

/// How many first reads are sent, and by how many callers at once.
const READS: usize = 60;
const CALLERS: usize = 6;

/// The first reads after PostgreSQL is back, each on a pooled connection that may be dead.
fn first_reads(rig: &Rig) -> Vec<String> {
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..CALLERS)
            .map(|_| {
                scope.spawn(|| {
                    let mut caller = rig.caller();
                    let reads = (0..READS / CALLERS).map(|_| caller.get("/v1/counterparts"));
                    reads
                        .filter_map(|read| match read {
                            Ok(answer) if answer.status == 200 => None,
                            Ok(answer) => Some(answer.text()),
                            Err(silence) => Some(format!("{silence:?}")),
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let failed = readers
            .into_iter()
            .flat_map(|reader| reader.join().unwrap());
        failed.collect()
    })
}

/// Fills the pools with live connections.
fn warm(rig: &Rig) {
    assert_eq!(first_reads(rig), Vec::<String>::new());
}

#[test]
fn the_first_reads_after_a_restart_of_postgres_succeed() {
    let rig = Rig::new(Engine::Postgres);
    let mut service = rig.serve();
    let modes = ["fast", "immediate"];
    let rounds = pick("faults: restarts of PostgreSQL with idle pools", 2, 20);
    for mode in modes.iter().cycle().take(rounds) {
        warm(&rig);
        rig.cluster().stop(mode);
        // The control: while PostgreSQL is down, the service says so and does not report itself
        // ready.
        let mut caller = Caller::new(rig.store.address, None);
        // The health check repeats a result that is less than a second old.
        std::thread::sleep(Duration::from_millis(1100));
        let away = caller.get("/health/ready").expect("an answer");
        assert_eq!(away.status, 503, "{}", away.text());
        rig.cluster().start();
        let failed = first_reads(&rig);
        assert!(
            failed.is_empty(),
            "{} of {READS} first reads failed after a restart ({mode}): {failed:#?}",
            failed.len()
        );
        assert!(service.runs(), "{}", service.logged());
    }
    println!("{rounds} restarts of PostgreSQL: {READS} of {READS} first reads after each");
}

#[test]
fn a_restart_of_postgres_under_load_loses_and_doubles_nothing() {
    let seed = seed("restarts of PostgreSQL");
    let mut rig = Rig::new(Engine::Postgres);
    let mut service = rig.serve();
    let rounds = pick("faults: restarts of PostgreSQL under load", 4, 50);
    let mut longest = Duration::ZERO;
    for (round, mode) in ["fast", "immediate"]
        .iter()
        .cycle()
        .take(rounds)
        .enumerate()
    {
        let load = Load::start(&rig.store, round, seed);
        load.wait_for(20);
        rig.cluster().stop(mode);
        rig.cluster().start();
        let (back, before) = (Instant::now(), load.so_far());
        load.wait_for(before + 1);
        longest = longest.max(back.elapsed());
        load.wait_for(before + 20);
        rig.settle(load.stop());
        assert!(service.runs(), "{}", service.logged());
    }
    println!("written again at the latest {longest:?} after PostgreSQL was back");
    rig.conclude(&format!("{rounds} restarts of PostgreSQL under load"));
}
