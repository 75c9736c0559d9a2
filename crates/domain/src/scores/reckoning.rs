//! From evidence to points, and how a government compares.

use super::{Moment, Proof, RULES, Rule, ScoreItem, Weights};
use crate::administrations::{AdministrationFields, in_office};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How many pieces of evidence there are of each item.
pub type Facts = BTreeMap<ScoreItem, i64>;

/// What the evidence of a government shows at a moment, when its term in course began on a day.
pub fn facts(proofs: &[Proof], moment: Moment, began: Option<NaiveDate>) -> Facts {
    let mut facts = Facts::new();
    for proof in proofs {
        for item in &proof.items {
            if proof.meets(*item, moment, began) {
                *facts.entry(*item).or_default() += proof.evidence.count;
            }
        }
    }
    facts
}

impl Rule {
    /// Whether there is as much evidence as it takes.
    pub fn is_met(&self, facts: &Facts) -> bool {
        facts.get(&self.item).copied().unwrap_or(0) >= self.needs
    }

    /// What it is worth of the whole, in hundredths of a point.
    pub fn worth(&self, weights: &Weights) -> i64 {
        self.points * weights.of(self.dimension)
    }
}

/// The score in hundredths of a point, 0 to 10,000.
pub fn score(weights: &Weights, facts: &Facts) -> i64 {
    let met = RULES.iter().filter(|rule| rule.is_met(facts));
    met.map(|rule| rule.worth(weights)).sum()
}

/// Hundredths of a point as points.
pub fn points(hundredths: i64) -> f64 {
    f64::from(i32::try_from(hundredths).unwrap_or(i32::MAX)) / 100.0
}

/// The first day of the term in which a day lies, whoever headed the government first in it; `None`
/// where it is not on file.
pub fn term_start(all: &[AdministrationFields], day: NaiveDate) -> Option<NaiveDate> {
    let now = in_office(all, day)?;
    let heads = all.iter().filter(|one| one.shares_term_with(now));
    let first = heads.map(|one| one.starts_on.earliest()).min();
    Some(first.unwrap_or_else(|| now.starts_on.earliest()))
}

/// Where a government stands among all of its order in its state or in the country, those without any
/// evidence included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct ScoreComparison {
    /// How many governments are compared, itself included.
    #[schema(example = 125)]
    pub governments: i64,
    /// One more than the number of those with a higher score.
    #[schema(example = 3)]
    pub position: i64,
    /// The median of their scores.
    #[schema(example = 12.5)]
    pub median: f64,
    /// The highest of their scores.
    #[schema(example = 80.0)]
    pub highest: f64,
}

/// Compares a score with all scores, its own among them; in hundredths of a point.
pub fn compare(own: i64, mut all: Vec<i64>) -> ScoreComparison {
    all.sort_unstable();
    let count = all.len();
    let at = |place: usize| all.get(place).copied().unwrap_or(0);
    let middle = if count % 2 == 1 {
        points(at(count / 2))
    } else {
        (points(at((count / 2).saturating_sub(1))) + points(at(count / 2))) / 2.0
    };
    let higher = all.iter().filter(|one| **one > own).count();
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    ScoreComparison {
        governments: whole(count),
        position: whole(higher) + 1,
        median: middle,
        highest: points(all.last().copied().unwrap_or(0)),
    }
}
