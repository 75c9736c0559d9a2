//! The clock jumps: drafts do not lapse in bulk, and kept answers are still known.

use crate::callers::Caller;
use crate::ledger::{Entry, Verdict};
use crate::rig::Rig;
use crate::service::Service;
use crate::tier::not_run;
use std::path::PathBuf;
use std::time::Duration;
use vinculo_persistence::Engine;

const CASES: usize = 30;

/// The library that shows the program another time.
fn library() -> Option<PathBuf> {
    let places = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    let mut places = places.map(|place| place.path().join("faketime/libfaketime.so.1"));
    places.find(|library| library.is_file())
}

/// Starts the program with its clock shifted by `offset`.
fn away(rig: &Rig, library: &std::path::Path, offset: &str) -> Service {
    rig.store.person.forget();
    let library = library.display().to_string();
    let settings = [
        ("LD_PRELOAD", library.as_str()),
        ("FAKETIME", offset),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
    ];
    Service::start(&rig.store, &settings)
}

/// The date according to the program.
fn day(rig: &Rig) -> String {
    let answer = Caller::new(rig.store.address, None)
        .get("/health/live")
        .unwrap();
    answer.header("date").unwrap_or_default().to_owned()
}

fn jumps(engine: Engine) {
    let Some(library) = library() else {
        return not_run(
            "clocks that jump",
            "libfaketime is absent (package faketime)",
        );
    };
    let mut rig = Rig::new(engine);
    let mut service = rig.serve();
    let mut caller = rig.caller();
    let mut entries = Vec::new();
    for number in 0..CASES {
        let mut case = Entry::agreement(&format!("case-{number}"));
        assert!(
            case.send(&mut caller) && case.verdict == Verdict::Acked,
            "{case:?}"
        );
        entries.push(case);
    }
    rig.settle(entries.clone());
    let today = day(&rig);
    service.end();

    for offset in ["+400d", "-1d"] {
        let mut service = away(&rig, &library, offset);
        // The control: the program does see another day.
        assert_ne!(day(&rig)[..16], today[..16], "the clock did not jump");
        // By then the work that it does at start is done.
        std::thread::sleep(Duration::from_secs(3));
        let drafts = rig.store.database.count("agreements WHERE stage = 'draft'");
        assert_eq!(drafts, CASES as i64, "cases lapsed at {offset}");
        let answers = rig.store.database.count("idempotency_keys");
        assert_eq!(answers, CASES as i64, "answers were forgotten at {offset}");
        let ready = Caller::new(rig.store.address, None)
            .get("/health/ready")
            .unwrap()
            .expect(200);
        if offset == "+400d" {
            let alarms = &ready.json()["alarms"];
            let told = ["clock_far", "lapses_stopped"]
                .iter()
                .any(|name| alarms[*name].as_u64() > Some(0));
            assert!(
                told,
                "nobody is told of a clock that is far off: {}",
                ready.text()
            );
        }
        assert!(service.runs());
        service.end();
    }
    rig.store.person.forget();
    let mut service = rig.serve();
    // Each repeated request gets the first answer again.
    let mut caller = rig.caller();
    for entry in &entries {
        let mut again = entry.clone();
        assert!(
            again.send(&mut caller) && again.answer == entry.answer,
            "{again:?}"
        );
    }
    assert!(service.runs());
    rig.conclude(&format!(
        "clock at +400 and -1 days, {CASES} of {CASES} cases open"
    ));
}

#[test]
fn a_clock_that_jumps_acts_on_nothing_in_bulk_on_sqlite() {
    jumps(Engine::Sqlite);
}

#[test]
fn a_clock_that_jumps_acts_on_nothing_in_bulk_on_postgres() {
    jumps(Engine::Postgres);
}
