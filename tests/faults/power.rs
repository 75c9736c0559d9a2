//! The power is cut under load: what had not reached the disk is lost, whatever the kernel held.

use crate::disk::Disk;
use crate::kills::injected;
use crate::load::Load;
use crate::random::Random;
use crate::rig::{Rig, Wish};
use crate::service::Service;
use crate::tier::{not_run, seed};
use vinculo_persistence::Engine;
use vinculo_tests::pick;

/// A PostgreSQL that delays every write that it may delay.
pub const LAZY: &str = "wal_writer_delay = 10s\nwal_writer_flush_after = 1GB\nwal_buffers = 16MB";

const MEGABYTES: u32 = 400;

/// A rig on a disk whose power can be cut, if the machine supports that.
fn rig(engine: Engine, wish: &Wish<'_>) -> Option<Rig> {
    let made = Rig::on(engine, wish, |base| Disk::ext4(base, MEGABYTES).map(Some));
    match made {
        Ok(rig) => {
            rig.disk().sync();
            Some(rig)
        }
        Err(why) => {
            not_run("power cuts", &why);
            None
        }
    }
}

/// Cuts the power, lets everything crash, and brings the machine back.
fn cut(rig: &Rig, service: &mut Service, load: Load) -> Option<Vec<crate::ledger::Entry>> {
    load.stop_listening();
    if let Err(why) = rig.disk().cut() {
        not_run("power cuts", &why);
        drop(load.stop());
        return None;
    }
    service.kill();
    if rig.store.engine == Engine::Postgres {
        rig.cluster().kill();
    }
    let entries = load.stop();
    rig.disk().return_of_power();
    if rig.store.engine == Engine::Postgres {
        rig.cluster().start();
    }
    Some(entries)
}

fn power_cuts(engine: Engine) {
    let seed = seed("power cuts");
    let mut random = Random::new(seed);
    let Some(mut rig) = rig(engine, &Wish::default()) else {
        return;
    };
    let mut service = rig.serve();
    let cuts = pick("faults: power cuts, each engine", 3, 50);
    for round in 0..cuts {
        let load = Load::start(&rig.store, round, seed);
        load.wait_for(1);
        std::thread::sleep(random.millis(200, 1500));
        let Some(entries) = cut(&rig, &mut service, load) else {
            return;
        };
        service = rig.serve();
        rig.settle(entries);
        if engine == Engine::Sqlite {
            let sound = rig
                .store
                .database
                .texts("SELECT integrity_check AS x FROM pragma_integrity_check");
            assert_eq!(sound, ["ok"]);
        }
    }
    rig.conclude(&format!("{cuts} power cuts"));
}

#[test]
fn a_power_cut_loses_and_doubles_nothing_on_sqlite() {
    power_cuts(Engine::Sqlite);
}

#[test]
fn a_power_cut_loses_and_doubles_nothing_on_postgres() {
    power_cuts(Engine::Postgres);
}

/// The control: the test detects that a program which does not wait for the disk loses data.
fn careless(engine: Engine) {
    let seed = seed("control of the power cuts");
    let wish = Wish {
        postgres: LAZY,
        ..Wish::default()
    };
    let Some(mut rig) = rig(engine, &wish) else {
        return;
    };
    let mut service = injected(&rig, "nothing is synced");
    rig.disk().sync();
    let load = Load::start(&rig.store, 0, seed);
    load.wait_for(30);
    let Some(entries) = cut(&rig, &mut service, load) else {
        return;
    };
    let _service = rig.serve();
    rig.ledger.settle(entries, &mut rig.caller());
    let findings = rig.compare();
    println!("control, {engine:?}: a program that does not sync: {findings}");
    assert!(!findings.lost.is_empty(), "the power cut took nothing");
}

#[test]
fn a_program_that_does_not_sync_is_seen_to_lose_on_sqlite() {
    careless(Engine::Sqlite);
}

#[test]
fn a_program_that_does_not_sync_is_seen_to_lose_on_postgres() {
    careless(Engine::Postgres);
}
