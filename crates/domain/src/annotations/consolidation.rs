//! The consolidated form: the inscription with its annotations applied.

use super::{AnnotationChanges, AnnotationFields, Correction};
use crate::agreements::{Term, Validity};
use crate::inscriptions::Inscription;
use crate::legal_date::LegalDate;
use crate::standing::{Change, Event, Life};
use crate::tenant::{TenantId, Tier};

/// An inscription with its annotations applied.
#[derive(Debug, Clone)]
pub struct Consolidation {
    /// The record.
    pub record: Inscription,
    /// The facts that decide its standing.
    pub life: Life,
}

/// A government that takes the place of a party, as listed in the catalogue.
#[derive(Debug, Clone)]
pub struct Successor {
    /// Which government.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// Its order of government.
    pub tier: Tier,
    /// Its state, or itself; absent for federal bodies.
    pub state_id: Option<TenantId>,
}

impl Consolidation {
    /// As inscribed, without annotations.
    pub fn of(inscription: &Inscription) -> Self {
        Self {
            record: inscription.clone(),
            life: Life {
                signed_on: inscription.signed_on.clone(),
                validity: inscription.validity.clone(),
                events: Vec::new(),
            },
        }
    }

    /// Applies an annotation that has been checked.
    pub fn apply(&mut self, fields: &AnnotationFields, successor: Option<&Successor>) {
        let on = &fields.effective_on;
        match &fields.changes {
            AnnotationChanges::Correction { fields } => {
                fields.iter().for_each(|field| self.correct(field));
            }
            AnnotationChanges::Amendment { validity, .. } => {
                if let Some(validity) = validity {
                    self.prolong(on, validity.clone());
                }
            }
            AnnotationChanges::Renewal { ends_on, renewal } => {
                let term = if ends_on.is_some() {
                    Term::Fixed
                } else {
                    Term::Indefinite
                };
                let before = self.record.validity.as_ref();
                let validity = Validity {
                    enters_into_force_on: before
                        .and_then(|before| before.enters_into_force_on.clone()),
                    ends_on: ends_on.clone(),
                    term,
                    renewal: *renewal,
                };
                self.prolong(on, validity);
            }
            AnnotationChanges::Termination {
                government_id: Some(leaves),
                ..
            } => self
                .record
                .parties
                .retain(|party| party.government_id != *leaves),
            AnnotationChanges::Termination { superseded_by, .. } => {
                let change = if superseded_by.is_some() {
                    Change::Superseded
                } else {
                    Change::Terminated
                };
                self.change(on, change);
            }
            AnnotationChanges::Succession {
                government_id,
                body,
                ..
            } => self.succeed(government_id, successor, body.as_deref()),
            AnnotationChanges::Suspension {} => self.change(on, Change::Suspended),
            AnnotationChanges::Resumption {} => self.change(on, Change::Resumed),
            AnnotationChanges::Cancellation { imported_in_error } => {
                let change = if *imported_in_error {
                    Change::ImportedInError
                } else {
                    Change::Cancelled
                };
                self.change(on, change);
            }
        }
    }

    fn change(&mut self, on: &LegalDate, change: Change) {
        self.life.events.push(Event {
            on: on.clone(),
            change,
        });
    }

    fn prolong(&mut self, on: &LegalDate, validity: Validity) {
        self.record.validity = Some(validity.clone());
        self.change(on, Change::Validity(validity));
    }

    /// A correction of the validity concerns the validity agreed last. If that becomes unknown, the
    /// earlier ones are dropped: they do not say how long the agreement binds.
    fn correct_validity(&mut self, validity: Option<Validity>) {
        self.record.validity.clone_from(&validity);
        let agreed = |event: &Event| matches!(event.change, Change::Validity(_));
        let Some(validity) = validity else {
            self.life.validity = None;
            self.life.events.retain(|event| !agreed(event));
            return;
        };
        match self.life.events.iter_mut().rfind(|event| agreed(event)) {
            Some(last) => last.change = Change::Validity(validity),
            None => self.life.validity = Some(validity),
        }
    }

    fn correct(&mut self, correction: &Correction) {
        let record = &mut self.record;
        match correction {
            Correction::Title { new, .. } => record.title.clone_from(new),
            Correction::Themes { new, .. } => record.themes.clone_from(new),
            Correction::SdgTargets { new, .. } => record.sdg_targets.clone_from(new),
            Correction::SignedOn { new, .. } => {
                record.signed_on.clone_from(new);
                self.life.signed_on.clone_from(new);
            }
            Correction::SignedPlace { new, .. } => record.signed_place.clone_from(new),
            Correction::Validity { new, .. } => self.correct_validity(new.clone()),
            Correction::CounterpartName { position, new, .. } => {
                if let Some(found) = record.counterparts.get_mut(*position as usize) {
                    found.name.clone_from(new);
                }
            }
            Correction::CounterpartCountry { position, new, .. } => {
                if let Some(found) = record.counterparts.get_mut(*position as usize) {
                    found.country.clone_from(new);
                }
            }
            Correction::CounterpartLevel { position, new, .. } => {
                if let Some(found) = record.counterparts.get_mut(*position as usize) {
                    found.level = *new;
                }
            }
            Correction::PartyBody { position, new, .. } => {
                if let Some(found) = record.parties.get_mut(*position as usize) {
                    found.body.clone_from(new);
                    found.body_kind = None;
                }
            }
        }
    }

    fn succeed(&mut self, party: &TenantId, successor: Option<&Successor>, body: Option<&str>) {
        let first = self.record.parties.first().map(|lead| &lead.government_id);
        let leads = first == Some(party);
        let parties = &mut self.record.parties;
        let Some(found) = parties.iter_mut().find(|one| one.government_id == *party) else {
            return;
        };
        if let Some(body) = body {
            found.body = Some(body.to_owned());
            found.body_kind = None;
        }
        if let Some(successor) = successor {
            found.government_id = successor.id.clone();
            found.name.clone_from(&successor.name);
            found.tier = successor.tier;
            found.state_id.clone_from(&successor.state_id);
            if leads {
                self.record.tier = successor.tier;
            }
        }
    }
}
