//! What a caller sends with each action.

use super::CaseAction;
use crate::documents::Authenticity;
use crate::legal_date::LegalDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// A remark or an observation on the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkFields {
    /// What is to be mended, and why.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
    /// The version of the text; the newest sent where none is named.
    #[serde(default)]
    pub text_set: Option<i32>,
    /// The language of the text concerned.
    #[serde(default)]
    pub language: Option<String>,
    /// The clause concerned.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub clause: Option<String>,
}

/// The owner's answer to a remark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerFields {
    /// Which remark.
    pub remark_id: Uuid,
    /// The answer.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
}

/// What intake looks for.
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
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ChecklistItem {
    /// The parties are who they say they are.
    Parties,
    /// The subject lies within the own powers.
    OwnPowers,
    /// The Spanish text is complete.
    SpanishText,
    /// The other languages are complete.
    OtherLanguages,
    /// The council's minutes are in order, or not needed.
    CouncilMinutes,
}

/// The items that intake must have looked at.
pub const CHECKLIST: [ChecklistItem; 5] = [
    ChecklistItem::Parties,
    ChecklistItem::OwnPowers,
    ChecklistItem::SpanishText,
    ChecklistItem::OtherLanguages,
    ChecklistItem::CouncilMinutes,
];

/// What the opinion says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OpinionResult {
    /// It may be signed.
    Favorable,
    /// It may be signed; the observations should be heeded.
    FavorableWithObservations,
    /// It may not be signed as it stands.
    Unfavorable,
}

/// On whose side a signatory signs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Side {
    /// A Mexican party.
    Mexican,
    /// A counterpart.
    Counterpart,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// On which side.
    pub side: Side,
    /// For whom: a government's key or a counterpart's id.
    #[schema(max_length = 60)]
    pub party: String,
    /// The person's name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The person's post.
    #[schema(min_length = 1, max_length = 200)]
    pub post: String,
    /// In which capacity, such as head of government or deputy by appointment.
    #[schema(min_length = 1, max_length = 200)]
    pub capacity: String,
    /// The document of kind `authority` that says so: appointment, delegation or power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_document_id: Option<Uuid>,
}

/// How many originals were signed in a language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Originals {
    /// BCP 47.
    pub language: String,
    /// Whether the text in it binds.
    pub authenticity: Authenticity,
    /// How many.
    #[schema(minimum = 1, maximum = 20)]
    pub count: i32,
}

/// An action and what it needs of the caller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({
    "action": "accept",
    "file_number": "DGCP-2026-0117",
    "checklist": ["parties", "own_powers", "spanish_text", "other_languages", "council_minutes"]
}))]
pub enum TransitionRequest {
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
        /// What intake looked at; all five items.
        checklist: Vec<ChecklistItem>,
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
        /// Observations that come with it; obligatory unless it is plainly favourable.
        #[serde(default)]
        observations: Vec<RemarkFields>,
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
        /// A word to the registrar.
        #[serde(default)]
        note: Option<String>,
    },
    /// Inscribe the agreement.
    Register {
        /// Whether the signed text is the one that the opinion allowed.
        text_matches: bool,
        /// How the difference is explained, where it is not.
        #[serde(default)]
        difference: Option<String>,
    },
    /// Give the case up.
    Withdraw {
        /// Why.
        reason: String,
    },
}

impl TransitionRequest {
    /// Which action it is.
    pub fn action(&self) -> CaseAction {
        match self {
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

    /// What stands in the history.
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Submit { note } | Self::Resubmit { note, .. } | Self::SendToRegistry { note } => {
                note.as_deref()
            }
            Self::Forward { note } => Some(note),
            Self::Withdraw { reason } => Some(reason),
            Self::Register { difference, .. } => difference.as_deref(),
            _ => None,
        }
    }
}
