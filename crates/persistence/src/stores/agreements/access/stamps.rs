//! The stamps of access rows: none goes back, whoever stamped the row before.

use super::super::cases::Case;
use crate::failure::Outcome;
use crate::schema::agreement_access as access;
use crate::tx::{WriteTx, later};
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
