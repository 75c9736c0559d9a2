//! The conditions that a case must meet before an action.

use super::CaseConditions;
use crate::documents::DocumentKind;
use crate::refusal::Said;
use crate::wording;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What a case must have before an action.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, IntoStaticStr, VariantArray, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Need {
    /// A kind that the law knows: twinning or specific cooperation.
    RegistrableKind,
    /// At least one counterpart.
    Counterparts,
    /// Not only counterparts that the law does not admit.
    RegistrableCounterpart,
    /// Every other Mexican party has confirmed what stands in the draft.
    PartiesConfirmed,
    /// Every other municipality that signs has its council's approval on file; a borough or a state
    /// needs none ([`InternalApproval`](super::InternalApproval)).
    PartyApprovals,
    /// The own powers are named.
    OwnPowers,
    /// The languages are named, Spanish among them.
    Languages,
    /// The newest text set has an authentic text in Spanish and in each language that is named.
    TextSet,
    /// The validity is said.
    Validity,
    /// The council's minutes, of a municipality; a borough or a state needs none.
    CouncilMinutes,
    /// A text set newer than the one last sent.
    NewTextSet,
    /// Every open remark or observation has an answer.
    Answers,
    /// The signed copies are among the documents.
    SignedCopies,
    /// At least one theme.
    Themes,
    /// When the parties mean to sign.
    PlannedSigning,
    /// What lets the owner pass its state by: its time ran out, its mechanism ended or its office
    /// is empty, or it has returned the case before.
    EscalationGround,
    /// The newest text set is the one that the opinion was given on.
    ReviewedText,
    /// A text that the opinion does not cover: a newer set, or an opinion that has lapsed.
    TextToReview,
    /// Signed without an opinion.
    Unreviewed,
    /// Of whoever carries the case for another government: its letter.
    ReceivedLetter,
}

impl Need {
    /// Where in the record to correct it: changing what stands there meets the need. Escalation
    /// waits for a day, `Answers` come with the request, and how an agreement was signed cannot be
    /// changed.
    pub fn pointer(self) -> &'static str {
        match self {
            Self::RegistrableKind => "/kind",
            Self::Counterparts | Self::RegistrableCounterpart => "/counterparts",
            Self::PartiesConfirmed | Self::PartyApprovals => "/parties",
            Self::OwnPowers => "/own_powers",
            Self::Languages => "/languages",
            Self::TextSet | Self::NewTextSet => "/text_sets",
            Self::Validity => "/validity",
            Self::CouncilMinutes => "/council_approval",
            Self::Answers => "/answers",
            Self::SignedCopies | Self::ReceivedLetter => "/documents",
            Self::Themes => "/themes",
            Self::PlannedSigning => "/planned_signing_on",
            Self::EscalationGround => "/due_on",
            Self::ReviewedText | Self::TextToReview => "/text_sets",
            Self::Unreviewed => "/compliance",
        }
    }

    /// What to do about it.
    pub fn said(self) -> Said {
        match self {
            Self::RegistrableKind => wording::needs::registrable_kind(),
            Self::RegistrableCounterpart => wording::needs::registrable_counterpart(),
            Self::Counterparts => wording::needs::counterparts(),
            Self::PartiesConfirmed => wording::needs::parties_confirmed(),
            Self::PartyApprovals => wording::needs::party_approvals(),
            Self::OwnPowers => wording::needs::own_powers(),
            Self::Languages => wording::needs::languages(),
            Self::TextSet => wording::needs::text_set(),
            Self::Validity => wording::needs::validity(),
            Self::CouncilMinutes => wording::needs::council_minutes(),
            Self::NewTextSet => wording::needs::new_text_set(),
            Self::Answers => wording::needs::answers(),
            Self::SignedCopies => wording::needs::signed_copies(),
            Self::Themes => wording::needs::themes(),
            Self::PlannedSigning => wording::needs::planned_signing(),
            Self::EscalationGround => wording::needs::escalation_ground(),
            Self::ReviewedText => wording::needs::reviewed_text(),
            Self::TextToReview => wording::needs::new_text_set(),
            Self::Unreviewed => wording::needs::unreviewed(),
            Self::ReceivedLetter => {
                wording::needs::received_letter(DocumentKind::ReceivedLetter.said())
            }
        }
    }
}

impl CaseConditions {
    /// What to do about a need, who must do it, and what of it is missing.
    pub fn said(&self, need: Need) -> Said {
        let said = need.said();
        let whose = self.whose.iter().filter(|(of, _)| *of == need);
        let names: Vec<Said> = whose.map(|(_, name)| name.clone()).collect();
        if names.is_empty() {
            return said;
        }
        if need == Need::TextSet {
            return wording::needs::texts_in(Said::listed(&names));
        }
        wording::needs::of(said.unfinished(), Said::listed(&names))
    }
}
