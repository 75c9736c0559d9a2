//! Columns of dates in the order of the United States, month before day. One cell that fits no other
//! order makes all those doubtful that fit both.

use super::cells::Cells;
use super::columns::Column;
use super::dates::{numbers, without_time};
use super::signature::which_date;
use super::{Parsed, Row};
use crate::legal_date::LegalDate;
use crate::wording;

/// In which orders a cell can be read.
enum Order {
    /// Only as month, day, year.
    MonthFirst,
    /// As day, month, year or as month, day, year.
    Either([LegalDate; 2]),
}

/// What the cells of a column of dates say about their order.
#[derive(Default)]
pub(super) struct DateOrder {
    month_first: bool,
    doubtful: Vec<(usize, [LegalDate; 2])>,
}

impl DateOrder {
    /// Looks at the date of a row; `at` is its place among the rows.
    pub(super) fn note(&mut self, at: usize, cells: &Cells<'_>) {
        match cells.raw(Column::SignedOn).and_then(order) {
            Some(Order::MonthFirst) => self.month_first = true,
            Some(Order::Either(days)) => self.doubtful.push((at, days)),
            None => {}
        }
    }

    /// Asks about the rows whose date may be read in two orders, if a cell of the column has the month
    /// first.
    pub(super) fn ask(self, rows: &mut [Row]) {
        if !self.month_first {
            return;
        }
        for (at, days) in self.doubtful {
            let Some(row) = rows.get_mut(at) else {
                continue;
            };
            let said = wording::imports::which_date().and(&wording::imports::month_first());
            let question = which_date(days.into(), said);
            match &mut row.outcome {
                Parsed::Ready(_) => row.outcome = Parsed::NeedsDecision(vec![question]),
                Parsed::NeedsDecision(questions) => questions.push(question),
                Parsed::Refused(_) => {}
            }
        }
    }
}

/// The order of three numbers; None if only the Mexican one is possible, or it makes no difference.
fn order(text: &str) -> Option<Order> {
    let text = without_time(text);
    let parts = ['/', '.', '-']
        .into_iter()
        .map(|separator| text.split(separator).map(str::trim).collect::<Vec<_>>())
        .find(|parts| parts.len() == 3)?;
    let [first, second, year] = parts.as_slice() else {
        return None;
    };
    let full = match year.len() {
        2 => format!("19{year}"),
        _ => (*year).to_owned(),
    };
    let day_first = numbers(&full, second, Some(first));
    let month_first = numbers(&full, first, Some(second));
    match (day_first, month_first) {
        (None, Some(_)) => Some(Order::MonthFirst),
        // A year of two digits is asked about in any case.
        (Some(day_first), Some(month_first)) if day_first != month_first && year.len() == 4 => {
            Some(Order::Either([day_first, month_first]))
        }
        _ => None,
    }
}
