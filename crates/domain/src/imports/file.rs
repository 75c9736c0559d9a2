//! Reads the bytes of a file into rows.

use super::another::note_resemblances;
use super::cells::{Cells, reason};
use super::columns::{Column, Columns};
use super::date_order::DateOrder;
use super::numbering::ask_about_numbers;
use super::reading::Reading;
use super::records::{Record, Records};
use super::{ImportFile, Parsed, Row, encoding, row, understood};
use crate::limits::{
    MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, MAX_IMPORT_UPLOAD_BYTES, MAX_IMPORT_UPLOAD_ROWS,
};
use crate::problems::Problem;
use crate::refusal::Said;
use crate::refusal::{Refusal, Result};
use crate::wording;
use chrono::NaiveDate;
use std::rc::Rc;

/// How many records above the headings may hold something else, such as a title.
const MAX_ABOVE: usize = 20;

/// Reads a CSV file of past agreements: UTF-8, UTF-16 with a byte order mark, or Windows-1252;
/// separated by commas, semicolons or tabs; headings in Spanish or English, in any order
/// ([`super::Column`]). `today` is the day in Mexico City.
///
/// Only problems of the whole file are refused here: its size, that it is no text, such as the workbook
/// that should have been saved as CSV, an encoding or heading that only a person can tell, or a header
/// without a required column. Everything else is reported per row.
pub fn parse(bytes: &[u8], reading: &Reading, today: NaiveDate) -> Result<ImportFile> {
    if encoding::is_no_text(bytes) {
        return Err(not_text());
    }
    let limits = (MAX_IMPORT_BYTES, MAX_IMPORT_ROWS);
    parse_within(bytes, reading, today, limits)
}

/// The same for a file sent over the network: smaller, and refused for any byte that is not of a text.
pub fn parse_upload(bytes: &[u8], reading: &Reading, today: NaiveDate) -> Result<ImportFile> {
    if encoding::is_binary(bytes) {
        return Err(not_text());
    }
    let limits = (MAX_IMPORT_UPLOAD_BYTES, MAX_IMPORT_UPLOAD_ROWS);
    parse_within(bytes, reading, today, limits)
}

/// The text of a file that was sent over the network, whatever spreadsheet saved it; refused where it
/// is no text, or where only a person can tell its encoding.
pub fn text(bytes: &[u8]) -> Result<String> {
    if encoding::is_binary(bytes) {
        return Err(not_text());
    }
    Ok(encoding::decode(bytes, None)?.text)
}

fn parse_within(
    bytes: &[u8],
    reading: &Reading,
    today: NaiveDate,
    (max_bytes, max_rows): (usize, usize),
) -> Result<ImportFile> {
    if bytes.len() > max_bytes {
        let megabytes = max_bytes / (1024 * 1024);
        return Err(too_large(wording::imports::too_large(megabytes)));
    }
    let decoded = encoding::decode(bytes, reading.encoding)?;
    let (text, first_line) = without_separator_hint(&decoded.text);
    let delimiter = delimiter(beginning(text), reading);
    let mut records = Records::new(text, first_line, delimiter);
    let above = header_at(beginning(text), delimiter, reading);
    let header = records.by_ref().nth(above);
    let line = header.as_ref().map_or(first_line, |header| header.line);
    let header = header.and_then(|header| header.cells).unwrap_or_default();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut columns = Columns::of_header(&header, reading);
    let records = records.expecting(columns.len(), Rc::new(|_cells: &[&str]| false));
    columns.doubt_unused(&header, records.clone().take(max_rows));
    columns.check(&header, line, reading)?;
    let is_row = |cells: &[&str]| understood::is_row(&columns, cells);
    let records = records.expecting(columns.len(), Rc::new(is_row));

    let mut warnings = columns.warnings();
    warnings.extend(decoded.warning);
    warnings.extend((line > first_line).then(|| wording::imports::header_line(line).into()));
    let (mut rows, mut numbers) = (Vec::new(), Vec::new());
    let mut empty_rows = 0_usize;
    let mut order = DateOrder::default();
    for record in records {
        if record.is_blank() {
            empty_rows += 1;
            continue;
        }
        if rows.len() == max_rows {
            return Err(too_large(wording::imports::too_many_rows(max_rows)));
        }
        numbers.push(number_of(&columns, &record));
        if let Some(cells) = &record.cells {
            order.note(rows.len(), &Cells::new(&columns, cells));
        }
        let better = record.better(&decoded.doubtful, delimiter);
        rows.push(Row {
            line: record.line,
            outcome: outcome(&columns, &record, better.as_deref(), today),
        });
    }
    ask_about_numbers(&mut rows, &numbers);
    order.ask(&mut rows);
    note_resemblances(&mut rows);
    if empty_rows > 0 {
        warnings.push(wording::imports::empty_rows(empty_rows).into());
    }
    Ok(ImportFile { rows, warnings })
}

