//! The counterparts that a draft names.

use super::cases::Case;
use super::recording::Named;
use crate::failure::Outcome;
use crate::schema::agreement_counterparts;
use crate::stores::counterparts;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementContent, PastCounterpart};
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, TenantId};

/// Stores the counterparts of the draft; the caller needs access to each.
pub(super) fn store(tx: &mut WriteTx<'_>, case: &Case, content: &AgreementContent) -> Outcome<()> {
    let mine = agreement_counterparts::table
        .filter(agreement_counterparts::tenant_id.eq(&case.row.tenant_id))
        .filter(agreement_counterparts::agreement_id.eq(&case.row.id));
    // One that is already named stays allowed if its owner narrows its visibility later.
    let named: Vec<(String, String)> = mine
        .order(agreement_counterparts::position)
        .select((
            agreement_counterparts::counterpart_id,
            agreement_counterparts::counterpart_tenant,
        ))
        .load(tx.conn)?;
    let cards = counterparts::cards(tx.conn, tx.scope, &content.counterparts)?;
    let mut checks = Checks::default();
    let mut rows = Vec::new();
    for (i, (id, card)) in content.counterparts.iter().zip(cards).enumerate() {
        let before = named
            .iter()
            .find(|(named, _)| *named == id.to_string())
            .map(|(_, tenant)| tenant.clone());
        match card.map(|(tenant, _)| tenant.to_string()).or(before) {
            Some(tenant) => rows.push((TenantId::new(tenant), *id)),
            None => out_of_sight(&mut checks, format!("/counterparts/{i}")),
        }
    }
    checks.finish(Problem::ValidationFailed)?;
    // Written only if they differ: a link waits for a change of its counterpart, which waits for
    // the cases that name it.
    let same = rows.len() == named.len()
        && rows
            .iter()
            .zip(&named)
            .all(|((tenant, id), (named, owner))| {
                id.to_string() == *named && tenant.as_str() == owner
            });
    if same {
        return Ok(());
    }
    diesel::delete(mine).execute(tx.conn)?;
    link(tx, case, &rows)
}

/// Names these counterparts, each with its government, in a case that names none yet.
pub(super) fn link(
    tx: &mut WriteTx<'_>,
    case: &Case,
    counterparts: &[(TenantId, Uuid)],
) -> Outcome<()> {
    for (position, (tenant, id)) in (0_i32..).zip(counterparts) {
        let row = (
            agreement_counterparts::tenant_id.eq(&case.row.tenant_id),
            agreement_counterparts::agreement_id.eq(&case.row.id),
            agreement_counterparts::counterpart_tenant.eq(tenant.as_str()),
            agreement_counterparts::counterpart_id.eq(id.to_string()),
            agreement_counterparts::position.eq(position),
        );
        diesel::insert_into(agreement_counterparts::table)
            .values(row)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// The counterparts that a case names, each with the government that owns its record.
pub(super) fn of_case(
    tx: &mut WriteTx<'_>,
    case: &Case,
) -> Outcome<Vec<(TenantId, CounterpartCard)>> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let owners: Vec<String> = agreement_counterparts::table
        .filter(agreement_counterparts::tenant_id.eq(owner))
        .filter(agreement_counterparts::agreement_id.eq(agreement))
        .order(agreement_counterparts::position)
        .select(agreement_counterparts::counterpart_tenant)
        .load(tx.conn)?;
    let cards = counterparts::cards_of_case(tx.conn, owner, agreement)?;
    Ok(owners.into_iter().map(TenantId::new).zip(cards).collect())
}

/// Names these counterparts in a case instead of those that it names.
pub(super) fn relink(
    tx: &mut WriteTx<'_>,
    case: &Case,
    counterparts: &[(TenantId, Uuid)],
) -> Outcome<()> {
    let mine = agreement_counterparts::table
        .filter(agreement_counterparts::tenant_id.eq(&case.row.tenant_id))
        .filter(agreement_counterparts::agreement_id.eq(&case.row.id));
    diesel::delete(mine).execute(tx.conn)?;
    link(tx, case, counterparts)
}

/// The counterparts of a past agreement, as described and as they will be named. The caller needs
/// access to those on record, except to those that the case names already.
pub(super) fn of_past(
    tx: &mut WriteTx<'_>,
    wanted: &[PastCounterpart],
    already: &[(TenantId, CounterpartCard)],
) -> Outcome<(Vec<CounterpartCard>, Vec<Named>)> {
    let mut checks = Checks::default();
    let (mut cards, mut named) = (Vec::new(), Vec::new());
    for (i, counterpart) in wanted.iter().enumerate() {
        if let Some(fields) = &counterpart.fields {
            cards.push(CounterpartCard {
                id: Uuid::nil(),
                kind: fields.kind,
                level: fields.level,
                name: fields.name.clone(),
                country: fields.country.clone(),
            });
            named.push(Named::New(fields.clone()));
        }
        let Some(id) = counterpart.id else { continue };
        let named_before = already
            .iter()
            .find(|(_tenant, card)| card.id == id)
            .cloned();
        let found = match named_before {
            Some(named) => Some(named),
            None => counterparts::cards(tx.conn, tx.scope, &[id])?
                .pop()
                .flatten(),
        };
        match found {
            Some((tenant, card)) => {
                named.push(Named::Known(tenant, card.id));
                cards.push(card);
            }
            None => out_of_sight(&mut checks, format!("/counterparts/{i}/id")),
        }
    }
    checks.finish(Problem::ValidationFailed)?;
    Ok((cards, named))
}

fn out_of_sight(checks: &mut Checks, place: String) {
    let said = wording::common::not_there();
    let list = Admitted::only_at("/v1/counterparts");
    checks.push(FieldError::new(place, "unknown_key", said).admitting(list));
}
