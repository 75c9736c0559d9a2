//! The request for each action.

use super::{
    AnswerFields, CaseAction, ChecklistItem, NotApplicableItem, OpinionResult, Originals,
    RemarkFields, ScopeGround, Signatory,
};
use crate::legal_date::LegalDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;
use uuid::Uuid;

/// An action and what it needs of the caller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({
    "action": "accept",
    "file_number": "DGCP-2026-0117",
    "checklist": ["parties", "own_powers", "spanish_text", "other_languages", "council_minutes"]
}))]
pub enum TransitionRequest {
    /// Tell SRE that a negotiation is under way (LCT article 7): counterpart, country, kind, theme
    /// and planned date, nothing else of the draft.
    Announce {
        /// Whether the owner's state is told too.
        #[serde(default)]
        share_with_state: bool,
    },
    /// Send the case to the state or to SRE.
    Submit {
        /// A word to the reviewer.
        #[serde(default)]
        note: Option<String>,
    },
    /// Pass a municipal case on to SRE with the state's note.
    Forward {
        /// The state's note: advice, not a veto.
        note: String,
    },
    /// Take the case past the state to SRE.
    Escalate {
        /// Why.
        reason: String,
    },
    /// Send the case back.
    ReturnToOwner {
        /// What is to be mended.
        remarks: Vec<RemarkFields>,
    },
    /// Send the case again.
    Resubmit {
        /// An answer to each open remark or observation.
        answers: Vec<AnswerFields>,
        /// A word to the reviewer.
        #[serde(default)]
        note: Option<String>,
    },
    /// Take the case in at SRE.
    Accept {
        /// The file number (número de expediente).
        file_number: String,
        /// What intake looked at and found in order. With `not_applicable`: all five items.
        checklist: Vec<ChecklistItem>,
        /// What this case does not have, with the reason: council minutes of a state or a borough,
        /// texts in other languages where only Spanish binds. The owner reads the reasons.
        #[serde(default)]
        not_applicable: Vec<NotApplicableItem>,
    },
    /// Give the case back to SRE's intake.
    ReturnToIntake {
        /// Why; SRE's own to read.
        reason: String,
    },
    /// Find that the law on treaties does not apply.
    DeclareOutOfScope {
        /// The legal ground.
        ground: ScopeGround,
        /// The ground explained to the owner.
        explanation: String,
    },
    /// Take a case up again that was found out of scope.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Make observations on the text.
    Observe {
        /// The observations.
        observations: Vec<RemarkFields>,
    },
    /// Issue the opinion (dictamen de procedencia).
    IssueOpinion {
        /// What it says.
        result: OpinionResult,
        /// The number of the official letter.
        number: String,
        /// Its date.
        issued_on: LegalDate,
        /// The document of kind `opinion`.
        document_id: Uuid,
        /// The last day on which it allows the signature; without one it does not lapse.
        #[serde(default)]
        valid_until: Option<LegalDate>,
        /// Observations that come with it; obligatory unless it is plainly favourable.
        #[serde(default)]
        observations: Vec<RemarkFields>,
    },
    /// Send another text than the one that the opinion allowed; the opinion stays on file as
    /// superseded.
    ChangeText {
        /// What changed, and at whose wish.
        reason: String,
        /// An answer to each open observation.
        #[serde(default)]
        answers: Vec<AnswerFields>,
    },
    /// Record that the parties signed.
    RecordSignature {
        /// The day of the (last) signature.
        signed_on: LegalDate,
        /// Where.
        place: String,
        /// Who, on both sides.
        signatories: Vec<Signatory>,
        /// The originals, by language.
        originals: Vec<Originals>,
    },
    /// Send the signed text to SRE.
    SendToRegistry {
        /// An answer to each open remark.
        #[serde(default)]
        answers: Vec<AnswerFields>,
        /// A word to the registrar.
        #[serde(default)]
        note: Option<String>,
    },
    /// Ask the owner before inscribing.
    Query {
        /// What is to be cleared up.
        remarks: Vec<RemarkFields>,
    },
    /// Inscribe the agreement.
    Register {
        /// Whether the signed text is the one that the opinion allowed.
        text_matches: bool,
        /// How the difference is explained, where it is not.
        #[serde(default)]
        difference: Option<String>,
    },
    /// Ask for the opinion on what was signed without one.
    Regularize {
        /// Why, and what is known of how it came about.
        reason: String,
    },
    /// Say that a reported agreement is one's own.
    Confirm {
        /// A word to whoever reported it.
        #[serde(default)]
        note: Option<String>,
    },
    /// Say what is wrong about a reported agreement.
    Dispute {
        /// What.
        reason: String,
    },
    /// Give the case up.
    Withdraw {
        /// Why.
        reason: String,
    },
    /// Take up again what was left alone too long.
    Resume {
        /// A word on it.
        #[serde(default)]
        note: Option<String>,
    },
}

