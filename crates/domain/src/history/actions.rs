//! What a line of the history tells.

use crate::agreements::CaseAction;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What happened to a case: an action of the procedure, something else that was done to it, or a
/// change elsewhere that the case shows.
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
pub enum HistoryAction {
    /// The case was opened.
    Create,
    /// The draft was changed.
    Update,
    /// The draft was deleted.
    Delete,
    /// A document or a version of the texts was added.
    Attach,
    /// A document was classified.
    Classify,
    /// A party joined.
    Adhere,
    /// A party left.
    Leave,
    /// The owner said how urgent the case is.
    Prioritize,
    /// The owner said for whom it waits.
    Wait,
    /// A past agreement was corrected.
    CorrectRecord,
    /// A past agreement was withdrawn as recorded in error.
    WithdrawRecord,
    /// The import that recorded it was undone.
    UndoImport,
    /// Nobody touched it for too long.
    Abandon,
    /// The case passed to its owner, which now has users of its own.
    Activate,
    /// Its inscription was annotated.
    Annotated,
    /// A public text of its inscription was classified.
    TextClassified,
    /// A counterpart was changed.
    CounterpartChanged,
    /// A body that signs was changed.
    BodyChanged,
    /// The administration of a party was changed.
    AdministrationChanged,
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
    /// The legal reviewer makes observations.
    Observe,
    /// SRE issues its opinion (dictamen).
    IssueOpinion,
    /// SRE finds that the law on treaties does not apply.
    DeclareOutOfScope,
    /// SRE takes a case up again that it had found out of scope.
    Reopen,
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
    /// A party confirms the draft, or the owner says that a reported agreement is its own.
    Confirm,
    /// The owner says what is wrong about a reported agreement.
    Dispute,
    /// The owner takes up again what was left alone too long.
    Resume,
    /// The owner gives it up.
    Withdraw,
}

impl From<CaseAction> for HistoryAction {
    fn from(action: CaseAction) -> Self {
        match action {
            CaseAction::Announce => Self::Announce,
            CaseAction::Submit => Self::Submit,
            CaseAction::Forward => Self::Forward,
            CaseAction::Escalate => Self::Escalate,
            CaseAction::ReturnToOwner => Self::ReturnToOwner,
            CaseAction::Resubmit => Self::Resubmit,
            CaseAction::Accept => Self::Accept,
            CaseAction::ReturnToIntake => Self::ReturnToIntake,
            CaseAction::Observe => Self::Observe,
            CaseAction::IssueOpinion => Self::IssueOpinion,
            CaseAction::DeclareOutOfScope => Self::DeclareOutOfScope,
            CaseAction::Reopen => Self::Reopen,
            CaseAction::ChangeText => Self::ChangeText,
            CaseAction::RecordSignature => Self::RecordSignature,
            CaseAction::SendToRegistry => Self::SendToRegistry,
            CaseAction::Query => Self::Query,
            CaseAction::Register => Self::Register,
            CaseAction::RecordUnreviewed => Self::RecordUnreviewed,
            CaseAction::Regularize => Self::Regularize,
            CaseAction::Report => Self::Report,
            CaseAction::Confirm => Self::Confirm,
            CaseAction::Dispute => Self::Dispute,
            CaseAction::Resume => Self::Resume,
            CaseAction::Withdraw => Self::Withdraw,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_of_the_procedure_keeps_its_name() {
        for action in CaseAction::VARIANTS {
            let (name, told): (&str, &str) = (action.into(), HistoryAction::from(*action).into());
            assert_eq!(name, told);
        }
    }
}
