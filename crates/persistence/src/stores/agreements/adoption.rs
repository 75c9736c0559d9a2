//! When a government confirms a reported agreement, it takes over its counterparts: until then they
//! are records of the reporter, which could still change them.

use super::cases::Case;
use super::{draft, named_counterparts};
use crate::failure::Outcome;
use crate::stores::counterparts;
use crate::tx::WriteTx;
use vinculo_domain::counterparts::{CounterpartFields, Visibility};

/// Creates the counterparts as records of the owner, and names those in the case.
pub(super) fn adopt(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let named = named_counterparts::of_case(tx, case)?;
    if named.iter().all(|(tenant, _card)| *tenant == case.owner) {
        return Ok(());
    }
    let mut own = Vec::new();
    for (tenant, card) in named {
        if tenant == case.owner {
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
    let named: Vec<_> = own.iter().map(|id| (case.owner.clone(), *id)).collect();
    named_counterparts::relink(tx, case, &named)?;
    let mut content = draft::read(tx.conn, owner, agreement)?;
    content.counterparts = own;
    draft::replace(tx, case, &content)
}
