//! Splits the text of a file into records. Every line of the file belongs to exactly one record, so
//! that the report can name it: a quotation mark that nobody closed costs its own line and not the
//! lines after it.

use std::collections::BTreeMap;
use std::rc::Rc;

/// How many lines one record may have; a cell with more line breaks than that is a quotation mark
/// that was never closed.
const MAX_LINES: usize = 50;

/// One record of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// The line where it begins; the first line of the file is 1.
    pub(super) line: u64,
    /// Its text as it stands in the file, without the last line end.
    pub(super) raw: &'a str,
    /// Its cells; None if a quotation mark is not closed.
    pub(super) cells: Option<Vec<String>>,
}

impl Record<'_> {
    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells
            .as_ref()
            .is_some_and(|cells| cells.iter().all(|cell| cell.trim().is_empty()))
    }

    /// Its cells in another encoding, if any of its lines is doubtful.
    pub(super) fn better(
        &self,
        doubtful: &BTreeMap<u64, String>,
        delimiter: u8,
    ) -> Option<Vec<String>> {
        if doubtful.is_empty() {
            return None;
        }
        let numbered = || (self.line..).zip(lines(self.raw));
        if !numbered().any(|(line, _)| doubtful.contains_key(&line)) {
            return None;
        }
        let read = |(number, line)| doubtful.get(&number).map_or(line, String::as_str);
        let text = numbered().map(read).collect::<Vec<_>>().join("\n");
        cells(&text, delimiter)
    }
}

/// Whether cells are understood as a row of the file.
pub(super) type IsRow<'a> = Rc<dyn Fn(&[&str]) -> bool + 'a>;

/// The records of a text whose first line has this number. A line that is a row by itself does not
/// belong to a quoted cell that began before it: it has a cell for each of the headings, whose number
/// is `width`, or its cells are understood.
#[derive(Clone)]
pub(super) struct Records<'a> {
    lines: Vec<&'a str>,
    text: &'a str,
    at: usize,
    first: u64,
    delimiter: u8,
    width: usize,
    is_row: IsRow<'a>,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, first: u64, delimiter: u8) -> Self {
        Self {
            lines: lines(text),
            text,
            at: 0,
            first,
            delimiter,
            width: 0,
            is_row: Rc::new(|_| false),
        }
    }

    /// From now on, lines with this many cells, or with cells that are understood, stand for
    /// themselves.
    pub(super) fn expecting(self, width: usize, is_row: IsRow<'a>) -> Self {
        Self {
            width,
            is_row,
            ..self
        }
    }

    /// The record that begins at the current line, and how many lines it has.
    fn read(&self) -> Option<(Record<'a>, usize)> {
        let first = self.lines.get(self.at).copied()?;
        let line = self.first + u64::try_from(self.at).unwrap_or(u64::MAX);
        let record = |raw, cells| Record { line, raw, cells };
        if let Some(cells) = cells(first, self.delimiter) {
            return Some((record(first, Some(cells)), 1));
        }
        for count in 2..=MAX_LINES {
            let Some(last) = self.lines.get(self.at + count - 1) else {
                break;
            };
            if self.stands_alone(first, last) {
                break;
            }
            let raw = span(self.text, first, last);
            if let Some(cells) = cells(raw, self.delimiter) {
                return Some((record(raw, Some(cells)), count));
            }
        }
        Some((record(first, None), 1))
    }

    /// Whether a line is a whole row by itself, and not the rest of a cell that `first` begins. A
    /// mark that belongs to no cell of the line does not hide that its cells are understood.
    fn stands_alone(&self, first: &str, line: &str) -> bool {
        if self.width < 2 || self.ends_a_first_cell(first, line) {
            return false;
        }
        let whole = |cells: Vec<String>| {
            let beyond = cells.get(self.width..);
            beyond.is_some_and(|cells| cells.iter().all(|cell| cell.trim().is_empty()))
        };
        if cells(line, self.delimiter).is_some_and(whole) {
            return true;
        }
        let cells: Vec<&str> = line.split(char::from(self.delimiter)).collect();
        cells.len() > 1 && (self.is_row)(&cells)
    }

    /// Whether the first line is nothing but the beginning of a row's first cell, and this one has the
    /// mark that closes it before its first separator.
    fn ends_a_first_cell(&self, first: &str, line: &str) -> bool {
        let separator = char::from(self.delimiter);
        let cell = line.split(separator).next().unwrap_or_default();
        let marks = cell.matches('"').count();
        !first.contains(separator) && marks % 2 == 1 && cell.trim_end().ends_with('"')
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (record, lines) = self.read()?;
        self.at += lines;
        Some(record)
    }
}

/// The lines of a text, whichever system wrote it, without their ends.
fn lines(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        found.push(line);
        rest = tail
            .strip_prefix("\r\n")
            .or_else(|| tail.strip_prefix(['\r', '\n']))
            .unwrap_or_default();
    }
    found
}

/// The part of a text from the beginning of one of its parts to the end of a later one.
fn span<'a>(text: &'a str, first: &'a str, last: &'a str) -> &'a str {
    let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    text.get(offset(first)..offset(last) + last.len())
        .unwrap_or(first)
}

/// The cells of a record; None if a cell that begins with a quotation mark is not closed, or if its
/// closing mark is followed by something else than the next cell. Inside such a cell a mark is
/// written twice; inside other cells it is a character like any other (`5" de ancho`).
fn cells(raw: &str, delimiter: u8) -> Option<Vec<String>> {
    let separator = char::from(delimiter);
    let mut cells = Vec::new();
    let mut rest = raw;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let end = closing(quoted.as_bytes(), delimiter)?;
                let (inside, after) = quoted.split_at_checked(end)?;
                let inside = inside.strip_suffix('"').unwrap_or(inside);
                (inside.replace("\"\"", "\""), after.trim_start_matches(' '))
            }
            None => {
                let (cell, after) = rest.split_at(rest.find(separator).unwrap_or(rest.len()));
                (cell.to_owned(), after)
            }
        };
        cells.push(cell);
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None => return Some(cells),
        }
    }
}

/// Where a quoted cell is closed, counted from its first character: the place after its last mark.
fn closing(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        match bytes.get(at) {
            Some(b'"') => at += 1,
            None => return Some(at),
            Some(&byte) if byte == delimiter => return Some(at),
            // Spaces after a cell do no harm.
            Some(b' ') if blank_until(bytes, at, delimiter) => return Some(at),
            Some(_) => return None,
        }
    }
}

fn blank_until(bytes: &[u8], at: usize, delimiter: u8) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter()
        .find(|byte| **byte != b' ')
        .is_none_or(|byte| *byte == delimiter)
}

#[cfg(test)]
mod tests;
