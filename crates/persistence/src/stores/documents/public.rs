//! The documents of an inscription: the signed texts that anybody may read, and the withheld ones,
//! which are only listed.

use super::{Row, access, find};
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::{Failure, Outcome};
use crate::files::StoredFile;
use crate::schema::{documents, inscriptions};
use crate::stores::agreements::{self, Case};
use crate::stores::governments::PUBLIC;
use crate::stores::mechanisms::date;
use crate::stores::{consolidations, statistics};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::Stage;
use vinculo_domain::classifications::is_open;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::{Document, DocumentFields, DocumentKind};
use vinculo_domain::inscriptions::{InscribedDocument, WithheldDocument};
use vinculo_domain::problems::Problem;

/// Whether a document is open today, by its current class.
fn open_today(document: &Document, today: NaiveDate) -> Outcome<bool> {
    let until = document.until.as_deref().map(date).transpose()?;
    Ok(is_open(document.classification, until.as_ref(), today))
}

/// One public document of an inscription; a withheld one is not found, though it is listed.
pub fn get_public(
    tx: &mut ReadTx<'_>,
    number: &str,
    document: Uuid,
) -> Outcome<(Document, StoredFile)> {
    let agreement: Option<String> = inscriptions::table
        .find(number)
        .select(inscriptions::agreement_id)
        .first(tx.conn)
        .optional()?;
    let row = find(tx.conn, PUBLIC, document)?
        .filter(|row| Some(&row.agreement_id) == agreement.as_ref());
    let row = row.ok_or_else(|| Failure::from(Problem::NotFound))?;
    let stored = row.stored();
    let document = row.entity(tx.conn)?;
    if open_today(&document, mexican_day(tx.believed))? {
        Ok((document, stored))
    } else {
        Err(Problem::NotFound.into())
    }
}

/// The signed texts that an inscription lists, and those added later: which are open today, and
/// which are withheld.
pub(crate) fn of_inscription(
    conn: &mut Conn,
    agreement: &str,
    today: NaiveDate,
) -> Outcome<(Vec<InscribedDocument>, Vec<WithheldDocument>)> {
    let kind: &'static str = DocumentKind::SignedCopy.into();
    let rows: Vec<Row> = access::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(access::owner_tenant)
                .and(documents::id.eq(access::document_id))),
        )
        .filter(tenant_eq(access::viewer_tenant, PUBLIC))
        .filter(access::agreement_id.eq(agreement))
        .filter(documents::kind.eq(kind))
        .select(Row::as_select())
        .order(access::document_id.asc())
        .load(conn)?;
    let (mut open, mut withheld) = (Vec::new(), Vec::new());
    for row in rows {
        let document = row.entity(conn)?;
        if open_today(&document, today)? {
            open.push(document);
        } else {
            withheld.push(document);
        }
    }
    let withheld = withheld
        .into_iter()
        .map(|document| said_to_be_there(document, &open))
        .collect();
    let open = open.into_iter().map(|document| InscribedDocument {
        id: document.id,
        language: document.language,
        size: document.size,
        sha256: document.sha256,
    });
    Ok((open.collect(), withheld))
}

fn said_to_be_there(document: Document, open: &[Document]) -> WithheldDocument {
    let version = open
        .iter()
        .find(|other| other.public_version_of == Some(document.id));
    let class: &'static str = document.classification.into();
    WithheldDocument {
        reserved: class == "reserved",
        classification: document.classification,
        language: document.language,
        ground: document.ground,
        until: document.until,
        public_version_id: version.map(|version| version.id),
    }
}

/// The signed texts that were sent to the ministry, listed in the inscription. Listing opens all of
/// them to everybody, but each is given out only while its class allows it. The inscription names
/// those that are open on this day.
pub(crate) fn list(
    tx: &mut WriteTx<'_>,
    case: &Case,
    sent: &[String],
) -> Outcome<Vec<InscribedDocument>> {
    agreements::show_documents(tx, case, PUBLIC, sent)?;
    let rows: Vec<Row> = documents::table
        .filter(documents::tenant_id.eq(case.owner.as_str()))
        .filter(documents::id.eq_any(sent))
        .order(documents::id)
        .select(Row::as_select())
        .load(tx.conn)?;
    let mut listed = Vec::new();
    for row in rows {
        let document = row.entity(tx.conn)?;
        if open_today(&document, mexican_day(tx.believed))? {
            listed.push(InscribedDocument {
                id: document.id,
                language: document.language,
                size: document.size,
                sha256: document.sha256,
            });
        }
    }
    Ok(listed)
}

/// Whether a document becomes public at once: a public version of a listed signed text of an
/// agreement that is inscribed already.
pub(super) fn is_published(
    tx: &mut WriteTx<'_>,
    case: &Case,
    stage: Stage,
    fields: &DocumentFields,
) -> Outcome<bool> {
    let (Some(original), Stage::Registered) = (fields.public_version_of, stage) else {
        return Ok(false);
    };
    let listed = find(tx.conn, PUBLIC, original)?;
    Ok(listed.is_some_and(|row| row.agreement_id == case.access.agreement_id))
}

/// Opens a public version to everybody.
pub(super) fn publish(tx: &mut WriteTx<'_>, case: &Case, document: &str) -> Outcome<()> {
    agreements::show_documents(tx, case, PUBLIC, &[document.to_owned()])?;
    note_change(tx, case)
}

/// Notes that the public documents of a case have changed, if it is inscribed: its record gets a
/// new version, and the statistics count whether a text can be read.
pub(crate) fn note_change(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let at = tx.now.naive_utc();
    consolidations::touch(tx.conn, &case.owner, case.id, at)?;
    let (open, _withheld) = of_inscription(tx.conn, &case.row.id, mexican_day(tx.believed))?;
    statistics::record_texts(tx.conn, &case.row.head(), !open.is_empty(), at)
}
