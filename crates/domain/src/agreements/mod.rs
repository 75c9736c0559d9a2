//! Inter-institutional agreements (acuerdos interinstitucionales, LCT article 2-II): what an
//! owner drafts, the stages a case passes, what each action needs, what each viewer reads.

mod actions;
mod available;
mod content;
mod content_checks;
mod needs;
mod parties;
mod party_requests;
mod past;
mod procedure;
mod remarks;
mod request_checks;
mod requests;
mod transition;
mod views;

pub use actions::*;
pub use available::*;
pub use content::*;
pub use needs::*;
pub use parties::*;
pub use party_requests::*;
pub use past::*;
pub use procedure::*;
pub use remarks::*;
pub(crate) use request_checks::check_past;
pub use requests::*;
pub use transition::*;
pub use views::*;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What kind of instrument it is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AgreementKind {
    /// A twinning of two territories (acuerdo de hermanamiento): registrable.
    Twinning,
    /// Cooperation on named themes (acuerdo de cooperación específica): registrable.
    SpecificCooperation,
    /// A text without commitments (carta de intención): on record only.
    StatementOfIntent,
    /// With another Mexican government: on record only.
    Domestic,
    /// With a private counterpart: on record only.
    PrivateContract,
}

impl AgreementKind {
    /// Whether it may receive an opinion and an inscription.
    pub fn is_registrable(self) -> bool {
        matches!(self, Self::Twinning | Self::SpecificCooperation)
    }
}

/// How the instrument stands to an earlier one.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Instrument {
    /// A first agreement.
    #[default]
    Original,
    /// Changes an earlier one.
    Amendment,
    /// Prolongs an earlier one.
    Renewal,
    /// Ends an earlier one.
    Termination,
    /// Joins an earlier one.
    Accession,
}

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

    /// Which seat has to act next.
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

/// The part of a government in one case; a grant says it.
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
pub enum Seat {
    /// The lead party, whose case it is.
    Owner,
    /// Another Mexican party.
    Party,
    /// The lead's state, where a mechanism routes the case through it.
    StateReviewer,
    /// The foreign ministry.
    Federal,
    /// Whoever reported a past agreement of somebody else: the owner's state, or the ministry.
    Reporter,
    /// Whoever carries the case for a government that has nobody on the platform yet.
    Agent,
}

impl Seat {
    /// Whose part it plays: an agent acts as the owner would.
    pub fn stands_for(self) -> Self {
        match self {
            Self::Agent => Self::Owner,
            seat => seat,
        }
    }
}

/// Whether the law's procedure was kept.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Compliance {
    /// The procedure is being followed.
    InProcess,
    /// It was followed to the opinion.
    Compliant,
    /// Signed without an opinion.
    NonCompliant,
    /// Nobody knows.
    Unknown,
}
