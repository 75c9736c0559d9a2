//! What an exact name means, and what a name means that nothing has exactly.

use super::SeedGovernment;
use super::answer::Match;
use super::found::{Found, exactly, towns};
use super::names::{Office, Reading, readings};
use super::resembling::{containing, resembling};
use super::states::{MEXICO_CITY, means_mexico, states_of};

/// A state that a row names.
type State = &'static SeedGovernment;

/// What an exact name means in the state that the row names, or without one.
pub(super) fn judged(found: &Found, home: Option<State>) -> Match {
    match home {
        Some(home) => judged_inside(found, home),
        None => judged_anywhere(found),
    }
}

/// What an exact name means in a state that the row names.
///
/// - The own name of one municipality decides, even if longer names begin so, unless a town of the
///   same name lies in another municipality of the state. Another name of a municipality, usually a
///   short one, decides only if no other municipality of the state has it in its name: "Lagos" is
///   Lagos de Moreno and San Juan de los Lagos.
/// - The state's own name ("Durango, Durango") means the municipality of that name if the state has
///   one: the column holds municipalities, and a file leaves it empty for the state itself. Except
///   in Sinaloa and Veracruz, that municipality is also the capital, which signs most. If the state
///   has none ("Jalisco, Jalisco"), a person confirms that the state is meant. Mexico City is sure,
///   because the city is the state.
/// - "Gobierno de Durango" may be the state's or the municipality's, "Gobierno del Estado de
///   Durango" is the state's, "Municipio de Durango" the municipality's.
fn judged_inside(found: &Found, home: State) -> Match {
    let places = found.places();
    let is_home = !found.states.is_empty();
    match (found.office, places.as_slice()) {
        (Office::State, _) => return Match::One(home),
        (Office::Any, []) => return Match::One(home),
        (Office::Any, _) if is_home => return Match::doubtful([home], places),
        (_, []) if home.id == MEXICO_CITY => return Match::One(home),
        // "Qro." beside "Querétaro": the state, or its municipality of that name.
        (_, []) => return Match::doubtful([home], exactly(&home.name, Some(home))),
        (_, [_, _, ..]) => return Match::doubtful(places, []),
        (_, [_]) => {}
    }
    let mut others = found.towns(Some(home));
    if !found.is_own() {
        others.extend(containing(&found.name, Some(home)));
    }
    decided_but_for(places, others)
}

/// What an exact name means if the row names no state. The name of a state is a question among the
/// state and its namesakes; Mexico City is both a city and a state. Several municipalities of the
/// same name are enough of a question, so longer names are then left out.
fn judged_anywhere(found: &Found) -> Match {
    let places = found.places();
    if !found.states.is_empty() {
        let only_state = match (found.office, found.states.as_slice()) {
            _ if !places.is_empty() => None,
            (Office::Any | Office::State, [state]) => Some(*state),
            (Office::Unsaid, [state]) if state.id == MEXICO_CITY => Some(*state),
            _ => None,
        };
        return only_state.map_or_else(
            || Match::doubtful(found.states.iter().copied().chain(places), []),
            Match::One,
        );
    }
    if places.len() > 1 {
        return Match::doubtful(places, []);
    }
    let mut others = found.towns(None);
    others.extend(containing(&found.name, None));
    decided_but_for(places, others)
}

/// The only place, if the others that may be meant do not differ from it.
fn decided_but_for(
    places: Vec<&'static SeedGovernment>,
    mut others: Vec<&'static SeedGovernment>,
) -> Match {
    others.retain(|other| !places.contains(other));
    if others.is_empty() {
        Match::decided(places)
    } else {
        Match::doubtful(places, others)
    }
}

/// A name that no government has exactly: everything that resembles it is a question.
pub(super) fn unnamed(name: &str, home: Option<State>) -> Match {
    let readings = readings(name);
    let Some(bare) = readings.last() else {
        return Match::None;
    };
    if let Some(home) = home {
        // The government of another state beside this one.
        let of_a_state = |reading: &&Reading| matches!(reading.office, Office::Any | Office::State);
        let states: Vec<_> = readings
            .iter()
            .filter(of_a_state)
            .flat_map(states_of)
            .collect();
        if !states.is_empty() {
            return Match::doubtful(states, [home]);
        }
        if means_mexico(name) {
            return Match::doubtful([home], []);
        }
    }
    let mut candidates = resembling(name, home);
    candidates.extend(towns(&bare.name, home));
    if bare.name.contains(" y ") {
        // "Guadalajara y Zapopan": two of them.
        candidates.extend(bare.name.split(" y ").flat_map(|name| exactly(name, home)));
    }
    if home.is_none() && bare.office == Office::Municipality {
        // "Municipio de Jalisco": one of that state, or the state itself.
        candidates.extend(states_of(&Reading {
            office: Office::Unsaid,
            name: bare.name.clone(),
        }));
    }
    Match::doubtful(candidates, [])
}
