//! Which records may be mended now, and for the rest what would be right.

use super::super::cases::Case;
use super::{Mender, keeps};
use crate::failure::{Outcome, known};
use crate::tx::WriteTx;
use vinculo_domain::Refusal;
use vinculo_domain::agreements::{Compliance, Stage};
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;

/// Refuses a record that the caller may not mend in this stage. The stage is the one that the caller
/// knows of.
pub(super) fn require_mendable(tx: &mut WriteTx<'_>, case: &Case, mender: Mender) -> Outcome<()> {
    let stage = case.access.stage()?;
    let said = match (stage, mender) {
        (Stage::Withdrawn, _) => wording::past::withdrawn(),
        (Stage::Registered, _) => wording::past::inscribed(),
        _ if case.row.fingerprint.is_none() => wording::past::no_past_agreement(),
        (Stage::Signed, Mender::Owner) => return Ok(()),
        (Stage::Signed | Stage::Reported, Mender::Recorder) if keeps(tx, case)? => return Ok(()),
        (_, Mender::Recorder) => wording::past::taken_up(),
        (Stage::Reported, Mender::Owner) => wording::past::unconfirmed(),
        (_, Mender::Owner) => wording::past::under_way(),
    };
    Err(Refusal::new(Problem::WrongStage).saying(said).into())
}

/// Refuses to correct what an opinion was given on: it would then stand on record with an opinion
/// on something else.
pub(super) fn require_correctable(case: &Case) -> Outcome<()> {
    let compliance: Compliance = known(&case.row.compliance)?;
    if matches!(compliance, Compliance::Unknown | Compliance::NonCompliant) {
        return Ok(());
    }
    Err(Refusal::new(Problem::WrongStage)
        .saying(wording::past::opined())
        .into())
}
