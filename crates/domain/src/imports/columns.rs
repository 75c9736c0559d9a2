//! The columns of a file and where they stand.

mod checks;
mod naming;
mod placing;
mod unused;

use crate::refusal::BilingualText;
use crate::wording;
use serde::Serialize;
use std::collections::BTreeMap;
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A column that an import understands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Column {
    /// The state (entidad federativa), by name, abbreviation or INEGI key.
    State,
    /// The municipality or borough; empty if the state itself made the agreement.
    Municipality,
    /// The counterpart.
    Counterpart,
    /// The counterpart's country.
    Country,
    /// The kind of agreement.
    Kind,
    /// The date of signature.
    SignedOn,
    /// The year of signature, for files that have no date or not in every row.
    Year,
    /// Where the agreement is documented.
    Source,
    /// The title.
    Title,
    /// The number in an earlier registry.
    RegistryNumber,
    /// The level of the counterpart's government.
    Level,
    /// The theme, or several separated by semicolons, commas or bars.
    Theme,
    /// The term, in words.
    Validity,
    /// Whether the row is another agreement than one that it resembles.
    AnotherAgreement,
}

impl Column {
    /// Usual headings of the column, in Spanish and English.
    pub fn accepted(self) -> &'static [&'static str] {
        match self {
            Self::State => &["entidad", "estado", "entidad federativa", "state"],
            Self::Municipality => &[
                "municipio",
                "alcaldía",
                "municipio o alcaldía",
                "ayuntamiento",
                "municipality",
                "borough",
            ],
            Self::Counterpart => &[
                "contraparte",
                "ciudad hermana",
                "contraparte extranjera",
                "counterpart",
                "sister city",
            ],
            Self::Country => &["país", "país contraparte", "country"],
            Self::Kind => &["tipo", "tipo de acuerdo", "kind", "type"],
            Self::SignedOn => &[
                "fecha de firma",
                "fecha de suscripción",
                "fecha",
                "signed on",
                "signing date",
                "date",
            ],
            Self::Year => &["año", "año de firma", "year"],
            Self::Source => &["fuente", "source"],
            Self::Title => &["título", "nombre del acuerdo", "title"],
            Self::RegistryNumber => &[
                "registro",
                "número de registro",
                "no. de registro",
                "registry number",
                "legacy number",
            ],
            Self::Level => &[
                "nivel",
                "nivel de la contraparte",
                "level",
                "counterpart level",
            ],
            Self::Theme => &["tema", "temas", "theme", "themes"],
            Self::Validity => &["vigencia", "validity", "term"],
            Self::AnotherAgreement => &["otro acuerdo", "es otro acuerdo", "another agreement"],
        }
    }

    /// The name used in reasons and questions, and to name a column by hand, such as `signed_on`.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// Where the columns of one file stand.
#[derive(Default)]
pub(super) struct Columns {
    len: usize,
    at: BTreeMap<Column, usize>,
    /// Positions of ids of the office, each with its system.
    pub(super) external_ids: Vec<(usize, String)>,
    /// Columns that the sender named.
    by_hand: Vec<Column>,
    /// Columns that are not used.
    unused: Vec<Unused>,
    /// Headings that may mean a column, and the sender has not said whether they do.
    doubtful: Vec<(String, Vec<Column>)>,
    /// Columns that two headings mean, with both.
    repeated: Vec<(Column, String, String)>,
}

/// A column that is not used.
struct Unused {
    at: usize,
    /// How it is named; empty if it has no heading.
    heading: String,
    /// Whether its heading is certainly about something that an import does not need.
    certain: bool,
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// How many columns are understood; the separator for which this is highest is the right one.
    pub(super) fn understood(&self) -> usize {
        self.at.len() + self.repeated.len()
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.at.contains_key(&column)
    }

    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.at.get(&column).copied()
    }

    pub(super) fn warnings(&self) -> Vec<BilingualText> {
        let named = self.unused.iter().map(|unused| &unused.heading);
        let named = named.filter(|heading| !heading.is_empty());
        named
            .map(|heading| wording::imports::unused_column(heading).into())
            .collect()
    }
}
