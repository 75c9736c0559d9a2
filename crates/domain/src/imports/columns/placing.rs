//! Finds the columns by the headings of a file.

use super::naming::{is_named, name};
use super::{Column, Columns, Unused};
use crate::imports::headings::{Heading, is_place, is_plain_city, meaning, vies};
use crate::imports::reading::Reading;
use crate::limits::MAX_IMPORT_COLUMNS;

impl Columns {
    /// Reads a header; what the sender says comes first.
    pub(in crate::imports) fn of_header(header: &[&str], reading: &Reading) -> Self {
        let mut columns = Self {
            len: header.len(),
            ..Self::default()
        };
        // Whatever has so many columns is refused as a whole.
        if header.len() > MAX_IMPORT_COLUMNS {
            return columns;
        }
        let left: Vec<usize> = (0..header.len())
            .filter(|at| !columns.put_by_hand(header, *at, reading))
            .collect();
        columns.by_hand = columns.at.keys().copied().collect();
        let mut open: Vec<(usize, Vec<Column>)> = Vec::new();
        for at in left {
            match meaning(header.get(at).copied().unwrap_or_default()) {
                // The sender has said which column it is.
                Heading::Means(column) if columns.by_hand.contains(&column) => {
                    columns.leave_out(header, at, true);
                }
                Heading::Means(column) => columns.put(column, header, at),
                Heading::MayMean(choices) => open.push((at, choices)),
                Heading::Other => columns.leave_out(header, at, true),
                Heading::Unknown => columns.leave_out(header, at, false),
            }
        }
        for (at, choices) in open {
            columns.settle(header, at, choices);
        }
        columns
    }

    /// Whether the sender says what the column at a position is.
    fn put_by_hand(&mut self, header: &[&str], at: usize, reading: &Reading) -> bool {
        let is_this = |named: &str| is_named(named, header, at);
        let mut ids = reading.external_ids.iter();
        if let Some((_, system)) = ids.find(|(named, _)| is_this(named)) {
            self.external_ids.push((at, system.clone()));
            return true;
        }
        let mut columns = reading.columns.iter();
        let by_hand = columns.find(|(named, _)| is_this(named));
        if let Some((_, Some(column))) = by_hand {
            self.put(*column, header, at);
        }
        by_hand.is_some()
    }

    fn put(&mut self, column: Column, header: &[&str], at: usize) {
        match self.at.get(&column) {
            None => {
                self.at.insert(column, at);
            }
            Some(&first) => {
                let names = (name(header, first), name(header, at));
                self.repeated.push((column, names.0, names.1));
            }
        }
    }

    fn leave_out(&mut self, header: &[&str], at: usize, certain: bool) {
        let heading = header.get(at).copied().unwrap_or_default().trim();
        let named = if heading.is_empty() {
            String::new()
        } else {
            name(header, at)
        };
        self.unused.push(Unused {
            at,
            certain: certain && !heading.is_empty(),
            heading: named,
        });
    }

    /// A heading that may mean several columns means the one that no other heading means, if it is
    /// `Ciudad`: beside `Ciudad hermana` it is the municipality, beside `Municipio` the city abroad.
    /// Every other one is asked about.
    fn settle(&mut self, header: &[&str], at: usize, choices: Vec<Column>) {
        let heading = header.get(at).copied().unwrap_or_default();
        let held = |column: Column| {
            let position = self.position(column)?;
            header.get(position).copied()
        };
        let free = |column: &Column| held(*column).is_none();
        let open: Vec<Column> = choices.iter().copied().filter(free).collect();
        let doubtful = match open.as_slice() {
            [column] if is_plain_city(heading) => {
                // Beside a counterpart that is no city by its heading, it may be where that lies.
                let lies_abroad = *column == Column::Municipality
                    && held(Column::Counterpart).is_some_and(|holder| !is_place(holder));
                if !lies_abroad {
                    self.put(*column, header, at);
                    return;
                }
                open
            }
            [] => {
                let vying = |column: &Column| {
                    !self.by_hand.contains(column)
                        && held(*column).is_some_and(|holder| vies(heading, holder, *column))
                };
                choices.into_iter().filter(vying).collect()
            }
            _ => open,
        };
        if doubtful.is_empty() {
            self.leave_out(header, at, true);
        } else {
            self.doubtful.push((name(header, at), doubtful));
        }
    }
}
