//! Whom a case waits for, and for how long it has, as far as the caller may know.

mod keeping;
mod outside;

use super::cases::{self, Access, Case};
use super::{access, history};
use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::schema::agreement_turns as turns;
use crate::stores::calendars;
use crate::stores::mechanisms::date;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDate;
use diesel::dsl::{count_star, sum};
use diesel::prelude::*;
pub(super) use keeping::of_case;
pub(crate) use keeping::{NEVER, Row, end, keep, shown};
use keeping::{open, split};
use std::collections::BTreeMap;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{Level, Seat};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::limits::MAX_SHOWN_TURNS;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Refusal;
use vinculo_domain::turns::{Turn, TurnState, TurnTotal, Turns, WaitingFields, WaitingFor};
use vinculo_domain::wording;

/// The turns of a case, and the version of it that the caller knows.
pub fn list_turns(tx: &mut ReadTx<'_>, agreement: Uuid) -> Outcome<(Turns, i32)> {
    let access = cases::look(tx, agreement)?;
    let today = mexican_day(tx.now);
    let found = match access.level()? {
        Level::Full => whole(tx.conn, &access, today)?,
        Level::Submitted => outside::known_to(tx.conn, &access, today)?,
        // A government that hears that the case was given up does not learn how far it had come.
        Level::Summary => none(&access),
    };
    Ok((found, access.version))
}

/// The answer for those who were only told that the case exists.
fn none(access: &Access) -> Turns {
    Turns {
        as_of: LegalDate::day(mexican_day(access.updated_at.and_utc())),
        count: 0,
        turns: Vec::new(),
        totals: Vec::new(),
    }
}

/// All turns, for the owner's side.
fn whole(conn: &mut Conn, access: &Access, today: NaiveDate) -> Outcome<Turns> {
    let all = || of_case(&access.owner_tenant, &access.agreement_id);
    let count: i64 = all().count().get_result(conn)?;
    let rows: Vec<Row> = all()
        .order(turns::number.desc())
        .limit(MAX_SHOWN_TURNS)
        .select(Row::as_select())
        .load(conn)?;
    let sums: Vec<(String, Option<i64>, i64)> = all()
        .group_by(turns::waiting_for)
        .select((turns::waiting_for, sum(turns::business_days), count_star()))
        .load(conn)?;
    let mut totals = Totals::default();
    for (party, days, number) in sums {
        totals.add(known(&party)?, days.unwrap_or(0), number);
    }
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        let turn = turn(conn, row, today)?;
        if turn.until.is_none() {
            totals.add(turn.waiting_for, i64::from(turn.business_days), 0);
        }
        shown.push(turn);
    }
    Ok(Turns {
        as_of: LegalDate::day(today),
        count,
        turns: shown,
        totals: totals.lines(),
    })
}

/// The days of each party.
#[derive(Default)]
struct Totals(BTreeMap<WaitingFor, (i64, i64)>);

impl Totals {
    fn add(&mut self, party: WaitingFor, days: i64, number: i64) {
        let entry = self.0.entry(party).or_default();
        *entry = (entry.0 + days, entry.1 + number);
    }

    fn lines(self) -> Vec<TurnTotal> {
        let line = |(waiting_for, (business_days, turns))| TurnTotal {
            waiting_for,
            business_days,
            turns,
        };
        self.0.into_iter().map(line).collect()
    }
}

/// A turn as shown; an open one is counted up to `day`.
fn turn(conn: &mut Conn, row: &Row, day: NaiveDate) -> Outcome<Turn> {
    let used = row.calendar()?;
    let calendar = calendars::used(conn, &used)?;
    let due_on = row.due_on.as_deref().map(date).transpose()?;
    let last = row.until.map_or(day, |at| mexican_day(at.and_utc()));
    Ok(Turn {
        number: row.number,
        stage: known(&row.stage)?,
        waiting_for: row.waiting_for()?,
        holder: TenantId::new(&row.holder_tenant),
        since: row.since.and_utc(),
        until: row.until.map(|at| at.and_utc()),
        business_days: row
            .business_days
            .unwrap_or_else(|| calendar.business_days_between(row.first_day(), day)),
        target_days: row.target_days,
        state: TurnState::on(
            last,
            due_on.as_ref().map(LegalDate::earliest),
            row.until.is_some(),
            &calendar,
        ),
        due_on,
        calendar: used,
    })
}

/// The owner declares that it waits for its counterpart, or no longer does.
pub fn wait(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    fields: &WaitingFields,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Owner])?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    let stage = case.access.stage()?;
    let wanted = WaitingFor::from(fields.party);
    let now = open(tx.conn, &case)?;
    let now = now.map(|turn| turn.waiting_for()).transpose()?;
    let in_hand = WaitingFor::in_stage(stage) == Some(WaitingFor::Owner);
    if in_hand && now == Some(wanted) {
        fields.check()?;
        if history::last_note(tx.conn, &case, HistoryAction::Wait)? == fields.note {
            case.note_unchanged(tx);
            return Ok(());
        }
    }
    if !in_hand || now == Some(wanted) {
        return Err(Refusal::new(Problem::WrongStage)
            .saying(wording::agreements::waiting_for())
            .into());
    }
    fields.check()?;
    case.step(tx, stage)?;
    split(tx, &case, wanted)?;
    access::refresh_owner_side(tx, &case)?;
    let mut line = case.quiet_line(HistoryAction::Wait);
    line.note.clone_from(&fields.note);
    case.note(tx, "wait", Some(line))
}
