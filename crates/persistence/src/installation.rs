//! Which installation a database belongs to, and in which state it is, before anything is opened or
//! created. This module only finds out; its callers decide what to do.

use crate::conn::{Begin, Conn, Engine};
use crate::dialect;
use crate::failure::Outcome;
use crate::files::FileStore;
use crate::migrate;
use crate::schema::{documents, installation};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use uuid::Uuid;
use vinculo_domain::{Refusal, Result};

/// The state of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// There is no file. Only on SQLite: on a server, the operator creates the database.
    Absent,
    /// An empty file: created and never written, or emptied.
    ZeroLength,
    /// The file is gone, but SQLite's journal beside it is not: changes without their database.
    Headless(PathBuf),
    /// The file is no database or is incomplete; why.
    Broken(String),
    /// A database without any table.
    Empty,
    /// There are tables, but none of our migrations was ever applied.
    Foreign,
    /// A database of this program.
    Known {
        /// The installation it belongs to; none if it is older than these ids.
        id: Option<Uuid>,
        /// Applied migrations that this program does not know: a newer program has used it.
        unknown: Vec<String>,
        /// Whether the schema is the one that this program was built for.
        current: bool,
    },
}

/// Inspects a database through a URL without changing it.
pub fn look(url: &str) -> Result<Database> {
    if let Some(file) = sqlite_file(url)?
        && let Some(found) = look_at_file(&file)?
    {
        return Ok(found);
    }
    look_inside(&mut migrate::connect(url)?)
}

/// The same through the migrator's URL. It also sees what an interrupted first start left, which
/// the application may not read yet.
pub fn look_as_owner(url: &str) -> Result<Database> {
    match Engine::of(url)? {
        Engine::Sqlite => look(url),
        Engine::Postgres => look_inside(&mut migrate::connect_as_owner(url)?),
    }
}

/// The file that a SQLite URL names.
pub fn sqlite_file(url: &str) -> Result<Option<PathBuf>> {
    if Engine::of(url)? != Engine::Sqlite {
        return Ok(None);
    }
    let rest = url.trim_start_matches("sqlite://");
    if rest.contains(['?', '#', '%']) {
        return Err(Refusal::internal(
            "a sqlite:// URL is the path of a file and nothing else: no ?, # or % in it",
        ));
    }
    Ok(Some(PathBuf::from(rest)))
}

fn failed(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::internal(format!("{}: {error}", path.display()))
}

/// What the file alone shows; none if the content must be read.
fn look_at_file(file: &Path) -> Result<Option<Database>> {
    let size = match file.metadata() {
        Ok(metadata) if metadata.is_dir() => {
            return Ok(Some(Database::Broken("it is a folder".into())));
        }
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let beside = beside(file);
            let left = beside.into_iter().find(|path| not_empty(path));
            return Ok(Some(left.map_or(Database::Absent, Database::Headless)));
        }
        Err(error) => return Err(failed(file, &error)),
    };
    if size == 0 {
        return Ok(Some(Database::ZeroLength));
    }
    let mut head = [0; 100];
    let read = std::fs::File::open(file).and_then(|mut file| file.read_exact(&mut head));
    match read {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Ok(Some(Database::Broken("its header is cut off".into())));
        }
        Err(error) => return Err(failed(file, &error)),
        Ok(()) => {}
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Ok(Some(Database::Broken("it is no SQLite database".into())));
    }
    // The journal may still hold pages that the file lacks.
    if size < expected_size(&head) && !beside(file).iter().any(|path| not_empty(path)) {
        return Ok(Some(Database::Broken(format!(
            "it is cut off: {size} bytes of {}",
            expected_size(&head)
        ))));
    }
    Ok(None)
}

/// The journals that SQLite keeps beside a file.
fn beside(file: &Path) -> [PathBuf; 2] {
    ["-wal", "-journal"].map(|ending| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

fn not_empty(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.len() > 0)
}

/// The size that a header gives: number of pages times page size. The number of pages is valid if
/// the header's two counters agree.
fn expected_size(head: &[u8; 100]) -> u64 {
    let number = |from: usize, length: usize| {
        let bytes = head.iter().skip(from).take(length);
        bytes.fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte))
    };
    // 65536 does not fit into two bytes, so it is written as 1.
    let page = match number(16, 2) {
        1 => 65_536,
        size => size,
    };
    if number(24, 4) == number(92, 4) {
        page * number(28, 4)
    } else {
        0
    }
}

