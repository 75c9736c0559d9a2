//! The authorization matrix: every operation, by everybody and by nobody, with every relation to
//! the object. The expected answers are in `tests/authz/matrix.toml`, apart from the server's own
//! table.

use super::canaries::PEOPLE;
use super::run::{Counts, Matrix, SESSIONS};
use super::table::Table;
use super::{broken, duties, identifiers, lists, versions};
use chrono::{DateTime, TimeDelta, Utc};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_persistence::Engine;
use vinculo_tests::TestApp;

/// A clock that moves a little each time it is asked: sessions outlive a slow machine, and no two
/// instants are equal.
pub struct Slow(DateTime<Utc>, AtomicI64);

impl Slow {
    pub fn now() -> Arc<Self> {
        Arc::new(Self(SystemClock.now(), AtomicI64::new(0)))
    }
}

impl Clock for Slow {
    fn now(&self) -> DateTime<Utc> {
        self.0 + TimeDelta::microseconds(self.1.fetch_add(10, Ordering::Relaxed))
    }
}

/// How long each step took.
struct Steps(Instant, String);

impl Steps {
    /// The fixtures were the first step.
    fn since(start: Instant) -> Self {
        let mut steps = Self(start, String::new());
        steps.done("fixtures");
        steps
    }

    fn done(&mut self, what: &str) {
        let spent = self.0.elapsed().as_secs_f32();
        self.1 += &format!(" {what} {spent:.1} s;");
        self.0 = Instant::now();
    }
}

impl std::fmt::Display for Steps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.1.trim())
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

// row: 002-14
#[test]
fn every_operation_meets_every_relation() {
    assert_eq!(Table::read().gaps(), Vec::<String>::new());
}

// row: 002-14, 004-03
#[actix_web::test]
async fn every_cell_answers_as_the_table_says_on_sqlite() {
    every_cell(Engine::Sqlite, |_app| {}).await;
}

// row: 002-14, 004-03
#[actix_web::test]
async fn every_cell_answers_as_the_table_says_on_postgres() {
    every_cell(Engine::Postgres, |_app| {}).await;
}

/// Each engine has its own test, so that they run in parallel. `change` is applied once the world
/// is built.
pub async fn every_cell(engine: Engine, change: impl Fn(&TestApp)) {
    let _turn = super::TURN.lock().await;
    let start = Instant::now();
    let app = TestApp::start_at(engine, Slow::now()).await;
    let matrix = Matrix::prepare(&app).await;
    change(&app);
    let counts = RefCell::new(Counts::default());
    let mut steps = Steps::since(start);
    let cells = matrix.cells(|id| !SESSIONS.contains(&id));
    matrix.run_all(&cells, &counts).await;
    steps.done("cells");
    lists::all(&matrix).await;
    versions::all(&matrix).await;
    steps.done("lists");
    identifiers::all(&matrix).await;
    steps.done("identifiers");
    let broken = broken::all(&matrix).await;
    steps.done("broken principals");
    let left = matrix.run_sessions(&counts).await;
    after_leaving(&matrix, &left).await;
    duties::one_person_for_both(&matrix).await;
    every_canary_counts(&matrix);
    no_canary_in_the_trail(&matrix);
    steps.done("the rest");
    let counts = counts.into_inner();
    println!(
        "{engine:?}: cells {}, allowed {}, denied {}, skipped {}; by broken principals {broken}; \
         canaries {} of {} given away; {steps}",
        counts.cells,
        counts.allowed,
        counts.denied,
        counts.skipped,
        matrix.canaries.count_given_away(),
        matrix.canaries.all().len()
    );
    matrix.leave(&format!("{engine:?}"), counts.cells);
    matrix.expect_no_faults();
    assert_eq!(counts.skipped, 0);
    assert_eq!(counts.cells, counts.allowed + counts.denied);
}

/// A person who has left is treated as nobody at once.
async fn after_leaving(matrix: &Matrix, left: &[usize]) {
    assert!(left.len() > 5);
    for person in left.iter().map(|at| &matrix.people[*at]) {
        let answer = person.leaving.get("/v1/me").await;
        if answer.status != 401 {
            matrix.wrong(format!(
                "{} reads after leaving: {}",
                person.email,
                answer.text()
            ));
        }
    }
}

/// Each text of the table was written, and read by somebody who may read it. A canary that nobody
/// met would prove nothing.
fn every_canary_counts(matrix: &Matrix) {
    let (table, all) = (&matrix.table, matrix.canaries.all());
    let may_be_met = |canary: &super::canaries::Canary| {
        canary.object == PEOPLE
            || table
                .readers_of(canary)
                .is_some_and(|list| !list.is_empty())
    };
    for canary in matrix.canaries.unmet(may_be_met) {
        matrix.wrong(format!("{canary} was met by nobody at all"));
    }
    for (object, group) in table.groups_of_texts() {
        let name = |canary: &super::canaries::Canary| {
            let one = format!("{}.{}", canary.group, canary.field);
            canary.object == object && (canary.group == group || one == group)
        };
        if !all.iter().any(|(canary, _)| name(canary)) {
            matrix.wrong(format!("no text of {object} is in the group {group}"));
        }
    }
}

/// The audit log records what was done, not what was written.
fn no_canary_in_the_trail(matrix: &Matrix) {
    let rows = "SELECT detail || COALESCE(subject_id, '') || operation || request_id AS x \
        FROM audit_log UNION ALL SELECT subjects AS x FROM audit_owners \
        UNION ALL SELECT payload AS x FROM outbox";
    for row in matrix.app.scratch.texts(rows) {
        for number in matrix.canaries.find(&row) {
            matrix.wrong(format!(
                "the audit log holds {}",
                matrix.canaries.get(number)
            ));
        }
    }
}
