//! When a government confirms a reported agreement, it takes over its counterparts: until then they
//! are records of the reporter, which could still change them.

use super::cases::Case;
use super::{draft, named_counterparts};
use crate::failure::Outcome;
use crate::schema::{agreement_counterparts as links, agreement_drafts as drafts};
use crate::stores::counterparts;
use crate::tx::WriteTx;
use diesel::prelude::*;
use vinculo_domain::counterparts::{CounterpartFields, Visibility};

/// Creates the counterparts as records of the owner, and names those in the case.
pub(super) fn adopt(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let mine = links::table
        .filter(links::tenant_id.eq(owner))
        .filter(links::agreement_id.eq(agreement));
    let named: Vec<(String, String)> = mine
        .order(links::position)
        .select((links::counterpart_tenant, links::counterpart_id))
        .load(tx.conn)?;
    if named.iter().all(|(tenant, _id)| tenant == owner) {
        return Ok(());
    }
    let cards = counterparts::cards_of_case(tx.conn, owner, agreement)?;
    let mut own = Vec::new();
    for ((tenant, _id), card) in named.into_iter().zip(cards) {
        if tenant == *owner {
            own.push(card.id);
            continue;
        }
        let fields = CounterpartFields {
            kind: card.kind,
            level: card.level,
            name: card.name,
            country: card.country,
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        };
        let id = counterparts::find_or_insert(tx, &case.owner, &fields)?;
        if !own.contains(&id) {
            own.push(id);
        }
    }
    diesel::delete(mine).execute(tx.conn)?;
    let named: Vec<_> = own.iter().map(|id| (case.owner.clone(), *id)).collect();
    named_counterparts::link(tx, case, &named)?;
    let mut content = draft::read(tx.conn, owner, agreement)?;
    content.counterparts = own;
    diesel::update(drafts::table.find((owner, agreement)))
        .set((
            drafts::content.eq(serde_json::to_string(&content)?),
            drafts::version.eq(drafts::version + 1),
            drafts::updated_at.eq(tx.stamp()),
        ))
        .execute(tx.conn)?;
    Ok(())
}
