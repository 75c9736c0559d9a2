//! Search for states by name, and the three meanings of "México".
//!
//! INEGI calls the State of Mexico "México", speakers call Mexico City so, and an address ends with
//! it as the country. A name or tail "México" is therefore never looked up like another name.

use super::answer::Match;
use super::cell::parts;
use super::countries::{CountryMatch, find_country};
use super::index::{STATES, of_tier};
use super::names::{Office, Reading, compact, plain, readings};
use super::{SeedGovernment, keys, seed_government};
use crate::tenant::Tier;
use crate::text::fold;

/// The longest cell in which a place is searched for; no name is nearly as long.
pub(super) const MAX_NAME_BYTES: usize = 1_200;

pub(super) const MEXICO_CITY: &str = "09";
pub(super) const STATE_OF_MEXICO: &str = "15";

/// Finds a state by its common or legal name, an abbreviation in use or its two-digit key; "Gobierno
/// del Estado de" may precede the name, and the country or another name of the same state may
/// follow it ("Jalisco, México", "14 Jalisco"). "México" alone may be the State of Mexico or Mexico
/// City, or nothing but the country, so a person decides.
pub fn find_state(name: &str) -> Match {
    if name.len() > MAX_NAME_BYTES {
        return Match::None;
    }
    if let Some(state) = keys::state(name) {
        return Match::One(state);
    }
    if says_mexico(name) {
        return Match::doubtful(both_mexicos(), []);
    }
    if let Some(states) = STATES.get(&compact(name)) {
        return Match::decided(states.clone());
    }
    let named = readings(&plain(name))
        .iter()
        .map(in_a_column_of_states)
        .find(|states| !states.is_empty());
    if let Some(states) = named {
        return Match::decided(states);
    }
    let parts = parts(name);
    if parts.len() > 1 {
        return in_parts(&parts);
    }
    let folded = fold(name);
    Match::doubtful(
        of_tier(Tier::State).filter(|state| begins(&fold(&state.name), &folded)),
        [],
    )
}

/// The states that a reading may mean in a column of states: "Gobierno de Durango" is the state's.
fn in_a_column_of_states(reading: &Reading) -> Vec<&'static SeedGovernment> {
    if means_mexico(&reading.name) && reading.office != Office::State {
        return Vec::new();
    }
    states_of(reading)
}

/// A cell that names a state and something else: its key, its abbreviation, the country.
fn in_parts(parts: &[&str]) -> Match {
    let named: Option<Vec<_>> = parts
        .iter()
        .filter(|part| !means_mexico(&fold(part)) && !says_country(part))
        .map(|part| keys::state(part).or_else(|| sure_state(part)))
        .collect();
    match named {
        Some(mut states) if !states.is_empty() => {
            states.dedup();
            Match::decided(states)
        }
        Some(_) => Match::doubtful(both_mexicos(), []),
        None => Match::None,
    }
}

/// The states that a reading of a name may mean. A municipality's government is never a state's,
/// and "Gobierno de México" is the federal one.
pub(super) fn states_of(reading: &Reading) -> Vec<&'static SeedGovernment> {
    match (reading.office, means_mexico(&reading.name)) {
        (Office::Municipality, _) | (Office::Any, true) => Vec::new(),
        (Office::State, true) => seed_government(STATE_OF_MEXICO).into_iter().collect(),
        (Office::Unsaid, true) => both_mexicos(),
        (_, false) => STATES
            .get(&reading.name.replace(' ', ""))
            .cloned()
            .unwrap_or_default(),
    }
}

/// The state that a part of a cell names, if it names nothing but a state. A number is not enough:
/// lists are numbered ("9 Benito Juárez").
pub(super) fn sure_state(part: &str) -> Option<&'static SeedGovernment> {
    let only = |states: Vec<&'static SeedGovernment>| match states.as_slice() {
        [state] => Some(*state),
        _ => None,
    };
    readings(&plain(part))
        .iter()
        .filter(|reading| reading.office != Office::Any)
        .find_map(|reading| only(states_of(reading)))
}

/// Whether a whole text is "México", which says less than it seems to.
pub(super) fn says_mexico(text: &str) -> bool {
    matches!(fold(text).as_str(), "mexico" | "mejico")
}

/// Whether a folded name is "México", or its abbreviation: as a tail, "Mex." is the usual one of the
/// State of Mexico, and in English texts that of the country.
pub(super) fn means_mexico(folded: &str) -> bool {
    matches!(folded, "mexico" | "mejico" | "mex")
}

/// Whether a part names the country and cannot be the state: "MX", "República Mexicana".
pub(super) fn says_country(part: &str) -> bool {
    matches!(
        find_country(part),
        CountryMatch::One("MX") | CountryMatch::ByCode("MX")
    )
}

fn both_mexicos() -> Vec<&'static SeedGovernment> {
    [MEXICO_CITY, STATE_OF_MEXICO]
        .into_iter()
        .filter_map(seed_government)
        .collect()
}

/// Whether a name begins with these whole words.
fn begins(name: &str, words: &str) -> bool {
    !words.is_empty()
        && name
            .strip_prefix(words)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
