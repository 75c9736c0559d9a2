//! Pools of connections, and the settings each connection starts with.

use crate::conn::{Begin, Conn, Engine};
use crate::db::Settings;
use crate::failure::Outcome;
use crate::row_sums;
use crate::slots::{Caller, MAX_WAIT, PoolFigures, Slots};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, PooledConnection};
use diesel::{PgConnection, SqliteConnection};
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::sync::Arc;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result, TenantId};

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
/// NORMAL loses acknowledged records in a power failure.
const SQLITE_START: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; \
    PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000;";
const SQLITE_READ: &str = "PRAGMA query_only = ON;";

/// What is between this program and a PostgreSQL server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pooler {
    /// Nothing: a connection is one server session for as long as it lives.
    #[default]
    None,
    /// A pooler in transaction mode, such as PgBouncer: each transaction may run in another server
    /// session, so nothing may be left in a session.
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
            // No settings here: `Conn::begin` sends them with each transaction.
            PgConnection::establish(&patient(url)).map(Conn::Pg)
        }
    }
}

/// How long the client library waits for a server that does not answer, unless the URL sets it. The
/// server's own time limits do not help when it cannot be reached.
const PG_PATIENCE: [(&str, &str); 4] = [
    ("connect_timeout", "5"),
    ("keepalives_idle", "30"),
    ("keepalives_interval", "10"),
    ("tcp_user_timeout", "15000"),
];

fn patient(url: &str) -> String {
    let mut patient = url.to_owned();
    for (name, value) in PG_PATIENCE {
        if !url.contains(&format!("{name}=")) {
            patient.push(if patient.contains('?') { '&' } else { '?' });
            patient.push_str(&format!("{name}={value}"));
        }
    }
    patient
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
        if self.purpose == Purpose::Write {
            row_sums::keep(&mut conn).map_err(diesel::r2d2::Error::QueryError)?;
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

    /// A connection left inside a transaction, for instance by a panic, is thrown away.
    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

/// A pool with a queue in front of it: a waiting request holds no thread.
#[derive(Clone)]
pub(crate) struct Pool {
    connections: diesel::r2d2::Pool<Manager>,
    slots: Arc<Slots>,
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
            .connection_timeout(MAX_WAIT)
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
            slots: Arc::new(Slots::new(usize::try_from(size).unwrap_or(1))),
        })
    }

    /// The state of the pool.
    pub(crate) fn figures(&self) -> PoolFigures {
        let idle = self.connections.state().idle_connections;
        self.slots.figures(usize::try_from(idle).unwrap_or(0))
    }

    /// Runs `work` for a signed-in caller or for the service itself.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Lease) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run_for(Caller::Known, work).await
    }

    /// The same for this caller.
    pub(crate) async fn run_for<T: Send + 'static>(
        &self,
        caller: Caller,
        work: impl FnOnce(&mut Lease) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let work = move |lease: &mut Lease| Ok(Box::new(work(lease)?) as Given);
        given(self.run_any(caller, Box::new(work)).await?)
    }

    /// Runs `work` with a connection on a blocking thread. The place moves into the thread, because
    /// the work goes on when the request that asked for it is dropped.
    async fn run_any(&self, caller: Caller, work: Work) -> Result<Given> {
        let slot = self.slots.take(caller).await?;
        let connections = self.connections.clone();
        let span = tracing::Span::current();
        let task = tokio::task::spawn_blocking(move || {
            let _entered = span.enter();
            let _place = slot;
            work(&mut Lease {
                connections,
                held: None,
            })
        });
        task.await
            .map_err(|error| Refusal::internal(format!("store task: {error}")))?
    }
}

/// What a piece of work gives, whatever its type. Hundreds of closures are run; for each type of
/// closure the compiler would make all that a task needs anew, which was a quarter of what it made of
/// `vinculo-api`.
pub(crate) type Given = Box<dyn Any + Send>;
type Work = Box<dyn FnOnce(&mut Lease) -> Result<Given> + Send>;

/// What was given, as the type that the caller knows it has.
pub(crate) fn given<T: 'static>(given: Given) -> Result<T> {
    let known = given.downcast::<T>();
    known
        .map(|known| *known)
        .map_err(|_other| Refusal::internal("work gave another type than its own"))
}

/// A connection for one piece of work, taken from the pool when it is first needed.
pub(crate) struct Lease {
    connections: diesel::r2d2::Pool<Manager>,
    held: Option<PooledConnection<Manager>>,
}

impl Lease {
    /// Begins a transaction of a government. A dead connection (all are dead after the server restarted) is
    /// replaced: nothing was done on it yet, and so no request pays for a liveness check. After as
    /// many tries as the pool may hold, one of them was a new connection.
    pub(crate) fn begin(&mut self, begin: Begin, tenant: &TenantId) -> Outcome<&mut Conn> {
        let mut cause = String::new();
        for _try in 0..=self.connections.max_size() {
            let mut conn = match self.held.take() {
                Some(conn) => conn,
                None => self.connections.get().map_err(|error| busy(&error))?,
            };
            match conn.begin_for(begin, tenant) {
                Ok(()) => return Ok(self.held.insert(conn)),
                Err(error) if conn.is_broken() => cause = error.to_string(),
                Err(error) => {
                    self.held = Some(conn);
                    return Err(error.into());
                }
            }
        }
        Err(busy(&cause).into())
    }
}

fn busy(cause: &impl std::fmt::Display) -> Refusal {
    Refusal {
        internal: Some(cause.to_string()),
        ..Refusal::new(Problem::TooBusy)
    }
}
