//! Columns that are not used and may hold the municipality. Without it a row would be filed under
//! the state, so a file without a municipality is looked through.

use super::naming::name;
use super::{Column, Columns, Unused};
use crate::gazetteer::{Match, find_government};
use crate::imports::headings::is_abroad;
use crate::imports::records::Record;
use crate::nothing::says_nothing;
use crate::tenant::Tier;
use crate::text::fold;

/// How many filled cells of a column are looked up.
const SAMPLE: usize = 50;

/// A longer cell is a text and no name.
const MAX_NAME: usize = 120;

/// What stands in the cells of a column.
#[derive(Default)]
struct Seen {
    /// Whether any cell has words.
    words: bool,
    looked_up: usize,
    municipalities: usize,
}

impl Columns {
    /// Makes the file ask about each unused column that is filled and may hold the municipality: its
    /// heading is not certainly about something else, or its cells name municipalities.
    pub(in crate::imports) fn doubt_unused<'a>(
        &mut self,
        header: &[&str],
        records: impl Iterator<Item = Record<'a>>,
    ) {
        let may_be = |(_, may): &(String, Vec<Column>)| may.contains(&Column::Municipality);
        let has_place = self.has(Column::Municipality) || self.doubtful.iter().any(may_be);
        let is_list =
            self.has(Column::State) || (self.has(Column::Counterpart) && self.has(Column::Country));
        if has_place || !is_list || self.unused.is_empty() {
            return;
        }
        let seen = self.look_through(records);
        let unused = std::mem::take(&mut self.unused);
        for (column, seen) in unused.into_iter().zip(seen) {
            let heading = header.get(column.at).copied().unwrap_or_default();
            if seen.may_be_municipality(&column, heading) {
                let doubt = (name(header, column.at), vec![Column::Municipality]);
                self.doubtful.push(doubt);
            } else {
                self.unused.push(column);
            }
        }
    }

    /// What stands in each of the unused columns.
    fn look_through<'a>(&self, records: impl Iterator<Item = Record<'a>>) -> Vec<Seen> {
        let mut seen: Vec<Seen> = self.unused.iter().map(|_| Seen::default()).collect();
        for record in records {
            let cells = record.cells.unwrap_or_default();
            let state = self.position(Column::State).and_then(|at| cells.get(at));
            for (column, seen) in self.unused.iter().zip(&mut seen) {
                if let Some(cell) = cells.get(column.at) {
                    seen.look_at(cell.trim(), state.map(String::as_str));
                }
            }
        }
        seen
    }
}

impl Seen {
    fn look_at(&mut self, cell: &str, state: Option<&str>) {
        let is_done = self.words && self.looked_up >= SAMPLE;
        if is_done || says_nothing(cell) {
            return;
        }
        self.words |= has_words(cell);
        if self.looked_up < SAMPLE {
            self.looked_up += 1;
            self.municipalities += usize::from(names_municipality(cell, state));
        }
    }

    fn may_be_municipality(&self, column: &Unused, heading: &str) -> bool {
        let unknown = self.words && !column.certain;
        let named = self.municipalities > 0 && self.municipalities * 2 >= self.looked_up;
        unknown || (named && !is_abroad(heading))
    }
}

/// Whether a cell has words that may be a name: no number, and no yes or no.
fn has_words(cell: &str) -> bool {
    let is_answer = || matches!(fold(cell).as_str(), "si" | "yes" | "no");
    cell.chars().any(char::is_alphabetic) && !is_answer()
}

/// Whether a cell is exactly a municipality. A small number is that of a row and no key.
fn names_municipality(cell: &str, state: Option<&str>) -> bool {
    let is_name = has_words(cell) || cell.len() > 2;
    if !is_name || cell.len() > MAX_NAME {
        return false;
    }
    match find_government(state.filter(|state| !says_nothing(state)), Some(cell)) {
        Match::One(found) => found.tier == Tier::Municipality,
        _ => false,
    }
}
