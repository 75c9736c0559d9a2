//! The cells of one row, addressed by the meaning of their columns.

use super::columns::{Column, Columns};
use super::{Choice, Question, Reason};
use crate::damage::{Damage, damage};
use crate::external_ids::ExternalId;
use crate::names::has_hidden_sign;
use crate::nothing::{is_no_name, repeats, says_nothing};
use crate::refusal::Said;
use crate::wording;
use strum::VariantArray;

/// The longest value that a reason or question repeats.
const MAX_SHOWN: usize = 120;

pub(super) struct Cells<'a> {
    columns: &'a Columns,
    record: &'a [String],
}

impl<'a> Cells<'a> {
    pub(super) fn new(columns: &'a Columns, record: &'a [String]) -> Self {
        Self { columns, record }
    }

    /// The trimmed text of a cell; absent if the column is missing, or the cell is empty or says that
    /// there is nothing. A sign for the cell above is something where the value differs from row to
    /// row, and an x is one in a column of marks.
    pub(super) fn get(&self, column: Column) -> Option<&'a str> {
        self.raw(column).filter(|text| match column {
            Column::RegistryNumber | Column::AnotherAgreement => {
                repeats(text) || !says_nothing(text)
            }
            Column::SignedOn | Column::Year => repeats(text) || !is_no_name(text),
            Column::Kind | Column::Level | Column::Theme | Column::Validity => !says_nothing(text),
            _ => !is_no_name(text),
        })
    }

    /// The trimmed text of a cell, even if it is a word for nothing.
    pub(super) fn raw(&self, column: Column) -> Option<&'a str> {
        let position = self.columns.position(column)?;
        self.record
            .get(position)
            .map(|cell| written(cell))
            .filter(|text| !text.is_empty())
    }

    /// The ids of the office that the row has.
    pub(super) fn external_ids(&self) -> Vec<ExternalId> {
        let ids = self.columns.external_ids.iter();
        ids.filter_map(|(at, system)| {
            let value = written(self.record.get(*at)?);
            (!says_nothing(value)).then(|| ExternalId {
                system: system.clone(),
                value: value.to_owned(),
            })
        })
        .collect()
    }

    /// Asks about the cells that another encoding of the row's line reads otherwise.
    pub(super) fn in_another_encoding(&self, better: &[String]) -> Vec<Question> {
        let other = Cells::new(self.columns, better);
        let asked = Column::VARIANTS.iter().filter_map(|&column| {
            let right = other.raw(column)?;
            let text = self.raw(column).unwrap_or_default();
            (text != right).then(|| misread(column, text, right))
        });
        asked.collect()
    }

    /// What a damaged cell seems to have said; absent if the cell is whole or that cannot be told.
    pub(super) fn mended(&self, column: Column) -> Option<String> {
        match damage(self.get(column)?)? {
            Damage::Repairable(right) => Some(right),
            Damage::Lost | Damage::Doubtful => None,
        }
    }

    /// Whether a letter of the cell seems to be lost, about which a person is asked.
    pub(super) fn is_doubtful(&self, column: Column) -> bool {
        self.get(column).and_then(damage) == Some(Damage::Doubtful)
    }

    /// Reports forbidden and damaged characters, and texts too long for their field.
    pub(super) fn check(&self, doubts: &mut Doubts) {
        let reasons = &mut doubts.reasons;
        for (column, most) in [
            (Column::State, 300),
            (Column::Municipality, 300),
            (Column::Counterpart, 300),
            (Column::Country, 300),
            (Column::Kind, 300),
            (Column::SignedOn, 100),
            (Column::Year, 100),
            (Column::Source, 500),
            (Column::Title, 500),
            (Column::RegistryNumber, 100),
            (Column::Level, 100),
            (Column::Theme, 500),
            (Column::Validity, 500),
            (Column::AnotherAgreement, 100),
        ] {
            let Some(text) = self.get(column) else {
                continue;
            };
            let is_name = matches!(column, Column::Counterpart | Column::Title);
            if text.chars().any(char::is_control) || (is_name && has_hidden_sign(text)) {
                reasons.push(reason(
                    "control_characters",
                    column.name(),
                    text,
                    wording::imports::cell_control_characters(),
                ));
            }
            match damage(text) {
                None => {}
                Some(Damage::Lost) => reasons.push(reason(
                    "unreadable_characters",
                    column.name(),
                    text,
                    wording::imports::cell_unreadable(),
                )),
                Some(Damage::Doubtful) => doubts.questions.push(Question::new(
                    column.name(),
                    shown(text),
                    Vec::new(),
                    wording::imports::cell_unreadable(),
                )),
                Some(Damage::Repairable(right)) => {
                    doubts.questions.push(misread(column, text, &right))
                }
            }
            if text.chars().count() > most {
                reasons.push(reason(
                    "too_long",
                    column.name(),
                    text,
                    wording::common::text_too_long(most),
                ));
            }
        }
    }
}

/// The trimmed text of a cell, without the signs by which a spreadsheet keeps a number as text:
/// `'039`, `="039"`. An apostrophe before a letter is a name's: 's-Hertogenbosch.
fn written(cell: &str) -> &str {
    let cell = cell.trim();
    let formula = cell.strip_prefix("=\"");
    if let Some(text) = formula.and_then(|text| text.strip_suffix('"')) {
        return text.trim();
    }
    cell.strip_prefix('\'')
        .filter(|text| text.starts_with(|first: char| first.is_ascii_digit()))
        .unwrap_or(cell)
}

/// The obstacles found in all cells of a row.
#[derive(Default)]
pub(super) struct Doubts {
    pub(super) questions: Vec<Question>,
    pub(super) reasons: Vec<Reason>,
}

/// A text that was read in the wrong encoding before it came here, with what it seems to have been.
fn misread(column: Column, text: &str, right: &str) -> Question {
    let candidates = vec![Choice {
        code: shown(right),
        name: shown(right),
    }];
    let said = wording::imports::cell_misread();
    Question::new(column.name(), shown(text), candidates, said)
}

pub(super) fn reason(code: &str, field: &str, value: &str, said: Said) -> Reason {
    Reason::new(code, field, shown(value), said)
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
