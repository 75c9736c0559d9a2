//! Why each need exists: the law that requires it, or practice.

use super::{Law, LegalArticle};
use crate::agreements::{InternalApproval, Need};
use crate::wording::{self, Said};

/// Why a need exists.
#[derive(Debug)]
pub struct Reason {
    /// Which need.
    pub need: Need,
    /// What requires it.
    pub basis: &'static [LegalArticle],
    /// The sentence.
    pub why: Said,
}

pub(super) const fn lct(article: &'static str) -> LegalArticle {
    LegalArticle {
        law: Law::Lct,
        article: Some(article),
    }
}

pub(super) const fn cpeum(article: &'static str) -> LegalArticle {
    LegalArticle {
        law: Law::Cpeum,
        article: Some(article),
    }
}

pub(super) const fn lgtaip(article: &'static str) -> LegalArticle {
    LegalArticle {
        law: Law::Lgtaip,
        article: Some(article),
    }
}

pub(super) const PRACTICE: LegalArticle = LegalArticle {
    law: Law::Practice,
    article: None,
};

/// What says that no council's decision is asked of a government, or that one is.
pub(super) fn unasked_basis(approval: InternalApproval) -> &'static [LegalArticle] {
    const CABILDO: &[LegalArticle] = &[cpeum("115-II-b"), lgtaip("66-IX")];
    const CONCEJO: &[LegalArticle] = &[cpeum("122-A-VI")];
    const AUTHORITY: &[LegalArticle] = &[lct("1"), PRACTICE];
    match approval {
        InternalApproval::Cabildo => CABILDO,
        InternalApproval::Concejo => CONCEJO,
        InternalApproval::Authority => AUTHORITY,
    }
}

const fn reason(need: Need, basis: &'static [LegalArticle], why: Said) -> Reason {
    Reason { need, basis, why }
}

/// One row for each need.
pub const REASONS: &[Reason] = &[
    reason(
        Need::RegistrableKind,
        &[lct("2-II")],
        wording::guide_needs::registrable_kind(),
    ),
    reason(
        Need::Counterparts,
        &[lct("1"), lct("2-II")],
        wording::guide_needs::counterparts(),
    ),
    reason(
        Need::RegistrableCounterpart,
        &[lct("1"), lct("2-VIII")],
        wording::guide_needs::registrable_counterpart(),
    ),
    reason(
        Need::PartiesConfirmed,
        &[PRACTICE],
        wording::guide_needs::parties_confirmed(),
    ),
    reason(
        Need::PartyApprovals,
        &[cpeum("115-II-b"), lgtaip("66-IX")],
        wording::guide_needs::party_approvals(),
    ),
    reason(
        Need::ReceivedLetter,
        &[PRACTICE],
        wording::guide_needs::received_letter(),
    ),
    reason(
        Need::OwnPowers,
        &[lct("2-II")],
        wording::guide_needs::own_powers(),
    ),
    reason(
        Need::Languages,
        &[PRACTICE],
        wording::guide_needs::languages(),
    ),
    reason(
        Need::TextSet,
        &[lct("2-II")],
        wording::guide_needs::text_set(),
    ),
    reason(
        Need::Validity,
        &[cpeum("115-II-b"), PRACTICE],
        wording::guide_needs::validity(),
    ),
    reason(
        Need::CouncilMinutes,
        &[cpeum("115-II-b"), lgtaip("66-IX")],
        wording::guide_needs::council_minutes(),
    ),
    reason(
        Need::NewTextSet,
        &[lct("7")],
        wording::guide_needs::new_text_set(),
    ),
    reason(Need::Answers, &[PRACTICE], wording::guide_needs::answers()),
    reason(
        Need::SignedCopies,
        &[lct("7"), lgtaip("67-V-i")],
        wording::guide_needs::signed_copies(),
    ),
    reason(Need::Themes, &[lct("7")], wording::guide_needs::themes()),
    reason(
        Need::PlannedSigning,
        &[lct("7")],
        wording::guide_needs::planned_signing(),
    ),
    reason(
        Need::EscalationGround,
        &[PRACTICE],
        wording::guide_needs::escalation_ground(),
    ),
    reason(
        Need::ReviewedText,
        &[lct("7")],
        wording::guide_needs::reviewed_text(),
    ),
    reason(
        Need::TextToReview,
        &[lct("7")],
        wording::guide_needs::text_to_review(),
    ),
    reason(
        Need::Unreviewed,
        &[lct("7")],
        wording::guide_needs::unreviewed(),
    ),
];
