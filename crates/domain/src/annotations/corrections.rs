//! Checks of a correction: the old value must be the current one, the new value another valid one.

use super::{Consolidation, Correction};
use crate::agreements::{Term, Validity, check_past};
use crate::catalogs::{Catalog, contains};
use crate::refusal::{Admitted, Checks, FieldError};
use crate::wording;
use chrono::NaiveDate;
use std::collections::HashSet;

pub(super) fn check_validity(pointer: &str, validity: Option<&Validity>, checks: &mut Checks) {
    let Some(validity) = validity else { return };
    let (start, end) = (&validity.enters_into_force_on, &validity.ends_on);
    let backwards =
        matches!((start, end), (Some(start), Some(end)) if end.earliest() < start.earliest());
    if (validity.term == Term::Fixed) != end.is_some() || backwards {
        checks.add(
            format!("{pointer}/ends_on"),
            "term",
            wording::annotations::fixed_term(),
        );
    }
}

pub(super) fn check_corrections(
    fields: &[Correction],
    now: &Consolidation,
    today: NaiveDate,
    checks: &mut Checks,
) {
    checks.at_most("/changes/fields", fields.len(), 20);
    if fields.is_empty() {
        checks.add(
            "/changes/fields",
            "required",
            wording::annotations::correction_required(),
        );
    }
    let mut seen = HashSet::new();
    for (i, field) in fields.iter().enumerate() {
        let pointer = format!("/changes/fields/{i}");
        if !seen.insert((std::mem::discriminant(field), position(field))) {
            checks.add(
                pointer.clone(),
                "repeated",
                wording::annotations::each_field_once(),
            );
        }
        check_correction(&pointer, field, now, checks);
        if let Correction::SignedOn { new: Some(day), .. } = field {
            check_past(checks, &format!("{pointer}/new"), day, today);
        }
    }
}

fn position(field: &Correction) -> Option<u32> {
    match field {
        Correction::CounterpartName { position, .. }
        | Correction::CounterpartCountry { position, .. }
        | Correction::CounterpartLevel { position, .. }
        | Correction::PartyBody { position, .. } => Some(*position),
        _ => None,
    }
}

/// Checks that the old value is the current one, and that the new value differs from it and is
/// valid.
fn check_correction(pointer: &str, field: &Correction, now: &Consolidation, checks: &mut Checks) {
    let record = &now.record;
    let new = format!("{pointer}/new");
    let counterpart = position(field).and_then(|at| record.counterparts.get(at as usize));
    let party = position(field).and_then(|at| record.parties.get(at as usize));
    let (stands, changes) = match field {
        Correction::Title { old, new: value } => {
            checks.text(&new, value, 500);
            (record.title == *old, old != value)
        }
        Correction::Themes { old, new: value } => {
            check_keys(&new, value, Catalog::Themes, checks);
            (record.themes == *old, old != value)
        }
        Correction::SdgTargets { old, new: value } => {
            check_keys(&new, value, Catalog::SdgTargets, checks);
            (record.sdg_targets == *old, old != value)
        }
        Correction::SignedOn { old, new: value } => (record.signed_on == *old, old != value),
        Correction::SignedPlace { old, new: value } => {
            checks.optional_text(&new, value.as_deref(), 300);
            (record.signed_place == *old, old != value)
        }
        Correction::Validity { old, new: value } => {
            check_validity(&new, value.as_ref(), checks);
            (record.validity == *old, old != value)
        }
        Correction::CounterpartName {
            old, new: value, ..
        } => {
            checks.text(&new, value, 300);
            (
                counterpart.is_some_and(|one| one.name == *old),
                old != value,
            )
        }
        Correction::CounterpartCountry {
            old, new: value, ..
        } => {
            check_keys(&new, value.as_slice(), Catalog::Countries, checks);
            (
                counterpart.is_some_and(|one| one.country == *old),
                old != value,
            )
        }
        Correction::CounterpartLevel {
            old, new: value, ..
        } => (
            counterpart.is_some_and(|one| one.level == *old),
            old != value,
        ),
        Correction::PartyBody {
            old, new: value, ..
        } => {
            checks.optional_text(&new, value.as_deref(), 300);
            (party.is_some_and(|one| one.body == *old), old != value)
        }
    };
    if !stands {
        checks.add(
            format!("{pointer}/old"),
            "differs",
            wording::annotations::differs(),
        );
    }
    if !changes {
        checks.add(new, "unchanged", wording::annotations::unchanged());
    }
}

fn check_keys(pointer: &str, keys: &[String], catalog: Catalog, checks: &mut Checks) {
    checks.at_most(pointer, keys.len(), 200);
    let unknown = keys.iter().any(|key| !contains(catalog, key));
    if unknown || keys.iter().collect::<HashSet<_>>().len() < keys.len() {
        let said = wording::annotations::keys_once();
        let error = FieldError::new(pointer, "unknown_key", said);
        checks.push(error.admitting(Admitted::keys(catalog)));
    }
}

#[cfg(test)]
mod tests;
