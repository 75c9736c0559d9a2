//! Checks of an annotation against the current record.

use super::corrections::{check_corrections, check_validity};
use super::{AnnotationChanges as Changes, AnnotationFields, Consolidation};
use crate::inscriptions::InscribedParty;
use crate::problems::Problem;
use crate::refusal::{Admitted, Checks, FieldError, Refusal, Result};
use crate::standing::Change;
use chrono::NaiveDate;

impl AnnotationFields {
    /// Whether the record may still get this annotation: a cancelled inscription only takes
    /// corrections, and an agreement that has ended cannot be ended again.
    pub fn check_standing(&self, now: &Consolidation) -> Result<()> {
        let has = |turn: &Change| now.life.events.iter().any(|event| event.change == *turn);
        let ends = matches!(
            self.changes,
            Changes::Termination {
                government_id: None,
                ..
            }
        );
        let corrects = matches!(self.changes, Changes::Correction { .. });
        let over = has(&Change::Terminated) || has(&Change::Superseded);
        let cancelled = has(&Change::Cancelled) || has(&Change::ImportedInError);
        if (cancelled && !corrects) || (over && ends) {
            return Err(Refusal::new(Problem::WrongStage).saying(
                "La situación de la inscripción ya no admite esta anotación.",
                "The standing of the inscription does not take this annotation any more.",
            ));
        }
        Ok(())
    }

    /// Reports everything wrong with it on this day.
    pub fn check(&self, number: &str, now: &Consolidation, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        self.check_instrument(number, &mut checks);
        if let Some(signed) = &now.life.signed_on
            && self.effective_on.latest() < signed.earliest()
        {
            checks.add(
                "/effective_on",
                "before_signature",
                "La fecha de efecto no puede ser anterior a la firma.",
                "The effective date cannot be before the signature.",
            );
        }
        match &self.changes {
            Changes::Correction { fields } => {
                check_corrections(fields, now, today, &mut checks);
            }
            Changes::Amendment { text, validity } => {
                if text.is_none() && validity.is_none() {
                    checks.add(
                        "/changes",
                        "required",
                        "Diga qué cambió: el texto, la vigencia o ambos.",
                        "Say what changed: the text, the validity or both.",
                    );
                }
                checks.optional_text("/changes/text", text.as_deref(), 4000);
                check_validity("/changes/validity", validity.as_ref(), &mut checks);
            }
            Changes::Renewal { ends_on, .. } => {
                let end = now
                    .record
                    .validity
                    .as_ref()
                    .and_then(|v| v.ends_on.as_ref());
                if let (Some(new), Some(old)) = (ends_on, end)
                    && new.latest() <= old.earliest()
                {
                    checks.add(
                        "/changes/ends_on",
                        "not_later",
                        "La nueva fecha de término es posterior a la actual.",
                        "The new last day is later than the present one.",
                    );
                }
            }
            Changes::Termination { .. } | Changes::Succession { .. } => {
                self.check_parties(number, now, &mut checks);
            }
            Changes::Resumption {} => {
                let last = now
                    .life
                    .events
                    .iter()
                    .rev()
                    .find_map(|event| match event.change {
                        Change::Suspended => Some(true),
                        Change::Resumed => Some(false),
                        _ => None,
                    });
                if last != Some(true) {
                    checks.add(
                        "/changes/kind",
                        "not_suspended",
                        "El acuerdo no está suspendido.",
                        "The agreement is not suspended.",
                    );
                }
            }
            Changes::Cancellation {
                imported_in_error: true,
            } => checks.add(
                "/changes/imported_in_error",
                "read_only",
                "Lo asienta el sistema al deshacer una importación; quítelo y cite el fundamento.",
                "The system writes it when an import is undone; remove it and cite the ground.",
            ),
            Changes::Suspension {} | Changes::Cancellation { .. } => {}
        }
        checks.finish(Problem::ValidationFailed)
    }

    fn check_instrument(&self, number: &str, checks: &mut Checks) {
        checks.optional_text("/ground", self.ground.as_deref(), 4000);
        let ground = self.ground.as_deref().unwrap_or_default().trim();
        let rests = self.instrument_number.is_some() || self.document_id.is_some();
        if self.instrument_number.is_some() && self.document_id.is_some() {
            checks.add(
                "/document_id",
                "one_instrument",
                "Cite un solo instrumento: otra inscripción o un documento.",
                "Cite one instrument: another inscription or a document.",
            );
        }
        if self.instrument_number.as_deref() == Some(number) {
            checks.add(
                "/instrument_number",
                "itself",
                "El instrumento es otra inscripción.",
                "The instrument is another inscription.",
            );
        }
        let by_ground = match self.changes {
            Changes::Correction { .. } => !ground.is_empty() || rests,
            Changes::Cancellation { .. } => !ground.is_empty(),
            _ => true,
        };
        if !by_ground {
            checks.add(
                "/ground",
                "required",
                "Cite el fundamento.",
                "Cite the ground.",
            );
        }
        let needs = !matches!(
            self.changes,
            Changes::Correction { .. } | Changes::Cancellation { .. }
        );
        if needs && !rests {
            checks.add(
                "/document_id",
                "required",
                "Cite el instrumento: otra inscripción o un documento de clase annotation_instrument.",
                "Cite the instrument: another inscription or a document of kind annotation_instrument.",
            );
        }
    }

    fn check_parties(&self, number: &str, now: &Consolidation, checks: &mut Checks) {
        let parties = &now.record.parties;
        let at = |id: &crate::TenantId| parties.iter().position(|one| one.government_id == *id);
        match &self.changes {
            Changes::Termination {
                government_id: Some(leaves),
                superseded_by,
            } if at(leaves).is_none_or(|at| at == 0) || superseded_by.is_some() => {
                let (es, en) = (
                    "Sale una parte mexicana que no encabeza el acuerdo; si termina para todas, omita el gobierno.",
                    "A Mexican party other than the lead leaves; where it ends for all, leave the government out.",
                );
                checks.push(not_a_party(es, en, parties.iter().skip(1)));
            }
            Changes::Termination { superseded_by, .. }
                if superseded_by.as_deref() == Some(number) =>
            {
                checks.add(
                    "/changes/superseded_by",
                    "itself",
                    "Lo sustituye otra inscripción.",
                    "Another inscription takes its place.",
                );
            }
            Changes::Succession {
                government_id,
                successor_id,
                body,
            } => {
                checks.optional_text("/changes/body", body.as_deref(), 300);
                if at(government_id).is_none() {
                    let (es, en) = (
                        "Este gobierno no es parte.",
                        "This government is not a party.",
                    );
                    checks.push(not_a_party(es, en, parties.iter()));
                }
                let named = successor_id.is_some() || body.is_some();
                if !named || successor_id.as_ref().is_some_and(|next| at(next).is_some()) {
                    checks.add(
                        "/changes/successor_id",
                        "required",
                        "Diga qué gobierno, que no sea parte ya, o qué órgano la sucede.",
                        "Say which government, not a party already, or which body succeeds it.",
                    );
                }
            }
            _ => {}
        }
    }
}

/// A government that is not among these parties of the record, which is public.
fn not_a_party<'p>(
    es: &'static str,
    en: &'static str,
    parties: impl Iterator<Item = &'p InscribedParty>,
) -> FieldError {
    let parties = Admitted::of(parties.map(|party| party.government_id.as_str()));
    FieldError::new("/changes/government_id", "not_a_party", es, en).admitting(parties)
}
