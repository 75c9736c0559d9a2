//! The columns of a file and where they stand.

mod checks;

use super::cells::shown;
use super::headings::{Heading, meaning};
use super::reading::Reading;
use crate::limits::MAX_IMPORT_COLUMNS;
use crate::refusal::BilingualText;
use crate::text::fold;
use crate::wording;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
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

/// Whether a heading is the one that a sender named. `#` and `No.` have no letters to compare.
pub(super) fn same(named: &str, heading: &str) -> bool {
    let (one, other) = (fold(named), fold(heading));
    if one.is_empty() {
        named.trim() == heading.trim()
    } else {
        one == other
    }
}

/// Where the columns of one file stand.
#[derive(Default)]
pub(super) struct Columns {
    len: usize,
    at: BTreeMap<Column, usize>,
    /// Positions of ids of the office, each with its system.
    pub(super) external_ids: Vec<(usize, String)>,
    /// Headings that are not used.
    unused: Vec<String>,
    /// Headings that may mean a column that the file has nowhere else.
    doubtful: Vec<(String, Vec<Column>)>,
    /// Columns that two headings mean.
    repeated: Vec<(Column, String)>,
}

impl Columns {
    /// Reads a header; what the sender says comes first.
    pub(super) fn of_header(header: &[&str], reading: &Reading) -> Self {
        let mut columns = Self {
            len: header.len(),
            ..Self::default()
        };
        // Whatever has so many columns is refused as a whole.
        if header.len() > MAX_IMPORT_COLUMNS {
            return columns;
        }
        let mut open: Vec<(usize, &str, Vec<Column>)> = Vec::new();
        for (at, &heading) in header.iter().enumerate() {
            let is_this = |named: &str| same(named, heading);
            let by_hand = reading.columns.iter().find(|(named, _)| is_this(named));
            let id = reading
                .external_ids
                .iter()
                .find(|(named, _)| is_this(named));
            if let Some((_, system)) = id {
                columns.external_ids.push((at, system.clone()));
            } else if let Some((_, column)) = by_hand {
                if let Some(column) = column {
                    columns.put(*column, at, heading);
                }
            } else {
                match meaning(heading) {
                    Heading::Means(column) => columns.put(column, at, heading),
                    Heading::MayMean(choices) => open.push((at, heading, choices)),
                    Heading::Other => columns.leave_out(heading),
                }
            }
        }
        for (at, heading, choices) in open {
            columns.settle(at, heading, choices);
        }
        columns
    }

    fn put(&mut self, column: Column, at: usize, heading: &str) {
        match self.at.entry(column) {
            Entry::Vacant(free) => {
                free.insert(at);
            }
            Entry::Occupied(_) => self.repeated.push((column, shown(heading.trim()))),
        }
    }

    fn leave_out(&mut self, heading: &str) {
        if !heading.trim().is_empty() {
            self.unused.push(shown(heading.trim()));
        }
    }

    /// A heading that may mean several columns means the one that no other heading means. `Ciudad`
    /// beside `Ciudad hermana` is the municipality; beside `Municipio` it is the city abroad.
    fn settle(&mut self, at: usize, heading: &str, mut choices: Vec<Column>) {
        let is_city = choices == [Column::Municipality, Column::Counterpart];
        choices.retain(|column| !self.has(*column));
        match choices.as_slice() {
            [] => self.leave_out(heading),
            [column] if is_city => self.put(*column, at, heading),
            _ => self.doubtful.push((shown(heading.trim()), choices)),
        }
    }

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
        let said = |heading: &String| wording::imports::unused_column(heading).into();
        self.unused.iter().map(said).collect()
    }
}
