//! The turns of a case as a reviewer may know them: one for each stage, up to the last step that it
//! was told of. It does not learn how the owner shares its time with its counterpart, when it began
//! to draft, or which target it set itself.

use super::super::cases::Access;
use super::keeping::{OfCase, Row, of_case};
use super::{Totals, turn};
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::schema::{agreement_grants as grants, agreement_turns as turns};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, exists, max, sum};
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::limits::MAX_SHOWN_TURNS;
use vinculo_domain::turns::{Turn, Turns, WaitingFor};

/// What happened before the case was sent is known only to the owner's side.
const UNSENT: &str = "draft";

/// The turns that the viewer was told of.
pub(super) fn known_to(conn: &mut Conn, access: &Access, today: NaiveDate) -> Outcome<Turns> {
    let all =
        || of_case(&access.owner_tenant, &access.agreement_id).filter(turns::stage.ne(UNSENT));
    // The first turn of each stage; the stage's other turns are split off from it.
    let steps = || {
        all()
            .filter(turns::version.eq(turns::step))
            .filter(turns::step.le(access.step_limit()))
    };
    let count: i64 = steps().count().get_result(conn)?;
    let rows: Vec<Row> = steps()
        .order(turns::number.desc())
        .limit(MAX_SHOWN_TURNS)
        .select(Row::as_select())
        .load(conn)?;
    let day = if follows(conn, access)? {
        today
    } else {
        mexican_day(access.updated_at.and_utc())
    };
    let stage: Stage = access.stage()?;
    let last = rows.first().map_or(0, |row| row.step);
    let ended = if WaitingFor::in_stage(stage).is_none() {
        last
    } else {
        last - 1
    };
    let mut totals = Totals::default();
    let ended_turns = || all().filter(turns::step.le(ended));
    let sums: Vec<(String, Option<i64>)> = ended_turns()
        .group_by(turns::waiting_for)
        .select((turns::waiting_for, sum(turns::business_days)))
        .load(conn)?;
    for (party, days) in sums {
        let party: WaitingFor = known(&party)?;
        totals.add(party.outside(), days.unwrap_or(0), 0);
    }
    let counts: Vec<(String, i64)> = steps()
        .group_by(turns::waiting_for)
        .select((turns::waiting_for, count_star()))
        .load(conn)?;
    for (party, number) in counts {
        totals.add(known(&party)?, 0, number);
    }
    let ends = ends(conn, access, &rows)?;
    let mut shown = Vec::with_capacity(rows.len());
    for (row, number) in rows
        .iter()
        .zip((1..=i32::try_from(count).unwrap_or(i32::MAX)).rev())
    {
        let end = ends.get(&row.step).filter(|_end| row.step <= ended);
        let turn = Turn {
            number,
            ..told(conn, access, row, end.copied(), day)?
        };
        if end.is_none() {
            totals.add(turn.waiting_for, i64::from(turn.business_days), 0);
        }
        shown.push(turn);
    }
    shown.reverse();
    Ok(Turns {
        as_of: LegalDate::day(day),
        count,
        turns: shown,
        totals: totals.lines(),
    })
}

/// Whether the viewer is told of every step.
fn follows(conn: &mut Conn, access: &Access) -> Outcome<bool> {
    let seat = grants::table
        .filter(grants::tenant_id.eq(&access.owner_tenant))
        .filter(grants::agreement_id.eq(&access.agreement_id))
        .filter(tenant_eq(grants::viewer_tenant, &access.viewer_tenant))
        .filter(grants::until.is_null())
        .filter(grants::follows.eq(true));
    Ok(diesel::select(exists(seat)).get_result(conn)?)
}

/// When a step ended, and how many days it took.
type End = (NaiveDateTime, i64);

fn ends(conn: &mut Conn, access: &Access, rows: &[Row]) -> Outcome<HashMap<i32, End>> {
    let steps: Vec<i32> = rows.iter().map(|row| row.step).collect();
    let case: OfCase<'_> = of_case(&access.owner_tenant, &access.agreement_id);
    let found: Vec<(i32, Option<NaiveDateTime>, Option<i64>)> = case
        .filter(turns::step.eq_any(steps))
        .group_by(turns::step)
        .select((turns::step, max(turns::until), sum(turns::business_days)))
        .load(conn)?;
    let end = |(step, until, days): (i32, Option<NaiveDateTime>, Option<i64>)| {
        until.map(|until| (step, (until, days.unwrap_or(0))))
    };
    Ok(found.into_iter().filter_map(end).collect())
}

/// A step as shown outside the owner's side.
fn told(
    conn: &mut Conn,
    access: &Access,
    row: &Row,
    end: Option<End>,
    day: NaiveDate,
) -> Outcome<Turn> {
    let mut whole = row.clone();
    whole.until = end.map(|(until, _days)| until);
    whole.business_days = end.map(|(_until, days)| i32::try_from(days).unwrap_or(i32::MAX));
    if row.holder_tenant == access.owner_tenant {
        whole.target_days = None;
        whole.due_on = None;
    }
    turn(conn, &whole, day)
}
