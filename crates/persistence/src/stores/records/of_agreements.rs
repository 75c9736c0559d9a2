//! The records of every kind that belong to an agreement, as far as the caller sees them.

use super::sight::{Seen, shown};
use super::spaces::spaces;
use super::{RecordView, Row, page};
use crate::failure::{Outcome, id};
use crate::stores::agreements;
use crate::tx::ReadTx;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::records::{Access, Kind, kinds};

/// One page of the records of all kinds that belong to an agreement that the caller sees, by title.
/// `scopes` says what the caller may read of each access class.
pub fn of_agreement(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    scopes: &[(Access, Scope)],
    wanted: &PageRequest,
) -> Outcome<Page<RecordView>> {
    agreements::Access::of(tx.conn, tx.scope, agreement)?;
    tx.scope.require()?;
    let link = ("agreement_id", agreement.to_string());
    let mut rows: Vec<Row> = Vec::new();
    for (class, scope) in scopes {
        let of_class: Vec<&'static Kind> = kinds()
            .iter()
            .filter(|kind| kind.spec.access == *class)
            .collect();
        let Some(first) = of_class.first() else {
            continue;
        };
        let spaces = spaces(tx.conn, scope, first)?;
        let place = (&*spaces, wanted.after.as_ref(), wanted.limit + 1);
        rows.extend(page::linked(tx.conn, scope, &of_class, &link, place)?);
    }
    rows.sort_by(|a, b| (&a.sort_key, &a.id).cmp(&(&b.sort_key, &b.id)));
    let cut = Page::cut(rows, wanted.limit, |row| After {
        key: row.sort_key.clone(),
        id: row.id.clone(),
    });
    let order: Vec<String> = cut.items.iter().map(|row| row.id.clone()).collect();
    let mut views = views(tx, scopes, cut.items)?;
    let in_order = order.iter().filter_map(|id| views.remove(id));
    Ok(Page {
        items: in_order.collect(),
        next: cut.next,
        total: None,
    })
}

/// Each record as the caller reads it: what is hidden in it depends on its class.
fn views(
    tx: &mut ReadTx<'_>,
    scopes: &[(Access, Scope)],
    rows: Vec<Row>,
) -> Outcome<HashMap<String, RecordView>> {
    let mut found: HashMap<Access, Vec<Seen>> = HashMap::new();
    for row in rows {
        if row.visibility != "public" {
            tx.disclose(&TenantId::new(&row.tenant_id), Some(id(&row.id)?));
        }
        let class = row.kind()?.spec.access;
        let seen = Seen::of(tx.scope, row)?;
        found.entry(class).or_default().push(seen);
    }
    let mut views = HashMap::new();
    for (class, scope) in scopes {
        let of_class = found.remove(class).unwrap_or_default();
        let shown = shown(tx.conn, scope, tx.now, of_class)?;
        views.extend(shown.into_iter().map(|view| (view.id.to_string(), view)));
    }
    Ok(views)
}
