//! Governments indexed by all their names.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::names::{compact, plain};
use super::{SeedGovernment, seed_government, seed_governments, table};
use crate::tenant::Tier;

/// Another name of a government; for municipalities usually the name of the main city.
#[derive(Deserialize)]
pub(super) struct Alias {
    pub(super) name: String,
    pub(super) id: String,
}

pub(super) type Index = HashMap<String, Vec<&'static SeedGovernment>>;

pub(super) static STATES: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    for state in of_tier(Tier::State) {
        let numbers = [state.id.as_str(), state.id.trim_start_matches('0')];
        let names = [
            Some(&state.name),
            state.official_name.as_ref(),
            state.abbreviation.as_ref(),
        ];
        for name in names
            .into_iter()
            .flatten()
            .map(String::as_str)
            .chain(numbers)
        {
            note(&mut index, compact(name), state);
        }
    }
    for alias in table::<Alias>(include_str!("../../data/state_aliases.csv")) {
        if let Some(state) = seed_government(&alias.id) {
            note(&mut index, compact(&alias.name), state);
        }
    }
    index
});

pub(super) static MUNICIPALITIES: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    for place in of_tier(Tier::Municipality) {
        for name in [Some(&place.name), place.official_name.as_ref()]
            .into_iter()
            .flatten()
        {
            note(&mut index, plain(name), place);
        }
    }
    for alias in CITIES.iter() {
        if let Some(place) = seed_government(&alias.id) {
            note(&mut index, plain(&alias.name), place);
        }
    }
    index
});

static CITIES: LazyLock<Vec<Alias>> =
    LazyLock::new(|| table(include_str!("../../data/city_aliases.csv")));

/// The other names of a municipality, usually that of its main city: Cancún for Benito Juárez.
pub fn city_aliases(id: &str) -> impl Iterator<Item = &'static str> {
    let of_it = CITIES.iter().filter(move |alias| alias.id == id);
    of_it.map(|alias| alias.name.as_str())
}

/// Every name between two spaces, so that a plain search finds whole words. Precomputed, because a
/// large file of misspelled names uses it a hundred thousand times.
pub(super) static PADDED: LazyLock<Vec<(String, &'static [&'static SeedGovernment])>> =
    LazyLock::new(|| {
        MUNICIPALITIES
            .iter()
            .map(|(name, places)| (format!(" {name} "), places.as_slice()))
            .collect()
    });

pub(super) fn of_tier(tier: Tier) -> impl Iterator<Item = &'static SeedGovernment> {
    seed_governments()
        .iter()
        .filter(move |government| government.tier == tier)
}

fn note(index: &mut Index, name: String, government: &'static SeedGovernment) {
    let named = index.entry(name).or_default();
    if !named.contains(&government) {
        named.push(government);
    }
}
