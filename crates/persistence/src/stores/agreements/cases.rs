//! Finds a case for a viewer: always through its access row.

mod access;

use super::history::{self, HistoryLine};
use crate::audit::{Change, Unchanged};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::dialect::{self, Opened};
use crate::failure::{Outcome, known};
use crate::schema::{agreement_grants, agreements};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{Seat, Stage};
use vinculo_domain::faults;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;

pub(crate) use access::Access;

/// The parts in a case whose governments work on it.
pub(crate) const WORKING: [Seat; 5] = [
    Seat::Owner,
    Seat::Party,
    Seat::StateReviewer,
    Seat::Federal,
    Seat::Reporter,
];

/// The head of a case.
#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = agreements, check_for_backend(MultiBackend))]
pub(crate) struct Row {
    pub(crate) tenant_id: String,
    pub(crate) id: String,
    pub(crate) version: i32,
    pub(crate) stage: String,
    pub(crate) kind: String,
    pub(crate) compliance: String,
    pub(crate) returned_from: Option<String>,
    pub(crate) file_number: Option<String>,
    pub(crate) signed_on: Option<String>,
    pub(crate) signed_place: Option<String>,
    pub(crate) originals: Option<String>,
    pub(crate) inscription: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) quality_flags: String,
    pub(crate) import_batch_id: Option<String>,
    pub(crate) fingerprint: Option<String>,
    pub(crate) created_at: NaiveDateTime,
    pub(crate) updated_at: NaiveDateTime,
    pub(crate) acting_tenant: String,
    pub(crate) retired_at: Option<NaiveDateTime>,
    pub(crate) stage_before: Option<String>,
    pub(crate) regularizing: bool,
    pub(crate) regularized_at: Option<NaiveDateTime>,
    pub(crate) out_of_scope: Option<String>,
    pub(crate) dispute: Option<String>,
    pub(crate) recorded_in_error: bool,
    pub(crate) relates_to: Option<String>,
}

/// The seats that `viewer` has in a case.
pub(crate) fn seats(conn: &mut Conn, access: &Access) -> Outcome<Vec<Seat>> {
    let reasons: Vec<String> = agreement_grants::table
        .filter(agreement_grants::tenant_id.eq(&access.owner_tenant))
        .filter(agreement_grants::agreement_id.eq(&access.agreement_id))
        .filter(tenant_eq(
            agreement_grants::viewer_tenant,
            &access.viewer_tenant,
        ))
        .filter(agreement_grants::until.is_null())
        .order(agreement_grants::reason)
        .select(agreement_grants::reason)
        .load(conn)?;
    reasons.iter().map(|reason| known(reason)).collect()
}

/// Whether `viewer` still follows a case.
pub(crate) fn follows(conn: &mut Conn, access: &Access) -> Outcome<bool> {
    let following = agreement_grants::table
        .filter(agreement_grants::tenant_id.eq(&access.owner_tenant))
        .filter(agreement_grants::agreement_id.eq(&access.agreement_id))
        .filter(tenant_eq(
            agreement_grants::viewer_tenant,
            &access.viewer_tenant,
        ))
        .filter(agreement_grants::until.is_null())
        .filter(agreement_grants::follows.eq(true));
    Ok(diesel::select(diesel::dsl::exists(following)).get_result(conn)?)
}

/// A case that is about to change.
pub(crate) struct Case {
    pub(crate) id: Uuid,
    pub(crate) owner: TenantId,
    pub(crate) row: Row,
    pub(crate) access: Access,
    pub(crate) seats: Vec<Seat>,
}

impl Case {
    /// Loads a case for a change: 404 without access, 403 if the caller's roles do not allow the
    /// action. From here on the transaction works in the owner's context and has the case locked.
    /// Version and stage are read once the lock is taken; otherwise they could be older than the
    /// head.
    pub(crate) fn load(tx: &mut WriteTx<'_>, agreement: Uuid) -> Outcome<Self> {
        let owner = Access::of(tx.conn, tx.scope, agreement)?.owner();
        tx.scope.require()?;
        tx.act_for(&owner, Opened::Case(agreement))?;
        let row = locked(tx.conn, &owner, agreement)?;
        let access = Access::of(tx.conn, tx.scope, agreement)?;
        let seats = seats(tx.conn, &access)?;
        Ok(Self {
            row: row.ok_or(Problem::NotFound)?,
            id: agreement,
            owner,
            access,
            seats,
        })
    }

