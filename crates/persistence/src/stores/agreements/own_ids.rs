//! The ids by which a government finds, in its own systems, the case of another that it recorded.
//! The transaction must be in that government's own context.

use super::access::touch;
use super::cases::{Access, Case};
use super::list::KIND;
use crate::barrier::tenant_eq;
use crate::dialect::Opened;
use crate::failure::{Outcome, id};
use crate::schema::agreement_access as access;
use crate::stores::external_ids;
use crate::tx::WriteTx;
use diesel::prelude::*;
use vinculo_domain::Refusal;
use vinculo_domain::agreements::Stage;
use vinculo_domain::external_ids::ExternalId;

/// The place of the first of these ids that another record of the caller's keeps.
pub(super) fn taken(tx: &mut WriteTx<'_>, wanted: &[ExternalId]) -> Outcome<Option<usize>> {
    let actor = tx.scope.tenant().clone();
    for (place, one) in wanted.iter().enumerate() {
        for case in external_ids::holders(tx.conn, &actor, KIND, std::slice::from_ref(one))? {
            if !gives_up(tx, &case)? {
                return Ok(Some(place));
            }
        }
    }
    Ok(None)
}

/// Whether a case leaves its ids to a new record: it was withdrawn, or the caller does not see it any
/// more. Nothing else would free them.
fn gives_up(tx: &mut WriteTx<'_>, case: &str) -> Outcome<bool> {
    let withdrawn: &'static str = Stage::Withdrawn.into();
    let stage: Option<String> = access::table
        .filter(tenant_eq(access::viewer_tenant, tx.scope.tenant().as_str()))
        .filter(access::agreement_id.eq(case))
        .select(access::stage)
        .first(tx.conn)
        .optional()?;
    Ok(stage.is_none_or(|stage| stage == withdrawn))
}

/// The refusal of the id at this place.
pub(super) fn refusal(
    tx: &mut WriteTx<'_>,
    wanted: &[ExternalId],
    place: usize,
) -> Outcome<Refusal> {
    let actor = tx.scope.tenant().clone();
    let external = wanted
        .get(place)
        .ok_or_else(|| Refusal::internal("an id outside of the list"))?;
    external_ids::refusal(tx, &actor, KIND, place, external)
}

/// Gives the case these ids of the caller's, and takes its others away. A record that gives one of
/// them up shows it no longer, so the caller's line of it gets a new stamp.
pub(super) fn replace(tx: &mut WriteTx<'_>, case: &Case, wanted: &[ExternalId]) -> Outcome<()> {
    let actor = tx.scope.tenant().clone();
    for holder in external_ids::holders(tx.conn, &actor, KIND, wanted)? {
        if holder != case.row.id && gives_up(tx, &holder)? {
            external_ids::release(tx.conn, &actor, KIND, &holder, wanted)?;
            stamp(tx, &holder)?;
        }
    }
    external_ids::replace(tx, &actor, KIND, &case.row.id, wanted)
}

/// Gives the caller's line of a case, if there is one, a new stamp.
fn stamp(tx: &mut WriteTx<'_>, case: &str) -> Outcome<()> {
    let actor = tx.scope.tenant().clone();
    let row: Option<Access> = access::table
        .filter(tenant_eq(access::viewer_tenant, actor.as_str()))
        .filter(access::agreement_id.eq(case))
        .select(Access::as_select())
        .first(tx.conn)
        .optional()?;
    let Some(row) = row else { return Ok(()) };
    tx.act_for(&row.owner(), Opened::Shown(id(case)?))?;
    touch(tx, &row)?;
    tx.act_for(&actor, Opened::Nothing)
}
