//! Whether the columns of a file suffice to read its rows.

use super::super::cells::shown;
use super::super::reading::Reading;
use super::{Column, Columns, same};
use crate::limits::MAX_IMPORT_COLUMNS;
use crate::problems::Problem;
use crate::refusal::{FieldError, Refusal, Result, Said};

impl Columns {
    /// Refuses a whole file, before any of its rows is taken: one that lacks a required column, has
    /// two columns with one meaning, has a heading that may change the meaning of its rows and is not
    /// understood, or lacks a heading that the sender named. Says all of it at once.
    pub(in crate::imports) fn check(
        &self,
        header: &[&str],
        line: u64,
        reading: &Reading,
    ) -> Result<()> {
        let mut errors = Vec::new();
        if self.len() > MAX_IMPORT_COLUMNS {
            errors.push(error(
                "too_many_columns",
                format!("El encabezado pasa de {MAX_IMPORT_COLUMNS} columnas."),
                format!("The header has more than {MAX_IMPORT_COLUMNS} columns."),
            ));
            return refused(errors);
        }
        errors.extend(absent(header, reading));
        errors.extend(self.missing(line));
        errors.extend(self.repeated.iter().map(repeated));
        errors.extend(self.doubtful.iter().map(doubtful));
        refused(errors)
    }

    fn missing(&self, line: u64) -> Option<FieldError> {
        let mut missing = Vec::new();
        if !self.has(Column::State) && !self.has(Column::Municipality) {
            missing.push(vec![Column::State, Column::Municipality]);
        }
        let required = [Column::Counterpart, Column::Country];
        missing.extend(
            required
                .into_iter()
                .filter(|column| !self.has(*column))
                .map(|column| vec![column]),
        );
        // A heading that may be the missing column is asked about, not missed.
        let may_be = |column: &Column| self.doubtful.iter().any(|(_, may)| may.contains(column));
        missing.retain(|columns| !columns.iter().any(may_be));
        let wanted: Vec<String> = missing.iter().map(|columns| headings(columns)).collect();
        let wanted = wanted.join("; ");
        (!missing.is_empty()).then(|| {
            error(
                "missing_column",
                format!(
                    "Faltan columnas en el encabezado, que se leyó en la línea {line}: {wanted}."
                ),
                format!(
                    "Columns are missing from the header, which was read in line {line}: {wanted}."
                ),
            )
        })
    }
}

/// Refuses with everything that is wrong, if anything is.
fn refused(errors: Vec<FieldError>) -> Result<()> {
    let Some(first) = errors.first() else {
        return Ok(());
    };
    let Said { es, en } = first.said.clone();
    Err(Refusal {
        errors,
        ..Refusal::new(Problem::ValidationFailed).saying(es, en)
    })
}

/// Headings that the sender named and the file does not have.
fn absent(header: &[&str], reading: &Reading) -> Vec<FieldError> {
    let columns = reading.columns.iter().map(|(heading, _)| heading);
    let ids = reading.external_ids.iter().map(|(heading, _)| heading);
    let known: Vec<String> = header.iter().map(|heading| shown(heading.trim())).collect();
    columns
        .chain(ids)
        .filter(|named| !header.iter().any(|heading| same(named, heading)))
        .map(|named| {
            let (named, known) = (shown(named), known.join(" | "));
            error(
                "unknown_heading",
                format!("El archivo no tiene la columna «{named}»; tiene: {known}."),
                format!("The file has no column “{named}”; it has: {known}."),
            )
        })
        .collect()
}

fn repeated((column, heading): &(Column, String)) -> FieldError {
    let name = column.name();
    error(
        "repeated_column",
        format!(
            "Dos columnas significan {name}, una de ellas «{heading}»: deje una sola, u omita la otra \
             con column=\"ignore={heading}\"."
        ),
        format!(
            "Two columns mean {name}, one of them “{heading}”: keep only one, or leave the other out \
             with column=\"ignore={heading}\"."
        ),
    )
}

fn doubtful((heading, may): &(String, Vec<Column>)) -> FieldError {
    let ways = |or: &str| {
        let named = may.iter().map(|column| column.name()).chain(["ignore"]);
        let ways: Vec<String> = named
            .map(|name| format!("column=\"{name}={heading}\""))
            .collect();
        ways.join(or)
    };
    error(
        "which_column",
        format!(
            "No se sabe qué significa la columna «{heading}»: indíquelo con {}.",
            ways(" o ")
        ),
        format!(
            "It is not clear what the column “{heading}” means: say so with {}.",
            ways(" or ")
        ),
    )
}

/// For example `state (entidad | estado | state)`.
fn headings(columns: &[Column]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("{} ({})", column.name(), column.accepted().join(" | ")))
        .collect();
    names.join(" / ")
}

fn error(code: &'static str, es: String, en: String) -> FieldError {
    FieldError::new("/file", code, es, en)
}
