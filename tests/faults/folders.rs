//! A folder is used with the wrong database, or with none: the program refuses to serve, and every
//! document stays.

use crate::cluster::Cluster;
use crate::ledger::{Entry, Verdict};
use crate::rig::Rig;
use crate::service::Service;
use crate::store::Store;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};
use vinculo_persistence::Engine;

/// How a copied folder is damaged, with a name for messages.
type Case<'a> = (&'static str, &'a dyn Fn(&Path));

/// The number of documents that were lost when this fault was found.
const DOCUMENTS: usize = 105;

/// A store with documents old enough that a sweep would not spare them.
fn with_documents(engine: Engine) -> Rig {
    let mut rig = Rig::new(engine);
    let mut service = rig.serve();
    let mut caller = rig.caller();
    let mut case = Entry::agreement("case");
    assert!(
        case.send(&mut caller) && case.verdict == Verdict::Acked,
        "{case:?}"
    );
    let mut entries: Vec<Entry> = (0..DOCUMENTS)
        .map(|number| {
            let mut entry = Entry::document(&format!("document-{number}"), case.id());
            assert!(
                entry.send(&mut caller) && entry.verdict == Verdict::Acked,
                "{entry:?}"
            );
            entry
        })
        .collect();
    entries.push(case);
    rig.settle(entries);
    service.end();
    age(&rig.store);
    rig
}

#[expect(clippy::disallowed_methods, reason = "a file's age is the machine's")]
fn age(store: &Store) {
    let before = SystemTime::now() - Duration::from_secs(3 * 24 * 3600);
    for file in store.files() {
        let file = std::fs::File::options().append(true).open(file).unwrap();
        file.set_modified(before).unwrap();
    }
}

/// Copies the folder as an operator does, with its dates.
fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp")
        .arg("-a")
        .arg(from)
        .arg(to)
        .status()
        .unwrap();
    assert!(status.success());
}

/// The program must refuse to serve and say what to do. In any case every document must stay.
fn refused(store: &Store, what: &str, wrong: &mut Vec<String>) {
    match Service::attempt(store, &[]) {
        Err(said) => println!(
            "{what}: refused: {}",
            said.lines().last().unwrap_or_default()
        ),
        Ok(service) => {
            // By then the work that it does at start is done.
            std::thread::sleep(Duration::from_secs(3));
            wrong.push(format!("{what}: served"));
            drop(service);
        }
    }
    let left = store.files().len();
    if left != DOCUMENTS {
        wrong.push(format!("{what}: {left} of {DOCUMENTS} documents are left"));
    }
}

/// The store's folder copied to another place.
fn copied(rig: &Rig, name: &str) -> PathBuf {
    let place = rig.base().join(name);
    copy(&rig.store.folder, &place);
    place
}

fn conclude(mut rig: Rig, wrong: &[String]) {
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The control: the folder and its own database are served, with every document.
    let mut service = rig.serve();
    let entries = std::mem::take(&mut rig.ledger.entries);
    rig.settle(entries);
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(rig.store.files().len(), DOCUMENTS);
    assert!(service.runs());
    rig.conclude(&format!(
        "foreign databases refused, {DOCUMENTS} of {DOCUMENTS} documents kept"
    ));
}

#[test]
fn a_folder_beside_a_foreign_database_loses_nothing_on_sqlite() {
    let rig = with_documents(Engine::Sqlite);
    let mut wrong = Vec::new();
    let other = Rig::new(Engine::Sqlite);
    let file = "vinculo.sqlite";
    let remove = |folder: &Path| {
        for end in ["", "-wal", "-shm"] {
            let _absent = std::fs::remove_file(folder.join(format!("{file}{end}")));
        }
    };
    let cases: [Case<'_>; 3] = [
        ("the database of another installation", &|folder| {
            remove(folder);
            for end in ["", "-wal"] {
                let from = other.store.folder.join(format!("{file}{end}"));
                if from.exists() {
                    std::fs::copy(from, folder.join(format!("{file}{end}"))).unwrap();
                }
            }
        }),
        ("no database", &|folder| remove(folder)),
        ("an empty database file", &|folder| {
            remove(folder);
            std::fs::write(folder.join(file), b"").unwrap();
        }),
    ];
    for (number, (what, spoil)) in cases.iter().enumerate() {
        let place = copied(&rig, &format!("copy-{number}"));
        spoil(&place);
        let store = Store::sqlite(&place, &rig.store.aside);
        refused(&store, what, &mut wrong);
    }
    conclude(rig, &wrong);
}

#[test]
fn a_folder_beside_a_foreign_database_loses_nothing_on_postgres() {
    let rig = with_documents(Engine::Postgres);
    let mut wrong = Vec::new();
    let make = |number: usize, cluster: &Cluster| {
        let place = copied(&rig, &format!("copy-{number}"));
        Store::postgres(&place, &rig.store.aside, cluster, &format!("other{number}"))
    };
    // The database of another installation, which has a folder of its own.
    let elsewhere = rig.base().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let mut another = Store::postgres(&elsewhere, &rig.store.aside, rig.cluster(), "another");
    another.make();
    let mut foreign = make(0, rig.cluster());
    foreign.set("DATABASE_URL", &another.database.url);
    refused(&foreign, "the database of another installation", &mut wrong);
    // An empty database, which the program may migrate at start.
    let mut empty = make(1, rig.cluster());
    empty.set("MIGRATION_URL", &empty.database.migration_url.clone());
    refused(&empty, "an empty database", &mut wrong);
    conclude(rig, &wrong);
}
