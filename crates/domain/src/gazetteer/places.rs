//! Governments by name.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::names::{compact, is_telling, plain, without_office};
use super::{SeedGovernment, seed_government, seed_governments, table};
use crate::tenant::Tier;
use crate::text::fold;

/// Most candidates named in one doubt; "San" in Oaxaca fits hundreds, and such a list helps nobody.
const MAX_CANDIDATES: usize = 50;

/// What a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// One government, beyond doubt.
    One(&'static SeedGovernment),
    /// These may be meant, perhaps only one of them: a person decides.
    Ambiguous(Vec<&'static SeedGovernment>),
    /// Nothing of that name.
    None,
}

/// A further name of a government; for municipalities mostly the name of its main city.
#[derive(Deserialize)]
pub(super) struct Alias {
    pub(super) name: String,
    pub(super) id: String,
}

type Index = HashMap<String, Vec<&'static SeedGovernment>>;

static STATES: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    for state in of_tier(Tier::State) {
        let numbers = [state.id.as_str(), state.id.trim_start_matches('0')];
        let names = [Some(&state.name), state.official_name.as_ref(), state.abbreviation.as_ref()];
        for name in names.into_iter().flatten().map(String::as_str).chain(numbers) {
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

static MUNICIPALITIES: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    for place in of_tier(Tier::Municipality) {
        for name in [Some(&place.name), place.official_name.as_ref()].into_iter().flatten() {
            note(&mut index, plain(name), place);
        }
    }
    for alias in table::<Alias>(include_str!("../../data/city_aliases.csv")) {
        if let Some(place) = seed_government(&alias.id) {
            note(&mut index, plain(&alias.name), place);
        }
    }
    index
});

fn of_tier(tier: Tier) -> impl Iterator<Item = &'static SeedGovernment> {
    seed_governments().iter().filter(move |government| government.tier == tier)
}

fn note(index: &mut Index, name: String, government: &'static SeedGovernment) {
    let named = index.entry(name).or_default();
    if !named.contains(&government) {
        named.push(government);
    }
}

/// Finds a state by its name, its name in law, an abbreviation in use or its two-digit key; also
/// where "Gobierno del Estado de" stands before it.
pub fn find_state(name: &str) -> Match {
    if let Some(states) = STATES.get(&compact(name)) {
        return decided(states.clone());
    }
    let folded = fold(name);
    let rest = ["gobierno del estado de ", "estado libre y soberano de ", "estado de ", "edo de "]
        .iter()
        .find_map(|prefix| folded.strip_prefix(prefix));
    if let Some(states) = rest.and_then(|rest| STATES.get(&compact(rest))) {
        return decided(states.clone());
    }
    doubtful(of_tier(Tier::State).filter(|state| begins(&fold(&state.name), &folded)).collect())
}

/// Finds the government that a row of a file names: a municipality of a state, or the state itself
/// where the municipality is empty. Without a state the municipality's name must be unique in the
/// country. Keys (`14`, `14039`) are taken as well as names.
pub fn find_government(state: Option<&str>, municipality: Option<&str>) -> Match {
    let municipality = municipality.filter(|name| !says_none(name));
    match (state.filter(|name| !fold(name).is_empty()), municipality) {
        (None, None) => Match::None,
        (Some(state), None) => find_state(state),
        (None, Some(municipality)) => anywhere(municipality),
        (Some(state), Some(municipality)) => match find_state(state) {
            Match::One(state) => within(state, municipality),
            // The municipality may be clear, but the row contradicts itself or has a slip.
            _ => match anywhere(municipality) {
                Match::One(place) => Match::Ambiguous(vec![place]),
                other => other,
            },
        },
    }
}

/// Whether a cell says in words that no municipality takes part.
fn says_none(municipality: &str) -> bool {
    let folded = fold(municipality);
    matches!(
        folded.as_str(),
        "" | "n a" | "na" | "no aplica" | "ninguno" | "estado" | "estatal" | "gobierno del estado"
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
    // A state's name where a municipality was expected: Mexico City is both a city and a state, the
    // others are for a person to confirm.
    if let Match::One(state) = find_state(municipality) {
        return if state.id == MEXICO_CITY { Match::One(state) } else { doubtful(vec![state]) };
    }
    doubtful(resembling(&name, |_| true))
}

const MEXICO_CITY: &str = "09";

fn within(state: &'static SeedGovernment, municipality: &str) -> Match {
    let inside = |place: &&SeedGovernment| place.parent_id.as_deref() == Some(state.id.as_str());
    if let Some(place) = by_key(municipality) {
        return if inside(&place) { Match::One(place) } else { doubtful(vec![place, state]) };
    }
    if let Some((name, tail)) = municipality.rsplit_once(',')
        && find_state(tail) == Match::One(state)
    {
        return within(state, name);
    }
    let name = plain(municipality);
    let named: Vec<_> = named(&name).unwrap_or_default().into_iter().filter(inside).collect();
    if !named.is_empty() {
        return decided(named);
    }
    if find_state(municipality) == Match::One(state) {
        return if state.id == MEXICO_CITY { Match::One(state) } else { doubtful(vec![state]) };
    }
    let name = without_office(&name).unwrap_or(&name);
    let beginning: Vec<_> = of_tier(Tier::Municipality)
        .filter(inside)
        .filter(|place| begins(&plain(&place.name), name))
        .collect();
    match beginning.as_slice() {
        [place] if is_telling(name) => Match::One(place),
        _ => doubtful(resembling(name, |place| inside(&place))),
    }
}

/// The places of exactly this name, with or without the word for their office.
fn named(plain: &str) -> Option<Vec<&'static SeedGovernment>> {
    let without = || without_office(plain).and_then(|rest| MUNICIPALITIES.get(rest));
    MUNICIPALITIES.get(plain).or_else(without).cloned()
}

/// A municipality by its key, also where a spreadsheet took the leading zero away.
fn by_key(text: &str) -> Option<&'static SeedGovernment> {
    let digits = text.trim();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !(4..=5).contains(&digits.len()) {
        return None;
    }
    seed_government(&format!("{digits:0>5}"))
}

/// The places whose name holds the words asked for, or whose name the words asked for begin with.
fn resembling(
    name: &str,
    wanted: impl Fn(&SeedGovernment) -> bool,
) -> Vec<&'static SeedGovernment> {
    if name.is_empty() {
        return Vec::new();
    }
    let mut found: BTreeMap<&str, &'static SeedGovernment> = BTreeMap::new();
    for (known, places) in MUNICIPALITIES.iter() {
        let holds = format!(" {known} ").contains(&format!(" {name} "));
        if holds || (begins(name, known) && is_telling(known)) {
            found.extend(places.iter().filter(|p| wanted(p)).map(|p| (p.id.as_str(), *p)));
        }
    }
    found.into_values().collect()
}

/// Whether a name begins with whole words.
fn begins(name: &str, words: &str) -> bool {
    !words.is_empty()
        && name.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
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
    if found.is_empty() { Match::None } else { Match::Ambiguous(found) }
}
