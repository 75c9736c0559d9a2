//! Search for governments by name.

use std::collections::BTreeMap;

use super::index::{MUNICIPALITIES, PADDED, STATES, of_tier};
use super::names::{compact, is_telling, plain, without_office};
use super::{SeedGovernment, seed_government};
use crate::tenant::Tier;
use crate::text::fold;

/// The most candidates listed for a doubtful name; "San" in Oaxaca fits hundreds, and such a list
/// helps nobody.
const MAX_CANDIDATES: usize = 50;

/// The longest cell in which a place is searched for; no name is nearly as long.
const MAX_NAME_BYTES: usize = 1_200;

/// The result of a search for a government.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// One government, without doubt.
    One(&'static SeedGovernment),
    /// One or more candidates: a person decides.
    Ambiguous(Vec<&'static SeedGovernment>),
    /// No government has that name.
    None,
}

/// Finds a state by its common or legal name, an abbreviation in use or its two-digit key;
/// "Gobierno del Estado de" may precede the name.
pub fn find_state(name: &str) -> Match {
    if let Some(states) = STATES.get(&compact(name)) {
        return decided(states.clone());
    }
    let folded = fold(name);
    let rest = [
        "gobierno del estado de ",
        "estado libre y soberano de ",
        "estado de ",
        "edo de ",
    ]
    .iter()
    .find_map(|prefix| folded.strip_prefix(prefix));
    if let Some(states) = rest.and_then(|rest| STATES.get(&compact(rest))) {
        return decided(states.clone());
    }
    doubtful(
        of_tier(Tier::State)
            .filter(|state| begins(&fold(&state.name), &folded))
            .collect(),
    )
}

/// Finds the government that a row of a file names: a municipality of a state, or the state itself
/// if the municipality is empty. Without a state, the municipality's name must be unique in the
/// country. Keys (`14`, `14039`) are accepted too.
pub fn find_government(state: Option<&str>, municipality: Option<&str>) -> Match {
    if [state, municipality]
        .into_iter()
        .flatten()
        .any(|name| name.len() > MAX_NAME_BYTES)
    {
        return Match::None;
    }
    let municipality = municipality.filter(|name| !says_none(name));
    match (state.filter(|name| !fold(name).is_empty()), municipality) {
        (None, None) => Match::None,
        (Some(state), None) => find_state(state),
        (None, Some(municipality)) => anywhere(municipality),
        (Some(state), Some(municipality)) => match find_state(state) {
            Match::One(state) => within(state, municipality),
            // The municipality may be clear, but the row contradicts itself or contains a mistake.
            _ => match anywhere(municipality) {
                Match::One(place) => Match::Ambiguous(vec![place]),
                other => other,
            },
        },
    }
}

/// Whether a cell says in words that there is no municipality.
fn says_none(municipality: &str) -> bool {
    let folded = fold(municipality);
    matches!(
        folded.as_str(),
        "" | "n a"
            | "na"
            | "no aplica"
            | "ninguno"
            | "estado"
            | "estatal"
            | "gobierno del estado"
            | "gobierno estatal"
    )
}

fn anywhere(municipality: &str) -> Match {
    if let Some(place) = by_key(municipality) {
        return Match::One(place);
    }
    // "Acapulco, Gro."
    if let Some((name, state)) = municipality.rsplit_once(',')
        && let Match::One(state) = find_state(state)
    {
        return within(state, name);
    }
    let name = plain(municipality);
    if let Some(named) = named(&name) {
        return decided(named);
    }
    // A state's name in the municipality column: Mexico City is both a city and a state; for the
    // others a person must confirm.
    if let Match::One(state) = find_state(municipality) {
        return if state.id == MEXICO_CITY {
            Match::One(state)
        } else {
            doubtful(vec![state])
        };
    }
    doubtful(resembling(&name, |_| true))
}

const MEXICO_CITY: &str = "09";

fn within(state: &'static SeedGovernment, municipality: &str) -> Match {
    let inside = |place: &&SeedGovernment| place.parent_id.as_deref() == Some(state.id.as_str());
    if let Some(place) = by_key(municipality) {
        return if inside(&place) {
            Match::One(place)
        } else {
            doubtful(vec![place, state])
        };
    }
    if let Some((name, tail)) = municipality.rsplit_once(',')
        && find_state(tail) == Match::One(state)
    {
        return within(state, name);
    }
    let name = plain(municipality);
    let named: Vec<_> = named(&name)
        .unwrap_or_default()
        .into_iter()
        .filter(inside)
        .collect();
    if !named.is_empty() {
        return decided(named);
    }
    if find_state(municipality) == Match::One(state) {
        return if state.id == MEXICO_CITY {
            Match::One(state)
        } else {
            doubtful(vec![state])
        };
    }
    let name = without_office(&name).unwrap_or(&name);
    let start = format!(" {name} ");
    let mut beginning: Vec<_> = PADDED
        .iter()
        .filter(|(known, _)| known.starts_with(&start))
        .flat_map(|(_, places)| places.iter().copied().filter(|place| inside(place)))
        .collect();
    beginning.sort_by_key(|place| &place.id);
    beginning.dedup();
    match beginning.as_slice() {
        [place] if is_telling(name) => Match::One(place),
        _ => doubtful(resembling(name, |place| inside(&place))),
    }
}

/// The places with exactly this name, with or without the prefix for their office.
fn named(plain: &str) -> Option<Vec<&'static SeedGovernment>> {
    let without = || without_office(plain).and_then(|rest| MUNICIPALITIES.get(rest));
    MUNICIPALITIES.get(plain).or_else(without).cloned()
}

/// A municipality by its key, even if a spreadsheet removed the leading zero.
fn by_key(text: &str) -> Option<&'static SeedGovernment> {
    let digits = text.trim();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !(4..=5).contains(&digits.len()) {
        return None;
    }
    seed_government(&format!("{digits:0>5}"))
}

/// Places whose name contains the given words, or whose name is the beginning of them.
fn resembling(
    name: &str,
    wanted: impl Fn(&SeedGovernment) -> bool,
) -> Vec<&'static SeedGovernment> {
    if name.is_empty() {
        return Vec::new();
    }
    let asked = format!(" {name} ");
    let mut found: BTreeMap<&str, &'static SeedGovernment> = BTreeMap::new();
    for (known, places) in PADDED.iter() {
        if known.contains(&asked) || (asked.starts_with(known) && is_telling(known.trim())) {
            found.extend(
                places
                    .iter()
                    .filter(|p| wanted(p))
                    .map(|p| (p.id.as_str(), *p)),
            );
        }
    }
    found.into_values().collect()
}

/// Whether a name begins with these whole words.
fn begins(name: &str, words: &str) -> bool {
    !words.is_empty()
        && name
            .strip_prefix(words)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn decided(found: Vec<&'static SeedGovernment>) -> Match {
    match found.as_slice() {
        [government] => Match::One(government),
        _ => doubtful(found),
    }
}

fn doubtful(mut found: Vec<&'static SeedGovernment>) -> Match {
    found.sort_by_key(|government| &government.id);
    found.truncate(MAX_CANDIDATES);
    if found.is_empty() {
        Match::None
    } else {
        Match::Ambiguous(found)
    }
}
