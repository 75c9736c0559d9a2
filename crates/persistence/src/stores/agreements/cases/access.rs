//! A case as far as one viewer may know it: its access row.

use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Failure, Outcome, id, known};
use crate::schema::agreement_access;
use crate::stores::agreements::turns::NEVER;
use crate::stores::governments;
use crate::stores::mechanisms::date;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::{Reach, Scope};
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementSummary, Level, Stage};
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::ExistingRecord;

/// A case as far as one viewer may know it.
#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = agreement_access, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
pub(crate) struct Access {
    pub(crate) viewer_tenant: String,
    pub(crate) agreement_id: String,
    pub(crate) owner_tenant: String,
    pub(crate) level: String,
    pub(crate) version: i32,
    pub(crate) stage: String,
    pub(crate) kind: String,
    pub(crate) compliance: String,
    pub(crate) title: String,
    pub(crate) country: String,
    pub(crate) counterpart: String,
    pub(crate) signed_on: String,
    pub(crate) updated_at: NaiveDateTime,
    pub(crate) waiting_for: String,
    pub(crate) holder_tenant: String,
    pub(crate) held_since: String,
    pub(crate) due_on: String,
    pub(crate) priority: String,
    pub(crate) themes: String,
    pub(crate) parties: String,
    pub(crate) ends_on: String,
    /// When the case itself last changed for the viewer, whoever works on it.
    pub(crate) changed_at: NaiveDateTime,
    pub(crate) recorded_in_error: bool,
    /// The last version whose steps the viewer may know of; 0 if that is `version`.
    pub(crate) known_version: i32,
}

impl Access {
    /// What the caller sees of a case; 404 if nothing.
    pub(crate) fn of(conn: &mut Conn, scope: &Scope, agreement: Uuid) -> Outcome<Self> {
        if scope.read_reach() < Reach::Own && !faults::seeded("any reader") {
            return Err(Problem::NotFound.into());
        }
        let found = agreement_access::table
            .filter(tenant_eq(
                agreement_access::viewer_tenant,
                scope.tenant().as_str(),
            ))
            .filter(agreement_access::agreement_id.eq(agreement.to_string()))
            .select(Self::as_select())
            .first(conn)
            .optional()?;
        if found.is_none() && faults::seeded("parents see") {
            return Self::of_child(conn, scope, agreement);
        }
        found.ok_or_else(|| Problem::NotFound.into())
    }

    /// A case that a refusal may name, because the caller sees it.
    pub(crate) fn in_sight(
        conn: &mut Conn,
        scope: &Scope,
        agreement: &str,
    ) -> Outcome<Option<ExistingRecord>> {
        match Self::of(conn, scope, id(agreement)?) {
            Ok(seen) => Ok(Some(ExistingRecord::of(
                "/v1/agreements",
                seen.agreement_id,
            ))),
            Err(Failure::Refused(refusal)) if refusal.problem == Problem::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// The owner of a case that the caller sees.
    pub(crate) fn owner_if_seen(
        conn: &mut Conn,
        scope: &Scope,
        agreement: Uuid,
    ) -> Outcome<Option<String>> {
        match Self::of(conn, scope, agreement) {
            Ok(seen) => Ok(Some(seen.owner_tenant)),
            Err(Failure::Refused(refusal)) if refusal.problem == Problem::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// The owner's access row, if the caller is its state; used only by an injected fault.
    fn of_child(conn: &mut Conn, scope: &Scope, agreement: Uuid) -> Outcome<Self> {
        let own: Option<Self> = agreement_access::table
            .filter(agreement_access::agreement_id.eq(agreement.to_string()))
            .filter(agreement_access::viewer_tenant.eq(agreement_access::owner_tenant))
            .select(Self::as_select())
            .first(conn)
            .optional()?;
        let own = own.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
        let parent = governments::find(conn, &own.owner())?.and_then(|owner| owner.parent_id);
        if parent.as_ref() == Some(scope.tenant()) {
            Ok(own)
        } else {
            Err(Problem::NotFound.into())
        }
    }

    pub(crate) fn owner(&self) -> TenantId {
        TenantId::new(&self.owner_tenant)
    }

    pub(crate) fn level(&self) -> Outcome<Level> {
        known(&self.level)
    }

    pub(crate) fn stage(&self) -> Outcome<Stage> {
        known(&self.stage)
    }

    /// The last version of the case whose steps the viewer may know of. A viewer that does not follow
    /// the case is told of corrections of the record, but of none of the steps before them.
    pub(crate) fn step_limit(&self) -> i32 {
        if self.known_version > 0 {
            self.known_version
        } else {
            self.version
        }
    }

    /// What every view of the case begins with, without what the viewer's government keeps for
    /// itself and elsewhere: who works on the case, and its ids in other systems.
    pub(crate) fn summary(self) -> Outcome<AgreementSummary> {
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        let due = Some(self.due_on).filter(|day| day != NEVER);
        Ok(AgreementSummary {
            id: id(&self.agreement_id)?,
            owner: TenantId::new(self.owner_tenant),
            level: known(&self.level)?,
            version: self.version,
            stage: known(&self.stage)?,
            kind: known(&self.kind)?,
            recorded_in_error: self.recorded_in_error,
            compliance: known(&self.compliance)?,
            title: self.title,
            country: filled(self.country),
            counterpart: filled(self.counterpart),
            signed_on: filled(self.signed_on).as_deref().map(date).transpose()?,
            waiting_for: filled(self.waiting_for).as_deref().map(known).transpose()?,
            due_on: due.as_deref().map(date).transpose()?,
            priority: known(&self.priority)?,
            assigned_to: None,
            external_ids: Vec::new(),
            updated_at: self.updated_at.and_utc(),
        })
    }
}
