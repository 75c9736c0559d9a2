//! What the stores of simple owned records share: a page in the order of ids, the order of refusals
//! of a change, the guarded update, and the note of a change.

use crate::audit::{Change, Unchanged};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::tx::WriteTx;
use diesel::prelude::*;
use serde_json::json;
use vinculo_domain::TenantId;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;

/// One page, oldest first. `load` reads so many rows with ids after the given one; the first page
/// passes one smaller than every id. `count` counts the whole list and runs only if the caller
/// wants the total.
pub(super) fn page<R>(
    conn: &mut Conn,
    wanted: &PageRequest,
    id: impl Fn(&R) -> &str,
    load: impl FnOnce(&mut Conn, String, i64) -> QueryResult<Vec<R>>,
    count: impl FnOnce(&mut Conn) -> QueryResult<i64>,
) -> Outcome<Page<R>> {
    let after = wanted.after.as_ref();
    let after = after.map_or_else(String::new, |after| after.id.clone());
    let rows = load(conn, after, wanted.limit + 1)?;
    let mut page = Page::cut(rows, wanted.limit, |row| After {
        key: String::new(),
        id: id(row).to_owned(),
    });
    if wanted.count {
        page.total = Some(count(conn)?);
    }
    Ok(page)
}

/// The checks before a change of a record, in this order: whether the caller may change it (403),
/// whether this very request already changed it (gives its stored answer), and whether `sent` is
/// the current version (412).
pub(super) fn admit_change(
    tx: &mut WriteTx<'_>,
    is_own: bool,
    present: i32,
    sent: i32,
) -> Outcome<()> {
    tx.scope.require()?;
    if !is_own {
        return Err(tx.scope.not_the_owner().into());
    }
    tx.check_idempotency()?;
    if present != sent {
        return Err(Problem::PreconditionFailed.into());
    }
    Ok(())
}

/// Refuses an update that found no row of the expected version: another change was first (412).
pub(super) fn require_changed(rows: usize) -> Outcome<()> {
    if rows == 0 {
        return Err(Problem::PreconditionFailed.into());
    }
    Ok(())
}

/// Notes a change whose event only says which record changed.
pub(super) fn note(
    tx: &mut WriteTx<'_>,
    kind: &'static str,
    (owner, id, version): (&str, &str, i32),
    event: &str,
) {
    tx.record(Change {
        owner: TenantId::new(owner),
        subject_kind: kind,
        subject_id: id.to_owned(),
        version,
        event: event.to_owned(),
        payload: json!({ "id": id, "version": version }),
    });
}

/// Notes that a patch left a record as it was.
pub(super) fn note_unchanged(
    tx: &mut WriteTx<'_>,
    kind: &'static str,
    (owner, id, version): (&str, &str, i32),
) {
    tx.record_unchanged(Unchanged {
        owner: TenantId::new(owner),
        subject_kind: kind,
        subject_id: id.to_owned(),
        version,
    });
}
