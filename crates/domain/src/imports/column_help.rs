//! Which headings are understood, for people who prepare a file.

use super::columns::Column;
use super::headings::own_words;
use serde::Serialize;
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
    pub es: &'static str,
    /// What it holds, in English.
    pub en: &'static str,
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
        let (es, en) = column.says();
        ColumnHelp {
            column: *column,
            required: column.is_required(),
            es,
            en,
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

    fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::State => (
                "La entidad federativa: nombre, abreviatura o clave del INEGI.",
                "The state: name, abbreviation or INEGI key.",
            ),
            Self::Municipality => (
                "El municipio o alcaldía; vacío si el acuerdo es del estado.",
                "The municipality or borough; empty if the agreement is the state's.",
            ),
            Self::Counterpart => ("La contraparte en el exterior.", "The counterpart abroad."),
            Self::Country => (
                "El país de la contraparte: nombre o clave ISO.",
                "The counterpart's country: name or ISO code.",
            ),
            Self::Kind => ("El tipo de acuerdo.", "The kind of agreement."),
            Self::SignedOn => ("La fecha de firma.", "The date of signature."),
            Self::Year => ("El año de firma.", "The year of signature."),
            Self::Source => (
                "Dónde consta el acuerdo.",
                "Where the agreement is documented.",
            ),
            Self::Title => ("El título.", "The title."),
            Self::RegistryNumber => (
                "El número en un registro anterior.",
                "The number in an earlier registry.",
            ),
            Self::Level => (
                "El orden de gobierno de la contraparte.",
                "The level of the counterpart's government.",
            ),
            Self::Theme => ("El tema, o varios.", "The theme, or several."),
            Self::Validity => ("La vigencia, en palabras.", "The term, in words."),
            Self::AnotherAgreement => (
                "«Sí» si es otro acuerdo que uno parecido, por el que se preguntó.",
                "“Yes” if it is another agreement than a similar one that was asked about.",
            ),
        }
    }
}
