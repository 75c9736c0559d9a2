//! One state of a database, held while it is copied or inspected completely.
//!
//! It reads across every barrier between governments, so it is only for the operator at the
//! server's console (`vinculo backup`, `restore` and `verify`); no request comes here. On
//! PostgreSQL it needs a role of its own, because the service's role must not be able to do this.

mod catalogue;
mod contents;

use crate::conn::{Conn, Engine};
use crate::installation::sqlite_file;
use crate::pool;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Binary, Text};
use diesel::{PgConnection, SqliteConnection};
use std::path::Path;
use vinculo_domain::{Refusal, Result};

pub(crate) use catalogue::{Table, tables};
pub use contents::Contents;
pub(crate) use contents::rows;

/// The time limits of requests do not apply: a large database takes long. If a policy applies to
/// the role, `row_security` causes an error instead of hidden rows.
const PG_BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; \
    SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL jit = off; \
    SET LOCAL row_security = off; SET LOCAL search_path = public, pg_temp; SET LOCAL timezone = 'UTC'";
/// The current role, and whether it sees everything.
const PG_READS_ALL: &str = "SELECT r.rolname::text AS subject FROM pg_roles r WHERE r.rolname = current_user \
    AND NOT r.rolsuper AND NOT r.rolbypassrls";
const PG_UNREADABLE: &str = "SELECT c.relname::text AS subject FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace \
    AND c.relkind IN ('r', 'p') AND NOT has_table_privilege(c.oid, 'SELECT') ORDER BY 1";
const PG_EXPORT: &str = "SELECT pg_export_snapshot() AS subject";
const PG_VERSION: &str = "SELECT current_setting('server_version_num') AS subject";

const SQLITE_BEGIN: &str = "PRAGMA query_only = ON; PRAGMA foreign_keys = ON; BEGIN";
const SQLITE_COPY_BEGIN: &str = "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; \
    PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; BEGIN";
const SQLITE_COPY: &str = "VACUUM INTO $1";

/// One state of a database.
pub struct Snapshot {
    pub(crate) conn: Conn,
}

/// One row of a query that returns a single text.
#[derive(QueryableByName)]
pub(crate) struct Line {
    #[diesel(sql_type = Text)]
    pub(crate) subject: String,
}

/// A row as bytes, so that invalid text is detected and not read as text.
#[derive(QueryableByName)]
pub(crate) struct Bytes {
    #[diesel(sql_type = Binary)]
    pub(crate) row: Vec<u8>,
}

pub(crate) fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::internal(format!("database: {error}"))
}

impl Snapshot {
    /// Of a store that may be in use. On PostgreSQL the role of `url` must read everything.
    pub fn of_store(url: &str) -> Result<Self> {
        let engine = Engine::of(url)?;
        if let Some(file) = sqlite_file(url)? {
            // Opening it would create an empty one.
            if !file.metadata().is_ok_and(|found| found.len() > 0) {
                return Err(Refusal::internal(format!(
                    "{} is no database: it is missing or empty",
                    file.display()
                )));
            }
        }
        let mut snapshot = Self {
            conn: pool::connect(engine, url).map_err(failed)?,
        };
        match &mut snapshot.conn {
            Conn::Sqlite(conn) => conn.batch_execute(SQLITE_BEGIN).map_err(failed)?,
            Conn::Pg(conn) => {
                conn.batch_execute(PG_BEGIN).map_err(failed)?;
                require_sight(conn)?;
            }
        }
        Ok(snapshot)
    }

    /// Of a copy that nobody writes: neither the copy nor anything beside it is changed.
    pub fn of_copy(file: &Path) -> Result<Self> {
        let mut path = String::new();
        for byte in file.as_os_str().as_encoded_bytes() {
            let plain = byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
            let part = if plain {
                char::from(*byte).to_string()
            } else {
                format!("%{byte:02X}")
            };
            path.push_str(&part);
        }
        let mut conn = SqliteConnection::establish(&format!("file:{path}?mode=ro&immutable=1"))
            .map_err(failed)?;
        conn.batch_execute(SQLITE_COPY_BEGIN).map_err(failed)?;
        Ok(Self {
            conn: Conn::Sqlite(conn),
        })
    }

    /// Copies a SQLite store that may be in use, in one reading transaction, into `target`, which
    /// is empty or missing. The copy has whole pages and no free ones; it is not synced.
    pub fn copy_sqlite(url: &str, target: &Path) -> Result<()> {
        drop(Self::of_store(url)?);
        let target = target.to_str().ok_or_else(|| {
            Refusal::internal(format!("{}: the path is no text", target.display()))
        })?;
        let mut conn = pool::connect(Engine::Sqlite, url).map_err(failed)?;
        let Conn::Sqlite(conn) = &mut conn else {
            return Err(failed("not SQLite"));
        };
        diesel::sql_query(SQLITE_COPY)
            .bind::<Text, _>(target)
            .execute(conn)
            .map_err(failed)?;
        Ok(())
    }

    /// The name under which another PostgreSQL session reads the same state while this one lasts.
    pub fn exported(&mut self) -> Result<Option<String>> {
        match &mut self.conn {
            Conn::Sqlite(_) => Ok(None),
            Conn::Pg(conn) => {
                let found: Line = diesel::sql_query(PG_EXPORT)
                    .get_result(conn)
                    .map_err(failed)?;
                Ok(Some(found.subject))
            }
        }
    }

    /// The major version of the server; none on SQLite.
    pub fn server_major(&mut self) -> Result<Option<u32>> {
        if let Conn::Sqlite(_) = self.conn {
            return Ok(None);
        }
        let lines = self.lines(PG_VERSION).map_err(failed)?;
        let number = lines.first().and_then(|line| line.parse::<u32>().ok());
        Ok(number.map(|number| number / 10_000))
    }

    /// The rows that one of our statements returns.
    pub(crate) fn lines(&mut self, sql: &str) -> QueryResult<Vec<String>> {
        let query = diesel::sql_query(sql.to_owned());
        let lines: Vec<Line> = match &mut self.conn {
            Conn::Sqlite(conn) => query.load(conn)?,
            Conn::Pg(conn) => query.load(conn)?,
        };
        Ok(lines.into_iter().map(|line| line.subject).collect())
    }
}

/// Refuses a role that would see only a part of the data.
fn require_sight(conn: &mut PgConnection) -> Result<()> {
    let held: Vec<Line> = diesel::sql_query(PG_READS_ALL).load(conn).map_err(failed)?;
    if let Some(role) = held.first() {
        return Err(Refusal::internal(format!(
            "VINCULO_BACKUP_URL: the role {} is held by row-level security and would see a part only; \
             let it name vinculo_backup, made by docker/postgres/roles.sql, or as a superuser: \
             ALTER ROLE {} BYPASSRLS",
            role.subject, role.subject
        )));
    }
    let unreadable: Vec<Line> = diesel::sql_query(PG_UNREADABLE)
        .load(conn)
        .map_err(failed)?;
    if unreadable.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = unreadable.into_iter().map(|line| line.subject).collect();
    Err(Refusal::internal(format!(
        "VINCULO_BACKUP_URL: its role may not read {}; as a superuser: GRANT pg_read_all_data TO vinculo_backup",
        names.join(", ")
    )))
}
