//! Governments that have exactly a given name.

use super::index::{OTHER_NAMES, OWN_NAMES, TOWNS};
use super::names::{Office, Reading, plain, readings};
use super::states::states_of;
use super::{SeedGovernment, keys};

/// The governments that have exactly the same name.
pub(super) struct Found {
    /// What the words before the name say.
    pub(super) office: Office,
    /// The name, plain and without those words.
    pub(super) name: String,
    /// The municipalities whose own name it is.
    own: Vec<&'static SeedGovernment>,
    /// The municipalities that it is another name of, without the first ones.
    other: Vec<&'static SeedGovernment>,
    /// The states whose name it is.
    pub(super) states: Vec<&'static SeedGovernment>,
}

impl Found {
    /// What a plain text names, in the whole country or in the state `home`: by the longest of its
    /// readings that names anything.
    pub(super) fn of(plain: &str, home: Option<&'static SeedGovernment>) -> Option<Self> {
        readings(plain)
            .into_iter()
            .find_map(|reading| Self::by(reading, home))
    }

    fn by(reading: Reading, home: Option<&'static SeedGovernment>) -> Option<Self> {
        let places = |index: &super::index::Index| {
            let named = index
                .get(&reading.name)
                .filter(|_| reading.office != Office::State);
            named.map_or_else(Vec::new, |places| inside(places, home))
        };
        let own = places(&OWN_NAMES);
        let mut other = places(&OTHER_NAMES);
        other.retain(|place| !own.contains(place));
        let mut states = states_of(&reading);
        states.retain(|state| home.is_none_or(|home| home == *state));
        if own.is_empty() && other.is_empty() && states.is_empty() {
            return None;
        }
        Some(Self {
            office: reading.office,
            name: reading.name,
            own,
            other,
            states,
        })
    }

    /// The municipalities of that name.
    pub(super) fn places(&self) -> Vec<&'static SeedGovernment> {
        self.own.iter().chain(&self.other).copied().collect()
    }

    /// Whether it is the own name of one of the municipalities.
    pub(super) fn is_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// The municipalities where towns of that name lie; none if the text says that it means a
    /// municipality.
    pub(super) fn towns(
        &self,
        home: Option<&'static SeedGovernment>,
    ) -> Vec<&'static SeedGovernment> {
        match self.office {
            Office::Municipality => Vec::new(),
            _ => towns(&self.name, home),
        }
    }
}

/// The municipalities where towns of a plain name lie.
pub(super) fn towns(
    name: &str,
    home: Option<&'static SeedGovernment>,
) -> Vec<&'static SeedGovernment> {
    TOWNS
        .get(name)
        .map_or_else(Vec::new, |places| inside(places, home))
}

/// The municipalities that a part of a cell names exactly or by key.
pub(super) fn exactly(
    part: &str,
    home: Option<&'static SeedGovernment>,
) -> Vec<&'static SeedGovernment> {
    match keys::municipality(part, home) {
        keys::Key::Of(place) => vec![place],
        keys::Key::Unknown => Vec::new(),
        keys::Key::Absent => {
            Found::of(&plain(part), home).map_or_else(Vec::new, |found| found.places())
        }
    }
}

/// Whether a municipality lies in a state.
pub(super) fn lies_in(place: &SeedGovernment, state: &SeedGovernment) -> bool {
    place.parent_id.as_deref() == Some(state.id.as_str())
}

fn inside(
    places: &[&'static SeedGovernment],
    home: Option<&'static SeedGovernment>,
) -> Vec<&'static SeedGovernment> {
    places
        .iter()
        .copied()
        .filter(|place| home.is_none_or(|state| lies_in(place, state)))
        .collect()
}
