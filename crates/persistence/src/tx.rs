//! What a store function gets to work with; only the two doors of [`crate::Db`] make them.

use crate::conn::Conn;
use crate::dialect::{self, Opened};
use crate::failure::Outcome;
use crate::idempotency;
use crate::request::Intent;
use crate::trail::{Change, Disclosure};
use chrono::{DateTime, NaiveDateTime, Utc};
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::problems::Problem;

/// A transaction that reads.
pub struct ReadTx<'c> {
    pub(crate) conn: &'c mut Conn,
    pub(crate) scope: &'c Scope,
    pub(crate) now: DateTime<Utc>,
    /// No later than the clock, and no later than what is known where the clock is far.
    pub(crate) believed: DateTime<Utc>,
    pub(crate) disclosures: Vec<Disclosure>,
}

/// A transaction that writes.
pub struct WriteTx<'c> {
    pub(crate) conn: &'c mut Conn,
    pub(crate) scope: &'c Scope,
    pub(crate) intent: &'c Intent,
    pub(crate) now: DateTime<Utc>,
    /// No later than the clock, and no later than what is known where the clock is far.
    pub(crate) believed: DateTime<Utc>,
    pub(crate) changes: Vec<Change>,
    pub(crate) admitted: bool,
    /// Whether the reserve of room is in use: nothing new is begun then.
    pub(crate) short: bool,
    /// On whose side the transaction stands, where it is not that of whoever asked for it.
    pub(crate) side: Option<TenantId>,
}

impl ReadTx<'_> {
    /// The instant of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Whether the same caller's request under this key was carried out already.
    pub fn is_answered(&mut self, operation: &str, key: &str) -> Outcome<bool> {
        idempotency::is_answered(self, operation, key)
    }

    /// Notes that another government's record is shown; the door puts it on record.
    pub(crate) fn disclose(&mut self, owner: &TenantId, subject: Option<Uuid>) {
        if owner != self.scope.tenant() {
            self.disclosures.push(Disclosure {
                owner: owner.clone(),
                subject,
            });
        }
    }

    /// From here on the transaction reads one case in its owner's context, after sight was established.
    pub(crate) fn look_at(&mut self, owner: &TenantId, case: Uuid) -> Outcome<()> {
        self.disclose(owner, Some(case));
        let actor = self.scope.tenant().as_str();
        dialect::announce(self.conn, owner.as_str(), actor, Opened::Shown(case))
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

    /// The person who acts, as it is stored; nobody where the government itself does.
    pub(crate) fn person(&self) -> Option<String> {
        let person = self.scope.person().map(|id| id.to_string());
        person.filter(|_id| self.side.is_none())
    }

    /// The government that acts, as it is stored.
    pub(crate) fn actor(&self) -> String {
        let side = self.side.as_ref().unwrap_or(self.scope.tenant());
        side.as_str().to_owned()
    }

    /// Does `work` on the side of a government that takes up what is its own: its first officer
    /// has come, and whoever gave it to them has no part in its cases.
    pub(crate) fn on_side_of(
        &mut self,
        government: &TenantId,
        work: impl FnOnce(&mut Self) -> Outcome<()>,
    ) -> Outcome<()> {
        self.side = Some(government.clone());
        self.act_for(government, Opened::Nothing)?;
        work(self)?;
        self.side = None;
        let home = self.scope.tenant().clone();
        self.act_for(&home, Opened::Nothing)
    }

    /// Answers a repeated request from what was stored, or marks this one as the first. Comes
    /// after 404 and 403 and before the version is compared: the one order of refusals.
    pub(crate) fn admit(&mut self) -> Outcome<()> {
        self.admitted = true;
        idempotency::admit(self)?;
        if self.short {
            return Err(Problem::StorageFull.into());
        }
        Ok(())
    }

    /// From here on the transaction works in the owner's context, on what it is opened for.
    pub(crate) fn act_for(&mut self, owner: &TenantId, opened: Opened) -> Outcome<()> {
        let actor = self.actor();
        dialect::announce(self.conn, owner.as_str(), &actor, opened)
    }

    /// Notes what changed; the door puts it on record.
    pub(crate) fn record(&mut self, change: Change) {
        self.changes.push(change);
    }
}
