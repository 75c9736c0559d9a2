//! Which headings are understood, for people who prepare a file.

use super::columns::Column;
use super::headings::own_words;
use crate::wording::{self, Said};
use serde::Serialize;
use std::borrow::Cow;
use strum::VariantArray;
use utoipa::ToSchema;

/// A column and the headings by which it is recognised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ColumnHelp {
    /// The meaning, as it is written to name a column by hand: `municipality=Mpio.`.
    pub column: Column,
    /// Whether a file must have it.
    pub required: bool,
    /// What it holds, in Mexican Spanish.
    pub es: Cow<'static, str>,
    /// What it holds, in English.
    pub en: Cow<'static, str>,
    /// Usual headings. Others with the same words are understood too; capitals, accents, word order,
    /// plurals and small words do not matter.
    pub headings: &'static [&'static str],
    /// The words that make a heading mean this column.
    pub words: Vec<&'static str>,
}

/// The columns of a file of past agreements.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportColumns {
    /// Every column that is understood. A file must have the required ones, and the state or the
    /// municipality.
    pub columns: Vec<ColumnHelp>,
}

/// Every column with its headings.
pub fn import_columns() -> ImportColumns {
    let help = |column: &Column| {
        let said = column.says();
        ColumnHelp {
            column: *column,
            required: column.is_required(),
            es: said.es,
            en: said.en,
            headings: column.accepted(),
            words: own_words(*column),
        }
    };
    ImportColumns {
        columns: Column::VARIANTS.iter().map(help).collect(),
    }
}

impl Column {
    /// Whether a file must have it. Of state and municipality one is enough.
    fn is_required(self) -> bool {
        matches!(self, Self::Counterpart | Self::Country)
    }

    fn says(self) -> Said {
        match self {
            Self::State => wording::import_columns::state(),
            Self::Municipality => wording::import_columns::municipality(),
            Self::Counterpart => wording::import_columns::counterpart(),
            Self::Country => wording::import_columns::country(),
            Self::Kind => wording::import_columns::kind(),
            Self::SignedOn => wording::import_columns::signed_on(),
            Self::Year => wording::import_columns::year(),
            Self::Source => wording::import_columns::source(),
            Self::Title => wording::import_columns::title(),
            Self::RegistryNumber => wording::import_columns::registry_number(),
            Self::Level => wording::import_columns::level(),
            Self::Theme => wording::import_columns::theme(),
            Self::Validity => wording::import_columns::validity(),
            Self::AnotherAgreement => wording::import_columns::another_agreement(),
        }
    }
}
