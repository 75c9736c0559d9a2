//! When signed agreements end, and how they continue.

use super::count::{Group, Grouped, Unit, groups, key, quality};
use super::keys::{By, FactColumn, Key};
use super::question::{Moment, Question, asked, having};
use super::stock::counted;
use super::table::{Counted, Tally, answer};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{agreement_facts as facts, annotations};
use crate::stores::administrations;
use crate::tx::ReadTx;
use chrono::{Months, NaiveDate};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;
use vinculo_domain::agreements::Stage;
use vinculo_domain::statistics::{Dimension, Family, Statistics};

/// More than the possible pairs of governments and last days.
const ALL: i64 = 1_000_000;

/// When signed agreements end, and how they continue.
pub fn life(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment {
        signed: true,
        ..Moment::of(tx, question)?
    };
    let tallies = match question.by.first() {
        Some(Dimension::Ending) => endings(tx.conn, &moment, question)?,
        Some(Dimension::TermOfOffice) => terms(tx.conn, &moment, question)?,
        Some(Dimension::Annotation) => annotated(tx.conn, &moment, question)?,
        _ => return counted(tx, Family::Life, &moment, question),
    };
    let (total, quality) = quality(tx.conn, &moment, question)?;
    let counted = Counted {
        total,
        quality,
        tallies,
        ..Counted::default()
    };
    answer(tx.conn, Family::Life, &moment, question, counted)
}

/// By the band of the last day.
fn endings(conn: &mut Conn, moment: &Moment, question: &Question) -> Outcome<Vec<Tally>> {
    let mut tallies = Vec::new();
    let second = question.by.get(1).copied();
    for (band, from, to) in bands(moment.day) {
        let other = key(second.unwrap_or(Dimension::Kind));
        let wanted = Grouped {
            unit: Unit::of(question),
            keys: (other, other),
            other: Dimension::Standing,
            ends: Some((from, to)),
            limit: ALL,
        };
        let found = groups(conn, moment, question, &wanted)?;
        tallies.extend(found.into_iter().map(|(key, _, count)| {
            let keys = [band.to_owned()].into_iter().chain(second.map(|_one| key));
            Tally::new(keys, count)
        }));
    }
    Ok(tallies)
}

/// By whether the last day is within the term in course, whoever heads the government. It uses the
/// administrations as stored now, because facts do not keep them.
fn terms(conn: &mut Conn, moment: &Moment, question: &Question) -> Outcome<Vec<Tally>> {
    let wanted = Grouped {
        unit: Unit::of(question),
        keys: (Key::Fact(FactColumn::Owner), Key::Fact(FactColumn::EndsOn)),
        other: Dimension::Standing,
        ends: None,
        limit: ALL,
    };
    let found = groups(conn, moment, question, &wanted)?;
    let terms = administrations::term_ends_on(conn, moment.day)?;
    let mut met: BTreeMap<&str, i64> = BTreeMap::new();
    for (owner, ends_on, count) in &found {
        let band = match (ends_on.as_str(), terms.get(owner)) {
            ("none", _) => "none",
            ("", _) => "",
            (last, _) if last < moment.on.as_str() => "ended",
            (_, None) => "",
            (last, Some(term)) if last <= term.as_str() => "with_the_term",
            _ => "after_the_term",
        };
        *met.entry(band).or_default() += count;
    }
    let tallies = met.into_iter();
    Ok(tallies
        .map(|(band, count)| Tally::new([band.to_owned()], count))
        .collect())
}

/// Renewals and terminations in the registry, each with the year of its effect.
fn annotated(conn: &mut Conn, moment: &Moment, question: &Question) -> Outcome<Vec<Tally>> {
    let of_fact = annotations::tenant_id
        .eq(facts::owner_tenant)
        .and(annotations::agreement_id.eq(facts::agreement_id));
    let keys = (By(annotations::kind), By(annotations::effective_on));
    let registered: &'static str = Stage::Registered.into();
    let mut query = facts::table
        .inner_join(annotations::table.on(of_fact))
        .group_by(keys)
        .select((keys.0, keys.1, count_star()))
        .into_boxed::<MultiBackend>()
        .filter(tenant_eq(facts::viewer_tenant, &moment.viewer))
        .filter(facts::valid_to.ge(moment.end))
        .filter(facts::valid_from.lt(moment.end))
        .filter(facts::stage.eq(registered))
        .filter(annotations::kind.eq_any(["renewal", "termination"]))
        .filter(annotations::created_at.lt(moment.end));
    query = match Unit::of(question) {
        Unit::Lead => query.filter(facts::position.eq(0)),
        _ => query.filter(facts::first_of_state.eq(true)),
    };
    query = asked!(query, moment, question);
    if Unit::of(question) != Unit::Lead {
        for (dimension, places) in &question.narrow {
            query = match dimension {
                Dimension::State => query.filter(facts::state.eq_any(places.clone())),
                Dimension::Municipality => query.filter(facts::municipality.eq_any(places.clone())),
                _ => query,
            };
        }
    }
    let mut met: BTreeMap<Vec<String>, i64> = BTreeMap::new();
    for (kind, day, count) in query.load::<Group>(conn)? {
        let year = day.get(..4).unwrap_or_default().to_owned();
        let keys = [kind, year].into_iter().take(question.by.len());
        *met.entry(keys.collect()).or_default() += count;
    }
    let tallies = met.into_iter();
    Ok(tallies
        .map(|(keys, count)| Tally::new(keys, count))
        .collect())
}

/// The bands of last days, each without the one before. An unknown day sorts before all days, and
/// "no end" after them.
fn bands(day: NaiveDate) -> Vec<(&'static str, String, String)> {
    let after = |months: u32| day.checked_add_months(Months::new(months)).unwrap_or(day);
    let next = |day: NaiveDate| day.succ_opt().unwrap_or(day).to_string();
    let yesterday = day.pred_opt().unwrap_or(day);
    vec![
        ("", String::new(), String::new()),
        ("ended", "0001-01-01".into(), yesterday.to_string()),
        ("within_6_months", day.to_string(), after(6).to_string()),
        ("within_12_months", next(after(6)), after(12).to_string()),
        ("within_24_months", next(after(12)), after(24).to_string()),
        ("later", next(after(24)), "9999-12-31".into()),
        ("none", "none".into(), "none".into()),
    ]
}
