//! The schema and the catalogue of governments, brought up to date under a lock.

use crate::conn::{Begin, Conn, Engine};
use crate::failure::Outcome;
use crate::private::open_private;
use crate::{pool, row_sums, stores};
use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use vinculo_domain::{Refusal, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The lock for all migrations of this product.
const LOCK: i64 = 7_306_918_524_431;

/// In a new database everybody may create temporary tables, and a temporary table hides ours of the
/// same name.
const NO_TEMPORARY: &str = "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$";

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::internal(format!("migration: {error}"))
}

/// A connection for use before the store is opened.
pub(crate) fn connect(url: &str) -> Result<Conn> {
    let mut conn = pool::connect(Engine::of(url)?, url)
        .map_err(|error| Refusal::internal(format!("cannot connect to the database: {error}")))?;
    // Each statement runs once, and perhaps through a pooler.
    conn.keep_no_statements();
    Ok(conn)
}

/// The same as the role that owns the tables; `url` is the migrator's.
pub(crate) fn connect_as_owner(url: &str) -> Result<Conn> {
    let mut conn = connect_to_change(url)?;
    row_sums::keep(&mut conn).map_err(failed)?;
    Ok(conn)
}

/// The same for changing tables, where triggers would be in the way.
fn connect_to_change(url: &str) -> Result<Conn> {
    let mut conn = connect(url)?;
    if let Conn::Pg(pg) = &mut conn {
        pg.batch_execute("SET ROLE vinculo_owner").map_err(failed)?;
    }
    Ok(conn)
}

/// Brings the schema and the catalogue up to date. On PostgreSQL `url` is the migrator's, and the
/// owner role owns everything created. Concurrent runs wait for each other.
pub fn migrate(url: &str, now: DateTime<Utc>) -> Result<()> {
    match Engine::of(url)? {
        Engine::Sqlite => {
            // Before the first connection: two processes cannot switch a new file to its journal
            // mode at once, and SQLite does not wait there.
            let lock =
                open_private(format!("{}.migrating", url.trim_start_matches("sqlite://")).as_ref())
                    .map_err(failed)?;
            lock.lock().map_err(failed)?;
            bring_up(url, now)?;
            lock.unlock().map_err(failed)
        }
        Engine::Postgres => bring_up(url, now),
    }
}

fn bring_up(url: &str, now: DateTime<Utc>) -> Result<()> {
    let mut conn = connect_to_change(url)?;
    match &mut conn {
        Conn::Sqlite(lite) => {
            let applied = MigrationHarness::<Sqlite>::applied_migrations(lite).map_err(failed)?;
            refuse_unknown(applied.iter().map(ToString::to_string))?;
            if applied.len() < known_migrations()?.len() {
                row_sums::open(&mut conn).map_err(failed)?;
                run_pending(&mut conn)?;
            }
            // Also after a migration that was interrupted before this step.
            if row_sums::is_open(&mut conn).map_err(failed)? {
                row_sums::seal(&mut conn)?;
            }
            row_sums::keep(&mut conn).map_err(failed)?;
        }
        Conn::Pg(pg) => {
            let start = format!(
                "SET lock_timeout = 0; SET statement_timeout = 0; SELECT pg_advisory_lock({LOCK}); {NO_TEMPORARY}"
            );
            pg.batch_execute(&start).map_err(failed)?;
            let applied = MigrationHarness::<Pg>::applied_migrations(pg).map_err(failed)?;
            refuse_unknown(applied.iter().map(ToString::to_string))?;
            run_pending(&mut conn)?;
        }
    }
    seed(&mut conn, now)
}

fn run_pending(conn: &mut Conn) -> Result<()> {
    let ran = match conn {
        Conn::Sqlite(lite) => MigrationHarness::<Sqlite>::run_pending_migrations(lite, SQLITE),
        Conn::Pg(pg) => MigrationHarness::<Pg>::run_pending_migrations(pg, POSTGRES),
    };
    ran.map(drop).map_err(failed)
}

/// The time limits of requests do not hold for this transaction.
fn unhurried(conn: &mut Conn) -> Result<()> {
    if let Conn::Pg(pg) = conn {
        pg.batch_execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")
            .map_err(failed)?;
    }
    Ok(())
}

fn seed(conn: &mut Conn, now: DateTime<Utc>) -> Result<()> {
    conn.begin(Begin::Write).map_err(failed)?;
    // What is filled back may be much, and what it waits for is still being served.
    unhurried(conn)?;
    let outcome: Outcome<()> = stores::folds::begin(conn)
        .and_then(|()| stores::governments::seed(conn, now))
        .and_then(|()| stores::consolidations::complete(conn))
        .and_then(|()| stores::statistics::backfill(conn))
        .and_then(|()| stores::folds::renew(conn));
    outcome.map_err(Refusal::from)?;
    conn.commit().map_err(Refusal::from)
}

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// A newer program has used this database, and this one would not understand its data.
fn refuse_unknown(applied: impl Iterator<Item = String>) -> Result<()> {
    let known = known_migrations()?;
    let unknown: Vec<String> = applied.filter(|version| !known.contains(version)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::internal(newer(&unknown)))
}

/// The message about migrations that this program does not know.
pub fn newer(unknown: &[String]) -> String {
    format!(
        "the schema was made by a newer version of this program, with migrations that this one does not know: {}. \
         Run that version, or restore the backup that was made before it",
        unknown.join(", ")
    )
}

/// The versions of the migrations that this program carries.
pub fn known_migrations() -> Result<Vec<String>> {
    let known = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(failed)?;
    let mut known: Vec<String> = known
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    known.sort_unstable();
    Ok(known)
}

/// Whether the schema is the one this binary was built for.
pub fn schema_is_current(url: &str) -> Result<bool> {
    Ok(applied_at(url)? == known_migrations()?)
}

/// Whether no migration was ever applied.
pub fn is_fresh(url: &str) -> Result<bool> {
    Ok(applied_at(url)?.is_empty())
}

fn applied_at(url: &str) -> Result<Vec<String>> {
    // Checking must not create a file.
    if crate::installation::sqlite_file(url)?.is_some_and(|file| !file.exists()) {
        return Ok(Vec::new());
    }
    // A database without the table of migrations has no migrations applied.
    Ok(applied(&mut connect(url)?).unwrap_or_default())
}

/// Accepts the stored data as right, when an operator says so: on SQLite the rows as they are
/// ([`row_sums`]), on both engines the counted documents of each government and, with `seal`, the counted
/// records and the sums of their amounts. Those are many, so nobody else should write then. On PostgreSQL `url` is
/// the migrator's.
pub fn recount(url: &str, seal: bool) -> Result<()> {
    let mut conn = connect_as_owner(url)?;
    if seal {
        row_sums::seal(&mut conn)?;
    }
    conn.begin(Begin::Write).map_err(failed)?;
    stores::storage::recount(&mut conn)?;
    conn.commit()?;
    if !seal {
        return Ok(());
    }
    conn.begin(Begin::Write).map_err(failed)?;
    unhurried(&mut conn)?;
    stores::records::recount(&mut conn)?;
    conn.commit().map_err(Refusal::from)
}

/// The applied migrations. Only reads: the application may not create a table, and diesel's own
/// query would try to.
pub(crate) fn applied(conn: &mut Conn) -> QueryResult<Vec<String>> {
    use self::__diesel_schema_migrations as applied;
    applied::table
        .select(applied::version)
        .order(applied::version)
        .load::<String>(conn)
}
