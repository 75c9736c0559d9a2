//! How long cases take: passages through stages, by histogram.

use super::count::quality;
use super::keys::{By, FactColumn, Key};
use super::question::{Moment, Question, asked, having, of_case};
use super::table::{Counted, Tally, answer};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{agreement_facts as facts, agreement_spells as stage_durations};
use crate::tx::ReadTx;
use chrono::{Days, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;
use vinculo_domain::clock::mexican_midnight;
use vinculo_domain::statistics::{Dimension, Family, Histogram, Measures, Statistics, tenths};

/// The bands of age, each with its first day and, except the last, the first day after it.
const AGES: [(&str, u64, Option<u64>); 5] = [
    ("days_0_29", 0, Some(30)),
    ("days_30_89", 30, Some(90)),
    ("days_90_179", 90, Some(180)),
    ("days_180_364", 180, Some(365)),
    ("days_365_on", 365, None),
];

/// Which passages.
#[derive(Clone, Copy)]
enum Passages {
    /// Those that had ended.
    Over,
    /// Those that had not ended and began between these instants.
    Open(NaiveDateTime, NaiveDateTime),
}

/// Where a group of passages counts: stage, waiting party, value of a second dimension.
type Place = (String, String, String);

/// Passages in one place: their business days, the target of their holder, the count.
type Passed = (Place, i32, Option<i32>, i64);

/// The same as read from the database.
type Group = (String, String, String, Option<i32>, Option<i32>, i64);

/// The measures of one row.
#[derive(Default)]
struct Lasted {
    over: Histogram,
    /// For passages with a target of their holder: how far each stayed below it.
    against_target: Histogram,
    waiting: i64,
}

impl Lasted {
    fn add(&mut self, days: i32, target: Option<i32>, count: i64) {
        self.over.add(days, count);
        if let Some(target) = target {
            self.against_target.add(days - target, count);
        }
    }

    fn measures(&self) -> Measures {
        Measures {
            median_days: self.over.percentile(50),
            p90_days: self.over.percentile(90),
            within_target: self.against_target.within(0).map(tenths),
            waiting: Some(self.waiting),
            ..Measures::default()
        }
    }
}

/// How long the passages of cases through their stages took.
pub fn time(
    tx: &mut ReadTx<'_>,
    question: &Question,
    target_days: Option<i32>,
) -> Outcome<Statistics> {
    let moment = Moment::of(tx, question)?;
    let (total, quality) = quality(tx.conn, &moment, question)?;
    let (first, second) = (question.by.first().copied(), question.by.get(1).copied());
    let mut counted = match (first, second) {
        (Some(Dimension::Rounds), _) => rounds(tx.conn, &moment, question)?,
        (_, Some(Dimension::Age)) => ages(tx.conn, &moment, question)?,
        _ => durations(tx.conn, &moment, question, target_days)?,
    };
    (counted.total, counted.quality) = (total, quality);
    answer(tx.conn, Family::Time, &moment, question, counted)
}

fn keys(question: &Question, (stage, party, other): Place) -> Vec<String> {
    let first = match question.by.first() {
        Some(Dimension::Party) => party,
        _ => stage,
    };
    [first, other].into_iter().take(question.by.len()).collect()
}

fn durations(
    conn: &mut Conn,
    moment: &Moment,
    question: &Question,
    target: Option<i32>,
) -> Outcome<Counted> {
    let mut met: BTreeMap<Vec<String>, Lasted> = BTreeMap::new();
    let mut all = Lasted::default();
    for (place, days, own, count) in passages(conn, moment, question, Passages::Over)? {
        let row = met.entry(keys(question, place)).or_default();
        row.add(days, target.or(own), count);
        all.add(days, target.or(own), count);
    }
    let open = Passages::Open(NaiveDateTime::MIN, moment.end);
    for (place, _days, _own, count) in passages(conn, moment, question, open)? {
        met.entry(keys(question, place)).or_default().waiting += count;
        all.waiting += count;
    }
    let tallies = met.into_iter().map(|(keys, row)| Tally {
        keys,
        count: row.over.count(),
        measures: row.measures(),
    });
    Ok(Counted {
        tallies: tallies.collect(),
        measures: all.measures(),
        ..Counted::default()
    })
}

fn ages(conn: &mut Conn, moment: &Moment, question: &Question) -> Outcome<Counted> {
    let mut tallies = Vec::new();
    let narrow = Question {
        by: question.by.iter().take(1).copied().collect(),
        ..question.clone()
    };
    let before = |days: u64| {
        let day = moment
            .day
            .checked_sub_days(Days::new(days))
            .unwrap_or(moment.day);
        mexican_midnight(day.succ_opt().unwrap_or(day)).naive_utc()
    };
    for (band, first, beyond) in AGES {
        let from = beyond.map_or(NaiveDateTime::MIN, before);
        let mut met: BTreeMap<Vec<String>, i64> = BTreeMap::new();
        let open = Passages::Open(from, before(first));
        for (place, _days, _own, count) in passages(conn, moment, &narrow, open)? {
            let mut keys = keys(&narrow, place);
            keys.push(band.to_owned());
            *met.entry(keys).or_default() += count;
        }
        tallies.extend(met.into_iter().map(|(keys, count)| Tally::new(keys, count)));
    }
    Ok(Counted {
        tallies,
        ..Counted::default()
    })
}

/// The groups of passages with the days they took; no days if they have not ended.
fn passages(
    conn: &mut Conn,
    moment: &Moment,
    question: &Question,
    which: Passages,
) -> Outcome<Vec<Passed>> {
    let second = question.by.get(1).copied();
    let other = second
        .and_then(FactColumn::of)
        .map_or(Key::Other(stage_durations::stage), Key::Fact);
    let keys = (
        By(stage_durations::stage),
        By(stage_durations::party),
        other,
        By(stage_durations::business_days),
        By(stage_durations::target_days),
    );
    let mut query = stage_durations::table
        .inner_join(facts::table.on(of_case(moment.end)))
        .group_by(keys)
        .select((keys.0, keys.1, keys.2, keys.3, keys.4, count_star()))
        .into_boxed::<MultiBackend>()
        .filter(tenant_eq(stage_durations::viewer_tenant, &moment.viewer))
        .filter(stage_durations::entered_at.lt(moment.end))
        .filter(stage_durations::party.ne("none"));
    query = match which {
        Passages::Over => query.filter(stage_durations::left_at.lt(moment.end)),
        Passages::Open(from, to) => {
            let open = query.filter(stage_durations::left_at.ge(moment.end));
            let open = open.filter(stage_durations::entered_at.lt(to));
            if from == NaiveDateTime::MIN {
                open
            } else {
                open.filter(stage_durations::entered_at.ge(from))
            }
        }
    };
    query = asked!(query, moment, question);
    let rows = query.load::<Group>(conn)?.into_iter();
    let rows = rows.map(|(stage, party, other, days, target, count)| {
        ((stage, party, other), days.unwrap_or(0), target, count)
    });
    Ok(rows.collect())
}

/// How many cases came to the legal review how many times. The database counts a case once for each
/// time it came.
fn rounds(conn: &mut Conn, moment: &Moment, question: &Question) -> Outcome<Counted> {
    let ordinal = By(stage_durations::ordinal);
    let mut query = stage_durations::table
        .inner_join(facts::table.on(of_case(moment.end)))
        .group_by(ordinal)
        .select((ordinal, count_star()))
        .into_boxed::<MultiBackend>()
        .filter(tenant_eq(stage_durations::viewer_tenant, &moment.viewer))
        .filter(stage_durations::entered_at.lt(moment.end))
        .filter(stage_durations::stage.eq("legal_review"));
    query = asked!(query, moment, question);
    let reached: BTreeMap<i32, i64> = query.load::<(i32, i64)>(conn)?.into_iter().collect();
    let exactly = reached.iter().map(|(times, count)| {
        let more = reached.get(&(times + 1)).copied().unwrap_or(0);
        (times, count - more)
    });
    let tallies = exactly
        .filter(|(_, count)| *count > 0)
        .map(|(times, count)| Tally::new([times.to_string()], count));
    Ok(Counted {
        tallies: tallies.collect(),
        ordered: true,
        ..Counted::default()
    })
}
