//! One state of a database, held for as long as it takes to copy it or to look through all of it.
//!
//! It reads past every barrier between governments, so it is for the operator at the server's
//! console alone (`vinculo backup`, `restore` and `verify`): no request comes here. On PostgreSQL
//! it needs a role of its own, because the service's must not be able to do this.

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

/// No limit of a request holds here: a large database takes its time. `row_security` makes an
/// error of what would be silence, were the role held by a policy.
const PG_BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; \
    SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL jit = off; \
    SET LOCAL row_security = off; SET LOCAL search_path = public, pg_temp; SET LOCAL timezone = 'UTC'";
/// Who is asking, and whether nothing is hidden from that role.
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

/// A line of an answer that is one text.
#[derive(QueryableByName)]
pub(crate) struct Line {
    #[diesel(sql_type = Text)]
    pub(crate) subject: String,
}

/// A row as bytes, so that what is no text any more is found and not taken for text.
#[derive(QueryableByName)]
pub(crate) struct Bytes {
    #[diesel(sql_type = Binary)]
    pub(crate) row: Vec<u8>,
}

pub(crate) fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::internal(format!("database: {error}"))
}

impl Snapshot {
    /// Of a store that may be in use. On PostgreSQL `url` must be of a role that reads everything.
    pub fn of_store(url: &str) -> Result<Self> {
        let engine = Engine::of(url)?;
        if let Some(file) = sqlite_file(url)? {
            // Opening would make an empty one.
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

    /// Of a copy that nobody writes: not a byte of it, or beside it, is touched.
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

    /// Copies a SQLite store that may be in use, in one reading transaction, into `target`, an
    /// empty file or none. What comes out is whole pages without free ones; it is not synced.
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

    /// Under which name another session of PostgreSQL reads the same state, while this one lasts.
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

    /// The lines that a statement of ours gives.
    pub(crate) fn lines(&mut self, sql: &str) -> QueryResult<Vec<String>> {
        let query = diesel::sql_query(sql.to_owned());
        let lines: Vec<Line> = match &mut self.conn {
            Conn::Sqlite(conn) => query.load(conn)?,
            Conn::Pg(conn) => query.load(conn)?,
        };
        Ok(lines.into_iter().map(|line| line.subject).collect())
    }
}

/// Refuses a role that would see a part and take it for the whole.
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
