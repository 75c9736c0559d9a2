//! Governments indexed by all their names.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::names::{compact, plain};
use super::states::says_mexico;
use super::{SeedGovernment, seed_government, seed_governments, table};
use crate::tenant::Tier;

/// Another name of a government; for municipalities usually the name of the main city.
#[derive(Deserialize)]
pub(super) struct Alias {
    pub(super) name: String,
    pub(super) id: String,
}

pub(super) type Index = HashMap<String, Vec<&'static SeedGovernment>>;

/// States by their names in [`compact`] form. "México" is not among them: see
/// [`states`](super::states).
pub(super) static STATES: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    let aliases = table::<Alias>(include_str!("../../data/state_aliases.csv"));
    let of_catalogue = of_tier(Tier::State).flat_map(|state| {
        [
            Some(&state.name),
            state.official_name.as_ref(),
            state.abbreviation.as_ref(),
        ]
        .into_iter()
        .flatten()
        .map(move |name| (name.as_str(), state))
    });
    let others = aliases
        .iter()
        .filter_map(|alias| Some((alias.name.as_str(), seed_government(&alias.id)?)));
    for (name, state) in of_catalogue.chain(others) {
        if !says_mexico(name) {
            note(&mut index, compact(name), state);
            note(&mut index, plain(name).replace(' ', ""), state);
        }
    }
    index
});

/// Municipalities by their own names, in [`plain`] form.
pub(super) static OWN_NAMES: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    for place in of_tier(Tier::Municipality) {
        for name in [Some(&place.name), place.official_name.as_ref()]
            .into_iter()
            .flatten()
        {
            note(&mut index, plain(name), place);
        }
    }
    index
});

/// Municipalities by other names that mean them, usually those of their main cities.
pub(super) static OTHER_NAMES: LazyLock<Index> = LazyLock::new(|| by_alias(&CITIES));

/// Towns that have the name of another municipality, or the beginning of its name, with the
/// municipality where they lie. A town has no government, so its name alone never stands for one;
/// it makes the name doubtful. Source: GeoNames (CC BY 4.0), compared with the catalogue.
pub(super) static TOWNS: LazyLock<Index> =
    LazyLock::new(|| by_alias(&table::<Alias>(include_str!("../../data/towns.csv"))));

static CITIES: LazyLock<Vec<Alias>> =
    LazyLock::new(|| table(include_str!("../../data/city_aliases.csv")));

/// The other names of a municipality, usually that of its main city: Cancún for Benito Juárez.
pub fn city_aliases(id: &str) -> impl Iterator<Item = &'static str> {
    let of_it = CITIES.iter().filter(move |alias| alias.id == id);
    of_it.map(|alias| alias.name.as_str())
}

/// A name of a municipality, its own or another.
pub(super) struct Known {
    /// The plain name between two spaces, so that a plain search finds whole words.
    pub(super) padded: String,
    pub(super) places: Vec<&'static SeedGovernment>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut index = Index::new();
    for (name, places) in OWN_NAMES.iter().chain(OTHER_NAMES.iter()) {
        for place in places {
            note(&mut index, name.clone(), place);
        }
    }
    index
        .into_iter()
        .map(|(name, places)| Known {
            padded: format!(" {name} "),
            places,
        })
        .collect()
});

/// The names that contain a word. A large file of misspelled names uses this a hundred thousand
/// times, and a misspelled word is in no name.
pub(super) static BY_WORD: LazyLock<HashMap<&'static str, Vec<&'static Known>>> =
    LazyLock::new(|| {
        let mut index: HashMap<&'static str, Vec<&'static Known>> = HashMap::new();
        for known in KNOWN.iter() {
            let words: BTreeSet<&str> = known.padded.split_whitespace().collect();
            for word in words {
                index.entry(word).or_default().push(known);
            }
        }
        index
    });

pub(super) fn of_tier(tier: Tier) -> impl Iterator<Item = &'static SeedGovernment> {
    seed_governments()
        .iter()
        .filter(move |government| government.tier == tier)
}

fn by_alias(aliases: &[Alias]) -> Index {
    let mut index = Index::new();
    for alias in aliases {
        if let Some(place) = seed_government(&alias.id) {
            note(&mut index, plain(&alias.name), place);
        }
    }
    index
}

fn note(index: &mut Index, name: String, government: &'static SeedGovernment) {
    let named = index.entry(name).or_default();
    if !named.contains(&government) {
        named.push(government);
    }
}
