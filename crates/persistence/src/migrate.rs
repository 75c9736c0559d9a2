//! The schema and the catalogue of governments, brought up to date under a lock.

use crate::conn::{Begin, Conn, Engine};
use crate::failure::Outcome;
use crate::{pool, stores};
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

/// The lock of all migrations of this product.
const LOCK: i64 = 7_306_918_524_431;

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::internal(format!("migration: {error}"))
}

/// Brings the schema and the catalogue up to date. On PostgreSQL `url` is the migrator's, and
/// everything made belongs to the owner role. Several at once take turns.
pub fn migrate(url: &str, now: DateTime<Utc>) -> Result<()> {
    match Engine::of(url)? {
        Engine::Sqlite => {
            // Before the first connection: a new file cannot be switched to its journal by two at
            // once, and SQLite does not wait there.
            let lock =
                std::fs::File::create(format!("{}.migrating", url.trim_start_matches("sqlite://")))
                    .map_err(failed)?;
            lock.lock().map_err(failed)?;
            bring_up(url, now)?;
            lock.unlock().map_err(failed)
        }
        Engine::Postgres => bring_up(url, now),
    }
}

fn bring_up(url: &str, now: DateTime<Utc>) -> Result<()> {
    let mut conn = pool::connect(Engine::of(url)?, url).map_err(failed)?;
    match &mut conn {
        Conn::Sqlite(lite) => {
            MigrationHarness::<Sqlite>::run_pending_migrations(lite, SQLITE).map_err(failed)?;
        }
        Conn::Pg(pg) => {
            let start = format!(
                "SET lock_timeout = 0; SET statement_timeout = 0; SET ROLE vinculo_owner; SELECT pg_advisory_lock({LOCK})"
            );
            pg.batch_execute(&start).map_err(failed)?;
            MigrationHarness::<Pg>::run_pending_migrations(pg, POSTGRES).map_err(failed)?;
        }
    }
    seed(&mut conn, now)
}

fn seed(conn: &mut Conn, now: DateTime<Utc>) -> Result<()> {
    conn.begin(Begin::Write).map_err(failed)?;
    let outcome: Outcome<()> = stores::governments::seed(conn, now)
        .and_then(|()| stores::consolidations::complete(conn))
        .and_then(|()| stores::statistics::backfill(conn))
        .and_then(|()| Ok(conn.commit()?));
    outcome.map_err(Refusal::from)
}

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// Whether the schema is the one that this binary was built for.
pub fn schema_is_current(url: &str) -> Result<bool> {
    let known = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(failed)?;
    let mut known: Vec<String> = known
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    known.sort_unstable();
    Ok(applied(url)? == known)
}

/// Whether no migration was ever applied.
pub fn is_fresh(url: &str) -> Result<bool> {
    Ok(applied(url)?.is_empty())
}

/// The migrations that were applied. Only reads: the application may not make a table, and
/// diesel's own question would try to.
fn applied(url: &str) -> Result<Vec<String>> {
    use self::__diesel_schema_migrations as applied;
    let mut conn = pool::connect(Engine::of(url)?, url).map_err(failed)?;
    // It is asked once, and may be asked through a pooler.
    conn.keep_no_statements();
    let found = applied::table
        .select(applied::version)
        .order(applied::version)
        .load::<String>(&mut conn);
    // A database without the table of migrations has none applied.
    Ok(found.unwrap_or_default())
}
