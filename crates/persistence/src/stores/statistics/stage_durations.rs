//! The passages of a case through its stages, as each viewer saw them.

use super::record::{SeenTurn, month};
use super::rows::end_of_time;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::agreement_spells as stage_durations;
use crate::stores::agreements::{Head, is_opined};
use crate::stores::calendars;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::statistics::{Event, Waiting};

#[derive(Queryable, Selectable)]
#[diesel(table_name = stage_durations, check_for_backend(MultiBackend))]
struct Open {
    id: String,
    stage: String,
    party: String,
    ordinal: i32,
    entered_at: NaiveDateTime,
    holder_tenant: String,
}

/// Ends the current passage, if there is one, and begins the next. Days are counted by the calendar
/// of the government that held the case. A passage is split when the case begins to wait for
/// somebody else in the same stage; that is neither an event nor a new round.
pub(super) fn enter(
    conn: &mut Conn,
    head: &Head<'_>,
    viewer: &str,
    (from, to): (Option<Stage>, Stage),
    turn: SeenTurn<'_>,
    at: NaiveDateTime,
) -> Outcome<()> {
    let word: &'static str = to.into();
    let party = match turn.waiting_for {
        "" => Waiting::None.into(),
        party => party,
    };
    let open: Option<Open> = stage_durations::table
        .filter(stage_durations::viewer_tenant.eq(viewer))
        .filter(stage_durations::agreement_id.eq(head.agreement))
        .filter(stage_durations::left_at.eq(end_of_time()))
        .select(Open::as_select())
        .first(conn)
        .optional()?;
    let mut same_stage = None;
    if let Some(open) = open {
        // With the same stage too, the viewer may have had no access for a while.
        if open.stage == word && open.party == party {
            return Ok(());
        }
        leave(conn, viewer, &open, at)?;
        same_stage = Some(open.ordinal).filter(|_ordinal| open.stage == word);
    }
    let ordinal = match same_stage {
        Some(ordinal) => ordinal,
        None => rounds(conn, head, viewer, word)? + 1,
    };
    let event = match Event::of(from, to) {
        _ if same_stage.is_some() => None,
        // A signed case also returns to `signed` when its review is given up.
        Some(Event::Opined) if !is_opined(conn, head.owner, head.agreement)? => None,
        event => event,
    };
    let event: &'static str = event.map_or("", Into::into);
    let row = (
        stage_durations::viewer_tenant.eq(viewer),
        stage_durations::id.eq(Uuid::now_v7().to_string()),
        stage_durations::agreement_id.eq(head.agreement),
        stage_durations::owner_tenant.eq(head.owner),
        stage_durations::stage.eq(word),
        stage_durations::party.eq(party),
        stage_durations::event.eq(event),
        stage_durations::ordinal.eq(ordinal),
        stage_durations::entered_at.eq(at),
        stage_durations::entered_month.eq(month(at)),
        stage_durations::left_at.eq(end_of_time()),
        stage_durations::holder_tenant.eq(turn.holder),
        stage_durations::target_days.eq(turn.target_days),
    );
    diesel::insert_into(stage_durations::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}

fn leave(conn: &mut Conn, viewer: &str, open: &Open, at: NaiveDateTime) -> Outcome<()> {
    let (calendar, _used) = calendars::current(conn, &TenantId::new(&open.holder_tenant))?;
    let (first, last) = (open.entered_at.and_utc(), at.and_utc());
    let days = calendar.business_days_between(mexican_day(first), mexican_day(last));
    diesel::update(stage_durations::table.find((viewer, &open.id)))
        .set((
            stage_durations::left_at.eq(at),
            stage_durations::business_days.eq(days),
        ))
        .execute(conn)?;
    Ok(())
}

/// How often the case was in a stage before, as the viewer saw it.
fn rounds(conn: &mut Conn, head: &Head<'_>, viewer: &str, stage: &str) -> Outcome<i32> {
    let last: Option<i32> = stage_durations::table
        .filter(stage_durations::viewer_tenant.eq(viewer))
        .filter(stage_durations::agreement_id.eq(head.agreement))
        .filter(stage_durations::stage.eq(stage))
        .select(diesel::dsl::max(stage_durations::ordinal))
        .first(conn)?;
    Ok(last.unwrap_or(0))
}
