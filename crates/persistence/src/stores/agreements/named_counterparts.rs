//! The counterparts that a draft names.

use super::cases::Case;
use crate::failure::Outcome;
use crate::schema::agreement_counterparts;
use crate::stores::counterparts;
use crate::tx::WriteTx;
use diesel::prelude::*;
use vinculo_domain::agreements::AgreementContent;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Checks;

/// Writes the counterparts of the draft; each must be in the caller's sight.
pub(super) fn store(tx: &mut WriteTx<'_>, case: &Case, content: &AgreementContent) -> Outcome<()> {
    let mine = agreement_counterparts::table
        .filter(agreement_counterparts::tenant_id.eq(&case.row.tenant_id))
        .filter(agreement_counterparts::agreement_id.eq(&case.row.id));
    // A counterpart already named stays good when its owner narrows its visibility later.
    let named: Vec<(String, String)> = mine
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
            Some(tenant) => rows.push((tenant, id.to_string())),
            None => checks.add(
                format!("/counterparts/{i}"),
                "unknown_key",
                "No existe o no está a su vista; vea /v1/counterparts.",
                "It does not exist or is not in your sight; see /v1/counterparts.",
            ),
        }
    }
    checks.finish(Problem::ValidationFailed)?;
    diesel::delete(mine).execute(tx.conn)?;
    for (position, (tenant, id)) in (0_i32..).zip(rows) {
        let row = (
            agreement_counterparts::tenant_id.eq(&case.row.tenant_id),
            agreement_counterparts::agreement_id.eq(&case.row.id),
            agreement_counterparts::counterpart_tenant.eq(tenant),
            agreement_counterparts::counterpart_id.eq(id),
            agreement_counterparts::position.eq(position),
        );
        diesel::insert_into(agreement_counterparts::table)
            .values(row)
            .execute(tx.conn)?;
    }
    Ok(())
}
