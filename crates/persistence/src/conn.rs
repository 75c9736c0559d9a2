//! One connection type over both engines.

use crate::failure::{is_full, is_gone};
use diesel::connection::{AnsiTransactionManager, CacheSize, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::{MultiConnection, PgConnection, SqliteConnection};
use vinculo_domain::{Refusal, Result, faults};

/// A connection to one engine or the other.
#[derive(MultiConnection)]
pub(crate) enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// Which engine keeps the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, embedded.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    /// The engine that a URL names. Diesel would guess, and make a file of any slip of the pen.
    pub fn of(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres)
        } else if url.starts_with("sqlite://") {
            Ok(Self::Sqlite)
        } else {
            Err(Refusal::internal(
                "VINCULO_DATABASE_URL must start with sqlite:// or postgres://",
            ))
        }
    }
}

/// How a transaction starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// One state of the database for all statements, and no change to it.
    Read,
    /// The writer's lock from the first moment: an upgrade later would fail at once on SQLite.
    Write,
}

/// What holds in every transaction on PostgreSQL. It travels with the BEGIN, in one message, and is
/// over with the transaction: behind a pooler the session is not ours, and what is set in it for
/// longer would meet somebody else.
const PG_SETTINGS: &str = "SET LOCAL jit = off; SET LOCAL statement_timeout = '5s'; SET LOCAL lock_timeout = '2s'; \
    SET LOCAL idle_in_transaction_session_timeout = '10s'; SET LOCAL synchronous_commit = on";

/// PostgreSQL answers the COMMIT of a transaction in which a statement has failed with ROLLBACK,
/// and that is no error. A statement before it, in the same message, makes it one: an error that
/// somebody swallowed can never be acknowledged.
const PG_COMMIT: &str = "SELECT 1; COMMIT";

/// Why a commit was not acknowledged.
#[derive(Debug)]
pub(crate) enum Uncommitted {
    /// It is known that nothing is kept.
    NotKept(Error),
    /// It may be kept or not.
    Unknown(String),
}

/// Whether the server itself has answered a COMMIT with an error, and still listens: past that
/// point of a commit it makes no errors but falls, so the transaction is undone. What a connection
/// says as it ends proves nothing: the commit may stand behind it.
fn pg_answered(conn: &mut PgConnection, error: &Error) -> bool {
    let Error::DatabaseError(kind, info) = error else {
        return false;
    };
    let ended = matches!(kind, DatabaseErrorKind::ClosedConnection) || is_gone(info.message());
    let depth = AnsiTransactionManager::transaction_manager_status_mut(conn).transaction_depth();
    match depth {
        Ok(None) => !ended,
        Ok(Some(_)) => AnsiTransactionManager::rollback_transaction(conn).is_ok(),
        Err(_dead) => false,
    }
}

/// Whether SQLite has not written the end of the transaction: somebody else held the file, a
/// constraint stood against it, or a page found no room. A page that is not written whole ends no
/// transaction, and the last one carries the mark of the end. Any other failure, of a sync above
/// all, may have come after that mark.
fn sqlite_refused(error: &Error) -> bool {
    let Error::DatabaseError(kind, info) = error else {
        return false;
    };
    matches!(
        kind,
        DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation
    ) || info.message().contains("is locked")
        || is_full(info.message())
}

impl From<Uncommitted> for Refusal {
    fn from(uncommitted: Uncommitted) -> Self {
        use crate::failure::Failure;
        match uncommitted {
            Uncommitted::NotKept(error) => Failure::from(error),
            Uncommitted::Unknown(cause) => Failure::Unknown(cause),
        }
        .into()
    }
}

impl Conn {
    pub(crate) fn begin(&mut self, begin: Begin) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => {
                let sql = if begin == Begin::Read {
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                } else {
                    "BEGIN"
                };
                let begun = AnsiTransactionManager::begin_transaction_sql(
                    conn,
                    &format!("{sql}; {PG_SETTINGS}"),
                );
                if begun.is_err() {
                    // The server may have begun before it failed, which diesel does not know. Where
                    // this fails too the connection is dead, and diesel does know that.
                    let _closed = conn.batch_execute("ROLLBACK");
                } else if faults::seeded("nothing is synced") {
                    conn.batch_execute("SET LOCAL synchronous_commit = off")?;
                }
                begun
            }
            Self::Sqlite(conn) => {
                let sql = if begin == Begin::Read {
                    "BEGIN"
                } else {
                    "BEGIN IMMEDIATE"
                };
                if faults::seeded("nothing is synced") {
                    conn.batch_execute("PRAGMA synchronous = OFF")?;
                }
                AnsiTransactionManager::begin_transaction_sql(conn, sql)
            }
        }
    }

    /// Gives up named prepared statements: they live in a session of the server, and the next
    /// transaction may meet another. Each statement is then parsed where it runs, in one message.
    pub(crate) fn keep_no_statements(&mut self) {
        if let Self::Pg(conn) = self {
            conn.set_prepared_statement_cache_size(CacheSize::Disabled);
        }
    }

    /// Keeps what was done. Whether it is kept is known when the engine says so, or says why not
    /// and is still there: everything else is unknown, and the connection is not used again.
    pub(crate) fn commit(&mut self) -> std::result::Result<(), Uncommitted> {
        if faults::seeded("answers without a commit") && careless() {
            return self.rollback().map_err(Uncommitted::NotKept);
        }
        let told = match self {
            Self::Pg(conn) => conn.batch_execute(PG_COMMIT),
            Self::Sqlite(conn) => AnsiTransactionManager::commit_transaction(conn),
        };
        let Err(error) = told else { return Ok(()) };
        let known = match self {
            Self::Pg(conn) => pg_answered(conn, &error),
            Self::Sqlite(_) => sqlite_refused(&error),
        };
        if known {
            Err(Uncommitted::NotKept(error))
        } else {
            self.give_up();
            Err(Uncommitted::Unknown(error.to_string()))
        }
    }

    /// Whether the connection is of no more use.
    pub(crate) fn is_broken(&mut self) -> bool {
        match self {
            Self::Pg(conn) => AnsiTransactionManager::is_broken_transaction_manager(conn),
            Self::Sqlite(conn) => AnsiTransactionManager::is_broken_transaction_manager(conn),
        }
    }

    /// Makes sure that the pool throws the connection away.
    pub(crate) fn give_up(&mut self) {
        match self {
            Self::Pg(conn) => {
                AnsiTransactionManager::transaction_manager_status_mut(conn).set_in_error();
            }
            Self::Sqlite(conn) => {
                AnsiTransactionManager::transaction_manager_status_mut(conn).set_in_error();
            }
        }
    }

    pub(crate) fn rollback(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => AnsiTransactionManager::rollback_transaction(conn),
            Self::Sqlite(conn) => AnsiTransactionManager::rollback_transaction(conn),
        }
    }
}

/// Whether this commit is one that the fault `answers without a commit` leaves out.
fn careless() -> bool {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COMMITS: AtomicU32 = AtomicU32::new(0);
    // One in eight, and not in step with the number of commits that a request makes.
    COMMITS
        .fetch_add(1, Ordering::Relaxed)
        .wrapping_mul(2_654_435_769)
        >> 29
        == 0
}
