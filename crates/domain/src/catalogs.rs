//! Catalogues: closed lists of codes with labels in both languages. They are served at
//! `/v1/catalogs/{slug}`, and every record that contains such a code is checked against them.
//!
//! The rows are in `data/*.csv` and compiled in, so that the program, its database and its contract
//! cannot disagree. A code is never deleted, because old agreements keep it: it gets `valid_to`
//! and, if it has a successor, `replaced_by`.

use crate::refusal::{BilingualText, Said};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A list of codes. Its slug, as used in URLs, is the kebab-case name.
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
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Catalog {
    /// Countries and territories: ISO 3166-1 alpha-2.
    Countries,
    /// Languages of texts: BCP 47 (RFC 5646), among them Mexico's main indigenous languages.
    Languages,
    /// Themes of cooperation; the attribute `priority` marks those of the national strategy's
    /// third objective.
    Themes,
    /// The 17 Sustainable Development Goals and their 169 targets (UN General Assembly, A/RES/70/1).
    SdgTargets,
    /// Powers that an agreement may rest on: its matter must stay within the signatory's own (LCT
    /// article 2-II), which for municipalities are those of article 115 of the Constitution.
    LegalPowers,
    /// What a file is in a case.
    DocumentKinds,
    /// The laws that acts rest on, by version ([`crate::legal_bases`]).
    LegalBases,
    /// Model clauses of agreements; for each kind of agreement an attribute says whether they are
    /// `expected` or `advised`, and `source` where they come from.
    Clauses,
}

impl Catalog {
    /// The name in URLs, such as `sdg-targets`.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Where the whole catalogue is read.
    pub fn address(self) -> String {
        format!("/v1/catalogs/{}", self.slug())
    }

    /// The catalogue with this slug.
    pub fn parse(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }

    fn source(self) -> &'static str {
        match self {
            Self::Countries => include_str!("../data/countries.csv"),
            Self::Languages => include_str!("../data/languages.csv"),
            Self::Themes => include_str!("../data/themes.csv"),
            Self::SdgTargets => include_str!("../data/sdg_targets.csv"),
            Self::LegalPowers => include_str!("../data/legal_powers.csv"),
            Self::DocumentKinds => include_str!("../data/document_kinds.csv"),
            Self::LegalBases => include_str!("../data/legal_bases.csv"),
            Self::Clauses => include_str!("../data/clauses.csv"),
        }
    }

    fn table(self) -> &'static Table {
        static COUNTRIES: LazyLock<Table> = LazyLock::new(|| Table::read(Catalog::Countries));
        static LANGUAGES: LazyLock<Table> = LazyLock::new(|| Table::read(Catalog::Languages));
        static THEMES: LazyLock<Table> = LazyLock::new(|| Table::read(Catalog::Themes));
        static SDG_TARGETS: LazyLock<Table> = LazyLock::new(|| Table::read(Catalog::SdgTargets));
        static LEGAL_POWERS: LazyLock<Table> = LazyLock::new(|| Table::read(Catalog::LegalPowers));
        static DOCUMENT_KINDS: LazyLock<Table> =
            LazyLock::new(|| Table::read(Catalog::DocumentKinds));
        static LEGAL_BASES: LazyLock<Table> = LazyLock::new(|| Table::read(Catalog::LegalBases));
        static CLAUSES: LazyLock<Table> = LazyLock::new(|| Table::read(Catalog::Clauses));
        match self {
            Self::Countries => &COUNTRIES,
            Self::Languages => &LANGUAGES,
            Self::Themes => &THEMES,
            Self::SdgTargets => &SDG_TARGETS,
            Self::LegalPowers => &LEGAL_POWERS,
            Self::DocumentKinds => &DOCUMENT_KINDS,
            Self::LegalBases => &LEGAL_BASES,
            Self::Clauses => &CLAUSES,
        }
    }
}

/// The language of a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Mexican Spanish, the default of the interface.
    #[default]
    Es,
    /// English.
    En,
}

/// One code of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Entry {
    /// The code that records carry; never reused for something else.
    #[schema(example = "11.a")]
    pub code: String,
    /// The label in Mexican Spanish.
    pub es: String,
    /// The label in English.
    pub en: String,
    /// First day on which the code may be used, ISO 8601; absent where it always could.
    pub valid_from: Option<String>,
    /// Last day on which the code may be used, ISO 8601; absent while it may.
    pub valid_to: Option<String>,
    /// The code to use instead.
    pub replaced_by: Option<String>,
    /// What else the catalogue says of the code, such as `priority` of a theme or `goal` of a
    /// target.
    pub attributes: BTreeMap<String, String>,
}

impl Entry {
    /// The label in one language.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        }
    }
}

impl From<&Entry> for BilingualText {
    fn from(entry: &Entry) -> Self {
        Self {
            es: entry.es.clone(),
            en: entry.en.clone(),
        }
    }
}

/// The entries of a catalogue, in display order.
pub fn entries(catalog: Catalog) -> &'static [Entry] {
    &catalog.table().entries
}

/// One entry by its exact code.
pub fn entry(catalog: Catalog, code: &str) -> Option<&'static Entry> {
    let table = catalog.table();
    table
        .index
        .get(code)
        .and_then(|&position| table.entries.get(position))
}

/// Whether a catalogue has this code, regardless of its validity dates.
pub fn contains(catalog: Catalog, code: &str) -> bool {
    catalog.table().index.contains_key(code)
}

/// The label of a code in one language.
pub fn label(catalog: Catalog, code: &str, lang: Lang) -> Option<&'static str> {
    entry(catalog, code).map(|entry| entry.label(lang))
}

/// The label of a code in both languages; of a code that the catalogue does not have, the code.
pub fn said(catalog: Catalog, code: &str) -> Said {
    match entry(catalog, code) {
        Some(entry) => Said::from_data(&*entry.es, &*entry.en),
        None => Said::name(code),
    }
}

/// The version of a catalogue, used for its ETag: 16 hexadecimal digits that change whenever any
/// row does. It need not resist forgery, so a plain FNV-1a is enough.
pub fn version(catalog: Catalog) -> String {
    let hash = catalog
        .source()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("{hash:016x}")
}

/// A row of the files, which all have the same columns.
#[derive(Deserialize)]
struct Row {
    code: String,
    es: String,
    en: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    replaced_by: Option<String>,
    attributes: String,
}

struct Table {
    entries: Vec<Entry>,
    index: HashMap<String, usize>,
}

impl Table {
    fn read(catalog: Catalog) -> Self {
        // A row that does not parse is left out here; the test `every_row_parses` prevents
        // committing one.
        let entries: Vec<Entry> = csv::Reader::from_reader(catalog.source().as_bytes())
            .into_deserialize::<Row>()
            .filter_map(Result::ok)
            .map(Entry::from)
            .collect();
        let index = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.code.clone(), at))
            .collect();
        Self { entries, index }
    }
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        let attributes = row
            .attributes
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self {
            code: row.code,
            es: row.es,
            en: row.en,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            replaced_by: row.replaced_by,
            attributes,
        }
    }
}

#[cfg(test)]
mod tests;
