//! The public registry: rows that are only added, found by the facets of their consolidated form.

mod list;

pub use list::{InscriptionFilter, InscriptionSort, list};

use super::agreements::Case;
use super::{annotations, consolidations, statistics};
use crate::conn::Conn;
use crate::failure::{Outcome, id};
use crate::schema::inscriptions;
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::inscriptions::{Inscription, InscriptionView, StandingView};
use vinculo_domain::problems::Problem;
use vinculo_domain::standing;

/// The kind under which its words are indexed.
pub(crate) const KIND: &str = "inscriptions";

#[derive(Insertable)]
#[diesel(table_name = inscriptions)]
struct Row {
    number: String,
    year: i32,
    ordinal: i32,
    tenant_id: String,
    agreement_id: String,
    kind: String,
    title: String,
    tier: String,
    government_id: String,
    government_name: String,
    counterpart: Option<String>,
    country: Option<String>,
    signed_on: String,
    content: String,
    registered_at: NaiveDateTime,
}

/// One inscription as it is, with its standing on a day, by default today. The returned number is
/// its version.
pub fn get(
    tx: &mut ReadTx<'_>,
    number: &str,
    on: Option<NaiveDate>,
) -> Outcome<(InscriptionView, i32)> {
    let inscription =
        find(tx.conn, number)?.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    let (row, now) = consolidations::read(tx.conn, number)?;
    let today = mexican_day(tx.now);
    let on = on.unwrap_or(today);
    let shown_on = mexican_day(tx.believed);
    let (consolidated, withheld_documents) =
        consolidations::open(tx.conn, &row, now.record, shown_on)?;
    let view = InscriptionView {
        annotations: annotations::newest(tx.conn, number)?,
        standing: StandingView {
            on,
            standing: standing::of(&now.life, on),
            cancelled: standing::is_cancelled(&now.life, on),
            last_day: standing::last_day(&now.life, on),
        },
        inscription: inscription.with_open(&consolidated),
        consolidated,
        withheld_documents,
    };
    Ok((view, row.version))
}

/// The owner's case of an inscription.
pub(crate) fn case_of(conn: &mut Conn, number: &str) -> Outcome<(TenantId, Uuid)> {
    let found: Option<(String, String)> = inscriptions::table
        .find(number)
        .select((inscriptions::tenant_id, inscriptions::agreement_id))
        .first(conn)
        .optional()?;
    let (owner, agreement) = found.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    Ok((TenantId::new(owner), id(&agreement)?))
}

/// The inscription of a case, if it is inscribed.
pub(crate) fn of_case(conn: &mut Conn, agreement: Uuid) -> Outcome<Option<Inscription>> {
    let content: Option<String> = inscriptions::table
        .filter(inscriptions::agreement_id.eq(agreement.to_string()))
        .select(inscriptions::content)
        .first(conn)
        .optional()?;
    Ok(content.as_deref().map(serde_json::from_str).transpose()?)
}

/// An inscription as it was written; none if the number does not exist.
pub(crate) fn find(conn: &mut Conn, number: &str) -> Outcome<Option<Inscription>> {
    let content: Option<String> = inscriptions::table
        .find(number)
        .select(inscriptions::content)
        .first(conn)
        .optional()?;
    Ok(content.as_deref().map(serde_json::from_str).transpose()?)
}

/// Writes an inscription and everything that it is found by.
pub(crate) fn insert(
    tx: &mut WriteTx<'_>,
    case: &Case,
    year: i32,
    ordinal: i32,
    inscription: &Inscription,
) -> Outcome<()> {
    let line = consolidations::Line::of(inscription);
    let row = Row {
        number: inscription.number.to_string(),
        year,
        ordinal,
        tenant_id: case.owner.to_string(),
        agreement_id: case.id.to_string(),
        kind: line.kind,
        title: line.title,
        tier: line.tier,
        government_id: case.owner.to_string(),
        government_name: line.government_name,
        counterpart: line.counterpart,
        country: line.country,
        signed_on: line.signed_on,
        content: serde_json::to_string(inscription)?,
        registered_at: tx.stamp(),
    };
    diesel::insert_into(inscriptions::table)
        .values(row)
        .execute(tx.conn)?;
    statistics::record_public(tx.conn, &case.row.head(), inscription, tx.now.naive_utc())?;
    consolidations::create(tx.conn, &case.owner, case.id, inscription)?;
    consolidations::index(tx.conn, inscription)
}
