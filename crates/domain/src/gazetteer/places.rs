//! Search for governments by the cells of a row.
//!
//! Importers go wrong in one way above all: they take the first or the only record that fits in one
//! list, although the words also fit something that they did not look at: a namesake in another
//! state, a state, a town, a longer name with the same beginning. So a name is decided here only by
//! being exactly the name of one government and of nothing else that could be meant; everything
//! that merely resembles is a question, even if there is one candidate.

use super::SeedGovernment;
use super::answer::Match;
use super::cell::{Cell, parts};
use super::found::{Found, exactly, lies_in};
use super::judging::{judged, unnamed};
use super::keys::{self, Key};
use super::names::plain;
use super::resembling::{beginning_with, resembling};
use super::seed_government;
use super::states::{MAX_NAME_BYTES, STATE_OF_MEXICO, find_state, says_mexico};
use crate::text::fold;

/// A state that a cell names.
type State = &'static SeedGovernment;

/// Finds the government that a row of a file names: a municipality of a state, or the state itself
/// if the municipality is empty.
///
/// With a state, an exact name of one of its municipalities decides. Without a state, the name must
/// be unique in the country, among states, towns and longer names too. The state may also stand in
/// the municipality's cell (`Guadalajara, Jal.`), and words for the government may precede the name
/// (`H. Ayuntamiento de Guadalajara`). Keys (`14`, `14039`) are accepted, also in two columns (`14`
/// and `39`).
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
        (Some(state), None) => match find_state(state) {
            // A municipality in the column of states: "Guadalajara, Jalisco".
            Match::None => place(state, None).asked(),
            found => found,
        },
        (None, Some(municipality)) => place(municipality, None),
        (Some(state), Some(municipality)) => in_columns(state, municipality),
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
            | "poder ejecutivo del estado"
            | "poder ejecutivo estatal"
            | "sin municipio"
    )
}

fn in_columns(state: &str, municipality: &str) -> Match {
    if says_mexico(state) {
        return in_column_mexico(state, municipality);
    }
    let Match::One(home) = find_state(state) else {
        // The municipality may be clear, but the row contradicts itself or contains a mistake.
        return place(municipality, None).asked();
    };
    // A person who was asked whether the state is meant may have answered with its key.
    if keys::state(state).is_none()
        && keys::state(municipality) == Some(home)
        && let Key::Of(place) = keys::municipality(municipality, Some(home))
    {
        return Match::doubtful([home, place], []);
    }
    match place(municipality, Some(home)) {
        // "Durango" beside "Guadalajara": one of the two cells is wrong.
        Match::None => contradicting(municipality, home, Match::None),
        found => found,
    }
}

/// "México" in the column of states is INEGI's name of the State of Mexico, so an exact name of one
/// of its municipalities decides. Otherwise the column may mean the city or the country, and it is
/// a question among all places of that name.
fn in_column_mexico(state: &str, municipality: &str) -> Match {
    if says_mexico(municipality) {
        return find_state(state);
    }
    match place(municipality, seed_government(STATE_OF_MEXICO)) {
        Match::One(place) => Match::One(place),
        inside => {
            let named = place(municipality, None).candidates();
            let exact = exactly(municipality, None);
            let others = if exact.is_empty() { named } else { exact };
            Match::doubtful(others, inside.candidates())
        }
    }
}

/// What a cell of the municipality's column means, in the state `home` that the other column names.
fn place(text: &str, home: Option<State>) -> Match {
    match keys::municipality(text, home) {
        Key::Of(place) => return keyed(place, home),
        Key::Unknown => return Match::None,
        Key::Absent => {}
    }
    if let Some(found) = Found::of(&plain(text), home) {
        return judged(&found, home);
    }
    let mut cell = Cell::read(text, home);
    while let [name] = cell.names.as_slice()
        && Found::of(&plain(name), home).is_none()
        && let Some(shorter) = cell.shorter()
    {
        cell = shorter;
    }
    match (home, cell.state.filter(|state| home != Some(*state))) {
        (Some(home), other) => match named(&cell.names, Some(home)) {
            // "Guerrero, Coahuila" beside the state Guerrero.
            Match::None if parts(text).len() > 1 => contradicting(text, home, Match::None),
            inside if other.is_some() => contradicting(text, home, inside),
            inside => inside,
        },
        (None, Some(state)) => with_state(text, &cell, state),
        (None, None) if cell.mexico => with_mexico(&cell.names),
        (None, None) => named(&cell.names, None),
    }
}

