//! Which records may be mended now, and for the rest what would be right.

use super::super::cases::Case;
use super::{Mender, keeps};
use crate::failure::{Outcome, known};
use crate::tx::WriteTx;
use vinculo_domain::Refusal;
use vinculo_domain::agreements::{Compliance, Stage};
use vinculo_domain::problems::Problem;

/// Refuses a record that the caller may not mend in this stage. The stage is the one that the caller
/// knows of.
pub(super) fn require_mendable(tx: &mut WriteTx<'_>, case: &Case, mender: Mender) -> Outcome<()> {
    let stage = case.access.stage()?;
    let (es, en) = match (stage, mender) {
        (Stage::Withdrawn, _) => (
            "El registro ya se retiró; si el acuerdo debe constar, regístrelo de nuevo.",
            "The record is withdrawn already; where the agreement belongs on record, record it anew.",
        ),
        (Stage::Registered, _) => (
            "Está inscrito: la Secretaría lo corrige o cancela mediante anotación en el registro.",
            "It is inscribed: the ministry corrects or cancels it by an annotation in the registry.",
        ),
        _ if case.row.fingerprint.is_none() => (
            "Así se corrige o retira solo lo registrado como acuerdo del pasado; un borrador se edita, y de un expediente en trámite se desiste.",
            "Only what was recorded as a past agreement is corrected or withdrawn in this way; a draft is edited, and a case under way is given up.",
        ),
        (Stage::Signed, Mender::Owner) => return Ok(()),
        (Stage::Signed | Stage::Reported, Mender::Recorder) if keeps(tx, case)? => return Ok(()),
        (_, Mender::Recorder) => (
            "Su gobierno ya se hizo cargo de este registro: pídale que lo corrija o lo retire.",
            "Its government has taken this record up: ask it to correct or withdraw it.",
        ),
        (Stage::Reported, Mender::Owner) => (
            "Es un reporte por confirmar: confírmelo para corregirlo, u objételo para que lo corrija quien lo reportó.",
            "It is a report yet to be confirmed: confirm it to correct it, or dispute it so that its reporter corrects it.",
        ),
        (_, Mender::Owner) => (
            "El expediente está en trámite: el registro se corrige o retira cuando vuelva a la etapa de firmado; para ello, concluya el trámite o desista de él.",
            "The case is under way: the record is corrected or withdrawn once it is signed again; to that end, finish what is under way or give it up.",
        ),
    };
    Err(Refusal::new(Problem::WrongStage).saying(es, en).into())
}

/// Refuses to correct what an opinion was given on: it would then stand on record with an opinion
/// on something else.
pub(super) fn require_correctable(case: &Case) -> Outcome<()> {
    let compliance: Compliance = known(&case.row.compliance)?;
    if matches!(compliance, Compliance::Unknown | Compliance::NonCompliant) {
        return Ok(());
    }
    Err(Refusal::new(Problem::WrongStage)
        .saying(
            "Hay un dictamen favorable sobre lo registrado: retire el registro y regístrelo de nuevo.",
            "There is a favourable opinion on what was recorded: withdraw the record and record it anew.",
        )
        .into())
}
