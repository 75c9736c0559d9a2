//! The standing of an inscribed agreement (situación): whether it is in force on a day.
//!
//! It is computed, never stored as a fact: from the day of signature, the validity and later
//! annotations. Legal dates may be only a month or a year; if the answer depends on the missing
//! part, the standing is `unknown`. A recorded act (a termination, a cancellation) takes precedence
//! over the calendar: an agreement that had expired and was then terminated counts as terminated
//! from the day of that act.

use crate::agreements::{Renewal, Term, Validity};
use crate::legal_date::LegalDate;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

mod phases;

pub use phases::{Phase, last_day, phases};

/// Whether an agreement is in force.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Standing {
    /// What is on record does not tell: no date, no validity, or a date that is not precise
    /// enough for this day.
    Unknown,
    /// Signed, but its first day has not come.
    NotYetInForce,
    /// It binds.
    InForce,
    /// Suspended by the parties, and not resumed.
    Suspended,
    /// In force without any activity. Nothing on record says so yet: never answered.
    Dormant,
    /// Its fixed term has run out.
    Expired,
    /// Ended by an act, or without effect by a cancellation.
    Terminated,
    /// Another agreement took its place.
    Superseded,
}

impl Standing {
    /// Whether the agreement has ended.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Expired | Self::Terminated | Self::Superseded)
    }
}

/// The effect of an event on an agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It has this validity from then on (amendment, renewal).
    Validity(Validity),
    /// It is suspended.
    Suspended,
    /// It binds again.
    Resumed,
    /// It ended for all parties.
    Terminated,
    /// Another agreement takes its place.
    Superseded,
    /// Its inscription has no effect.
    Cancelled,
    /// The same, because it was imported in error: there was nothing to inscribe.
    ImportedInError,
}

/// An event that takes effect on its first day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The first day on which it applies.
    pub on: LegalDate,
    /// Its effect; stored records call it `turn`.
    #[serde(rename = "turn")]
    pub change: Change,
}

/// Everything that decides the standing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Life {
    /// The day of signature, if known.
    pub signed_on: Option<LegalDate>,
    /// The validity as signed; absent if unknown.
    pub validity: Option<Validity>,
    /// Later events, in the order in which they were recorded.
    pub events: Vec<Event>,
}

impl Life {
    /// The validity that the record now states: the last annotated one, otherwise the signed one.
    pub fn last_agreed(&self) -> Option<&Validity> {
        let later = self
            .events
            .iter()
            .rev()
            .find_map(|event| match &event.change {
                Change::Validity(validity) => Some(validity),
                _ => None,
            });
        later.or(self.validity.as_ref())
    }
}

/// What may have happened by some day; `validity` counts the events of [`Change::Validity`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    validity: usize,
    suspended: bool,
    over: Option<Standing>,
    cancelled: bool,
}

impl State {
    fn after(self, change: &Change, count: usize) -> Self {
        let mut next = self;
        match change {
            Change::Validity(_) => next.validity = count,
            Change::Suspended => next.suspended = true,
            Change::Resumed => next.suspended = false,
            Change::Terminated => next.over = self.over.or(Some(Standing::Terminated)),
            Change::Superseded => next.over = self.over.or(Some(Standing::Superseded)),
            Change::Cancelled | Change::ImportedInError => {
                next.over = Some(Standing::Terminated);
                next.cancelled = true;
            }
        }
        next
    }
}

/// The events in the order in which they take effect: by the earliest day that each can mean, and
/// for the same day in the order of recording. `2005` therefore precedes `2005-02-27` whatever
/// the order of recording.
fn in_order(life: &Life) -> Vec<&Event> {
    let mut events: Vec<&Event> = life.events.iter().collect();
    events.sort_by_key(|event| event.on.earliest());
    events
}

/// Everything that may have happened by `on`. An event whose date leaves that open gives both
/// states.
fn states(events: &[&Event], on: NaiveDate) -> BTreeSet<State> {
    let mut found = BTreeSet::from([State::default()]);
    let mut count = 0;
    for event in events {
        count += usize::from(matches!(event.change, Change::Validity(_)));
        if on < event.on.earliest() {
            continue;
        }
        let after = found.iter().map(|state| state.after(&event.change, count));
        let after: BTreeSet<State> = after.collect();
        if on >= event.on.latest() {
            found = after;
        } else {
            found.extend(after);
        }
    }
    found
}

/// The validity that applies in a state.
fn validity<'a>(life: &'a Life, events: &[&'a Event], state: State) -> Option<&'a Validity> {
    let mut later = events.iter().filter_map(|event| match &event.change {
        Change::Validity(validity) => Some(validity),
        _ => None,
    });
    match state.validity.checked_sub(1) {
        Some(at) => later.nth(at),
        None => life.validity.as_ref(),
    }
}

/// The standings that are possible in one state, as far as the calendar allows.
fn possible(
    signed_on: Option<&LegalDate>,
    validity: Option<&Validity>,
    state: State,
    on: NaiveDate,
) -> Vec<Standing> {
    if let Some(over) = state.over {
        return vec![over];
    }
    let mut found = Vec::new();
    let start = validity
        .and_then(|validity| validity.enters_into_force_on.as_ref())
        .or(signed_on);
    if start.is_none_or(|start| on < start.latest()) {
        found.push(Standing::NotYetInForce);
    }
    if start.is_some_and(|start| on < start.earliest()) {
        return found;
    }
    let (may_run, may_have_ended) = match validity {
        None => (true, true),
        Some(validity) if validity.term == Term::Indefinite => (true, false),
        Some(validity) if validity.renewal == Renewal::Automatic => (true, false),
        Some(validity) => validity.ends_on.as_ref().map_or((true, true), |last| {
            (on <= last.latest(), on > last.earliest())
        }),
    };
    if may_run {
        found.push(if state.suspended {
            Standing::Suspended
        } else {
            Standing::InForce
        });
    } else {
        // Whatever its first day was, it has ended.
        found.clear();
    }
    if may_have_ended {
        found.push(Standing::Expired);
    }
    found
}

/// The standing on a day.
pub fn of(life: &Life, on: NaiveDate) -> Standing {
    standing(life, &in_order(life), on)
}

fn standing(life: &Life, events: &[&Event], on: NaiveDate) -> Standing {
    let open: BTreeSet<Standing> = states(events, on)
        .into_iter()
        .flat_map(|state| {
            let validity = validity(life, events, state);
            possible(life.signed_on.as_ref(), validity, state, on)
        })
        .collect();
    match open.first() {
        Some(one) if open.len() == 1 => *one,
        _ => Standing::Unknown,
    }
}

/// Whether the inscription was cancelled because it was imported in error. Then it is no agreement of
/// anybody's: neither figures nor relations count it.
pub fn is_imported_in_error(life: &Life) -> bool {
    let mut events = life.events.iter();
    events.any(|event| event.change == Change::ImportedInError)
}

/// Whether the inscription certainly has no effect on a day.
pub fn is_cancelled(life: &Life, on: NaiveDate) -> bool {
    states(&in_order(life), on)
        .iter()
        .all(|state| state.cancelled)
}

#[cfg(test)]
mod diary;
#[cfg(test)]
mod tests;
