//! When an owner may bypass its state: the state's note is advice, not a veto.

use super::cases::Row;
use super::conditions::{self, Asker};
use super::turns;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{agreement_turns, history};
use crate::stores::governments;
use crate::stores::mechanisms::date;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementKind, STATE_REVIEW_DAYS};
use vinculo_domain::clock::mexican_day;

/// Whether the state has returned the case before, has let its time run out, or no longer has a
/// mechanism in force with a staffed office.
pub(super) fn has_ground(
    conn: &mut Conn,
    asker: &Asker<'_>,
    row: &Row,
    kind: AgreementKind,
) -> Outcome<bool> {
    let owner = TenantId::new(&row.tenant_id);
    let Some(state) = governments::find(conn, &owner)?.and_then(|lead| lead.parent_id) else {
        return Ok(true);
    };
    Ok(has_returned(conn, row)?
        || has_run_out(conn, asker, row)?
        || !conditions::routes(conn, asker, &owner, &state, kind)?)
}

fn has_returned(conn: &mut Conn, row: &Row) -> Outcome<bool> {
    let returns = history::table
        .filter(history::tenant_id.eq(&row.tenant_id))
        .filter(history::agreement_id.eq(&row.id))
        .filter(history::action.eq("return_to_owner"))
        .filter(history::from_stage.eq("state_review"));
    Ok(diesel::select(diesel::dsl::exists(returns)).get_result(conn)?)
}

/// Whether the day has come from which the state's time no longer holds the case.
fn has_run_out(conn: &mut Conn, asker: &Asker<'_>, row: &Row) -> Outcome<bool> {
    let opens_on = opens_on(conn, row)?;
    Ok(opens_on.is_some_and(|day| day <= asker.today()))
}

/// The day after the due day of the state's own target, or after the time that every state has. A
/// target can shorten that time, never lengthen it. None if the case never came to the state.
pub(super) fn opens_on(conn: &mut Conn, row: &Row) -> Outcome<Option<NaiveDate>> {
    let since: Option<NaiveDateTime> = history::table
        .filter(history::tenant_id.eq(&row.tenant_id))
        .filter(history::agreement_id.eq(&row.id))
        .filter(history::to_stage.eq("state_review"))
        .filter(history::from_stage.ne("state_review"))
        .order(history::version.desc())
        .select(history::at)
        .first(conn)
        .optional()?;
    let limit =
        since.map(|since| mexican_day(since.and_utc()) + TimeDelta::days(STATE_REVIEW_DAYS));
    let due: Option<Option<String>> = turns::of_case(&row.tenant_id, &row.id)
        .filter(agreement_turns::until.is_null())
        .select(agreement_turns::due_on)
        .first(conn)
        .optional()?;
    let due = due.flatten().as_deref().map(date).transpose()?;
    let last = [limit, due.map(|due| due.latest())]
        .into_iter()
        .flatten()
        .min();
    Ok(last.and_then(|last| last.succ_opt()))
}
