//! Whether the columns of a file suffice to read its rows.

use super::super::cells::shown;
use super::super::reading::Reading;
use super::naming::is_named;
use super::{Column, Columns};
use crate::catalogs::{self, Catalog};
use crate::limits::MAX_IMPORT_COLUMNS;
use crate::problems::Problem;
use crate::refusal::{FieldError, Refusal, Result, Said};
use crate::wording;

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
                wording::imports::too_many_columns(MAX_IMPORT_COLUMNS),
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
        let wanted = headings(&missing);
        (!missing.is_empty()).then(|| {
            error(
                "missing_column",
                wording::imports::missing_columns(line, wanted),
            )
        })
    }
}

/// Refuses with everything that is wrong, if anything is.
fn refused(errors: Vec<FieldError>) -> Result<()> {
    let Some(first) = errors.first() else {
        return Ok(());
    };
    let said = first.said.clone();
    Err(Refusal {
        errors,
        ..Refusal::new(Problem::ValidationFailed).saying(said)
    })
}

/// Headings that the sender named and the file does not have.
fn absent(header: &[&str], reading: &Reading) -> Vec<FieldError> {
    let columns = reading.columns.iter().map(|(heading, _)| heading);
    let ids = reading.external_ids.iter().map(|(heading, _)| heading);
    let known: Vec<String> = header.iter().map(|heading| shown(heading.trim())).collect();
    columns
        .chain(ids)
        .filter(|named| !(0..header.len()).any(|at| is_named(named, header, at)))
        .map(|named| {
            let (named, known) = (shown(named), known.join(" | "));
            error(
                "unknown_heading",
                wording::imports::unknown_heading(named, known),
            )
        })
        .collect()
}

fn repeated((column, first, second): &(Column, String, String)) -> FieldError {
    let said = wording::imports::repeated_column(label(*column), first, second);
    error("repeated_column", said)
}

fn doubtful((heading, may): &(String, Vec<Column>)) -> FieldError {
    let named = may.iter().map(|column| column.name()).chain(["ignore"]);
    let ways: Vec<Said> = named
        .map(|name| Said::name(format!("column=\"{name}={heading}\"")))
        .collect();
    let said = wording::imports::doubtful_column(heading, Said::one_of(&ways));
    error("which_column", said)
}

/// Each missing column with its usual headings, for example `Entidad federativa (entidad | estado)`;
/// of some columns one is enough.
fn headings(missing: &[Vec<Column>]) -> Said {
    let one = |column: &Column| {
        let (label, headings) = (label(*column), column.accepted().join(" | "));
        let with = |label: &str| format!("{label} ({headings})");
        Said::from_data(with(&label.es), with(&label.en))
    };
    let each: Vec<Said> = missing
        .iter()
        .map(|columns| Said::one_of(&columns.iter().map(one).collect::<Vec<_>>()))
        .collect();
    Said::listed(&each)
}

/// What people call a column.
fn label(column: Column) -> Said {
    catalogs::said(Catalog::ImportColumns, column.name())
}

fn error(code: &'static str, said: Said) -> FieldError {
    FieldError::new("/file", code, said)
}
