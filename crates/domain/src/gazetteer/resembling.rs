//! Municipalities whose name resembles a given one, as candidates for a person's decision.

use super::SeedGovernment;
use super::found::lies_in;
use super::index::{BY_WORD, Known, OTHER_NAMES, OWN_NAMES};
use super::names::{is_telling, readings};

/// More words than the longest name of the catalogue has.
const MAX_WORDS: usize = 12;

/// Municipalities whose name contains the given words, or is the beginning of them.
pub(super) fn resembling(
    plain: &str,
    home: Option<&'static SeedGovernment>,
) -> Vec<&'static SeedGovernment> {
    let mut found = Vec::new();
    for reading in readings(plain) {
        found.extend(containing(&reading.name, home));
        found.extend(beginning_of(&reading.name, home));
    }
    found
}

/// Municipalities that have a name with these words side by side.
pub(super) fn containing(
    name: &str,
    home: Option<&'static SeedGovernment>,
) -> Vec<&'static SeedGovernment> {
    let words = format!(" {name} ");
    of_names(rarest(name), home, |known| known.padded.contains(&words))
}

/// Municipalities of a state that have a longer name with this beginning.
pub(super) fn beginning_with(
    name: &str,
    home: &'static SeedGovernment,
) -> Vec<&'static SeedGovernment> {
    let words = format!(" {name} ");
    of_names(rarest(name), Some(home), |known| {
        known.padded.len() > words.len() && known.padded.starts_with(&words)
    })
}

/// Municipalities whose whole name is the beginning of a longer one: a misspelled or added word.
fn beginning_of(name: &str, home: Option<&'static SeedGovernment>) -> Vec<&'static SeedGovernment> {
    let words: Vec<&str> = name.split(' ').take(MAX_WORDS).collect();
    (1..=words.len())
        .map(|end| words.split_at(end).0.join(" "))
        .filter(|known| is_telling(known))
        .flat_map(|known| {
            [OWN_NAMES.get(&known), OTHER_NAMES.get(&known)]
                .into_iter()
                .flatten()
                .flatten()
                .copied()
        })
        .filter(|place| home.is_none_or(|state| lies_in(place, state)))
        .collect()
}

/// The names with the rarest word of a text: no name has the others without it.
fn rarest(name: &str) -> &'static [&'static Known] {
    name.split(' ')
        .map(|word| BY_WORD.get(word).map(Vec::as_slice).unwrap_or_default())
        .min_by_key(|names| names.len())
        .unwrap_or_default()
}

fn of_names(
    names: &[&'static Known],
    home: Option<&'static SeedGovernment>,
    wanted: impl Fn(&Known) -> bool,
) -> Vec<&'static SeedGovernment> {
    names
        .iter()
        .filter(|known| wanted(known))
        .flat_map(|known| known.places.iter().copied())
        .filter(|place| home.is_none_or(|state| lies_in(place, state)))
        .collect()
}
