//! The basis of an annotation: another inscription, or a document of the case.

use super::write;
use crate::dialect::{self, Opened};
use crate::failure::{Failure, Outcome};
use crate::schema::{agreement_grants as grants, annotations, documents};
use crate::stores::agreements::Case;
use crate::stores::governments::PUBLIC;
use crate::stores::{classifications, consolidations, inscriptions};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::Said;
use vinculo_domain::agreements::{AgreementContent, Instrument};
use vinculo_domain::annotations::{AnnotationChanges, AnnotationFields};
use vinculo_domain::classifications::is_open;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::inscriptions::Inscription;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, TenantId};

/// Annotates the inscription that a newly inscribed instrument relates to, if its lead is also a
/// party of that inscription and the annotation fits. The registrar annotates the rest by hand:
/// instruments of others, and annotations that do not fit (an end that comes too early, an
/// agreement that is over). These do not block the inscription.
pub(crate) fn by_instrument(
    tx: &mut WriteTx<'_>,
    case: &Case,
    instrument: &Inscription,
    content: &AgreementContent,
) -> Outcome<()> {
    let Some(related) = content.relates_to else {
        return Ok(());
    };
    let Some(original) = inscriptions::of_case(tx.conn, related)? else {
        return Ok(());
    };
    let (owner, agreement) = inscriptions::case_of(tx.conn, original.number.as_str())?;
    let (row, now) = consolidations::read(tx.conn, original.number.as_str())?;
    let today = mexican_day(tx.now);
    let fits = |fields: &AnnotationFields| {
        let mut parties = now.record.parties.iter();
        parties.any(|party| party.government_id == case.owner)
            && fields.check_standing(&now).is_ok()
            && fields.check(original.number.as_str(), &now, today).is_ok()
    };
    let Some(fields) = annotation_of(instrument, LegalDate::day(today)).filter(fits) else {
        return Ok(());
    };
    tx.act_for(&owner, Opened::Case(agreement))?;
    let written = write(tx, row, now, &fields);
    tx.act_for(&case.owner, Opened::Case(case.id))?;
    match written {
        Ok(_annotation) => Ok(()),
        // Another annotation was written at the same time: this one runs again after it.
        Err(Failure::Refused(refusal)) if refusal.problem == Problem::PreconditionFailed => {
            Err(Failure::Again("an annotation came first".into()))
        }
        Err(failure) => Err(failure),
    }
}

/// What a newly inscribed instrument says about the agreement that it relates to.
fn annotation_of(instrument: &Inscription, today: LegalDate) -> Option<AnnotationFields> {
    let validity = instrument.validity.clone();
    let changes = match (instrument.instrument, validity.clone()) {
        (Instrument::Renewal, Some(validity)) => AnnotationChanges::Renewal {
            ends_on: validity.ends_on,
            renewal: validity.renewal,
        },
        (Instrument::Amendment | Instrument::Renewal, validity) => AnnotationChanges::Amendment {
            text: Some(instrument.title.clone()),
            validity,
        },
        (Instrument::Termination, _) => AnnotationChanges::Termination {
            government_id: None,
            superseded_by: None,
        },
        (Instrument::Original | Instrument::Accession, _) => return None,
    };
    let starts = validity.and_then(|validity| validity.enters_into_force_on);
    Some(AnnotationFields {
        effective_on: starts
            .or_else(|| instrument.signed_on.clone())
            .unwrap_or(today),
        instrument_number: Some(instrument.number.to_string()),
        document_id: None,
        ground: None,
        changes,
    })
}

/// A cited inscription must relate to this one; a replacing inscription must exist.
pub(super) fn require_instrument(
    tx: &mut WriteTx<'_>,
    number: &str,
    fields: &AnnotationFields,
) -> Outcome<()> {
    if let Some(cited) = &fields.instrument_number {
        let found = inscriptions::find(tx.conn, cited)?;
        if found.is_none_or(|found| found.relates_to.as_deref() != Some(number)) {
            let said = wording::annotations::related_inscription();
            return Err(no_inscription("/instrument_number", said).into());
        }
    }
    if let AnnotationChanges::Termination {
        superseded_by: Some(next),
        ..
    } = &fields.changes
        && inscriptions::find(tx.conn, next)?.is_none()
    {
        let said = wording::annotations::no_inscription();
        return Err(no_inscription("/changes/superseded_by", said).into());
    }
    Ok(())
}

/// The refusal of a number that is no fitting inscription's.
fn no_inscription(pointer: &str, said: Said) -> Refusal {
    let registry = Admitted::only_at("/v1/registry");
    FieldError::new(pointer, "unknown_key", said)
        .admitting(registry)
        .into()
}

/// Opens the document of an annotation to everybody, including the owner's side.
pub(super) fn publish(
    tx: &mut WriteTx<'_>,
    owner: &TenantId,
    agreement: Uuid,
    document: Uuid,
) -> Outcome<()> {
    let found: Option<String> = documents::table
        .find((owner.as_str(), document.to_string()))
        .filter(documents::agreement_id.eq(agreement.to_string()))
        .filter(documents::kind.eq("annotation_instrument"))
        .filter(documents::acting_tenant.eq(tx.actor()))
        .select(documents::id)
        .first(tx.conn)
        .optional()?;
    let open = match &found {
        Some(found) => {
            let class = classifications::current(tx.conn, owner, found)?;
            is_open(
                class.classification,
                class.until.as_ref(),
                mexican_day(tx.believed),
            )
        }
        None => false,
    };
    if !open {
        let said =
            wording::annotations::instrument_document(DocumentKind::AnnotationInstrument.said());
        let papers = Admitted::only_at(format!("/v1/agreements/{agreement}/documents"));
        let error = FieldError::new("/document_id", "unknown_key", said);
        return Err(Refusal::from(error.admitting(papers)).into());
    }
    let cited: i64 = annotations::table
        .filter(annotations::tenant_id.eq(owner.as_str()))
        .filter(annotations::agreement_id.eq(agreement.to_string()))
        .filter(annotations::document_id.eq(document.to_string()))
        .count()
        .get_result(tx.conn)?;
    if cited > 0 {
        return Ok(());
    }
    let mut readers: Vec<String> = grants::table
        .filter(grants::tenant_id.eq(owner.as_str()))
        .filter(grants::agreement_id.eq(agreement.to_string()))
        .filter(grants::until.is_null())
        .filter(grants::level.eq("full"))
        .select(grants::viewer_tenant)
        .distinct()
        .load(tx.conn)?;
    // The government that added it reads it already.
    readers.retain(|reader| *reader != tx.actor());
    readers.push(PUBLIC.to_owned());
    for reader in readers {
        dialect::open_unless_open(tx.conn, &reader, owner, agreement, document)?;
    }
    Ok(())
}
