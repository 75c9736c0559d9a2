//! Turns the counts into an answer.

use super::question::{Moment, Question};
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{agreement_facts as facts, governments};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};
use vinculo_domain::catalogs::Lang;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::statistics::{
    self, Dimension, Family, Measures, NONE, OTHERS, Point, Quality, Statistics, StatisticsRow,
    UNKNOWN, label, rule, shares, tenths,
};

/// One row before its share is computed.
pub(super) struct Tally {
    pub(super) keys: Vec<String>,
    pub(super) count: i64,
    pub(super) measures: Measures,
}

impl Tally {
    pub(super) fn new(keys: impl IntoIterator<Item = String>, count: i64) -> Self {
        Self {
            keys: keys.into_iter().collect(),
            count,
            measures: Measures::default(),
        }
    }
}

/// The counts.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) total: i64,
    pub(super) quality: Quality,
    pub(super) tallies: Vec<Tally>,
    /// The sum of all rows, if it is more than that of the tallies.
    pub(super) sum: Option<i64>,
    pub(super) measures: Measures,
    pub(super) over_time: Vec<Point>,
    /// Whether the rows are in their final order.
    pub(super) ordered: bool,
}

/// The answer.
pub(super) fn answer(
    conn: &mut Conn,
    family: Family,
    moment: &Moment,
    question: &Question,
    counted: Counted,
) -> Outcome<Statistics> {
    let sum = counted
        .sum
        .unwrap_or_else(|| counted.tallies.iter().map(|tally| tally.count).sum());
    let mut tallies = merged(counted.tallies);
    if !counted.ordered {
        tallies.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.keys.cmp(&b.keys)));
    }
    tallies.truncate(question.rows);
    if question.by.first().is_some_and(|first| first.is_time()) && !counted.ordered {
        tallies.sort_by(|a, b| a.keys.cmp(&b.keys));
    }
    let rest = sum - tallies.iter().map(|tally| tally.count).sum::<i64>();
    if rest > 0 {
        let others = question.by.iter().map(|_one| OTHERS.to_owned());
        tallies.push(Tally::new(others, rest));
    }
    let counts: Vec<i64> = tallies.iter().map(|tally| tally.count).collect();
    let names = names(conn, moment, question, &tallies)?;
    let rows = tallies.into_iter().zip(shares(&counts));
    let rows = rows.map(|(tally, share)| row(question, &names, tally, share));
    let begins_on = begins_later(conn, moment)?;
    Ok(Statistics {
        family,
        scope: question.audience,
        as_of: moment.on.clone(),
        note: begins_on.map(|day| (&statistics::begins_later(day)).into()),
        begins_on: begins_on.map(|day| day.to_string()),
        count_by: question.count_by,
        by: question.by.clone(),
        filter: question.filter.clone(),
        counting_rule: rule(family, question.audience, question.count_by, &question.by)
            .pick(question.spanish)
            .to_owned(),
        quality: counted.quality,
        total: counted.total,
        counted: sum,
        rows: rows.collect(),
        measures: counted.measures,
        over_time: counted.over_time,
    })
}

/// The first day of which the viewer has anything on record, if the moment is before it.
fn begins_later(conn: &mut Conn, moment: &Moment) -> Outcome<Option<NaiveDate>> {
    let own = || facts::table.filter(tenant_eq(facts::viewer_tenant, &moment.viewer));
    let there = own().filter(facts::valid_from.lt(moment.end));
    if diesel::select(diesel::dsl::exists(there)).get_result(conn)? {
        return Ok(None);
    }
    let first: Option<NaiveDateTime> = own()
        .select(diesel::dsl::min(facts::valid_from))
        .first(conn)?;
    Ok(first.map(|at| mexican_day(at.and_utc())))
}

/// All unknown values become one row, however they were stored.
fn merged(tallies: Vec<Tally>) -> Vec<Tally> {
    let mut places: HashMap<Vec<String>, usize> = HashMap::new();
    let mut found: Vec<Tally> = Vec::with_capacity(tallies.len());
    for mut tally in tallies {
        for key in tally.keys.iter_mut().filter(|key| key.is_empty()) {
            UNKNOWN.clone_into(key);
        }
        match places.get(&tally.keys).and_then(|at| found.get_mut(*at)) {
            Some(known) => known.count += tally.count,
            None => {
                places.insert(tally.keys.clone(), found.len());
                found.push(tally);
            }
        }
    }
    found
}

fn row(
    question: &Question,
    names: &HashMap<String, String>,
    tally: Tally,
    share: i64,
) -> StatisticsRow {
    let lang = if question.spanish { Lang::Es } else { Lang::En };
    let (mut keys, mut labels) = (BTreeMap::new(), BTreeMap::new());
    for (one, key) in question.by.iter().zip(tally.keys) {
        let name = names.get(&key).filter(|_name| is_place(*one)).cloned();
        let text = name.unwrap_or_else(|| label(*one, &key, lang));
        labels.insert(one.name().to_owned(), text);
        keys.insert(one.name().to_owned(), key);
    }
    StatisticsRow {
        keys,
        labels,
        count: tally.count,
        share: tenths(share),
        measures: tally.measures,
    }
}

fn is_place(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::State | Dimension::Municipality)
}

/// The names of the governments among the keys, on the day.
fn names(
    conn: &mut Conn,
    moment: &Moment,
    question: &Question,
    tallies: &[Tally],
) -> Outcome<HashMap<String, String>> {
    let mut ids: Vec<&String> = Vec::new();
    for (at, _place) in question
        .by
        .iter()
        .enumerate()
        .filter(|(_, one)| is_place(**one))
    {
        ids.extend(tallies.iter().filter_map(|tally| tally.keys.get(at)));
    }
    ids.retain(|id| ![NONE, UNKNOWN, OTHERS].contains(&id.as_str()));
    ids.sort();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = governments::table
        .filter(governments::id.eq_any(ids))
        .filter(governments::valid_from.le(&moment.on))
        .filter(
            governments::valid_to
                .is_null()
                .or(governments::valid_to.gt(&moment.on)),
        )
        .select((governments::id, governments::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
