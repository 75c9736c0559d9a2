//! The meaning of the columns of a file.

use crate::limits::MAX_IMPORT_COLUMNS;
use std::collections::HashMap;
use std::sync::LazyLock;

use strum::{IntoStaticStr, VariantArray};

use super::cells::shown;
use crate::problems::Problem;
use crate::refusal::{BilingualText, Refusal, Result};
use crate::text::fold;

/// A column that the import understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Column {
    /// The state (entidad federativa).
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
}

impl Column {
    /// The headings accepted for the column, in Spanish and English. Accents, capitals, spaces and
    /// underscores do not matter.
    pub fn accepted(self) -> &'static [&'static str] {
        match self {
            Self::State => &["entidad", "estado", "entidad federativa", "state"],
            Self::Municipality => &[
                "municipio",
                "alcaldía",
                "municipio o alcaldía",
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
                "fecha firma",
                "fecha",
                "signed on",
                "signing date",
                "date",
            ],
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
        }
    }

    /// The name used in reasons and questions, such as `signed_on`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    fn of_heading(heading: &str) -> Option<Self> {
        static HEADINGS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
            let of = |column: Column| {
                column
                    .accepted()
                    .iter()
                    .map(move |name| (fold(name), column))
            };
            Column::VARIANTS.iter().copied().flat_map(of).collect()
        });
        HEADINGS.get(&fold(heading)).copied()
    }
}

/// The meaning of each column of one file, by position.
pub(super) struct Columns(Vec<Option<Column>>);

impl Columns {
    pub(super) fn of_header<'a>(header: impl IntoIterator<Item = &'a str>) -> Self {
        Self(header.into_iter().map(Column::of_heading).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many columns are understood; the separator for which this is highest is the right one.
    pub(super) fn understood(&self) -> usize {
        self.0.iter().flatten().count()
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&Some(column))
    }

    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|known| *known == Some(column))
    }

    /// Refuses a whole file that lacks a required column, naming the missing columns and their
    /// accepted headings; also a file in which two columns have the same meaning.
    pub(super) fn check(&self) -> Result<()> {
        if self.len() > MAX_IMPORT_COLUMNS {
            return Err(refused(
                "too_many_columns",
                format!("El encabezado pasa de {MAX_IMPORT_COLUMNS} columnas."),
                format!("The header has more than {MAX_IMPORT_COLUMNS} columns."),
            ));
        }
        let mut missing = Vec::new();
        if !self.has(Column::State) && !self.has(Column::Municipality) {
            missing.push(vec![Column::State, Column::Municipality]);
        }
        missing.extend(
            [Column::Counterpart, Column::Country]
                .into_iter()
                .filter(|column| !self.has(*column))
                .map(|column| vec![column]),
        );
        if !missing.is_empty() {
            let wanted: Vec<String> = missing.iter().map(|columns| headings(columns)).collect();
            return Err(refused(
                "missing_column",
                format!("Faltan columnas en el encabezado: {}.", wanted.join("; ")),
                format!(
                    "Columns are missing from the header: {}.",
                    wanted.join("; ")
                ),
            ));
        }
        let repeated = Column::VARIANTS.iter().find(|column| {
            self.0
                .iter()
                .filter(|known| known.as_ref() == Some(column))
                .count()
                > 1
        });
        match repeated {
            Some(column) => Err(refused(
                "repeated_column",
                format!("Deje una sola de estas columnas: {}.", headings(&[*column])),
                format!("Keep only one of these columns: {}.", headings(&[*column])),
            )),
            None => Ok(()),
        }
    }

    pub(super) fn unknown_headings<'a>(
        &self,
        header: impl IntoIterator<Item = &'a str>,
    ) -> Vec<BilingualText> {
        header
            .into_iter()
            .zip(&self.0)
            .filter(|(heading, column)| column.is_none() && !heading.trim().is_empty())
            .map(|(heading, _)| BilingualText {
                es: format!("La columna «{}» no se usó.", shown(heading.trim())),
                en: format!("The column \"{}\" was not used.", shown(heading.trim())),
            })
            .collect()
    }
}

/// For example `state (entidad | estado | state)`.
fn headings(columns: &[Column]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("{} ({})", column.name(), column.accepted().join(" | ")))
        .collect();
    names.join(" / ")
}

fn refused(code: &'static str, es: String, en: String) -> Refusal {
    let field = Refusal::field("", code, es.clone(), en.clone());
    Refusal {
        errors: field.errors,
        ..Refusal::new(Problem::ValidationFailed).saying(es, en)
    }
}