diesel::table! {
    sqlite_master (name) {
        #[sql_name = "type"]
        kind -> Text,
        name -> Text,
    }
}

diesel::table! {
    pg_catalog.pg_tables (tablename) {
        schemaname -> Text,
        tablename -> Text,
    }
}

fn tables(conn: &mut Conn) -> QueryResult<Vec<String>> {
    match conn {
        Conn::Sqlite(conn) => sqlite_master::table
            .filter(sqlite_master::kind.eq("table"))
            .filter(sqlite_master::name.not_like("sqlite_%"))
            .select(sqlite_master::name)
            .load(conn),
        Conn::Pg(conn) => pg_tables::table
            .filter(pg_tables::schemaname.eq("public"))
            .select(pg_tables::tablename)
            .load(conn),
    }
}

fn look_inside(conn: &mut Conn) -> Result<Database> {
    let unreadable = |error: diesel::result::Error| {
        Refusal::internal(format!("the database cannot be read: {error}"))
    };
    let tables = tables(conn).map_err(unreadable)?;
    let has = |name: &str| tables.iter().any(|table| table == name);
    if tables.is_empty() {
        return Ok(Database::Empty);
    }
    let applied = if has("__diesel_schema_migrations") {
        migrate::applied(conn).map_err(unreadable)?
    } else {
        Vec::new()
    };
    if applied.is_empty() {
        // The table of migrations is created before the first migration.
        let begun = tables.len() == 1 && has("__diesel_schema_migrations");
        return Ok(if begun {
            Database::Empty
        } else {
            Database::Foreign
        });
    }
    let id = if has("installation") {
        find(conn).map_err(Refusal::from)?
    } else {
        None
    };
    let known = migrate::known_migrations()?;
    Ok(Database::Known {
        id,
        current: applied == known,
        unknown: applied
            .into_iter()
            .filter(|version| !known.contains(version))
            .collect(),
    })
}

fn find(conn: &mut Conn) -> Outcome<Option<Uuid>> {
    let id: Option<String> = installation::table
        .select(installation::id)
        .first(conn)
        .optional()?;
    id.map(|id| crate::failure::id(&id)).transpose()
}

/// Writes into a database which installation it belongs to, unless that is written already; gives
/// what is written there. On PostgreSQL `url` is the migrator's.
pub fn settle(url: &str, id: Uuid, now: DateTime<Utc>) -> Result<Uuid> {
    let mut conn = migrate::connect_as_owner(url)?;
    let failed = |error| Refusal::internal(format!("installation: {error}"));
    conn.begin(Begin::Write).map_err(failed)?;
    dialect::settle(&mut conn, &id.to_string(), now.naive_utc())?;
    let settled = find(&mut conn)?;
    conn.commit()?;
    settled.ok_or_else(|| Refusal::internal("the database keeps no id of its installation"))
}

/// How many of the newest documents are looked for in a folder that carries no id yet.
const SAMPLE: i64 = 100;

/// Of the newest documents of a database, how many were looked for in `files` and how many are
/// missing there. On PostgreSQL `url` is the migrator's. Changes nothing.
pub fn sample(url: &str, files: &Path) -> Result<(usize, usize)> {
    let mut conn = migrate::connect_as_owner(url)?;
    let failed = |error| Refusal::internal(format!("documents: {error}"));
    conn.begin(Begin::Write).map_err(failed)?;
    let newest = newest(&mut conn);
    // Row-level security was lifted in this transaction; the rollback restores it.
    conn.rollback().map_err(failed)?;
    let newest = newest?;
    let missing = newest
        .iter()
        .filter(|(tenant, sha256)| !FileStore::stands(files, tenant, sha256));
    Ok((newest.len(), missing.count()))
}

/// Ordered by id, which follows age and has an index.
fn newest(conn: &mut Conn) -> Outcome<Vec<(String, String)>> {
    dialect::lift_row_security(conn, &["documents"])?;
    Ok(documents::table
        .order(documents::id.desc())
        .limit(SAMPLE)
        .select((documents::tenant_id, documents::sha256))
        .load(conn)?)
}
