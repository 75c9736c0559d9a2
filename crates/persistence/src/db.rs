//! The two units of work: [`Db::read`] and [`Db::write`].

use crate::alarms::Alarms;
use crate::attempt::attempt;
use crate::audit;
use crate::clock_guard::ClockGuard;
use crate::conn::{Begin, Conn, Engine};
use crate::failure::{Failure, Outcome};
use crate::files::FileStore;
use crate::metrics::Tallies;
use crate::pool::{Given, Pool, Pooler, Purpose, given};
use crate::readiness::Readiness;
use crate::request::{Intent, Reply};
use crate::room::Room;
use crate::slots::Caller;
use crate::transaction::{Verdict, transaction};
use crate::tx::{ReadTx, WriteTx};
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::Arc;
use vinculo_auth::{Kind, Scope};
use vinculo_domain::clock::Clock;
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// Work of any type, so that a unit of work is compiled once and not for each closure.
type Reading = Box<dyn FnOnce(&mut ReadTx<'_>) -> Outcome<Given> + Send>;
pub(crate) type Writing = Box<dyn Fn(&mut WriteTx<'_>) -> Outcome<Reply> + Send>;
type Appending = Arc<dyn Fn(&mut Conn) -> Outcome<()> + Send + Sync>;

/// What a store needs to open.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite://FILE` or `postgres://...`, as the application's role.
    pub url: String,
    /// The folder for the files.
    pub files: PathBuf,
    /// Connections for reading; on PostgreSQL as many again for writing.
    pub pool: u32,
    /// What is between this program and PostgreSQL.
    pub pooler: Pooler,
}

/// The store of one installation.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    pub(crate) readers: Pool,
    pub(crate) writers: Pool,
    clock: Arc<dyn Clock>,
    files: FileStore,
    alarms: Alarms,
    pub(crate) room: Room,
    pub(crate) readiness: Readiness,
    pub(crate) guard: ClockGuard,
    pub(crate) tallies: Arc<Tallies>,
    pub(crate) settings: Arc<Settings>,
}

impl Db {
    /// Opens the store; the schema must exist.
    pub fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self> {
        let engine = Engine::of(&settings.url)?;
        let writers = if engine == Engine::Sqlite {
            1
        } else {
            settings.pool
        };
        let (alarms, tallies) = (Alarms::default(), Arc::new(Tallies::default()));
        Ok(Self {
            engine,
            room: Room::of(engine, &settings.url, alarms.clone()),
            readiness: Readiness::new(&settings.files),
            writers: Pool::open(engine, settings, Purpose::Write, writers)?,
            readers: Pool::open(engine, settings, Purpose::Read, settings.pool)?,
            clock,
            files: FileStore::open(&settings.files, alarms.clone(), Arc::clone(&tallies))?,
            alarms,
            guard: ClockGuard::default(),
            tallies,
            settings: Arc::new(settings.clone()),
        })
    }

    /// The engine of this store.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The files beside the records.
    pub fn files(&self) -> &FileStore {
        &self.files
    }

    /// Refuses work that takes room while the reserve is in use.
    pub fn require_room(&self) -> Result<()> {
        self.room.require()
    }

    /// The alarms of this process.
    pub fn alarms(&self) -> &Alarms {
        &self.alarms
    }

    /// The store's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Runs `work` on one state of the database, as `scope` allows. What it disclosed of other
    /// governments is in the audit log before the answer is given.
    pub async fn read<T: Send + 'static>(
        &self,
        scope: &Scope,
        operation: &'static str,
        request_id: &str,
        work: impl FnOnce(&mut ReadTx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        let work = move |tx: &mut ReadTx<'_>| Ok(Box::new(work(tx)?) as Given);
        let read = self.read_any(scope, operation, request_id, Box::new(work));
        given(read.await?)
    }

