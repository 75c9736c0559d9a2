//! Targets: the number of business days that a government sets itself for a stage. The law sets
//! none.

use crate::agreements::{Seat, Stage};
use crate::limits::MAX_TARGET_DAYS;
use crate::problems::Problem;
use crate::refusal::{Admitted, Checks, FieldError, Result};
use crate::tenant::{TenantId, Tier};
use crate::turns::WaitingFor;
use crate::wording;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a government sets itself for a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"stage": "legal_review", "business_days": 15}))]
pub struct TargetFields {
    /// The stage; it does not change.
    pub stage: Stage,
    /// How many business days; `null` for no target any more.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1000)]
    pub business_days: Option<i32>,
}

impl TargetFields {
    /// Reports everything wrong with it, for a government of this order.
    pub fn check(&self, tier: Tier) -> Result<()> {
        let mut checks = Checks::default();
        if !may_set(self.stage, tier) {
            let held = Stage::VARIANTS
                .iter()
                .filter(|stage| may_set(**stage, tier));
            let held = Admitted::of(held.map(<&'static str>::from));
            let said = wording::agreements::target_stage();
            checks.push(FieldError::new("/stage", "not_held", said).admitting(held));
        }
        if let Some(days) = self.business_days
            && !(1..=MAX_TARGET_DAYS).contains(&days)
        {
            checks.add(
                "/business_days",
                "out_of_range",
                wording::agreements::target_days(),
            );
        }
        checks.finish(Problem::ValidationFailed)
    }

    /// Refuses to change the stage of a target.
    pub fn check_same_stage(&self, before: Stage) -> Result<()> {
        let mut checks = Checks::default();
        if self.stage != before {
            checks.add("/stage", "fixed", wording::agreements::target_fixed());
        }
        checks.finish(Problem::ValidationFailed)
    }
}

/// Whether governments of this order hold cases in this stage.
pub fn may_set(stage: Stage, tier: Tier) -> bool {
    WaitingFor::in_stage(stage).is_some()
        && match stage.holder() {
            Seat::Federal => tier == Tier::Federal,
            Seat::StateReviewer => tier == Tier::State,
            Seat::Owner | Seat::Agent | Seat::Party | Seat::Reporter => tier != Tier::Observer,
        }
}

/// Whether the target is a promise to others. Every government can read a reviewer's target; an
/// owner's targets for its own stages are visible only to itself.
pub fn is_promise(stage: Stage) -> bool {
    matches!(stage.holder(), Seat::Federal | Seat::StateReviewer)
}

/// A target as it is read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Target {
    /// Its id.
    pub id: Uuid,
    /// The government that set it.
    pub government_id: TenantId,
    /// What it set.
    #[serde(flatten)]
    pub fields: TargetFields,
    /// Counts the changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn a_government_sets_targets_for_what_it_holds() {
        let of = |tier| -> Vec<Stage> {
            let stages = Stage::VARIANTS.iter().copied();
            stages
                .filter(|stage| is_promise(*stage) && may_set(*stage, tier))
                .collect()
        };
        assert_eq!(of(Tier::State), [Stage::StateReview]);
        assert_eq!(
            of(Tier::Federal),
            [
                Stage::FederalIntake,
                Stage::LegalReview,
                Stage::PendingRegistration
            ]
        );
        assert!(of(Tier::Municipality).is_empty() && of(Tier::FederalBody).is_empty());
        assert!(may_set(Stage::Returned, Tier::Municipality));
        assert!(!may_set(Stage::Registered, Tier::Federal));
        assert!(!may_set(Stage::Draft, Tier::Observer));
    }
}