/// A municipality by its key, unless the row names another state.
fn keyed(place: &'static SeedGovernment, home: Option<State>) -> Match {
    match home.filter(|state| !lies_in(place, state)) {
        Some(state) => Match::doubtful([place, state], []),
        None => Match::One(place),
    }
}

/// A cell that contradicts the state's column: all that the cell alone may mean, that state, and
/// what the name means `inside` it.
fn contradicting(text: &str, home: State, inside: Match) -> Match {
    match place(text, None).candidates() {
        alone if alone.is_empty() => inside.asked(),
        alone => Match::doubtful(alone.into_iter().chain([home]), inside.candidates()),
    }
}

/// "X, Jalisco": X in that state. If it has nothing like X, or X is a state itself ("Durango,
/// Hidalgo"), everything that the parts name.
fn with_state(text: &str, cell: &Cell, state: State) -> Match {
    let inside = named(&cell.names, Some(state));
    let known = |name: &str| Found::of(&plain(name), None);
    let is_state = |name: &str| known(name).is_some_and(|found| !found.states.is_empty());
    let names = || cell.names.iter().map(String::as_str);
    match inside {
        Match::One(place) => return Match::One(place),
        Match::Ambiguous(_) if !names().any(is_state) => return inside,
        _ => {}
    }
    if names().all(|name| known(name).is_none()) {
        // Without separator, the state's name may belong to a longer one.
        return match parts(text).as_slice() {
            [whole] => unnamed(&plain(whole), None),
            _ => Match::None,
        };
    }
    let all = names().chain([state.name.as_str()]).filter_map(known);
    let governments = all.flat_map(|found| found.places().into_iter().chain(found.states));
    Match::doubtful(governments, [])
}

/// "X, México". The tail is the country, unless the State of Mexico has an X: then it is a question
/// among all places called X. A longer name in that state with this beginning counts too, because
/// the tail may speak for it.
fn with_mexico(names: &[String]) -> Match {
    let in_country = named(names, None);
    let ([name], Some(state)) = (names, seed_government(STATE_OF_MEXICO)) else {
        return in_country;
    };
    let Some(found) = Found::of(&plain(name), None).filter(|found| found.states.is_empty()) else {
        return in_country;
    };
    if let [place] = found.places().as_slice()
        && lies_in(place, state)
    {
        return named(names, Some(state));
    }
    let longer = beginning_with(&found.name, state);
    if longer.is_empty() {
        return in_country;
    }
    Match::doubtful(in_country.candidates(), longer)
}

/// What one or several names mean, without the state and the country that stood beside them.
fn named(names: &[String], home: Option<State>) -> Match {
    if let Some(found) = Found::of(&plain(&names.join(" ")), home) {
        return judged(&found, home);
    }
    match names {
        [name] => match keys::municipality(name, home) {
            Key::Of(place) => keyed(place, home),
            Key::Unknown => Match::None,
            Key::Absent => unnamed(&plain(name), home),
        },
        _ => together(names, home),
    }
}

/// Several names, such as "Benito Juárez (Cancún)" or "Centro, Villahermosa": the only municipality
/// that has all of them, otherwise a question.
fn together(names: &[String], home: Option<State>) -> Match {
    let mut distinct: Vec<&String> = Vec::new();
    for name in names {
        if !distinct.iter().any(|known| fold(known) == fold(name)) {
            distinct.push(name);
        }
    }
    if let [name] = distinct.as_slice() {
        return named(std::slice::from_ref(*name), home);
    }
    let places: Vec<_> = distinct.iter().map(|name| exactly(name, home)).collect();
    let mut common = places.first().cloned().unwrap_or_default();
    common.retain(|place| places.iter().all(|named| named.contains(place)));
    if let [place] = common.as_slice() {
        return Match::One(place);
    }
    let resembling = distinct
        .iter()
        .flat_map(|name| resembling(&plain(name), home));
    if places.iter().all(Vec::is_empty) {
        return Match::doubtful(resembling, []);
    }
    Match::doubtful(places.into_iter().flatten(), [])
}
