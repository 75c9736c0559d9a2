//! The institutionalisation score (índice de institucionalización): how far a government has made its
//! action abroad a matter of its institutions, from 0 to 100.
//!
//! Only what anybody may see counts: public records, the registry, terms of office on file. So the
//! number is the same for every reader, and anybody may check it. Each of the [`RULES`] has points in
//! its dimension, the [`ScoreMethod`] gives each dimension its weight, and a [`Proof`] says between
//! which days a piece of evidence counts. The levels are those of published indexes of the diplomacy
//! of states (Schiavon: null, low, medium, high, very high).
//!
//! Staff and coordination are left out of the first method, because records of staff and of focal
//! points are never public; so are strategies, plans, evaluations, trips and projects.

mod agreements;
mod items;
mod method;
mod probes;
mod proofs;
mod reckoning;

pub use agreements::PublicAgreement;
pub use items::{RULES, Rule, ScoreDimension, ScoreItem, ScoreLevel};
pub use method::{ScoreMethod, ScoreMethodFields, Weights};
pub use probes::{Probe, probes};
pub use proofs::{
    KINDS, Moment, Proof, PublicRecord, SESSIONS, of_administration, of_sessions, outlives,
};
pub use reckoning::{Facts, ScoreComparison, compare, facts, points, score, term_start};

use crate::legal_date::LegalDate;
use crate::tenant::{TenantId, Tier};
use crate::wording;
use chrono::NaiveDate;
use serde::Serialize;
use strum::VariantArray;
use utoipa::ToSchema;

/// For how many past years a score is shown.
pub const HISTORY_YEARS: i32 = 10;
/// How many public records of a kind, or inscriptions, are read of one government.
pub const MAX_READ: i64 = 200;
/// How many pieces of evidence are shown of an item.
pub const MAX_EVIDENCE: usize = 10;

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScoreEvidence {
    /// What it is, by the word in its address.
    #[schema(example = "international-offices")]
    pub kind: String,
    /// Where it is read; of several sessions of a year, one of them.
    #[schema(example = "/v1/international-offices/01938a5c-7c00-7a00-8000-000000000002")]
    pub href: String,
    /// What it is called.
    pub title: Option<String>,
    /// Since when; absent if its owner did not say.
    pub since: Option<LegalDate>,
    /// Until when; absent if it has no end on record.
    pub until: Option<LegalDate>,
    /// How many there are of it.
    pub count: i64,
}

/// An item as it is scored.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ItemScore {
    /// The item.
    pub item: ScoreItem,
    /// What it is worth within its dimension.
    pub points: i64,
    /// How many pieces of evidence it takes.
    pub needs: i64,
    /// How many there are.
    pub count: i64,
    /// Whether it is met.
    pub met: bool,
    /// Some of the evidence, at most ten.
    pub evidence: Vec<ScoreEvidence>,
}

/// A dimension as it is scored.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DimensionScore {
    /// The dimension.
    pub dimension: ScoreDimension,
    /// How many of 100 parts it has of the whole.
    pub weight: i64,
    /// From 0 to 100.
    pub score: i64,
    /// Its items.
    pub items: Vec<ItemScore>,
}

/// An item that is not met.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScoreGap {
    /// Its dimension.
    pub dimension: ScoreDimension,
    /// The item.
    pub item: ScoreItem,
    /// How many points of the whole it would add.
    pub would_add: f64,
    /// What would give them.
    pub what: String,
}

/// The score at the end of a past year.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct YearScore {
    /// The year.
    pub year: i32,
    /// From 0 to 100.
    pub score: f64,
    /// The level.
    pub level: ScoreLevel,
}

/// How a government compares today with those of its order.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScorePlaces {
    /// In its state; absent for a state itself.
    pub state: Option<ScoreComparison>,
    /// In the country.
    pub country: ScoreComparison,
}

/// The score of a government.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Score {
    /// The government.
    pub government_id: TenantId,
    /// Its name.
    pub name: String,
    /// Its order of government.
    pub tier: Tier,
    /// Its state; absent for a state.
    pub state_id: Option<TenantId>,
    /// The day at whose end it holds.
    pub as_of: NaiveDate,
    /// From 0 to 100.
    pub score: f64,
    /// The level.
    pub level: ScoreLevel,
    /// The version of the method.
    pub method: ScoreMethod,
    /// What the method counts, and what it leaves out.
    pub basis: String,
    /// By dimension and item, with the evidence.
    pub dimensions: Vec<DimensionScore>,
    /// What is not met, and what would give the points.
    pub gaps: Vec<ScoreGap>,
    /// At the end of past years by the same method, the earliest first.
    pub history: Vec<YearScore>,
    /// Among those of its order; absent for a past year, because it is compared by how records stand
    /// today.
    pub comparison: Option<ScorePlaces>,
}

/// What every dimension has at a moment.
pub fn dimensions(
    weights: &Weights,
    proofs: &[Proof],
    (moment, began): (Moment, Option<NaiveDate>),
) -> Vec<DimensionScore> {
    let facts = facts(proofs, moment, began);
    let item = |rule: &Rule| {
        let shown = proofs
            .iter()
            .filter(|one| one.meets(rule.item, moment, began));
        ItemScore {
            item: rule.item,
            points: rule.points,
            needs: rule.needs,
            count: facts.get(&rule.item).copied().unwrap_or(0),
            met: rule.is_met(&facts),
            evidence: shown
                .map(|proof| proof.evidence.clone())
                .take(MAX_EVIDENCE)
                .collect(),
        }
    };
    let dimension = |dimension: &ScoreDimension| {
        let rules = RULES.iter().filter(|rule| rule.dimension == *dimension);
        let items: Vec<ItemScore> = rules.map(item).collect();
        let met = items.iter().filter(|item| item.met);
        DimensionScore {
            dimension: *dimension,
            weight: weights.of(*dimension),
            score: met.map(|item| item.points).sum(),
            items,
        }
    };
    ScoreDimension::VARIANTS.iter().map(dimension).collect()
}

/// What is not met.
pub fn gaps(weights: &Weights, facts: &Facts, spanish: bool) -> Vec<ScoreGap> {
    let open = RULES.iter().filter(|rule| !rule.is_met(facts));
    let gap = |rule: &Rule| ScoreGap {
        dimension: rule.dimension,
        item: rule.item,
        would_add: points(rule.worth(weights)),
        what: wording::scores::gives(rule.item).pick(spanish).to_owned(),
    };
    open.map(gap).collect()
}

#[cfg(test)]
mod tests;