    async fn read_any(
        &self,
        scope: &Scope,
        operation: &'static str,
        request_id: &str,
        work: Reading,
    ) -> Result<Given> {
        let now = self.clock.now();
        let believed = self.guard().believed(now);
        let own = scope.clone();
        let read = self
            .readers
            .run_for(Caller::of(scope), move |lease| {
                let read = transaction(lease, Begin::Read, &own, None, |conn| {
                    let mut tx = ReadTx {
                        conn,
                        scope: &own,
                        now,
                        believed,
                        disclosures: Vec::new(),
                    };
                    let value = work(&mut tx)?;
                    Ok(((value, tx.disclosures), Verdict::Keep))
                })?;
                Ok(read)
            })
            .await;
        let (value, disclosures) = read.map_err(|refusal| scope.named(refusal))?;
        if !disclosures.is_empty() && !faults::seeded("silent reads") {
            let (own, request_id) = (scope.clone(), request_id.to_owned());
            self.append(scope, move |conn| {
                audit::disclosed(conn, &own, operation, &request_id, now, &disclosures)
            })
            .await
            .map_err(undone)?;
        }
        Ok(value)
    }

    /// Runs `work` in the one transaction of a write: rule, guarded change, history, audit, outbox
    /// and stored answer are all kept or none is.
    pub async fn write(
        &self,
        scope: &Scope,
        intent: &Intent,
        work: impl Fn(&mut WriteTx<'_>) -> Outcome<Reply> + Send + 'static,
    ) -> Result<Reply> {
        self.write_any(scope, intent, Box::new(work)).await
    }

    async fn write_any(&self, scope: &Scope, intent: &Intent, work: Writing) -> Result<Reply> {
        let short = scope.kind() != Kind::Session && self.room.is_short();
        let caller = scope.clone();
        let (scope, intent, clock) = (scope.clone(), intent.clone(), Arc::clone(&self.clock));
        let guard = self.guard().clone();
        let written = self
            .writers
            .run(move |lease| {
                for _attempt in 0..4 {
                    let now = clock.now();
                    let instants = (now, guard.believed(now));
                    match attempt(lease, &scope, &intent, (instants, short), &work) {
                        Ok(reply) => return Ok(reply),
                        Err(Failure::Replayed(reply)) => return Ok(*reply),
                        Err(Failure::Refused(refusal)) => return Err(refusal),
                        Err(Failure::Again(cause)) => {
                            tracing::debug!(cause, "the transaction runs again")
                        }
                        Err(unknown @ Failure::Unknown(_)) => return Err(unknown.into()),
                    }
                }
                Err(Refusal::new(Problem::TooBusy))
            })
            .await;
        written.map_err(|refusal| self.room.look(caller.named(refusal)))
    }

    /// Writes a refusal of a known caller to the audit log.
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
            let subject = subject.clone();
            audit::refused(conn, &own, operation, &request_id, now, problem, subject)
        })
        .await
        .map_err(undone)
    }

    /// A small transaction of the store's own: for the audit log of reads and refusals, and for
    /// maintenance. If the disk is full, it uses the room of the ballast.
    pub(crate) async fn append(
        &self,
        scope: &Scope,
        work: impl Fn(&mut Conn) -> Outcome<()> + Send + Sync + 'static,
    ) -> Result<()> {
        self.append_any(scope, Arc::new(work)).await
    }

    async fn append_any(&self, scope: &Scope, work: Appending) -> Result<()> {
        loop {
            let was_short = self.room.is_short();
            let (scope, work) = (scope.clone(), Arc::clone(&work));
            let appended = self
                .writers
                .run(move |lease| {
                    transaction(lease, Begin::Write, &scope, None, |conn| {
                        Ok((work(conn)?, Verdict::Keep))
                    })?;
                    Ok(())
                })
                .await;
            let Err(refusal) = appended else {
                return Ok(());
            };
            let refusal = self.room.look(refusal);
            if refusal.problem != Problem::StorageFull {
                return Err(refusal);
            }
            // If another request gave the ballast up first, there is room too.
            if !self.room.give_up() && (was_short || !self.room.is_short()) {
                return Err(refusal);
            }
        }
    }
}

/// A read or a refusal keeps only its line in the audit log. If that line may be missing, the
/// caller gets no answer and can ask again.
fn undone(refusal: Refusal) -> Refusal {
    match refusal.problem {
        Problem::OutcomeUnknown => Refusal {
            problem: Problem::TooBusy,
            ..refusal
        },
        _ => refusal,
    }
}
