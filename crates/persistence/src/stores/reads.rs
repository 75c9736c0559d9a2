//! Which other governments read our records.

use crate::barrier::tenant_eq;
use crate::failure::{Outcome, id};
use crate::schema::{audit_log, audit_owners};
use crate::tx::ReadTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use vinculo_domain::TenantId;
use vinculo_domain::history::RecordRead;
use vinculo_domain::page::{After, Page, PageRequest};

type Row = (String, NaiveDateTime, String, String, String);

/// One page of the reads of the caller's records by others, newest first.
pub fn list(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Page<RecordRead>> {
    let mine = || {
        audit_owners::table
            .inner_join(audit_log::table)
            .filter(tenant_eq(
                audit_owners::tenant_id,
                tx.scope.tenant().as_str(),
            ))
    };
    let mut query = mine()
        .select((
            audit_log::id,
            audit_log::at,
            audit_log::acting_tenant,
            audit_log::operation,
            audit_owners::subjects,
        ))
        .order(audit_owners::audit_id.desc())
        .limit(page.limit + 1)
        .into_boxed::<crate::conn::MultiBackend>();
    if let Some(after) = page.after.clone() {
        query = query.filter(audit_owners::audit_id.lt(after.id));
    }
    let total = if page.count {
        Some(mine().count().get_result(tx.conn)?)
    } else {
        None
    };
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.0.clone(),
    });
    let entity = |(audit, at, viewer, operation, subjects): Row| {
        Ok(RecordRead {
            id: id(&audit)?,
            at: at.and_utc(),
            viewer_tenant: TenantId::new(viewer),
            operation,
            subject_ids: serde_json::from_str(&subjects)?,
        })
    };
    Ok(Page {
        items: cut.items.into_iter().map(entity).collect::<Outcome<_>>()?,
        next: cut.next,
        total,
    })
}
