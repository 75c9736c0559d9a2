//! The actions of the procedure.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// An action of the procedure.
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
pub enum CaseAction {
    /// Tell SRE, and the state if the owner agrees, that a negotiation is under way.
    Announce,
    /// Send the case for review.
    Submit,
    /// The state passes it on to SRE.
    Forward,
    /// The owner takes the case past its state.
    Escalate,
    /// The reviewer sends it back with remarks.
    ReturnToOwner,
    /// The owner sends it again with answers.
    Resubmit,
    /// SRE takes it in and gives it a file number.
    Accept,
    /// The legal reviewer gives the case back to intake.
    ReturnToIntake,
    /// SRE finds that the law on treaties does not apply.
    DeclareOutOfScope,
    /// SRE takes a case up again that it had found out of scope.
    Reopen,
    /// The legal reviewer makes observations.
    Observe,
    /// SRE issues its opinion (dictamen).
    IssueOpinion,
    /// The owner sends another text than the one that the opinion allowed.
    ChangeText,
    /// The owner records the signature.
    RecordSignature,
    /// The owner sends the signed text.
    SendToRegistry,
    /// The registrar asks the owner.
    Query,
    /// The registrar inscribes it.
    Register,
    /// A past agreement is recorded by its owner or by SRE.
    RecordUnreviewed,
    /// The owner asks for the opinion on what was signed without one.
    Regularize,
    /// A past agreement is reported by somebody else.
    Report,
    /// The owner says that a reported agreement is its own.
    Confirm,
    /// The owner says what is wrong about a reported agreement.
    Dispute,
    /// The owner takes up again what was left alone too long.
    Resume,
    /// The owner gives it up.
    Withdraw,
}

impl CaseAction {
    /// Whether it opens a case; every other action moves an existing one.
    pub fn opens(self) -> bool {
        matches!(self, Self::RecordUnreviewed | Self::Report)
    }
}
