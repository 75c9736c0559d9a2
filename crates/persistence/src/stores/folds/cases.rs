//! The fingerprints of past agreements, and the words by which viewers find cases.

use super::PAGE;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{agreement_access as access, agreements, import_rows};
use crate::stores::agreements::{Access, CASES, content_shown};
use crate::stores::search;
use diesel::prelude::*;
use vinculo_domain::imports::renewed_fingerprint;
use vinculo_domain::text;

/// Two agreements that were told apart by an apostrophe alone both stay on record: the second keeps
/// the fingerprint that it has.
pub(super) fn fingerprints(conn: &mut Conn) -> Outcome<()> {
    let mut after = (String::new(), String::new());
    loop {
        let rows: Vec<(String, String, Option<String>, bool)> = agreements::table
            .filter(agreements::tenant_id.ge(&after.0))
            .filter(
                agreements::tenant_id
                    .gt(&after.0)
                    .or(agreements::id.gt(&after.1)),
            )
            .filter(agreements::fingerprint.is_not_null())
            .order((agreements::tenant_id, agreements::id))
            .limit(PAGE)
            .select((
                agreements::tenant_id,
                agreements::id,
                agreements::fingerprint,
                agreements::retired_at
                    .is_null()
                    .and(agreements::recorded_in_error.eq(false)),
            ))
            .load(conn)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = (last.0.clone(), last.1.clone());
        for (tenant, id, stored, stands) in rows {
            let Some(now) = stored.as_deref().and_then(renewed_fingerprint) else {
                continue;
            };
            let other = agreements::table
                .filter(agreements::tenant_id.eq(&tenant))
                .filter(agreements::fingerprint.eq(&now))
                .filter(agreements::retired_at.is_null())
                .filter(agreements::recorded_in_error.eq(false));
            let taken: bool = diesel::select(diesel::dsl::exists(other)).get_result(conn)?;
            if taken && stands {
                continue;
            }
            diesel::update(agreements::table.find((tenant, id)))
                .set(agreements::fingerprint.eq(now))
                .execute(conn)?;
        }
    }
}

/// Importer, batch, line, fingerprint.
type ImportRow = (String, String, i32, Option<String>);

/// The same of what rows of files said.
pub(super) fn fingerprints_of_rows(conn: &mut Conn) -> Outcome<()> {
    let mut after = (String::new(), String::new(), 0);
    loop {
        let same_batch = import_rows::batch_id
            .eq(&after.1)
            .and(import_rows::line.gt(after.2));
        let rows: Vec<ImportRow> = import_rows::table
            .filter(import_rows::tenant_id.ge(&after.0))
            .filter(
                import_rows::tenant_id
                    .gt(&after.0)
                    .or(import_rows::batch_id.gt(&after.1))
                    .or(same_batch),
            )
            .order((
                import_rows::tenant_id,
                import_rows::batch_id,
                import_rows::line,
            ))
            .limit(PAGE)
            .select((
                import_rows::tenant_id,
                import_rows::batch_id,
                import_rows::line,
                import_rows::fingerprint,
            ))
            .load(conn)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = (last.0.clone(), last.1.clone(), last.2);
        for (tenant, batch, line, stored) in rows {
            let now = stored.as_deref().and_then(renewed_fingerprint);
            if now.is_some() && now != stored {
                diesel::update(import_rows::table.find((tenant, batch, line)))
                    .set(import_rows::fingerprint.eq(now))
                    .execute(conn)?;
            }
        }
    }
}

/// Only what an earlier program folded otherwise is read: most titles and names have nothing of it.
pub(super) fn words(conn: &mut Conn) -> Outcome<()> {
    let mut after = (String::new(), String::new());
    loop {
        let rows: Vec<Access> = access::table
            .filter(access::viewer_tenant.ge(&after.0))
            .filter(
                access::viewer_tenant
                    .gt(&after.0)
                    .or(access::agreement_id.gt(&after.1)),
            )
            .order((access::viewer_tenant, access::agreement_id))
            .limit(PAGE)
            .select(Access::as_select())
            .load(conn)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = (last.viewer_tenant.clone(), last.agreement_id.clone());
        for row in &rows {
            // The row names three counterparts at most.
            let whole = row.counterpart.matches("; ").count() < 2;
            if whole && text::is_plain(&row.title) && text::is_plain(&row.counterpart) {
                continue;
            }
            let (content, counterparts) = content_shown(conn, row)?;
            let mut texts = vec![content.title.as_str()];
            texts.extend(counterparts.iter().map(|card| card.name.as_str()));
            search::renew(conn, &row.viewer_tenant, CASES, &row.agreement_id, &texts)?;
        }
    }
}
