//! What viewers see of a record that was corrected, or withdrawn as recorded in error. An error must
//! not stay in the lists and figures of those who know the record. So everybody who does is told of
//! its mending, even a government that no longer follows the case; of the steps in between that
//! government still learns nothing.

use super::super::cases::{Access, Case};
use super::super::sharing::current;
use super::super::turns::{self, NEVER};
use super::{content_shown, refresh_all, stamp, write_row};
use crate::failure::{Outcome, known};
use crate::schema::{agreement_access as access, agreement_grants as grants};
use crate::stores::statistics;
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use vinculo_domain::agreements::AgreementContent;

/// After a correction: everybody who knows of the record sees it as it stands now.
pub(crate) fn refresh_everybody(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_all(tx, case, content)?;
    for before in unfollowing(tx, case)? {
        let viewer = before.viewer_tenant.as_str();
        // It is told neither of a later urgency nor of whose turn it was meanwhile.
        let clock = (turns::keep(tx, case)?, known(&before.priority)?);
        let (shown, cards) = content_shown(tx.conn, &before)?;
        let at = stamp(case, Some(before.updated_at));
        let seen = (viewer, before.level()?, at);
        write_row(tx, case, seen, &clock, &shown, &cards)?;
        diesel::update(access::table.find((viewer, &case.row.id)))
            .set(access::known_version.eq(before.step_limit()))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// After a withdrawal: everybody who knows of the record still reads it, marked, outside of lists
/// and figures. Figures of earlier days stay as they were.
pub(crate) fn withdraw_everywhere(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let untold = unfollowing(tx, case)?.into_iter();
    let untold: Vec<String> = untold.map(|row| row.viewer_tenant).collect();
    let of_case = || {
        access::table
            .filter(access::owner_tenant.eq(&case.row.tenant_id))
            .filter(access::agreement_id.eq(&case.row.id))
    };
    let limited = of_case()
        .filter(access::viewer_tenant.eq_any(untold))
        .filter(access::known_version.eq(0));
    diesel::update(limited)
        .set(access::known_version.eq(access::version))
        .execute(tx.conn)?;
    // A row that an assignment stamped later keeps the later stamp.
    let ahead: Vec<(String, NaiveDateTime)> = of_case()
        .filter(access::updated_at.gt(case.row.updated_at))
        .select((access::viewer_tenant, access::updated_at))
        .load(tx.conn)?;
    diesel::update(of_case())
        .set((
            access::stage.eq(&case.row.stage),
            access::version.eq(case.row.version),
            access::updated_at.eq(case.row.updated_at),
            access::recorded_in_error.eq(true),
            access::waiting_for.eq(""),
            access::holder_tenant.eq(""),
            access::held_since.eq(""),
            access::due_on.eq(NEVER),
        ))
        .execute(tx.conn)?;
    for (viewer, before) in ahead {
        diesel::update(access::table.find((&viewer, &case.row.id)))
            .set(access::updated_at.eq(stamp(case, Some(before))))
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