impl TransitionRequest {
    /// The requested action.
    pub fn action(&self) -> CaseAction {
        match self {
            Self::Announce { .. } => CaseAction::Announce,
            Self::Escalate { .. } => CaseAction::Escalate,
            Self::ReturnToIntake { .. } => CaseAction::ReturnToIntake,
            Self::DeclareOutOfScope { .. } => CaseAction::DeclareOutOfScope,
            Self::Reopen { .. } => CaseAction::Reopen,
            Self::ChangeText { .. } => CaseAction::ChangeText,
            Self::Query { .. } => CaseAction::Query,
            Self::Regularize { .. } => CaseAction::Regularize,
            Self::Confirm { .. } => CaseAction::Confirm,
            Self::Dispute { .. } => CaseAction::Dispute,
            Self::Resume { .. } => CaseAction::Resume,
            Self::Submit { .. } => CaseAction::Submit,
            Self::Forward { .. } => CaseAction::Forward,
            Self::ReturnToOwner { .. } => CaseAction::ReturnToOwner,
            Self::Resubmit { .. } => CaseAction::Resubmit,
            Self::Accept { .. } => CaseAction::Accept,
            Self::Observe { .. } => CaseAction::Observe,
            Self::IssueOpinion { .. } => CaseAction::IssueOpinion,
            Self::RecordSignature { .. } => CaseAction::RecordSignature,
            Self::SendToRegistry { .. } => CaseAction::SendToRegistry,
            Self::Register { .. } => CaseAction::Register,
            Self::Withdraw { .. } => CaseAction::Withdraw,
        }
    }

    /// The note for the history.
    pub fn note(&self) -> Option<Cow<'_, str>> {
        if let Self::Accept { not_applicable, .. } = self {
            return super::intake::note(not_applicable).map(Cow::Owned);
        }
        self.written().map(Cow::Borrowed)
    }

    /// The note as its author wrote it.
    fn written(&self) -> Option<&str> {
        match self {
            Self::Submit { note }
            | Self::Resubmit { note, .. }
            | Self::SendToRegistry { note, .. }
            | Self::Confirm { note }
            | Self::Resume { note } => note.as_deref(),
            Self::Forward { note } => Some(note),
            Self::Withdraw { reason }
            | Self::Escalate { reason }
            | Self::ReturnToIntake { reason }
            | Self::Reopen { reason }
            | Self::ChangeText { reason, .. }
            | Self::Regularize { reason }
            | Self::Dispute { reason } => Some(reason),
            Self::DeclareOutOfScope { explanation, .. } => Some(explanation),
            Self::Register { difference, .. } => difference.as_deref(),
            _ => None,
        }
    }

    /// The answers to remarks in the request.
    pub fn answers(&self) -> Option<&[AnswerFields]> {
        match self {
            Self::Resubmit { answers, .. }
            | Self::ChangeText { answers, .. }
            | Self::SendToRegistry { answers, .. } => Some(answers),
            _ => None,
        }
    }
}
