//! The turns of a case. They depend only on its stage: every refresh of the access rows asks
//! [`keep`] for the open turn first, so no move of a case can forget the clock.

use super::super::cases::Case;
use super::super::sharing::current;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::{agreement_grants as grants, agreement_turns as turns};
use crate::stores::{calendars, targets};
use crate::tx::WriteTx;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use vinculo_domain::agreements::{Seat, Stage};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::turns::{CalendarUsed, WaitingFor};
use vinculo_domain::{Refusal, TenantId};

/// A turn as stored.
#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = turns, check_for_backend(MultiBackend))]
pub(crate) struct Row {
    tenant_id: String,
    agreement_id: String,
    pub(crate) number: i32,
    pub(crate) step: i32,
    pub(crate) version: i32,
    pub(crate) stage: String,
    pub(crate) waiting_for: String,
    pub(crate) holder_tenant: String,
    pub(crate) since: NaiveDateTime,
    pub(crate) until: Option<NaiveDateTime>,
    pub(crate) target_days: Option<i32>,
    pub(crate) due_on: Option<String>,
    calendar_tenant: String,
    calendar_id: Option<String>,
    calendar_version: i32,
    pub(crate) business_days: Option<i32>,
}

impl Row {
    /// The calendar it is counted by.
    pub(crate) fn calendar(&self) -> Outcome<CalendarUsed> {
        Ok(CalendarUsed {
            government_id: TenantId::new(&self.calendar_tenant),
            id: self.calendar_id.as_deref().map(id).transpose()?,
            version: self.calendar_version,
        })
    }

    /// The business days from its beginning to a day.
    pub(crate) fn days_until(&self, conn: &mut Conn, day: NaiveDate) -> Outcome<i32> {
        let calendar = calendars::used(conn, &self.calendar()?)?;
        Ok(calendar.business_days_between(self.first_day(), day))
    }

    pub(crate) fn first_day(&self) -> NaiveDate {
        mexican_day(self.since.and_utc())
    }

    pub(crate) fn waiting_for(&self) -> Outcome<WaitingFor> {
        known(&self.waiting_for)
    }
}

pub(crate) type OfCase<'a> = diesel::helper_types::Filter<
    diesel::helper_types::Filter<
        turns::table,
        diesel::helper_types::Eq<turns::tenant_id, &'a String>,
    >,
    diesel::helper_types::Eq<turns::agreement_id, &'a String>,
>;

pub(crate) fn of_case<'a>(owner: &'a String, agreement: &'a String) -> OfCase<'a> {
    turns::table
        .filter(turns::tenant_id.eq(owner))
        .filter(turns::agreement_id.eq(agreement))
}

