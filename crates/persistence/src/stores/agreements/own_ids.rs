//! The ids by which a government finds, in its own systems, the case of another that it recorded.
//! The transaction must be in that government's own context.

use super::cases::Case;
use super::list::KIND;
use crate::barrier::tenant_eq;
use crate::failure::Outcome;
use crate::schema::agreement_access as access;
use crate::stores::external_ids;
use crate::tx::WriteTx;
use diesel::prelude::*;
use vinculo_domain::Refusal;
use vinculo_domain::agreements::Stage;
use vinculo_domain::external_ids::ExternalId;

/// The place of the first of these ids that another record of the caller's has. Ids of cases that
/// were withdrawn, or that the caller does not see any more, are given up for the new record:
/// nothing else would free them.
pub(super) fn taken(tx: &mut WriteTx<'_>, wanted: &[ExternalId]) -> Outcome<Option<usize>> {
    let actor = tx.scope.tenant().clone();
    let withdrawn: &'static str = Stage::Withdrawn.into();
    for case in external_ids::holders(tx.conn, &actor, KIND, wanted)? {
        let stage: Option<String> = access::table
            .filter(tenant_eq(access::viewer_tenant, actor.as_str()))
            .filter(access::agreement_id.eq(&case))
            .select(access::stage)
            .first(tx.conn)
            .optional()?;
        if stage.is_none_or(|stage| stage == withdrawn) {
            external_ids::replace(tx, &actor, KIND, &case, &[])?;
        }
    }
    external_ids::taken(tx.conn, &actor, KIND, wanted)
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

/// Gives the case these ids of the caller's, and takes its others away.
pub(super) fn replace(tx: &mut WriteTx<'_>, case: &Case, wanted: &[ExternalId]) -> Outcome<()> {
    let actor = tx.scope.tenant().clone();
    external_ids::replace(tx, &actor, KIND, &case.row.id, wanted)
}
