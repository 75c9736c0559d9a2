//! Checks of an annotation against the current record.

use super::corrections::{check_corrections, check_validity};
use super::{AnnotationChanges as Changes, AnnotationFields, Consolidation};
use crate::documents::DocumentKind;
use crate::inscriptions::InscribedParty;
use crate::problems::Problem;
use crate::refusal::Said;
use crate::refusal::{Admitted, Checks, FieldError, Refusal, Result};
use crate::standing::Change;
use crate::wording;
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
            return Err(Refusal::new(Problem::WrongStage).saying(wording::annotations::over()));
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
                wording::annotations::before_signature(),
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
                        wording::annotations::amendment_required(),
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
                        wording::annotations::not_later(),
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
                        wording::annotations::not_suspended(),
                    );
                }
            }
            Changes::Cancellation {
                imported_in_error: true,
            } => checks.add(
                "/changes/imported_in_error",
                "read_only",
                wording::annotations::imported_in_error(),
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
                wording::annotations::one_instrument(),
            );
        }
        if self.instrument_number.as_deref() == Some(number) {
            checks.add(
                "/instrument_number",
                "itself",
                wording::annotations::another_inscription(),
            );
        }
        let by_ground = match self.changes {
            Changes::Correction { .. } => !ground.is_empty() || rests,
            Changes::Cancellation { .. } => !ground.is_empty(),
            _ => true,
        };
        if !by_ground {
            checks.add("/ground", "required", wording::annotations::ground());
        }
        let needs = !matches!(
            self.changes,
            Changes::Correction { .. } | Changes::Cancellation { .. }
        );
        if needs && !rests {
            checks.add(
                "/document_id",
                "required",
                wording::annotations::instrument_required(
                    DocumentKind::AnnotationInstrument.said(),
                ),
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
                let said = wording::annotations::leaving_party();
                checks.push(not_a_party(said, parties.iter().skip(1)));
            }
            Changes::Termination { superseded_by, .. }
                if superseded_by.as_deref() == Some(number) =>
            {
                checks.add(
                    "/changes/superseded_by",
                    "itself",
                    wording::annotations::superseded_by_itself(),
                );
            }
            Changes::Succession {
                government_id,
                successor_id,
                body,
            } => {
                checks.optional_text("/changes/body", body.as_deref(), 300);
                if at(government_id).is_none() {
                    let said = wording::annotations::no_party();
                    checks.push(not_a_party(said, parties.iter()));
                }
                let named = successor_id.is_some() || body.is_some();
                if !named || successor_id.as_ref().is_some_and(|next| at(next).is_some()) {
                    checks.add(
                        "/changes/successor_id",
                        "required",
                        wording::annotations::successor(),
                    );
                }
            }
            _ => {}
        }
    }
}

/// A government that is not among these parties of the record, which is public.
fn not_a_party<'p>(said: Said, parties: impl Iterator<Item = &'p InscribedParty>) -> FieldError {
    let parties = Admitted::of(parties.map(|party| party.government_id.as_str()));
    FieldError::new("/changes/government_id", "not_a_party", said).admitting(parties)
}
