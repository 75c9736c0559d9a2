//! Faults injected into the code, one at a time; the tests must find each of them. They run on
//! SQLite, where the application is the only barrier; for PostgreSQL's policies see
//! `policies/mutations.rs`.

mod faults;

use super::broken::{self, Broken};
use super::identifiers::{self, Writer, headers, paths};
use super::matrix::Slow;
use super::run::{Cell, Counts, Matrix};
use super::{duties, lists, records, renames, reviewers, searches};
use faults::{Check, FAULTS};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Instant;
use vinculo_domain::faults::inject;
use vinculo_persistence::Engine;
use vinculo_tests::{TestApp, is_full};

/// The roles tried in place of all roles.
const ROLES: [&str; 9] = [
    "viewer",
    "officer",
    "liaison",
    "legal_reviewer",
    "registrar",
    "admin",
    "trainer",
    "committee_member",
    "mission_officer",
];

// row: 002-14
#[actix_web::test]
async fn every_fault_of_the_code_is_found() {
    let _turn = super::TURN.lock().await;
    let start = Instant::now();
    let app = TestApp::start_at(Engine::Sqlite, Slow::now()).await;
    let matrix = Matrix::prepare(&app).await;
    let mut suite = Suite::new(&matrix).await;
    let (mut lines, mut clean) = (Vec::new(), BTreeSet::new());
    for fault in FAULTS {
        // Without an injected fault the check must find nothing.
        if clean.insert(fault.check) {
            assert_eq!(suite.finds(fault.check).await, None, "{:?}", fault.check);
        }
        inject(&[fault.name]);
        let found = suite.finds(fault.check).await;
        inject(&[]);
        let by = found.unwrap_or_else(|| "nothing".to_owned());
        lines.push(format!("| {} | {} | {by} |", fault.name, fault.breaks()));
    }
    let missed = |line: &&String| line.ends_with("| nothing |");
    println!(
        "code faults caught {} of {}; {:.1} s",
        lines.len() - lines.iter().filter(missed).count(),
        FAULTS.len(),
        start.elapsed().as_secs_f32()
    );
    let missed: Vec<_> = lines.iter().filter(missed).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    super::table_in_docs("code", &lines);
}

#[test]
fn every_named_fault_is_sown() {
    for (name, _) in vinculo_domain::faults::FAULTS {
        assert!(FAULTS.iter().any(|fault| fault.name == *name), "{name}");
    }
}

/// The checks that find faults, prepared once.
struct Suite<'a> {
    matrix: &'a Matrix,
    broken: Vec<Broken>,
    /// Writers change data, so they are created after the lists were checked.
    writers: Vec<Writer<'a>>,
}

impl<'a> Suite<'a> {
    async fn new(matrix: &'a Matrix) -> Self {
        Self {
            matrix,
            broken: broken::principals(&matrix.app).await,
            writers: Vec::new(),
        }
    }

    /// Returns which check found something wrong; None where all is well.
    async fn finds(&mut self, check: Check) -> Option<String> {
        let matrix = self.matrix;
        match check {
            Check::Cells(operations) => return self.cells(operations).await,
            Check::Lists => self.lists().await,
            Check::Figures => self.figures().await,
            Check::Searches => searches::beyond_reading(matrix).await,
            Check::OnRecord => lists::on_record(matrix).await,
            Check::Former => reviewers::as_before(matrix).await,
            Check::Duties => duties::one_person_for_both(matrix).await,
            Check::Renames => renames::in_the_cases(matrix).await,
            Check::Tags => headers::tags_of_readers(matrix).await,
            Check::Cursors => {
                headers::cursors(matrix, |one| ["viewer", "admin"].contains(&one.who.role)).await
            }
            Check::Broken => {
                broken::try_each(matrix, &self.broken, |id| id == "get_me").await;
                let lines = matrix.take_faults();
                return lines.first().map(|line| broken_by(line));
            }
            Check::RecordLists => self.record_lists().await,
            Check::Targets => records::by_target(matrix).await,
            Check::Sums => records::sums(matrix).await,
            Check::Links => records::links(matrix).await,
            Check::Spaces => records::spaces(matrix).await,
            Check::Paths | Check::Keys => self.identifiers(check).await,
        }
        let found = matrix.take_faults();
        (!found.is_empty()).then(|| check.name().to_owned())
    }

    async fn lists(&self) {
        let readers = |one: &&super::people::Person| one.who.role == "viewer";
        for person in self.matrix.people.iter().filter(readers) {
            for (path, kind) in lists::LISTS {
                lists::whole(self.matrix, person, path, kind).await;
            }
        }
    }

    async fn record_lists(&self) {
        let readers = |one: &&super::people::Person| one.who.role == "viewer";
        for person in self.matrix.people.iter().filter(readers) {
            lists::of_records(self.matrix, person).await;
        }
    }

    async fn figures(&self) {
        let readers = |one: &&super::people::Person| one.who.role == "viewer";
        for person in self.matrix.people.iter().filter(readers) {
            lists::figures(self.matrix, person).await;
        }
    }

    async fn identifiers(&mut self, check: Check) {
        if self.writers.is_empty() {
            self.writers = identifiers::writers(self.matrix).await;
        }
        if check == Check::Keys {
            headers::keys_of_repetition(&self.writers).await;
        } else {
            for writer in &self.writers {
                paths::under_another_case(writer).await;
            }
        }
    }

    /// The cells of a few operations, tried by nobody and by the roles in `ROLES`.
    async fn cells(&self, operations: &[&str]) -> Option<String> {
        let counts = RefCell::new(Counts::default());
        // The short tier already picks one cell of each class.
        let stands = |cell: &Cell| {
            let role = cell.person.map(|at| self.matrix.people[at].who.role);
            !is_full() || role.is_none_or(|role| ROLES.contains(&role))
        };
        for operation in operations {
            let mut cells = self.matrix.cells(|id| id == *operation);
            cells.retain(stands);
            for cells in cells.chunks(100) {
                self.matrix.run_all(cells, &counts).await;
                let lines = self.matrix.take_faults();
                let kind = KINDS
                    .iter()
                    .find(|(_, words)| lines.iter().any(|line| line.contains(words)));
                if let Some((kind, _)) = kind {
                    return Some(format!("{kind}: {operation}"));
                }
                assert!(lines.is_empty(), "{lines:?} is of no kind");
            }
        }
        None
    }
}

/// The kinds of failure in a cell, the gravest first, with the words that identify them.
const KINDS: [(&str, &str); 6] = [
    ("digest", " changed "),
    ("canary", "gives the text of "),
    ("id", "gives the id of "),
    ("status", " not "),
    ("bytes", "differs from a random id"),
    ("audit", " refusals from "),
];

/// The broken principal that got in.
fn broken_by(line: &str) -> String {
    let why = line
        .split_once(", with ")
        .and_then(|(_, rest)| rest.split_once(':'));
    format!("broken principal: {}", why.map_or(line, |(why, _)| why))
}
