//! What a change of stage means for statistics.

use crate::agreements::{Seat, Stage};
use strum::{IntoStaticStr, VariantArray};

/// An event of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The foreign ministry was told of it while it was a draft.
    Announced,
    /// The owner sent it to the reviewer.
    Received,
    /// It went back to its owner with remarks.
    Returned,
    /// The legal review observed the text.
    Observed,
    /// The opinion was issued.
    Opined,
    /// It was signed.
    Signed,
    /// It was inscribed.
    Registered,
}

impl Event {
    /// The event when a case that a viewer saw in `from` is now in `to`. If the viewer sees the
    /// case for the first time, the only event is its receipt. A case that leaves the legal review
    /// signed either got its opinion or was withdrawn; the caller checks whether there is an
    /// opinion.
    pub fn of(from: Option<Stage>, to: Stage) -> Option<Self> {
        let from_owner =
            from.is_none_or(|from| from.holder() == Seat::Owner && from != Stage::OutOfScope);
        match to {
            Stage::StateReview | Stage::FederalIntake => from_owner.then_some(Self::Received),
            // Resuming an abandoned case that had been returned does not return it again.
            Stage::Returned => from
                .filter(|from| from.holder() != Seat::Owner)
                .map(|_reviewed| Self::Returned),
            Stage::Observed => from.map(|_seen| Self::Observed),
            Stage::OpinionFavorable | Stage::OpinionUnfavorable | Stage::Signed => {
                (from == Some(Stage::LegalReview)).then_some(Self::Opined)
            }
            _ => None,
        }
    }
}

/// Who a case waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Waiting {
    /// Its owner.
    Owner,
    /// The state that reviews.
    State,
    /// The foreign ministry.
    Sre,
    /// The counterpart abroad.
    Counterpart,
    /// Nobody: it has ended.
    None,
}

impl Waiting {
    /// Who a case waits for in a stage.
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::Registered | Stage::Withdrawn | Stage::OutOfScope | Stage::Abandoned => {
                Self::None
            }
            stage => match stage.holder() {
                Seat::StateReviewer => Self::State,
                Seat::Federal => Self::Sre,
                _ => Self::Owner,
            },
        }
    }
}
