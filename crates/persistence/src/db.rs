//! The two doors: [`Db::read`] and [`Db::write`].

use crate::conn::{Begin, Conn, Engine};
use crate::dialect::{self, Opened};
use crate::failure::{Failure, Outcome};
use crate::files::FileStore;
use crate::pool::{Pool, Pooler, Purpose};
use crate::tx::{ReadTx, WriteTx};
use crate::{idempotency, trail};
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::Arc;
use vinculo_auth::Scope;
use vinculo_domain::clock::Clock;
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result, TenantId};

/// What a store needs to open.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite://FILE` or `postgres://...`, as the application's role.
    pub url: String,
    /// The folder of the files.
    pub files: PathBuf,
    /// Connections for reading; on PostgreSQL as many again for writing.
    pub pool: u32,
    /// What stands between this program and PostgreSQL.
    pub pooler: Pooler,
}

/// A request as the write door sees it.
#[derive(Debug, Clone)]
pub struct Intent {
    /// The operation's id.
    pub operation: &'static str,
    /// The request's id, for the trail.
    pub request_id: String,
    /// The `Idempotency-Key` and the digest of what was sent with it.
    pub idempotency: Option<(String, String)>,
    /// Whether to do everything but keep it.
    pub dry_run: bool,
}

/// An answer as it is kept for a repeated request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The ETag, of a record.
    pub etag: Option<String>,
    /// Where a new record stands.
    pub location: Option<String>,
    /// The body as JSON; empty for none.
    pub body: String,
    /// Whether it is the answer of an earlier request.
    pub replayed: bool,
}

/// The store of one installation.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    readers: Pool,
    writers: Pool,
    clock: Arc<dyn Clock>,
    files: FileStore,
}

