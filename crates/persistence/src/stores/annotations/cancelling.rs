//! Cancels inscriptions that were imported in error, where their import is undone. The number stays
//! used, and the public record says what happened.

use super::write;
use crate::conn::Conn;
use crate::failure::{Failure, Outcome};
use crate::schema::annotations;
use crate::stores::consolidations;
use crate::tx::WriteTx;
use diesel::dsl::exists;
use diesel::prelude::*;
use vinculo_domain::annotations::{AnnotationChanges, AnnotationFields};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;

/// Whether an inscription was annotated, or an annotation of another one names it: as its instrument
/// or as what took its place.
pub(crate) fn is_cited(conn: &mut Conn, number: &str) -> Outcome<bool> {
    let (row, _form) = consolidations::read(conn, number)?;
    if row.annotations > 0 {
        return Ok(true);
    }
    let rests = annotations::table.filter(annotations::instrument_number.eq(number));
    if diesel::select(exists(rests)).get_result(conn)? {
        return Ok(true);
    }
    // Nothing could name it before it was inscribed.
    let later: Vec<String> = annotations::table
        .filter(annotations::kind.eq("termination"))
        .filter(annotations::created_at.ge(row.registered_at))
        .filter(annotations::changes.like(format!("%{number}%")))
        .select(annotations::changes)
        .load(conn)?;
    for changes in later {
        if let AnnotationChanges::Termination {
            superseded_by: Some(next),
            ..
        } = serde_json::from_str(&changes)?
            && next == number
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Cancels an inscription as imported in error, from today. The transaction acts on its case.
pub(crate) fn cancel_import(tx: &mut WriteTx<'_>, number: &str) -> Outcome<()> {
    let (row, form) = consolidations::read(tx.conn, number)?;
    let fields = AnnotationFields {
        effective_on: LegalDate::day(mexican_day(tx.now)),
        instrument_number: None,
        document_id: None,
        // The public record is in Spanish.
        ground: Some(
            wording::annotations::imported_in_error_ground()
                .es
                .into_owned(),
        ),
        changes: AnnotationChanges::Cancellation {
            imported_in_error: true,
        },
    };
    match write(tx, row, form, &fields) {
        Ok(_annotation) => Ok(()),
        // An annotation was written at the same time: this runs again after it, and finds it.
        Err(Failure::Refused(refusal)) if refusal.problem == Problem::PreconditionFailed => {
            Err(Failure::Again("an annotation came first".into()))
        }
        Err(failure) => Err(failure),
    }
}
