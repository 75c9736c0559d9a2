//! The stamps of access rows: none goes back, whoever stamped the row before.

use super::super::cases::{Access, Case};
use crate::failure::Outcome;
use crate::schema::agreement_access as access;
use crate::tx::{WriteTx, later, next};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;

/// When the row of each of these viewers last changed.
pub(super) fn stamps<'a>(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewers: impl Iterator<Item = &'a String>,
) -> Outcome<HashMap<String, NaiveDateTime>> {
    let rows: Vec<(String, NaiveDateTime)> = access::table
        .filter(access::viewer_tenant.eq_any(viewers.collect::<Vec<_>>()))
        .filter(access::agreement_id.eq(&case.row.id))
        .select((access::viewer_tenant, access::updated_at))
        .load(tx.conn)?;
    Ok(rows.into_iter().collect())
}

/// The stamp of a viewer's new row: that of the case, unless an assignment gave the row a later one.
pub(super) fn stamp(case: &Case, before: Option<NaiveDateTime>) -> NaiveDateTime {
    let at = case.row.updated_at;
    match before {
        Some(before) if before > at => later(before, at),
        _ => at,
    }
}

/// Gives the caller's own line of a case a new stamp: without a new version, the stamp alone tells its
/// systems of a change. The transaction must be opened for the case.
pub(crate) fn touch(tx: &mut WriteTx<'_>, line: &Access) -> Outcome<()> {
    let at = tx.stamp().max(next(line.updated_at));
    let own = access::table.find((&line.viewer_tenant, &line.agreement_id));
    diesel::update(own)
        .set(access::updated_at.eq(at))
        .execute(tx.conn)?;
    Ok(())
}
