//! The life of an agreement, divided where its standing changes.

use super::{Change, Life, Standing, in_order, standing};
use crate::agreements::Validity;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A period in which the standing does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    /// Its first day; absent for all days before the next phase.
    pub since: Option<NaiveDate>,
    /// The first day after it; absent if no end is in sight.
    pub until: Option<NaiveDate>,
    /// The standing.
    pub standing: Standing,
}

/// The whole life in phases without gaps, each different from the one before. Only days that come
/// from the dates themselves are examined, so four centuries of validity cost no more than one day.
pub fn phases(life: &Life) -> Vec<Phase> {
    let events = in_order(life);
    let validities = events.iter().filter_map(|event| match &event.change {
        Change::Validity(validity) => Some(validity),
        _ => None,
    });
    let validities: Vec<&Validity> = life.validity.iter().chain(validities).collect();
    let mut days = BTreeSet::new();
    let starts = events
        .iter()
        .map(|event| &event.on)
        .chain(&life.signed_on)
        .chain(
            validities
                .iter()
                .filter_map(|one| one.enters_into_force_on.as_ref()),
        );
    for start in starts {
        days.extend([start.earliest(), start.latest()]);
    }
    for last in validities.iter().filter_map(|one| one.ends_on.as_ref()) {
        days.extend(last.earliest().succ_opt());
        days.extend(last.latest().succ_opt());
    }
    let mut found = vec![Phase {
        since: None,
        until: None,
        standing: standing(life, &events, NaiveDate::MIN),
    }];
    for day in days {
        let next = standing(life, &events, day);
        if let Some(last) = found.last_mut()
            && last.standing != next
        {
            last.until = Some(day);
            found.push(Phase {
                since: Some(day),
                until: None,
                standing: next,
            });
        }
    }
    found
}

/// The last day on which the agreement can be in force, as known on `on`; absent if no end is in
/// sight or it has already ended. An imprecise date counts as the latest day that it can mean.
pub fn last_day(life: &Life, on: NaiveDate) -> Option<NaiveDate> {
    let later = phases(life)
        .into_iter()
        .filter(|phase| phase.until.is_none_or(|until| until > on));
    let mut later = later.peekable();
    if later.peek().is_none_or(|now| now.standing.is_over()) {
        return None;
    }
    let end = later.find(|phase| phase.standing.is_over())?;
    end.since.and_then(|first| first.pred_opt())
}
