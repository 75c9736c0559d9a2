//! One connection type over both engines.

use crate::failure::{is_full, is_gone};
use crate::tenant_context;
use diesel::connection::{AnsiTransactionManager, CacheSize, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::{MultiConnection, PgConnection, SqliteConnection};
use vinculo_domain::{Refusal, Result, TenantId, faults};

/// A connection to one engine or the other.
#[derive(MultiConnection)]
pub(crate) enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// The engine that keeps the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A single embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    /// The engine that a URL names. Diesel would guess, and create a file for a mistyped URL.
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
    /// Takes the writer's lock at once: on SQLite a later upgrade would fail immediately.
    Write,
}

/// Settings of every PostgreSQL transaction. They are sent with the BEGIN in one message and end
/// with the transaction: behind a pooler the session is shared, so a setting that lasts longer
/// would affect another client.
///
/// Plans are made without looking at the values. With a value that most rows have, the planner would
/// rather read a whole table in order to stop early, and read all of it: a word that a million records
/// share took over a second, and some 20 ms without. Our statements say by their form which index serves. One
/// process works for a request: to start others takes longer than most requests, and they would take the
/// cores of other callers.
const PG_SETTINGS: &str = "SET LOCAL jit = off; SET LOCAL plan_cache_mode = force_generic_plan; \
    SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL statement_timeout = '5s'; SET LOCAL lock_timeout = '2s'; \
    SET LOCAL idle_in_transaction_session_timeout = '10s'; SET LOCAL synchronous_commit = on";

/// If a statement of a transaction failed, PostgreSQL answers COMMIT with ROLLBACK and reports no
/// error. A statement before the COMMIT, in the same message, fails in that case. So a transaction
/// with a swallowed error is never reported as committed.
const PG_COMMIT: &str = "SELECT 1; COMMIT";

/// Why a commit was not acknowledged.
#[derive(Debug)]
pub(crate) enum Uncommitted {
    /// Certainly nothing was kept.
    NotKept(Error),
    /// It may or may not have been kept.
    Unknown(String),
}

/// Whether the server itself answered the COMMIT with an error and is still there. After its point
/// of no return the server reports no error, it crashes; so such an error means that the
/// transaction is undone. An error from a connection that is ending proves nothing: the commit may
/// have happened.
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

/// Whether SQLite certainly did not write the end of the transaction: another process held the
/// file, a constraint failed, or there was no room for a page. A partly written page does not end a
/// transaction, and the last page carries the end mark. Any other failure, above all of a sync, may
/// have come after that mark.
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
    /// Begins a transaction that is nobody's.
    pub(crate) fn begin(&mut self, begin: Begin) -> QueryResult<()> {
        self.begin_with(begin, "")
    }

    /// Begins a transaction of a government, in its context.
    pub(crate) fn begin_for(&mut self, begin: Begin, tenant: &TenantId) -> QueryResult<()> {
        let context =
            tenant_context::of(tenant).map_err(|said| Error::QueryBuilderError(said.into()))?;
        self.begin_with(begin, &context)
    }

    fn begin_with(&mut self, begin: Begin, context: &str) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => {
                let sql = if begin == Begin::Read {
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                } else {
                    "BEGIN"
                };
                let begun = AnsiTransactionManager::begin_transaction_sql(
                    conn,
                    &format!("{sql}; {PG_SETTINGS}; {context}"),
                );
                if begun.is_err() {
                    // The server may have begun before it failed, and diesel does not know that. If
                    // this fails too, the connection is dead, and diesel does know that.
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

    /// Stops using named prepared statements: they live in a server session, and the next
    /// transaction may run in another session. Each statement is then parsed and run in one
    /// message.
    pub(crate) fn keep_no_statements(&mut self) {
        if let Self::Pg(conn) = self {
            conn.set_prepared_statement_cache_size(CacheSize::Disabled);
        }
    }

    /// Commits. The outcome is known if the engine confirms it, or reports an error and is still
    /// there. Otherwise it is unknown, and the connection is not used again.
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

    /// Whether the connection can no longer be used.
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

    /// Begins a part of a transaction, which can be taken back by itself. Diesel does not know of it:
    /// it would take back only the part when the whole is to be taken back.
    pub(crate) fn begin_part(&mut self) -> QueryResult<()> {
        self.batch_execute("SAVEPOINT part")
    }

    /// Keeps the part, as far as the transaction is kept.
    pub(crate) fn keep_part(&mut self) -> QueryResult<()> {
        self.batch_execute("RELEASE SAVEPOINT part")
    }

    /// Takes the part back.
    pub(crate) fn forget_part(&mut self) -> QueryResult<()> {
        self.batch_execute("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part")
    }

    pub(crate) fn rollback(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => AnsiTransactionManager::rollback_transaction(conn),
            Self::Sqlite(conn) => AnsiTransactionManager::rollback_transaction(conn),
        }
    }
}

/// Whether the injected fault `answers without a commit` skips this commit.
fn careless() -> bool {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COMMITS: AtomicU32 = AtomicU32::new(0);
    // One in eight; counted so that it does not follow the number of commits of one request.
    COMMITS
        .fetch_add(1, Ordering::Relaxed)
        .wrapping_mul(2_654_435_769)
        >> 29
        == 0
}
