//! The rows of the catalogues, read from the compiled-in files.

use super::{Catalog, Entry, written};
use crate::refusal::BilingualText;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use strum::VariantArray;

/// The labels of the enumerations.
pub(super) const ENUMERATIONS: &str = include_str!("../../data/enumerations.csv");
/// The rows of that file that say what the catalogues are called.
pub(super) const TITLES: &str = "catalogs";

/// The file of a catalogue that has one of its own.
pub(super) fn file(catalog: Catalog) -> Option<&'static str> {
    Some(match catalog {
        Catalog::Countries => include_str!("../../data/countries.csv"),
        Catalog::Currencies => include_str!("../../data/currencies.csv"),
        Catalog::Languages => include_str!("../../data/languages.csv"),
        Catalog::Themes => include_str!("../../data/themes.csv"),
        Catalog::SdgTargets => include_str!("../../data/sdg_targets.csv"),
        Catalog::LegalPowers => include_str!("../../data/legal_powers.csv"),
        Catalog::DocumentKinds => include_str!("../../data/document_kinds.csv"),
        Catalog::LegalBases => include_str!("../../data/legal_bases.csv"),
        Catalog::Clauses => include_str!("../../data/clauses.csv"),
        _ => return None,
    })
}

/// The entries of a catalogue.
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    pub(super) index: HashMap<String, usize>,
    pub(super) version: u64,
}

/// The table of a catalogue; every catalogue has one.
pub(super) fn table(catalog: Catalog) -> Option<&'static Table> {
    static TABLES: LazyLock<BTreeMap<Catalog, Table>> = LazyLock::new(|| {
        let all = Catalog::VARIANTS.iter();
        all.map(|catalog| (*catalog, Table::of(*catalog))).collect()
    });
    TABLES.get(&catalog)
}

/// What a catalogue is called.
pub(super) fn title(catalog: Catalog) -> BilingualText {
    let mut titles = LABELS.iter().filter(|row| row.catalog == TITLES);
    let found = titles.find(|row| row.code == catalog.slug());
    let text = |label: fn(&LabelRow) -> &String| {
        found.map_or_else(|| catalog.slug().to_owned(), |row| label(row).clone())
    };
    BilingualText {
        es: text(|row| &row.es),
        en: text(|row| &row.en),
    }
}

/// A row of the files that hold one catalogue; they all have the same columns.
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

/// A row of the file of the enumerations.
#[derive(Deserialize)]
struct LabelRow {
    catalog: String,
    code: String,
    es: String,
    en: String,
    attributes: String,
}

static LABELS: LazyLock<Vec<LabelRow>> = LazyLock::new(|| read(ENUMERATIONS));

/// A row that does not parse is left out here; the test `every_row_parses_and_is_complete` prevents
/// committing one.
fn read<T: serde::de::DeserializeOwned>(source: &str) -> Vec<T> {
    csv::Reader::from_reader(source.as_bytes())
        .into_deserialize()
        .filter_map(Result::ok)
        .collect()
}

impl Table {
    fn of(catalog: Catalog) -> Self {
        let (entries, version) = match file(catalog) {
            Some(source) => {
                let entries = read::<Row>(source).into_iter().map(Entry::from).collect();
                (entries, digest(&[source]))
            }
            None => {
                let entries = labelled(catalog);
                let version = digest_of(&entries);
                (entries, version)
            }
        };
        let index = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.code.clone(), at))
            .collect();
        Self {
            entries,
            index,
            version,
        }
    }
}

/// The entries of an enumeration.
fn labelled(catalog: Catalog) -> Vec<Entry> {
    written::entries(catalog).unwrap_or_else(|| {
        let rows = LABELS.iter().filter(|row| row.catalog == catalog.slug());
        rows.map(Entry::from).collect()
    })
}

/// The version need not resist forgery, so a plain FNV-1a is enough. A byte that no text has ends
/// each part.
fn digest(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn digest_of(entries: &[Entry]) -> u64 {
    let mut parts: Vec<&str> = Vec::new();
    for entry in entries {
        parts.extend([&*entry.code, &*entry.es, &*entry.en]);
        let attributes = entry.attributes.iter();
        parts.extend(attributes.flat_map(|(name, value)| [&**name, &**value]));
    }
    digest(&parts)
}

fn attributes(text: &str) -> BTreeMap<String, String> {
    text.split(';')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        Self {
            code: row.code,
            es: row.es,
            en: row.en,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            replaced_by: row.replaced_by,
            attributes: attributes(&row.attributes),
        }
    }
}

impl From<&LabelRow> for Entry {
    fn from(row: &LabelRow) -> Self {
        Self {
            attributes: attributes(&row.attributes),
            ..Self::labelled(&row.code, &row.es, &row.en)
        }
    }
}

impl Entry {
    /// An entry that is always valid, and has no attributes.
    pub(super) fn labelled(code: &str, es: &str, en: &str) -> Self {
        Self {
            code: code.to_owned(),
            es: es.to_owned(),
            en: en.to_owned(),
            valid_from: None,
            valid_to: None,
            replaced_by: None,
            attributes: BTreeMap::new(),
        }
    }
}
