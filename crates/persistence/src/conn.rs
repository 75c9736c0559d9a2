//! One connection type over both engines.

use diesel::connection::{AnsiTransactionManager, CacheSize, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::{MultiConnection, PgConnection, SqliteConnection};
use vinculo_domain::{Refusal, Result};

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
                }
                begun
            }
            Self::Sqlite(conn) => {
                let sql = if begin == Begin::Read {
                    "BEGIN"
                } else {
                    "BEGIN IMMEDIATE"
                };
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

    pub(crate) fn commit(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => AnsiTransactionManager::commit_transaction(conn),
            Self::Sqlite(conn) => AnsiTransactionManager::commit_transaction(conn),
        }
    }

    pub(crate) fn rollback(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => AnsiTransactionManager::rollback_transaction(conn),
            Self::Sqlite(conn) => AnsiTransactionManager::rollback_transaction(conn),
        }
    }
}
