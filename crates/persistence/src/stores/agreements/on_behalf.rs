//! Acting for a government that has no users on the platform yet: the foreign ministry for any
//! municipality, a state for its own municipalities while a mechanism covers the kind.

use super::cases::Row;
use super::conditions::Asker;
use super::draft;
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::dialect::{self, Opened};
use crate::failure::Outcome;
use crate::schema::agreement_grants as grants;
use crate::stores::{governments, mechanisms, people};
use crate::tx::WriteTx;
use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::agreements::{AgreementContent, AgreementKind, Seat};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, TenantId, Tier};

/// Opens a case for a municipality without officers, which takes it over when its first one comes.
pub fn create_on_behalf(
    tx: &mut WriteTx<'_>,
    content: &AgreementContent,
    owner: &TenantId,
) -> Outcome<Uuid> {
    tx.scope.require()?;
    require_mandate(tx, owner, content.kind)?;
    tx.check_idempotency()?;
    dialect::lock_government(tx.conn, owner.as_str())?;
    tx.act_for(owner, Opened::Nothing)?;
    if people::has_officer(tx.conn, owner)? {
        return Err(Refusal::field(
            "/on_behalf_of",
            "has_officer",
            wording::agreements::has_officer(),
        )
        .into());
    }
    draft::start(tx, owner, content, &[Seat::Agent, Seat::Owner])
}

/// Refuses a caller who may not act for `owner` today: only the ministry may, and the owner's state
/// within a mechanism in force for this kind.
pub(super) fn require_mandate(
    tx: &mut WriteTx<'_>,
    owner: &TenantId,
    kind: AgreementKind,
) -> Outcome<()> {
    if has_mandate(tx.conn, tx.scope, mexican_day(tx.now), owner, kind)? {
        return Ok(());
    }
    let refusal = Refusal::new(Problem::Forbidden).saying(wording::agreements::no_mandate());
    Err(tx.scope.seated(refusal, &[Seat::Agent]).into())
}

/// Whether the caller may act for `owner` on a day.
pub(super) fn has_mandate(
    conn: &mut Conn,
    scope: &Scope,
    today: NaiveDate,
    owner: &TenantId,
    kind: AgreementKind,
) -> Outcome<bool> {
    let state = governments::find(conn, owner)?
        .filter(|government| government.tier == Tier::Municipality)
        .and_then(|government| government.parent_id);
    match state {
        Some(_state) if scope.is_sre() => Ok(true),
        Some(state) if state == *scope.tenant() => mechanisms::covers(conn, &state, kind, today),
        _ => Ok(false),
    }
}

/// Whether the caller acts in the case for its owner.
pub(super) fn is_agent(conn: &mut Conn, asker: &Asker<'_>, row: &Row) -> Outcome<bool> {
    let agent: &'static str = Seat::Agent.into();
    let seat = grants::table
        .filter(grants::tenant_id.eq(&row.tenant_id))
        .filter(grants::agreement_id.eq(&row.id))
        .filter(tenant_eq(
            grants::viewer_tenant,
            asker.scope.tenant().as_str(),
        ))
        .filter(grants::reason.eq(agent))
        .filter(grants::until.is_null());
    Ok(diesel::select(diesel::dsl::exists(seat)).get_result(conn)?)
}
