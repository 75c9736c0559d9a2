//! The stages of a case. `procedure/table.rs` says which actions lead from one to the next.

use super::Seat;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// The stage of a case.
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
pub enum Stage {
    /// The owner writes.
    Draft,
    /// With the state's designated office.
    StateReview,
    /// Sent back with remarks.
    Returned,
    /// With SRE's liaison, for completeness.
    FederalIntake,
    /// With SRE's legal reviewers.
    LegalReview,
    /// Observations await the owner's answer.
    Observed,
    /// The opinion allows the signature.
    OpinionFavorable,
    /// The opinion does not allow the signature.
    OpinionUnfavorable,
    /// Signed by the parties.
    Signed,
    /// With SRE's registrar.
    PendingRegistration,
    /// Inscribed and public.
    Registered,
    /// Given up by the owner.
    Withdrawn,
    /// Not a matter of the law on treaties.
    OutOfScope,
    /// A past agreement reported by somebody else.
    Reported,
    /// Left alone too long; may be resumed.
    Abandoned,
}

impl Stage {
    /// Whether the owner may edit the draft.
    pub fn is_editable(self) -> bool {
        matches!(
            self,
            Self::Draft | Self::Returned | Self::Observed | Self::OpinionUnfavorable
        )
    }

    /// The seat that has to act next.
    pub fn holder(self) -> Seat {
        match self {
            Self::StateReview => Seat::StateReviewer,
            Self::FederalIntake
            | Self::LegalReview
            | Self::PendingRegistration
            | Self::OutOfScope => Seat::Federal,
            _ => Seat::Owner,
        }
    }
}