/// The open turn of a case.
pub(crate) fn open(conn: &mut Conn, case: &Case) -> Outcome<Option<Row>> {
    Ok(of_case(&case.row.tenant_id, &case.row.id)
        .filter(turns::until.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// The open turn for the case's current stage: the one that is open, or a new one if the stage has
/// changed.
pub(crate) fn keep(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<Option<Row>> {
    let before = open(tx.conn, case)?;
    if let Some(turn) = before.as_ref().filter(|turn| turn.stage == case.row.stage) {
        return Ok(Some(turn.clone()));
    }
    end(tx, case)?;
    let stage: Stage = known(&case.row.stage)?;
    let Some(party) = WaitingFor::in_stage(stage) else {
        return Ok(None);
    };
    let holder = holder(tx.conn, case, stage.holder())?;
    let target = targets::of(tx.conn, &holder, stage)?;
    begin(tx, case, party, holder, case.row.version, target, 0).map(Some)
}

/// Ends the open turn, if there is one, and counts it by the calendar it began with.
pub(crate) fn end(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let Some(turn) = open(tx.conn, case)? else {
        return Ok(());
    };
    let days = turn.days_until(tx.conn, mexican_day(tx.now))?;
    let mine = turns::table.find((&case.row.tenant_id, &case.row.id, turn.number));
    diesel::update(mine)
        .set((turns::until.eq(tx.stamp()), turns::business_days.eq(days)))
        .execute(tx.conn)?;
    Ok(())
}

/// Splits the owner's turn, so that the counterpart's time is counted separately. The rest of the
/// owner's target continues when the case is its own again.
pub(crate) fn split(tx: &mut WriteTx<'_>, case: &Case, party: WaitingFor) -> Outcome<()> {
    let turn = keep(tx, case)?.ok_or_else(|| Refusal::internal("a split without a turn"))?;
    end(tx, case)?;
    let (first, used) = of_step(tx.conn, case, turn.step)?;
    let target = first.target_days.filter(|_days| party == WaitingFor::Owner);
    let holder = TenantId::new(&turn.holder_tenant);
    begin(tx, case, party, holder, turn.step, target, used)?;
    Ok(())
}

/// The first turn of a step, and the days that its holder itself has used in it.
fn of_step(conn: &mut Conn, case: &Case, step: i32) -> Outcome<(Row, i32)> {
    let of_step = || of_case(&case.row.tenant_id, &case.row.id).filter(turns::step.eq(step));
    let first = of_step()
        .order(turns::number.asc())
        .select(Row::as_select())
        .first(conn)?;
    let counterpart: &'static str = WaitingFor::Counterpart.into();
    let used: Option<i64> = of_step()
        .filter(turns::waiting_for.ne(counterpart))
        .select(diesel::dsl::sum(turns::business_days))
        .first(conn)?;
    Ok((first, i32::try_from(used.unwrap_or(0)).unwrap_or(i32::MAX)))
}

/// Begins a turn; `used` of its target's days are already over.
fn begin(
    tx: &mut WriteTx<'_>,
    case: &Case,
    party: WaitingFor,
    holder: TenantId,
    step: i32,
    target: Option<i32>,
    used: i32,
) -> Outcome<Row> {
    let (calendar, by) = calendars::current(tx.conn, &holder)?;
    let today = mexican_day(tx.now);
    let due = target.map(|days| calendar.add_business_days(today, (days - used).max(0)));
    let newest: Option<i32> = of_case(&case.row.tenant_id, &case.row.id)
        .select(diesel::dsl::max(turns::number))
        .first(tx.conn)?;
    let party: &'static str = party.into();
    let row = Row {
        tenant_id: case.row.tenant_id.clone(),
        agreement_id: case.row.id.clone(),
        number: newest.unwrap_or(0) + 1,
        step,
        version: case.row.version,
        stage: case.row.stage.clone(),
        waiting_for: party.to_owned(),
        holder_tenant: holder.to_string(),
        since: tx.stamp(),
        until: None,
        target_days: target,
        due_on: due.map(|day| LegalDate::day(day).as_str().to_owned()),
        calendar_tenant: by.government_id.to_string(),
        calendar_id: by.id.map(|id| id.to_string()),
        calendar_version: by.version,
        business_days: None,
    };
    diesel::insert_into(turns::table)
        .values(row.clone())
        .execute(tx.conn)?;
    Ok(row)
}

/// The government whose seat holds a stage.
fn holder(conn: &mut Conn, case: &Case, seat: Seat) -> Outcome<TenantId> {
    let reason: &'static str = match seat {
        Seat::Owner | Seat::Agent | Seat::Party | Seat::Reporter => return Ok(case.owner.clone()),
        Seat::Federal => return Ok(TenantId::sre()),
        Seat::StateReviewer => seat.into(),
    };
    let state: Option<String> = current(case)
        .filter(grants::reason.eq(reason))
        .order((
            grants::follows.desc(),
            grants::since.desc(),
            grants::id.desc(),
        ))
        .select(grants::viewer_tenant)
        .first(conn)
        .optional()?;
    Ok(state.map_or_else(|| case.owner.clone(), TenantId::new))
}

/// The open turn, as shown in a viewer's access row.
pub(crate) struct Shown {
    pub(crate) waiting_for: String,
    pub(crate) holder_tenant: String,
    pub(crate) held_since: String,
    pub(crate) due_on: String,
    pub(crate) target_days: Option<i32>,
}

/// Stands for "no due date" and sorts after all dates.
pub(crate) const NEVER: &str = "9999-12-31";

/// The open turn for a viewer's access row. A viewer outside the owner's side does not learn that
/// the owner waits for its counterpart, since when it drafts, or which target it set itself.
pub(crate) fn shown(
    conn: &mut Conn,
    case: &Case,
    turn: Option<&Row>,
    full: bool,
) -> Outcome<Shown> {
    let mut shown = Shown {
        waiting_for: String::new(),
        holder_tenant: String::new(),
        held_since: String::new(),
        due_on: NEVER.to_owned(),
        target_days: None,
    };
    let Some(turn) = turn else {
        return Ok(shown);
    };
    shown.holder_tenant.clone_from(&turn.holder_tenant);
    let party = turn.waiting_for()?;
    let word: &'static str = if full { party } else { party.outside() }.into();
    word.clone_into(&mut shown.waiting_for);
    if full || turn.holder_tenant != case.row.tenant_id {
        let first = if turn.version == turn.step {
            turn.first_day()
        } else {
            of_step(conn, case, turn.step)?.0.first_day()
        };
        LegalDate::day(first)
            .as_str()
            .clone_into(&mut shown.held_since);
        if let Some(due) = &turn.due_on {
            shown.due_on.clone_from(due);
        }
        shown.target_days = turn.target_days;
    }
    Ok(shown)
}
