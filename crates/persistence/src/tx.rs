//! What store functions work with; only the units of work of [`crate::Db`] create these.

use crate::audit::{Change, Disclosure, Unchanged};
use crate::conn::Conn;
use crate::dialect::{self, Opened};
use crate::failure::{Failure, Outcome};
use crate::idempotency;
use crate::request::Intent;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::problems::Problem;

/// A transaction that reads.
pub struct ReadTx<'c> {
    pub(crate) conn: &'c mut Conn,
    pub(crate) scope: &'c Scope,
    pub(crate) now: DateTime<Utc>,
    /// At most the clock's instant, and at most the last known one while the clock is far off.
    pub(crate) believed: DateTime<Utc>,
    pub(crate) disclosures: Vec<Disclosure>,
}

/// A transaction that writes.
pub struct WriteTx<'c> {
    pub(crate) conn: &'c mut Conn,
    pub(crate) scope: &'c Scope,
    pub(crate) intent: &'c Intent,
    pub(crate) now: DateTime<Utc>,
    /// At most the clock's instant, and at most the last known one while the clock is far off.
    pub(crate) believed: DateTime<Utc>,
    pub(crate) changes: Vec<Change>,
    pub(crate) unchanged: Vec<Unchanged>,
    pub(crate) idempotency_checked: bool,
    /// Whether the reserve of room is in use: then nothing new is begun.
    pub(crate) short: bool,
    /// The government the transaction acts for, if it is not the caller's.
    pub(crate) side: Option<TenantId>,
}

impl ReadTx<'_> {
    /// The instant of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Whether this caller's request under this key was carried out already.
    pub fn is_answered(&mut self, operation: &str, key: &str) -> Outcome<bool> {
        idempotency::is_answered(self, operation, key)
    }

    /// Notes that another government's record is shown; the unit of work writes it to the audit
    /// log.
    pub(crate) fn disclose(&mut self, owner: &TenantId, subject: Option<Uuid>) {
        if owner != self.scope.tenant() {
            self.disclosures.push(Disclosure {
                owner: owner.clone(),
                subject,
            });
        }
    }

    /// From here on the transaction reads one case in its owner's context. The caller's access was
    /// checked before.
    pub(crate) fn look_at(&mut self, owner: &TenantId, case: Uuid) -> Outcome<()> {
        self.disclose(owner, Some(case));
        let actor = self.scope.tenant().as_str();
        dialect::set_tenant_context(self.conn, owner.as_str(), actor, Opened::Shown(case))
    }
}

impl WriteTx<'_> {
    /// The instant of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub(crate) fn stamp(&self) -> NaiveDateTime {
        self.now.naive_utc()
    }

    /// The stamp of a change of a record that last changed at `before`.
    pub(crate) fn stamp_after(&self, before: NaiveDateTime) -> NaiveDateTime {
        later(before, self.stamp())
    }

    /// The acting person, as stored; nobody if the government itself acts.
    pub(crate) fn person(&self) -> Option<String> {
        let person = self.scope.person().map(|id| id.to_string());
        person.filter(|_id| self.side.is_none())
    }

    /// The acting government, as stored.
    pub(crate) fn actor(&self) -> String {
        let side = self.side.as_ref().unwrap_or(self.scope.tenant());
        side.as_str().to_owned()
    }

    /// Does `work` as a government whose own cases change with what the caller did: it takes them
    /// over because it has its first officer, or they follow a record that they show. The caller has
    /// no part in those cases. Afterwards the transaction is in the context of whoever acted before,
    /// with no case opened.
    pub(crate) fn on_side_of<T>(
        &mut self,
        government: &TenantId,
        work: impl FnOnce(&mut Self) -> Outcome<T>,
    ) -> Outcome<T> {
        let before = self.side.replace(government.clone());
        self.act_for(government, Opened::Nothing)?;
        let done = work(self)?;
        self.side = before;
        let home = TenantId::new(self.actor());
        self.act_for(&home, Opened::Nothing)?;
        Ok(done)
    }

    /// Answers a repeated request from the stored answer, or marks this one as the first. Comes
    /// after 404 and 403 and before the version is compared: the order of refusals everywhere.
    pub(crate) fn check_idempotency(&mut self) -> Outcome<()> {
        // A unit of work of several parts is one request, with one key.
        if !self.idempotency_checked {
            self.idempotency_checked = true;
            idempotency::check(self)?;
        }
        if self.short {
            return Err(Problem::StorageFull.into());
        }
        Ok(())
    }

    /// Does `work` as a part of this transaction: where it is refused, what it did is taken back, and
    /// nothing else is.
    pub(crate) fn part<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Outcome<T>,
    ) -> Outcome<vinculo_domain::Result<T>> {
        let (changes, unchanged) = (self.changes.len(), self.unchanged.len());
        let side = self.side.clone();
        self.conn.begin_part()?;
        match work(self) {
            Ok(done) => {
                self.conn.keep_part()?;
                Ok(Ok(done))
            }
            // Where the store itself fails, the whole transaction does.
            Err(Failure::Refused(refusal)) if refusal.problem.status() < 500 => {
                self.conn.forget_part()?;
                self.changes.truncate(changes);
                self.unchanged.truncate(unchanged);
                self.side = side;
                Ok(Err(refusal))
            }
            Err(failure) => Err(failure),
        }
    }

    /// From here on the transaction works in the owner's context, on what it is opened for.
    pub(crate) fn act_for(&mut self, owner: &TenantId, opened: Opened) -> Outcome<()> {
        let actor = self.actor();
        dialect::set_tenant_context(self.conn, owner.as_str(), &actor, opened)
    }

    /// Notes what changed; the unit of work writes it to the audit log.
    pub(crate) fn record(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Notes a request for a change that left the record as it was. The unit of work writes it to
    /// the audit log and nowhere else.
    pub(crate) fn record_unchanged(&mut self, unchanged: Unchanged) {
        self.unchanged.push(unchanged);
    }
}

/// The stamp of a change that is made at `now` to what last changed at `before`. It never goes back,
/// even if the clock was put back, or if another change that began later was faster.
pub(crate) fn later(before: NaiveDateTime, now: NaiveDateTime) -> NaiveDateTime {
    if now < before { next(before) } else { now }
}

/// The first stamp after another one.
pub(crate) fn next(stamp: NaiveDateTime) -> NaiveDateTime {
    stamp
        .checked_add_signed(TimeDelta::microseconds(1))
        .unwrap_or(stamp)
}
