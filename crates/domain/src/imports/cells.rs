//! The cells of one row, addressed by the meaning of their columns.

use super::Reason;
use super::columns::{Column, Columns};

/// The longest value that a reason or question repeats.
const MAX_SHOWN: usize = 120;

pub(super) struct Cells<'a> {
    columns: &'a Columns,
    record: &'a csv::StringRecord,
}

impl<'a> Cells<'a> {
    pub(super) fn new(columns: &'a Columns, record: &'a csv::StringRecord) -> Self {
        Self { columns, record }
    }

    /// The trimmed text of a cell; absent if the column is missing or the cell is empty.
    pub(super) fn get(&self, column: Column) -> Option<&'a str> {
        let position = self.columns.position(column)?;
        self.record
            .get(position)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// Reports forbidden characters, and texts too long for their field.
    pub(super) fn check(&self, reasons: &mut Vec<Reason>) {
        for (column, most) in [
            (Column::State, 300),
            (Column::Municipality, 300),
            (Column::Counterpart, 300),
            (Column::Country, 300),
            (Column::Kind, 300),
            (Column::SignedOn, 100),
            (Column::Source, 500),
            (Column::Title, 500),
            (Column::RegistryNumber, 100),
            (Column::Level, 100),
            (Column::Theme, 500),
            (Column::Validity, 500),
        ] {
            let Some(text) = self.get(column) else {
                continue;
            };
            if text.chars().any(char::is_control) {
                reasons.push(reason(
                    "control_characters",
                    column.name(),
                    text,
                    "Quite los saltos de línea y demás caracteres de control de la celda.",
                    "Remove line breaks and other control characters from the cell.",
                ));
            }
            if text.contains('\u{FFFD}') {
                reasons.push(reason(
                    "unreadable_characters",
                    column.name(),
                    text,
                    "La celda tiene caracteres ilegibles: guarde el archivo como CSV UTF-8.",
                    "The cell has unreadable characters: save the file as CSV UTF-8.",
                ));
            }
            if text.chars().count() > most {
                reasons.push(reason(
                    "too_long",
                    column.name(),
                    text,
                    format!("Acorte el texto a {most} caracteres."),
                    format!("Shorten the text to {most} characters."),
                ));
            }
        }
    }
}

pub(super) fn reason(
    code: &str,
    field: &str,
    value: &str,
    es: impl Into<String>,
    en: impl Into<String>,
) -> Reason {
    Reason {
        code: code.to_owned(),
        field: field.to_owned(),
        value: shown(value),
        es: es.into(),
        en: en.into(),
    }
}

/// A value shortened and without control characters, so that a message can repeat it.
pub(super) fn shown(value: &str) -> String {
    let plain = |character: char| {
        if character.is_control() {
            ' '
        } else {
            character
        }
    };
    let mut text: String = value.chars().take(MAX_SHOWN).map(plain).collect();
    if value.chars().nth(MAX_SHOWN).is_some() {
        text.push('…');
    }
    text
}
