//! The compliance board: how each municipality complies with the law's procedure, based on the
//! cases that the viewer can see.

use crate::agreements::{Compliance, Stage};
use crate::refusal::{BilingualText, Said};
use crate::tenant::TenantId;
use crate::wording;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// After this many days without movement a case turns the light yellow. The law sets no limit: it
/// is a choice of this service.
pub const PATIENCE_DAYS: i64 = 30;

/// The groups of stages that the board counts; each case is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageGroup {
    /// In progress, whoever has it.
    InProcess,
    /// Sent back with remarks, observations or an unfavourable opinion: the owner must act.
    Returned,
    /// Signed, but the signed text was not sent.
    SignedUnsent,
    /// Inscribed.
    Registered,
    /// Reported by somebody else and not confirmed.
    Reported,
    /// Given up, out of scope or abandoned.
    Closed,
}

impl StageGroup {
    /// The group of a stage.
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::Draft
            | Stage::StateReview
            | Stage::FederalIntake
            | Stage::LegalReview
            | Stage::OpinionFavorable
            | Stage::PendingRegistration => Self::InProcess,
            Stage::Returned | Stage::Observed | Stage::OpinionUnfavorable => Self::Returned,
            Stage::Signed => Self::SignedUnsent,
            Stage::Registered => Self::Registered,
            Stage::Reported => Self::Reported,
            Stage::Withdrawn | Stage::OutOfScope | Stage::Abandoned => Self::Closed,
        }
    }

    /// Whether a case in this group waits for somebody.
    pub fn waits(self) -> bool {
        matches!(
            self,
            Self::InProcess | Self::Returned | Self::SignedUnsent | Self::Reported
        )
    }
}

/// The traffic light (semáforo).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, IntoStaticStr, VariantArray, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Light {
    /// Something was signed without the opinion and is not inscribed.
    Red,
    /// Nothing red, but something waits for the municipality, or has not moved for 30 days.
    Yellow,
    /// Something is there, and nothing red or yellow.
    Green,
    /// Nothing is known: no case in sight and no inscription.
    None,
}

impl Light {
    /// The rule of the light, in words.
    pub fn rule(self) -> Said {
        match self {
            Self::Red => wording::compliance::red(),
            Self::Yellow => wording::compliance::yellow(),
            Self::Green => wording::compliance::green(),
            Self::None => wording::compliance::no_light(),
        }
    }
}

/// How many cases of a municipality the caller sees, by group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComplianceCounts {
    /// Draft, under review, opined favourably or waiting for inscription.
    pub in_process: i64,
    /// Returned, observed or opined unfavourably: waiting for the owner.
    pub returned: i64,
    /// Signed, and the signed text not sent.
    pub signed_unsent: i64,
    /// Inscribed.
    pub registered: i64,
    /// Reported by somebody else and not confirmed.
    pub reported: i64,
    /// Given up, out of scope or at rest.
    pub closed: i64,
    /// Of those above that are neither inscribed, reported nor closed: signed without the opinion,
    /// or nobody knows (`compliance` is `non_compliant` or `unknown`).
    pub unreviewed: i64,
}

impl ComplianceCounts {
    /// Counts cases with one stage and compliance mark.
    pub fn add(&mut self, stage: Stage, compliance: Compliance, cases: i64) {
        let group = StageGroup::of(stage);
        let count = match group {
            StageGroup::InProcess => &mut self.in_process,
            StageGroup::Returned => &mut self.returned,
            StageGroup::SignedUnsent => &mut self.signed_unsent,
            StageGroup::Registered => &mut self.registered,
            StageGroup::Reported => &mut self.reported,
            StageGroup::Closed => &mut self.closed,
        };
        *count += cases;
        let open = matches!(
            group,
            StageGroup::InProcess | StageGroup::Returned | StageGroup::SignedUnsent
        );
        if open && matches!(compliance, Compliance::NonCompliant | Compliance::Unknown) {
            self.unreviewed += cases;
        }
    }

    /// All cases.
    pub fn total(&self) -> i64 {
        self.in_process
            + self.returned
            + self.signed_unsent
            + self.registered
            + self.reported
            + self.closed
    }
}

/// One municipality on the board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComplianceLine {
    /// Which municipality.
    pub government_id: TenantId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state_id: Option<TenantId>,
    /// The cases led by it in the caller's sight.
    pub cases: ComplianceCounts,
    /// Days since the case that has waited longest last moved, as far as the caller may know;
    /// absent where none waits.
    pub oldest_waiting_days: Option<i64>,
    /// The inscriptions with it among the parties, open to anyone.
    pub inscriptions: i64,
    /// The traffic light.
    pub light: Light,
    /// The rule that set the light.
    pub rule: BilingualText,
}

impl ComplianceLine {
    /// The light that these figures give.
    pub fn light_of(cases: &ComplianceCounts, oldest: Option<i64>, inscriptions: i64) -> Light {
        let late = oldest.is_some_and(|days| days > PATIENCE_DAYS);
        if cases.unreviewed > 0 {
            Light::Red
        } else if cases.returned > 0 || cases.signed_unsent > 0 || cases.reported > 0 || late {
            Light::Yellow
        } else if cases.total() > 0 || inscriptions > 0 {
            Light::Green
        } else {
            Light::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(stage: Stage, compliance: Compliance) -> ComplianceCounts {
        let mut counts = ComplianceCounts::default();
        counts.add(stage, compliance, 1);
        counts
    }

    #[test]
    fn every_stage_is_counted_once() {
        for stage in Stage::VARIANTS {
            assert_eq!(with(*stage, Compliance::InProcess).total(), 1, "{stage:?}");
        }
    }

    #[test]
    fn the_light_follows_its_rule() {
        let light =
            |stage, compliance, days| ComplianceLine::light_of(&with(stage, compliance), days, 0);
        let fine = Compliance::Compliant;
        assert_eq!(light(Stage::Signed, Compliance::Unknown, None), Light::Red);
        let doubtful = light(Stage::Registered, Compliance::Unknown, None);
        assert_eq!(doubtful, Light::Green);
        assert_eq!(light(Stage::Signed, fine, Some(1)), Light::Yellow);
        assert_eq!(light(Stage::Returned, fine, Some(1)), Light::Yellow);
        assert_eq!(light(Stage::Reported, fine, None), Light::Yellow);
        assert_eq!(light(Stage::Draft, fine, Some(30)), Light::Green);
        assert_eq!(light(Stage::Draft, fine, Some(31)), Light::Yellow);
        let nothing = ComplianceCounts::default();
        assert_eq!(ComplianceLine::light_of(&nothing, None, 0), Light::None);
        assert_eq!(ComplianceLine::light_of(&nothing, None, 1), Light::Green);
    }
}
