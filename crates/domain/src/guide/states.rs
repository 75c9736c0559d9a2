//! The state of a step without unmet needs, computed from the stage and the history.

use super::{Known, Step, StepRow, StepState};
use crate::agreements::{CaseAction, Compliance, Stage};

impl Known {
    fn happened(&self, action: CaseAction) -> bool {
        let name: &str = action.into();
        self.history.iter().any(|line| line.action == name)
    }

    fn passed(&self, stage: Stage) -> bool {
        self.history
            .iter()
            .any(|line| line.to == stage || line.from == Some(stage))
    }

    /// The state of a future step: not applicable once the case has ended.
    fn ahead(&self) -> StepState {
        match self.summary.stage {
            Stage::Withdrawn | Stage::OutOfScope => StepState::NotApplicable,
            _ => StepState::Later,
        }
    }

    fn done_or(done: bool, otherwise: StepState) -> StepState {
        if done { StepState::Done } else { otherwise }
    }

    /// The state of a step without unmet needs; `ready` says whether the case could be submitted.
    pub(super) fn state(&self, row: &StepRow, ready: bool) -> StepState {
        use StepState as T;
        let stage = self.summary.stage;
        let past = self.signed;
        // An abandoned case continues from its draft; a signed or withdrawn case does not.
        let before = |done: bool| {
            let open = matches!(stage, Stage::Draft | Stage::Abandoned);
            Self::done_or(done, if open { T::Later } else { T::NotApplicable })
        };
        if stage != Stage::Draft && self.current() == Some(row.step) {
            return match stage {
                Stage::Withdrawn | Stage::OutOfScope => T::Done,
                _ => T::Current,
            };
        }
        match row.step {
            Step::Initiative | Step::Counterpart | Step::OwnPowers | Step::Texts => {
                self.content(row)
            }
            Step::CouncilApproval if self.approval.is_asked() => self.content(row),
            Step::PartiesConfirmation if self.shared => self.content(row),
            Step::CouncilApproval | Step::PartiesConfirmation | Step::Closing => T::NotApplicable,
            Step::Confirmation => {
                Self::done_or(self.happened(CaseAction::Confirm), T::NotApplicable)
            }
            Step::Announcement if stage == Stage::Draft => {
                Self::done_or(self.happened(CaseAction::Announce), T::Current)
            }
            Step::Announcement => before(self.happened(CaseAction::Announce)),
            Step::Submission if stage == Stage::Draft && ready => T::Current,
            Step::Submission => before(self.happened(CaseAction::Submit)),
            Step::StateReview if self.passed(Stage::StateReview) => T::Done,
            Step::StateReview if self.routed == Some(false) || !self.municipal => T::NotApplicable,
            Step::StateReview => before(false),
            Step::Intake if self.happened(CaseAction::Accept) => T::Done,
            Step::Intake if past => T::NotApplicable,
            Step::Intake => self.ahead(),
            Step::LegalReview => self.legal_review(past),
            Step::Opinion => self.opinion(past),
            Step::Signature => Self::done_or(past, self.ahead()),
            Step::SignedCopies => Self::done_or(
                matches!(stage, Stage::PendingRegistration | Stage::Registered)
                    || self.regularizing,
                self.ahead(),
            ),
            Step::Registry => Self::done_or(stage == Stage::Registered, self.ahead()),
            Step::AfterInscription => self.ahead(),
        }
    }

    fn legal_review(&self, past: bool) -> StepState {
        let opined = self.happened(CaseAction::IssueOpinion);
        let stage = self.summary.stage;
        if past && !self.regularizing {
            // Only these signed agreements may still request the review.
            let open = matches!(stage, Stage::Signed | Stage::Reported);
            let otherwise = if open {
                StepState::Later
            } else {
                StepState::NotApplicable
            };
            return Self::done_or(opined, otherwise);
        }
        let decided = matches!(stage, Stage::OpinionFavorable | Stage::OpinionUnfavorable);
        let ended = self.ahead() == StepState::NotApplicable;
        Self::done_or(decided || ended && opined, self.ahead())
    }

    /// A signed agreement has its opinion or lacks it. For an old inscription with unknown
    /// compliance the step does not apply.
    fn opinion(&self, past: bool) -> StepState {
        let stage = self.summary.stage;
        match self.summary.compliance {
            Compliance::Compliant if past && !self.regularizing => StepState::Done,
            Compliance::Unknown if stage == Stage::Registered => StepState::NotApplicable,
            _ if stage == Stage::Reported => StepState::Later,
            _ if past && !self.regularizing => match self.ahead() {
                StepState::Later => StepState::Missing,
                ended => ended,
            },
            _ => Self::done_or(
                stage == Stage::OpinionFavorable
                    || stage == Stage::Withdrawn && self.passed(Stage::OpinionFavorable),
                self.ahead(),
            ),
        }
    }

    /// The state of a content step: done if the content was sent or is in the draft.
    fn content(&self, row: &StepRow) -> StepState {
        let always = matches!(row.step, Step::Initiative | Step::Counterpart);
        let held = match &self.conditions {
            Some(conditions) => !row
                .needs
                .iter()
                .any(|need| conditions.missing.contains(need)),
            None => always,
        };
        let otherwise = match self.summary.stage {
            Stage::Abandoned => StepState::Later,
            _ => StepState::NotApplicable,
        };
        Self::done_or(held || self.happened(CaseAction::Submit), otherwise)
    }
}
