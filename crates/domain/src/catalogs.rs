//! Catalogues: closed lists of codes with labels in both languages. They are served at
//! `/v1/catalogs/{slug}`, and every record that contains such a code is checked against them.
//!
//! The rows are in `data/*.csv` and compiled in, so that the program, its database and its contract
//! cannot disagree. A code is never deleted, because old agreements keep it: it gets `valid_to`
//! and, if it has a successor, `replaced_by`. The words of the enumerations of the contract, such
//! as stages and roles, have their labels in `data/enumerations.csv`, all of them in one file.

mod list;
mod tables;
mod written;

pub use list::{Catalog, LIST};

use crate::refusal::{BilingualText, Said};
use serde::Serialize;
use std::collections::BTreeMap;
use tables::table;
use utoipa::ToSchema;

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
    table(catalog).map_or(&[], |table| &table.entries)
}

/// One entry by its exact code.
pub fn entry(catalog: Catalog, code: &str) -> Option<&'static Entry> {
    let table = table(catalog)?;
    table.entries.get(*table.index.get(code)?)
}

/// Whether a catalogue has this code, regardless of its validity dates.
pub fn contains(catalog: Catalog, code: &str) -> bool {
    table(catalog).is_some_and(|table| table.index.contains_key(code))
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
/// row does.
pub fn version(catalog: Catalog) -> String {
    let version = table(catalog).map_or(0, |table| table.version);
    format!("{version:016x}")
}

/// Whether its codes are the words of an enumeration of the contract, such as stages, and no keys
/// of a list from elsewhere, such as countries.
pub fn is_enumeration(catalog: Catalog) -> bool {
    catalog == Catalog::DocumentKinds || tables::file(catalog).is_none()
}

/// What a catalogue is called.
pub fn title(catalog: Catalog) -> BilingualText {
    tables::title(catalog)
}

#[cfg(test)]
mod tests;
