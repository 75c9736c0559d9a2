//! Search for countries by name.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::names::compact;
use crate::catalogs::{self, Catalog};

/// The result of a search for a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountryMatch {
    /// One country, by its ISO 3166-1 alpha-2 code.
    One(&'static str),
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
        let alpha_3 = entry.attributes.get("alpha3");
        for name in [&entry.code, &entry.es, &entry.en]
            .into_iter()
            .chain(alpha_3)
        {
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

/// Finds a country by its Spanish or English name, a common variant, or its ISO 3166-1 code of two
/// or three letters. Accents, capitals and punctuation do not matter.
pub fn find_country(name: &str) -> CountryMatch {
    let Some(named) = BY_NAME.get(&compact(name)) else {
        return CountryMatch::None;
    };
    let mut codes = named.codes.iter().copied();
    match (codes.next(), codes.next()) {
        (Some(code), None) if !named.doubtful => CountryMatch::One(code),
        _ => CountryMatch::Ambiguous(named.codes.iter().copied().collect()),
    }
}
