//! How many agreements there are, by what they are; what is missing; when they end.

use super::count::{Group, Grouped, Unit, groups, key, quality};
use super::question::{Moment, Question};
use super::table::{Counted, Tally, answer};
use crate::failure::Outcome;
use crate::tx::ReadTx;
use chrono::{Months, NaiveDate};
use vinculo_domain::statistics::{Dimension, Family, MAX_ROWS, Statistics};

/// One group more than an answer has rows, to see whether there are others.
pub(super) const ENOUGH: i64 = MAX_ROWS as i64 + 1;

/// The agreements that there were at the end of a day.
pub fn stock(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment::of(tx, question)?;
    counted(tx, Family::Stock, &moment, question)
}

/// What is missing for the law.
pub fn gaps(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment::of(tx, question)?;
    counted(tx, Family::Gaps, &moment, question)
}

/// When signed agreements end, and how they go on.
pub fn life(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment {
        signed: true,
        ..Moment::of(tx, question)?
    };
    if question.by.first() != Some(&Dimension::Ending) {
        return counted(tx, Family::Life, &moment, question);
    }
    let (total, quality) = quality(tx.conn, &moment, question)?;
    let mut tallies = Vec::new();
    let second = question.by.get(1).copied();
    for (band, from, to) in bands(moment.day) {
        let other = key(second.unwrap_or(Dimension::Kind));
        let wanted = Grouped {
            unit: Unit::of(question),
            keys: (other, other),
            other: Dimension::Standing,
            ends: Some((from, to)),
            limit: ENOUGH,
        };
        let found = groups(tx.conn, &moment, question, &wanted)?;
        tallies.extend(found.into_iter().map(|(key, _, count)| {
            let keys = [band.to_owned()].into_iter().chain(second.map(|_one| key));
            Tally::new(keys, count)
        }));
    }
    let counted = Counted {
        total,
        quality,
        tallies,
        ..Counted::default()
    };
    answer(tx.conn, Family::Life, &moment, question, counted)
}

/// The bands of last days, each without the one before. What nobody knows sorts before all days,
/// and what has no end after them.
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

fn counted(
    tx: &mut ReadTx<'_>,
    family: Family,
    moment: &Moment,
    question: &Question,
) -> Outcome<Statistics> {
    let (total, quality) = quality(tx.conn, moment, question)?;
    let wanted = Grouped::by(question, ENOUGH);
    let found = groups(tx.conn, moment, question, &wanted)?;
    let sum = if found.len() > MAX_ROWS {
        // There are no more kinds than a handful, and every unit has one.
        let kinds = Grouped {
            keys: (key(Dimension::Kind), key(Dimension::Kind)),
            ..wanted
        };
        let kinds = groups(tx.conn, moment, question, &kinds)?;
        Some(kinds.iter().map(|(_, _, count)| count).sum())
    } else {
        None
    };
    let width = question.by.len();
    let tally =
        |(first, second, count): Group| Tally::new([first, second].into_iter().take(width), count);
    let counted = Counted {
        total,
        quality,
        tallies: found.into_iter().map(tally).collect(),
        sum,
        ..Counted::default()
    };
    answer(tx.conn, family, moment, question, counted)
}
