//! The registry numbers of a file seen together: one number belongs to one agreement and one agreement
//! has one number, and numbers that only count the rows are none.

use super::columns::Column;
use super::registry_numbers::{is_registry_number, whole};
use super::{Parsed, Question, Row};
use crate::inscriptions::legacy_key;
use crate::refusal::Said;
use crate::wording;
use std::collections::HashMap;
use std::iter::once;

/// Asks about what only the rows together show. `numbers` has the cell of each row, also of those that
/// are asked about or refused.
pub(super) fn ask_about_numbers(rows: &mut [Row], numbers: &[Option<String>]) {
    ask_about_second_numbers(rows);
    ask_about_counters(rows, numbers);
    ask_about_repeated_numbers(rows, numbers);
}

/// An agreement that an earlier row has with another number, or without one, is no mere duplicate: its
/// number would be lost.
fn ask_about_second_numbers(rows: &mut [Row]) {
    let mut seen: HashMap<String, (u64, Option<String>)> = HashMap::new();
    for row in rows {
        let Parsed::Ready(candidate) = &row.outcome else {
            continue;
        };
        let number = candidate.registry_number.clone();
        let key = number.as_deref().map(legacy_key);
        let earlier = seen
            .entry(candidate.fingerprint.clone())
            .or_insert_with(|| (row.line, key.clone()));
        let line = earlier.0;
        if let Some(number) = number.filter(|_number| earlier.1 != key) {
            ask(row, &number, wording::imports::other_number_of_line(line));
        }
    }
}

/// Whole numbers without initials that follow each other from row to row count the rows, and one that
/// stands in several rows is a mark. No such row is inscribed, the first one neither.
fn ask_about_counters(rows: &mut [Row], numbers: &[Option<String>]) {
    let whole_of = |number: &Option<String>| number.as_deref().and_then(whole);
    let wholes: Vec<Option<u32>> = numbers.iter().map(whole_of).collect();
    let mut times: HashMap<u32, usize> = HashMap::new();
    for number in wholes.iter().flatten() {
        *times.entry(*number).or_default() += 1;
    }
    let before = once(&None).chain(&wholes);
    let after = wholes.iter().skip(1).chain(once(&None));
    let around = before.zip(after);
    for ((row, number), (mine, (before, after))) in
        rows.iter_mut().zip(numbers).zip(wholes.iter().zip(around))
    {
        let (Some(number), Some(mine)) = (number, mine) else {
            continue;
        };
        let follows = |other: &Option<u32>| other.is_some_and(|other| other.abs_diff(*mine) == 1);
        let repeated = times.get(mine).is_some_and(|times| *times > 1);
        if repeated || follows(before) || follows(after) {
            ask(row, number, wording::imports::row_counter());
        }
    }
}

/// A row that repeats the number of an earlier one is asked about, whatever became of that one.
fn ask_about_repeated_numbers(rows: &mut [Row], numbers: &[Option<String>]) {
    let mut seen: HashMap<String, u64> = HashMap::new();
    for (row, number) in rows.iter_mut().zip(numbers) {
        let Some(number) = number.as_ref().filter(|number| is_registry_number(number)) else {
            continue;
        };
        let line = *seen.entry(legacy_key(number)).or_insert(row.line);
        if line != row.line {
            ask(row, number, wording::imports::same_number(line));
        }
    }
}

/// Asks about the number of a row, once; one that is refused stays so.
fn ask(row: &mut Row, number: &str, said: Said) {
    let field = Column::RegistryNumber.name();
    let question = Question::new(field, number, Vec::new(), said);
    match &mut row.outcome {
        Parsed::Ready(_) => row.outcome = Parsed::NeedsDecision(vec![question]),
        Parsed::NeedsDecision(questions) => {
            if questions.iter().all(|asked| asked.field != field) {
                questions.push(question);
            }
        }
        Parsed::Refused(_) => {}
    }
}
