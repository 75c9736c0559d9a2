//! A transaction leaves nothing behind for the next one on its connection.

use super::governments::{self, Government};
use super::trouble::{self, Place};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::Engine;
use vinculo_tests::{SETUPS, Scratch, Setup, TestApp};

const OURS: &str =
    "FROM pg_stat_activity WHERE datname = current_database() AND usename = 'vinculo_app'";

/// With one connection each to read and write, the next caller would meet what the panic left.
#[actix_web::test]
async fn a_panic_leaves_no_government_behind() {
    for setup in SETUPS {
        eprintln!("--- {setup:?}");
        let app = TestApp::start_on(setup, 1, Arc::new(SystemClock)).await;
        let both = governments::settle(&app, 2).await;
        for (round, place) in [Place::Read, Place::Write]
            .repeat(5)
            .into_iter()
            .enumerate()
        {
            let (fallen, next) = (&both[round % 2], &both[(round + 1) % 2]);
            let before = sessions(&app.scratch);
            trouble::panic(&app.app, fallen, place, &format!("{round}")).await;
            if app.scratch.engine == Engine::Postgres {
                one_is_gone(&app.scratch, &before);
            }
            sees_its_own_only(&app, next, fallen).await;
        }
        // The two of each at the start, and none from the transactions that panicked.
        assert_eq!(app.scratch.count("counterparts"), 4);
    }
}

/// The application's sessions on the server; none on SQLite, where the process owns them.
fn sessions(scratch: &Scratch) -> BTreeSet<String> {
    match scratch.engine {
        Engine::Sqlite => BTreeSet::new(),
        Engine::Postgres => {
            let pids = scratch.texts(&format!("SELECT pid::text AS x {OURS}"));
            pids.into_iter().collect()
        }
    }
}

/// The session of the panic is closed and not reused. The server takes a moment to notice.
fn one_is_gone(scratch: &Scratch, before: &BTreeSet<String>) {
    let start = Instant::now();
    while before.is_subset(&sessions(scratch)) {
        assert!(start.elapsed() < Duration::from_secs(5), "all still there");
        std::thread::sleep(Duration::from_millis(10));
    }
    let open = format!("SELECT query AS x {OURS} AND state LIKE 'idle in transaction%'");
    assert_eq!(scratch.texts(&open), Vec::<String>::new());
}

async fn sees_its_own_only(app: &TestApp, next: &Government, fallen: &Government) {
    let client = next.client(app);
    for path in [next.case_path(), "/v1/counterparts".to_owned()] {
        let read = client.get(&path).await.expect(200).text();
        assert!(read.contains(&next.canary()));
        assert_eq!(next.foreign(&read), 0);
    }
    let foreign = client.get(&fallen.case_path()).await;
    foreign.refused(404, "not_found");
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    x: String,
}

fn ask(conn: &mut PgConnection, sql: &str) -> String {
    diesel::sql_query(sql).get_result::<One>(conn).unwrap().x
}

/// Behind a pooler only: elsewhere sessions are not shared.
#[actix_web::test]
async fn a_pooled_session_is_left_as_it_was() {
    const WHOSE: &str =
        "SELECT COALESCE('of ' || current_setting('app.tenant_id', true), 'unused') AS x";
    let app = TestApp::start_on(Setup::Pooled, 4, Arc::new(SystemClock)).await;
    let governments = governments::settle(&app, 2).await;
    let mut stranger = PgConnection::establish(&app.scratch.url).unwrap();
    let mut seen = BTreeSet::new();
    for round in 0..200 {
        let own = &governments[round % 2];
        own.client(&app).get(&own.case_path()).await.expect(200);
        seen.insert(ask(&mut stranger, WHOSE));
    }
    // An empty text is left of a setting that ended with its transaction: so the stranger did get
    // sessions that the service had used.
    assert!(seen.remove("of "), "{seen:?}");
    seen.remove("unused");
    assert_eq!(seen, BTreeSet::new());
    let kept = "SELECT COUNT(*)::text AS x FROM pg_prepared_statements";
    assert_eq!(ask(&mut stranger, kept), "0");
    let limit = "SELECT current_setting('statement_timeout') AS x";
    assert_eq!(ask(&mut stranger, limit), "0");

    // The same pooler does pass on session settings, so the test above could fail.
    let mut careless = PgConnection::establish(&app.scratch.url).unwrap();
    ask(
        &mut careless,
        "SELECT set_config('app.tenant_id', 'leak', false) AS x",
    );
    assert_eq!(ask(&mut stranger, WHOSE), "of leak");
}
