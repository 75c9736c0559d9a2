//! The program and PostgreSQL are killed at random moments under load.

use crate::ledger::Entry;
use crate::load::Load;
use crate::random::Random;
use crate::rig::{Rig, Wish};
use crate::tier::seed;
use vinculo_persistence::Engine;
use vinculo_tests::pick;

fn kill_the_program(engine: Engine) {
    let seed = seed("kills of the program");
    let mut random = Random::new(seed);
    let mut rig = Rig::new(engine);
    let mut service = rig.serve();
    let kills = pick("faults: kills of the program, each engine", 5, 200);
    for round in 0..kills {
        let load = Load::start(&rig.store, round, seed);
        load.wait_for(1);
        std::thread::sleep(random.millis(100, 1200));
        service.kill();
        let entries = load.stop();
        service = rig.serve();
        rig.settle(entries);
    }
    rig.conclude(&format!("{kills} kills of the program"));
}

#[test]
fn a_killed_program_loses_and_doubles_nothing_on_sqlite() {
    kill_the_program(Engine::Sqlite);
}

#[test]
fn a_killed_program_loses_and_doubles_nothing_on_postgres() {
    kill_the_program(Engine::Postgres);
}

#[test]
fn a_killed_postgres_loses_and_doubles_nothing_and_is_found_again() {
    let seed = seed("kills of PostgreSQL");
    let mut random = Random::new(seed);
    let mut rig = Rig::new(Engine::Postgres);
    let mut service = rig.serve();
    let kills = pick("faults: kills of PostgreSQL", 3, 200);
    for round in 0..kills {
        let load = Load::start(&rig.store, round, seed);
        load.wait_for(1);
        std::thread::sleep(random.millis(100, 1200));
        rig.cluster().kill();
        std::thread::sleep(random.millis(10, 200));
        rig.cluster().start();
        let before = load.so_far();
        load.wait_for(before + 5);
        rig.settle(load.stop());
        assert!(service.runs(), "{}", service.logged());
    }
    rig.conclude(&format!("{kills} kills of PostgreSQL"));
}

/// The control: the test detects that a program which answers before it commits loses data.
fn careless(engine: Engine) {
    let rig = Rig::new(engine);
    let service = injected(&rig, "answers without a commit");
    let mut entries = Vec::new();
    let mut caller = rig.caller();
    for number in 0..64 {
        let mut entry = Entry::counterpart(&format!("F-{number}"));
        entry.send(&mut caller);
        entries.push(entry);
    }
    drop(service);
    let service = rig.serve();
    let mut rig = rig;
    rig.ledger.settle(entries, &mut rig.caller());
    let findings = rig.compare();
    println!("control, {engine:?}: a program that does not commit: {findings}");
    assert!(!findings.lost.is_empty(), "the ledger did not see it");
    drop(service);
}

/// Serves with an injected fault, which only the test build supports.
pub fn injected(rig: &Rig, fault: &str) -> crate::service::Service {
    let service = crate::service::Service::start(&rig.store, &[("VINCULO_TEST_SOW", fault)]);
    let said = service.logged();
    assert!(
        said.contains(&format!("injected: {fault}")),
        "this program has no faults: build it with `cargo build --workspace`: {said}"
    );
    service
}

#[test]
fn a_program_that_answers_without_a_commit_is_seen_to_lose_on_sqlite() {
    careless(Engine::Sqlite);
}

#[test]
fn a_program_that_answers_without_a_commit_is_seen_to_lose_on_postgres() {
    careless(Engine::Postgres);
}

/// The control for killing PostgreSQL: what it acknowledged but had not written is gone.
#[test]
fn a_killed_postgres_that_did_not_sync_is_seen_to_lose() {
    let seed = seed("control of the kills of PostgreSQL");
    let wish = Wish {
        postgres: crate::power::LAZY,
        ..Wish::default()
    };
    let mut rig = Rig::like(Engine::Postgres, &wish);
    let service = injected(&rig, "nothing is synced");
    let load = Load::start(&rig.store, 0, seed);
    load.wait_for(10);
    let writer = rig.cluster().pause_wal_writer();
    let before = load.so_far();
    load.wait_for(before + 30);
    rig.cluster().kill();
    drop(writer);
    let entries = load.stop();
    drop(service);
    rig.cluster().start();
    let _service = rig.serve();
    rig.ledger.settle(entries, &mut rig.caller());
    let findings = rig.compare();
    println!("control: a PostgreSQL that did not sync: {findings}");
    assert!(!findings.lost.is_empty(), "the ledger did not see it");
}

/// Tests the ledger itself: it detects what is lost, doubled and torn.
#[test]
fn the_ledger_sees_what_is_lost_doubled_and_torn() {
    let mut rig = Rig::new(Engine::Sqlite);
    let mut service = rig.serve();
    let load = Load::start(&rig.store, 0, seed("the ledger itself"));
    load.wait_for(40);
    rig.settle(load.stop());
    service.end();
    rig.conclude("no fault at all");
    let cases = [
        (
            "DELETE FROM counterparts WHERE name = (SELECT MIN(name) FROM counterparts)",
            "lost",
        ),
        (
            "CREATE TABLE twin AS SELECT * FROM documents LIMIT 1; UPDATE twin SET id = 'twin'; \
             INSERT INTO documents SELECT * FROM twin; DROP TABLE twin",
            "doubled",
        ),
        (
            "DELETE FROM outbox WHERE id = (SELECT MAX(id) FROM outbox)",
            "torn",
        ),
        (
            "DELETE FROM history WHERE id = (SELECT MAX(id) FROM history)",
            "torn",
        ),
    ];
    for (sql, shows) in cases {
        let clean = std::fs::read(rig.store.folder.join("vinculo.sqlite")).unwrap();
        break_open(&rig, sql);
        let findings = rig.compare();
        let seen = match shows {
            "lost" => &findings.lost,
            "doubled" => &findings.doubled,
            _ => &findings.torn,
        };
        assert!(!seen.is_empty(), "{sql}: {findings}");
        std::fs::write(rig.store.folder.join("vinculo.sqlite"), clean).unwrap();
    }
}

/// Damages the records, bypassing every rule of the schema.
fn break_open(rig: &Rig, sql: &str) {
    let database = &rig.store.database;
    let triggers = database.texts("SELECT name AS x FROM sqlite_master WHERE type = 'trigger'");
    let drops: String = triggers
        .iter()
        .map(|name| format!("DROP TRIGGER {name};"))
        .collect();
    database.execute(&format!(
        "PRAGMA foreign_keys = OFF; {drops} {sql}; PRAGMA wal_checkpoint(TRUNCATE)"
    ));
}