impl Db {
    /// Opens the store; the schema must be there.
    pub fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self> {
        let engine = Engine::of(&settings.url)?;
        let writers = if engine == Engine::Sqlite {
            1
        } else {
            settings.pool
        };
        Ok(Self {
            engine,
            writers: Pool::open(engine, settings, Purpose::Write, writers)?,
            readers: Pool::open(engine, settings, Purpose::Read, settings.pool)?,
            clock,
            files: FileStore::open(&settings.files)?,
        })
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The files beside the records.
    pub fn files(&self) -> &FileStore {
        &self.files
    }

    /// The store's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Runs `work` over one state of the database, as `scope` allows. What it disclosed of other
    /// governments is on record before the answer is given.
    pub async fn read<T: Send + 'static>(
        &self,
        scope: &Scope,
        operation: &'static str,
        request_id: &str,
        work: impl FnOnce(&mut ReadTx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        let now = self.clock.now();
        let own = scope.clone();
        let (value, disclosures) = self
            .readers
            .run(move |conn| {
                let read = transaction(conn, Begin::Read, &own, |conn| {
                    let mut tx = ReadTx {
                        conn,
                        scope: &own,
                        now,
                        disclosures: Vec::new(),
                    };
                    let value = work(&mut tx)?;
                    Ok(((value, tx.disclosures), Verdict::Keep))
                })?;
                Ok(read)
            })
            .await?;
        if !disclosures.is_empty() && !faults::seeded("silent reads") {
            let (own, request_id) = (scope.clone(), request_id.to_owned());
            self.append(scope, move |conn| {
                trail::disclosed(conn, &own, operation, &request_id, now, &disclosures)
            })
            .await?;
        }
        Ok(value)
    }

    /// Runs `work` in the one transaction of a write: rule, guarded change, history, audit,
    /// outbox and stored answer are kept together or not at all.
    pub async fn write(
        &self,
        scope: &Scope,
        intent: &Intent,
        work: impl Fn(&mut WriteTx<'_>) -> Outcome<Reply> + Send + 'static,
    ) -> Result<Reply> {
        let (scope, intent, clock) = (scope.clone(), intent.clone(), Arc::clone(&self.clock));
        self.writers
            .run(move |conn| {
                for _attempt in 0..4 {
                    match attempt(conn, &scope, &intent, clock.now(), &work) {
                        Ok(reply) => return Ok(reply),
                        Err(Failure::Replayed(reply)) => return Ok(*reply),
                        Err(Failure::Refused(refusal)) => return Err(refusal),
                        Err(Failure::Again(cause)) => {
                            tracing::debug!(cause, "the transaction runs again")
                        }
                    }
                }
                Err(Refusal::new(Problem::TooBusy))
            })
            .await
    }

    /// Puts a refusal of a known caller on record.
    pub async fn refused(
        &self,
        scope: &Scope,
        operation: &'static str,
        request_id: &str,
        problem: Problem,
        subject: Option<String>,
    ) -> Result<()> {
        if faults::seeded("silent refusals") {
            return Ok(());
        }
        let (own, request_id, now) = (scope.clone(), request_id.to_owned(), self.clock.now());
        self.append(scope, move |conn| {
            trail::refused(conn, &own, operation, &request_id, now, problem, subject)
        })
        .await
    }

    /// A small transaction of the store's own upkeep.
    pub(crate) async fn append(
        &self,
        scope: &Scope,
        work: impl FnOnce(&mut Conn) -> Outcome<()> + Send + 'static,
    ) -> Result<()> {
        let scope = scope.clone();
        self.writers
            .run(move |conn| {
                transaction(conn, Begin::Write, &scope, |conn| {
                    Ok((work(conn)?, Verdict::Keep))
                })?;
                Ok(())
            })
            .await
    }

    /// Whether the store answers at all.
    pub async fn ping(&self, scope: &Scope) -> Result<()> {
        self.read(scope, "ready", "", |tx| {
            crate::stores::governments::exists(tx.conn, &TenantId::sre()).map(|_known| ())
        })
        .await
    }
}

fn attempt(
    conn: &mut Conn,
    scope: &Scope,
    intent: &Intent,
    now: DateTime<Utc>,
    work: &impl Fn(&mut WriteTx<'_>) -> Outcome<Reply>,
) -> Outcome<Reply> {
    transaction(conn, Begin::Write, scope, |conn| {
        let mut tx = WriteTx {
            conn,
            scope,
            intent,
            now,
            changes: Vec::new(),
            admitted: false,
            side: None,
        };
        let reply = work(&mut tx)?;
        if !tx.admitted {
            return Err(
                Refusal::internal("a store function wrote without asking for admission").into(),
            );
        }
        trail::done(&mut tx)?;
        if intent.dry_run && !faults::seeded("dry runs are kept") {
            let status = if reply.body.is_empty() {
                reply.status
            } else {
                200
            };
            return Ok((
                Reply {
                    status,
                    etag: None,
                    location: None,
                    ..reply
                },
                Verdict::Forget,
            ));
        }
        idempotency::keep(&mut tx, &reply)?;
        Ok((reply, Verdict::Keep))
    })
}

/// Runs `work` between begin and commit; anything but success rolls back.
fn transaction<T>(
    conn: &mut Conn,
    begin: Begin,
    scope: &Scope,
    work: impl FnOnce(&mut Conn) -> Outcome<(T, Verdict)>,
) -> Outcome<T> {
    conn.begin(begin)?;
    let tenant = scope.tenant().as_str();
    let outcome =
        dialect::announce(conn, tenant, tenant, Opened::Nothing).and_then(|()| work(conn));
    match outcome {
        Ok((value, Verdict::Keep)) => {
            conn.commit()?;
            Ok(value)
        }
        Ok((value, Verdict::Forget)) => {
            conn.rollback()?;
            Ok(value)
        }
        Err(failure) => {
            // The first failure is the one to tell; a connection that cannot even roll back is
            // found broken by the pool.
            if let Err(error) = conn.rollback() {
                tracing::warn!(%error, "rollback failed");
            }
            Err(failure)
        }
    }
}

/// What becomes of a transaction that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Keep,
    Forget,
}
