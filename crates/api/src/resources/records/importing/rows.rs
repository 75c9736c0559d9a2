//! Reads the rows of a file: a table with the names of fields as headings, or lines of JSON. Only what is
//! wrong with the file as a whole is refused here; a bad row is a row with a refusal.

use super::{column, parsed, row, unread};
use crate::resources::records::bodies::Face;
use crate::resources::records::sheets::Column;
use csv::{ReaderBuilder, StringRecord, Trim};
use serde_json::Map;
use std::collections::HashSet;
use vinculo_domain::limits::{MAX_IMPORT_COLUMNS, MAX_JSON_BYTES, MAX_RECORD_ROWS};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::{FieldError, Refusal, Result, imports, wording};
use vinculo_persistence::stores::records::RecordRow;

pub(super) fn read(face: &Face, bytes: &[u8]) -> Result<Vec<RecordRow>> {
    let text = imports::text(bytes)?;
    // PostgreSQL cannot store it in text.
    if text.contains('\0') {
        return Err(
            Refusal::new(Problem::UnsupportedMediaType).saying(wording::imports::not_text())
        );
    }
    let first = text.trim_start();
    let rows = if first.starts_with('{') {
        lines(face, &text)?
    } else {
        table(face, &text)?
    };
    if rows.is_empty() {
        let said = wording::records::no_rows();
        return Err(FieldError::new("/file", "empty", said).into());
    }
    Ok(rows)
}

fn too_many() -> Refusal {
    let said = wording::imports::too_many_rows(MAX_RECORD_ROWS);
    Refusal::new(Problem::PayloadTooLarge).saying(said)
}

/// One JSON object in each line; blank lines say nothing.
fn lines(face: &Face, text: &str) -> Result<Vec<RecordRow>> {
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        if rows.len() == MAX_RECORD_ROWS {
            return Err(too_many());
        }
        rows.push(if text.len() > MAX_JSON_BYTES {
            unread(line, Refusal::new(Problem::PayloadTooLarge))
        } else {
            parsed(face.kind, line, text)
        });
    }
    Ok(rows)
}

/// The separator between the headings: the one that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // `max_by_key` returns the last of equal values: the comma.
    let known = [b'\t', b';', b','].into_iter();
    known.max_by_key(count).unwrap_or(b',')
}

fn table(face: &Face, text: &str) -> Result<Vec<RecordRow>> {
    let known = face.columns();
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(Trim::Headers)
        .from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| broken(&error))?.clone();
    let columns = checked(&headings, &known)?;
    let (mut rows, mut lines) = (Vec::new(), Lines::of(text));
    let mut line = 1;
    for found in reader.records() {
        let cells = found.map_err(|error| broken(&error))?;
        line = lines.at(cells.position());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MAX_RECORD_ROWS {
            return Err(too_many());
        }
        let beyond = cells.iter().skip(columns.len());
        if beyond.into_iter().any(|cell| !cell.trim().is_empty()) {
            let said = wording::imports::unequal_fields(cells.len(), columns.len());
            let error = FieldError::new("", "unequal_fields", said);
            rows.push(unread(line, error.into()));
            continue;
        }
        let named = columns.iter().zip(&cells);
        let body: Map<_, _> = named
            .map(|(column, cell)| (column.name.clone(), column.value(cell)))
            .collect();
        rows.push(row(face.kind, line, body));
    }
    // The last row has swallowed what follows a mark that nobody closed.
    if text.matches('"').count() % 2 == 1 {
        let said = wording::records::open_quote(line);
        return Err(FieldError::new("/file", "unclosed_quote", said).into());
    }
    Ok(rows)
}

/// The lines of a text, counted as far as it was read.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    /// The line in which a row begins. The reader's own count is one behind where lines end with two
    /// characters.
    fn at(&mut self, position: Option<&csv::Position>) -> u64 {
        let begins = position.map_or(0, csv::Position::byte);
        let begins = usize::try_from(begins).unwrap_or(self.at);
        let rest = self.text.get(begins..).unwrap_or_default();
        let ends = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.get(self.at..begins + ends).unwrap_or_default();
        let count = passed.bytes().filter(|byte| *byte == b'\n').count();
        self.line += u64::try_from(count).unwrap_or_default();
        self.at = begins + ends;
        self.line
    }
}

fn broken(error: &csv::Error) -> Refusal {
    tracing::debug!(%error, "a table to import");
    Refusal::new(Problem::UnsupportedMediaType).saying(wording::imports::not_text())
}

/// The columns of the headings; each must be a field of the kind, and only one.
fn checked<'c>(headings: &StringRecord, known: &'c [Column]) -> Result<Vec<&'c Column>> {
    let (mut columns, mut wrong, mut seen) = (Vec::new(), Checks::default(), HashSet::new());
    if headings.len() > MAX_IMPORT_COLUMNS {
        return Err(Refusal::new(Problem::PayloadTooLarge));
    }
    for heading in headings {
        let pointer = format!("/{}", crate::body::escaped(heading));
        match column(known, heading) {
            Some(_) if !seen.insert(heading) => {
                let said = wording::records::heading_twice();
                wrong.push(FieldError::new(pointer, "repeated", said));
            }
            Some(column) => columns.push(column),
            None => {
                let said = wording::records::heading();
                let names = known.iter().map(|one| one.name.as_str());
                let error = FieldError::new(pointer, "unknown_field", said);
                wrong.push(error.admitting(Admitted::of(names)));
            }
        }
    }
    wrong.finish(Problem::ValidationFailed)?;
    Ok(columns)
}
