//! What viewers see of a record that was corrected, or withdrawn as recorded in error. An error must
//! not stay in the lists and figures of those who know the record. So everybody who does is told of
//! its mending, even a government that no longer follows the case; of the steps in between that
//! government still learns nothing.

use super::super::cases::{Access, Case};
use super::super::opinions;
use super::super::sharing::current;
use super::super::turns::{self, NEVER};
use super::stamps::stamp;
use super::{Reader, content_shown, refresh_all, write_row};
use crate::failure::{Outcome, known};
use crate::schema::{agreement_access as access, agreement_grants as grants};
use crate::stores::statistics;
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::BTreeSet;
use vinculo_domain::agreements::AgreementContent;

/// After a correction: everybody who knows of the record sees it as it stands now.
pub(crate) fn refresh_everybody(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_all(tx, case, content)?;
    let reviewed = opinions::newest(tx.conn, &case.row)?.is_some();
    for before in unfollowing(tx, case)? {
        let viewer = before.viewer_tenant.as_str();
        // It is told neither of a later urgency nor of whose turn it was meanwhile.
        let clock = (turns::keep(tx, case)?, known(&before.priority)?);
        let (shown, cards) = content_shown(tx.conn, &before)?;
        let at = stamp(case, Some(before.updated_at));
        let reader = Reader {
            viewer,
            level: before.level()?,
            updated_at: at,
            known_version: before.step_limit(),
            // An opinion came after it stopped following.
            compliance: reviewed.then_some(before.compliance.as_str()),
            counted: true,
        };
        write_row(tx, case, &reader, &clock, &shown, &cards)?;
    }
    Ok(())
}

/// After a withdrawal: everybody who knows of the record still reads it, marked, outside of lists
/// and figures. Figures of earlier days stay as they were.
pub(crate) fn withdraw_everywhere(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let untold = unfollowing(tx, case)?.into_iter();
    let untold: BTreeSet<String> = untold.map(|row| row.viewer_tenant).collect();
    let rows = || {
        access::table
            .filter(access::owner_tenant.eq(&case.row.tenant_id))
            .filter(access::agreement_id.eq(&case.row.id))
    };
    let before: Vec<Access> = rows().select(Access::as_select()).load(tx.conn)?;
    let withdrawn = |row: Access| {
        let known_version = if untold.contains(&row.viewer_tenant) {
            row.step_limit()
        } else {
            row.known_version
        };
        Access {
            stage: case.row.stage.clone(),
            version: case.row.version,
            updated_at: stamp(case, Some(row.updated_at)),
            changed_at: case.row.updated_at,
            recorded_in_error: true,
            known_version,
            waiting_for: String::new(),
            holder_tenant: String::new(),
            held_since: String::new(),
            due_on: NEVER.into(),
            ..row
        }
    };
    let after: Vec<Access> = before.into_iter().map(withdrawn).collect();
    diesel::delete(rows()).execute(tx.conn)?;
    for row in after {
        diesel::insert_into(access::table)
            .values(row)
            .execute(tx.conn)?;
    }
    statistics::end_for_all(tx.conn, &case.row.head(), tx.now.naive_utc())
}

/// The access rows of those who know of the case and do not follow it.
fn unfollowing(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<Vec<Access>> {
    let following: Vec<String> = current(case)
        .filter(grants::follows.eq(true).or(grants::level.eq("full")))
        .select(grants::viewer_tenant)
        .load(tx.conn)?;
    Ok(access::table
        .filter(access::owner_tenant.eq(&case.row.tenant_id))
        .filter(access::agreement_id.eq(&case.row.id))
        .filter(access::viewer_tenant.ne_all(following))
        .select(Access::as_select())
        .load(tx.conn)?)
}
