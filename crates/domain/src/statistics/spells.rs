//! What a change of stage means to figures.

use crate::agreements::{Seat, Stage};
use strum::{IntoStaticStr, VariantArray};

/// What happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The foreign ministry was told of it while it was a draft.
    Announced,
    /// It came from its owner to whoever reviews it.
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
    /// What it means that a case which a viewer saw in `from` is in `to` now. A viewer that sees
    /// the case for the first time knows of no event but its own receipt. What leaves the legal
    /// review signed was opined on or given up: whoever asks looks for the opinion.
    pub fn of(from: Option<Stage>, to: Stage) -> Option<Self> {
        let from_owner =
            from.is_none_or(|from| from.holder() == Seat::Owner && from != Stage::OutOfScope);
        match to {
            Stage::StateReview | Stage::FederalIntake => from_owner.then_some(Self::Received),
            // Who takes up again what was left alone finds it returned as before.
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

/// For whom a case waits.
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
    /// Nobody: it is over.
    None,
}

impl Waiting {
    /// For whom a case waits in a stage.
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
