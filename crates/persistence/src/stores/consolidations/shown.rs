//! The consolidated form as anybody reads it: with the documents that are open that day.

use super::{Row, read};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::stores::documents;
use chrono::NaiveDate;
use vinculo_domain::inscriptions::{Inscription, WithheldDocument};

/// The form with the documents that are open on a day, and those that are withheld.
pub(crate) fn open(
    conn: &mut Conn,
    row: &Row,
    record: Inscription,
    day: NaiveDate,
) -> Outcome<(Inscription, Vec<WithheldDocument>)> {
    let (documents, withheld) = documents::of_inscription(conn, &row.agreement_id, day)?;
    let form = Inscription {
        documents,
        updated_at: row.updated_at.and_utc(),
        ..record
    };
    Ok((form, withheld))
}

/// The form of an inscription with the documents that are open on a day. The transaction must be in
/// the context of the public.
pub(crate) fn shown(conn: &mut Conn, number: &str, day: NaiveDate) -> Outcome<Inscription> {
    let (row, now) = read(conn, number)?;
    let (form, _withheld) = open(conn, &row, now.record, day)?;
    Ok(form)
}
