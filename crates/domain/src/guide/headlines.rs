//! One sentence for each stage.

use crate::agreements::{AgreementSummary, Stage as S};
use crate::wording::{self, Said};

/// The state of this case. A record of something past that was withdrawn as an error ends like a
/// procedure that was given up, but there was no procedure.
pub(super) fn of_case(case: &AgreementSummary) -> Said {
    if case.recorded_in_error {
        wording::headlines::recorded_in_error()
    } else {
        headline(case.stage)
    }
}

/// The state of a case in this stage and who must act.
pub(super) fn headline(stage: S) -> Said {
    match stage {
        S::Draft => wording::headlines::draft(),
        S::StateReview => wording::headlines::state_review(),
        S::Returned => wording::headlines::returned(),
        S::FederalIntake => wording::headlines::federal_intake(),
        S::LegalReview => wording::headlines::legal_review(),
        S::Observed => wording::headlines::observed(),
        S::OpinionFavorable => wording::headlines::opinion_favorable(),
        S::OpinionUnfavorable => wording::headlines::opinion_unfavorable(),
        S::Signed => wording::headlines::signed(),
        S::PendingRegistration => wording::headlines::pending_registration(),
        S::Registered => wording::headlines::registered(),
        S::Withdrawn => wording::headlines::withdrawn(),
        S::OutOfScope => wording::headlines::out_of_scope(),
        S::Reported => wording::headlines::reported(),
        S::Abandoned => wording::headlines::abandoned(),
    }
}
