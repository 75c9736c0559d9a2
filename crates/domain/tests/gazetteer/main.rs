//! The catalogue of governments, and finding places by name.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod catalogue;
mod cells;
mod countries;
mod everything;
mod places;
mod states;
mod towns;

use vinculo_domain::gazetteer::{Match, find_government};

fn ids(found: &Match) -> Vec<&'static str> {
    match found {
        Match::One(government) => vec![government.id.as_str()],
        Match::Ambiguous(governments) => governments.iter().map(|g| g.id.as_str()).collect(),
        Match::None => Vec::new(),
    }
}

#[track_caller]
fn is_one(found: Match, id: &str) {
    assert!(
        matches!(found, Match::One(_)),
        "{:?} instead of {id} alone",
        ids(&found)
    );
    assert_eq!(ids(&found), [id]);
}

#[track_caller]
fn is_doubtful(found: Match, candidates: &[&str]) {
    assert!(
        matches!(found, Match::Ambiguous(_)),
        "{:?} without doubt",
        ids(&found)
    );
    assert_eq!(ids(&found), candidates);
}

/// The row's government without doubt.
#[track_caller]
fn resolves(state: &str, municipality: &str, id: &str) {
    let found = row(state, municipality);
    assert!(
        matches!(found, Match::One(_)) && ids(&found) == [id],
        "{state} | {municipality}: {found:?} instead of {id} alone"
    );
}

/// The row is a question among exactly these governments.
#[track_caller]
fn asks(state: &str, municipality: &str, candidates: &[&str]) {
    let found = row(state, municipality);
    assert!(
        matches!(found, Match::Ambiguous(_)) && ids(&found) == candidates,
        "{state} | {municipality}: {found:?} instead of a question about {candidates:?}"
    );
}

/// The row is a question, with more candidates than these.
#[track_caller]
fn asks_also(state: &str, municipality: &str, some: &[&str]) {
    let found = row(state, municipality);
    let candidates = ids(&found);
    assert!(
        matches!(found, Match::Ambiguous(_))
            && candidates.len() > some.len()
            && some.iter().all(|id| candidates.contains(id)),
        "{state} | {municipality}: {candidates:?} instead of a question about {some:?} and more"
    );
}

/// The row names no government.
#[track_caller]
fn unknown(state: &str, municipality: &str) {
    let found = row(state, municipality);
    assert_eq!(found, Match::None, "{state} | {municipality}");
}

/// A row with these two cells, which may be empty.
fn row(state: &str, municipality: &str) -> Match {
    find_government(
        Some(state).filter(|text| !text.is_empty()),
        Some(municipality).filter(|text| !text.is_empty()),
    )
}