fn outcome(
    columns: &Columns,
    record: &Record<'_>,
    better: Option<&[String]>,
    today: NaiveDate,
) -> Parsed {
    let Some(cells) = &record.cells else {
        return Parsed::Refused(vec![reason(
            "unclosed_quote",
            "row",
            record.raw,
            wording::imports::unclosed_quote(),
        )]);
    };
    // Cells missing at the end are empty, and empty cells beyond the headings say nothing.
    let beyond = cells.iter().skip(columns.len());
    if beyond.into_iter().any(|cell| !cell.trim().is_empty()) {
        let (found, wanted) = (cells.len(), columns.len());
        return Parsed::Refused(vec![reason(
            "unequal_fields",
            "row",
            record.raw.trim(),
            wording::imports::unequal_fields(found, wanted),
        )]);
    }
    let cells = Cells::new(columns, cells);
    let questions = better.map(|better| cells.in_another_encoding(better));
    match questions {
        Some(questions) if !questions.is_empty() => Parsed::NeedsDecision(questions),
        _ => row::read(&cells, today),
    }
}

/// What the column of the registry number has in a row.
fn number_of(columns: &Columns, record: &Record<'_>) -> Option<String> {
    let cells = record.cells.as_ref()?;
    let number = Cells::new(columns, cells).get(Column::RegistryNumber)?;
    Some(number.to_owned())
}

/// Excel accepts a first line `sep=;` for itself. Returns the text after it and the number of the
/// line there.
fn without_separator_hint(text: &str) -> (&str, u64) {
    match text.split_once('\n') {
        Some((line, rest))
            if line
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case("sep=")) =>
        {
            (rest, 2)
        }
        _ => (text, 1),
    }
}

/// The beginning of a text, where its headings are looked for.
fn beginning(text: &str) -> &str {
    let ends = text.match_indices(['\n', '\r']);
    let end = ends.map(|(at, _)| at).nth(MAX_ABOVE * 10);
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// How many headings each of the first records has that are understood.
fn understood<'a>(
    text: &'a str,
    delimiter: u8,
    reading: &'a Reading,
) -> impl Iterator<Item = usize> + use<'a> {
    Records::new(text, 1, delimiter)
        .take(MAX_ABOVE)
        .map(|record| {
            let header = record.cells.unwrap_or_default();
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            Columns::of_header(&header, reading).understood()
        })
}

/// The separator for which the most headings are understood.
fn delimiter(text: &str, reading: &Reading) -> u8 {
    let most = |delimiter: &u8| understood(text, *delimiter, reading).max();
    // `max_by_key` returns the last of equal values: the comma.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(most)
        .unwrap_or(b',')
}

/// How many records stand above the headings: blank ones, a title, and names of groups of columns.
/// The headings are the record of which most are understood, at least two, and the first of such; or
/// else the first one that is not blank.
fn header_at(text: &str, delimiter: u8, reading: &Reading) -> usize {
    let first = Records::new(text, 1, delimiter)
        .take(MAX_ABOVE)
        .position(|record| !record.is_blank());
    let mut most = (1, None);
    for (at, count) in understood(text, delimiter, reading).enumerate() {
        if count > most.0 {
            most = (count, Some(at));
        }
    }
    most.1.or(first).unwrap_or_default()
}

fn not_text() -> Refusal {
    Refusal::new(Problem::UnsupportedMediaType).saying(wording::imports::not_text())
}

fn too_large(said: Said) -> Refusal {
    Refusal::new(Problem::PayloadTooLarge).saying(said)
}
