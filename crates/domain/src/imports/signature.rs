//! When the agreement of a row was signed.

use super::cells::{Cells, Doubts, reason, shown};
use super::columns::Column;
use super::{Choice, Question, dates};
use crate::legal_date::{LegalDate, in_the_future};
use crate::nothing::repeats;
use crate::refusal::Said;
use crate::wording;
use chrono::NaiveDate;

/// The date of signature: that of its own column, or the year where there is no date.
pub(super) fn signed_on(
    cells: &Cells<'_>,
    today: NaiveDate,
    doubts: &mut Doubts,
) -> Option<LegalDate> {
    let date = one_date(cells, Column::SignedOn, today, doubts);
    let year = one_date(cells, Column::Year, today, doubts);
    match (date, year) {
        (Some(date), Some(year)) if !date.as_str().starts_with(year.as_str()) => {
            let said = wording::imports::which_date();
            doubts.questions.push(which_date(vec![date, year], said));
            None
        }
        (date, year) => date.or(year),
    }
}

fn one_date(
    cells: &Cells<'_>,
    column: Column,
    today: NaiveDate,
    doubts: &mut Doubts,
) -> Option<LegalDate> {
    let text = cells.get(column)?;
    let said = wording::imports::which_date();
    let question = match dates::read_or_ask(text) {
        dates::Read::Date(date) => {
            if let Some(said) = in_the_future(&date, today) {
                doubts
                    .reasons
                    .push(reason("in_the_future", column.name(), text, said));
            }
            return Some(date);
        }
        dates::Read::Zero => return None,
        dates::Read::Serial(days) => {
            which_date(days.into(), said.and(&wording::imports::serial_date()))
        }
        dates::Read::Asked(mut days) => {
            days.retain(|day| in_the_future(day, today).is_none());
            about(text, days, said)
        }
        dates::Read::Nothing if repeats(text) => about(text, Vec::new(), said),
        dates::Read::Nothing => {
            let said = wording::imports::date();
            doubts
                .reasons
                .push(reason("invalid_date", column.name(), text, said));
            return None;
        }
    };
    doubts.questions.push(question);
    None
}

/// Asks which of these days is meant.
pub(super) fn which_date(days: Vec<LegalDate>, said: Said) -> Question {
    let words: Vec<&str> = days.iter().map(LegalDate::as_str).collect();
    let value = words.join(" / ");
    about(&value, days, said)
}

/// Asks what a cell means, with the days that it may mean.
fn about(text: &str, days: Vec<LegalDate>, said: Said) -> Question {
    let choice = |day: LegalDate| Choice {
        code: day.as_str().to_owned(),
        name: day.as_str().to_owned(),
    };
    let candidates = days.into_iter().map(choice).collect();
    Question::new(Column::SignedOn.name(), shown(text), candidates, said)
}
