//! How many agreements there are, by their properties; and what they lack.

use super::count::{Group, Grouped, groups, key, quality};
use super::question::{Moment, Question};
use super::table::{Counted, Tally, answer};
use crate::failure::Outcome;
use crate::tx::ReadTx;
use vinculo_domain::statistics::{Dimension, Family, Statistics};

/// The agreements at the end of a day.
pub fn stock(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment::of(tx, question)?;
    counted(tx, Family::Stock, &moment, question)
}

/// What they lack for the law.
pub fn gaps(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment::of(tx, question)?;
    counted(tx, Family::Gaps, &moment, question)
}

/// The number in each group of the question.
pub(super) fn counted(
    tx: &mut ReadTx<'_>,
    family: Family,
    moment: &Moment,
    question: &Question,
) -> Outcome<Statistics> {
    let (total, quality) = quality(tx.conn, moment, question)?;
    let wanted = Grouped::by(question, question.enough());
    let found = groups(tx.conn, moment, question, &wanted)?;
    let sum = if found.len() > question.rows {
        // There are only a few kinds, and every unit has one.
        let kinds = Grouped {
            keys: (key(Dimension::Kind), key(Dimension::Kind)),
            limit: i64::MAX,
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