    /// Refuses a caller without one of these seats.
    pub(crate) fn require_seat(&self, scope: &Scope, wanted: &[Seat]) -> Outcome<()> {
        let holds = self
            .seats
            .iter()
            .any(|seat| wanted.contains(&seat.stands_for()));
        if holds || faults::seeded("any seat") {
            Ok(())
        } else {
            Err(scope.not_seated(wanted).into())
        }
    }

    /// Refuses a version other than the one the caller may know.
    pub(crate) fn require_version(&self, version: i32) -> Outcome<()> {
        if self.access.version == version {
            Ok(())
        } else {
            Err(Problem::PreconditionFailed.into())
        }
    }

    /// Whether the caller is on the owner's side.
    pub(crate) fn is_full(&self) -> bool {
        self.seats
            .iter()
            .any(|seat| matches!(seat, Seat::Owner | Seat::Agent | Seat::Party))
    }

    /// Whether the caller acts for an owner that has no users on the platform.
    pub(crate) fn is_on_behalf(&self) -> bool {
        self.seats.contains(&Seat::Agent)
    }

    /// Where the caller finds the documents that it may name in this case.
    pub(crate) fn papers(&self) -> Admitted {
        Admitted::only_at(format!("/v1/agreements/{}/documents", self.id))
    }

    /// The guarded step of every change: raises the version if nobody else has.
    pub(crate) fn step(&mut self, tx: &mut WriteTx<'_>, to: Stage) -> Outcome<()> {
        let to: &'static str = to.into();
        let guarded = agreements::table
            .find((&self.row.tenant_id, &self.row.id))
            .filter(agreements::version.eq(self.row.version))
            .filter(agreements::stage.eq(&self.row.stage));
        let next = self.row.version + 1;
        let at = tx.stamp_after(self.row.updated_at);
        let stepped = diesel::update(guarded)
            .set((
                agreements::stage.eq(to),
                agreements::version.eq(next),
                agreements::updated_at.eq(at),
            ))
            .execute(tx.conn)?;
        if stepped == 0 {
            return Err(Problem::PreconditionFailed.into());
        }
        self.row.version = next;
        to.clone_into(&mut self.row.stage);
        self.row.updated_at = at;
        Ok(())
    }

    /// Notes a change of this case for the audit log.
    pub(crate) fn note(
        &self,
        tx: &mut WriteTx<'_>,
        action: &str,
        history: Option<HistoryLine>,
    ) -> Outcome<()> {
        if let Some(line) = &history {
            history::write(tx, self, line)?;
        }
        tx.record(Change {
            owner: self.owner.clone(),
            subject_kind: "agreement",
            subject_id: self.row.id.clone(),
            version: self.row.version,
            event: format!("agreement.{action}"),
            payload: json!({ "id": self.row.id, "stage": self.row.stage, "version": self.row.version }),
        });
        Ok(())
    }

    /// Notes that a request left the case as it was: it gets no new version, and nobody is told.
    pub(crate) fn note_unchanged(&self, tx: &mut WriteTx<'_>) {
        tx.record_unchanged(Unchanged {
            owner: self.owner.clone(),
            subject_kind: "agreement",
            subject_id: self.row.id.clone(),
            version: self.row.version,
        });
    }

    /// A line of history that only those who read the draft see.
    pub(crate) fn quiet_line(&self, action: HistoryAction) -> HistoryLine {
        HistoryLine {
            action,
            from_stage: None,
            to_stage: self.row.stage.clone(),
            shared: false,
            note: None,
            note_for: None,
            on_behalf: self.is_on_behalf(),
            changes: Vec::new(),
        }
    }
}

/// Locks a case and reads its head; none if it was retired. The transaction must be opened for it.
pub(crate) fn locked(conn: &mut Conn, owner: &TenantId, agreement: Uuid) -> Outcome<Option<Row>> {
    let row = dialect::lock_case(conn, owner.as_str(), &agreement.to_string())?;
    Ok(row.filter(|row| row.retired_at.is_none()))
}

/// The head of a case. Access must have been checked.
pub(crate) fn head(conn: &mut Conn, access: &Access) -> Outcome<Row> {
    let row = agreements::table
        .find((&access.owner_tenant, &access.agreement_id))
        .filter(agreements::retired_at.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Access to a case for reading; written to the audit log if the case is another's.
pub(crate) fn look(tx: &mut ReadTx<'_>, agreement: Uuid) -> Outcome<Access> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    tx.look_at(&access.owner(), agreement)?;
    Ok(access)
}
