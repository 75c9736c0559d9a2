//! Reads the bytes of a file into rows.

use super::cells::{Cells, reason};
use super::columns::Columns;
use super::{ImportFile, Parsed, Row, encoding, row};
use crate::limits::{
    MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, MAX_IMPORT_UPLOAD_BYTES, MAX_IMPORT_UPLOAD_ROWS,
};
use crate::problems::Problem;
use crate::refusal::{BilingualText, Refusal, Result};

/// Reads a CSV file of past agreements: UTF-8, UTF-16 with a byte order mark, or Windows-1252;
/// separated by commas, semicolons or tabs; headings in Spanish or English, in any order
/// ([`super::Column`]).
///
/// Only problems of the whole file are refused here: its size, or a header without a required
/// column. Everything else is reported per row.
pub fn parse(bytes: &[u8]) -> Result<ImportFile> {
    parse_within(bytes, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS)
}

/// The same for a file sent over the network: smaller, and refused if it is not text, such as the
/// workbook that should have been saved as CSV.
pub fn parse_upload(bytes: &[u8]) -> Result<ImportFile> {
    if encoding::is_binary(bytes) {
        return Err(Refusal::new(Problem::UnsupportedMediaType).saying(
            "El archivo no es texto: en la hoja de cálculo use «Guardar como CSV UTF-8» y envíe ese archivo.",
            "The file is not text: in the spreadsheet use “Save as CSV UTF-8” and send that file.",
        ));
    }
    parse_within(bytes, MAX_IMPORT_UPLOAD_BYTES, MAX_IMPORT_UPLOAD_ROWS)
}

fn parse_within(bytes: &[u8], max_bytes: usize, max_rows: usize) -> Result<ImportFile> {
    if bytes.len() > max_bytes {
        let megabytes = max_bytes / (1024 * 1024);
        return Err(too_large(
            format!("El archivo pasa de {megabytes} MB: divídalo."),
            format!("The file is larger than {megabytes} MB: split it."),
        ));
    }
    let decoded = encoding::decode(bytes);
    let (text, first_line) = without_separator_hint(&decoded.text);
    let delimiter = delimiter(text);
    let mut records = reader(text, delimiter);
    let mut header = csv::StringRecord::new();
    records.read_record(&mut header).map_err(unreadable)?;
    let columns = Columns::of_header(&header);
    columns.check()?;

    let mut warnings = columns.unknown_headings(&header);
    warnings.extend(decoded.assumed.map(|encoding| BilingualText {
        es: format!("El archivo no está en UTF-8 y se leyó como {encoding}: revise los acentos."),
        en: format!("The file is not UTF-8 and was read as {encoding}: check the accents."),
    }));

    let mut rows = Vec::new();
    let mut empty_rows = 0_usize;
    let mut lines = LineCounter {
        text,
        at: 0,
        line: first_line,
    };
    loop {
        let start = offset(records.position());
        let mut record = csv::StringRecord::new();
        if !records.read_record(&mut record).map_err(unreadable)? {
            break;
        }
        let end = offset(records.position());
        let raw = text.get(start..end).unwrap_or_default();
        if record.iter().all(|cell| cell.trim().is_empty()) {
            empty_rows += 1;
            continue;
        }
        if rows.len() == max_rows {
            return Err(too_large(
                format!("El archivo pasa de {max_rows} filas: divídalo."),
                format!("The file has more than {max_rows} rows: split it."),
            ));
        }
        let line = lines.of(start);
        let outcome = outcome(&columns, &record, raw, end >= text.len());
        rows.push(Row { line, outcome });
    }
    if empty_rows > 0 {
        warnings.push(BilingualText {
            es: format!("Se omitieron {empty_rows} filas vacías."),
            en: format!("{empty_rows} empty rows were left out."),
        });
    }
    Ok(ImportFile { rows, warnings })
}

fn outcome(columns: &Columns, record: &csv::StringRecord, raw: &str, is_last: bool) -> Parsed {
    // An unclosed quote swallows the rest of the file into the last record, and the reader does not
    // report it.
    if is_last && raw.matches('"').count() % 2 == 1 {
        return Parsed::Refused(vec![reason(
            "unclosed_quote",
            "row",
            raw,
            "Cierre las comillas: desde esta línea no se pudo leer el archivo.",
            "Close the quotation mark: from this line on the file could not be read.",
        )]);
    }
    if record.len() != columns.len() {
        let (found, wanted) = (record.len(), columns.len());
        // A quotation mark closed too late merges the following rows into this one. The report does
        // not contain them, so the message counts them.
        let lines = raw.trim().lines().count();
        return Parsed::Refused(vec![reason(
            "unequal_fields",
            "row",
            raw.trim(),
            format!(
                "La fila tiene {found} celdas y el encabezado {wanted}, y abarca {lines} líneas: \
                 revise las comillas."
            ),
            format!(
                "The row has {found} cells and the header {wanted}, and spans {lines} lines: \
                 check the quotation marks."
            ),
        )]);
    }
    row::read(&Cells::new(columns, record))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
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

/// The separator for which the most headings are understood.
fn delimiter(text: &str) -> u8 {
    let understood = |delimiter: &u8| {
        let header = reader(text, *delimiter).into_records().next();
        header
            .and_then(|read| read.ok())
            .map_or(0, |header| Columns::of_header(&header).understood())
    };
    // `max_by_key` returns the last of equal values: the comma.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(understood)
        .unwrap_or(b',')
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Finds the line of the file where a record begins. The reader's own count ignores blank lines
/// before a record and does not know the line ends of old Macs.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    fn of(&mut self, record: usize) -> u64 {
        let blank = |text: &str| text.len() - text.trim_start_matches(['\r', '\n']).len();
        let start = record + self.text.get(record..).map_or(0, blank);
        let passed = self.text.get(self.at..start).unwrap_or_default();
        // A line end of two characters counts once, even if the cut falls between them.
        let cut = passed.starts_with('\n')
            && self
                .text
                .get(..self.at)
                .is_some_and(|before| before.ends_with('\r'));
        let ends = passed.matches('\n').count() + passed.matches('\r').count()
            - passed.matches("\r\n").count()
            - usize::from(cut);
        self.line += u64::try_from(ends).unwrap_or(u64::MAX);
        self.at = start;
        self.line
    }
}

fn too_large(es: String, en: String) -> Refusal {
    Refusal::new(Problem::PayloadTooLarge).saying(es, en)
}

/// Reading UTF-8 text from memory, with rows of any length, cannot fail otherwise.
fn unreadable(error: csv::Error) -> Refusal {
    Refusal::internal(format!("reading an import from memory: {error}"))
}
