//! The authorization matrix: every operation, everybody and nobody, every relation to the object.
//! What is expected stands in `tests/authz/matrix.toml`, apart from the server's own table.

mod people;
mod places;
mod requests;
mod run;
mod table;

use chrono::{DateTime, TimeDelta, Utc};
use run::{Counts, Matrix, SESSIONS};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;
use table::Table;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, engines, on_both};

/// A clock that moves a little each time it is asked, so that sessions outlive a slow machine and
/// still no two instants are the same.
struct Slow(DateTime<Utc>, AtomicI64);

impl Clock for Slow {
    fn now(&self) -> DateTime<Utc> {
        self.0 + TimeDelta::microseconds(self.1.fetch_add(10, Ordering::Relaxed))
    }
}

// row: 002-14
#[test]
fn the_table_names_every_operation_and_no_other() {
    let table = Table::read();
    let served: BTreeSet<String> = vinculo_api::operations::all()
        .iter()
        .map(|operation| operation.id.to_owned())
        .collect();
    let named: BTreeSet<String> = table.operations.keys().cloned().collect();
    let missing: Vec<_> = served.difference(&named).collect();
    let unknown: Vec<_> = named.difference(&served).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "not in the table: {missing:?}; in the table alone: {unknown:?}"
    );
    assert_eq!(table.slips(), Vec::<String>::new());
}

// row: 002-14, 004-03
#[actix_web::test]
async fn every_cell_answers_as_the_table_says() {
    for engine in engines() {
        let start = Instant::now();
        let clock = Arc::new(Slow(SystemClock.now(), AtomicI64::new(0)));
        let app = TestApp::start_at(engine, clock).await;
        let matrix = Matrix::prepare(&app).await;
        let counts = RefCell::new(Counts::default());
        let cells = matrix.cells(|id| !SESSIONS.contains(&id));
        matrix.run_all(&cells, &counts).await;
        lists(&matrix).await;
        matrix.run_sessions(&counts).await;
        after_leaving(&matrix).await;
        let counts = counts.into_inner();
        println!(
            "{engine:?}: cells {}, allowed {}, denied {}, skipped {}; {:.1} s",
            counts.cells,
            counts.allowed,
            counts.denied,
            counts.skipped,
            start.elapsed().as_secs_f32()
        );
        for canary in matrix.table.canaries.keys() {
            if !matrix.met.borrow().contains(canary) {
                let line = format!("{canary} was met by nobody at all");
                matrix.faults.borrow_mut().push(line);
            }
        }
        let faults = matrix.faults.borrow();
        let shown: Vec<_> = faults.iter().take(40).cloned().collect();
        assert!(
            faults.is_empty(),
            "{} faults, first of them:\n{}",
            faults.len(),
            shown.join("\n")
        );
        assert_eq!(counts.skipped, 0);
        assert_eq!(counts.cells, counts.allowed + counts.denied);
        assert_eq!(
            app.scratch.count("audit_log WHERE detail LIKE '%canario%'"),
            0
        );
    }
}

/// Lists hold what is in sight, all of it and nothing else.
async fn lists(matrix: &Matrix) {
    for (path, kind) in [
        ("/v1/agreements?limit=200", "case"),
        ("/v1/counterparts?limit=200&q=name", "counterpart"),
    ] {
        let objects: Vec<_> = matrix
            .places
            .by_name
            .iter()
            .filter(|(name, _)| matrix.table.objects[*name].kind == kind)
            .collect();
        for person in &matrix.people {
            let answer = person.client.get(path).await;
            if answer.status != 200 {
                continue;
            }
            let found: BTreeSet<String> = answer.json()["items"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|item| item["id"].as_str().map(str::to_owned))
                .collect();
            let wanted: BTreeSet<String> = objects
                .iter()
                .filter(|(name, _)| matrix.table.part(name, person.who).is_some())
                .map(|(_, place)| place.id.clone())
                .collect();
            if found != wanted {
                let line = format!("{path} of {:?}: {found:?} not {wanted:?}", person.who);
                matrix.faults.borrow_mut().push(line);
            }
        }
    }
}

/// Who has left is nobody, at once.
async fn after_leaving(matrix: &Matrix) {
    for person in &matrix.people {
        let answer = person.leaving.get("/v1/me").await;
        if answer.status != 401 {
            let line = format!("{:?} reads after leaving: {}", person.who, answer.text());
            matrix.faults.borrow_mut().push(line);
        }
    }
}

// row: 002-14, 004-03
// operations: get_agreement, list_agreement_history, list_documents, list_text_sets, list_agreements
#[actix_web::test]
async fn a_former_reviewer_sees_nothing_of_what_came_after() {
    for engine in engines() {
        let clock = Arc::new(Slow(SystemClock.now(), AtomicI64::new(0)));
        let app = TestApp::start_at(engine, clock).await;
        let places = places::build(&app, &Table::read()).await;
        let [before, after] = &places.former;
        assert_eq!(before, after, "{engine:?}");
        assert_eq!(before.len(), 5);
        assert!(before[0].contains("returned-title"));
        let line: Value = serde_json::from_str(&before[4]).unwrap();
        assert_eq!(line["stage"], "returned");
        // The owner's own steps are no part of the history it reads.
        let reader = app.client(Role::Viewer, JALISCO).await;
        let case = &places.by_name["returned"].id;
        let path = format!("/v1/agreements/{case}/history");
        let history = reader.get(&path).await.expect(200).json();
        let items = history["items"].as_array().unwrap();
        let steps: Vec<_> = items.iter().map(|item| item["action"].clone()).collect();
        assert_eq!(steps, ["return_to_owner", "submit"]);
        // Nor does it learn what becomes of the case.
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        let officer = app.officer(GUADALAJARA).await;
        officer.transition(case, &withdraw).await.expect(200);
        let end = places::everything(&reader, case).await;
        assert_eq!(before, &end, "{engine:?}");
    }
}

// row: 002-14
// operations: list_agreements, get_agreement
#[actix_web::test]
async fn a_reviewer_learns_nothing_beyond_what_it_was_sent() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Observed).await.to_string();
        let one = format!("/v1/agreements/{case}");
        let officer = app.officer(GUADALAJARA).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let state = app.client(Role::Viewer, JALISCO).await;
        // The file number is SRE's and the owner's: searching for it must not confirm it either.
        for (client, finds) in [(&officer, 1), (&sre, 1), (&state, 0)] {
            let list = client.get("/v1/agreements?q=DGCP-2026-0117").await.json();
            assert_eq!(list["items"].as_array().unwrap().len(), finds);
        }
        // The draft becomes another kind; whoever was sent the case knows the kind it was sent.
        let etag = officer.get(&one).await.etag();
        let other = json!({"kind": "specific_cooperation"});
        officer.patch(&one, &etag, &other).await.expect(200);
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        officer.transition(&case, &withdraw).await.expect(200);
        for (client, kind) in [
            (&officer, "specific_cooperation"),
            (&sre, "twinning"),
            (&state, "twinning"),
        ] {
            assert_eq!(client.get(&one).await.expect(200).json()["kind"], kind);
        }
    })
    .await;
}
