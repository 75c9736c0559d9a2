//! What happened, by month, year, administration or the dimensions of the agreement.

use super::count::{Grouped, Unit, groups, key, quality};
use super::keys::{By, FactColumn, Key};
use super::question::{Moment, Question, asked, having, of_case};
use super::table::{Counted, Tally, answer};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{agreement_facts as facts, agreement_spells as stage_durations};
use crate::stores::administrations;
use crate::tx::ReadTx;
use chrono::{Months, NaiveDate};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;
use vinculo_domain::administrations::{AdministrationFields, in_office as headed_on};
use vinculo_domain::statistics::{Dimension, Event, Family, Statistics};
use vinculo_domain::wording;
use vinculo_domain::{Refusal, TenantId};

/// More months than legal dates can have.
const ALL: i64 = 100_000;

/// What happened up to the end of a day.
pub fn flow(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment::of(tx, question)?;
    let (total, quality) = quality(tx.conn, &moment, question)?;
    let second = question.by.get(1).copied();
    let periods = periods(tx.conn, question)?;
    let place = |when: String, other: String| place(second, &periods, when, other);
    let mut met: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (event, month) in [
        (Event::Announced, FactColumn::AnnouncedMonth),
        (Event::Signed, FactColumn::SignedMonth),
        (Event::Registered, FactColumn::RegisteredMonth),
    ] {
        for (when, other, count) in by_date(tx.conn, &moment, question, month, second)? {
            // A signature at an unknown time counts; the other events need a month.
            let happened = match event {
                Event::Signed => other.1 != "unsigned",
                _ => !when.is_empty(),
            };
            if happened {
                let word: &'static str = event.into();
                let place = place(when, other.0);
                *met.entry((word.to_owned(), place)).or_default() += count;
            }
        }
    }
    for (event, when, other, count) in by_stage_duration(tx.conn, &moment, question, second)? {
        *met.entry((event, place(when, other))).or_default() += count;
    }
    let sum = met.values().sum();
    let mut rows: Vec<((String, String), i64)> = met.into_iter().collect();
    // If there are more months than rows, the last ones are shown.
    rows.sort_by(|(a, _), (b, _)| (&b.1, &b.0).cmp(&(&a.1, &a.0)));
    rows.truncate(question.rows);
    rows.sort();
    let width = question.by.len();
    let tally = |((event, place), count)| Tally::new([event, place].into_iter().take(width), count);
    let counted = Counted {
        total,
        quality,
        tallies: rows.into_iter().map(tally).collect(),
        sum: Some(sum),
        ordered: true,
        ..Counted::default()
    };
    answer(tx.conn, Family::Flow, &moment, question, counted)
}

/// The administrations that make the rows, of the government asked for: the municipality, or else
/// the state.
fn periods(conn: &mut Conn, question: &Question) -> Outcome<Vec<AdministrationFields>> {
    if !question.by.contains(&Dimension::Administration) {
        return Ok(Vec::new());
    }
    // A municipality is more precise than its state; of several nobody's periods could be meant.
    let government = match question.narrowed(Dimension::Municipality) {
        Some(_) => question.only(Dimension::Municipality),
        None => question.only(Dimension::State),
    };
    let government = government
        .ok_or_else(|| Refusal::field("by", "required", wording::statistics::one_government()))?;
    administrations::periods_of(conn, &TenantId::new(government))
}

/// The administration in office on the last day of a month.
fn in_office(periods: &[AdministrationFields], month: &str) -> String {
    let first = format!("{month}-01").parse::<NaiveDate>().ok();
    let last = first
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.pred_opt());
    let found = last.and_then(|last| headed_on(periods, last));
    found.map_or_else(String::new, |period| period.starts_on.as_str().to_owned())
}

/// The second key: the time, the administration in office, or the value of another dimension.
fn place(
    second: Option<Dimension>,
    periods: &[AdministrationFields],
    when: String,
    other: String,
) -> String {
    match second {
        Some(Dimension::Administration) => in_office(periods, &when),
        // A year alone is not a month.
        Some(Dimension::Month) if when.len() < 7 => String::new(),
        Some(Dimension::Month) => when,
        Some(Dimension::Year) => when.get(..4).unwrap_or_default().to_owned(),
        Some(_) => other,
        None => String::new(),
    }
}

type Dated = (String, (String, String), i64);

/// The months of one date of the agreements, with the value of a second dimension. For those
/// without a date, also whether they were signed at all.
fn by_date(
    conn: &mut Conn,
    moment: &Moment,
    question: &Question,
    month: FactColumn,
    second: Option<Dimension>,
) -> Outcome<Vec<Dated>> {
    let beside = second.filter(|one| FactColumn::of(*one).is_some() && *one != Dimension::Year);
    let mut found = Vec::new();
    for (signed, ends) in [("unsigned", ("unsigned", "unsigned")), ("", ("", "none"))] {
        let wanted = Grouped {
            unit: Unit::Lead,
            keys: (Key::Fact(month), beside.map_or(Key::Fact(month), key)),
            other: Dimension::Standing,
            ends: Some((ends.0.to_owned(), ends.1.to_owned())),
            limit: ALL,
        };
        let rows = groups(conn, moment, question, &wanted)?.into_iter();
        found.extend(rows.map(|(when, other, count)| (when, (other, signed.to_owned()), count)));
    }
    Ok(found)
}

/// The events that are changes of stage: event, month, value of a second dimension, count.
fn by_stage_duration(
    conn: &mut Conn,
    moment: &Moment,
    question: &Question,
    second: Option<Dimension>,
) -> Outcome<Vec<(String, String, String, i64)>> {
    let other = second
        .filter(|one| *one != Dimension::Year)
        .and_then(FactColumn::of)
        .map_or(Key::Other(stage_durations::event), Key::Fact);
    let keys = (
        By(stage_durations::event),
        By(stage_durations::entered_month),
        other,
    );
    let mut query = stage_durations::table
        .inner_join(facts::table.on(of_case(moment.end)))
        .group_by(keys)
        .select((keys.0, keys.1, keys.2, count_star()))
        .into_boxed::<MultiBackend>()
        .filter(tenant_eq(stage_durations::viewer_tenant, &moment.viewer))
        .filter(stage_durations::entered_at.lt(moment.end))
        .filter(stage_durations::event.ne(""));
    query = asked!(query, moment, question);
    Ok(query.load(conn)?)
}
