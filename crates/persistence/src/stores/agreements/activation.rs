//! A government takes over its own cases when its first officer comes. A government that acted for
//! it keeps only the seats that it has for other reasons.

use super::cases::{Access, Case, locked, seats};
use super::history::HistoryLine;
use super::{access, sharing};
use crate::barrier::tenant_eq;
use crate::dialect::{self, Opened};
use crate::failure::{Outcome, id};
use crate::schema::{agreement_access, agreement_grants as grants};
use crate::stores::people;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Seat;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::problems::Problem;

/// Ends the seats of all agents of `owner`, if it now has somebody who can handle its cases.
pub(crate) fn activate(tx: &mut WriteTx<'_>, owner: &TenantId) -> Outcome<()> {
    dialect::lock_government(tx.conn, owner.as_str())?;
    tx.on_side_of(owner, |tx| {
        if !people::has_officer(tx.conn, owner)? {
            return Ok(());
        }
        let agent: &'static str = Seat::Agent.into();
        let carried: Vec<(String, String)> = grants::table
            .filter(grants::tenant_id.eq(owner.as_str()))
            .filter(grants::reason.eq(agent))
            .filter(grants::until.is_null())
            .order(grants::agreement_id)
            .select((grants::agreement_id, grants::viewer_tenant))
            .load(tx.conn)?;
        for (agreement, agent) in carried {
            take_up(tx, owner, id(&agreement)?, &TenantId::new(agent))?;
        }
        Ok(())
    })
}

/// Locks a case and loads it as `viewer` sees it, in whatever stage; none if the viewer has no
/// access. From here on the transaction works in the owner's context.
pub(super) fn locked_case_of(
    tx: &mut WriteTx<'_>,
    viewer: &TenantId,
    owner: &TenantId,
    agreement: Uuid,
) -> Outcome<Option<Case>> {
    tx.act_for(owner, Opened::Case(agreement))?;
    let row = locked(tx.conn, owner, agreement)?;
    let access: Option<Access> = agreement_access::table
        .filter(tenant_eq(agreement_access::viewer_tenant, viewer.as_str()))
        .filter(agreement_access::agreement_id.eq(agreement.to_string()))
        .select(Access::as_select())
        .first(tx.conn)
        .optional()?;
    let Some(access) = access else {
        return Ok(None);
    };
    Ok(Some(Case {
        id: agreement,
        owner: owner.clone(),
        row: row.ok_or(Problem::NotFound)?,
        seats: seats(tx.conn, &access)?,
        access,
    }))
}

fn take_up(
    tx: &mut WriteTx<'_>,
    owner: &TenantId,
    agreement: Uuid,
    agent: &TenantId,
) -> Outcome<()> {
    let Some(mut case) = locked_case_of(tx, owner, owner, agreement)? else {
        return Ok(());
    };
    let stage = case.access.stage()?;
    case.step(tx, stage)?;
    sharing::revoke(tx, &case, agent, Seat::Agent)?;
    access::refresh_owner_side(tx, &case)?;
    let line = HistoryLine {
        on_behalf: false,
        ..case.quiet_line(HistoryAction::Activate)
    };
    case.note(tx, "activate", Some(line))
}
