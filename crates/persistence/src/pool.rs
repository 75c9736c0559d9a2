//! Pools of connections, and the settings each connection starts with.

use crate::conn::{Conn, Engine};
use crate::db::Settings;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use diesel::{PgConnection, SqliteConnection};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// How long a request waits for a place, and a place for a connection.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

/// What a connection is for; on SQLite only one may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

#[derive(Debug)]
pub(crate) struct Manager {
    engine: Engine,
    url: String,
    purpose: Purpose,
    pooler: Pooler,
}

/// `busy_timeout` comes first, or the other settings could fail on a busy file. FULL, because
/// NORMAL loses acknowledged records when the power goes.
const SQLITE_START: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; \
    PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000;";
const SQLITE_READ: &str = "PRAGMA query_only = ON;";

/// What stands between this program and a PostgreSQL server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pooler {
    /// Nothing: a connection is one session of the server, for as long as it lives.
    #[default]
    None,
    /// A pooler in transaction mode, such as PgBouncer: each transaction may meet another session
    /// of the server, so nothing may be left in one.
    Transaction,
}

/// Opens one connection to `url`.
pub(crate) fn connect(engine: Engine, url: &str) -> ConnectionResult<Conn> {
    match engine {
        Engine::Sqlite => {
            let mut conn = SqliteConnection::establish(url)?;
            conn.batch_execute(SQLITE_START)
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Conn::Sqlite(conn))
        }
        Engine::Postgres => {
            // No setting here: what must hold comes with each transaction, in `Conn::begin`.
            PgConnection::establish(url).map(Conn::Pg)
        }
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> std::result::Result<Conn, Self::Error> {
        let mut conn =
            connect(self.engine, &self.url).map_err(diesel::r2d2::Error::ConnectionError)?;
        if let (Conn::Sqlite(conn), Purpose::Read) = (&mut conn, self.purpose) {
            conn.batch_execute(SQLITE_READ)
                .map_err(diesel::r2d2::Error::QueryError)?;
        }
        if self.pooler == Pooler::Transaction {
            conn.keep_no_statements();
        }
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> std::result::Result<(), Self::Error> {
        match conn {
            Conn::Pg(conn) => conn.batch_execute("SELECT 1"),
            Conn::Sqlite(conn) => conn.batch_execute("SELECT 1"),
        }
        .map_err(diesel::r2d2::Error::QueryError)
    }

    /// A connection left in the middle of a transaction, by a panic for instance, is thrown away.
    fn has_broken(&self, conn: &mut Conn) -> bool {
        use diesel::connection::{AnsiTransactionManager, TransactionManager};
        std::thread::panicking()
            || match conn {
                Conn::Pg(conn) => AnsiTransactionManager::is_broken_transaction_manager(conn),
                Conn::Sqlite(conn) => AnsiTransactionManager::is_broken_transaction_manager(conn),
            }
    }
}

/// A pool with a queue in front of it: who waits, waits without holding a thread.
#[derive(Clone)]
pub(crate) struct Pool {
    connections: diesel::r2d2::Pool<Manager>,
    places: Arc<Semaphore>,
}

impl Pool {
    pub(crate) fn open(
        engine: Engine,
        settings: &Settings,
        purpose: Purpose,
        size: u32,
    ) -> Result<Self> {
        let connections = diesel::r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(PATIENCE)
            .build(Manager {
                engine,
                url: settings.url.clone(),
                purpose,
                pooler: settings.pooler,
            })
            .map_err(|error| {
                Refusal::internal(format!("cannot connect to the database: {error}"))
            })?;
        Ok(Self {
            connections,
            places: Arc::new(Semaphore::new(usize::try_from(size).unwrap_or(1))),
        })
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit> {
        let busy = || Refusal::new(Problem::TooBusy);
        match tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(busy()),
        }
    }

    /// Runs `work` with a connection on a blocking thread. The place moves into the thread,
    /// because the work goes on when the request that asked for it is dropped.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.place().await?;
        let connections = self.connections.clone();
        let span = tracing::Span::current();
        let task = tokio::task::spawn_blocking(move || {
            let _entered = span.enter();
            let _place = place;
            let mut conn = connections.get().map_err(|error| Refusal {
                internal: Some(error.to_string()),
                ..Refusal::new(Problem::TooBusy)
            })?;
            work(&mut conn)
        });
        task.await
            .map_err(|error| Refusal::internal(format!("store task: {error}")))?
    }
}
