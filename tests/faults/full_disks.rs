//! The disk is full: a write that cannot be kept is refused with that reason, reads still work, and
//! everything works again once there is room.

use crate::callers::{Answer, Caller};
use crate::disk::Disk;
use crate::ledger::{Entry, Verdict};
use crate::load::Load;
use crate::rig::{Rig, Wish};
use crate::tier::{not_run, seed};
use std::time::{Duration, Instant};
use vinculo_persistence::Engine;

/// PostgreSQL stops when its write-ahead log finds no room, as its documentation says. So that log
/// is on another disk here, where an operator would put it.
fn rig(engine: Engine) -> Option<Rig> {
    let wish = Wish {
        wal_aside: true,
        ..Wish::default()
    };
    let megabytes = if engine == Engine::Sqlite { 64 } else { 128 };
    match Rig::on(engine, &wish, |base| Disk::small(base, megabytes).map(Some)) {
        Ok(rig) => Some(rig),
        Err(why) => {
            not_run("full disks", &why);
            None
        }
    }
}

/// Writes until a write is refused: pages that already exist still accept a few.
fn write_until_refused(
    caller: &mut Caller,
    entries: &mut Vec<Entry>,
    kind: &str,
    case: &str,
) -> Entry {
    for number in 0..20_000 {
        let mark = format!("{kind}-{number}");
        let mut entry = match kind {
            "upload" => Entry::document(&mark, case),
            _ => Entry::counterpart(&mark),
        };
        assert!(entry.send(caller), "nobody is there");
        entries.push(entry.clone());
        if entry.verdict != Verdict::Acked {
            return entry;
        }
    }
    panic!("the disk is never full");
}

#[track_caller]
fn expect_full(entry: &Entry) {
    assert_eq!(entry.said, "507 storage_full", "{:?}", entry.answer);
}

/// What the health check says of a store that does not write. What was refused gives room back, and a log
/// that begins anew has room in itself, so the store may write once more: then the disk is filled again.
fn ready_on_a_full_disk(
    rig: &Rig,
    caller: &mut Caller,
    entries: &mut Vec<Entry>,
) -> Option<Answer> {
    let mut ready = None;
    for round in 0..10 {
        // The health check repeats a result that is less than a second old.
        std::thread::sleep(Duration::from_millis(1100));
        rig.disk().fill();
        write_until_refused(caller, entries, &format!("more-{round}"), "");
        ready = Caller::new(rig.store.address, None)
            .get("/health/ready")
            .ok();
        if ready.as_ref().is_some_and(|answer| answer.status == 503) {
            break;
        }
    }
    ready
}

/// Everything promised for a full disk must hold on this one.
fn a_full_disk(engine: Engine) {
    let Some(mut rig) = rig(engine) else {
        return;
    };
    let mut service = rig.serve();
    let load = Load::start(&rig.store, 0, seed("full disks"));
    load.wait_for(40);
    rig.settle(load.stop());
    let mut caller = rig.caller();
    let mut case = Entry::agreement("case");
    assert!(
        case.send(&mut caller) && case.verdict == Verdict::Acked,
        "{case:?}"
    );
    let mut entries = vec![case.clone()];

    let ballast = rig.disk().fill();
    let files = rig.store.files().len();
    let upload = write_until_refused(&mut caller, &mut entries, "upload", case.id());
    let refused = write_until_refused(&mut caller, &mut entries, "write", "");
    let reads: Vec<Answer> = (0..20)
        .map(|_| caller.get("/v1/counterparts").expect("an answer"))
        .collect();
    let ready = ready_on_a_full_disk(&rig, &mut caller, &mut entries);
    let kept = entries
        .iter()
        .filter(|entry| entry.mark.starts_with("upload"))
        .count()
        - 1;
    let beside = rig.store.files().len() - files;

    std::fs::remove_file(ballast).unwrap();
    let begun = Instant::now();
    let mut number = 0;
    while begun.elapsed() < Duration::from_secs(60) {
        number += 1;
        let mut entry = Entry::counterpart(&format!("again-{number}"));
        assert!(entry.send(&mut caller));
        let done = entry.verdict == Verdict::Acked;
        entries.push(entry);
        if done {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(
        entries.last().map(|entry| entry.verdict),
        Some(Verdict::Acked)
    );
    assert!(service.runs(), "{}", service.logged());
    rig.settle(entries);
    rig.conclude("a full disk");

    expect_full(&refused);
    expect_full(&upload);
    assert!(
        reads.iter().all(|read| read.status == 200),
        "{}",
        reads[0].text()
    );
    assert!(
        beside <= kept,
        "{} files of {kept} uploads: something is half kept",
        beside
    );
    let ready = ready.expect("an answer");
    assert_eq!(
        ready.status,
        503,
        "a store that does not write is not ready: {}",
        ready.text()
    );
}

#[test]
fn a_full_disk_is_said_and_survived_on_sqlite() {
    a_full_disk(Engine::Sqlite);
}

#[test]
fn a_full_disk_is_said_and_survived_on_postgres() {
    a_full_disk(Engine::Postgres);
}
