//! The steps of the procedure according to law and practice.

use super::reasons::{PRACTICE, cpeum, lct, lgtaip};
use super::{LegalArticle, Step};
use crate::agreements::{CaseAction as A, Need, Seat, Stage as S};
use crate::wording::{self, Said};

/// One step of the road.
#[derive(Debug)]
pub struct StepRow {
    /// Which step.
    pub step: Step,
    /// The stages in which it is due.
    pub stages: &'static [S],
    /// The needs that may be unmet. If several steps have a need, the current one shows it.
    pub needs: &'static [Need],
    /// The seat that must act, unless the stage says otherwise.
    pub seat: Seat,
    /// The actions that complete it; the latest one gives its date.
    pub done_by: &'static [A],
    /// What requires it.
    pub basis: &'static [LegalArticle],
    /// Its name.
    pub title: Said,
    /// Why it is required.
    pub why: Said,
    /// The operations that complete or correct it.
    pub operations: &'static [&'static str],
}

const WRITE: &[&str] = &["update_agreement"];
const FILE: &[&str] = &["create_document", "update_agreement"];
const ACT: &[&str] = &["transition_agreement"];

/// The table. A new need of the procedure also needs a row in the reasons and a place in one of
/// these steps.
pub const STEPS: &[StepRow] = &[
    StepRow {
        step: Step::Initiative,
        stages: &[S::Draft],
        needs: &[Need::RegistrableKind, Need::Validity, Need::ReceivedLetter],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("2-II")],
        title: wording::guide_steps::initiative(),
        why: wording::guide_steps::initiative_why(),
        operations: WRITE,
    },
    StepRow {
        step: Step::Confirmation,
        stages: &[S::Reported],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[A::Confirm],
        basis: &[PRACTICE],
        title: wording::guide_steps::confirmation(),
        why: wording::guide_steps::confirmation_why(),
        operations: ACT,
    },
    StepRow {
        step: Step::Counterpart,
        stages: &[S::Draft],
        needs: &[Need::Counterparts, Need::RegistrableCounterpart],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("1"), lct("2-VIII")],
        title: wording::guide_steps::counterpart(),
        why: wording::guide_steps::counterpart_why(),
        operations: &["create_counterpart", "update_agreement"],
    },
    StepRow {
        step: Step::OwnPowers,
        stages: &[S::Draft],
        needs: &[Need::OwnPowers],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("2-II")],
        title: wording::guide_steps::own_powers(),
        why: wording::guide_steps::own_powers_why(),
        operations: &["get_catalog", "update_agreement"],
    },
    StepRow {
        step: Step::CouncilApproval,
        stages: &[S::Draft],
        needs: &[Need::CouncilMinutes],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[cpeum("115-II-b"), lgtaip("66-IX")],
        title: wording::guide_steps::council_approval(),
        why: wording::guide_steps::council_approval_why(),
        operations: FILE,
    },
    StepRow {
        step: Step::PartiesConfirmation,
        stages: &[S::Draft],
        needs: &[Need::PartiesConfirmed, Need::PartyApprovals],
        seat: Seat::Party,
        done_by: &[A::Submit],
        basis: &[PRACTICE],
        title: wording::guide_steps::parties_confirmation(),
        why: wording::guide_steps::parties_confirmation_why(),
        operations: &["confirm_agreement"],
    },
    StepRow {
        step: Step::Texts,
        stages: &[S::Draft],
        needs: &[Need::Languages, Need::TextSet],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("2-II")],
        title: wording::guide_steps::texts(),
        why: wording::guide_steps::texts_why(),
        operations: &["create_document", "create_text_set", "update_agreement"],
    },
    StepRow {
        step: Step::Announcement,
        stages: &[S::Draft],
        needs: &[Need::Themes, Need::PlannedSigning],
        seat: Seat::Owner,
        done_by: &[A::Announce],
        basis: &[lct("7")],
        title: wording::guide_steps::announcement(),
        why: wording::guide_steps::announcement_why(),
        operations: &["update_agreement", "transition_agreement"],
    },
    StepRow {
        step: Step::Submission,
        stages: &[S::Draft],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[A::Submit],
        basis: &[lct("7")],
        title: wording::guide_steps::submission(),
        why: wording::guide_steps::submission_why(),
        operations: ACT,
    },
    StepRow {
        step: Step::StateReview,
        stages: &[S::StateReview, S::Returned],
        needs: &[Need::EscalationGround, Need::Answers],
        seat: Seat::StateReviewer,
        done_by: &[A::Forward, A::Escalate],
        basis: &[PRACTICE],
        title: wording::guide_steps::state_review(),
        why: wording::guide_steps::state_review_why(),
        operations: ACT,
    },
    StepRow {
        step: Step::Intake,
        stages: &[S::FederalIntake, S::Returned],
        needs: &[Need::Answers],
        seat: Seat::Federal,
        done_by: &[A::Accept],
        basis: &[PRACTICE],
        title: wording::guide_steps::intake(),
        why: wording::guide_steps::intake_why(),
        operations: ACT,
    },
    StepRow {
        step: Step::LegalReview,
        stages: &[S::LegalReview, S::Observed],
        needs: &[Need::NewTextSet, Need::Answers],
        seat: Seat::Federal,
        done_by: &[A::IssueOpinion],
        basis: &[lct("7")],
        title: wording::guide_steps::legal_review(),
        why: wording::guide_steps::legal_review_why(),
        operations: &["create_text_set", "transition_agreement"],
    },
    StepRow {
        step: Step::Opinion,
        stages: &[S::OpinionUnfavorable],
        needs: &[Need::NewTextSet, Need::Answers, Need::Unreviewed],
        seat: Seat::Federal,
        done_by: &[A::IssueOpinion],
        basis: &[lct("7")],
        title: wording::guide_steps::opinion(),
        why: wording::guide_steps::opinion_why(),
        operations: &["create_text_set", "transition_agreement"],
    },
    StepRow {
        step: Step::Signature,
        stages: &[S::OpinionFavorable],
        needs: &[Need::ReviewedText, Need::TextToReview, Need::Answers],
        seat: Seat::Owner,
        done_by: &[A::RecordSignature],
        basis: &[lct("1"), lct("7")],
        title: wording::guide_steps::signature(),
        why: wording::guide_steps::signature_why(),
        operations: &["create_text_set", "transition_agreement"],
    },
    StepRow {
        step: Step::SignedCopies,
        stages: &[S::Signed],
        needs: &[Need::SignedCopies, Need::Answers],
        seat: Seat::Owner,
        done_by: &[A::SendToRegistry, A::Regularize],
        basis: &[lct("7")],
        title: wording::guide_steps::signed_copies(),
        why: wording::guide_steps::signed_copies_why(),
        operations: &["create_document", "transition_agreement"],
    },
    StepRow {
        step: Step::Registry,
        stages: &[S::PendingRegistration],
        needs: &[],
        seat: Seat::Federal,
        done_by: &[A::Register],
        basis: &[lct("7")],
        title: wording::guide_steps::registry(),
        why: wording::guide_steps::registry_why(),
        operations: ACT,
    },
    StepRow {
        step: Step::AfterInscription,
        stages: &[S::Registered],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[],
        basis: &[lgtaip("67-V-i"), lgtaip("58"), PRACTICE],
        title: wording::guide_steps::after_inscription(),
        why: wording::guide_steps::after_inscription_why(),
        operations: &["list_registry"],
    },
    StepRow {
        step: Step::Closing,
        stages: &[S::Withdrawn, S::OutOfScope, S::Abandoned],
        needs: &[],
        seat: Seat::Owner,
        done_by: &[A::Withdraw, A::DeclareOutOfScope],
        basis: &[PRACTICE, lct("2-II")],
        title: wording::guide_steps::closing(),
        why: wording::guide_steps::closing_why(),
        operations: ACT,
    },
];
