//! The passages of a case through its stages, as each viewer saw them.

use super::record::month;
use super::rows::end_of_time;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::agreement_spells as spells;
use crate::stores::agreements::Head;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::Stage;
use vinculo_domain::calendars::Calendar;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::statistics::{Event, Waiting};

#[derive(Queryable, Selectable)]
#[diesel(table_name = spells, check_for_backend(MultiBackend))]
struct Open {
    id: String,
    stage: String,
    entered_at: NaiveDateTime,
}

/// Ends the passage that lasted until now, if there is one, and begins the next. Days are counted
/// by the calendar that holds for whoever has written none.
pub(super) fn enter(
    conn: &mut Conn,
    head: &Head<'_>,
    viewer: &str,
    from: Option<Stage>,
    to: Stage,
    at: NaiveDateTime,
) -> Outcome<()> {
    let (word, party): (&'static str, &'static str) = (to.into(), Waiting::of(to).into());
    let open: Option<Open> = spells::table
        .filter(spells::viewer_tenant.eq(viewer))
        .filter(spells::agreement_id.eq(head.agreement))
        .filter(spells::left_at.eq(end_of_time()))
        .select(Open::as_select())
        .first(conn)
        .optional()?;
    if let Some(open) = open {
        if open.stage == word {
            // It was out of sight for a while, and nothing had happened when it came back.
            return Ok(());
        }
        let (first, last) = (open.entered_at.and_utc(), at.and_utc());
        let days = Calendar::default_for_mexico()
            .business_days_between(mexican_day(first), mexican_day(last));
        diesel::update(spells::table.find((viewer, &open.id)))
            .set((spells::left_at.eq(at), spells::business_days.eq(days)))
            .execute(conn)?;
    }
    let before: i64 = spells::table
        .filter(spells::viewer_tenant.eq(viewer))
        .filter(spells::agreement_id.eq(head.agreement))
        .filter(spells::stage.eq(word))
        .count()
        .get_result(conn)?;
    let event: &'static str = Event::of(from, to).map_or("", Into::into);
    let row = (
        spells::viewer_tenant.eq(viewer),
        spells::id.eq(Uuid::now_v7().to_string()),
        spells::agreement_id.eq(head.agreement),
        spells::owner_tenant.eq(head.owner),
        spells::stage.eq(word),
        spells::party.eq(party),
        spells::event.eq(event),
        spells::ordinal.eq(i32::try_from(before + 1).unwrap_or(i32::MAX)),
        spells::entered_at.eq(at),
        spells::entered_month.eq(month(at)),
        spells::left_at.eq(end_of_time()),
    );
    diesel::insert_into(spells::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}
