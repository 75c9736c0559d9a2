//! Each of the two barriers tested alone, on PostgreSQL. SQLite has only the application's barrier.

use super::matrix::{Slow, every_cell};
use super::run::{Cell, Counts, Matrix, SESSIONS};
use std::cell::RefCell;
use std::time::Instant;
use vinculo_domain::faults;
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, TestApp};

/// Disables the policies of every table, which only a superuser can do.
fn without_policies(app: &TestApp) {
    let tables = app.scratch.texts(
        "SELECT relname::text AS x FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace",
    );
    assert!(tables.len() > 20);
    for table in tables {
        let sql = format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY");
        app.scratch.execute(&sql);
    }
}

// The answers are the same as with both barriers. They are the same to the byte where a refusal
// must reveal nothing.
#[actix_web::test]
#[ignore = "full: on SQLite the application is alone in every test"]
async fn the_application_alone_answers_every_cell_the_same() {
    every_cell(Engine::Postgres, without_policies).await;
}

// With every filter by government in the application dropped, nobody reads a text or an id that is
// out of sight of the whole government, no request reaches an object out of sight, and nothing changes. Only the kind of
// refusal may differ.
#[actix_web::test]
#[ignore = "full: the policies are asked directly, table by table, in policies.rs"]
async fn the_database_alone_gives_nothing_away() {
    let _turn = super::TURN.lock().await;
    let start = Instant::now();
    let app = TestApp::start_at(Engine::Postgres, Slow::now()).await;
    let matrix = Matrix::prepare(&app).await;
    let counts = RefCell::new(Counts::default());
    let mut cells = matrix.cells(|id| !SESSIONS.contains(&id));
    // The policies let a government read what its own case names, and a case of Guadalajara has
    // named this counterpart since before it was narrowed. Only the application keeps it out of the
    // catalogue.
    let named = |cell: &Cell| {
        let who = cell.person.map(|at| matrix.people[at].who.tenant);
        matrix.object(*cell) == Some("counterpart_narrowed") && who == Some(GUADALAJARA)
    };
    cells.retain(|cell| !named(cell));
    matrix.one_barrier.set(true);
    faults::inject(&[faults::NO_FILTERS]);
    matrix.run_all(&cells, &counts).await;
    faults::inject(&[]);
    matrix.expect_no_faults();
    println!(
        "no filters: cells {}, canaries 0 of {} given away; {:.1} s",
        counts.into_inner().cells,
        matrix.canaries.all().len(),
        start.elapsed().as_secs_f32()
    );
}
