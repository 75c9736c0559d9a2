//! Reads records: a page of a list, and one record as it is or as it was.

use super::sight::{Seen, owner_if_seen, seen, shown};
use super::spaces::spaces;
use super::{RecordView, page};
use crate::conn::Conn;
use crate::failure::{Outcome, id};
use crate::stores::agreements::Access;
use crate::stores::counterparts;
use crate::tx::ReadTx;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::records::{Kind, Values, change_key, find};

/// In which order a list shows records; those that stand alike are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RecordSort {
    /// By title.
    #[default]
    Title,
    /// The latest change first.
    Newest,
    /// The earliest change first: what changes meanwhile comes after what was read.
    Oldest,
}

/// Which records a list shows, and in which order. An empty filter narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct RecordFilter {
    /// Facets by name, each with the values of which one must hold.
    pub facets: Vec<(&'static str, Vec<String>)>,
    /// Word beginnings.
    pub q: Option<String>,
    /// With this id in another system.
    pub external_id: Option<(String, String)>,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
    /// The order.
    pub sort: RecordSort,
}

/// One page of the records of a kind.
pub fn list(
    tx: &mut ReadTx<'_>,
    kind: &'static Kind,
    filter: &RecordFilter,
    wanted: &PageRequest,
) -> Outcome<Page<RecordView>> {
    let mut spaces = spaces(tx.conn, tx.scope, kind)?;
    if !targets_are_seen(tx.conn, tx.scope, kind, filter)? {
        spaces.clear();
    }
    let place = (&*spaces, wanted.after.as_ref(), wanted.limit + 1);
    let rows = page::page(tx.conn, tx.scope, kind, filter, place)?;
    let cut = Page::cut(rows, wanted.limit, |row| After {
        key: match filter.sort {
            RecordSort::Title => row.sort_key.clone(),
            RecordSort::Newest | RecordSort::Oldest => change_key(row.updated_at.and_utc()),
        },
        id: row.id.clone(),
    });
    let total = if wanted.count {
        Some(page::count(tx.conn, tx.scope, kind, filter, &spaces)?)
    } else {
        None
    };
    let mut found = Vec::new();
    for row in cut.items {
        if row.visibility != "public" {
            tx.disclose(&TenantId::new(&row.tenant_id), Some(id(&row.id)?));
        }
        found.push(Seen::of(tx.scope, row)?);
    }
    Ok(Page {
        items: shown(tx.conn, tx.scope, tx.now, found)?,
        next: cut.next,
        total,
    })
}

/// Whether the caller sees what a filter names: otherwise the list would tell that somebody's record
/// names it.
fn targets_are_seen(
    conn: &mut Conn,
    scope: &Scope,
    kind: &'static Kind,
    filter: &RecordFilter,
) -> Outcome<bool> {
    if vinculo_domain::faults::seeded("any target") {
        return Ok(true);
    }
    for (name, values) in &filter.facets {
        for value in values {
            let Ok(target) = Uuid::try_parse(value) else {
                continue;
            };
            let declared = kind.spec.filters.iter().find(|one| one.name == *name);
            let owner = match (*name, declared.map(|one| one.values)) {
                ("agreement_id", _) => Access::owner_if_seen(conn, scope, target)?,
                ("counterpart_id", _) => counterparts::owner_if_seen(conn, scope, target)?,
                (_, Some(Values::Record(other))) => match find(other) {
                    Some(other) => owner_if_seen(conn, scope, other, target)?,
                    None => None,
                },
                _ => continue,
            };
            if owner.is_none() {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// One record, if the caller sees it.
pub fn get(tx: &mut ReadTx<'_>, kind: &'static Kind, record: Uuid) -> Outcome<RecordView> {
    let seen = seen(tx.conn, tx.scope, kind, record)?;
    if seen.row.visibility != "public" {
        tx.disclose(&TenantId::new(&seen.row.tenant_id), Some(record));
    }
    one(tx.conn, tx.scope, tx.now, seen)
}

/// One record as the caller reads it.
pub(super) fn one(
    conn: &mut Conn,
    scope: &Scope,
    now: DateTime<Utc>,
    seen: Seen,
) -> Outcome<RecordView> {
    let mut shown = shown(conn, scope, now, vec![seen])?;
    let one = shown.pop();
    one.ok_or_else(|| vinculo_domain::problems::Problem::NotFound.into())
}
