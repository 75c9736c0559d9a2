//! Search for countries by name.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::names::compact;
use super::states::MAX_NAME_BYTES;
use crate::catalogs::{self, Catalog};
use crate::text::fold;

/// A part of a text that is not longer than a code may be anything.
const MAX_CODE_BYTES: usize = 3;

/// Codes of ISO 3166-1 that are also words: abbreviations of "no aplica", "no consta", "no
/// especificado", "no registrado", "sin dato", "sin información", "sin número" and "sin registro"
/// without their bar, "no", "sí" and "sur". In a file in capitals they look like codes.
const ALSO_WORDS: [&str; 10] = ["NA", "NC", "NE", "NO", "NR", "SD", "SI", "SN", "SR", "SUR"];

/// The result of a search for a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountryMatch {
    /// One country, by one of its names. The value is its ISO 3166-1 alpha-2 code, as in the other
    /// variants.
    One(&'static str),
    /// One country, by its code. A short word may be a code by accident, so a record made from it
    /// should say so.
    ByCode(&'static str),
    /// The name fits these countries, or this one without certainty: a person decides.
    Ambiguous(Vec<&'static str>),
    /// No country has that name.
    None,
}

/// Another name of a country. A name with several rows is ambiguous; `sure = no` marks a name that
/// only sometimes means the country ("América").
#[derive(Deserialize)]
pub(super) struct Alias {
    pub(super) name: String,
    pub(super) code: String,
    sure: String,
}

#[derive(Default)]
struct Named {
    codes: BTreeSet<&'static str>,
    doubtful: bool,
}

static BY_NAME: LazyLock<HashMap<String, Named>> = LazyLock::new(|| {
    let mut by_name: HashMap<String, Named> = HashMap::new();
    for entry in catalogs::entries(Catalog::Countries) {
        for name in [&entry.es, &entry.en] {
            by_name
                .entry(compact(name))
                .or_default()
                .codes
                .insert(&entry.code);
        }
    }
    for alias in super::table::<Alias>(include_str!("../../data/country_aliases.csv")) {
        if let Some(entry) = catalogs::entry(Catalog::Countries, &alias.code) {
            let named = by_name.entry(compact(&alias.name)).or_default();
            named.codes.insert(&entry.code);
            named.doubtful |= alias.sure == "no";
        }
    }
    by_name
});

/// Countries by their codes of two and three letters.
static BY_CODE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    catalogs::entries(Catalog::Countries)
        .iter()
        .flat_map(|entry| {
            [Some(&entry.code), entry.attributes.get("alpha3")]
                .into_iter()
                .flatten()
                .map(|code| (code.as_str(), entry.code.as_str()))
        })
        .collect()
});

/// Finds a country by its Spanish or English name, a common variant, or its ISO 3166-1 code of two
/// or three letters.
///
/// In names, accents, capitals and punctuation do not matter. A code counts only if the whole text
/// is that code in capitals: `N/A` is not Namibia, and `No` is not Norway. A code that is also a
/// word, such as `NA`, is [`CountryMatch::Ambiguous`].
///
/// A text that holds more than one name, such as `Francia y España` or `Lyon, Francia`, is
/// [`CountryMatch::Ambiguous`] with the countries that it names.
pub fn find_country(name: &str) -> CountryMatch {
    let written = name.trim();
    if let Some(named) = named(written) {
        let mut codes = named.codes.iter().copied();
        return match (codes.next(), codes.next()) {
            (Some(code), None) if !named.doubtful => CountryMatch::One(code),
            _ => CountryMatch::Ambiguous(named.codes.iter().copied().collect()),
        };
    }
    match BY_CODE.get(written) {
        Some(code) if ALSO_WORDS.contains(&written) => CountryMatch::Ambiguous(vec![code]),
        Some(code) => CountryMatch::ByCode(code),
        None => in_parts(written),
    }
}

/// The country of exactly this name, also with its usual abbreviations: `Rep. de Corea`.
fn named(name: &str) -> Option<&'static Named> {
    let whole = compact(name);
    if whole.is_empty() {
        return None;
    }
    BY_NAME.get(&whole).or_else(|| {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').map(written_out).collect();
        BY_NAME.get(&words.concat())
    })
}

fn written_out(word: &str) -> &str {
    match word {
        "dem" => "democratica",
        "fed" => "federal",
        "pop" => "popular",
        "rep" => "republica",
        other => other,
    }
}

/// The countries that the parts of a text name.
fn in_parts(text: &str) -> CountryMatch {
    if text.len() > MAX_NAME_BYTES {
        return CountryMatch::None;
    }
    let folded = text
        .to_lowercase()
        .replace([';', '/', '(', ')', '–', '—'], ",");
    let parts = [" y ", " e ", " and ", " - "]
        .iter()
        .fold(folded, |text, word| text.replace(word, ","));
    let codes: BTreeSet<&'static str> = parts
        .split(',')
        .filter(|part| part.trim().len() > MAX_CODE_BYTES)
        .filter_map(named)
        .flat_map(|named| named.codes.iter().copied())
        .collect();
    if codes.is_empty() {
        CountryMatch::None
    } else {
        CountryMatch::Ambiguous(codes.into_iter().collect())
    }
}
