//! Stored files are altered, cut short and removed behind the program's back; it must detect that.

use crate::callers::Caller;
use crate::ledger::{Entry, Verdict};
use crate::rig::Rig;
use std::path::{Path, PathBuf};
use vinculo_persistence::Engine;

/// A case with `count` documents.
fn documents(rig: &mut Rig, count: usize) -> Vec<Entry> {
    let mut caller = rig.caller();
    let mut case = Entry::agreement("case");
    assert!(
        case.send(&mut caller) && case.verdict == Verdict::Acked,
        "{case:?}"
    );
    let documents: Vec<Entry> = (0..count)
        .map(|number| {
            let mut document = Entry::document(&format!("document-{number}"), case.id());
            assert!(
                document.send(&mut caller) && document.verdict == Verdict::Acked,
                "{document:?}"
            );
            document
        })
        .collect();
    rig.ledger.entries.push(case);
    rig.ledger.entries.extend(documents.clone());
    documents
}

fn path_of(rig: &Rig, document: &Entry) -> PathBuf {
    let sha256 = document.answer["sha256"].as_str().unwrap();
    let files = rig.store.folder.join("files").join(crate::store::TENANT);
    files.join(&sha256[..2]).join(sha256)
}

fn address_of(document: &Entry) -> String {
    let case = document.answer["agreement_id"].as_str().unwrap();
    format!("/v1/agreements/{case}/documents/{}/content", document.id())
}

fn flip(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

fn cut(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
}

fn empty(path: &Path) {
    std::fs::write(path, b"").unwrap();
}

fn lengthen(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes.push(b'\n');
    std::fs::write(path, bytes).unwrap();
}

fn remove(path: &Path) {
    std::fs::remove_file(path).unwrap();
}

/// What is done to a file, with its name for messages.
type Fault = (&'static str, fn(&Path));

fn altered_files(engine: Engine) {
    let mut rig = Rig::new(engine);
    let mut service = rig.serve();
    let faults: [Fault; 5] = [
        ("one bit", flip),
        ("cut", cut),
        ("emptied", empty),
        ("lengthened", lengthen),
        ("removed", remove),
    ];
    let documents = documents(&mut rig, faults.len() + 1);
    let mut caller = rig.caller();
    // The control: unaltered, all of them are served.
    for document in &documents {
        caller.get(&address_of(document)).unwrap().expect(200);
    }
    let whole: Vec<Vec<u8>> = documents
        .iter()
        .map(|one| std::fs::read(path_of(&rig, one)).unwrap())
        .collect();
    let mut wrong = Vec::new();
    for ((what, alter), document) in faults.iter().zip(&documents) {
        alter(&path_of(&rig, document));
        match caller.get(&address_of(document)) {
            Ok(answer) if answer.status == 503 && answer.code() == "file_damaged" => {}
            Ok(answer) => wrong.push(format!("{what}: {} {}", answer.status, answer.code())),
            Err(silence) => wrong.push(format!("{what}: {silence:?}")),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} believed: {wrong:#?}",
        wrong.len(),
        faults.len()
    );
    // The file beside them is still served and so is everything else: an alarm is not an outage.
    caller
        .get(&address_of(&documents[faults.len()]))
        .unwrap()
        .expect(200);
    let ready = Caller::new(rig.store.address, None)
        .get("/health/ready")
        .unwrap()
        .expect(200);
    let alarms = ready.json()["alarms"]["file_damaged"].clone();
    assert_eq!(alarms, faults.len(), "{}", ready.text());
    // Files that were put back are served again.
    for (document, bytes) in documents.iter().zip(&whole) {
        std::fs::write(path_of(&rig, document), bytes).unwrap();
        caller.get(&address_of(document)).unwrap().expect(200);
    }
    assert!(service.runs());
    rig.conclude(&format!(
        "{} altered files refused, none believed",
        faults.len()
    ));
}

#[test]
fn an_altered_file_is_never_believed_on_sqlite() {
    altered_files(Engine::Sqlite);
}

#[test]
fn an_altered_file_is_never_believed_on_postgres() {
    altered_files(Engine::Postgres);
}
