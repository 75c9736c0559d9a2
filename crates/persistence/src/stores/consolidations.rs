//! The consolidated form of each inscription: derived from it and its annotations, and written
//! together with them. The registry's lists read it.

mod folds;
mod legacy;
mod lines;
mod lookups;
mod shown;

pub(crate) use folds::renew_folds;
pub(crate) use legacy::{has_number, of_legacy_number, of_own_number};
pub(crate) use lines::{Line, of_cases};
pub(crate) use lookups::index;
pub(crate) use shown::{open, shown};

use super::governments::PUBLIC;
use super::{inscriptions, search};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Failure, Outcome};
use crate::schema::{
    consolidation_facets as facets, consolidations, inscription_standings as standings,
    inscriptions as originals,
};
use crate::tx::later;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use lookups::{texts, write_facets, write_standings};
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::annotations::Consolidation;
use vinculo_domain::inscriptions::Inscription;
use vinculo_domain::problems::Problem;
use vinculo_domain::standing;

/// The consolidated form as stored.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = consolidations, check_for_backend(MultiBackend))]
pub(crate) struct Row {
    pub(crate) number: String,
    pub(crate) tenant_id: String,
    pub(crate) agreement_id: String,
    pub(crate) version: i32,
    pub(crate) annotations: i32,
    kind: String,
    title: String,
    tier: String,
    government_id: String,
    government_name: String,
    counterpart: Option<String>,
    country: Option<String>,
    pub(crate) signed_on: String,
    content: String,
    life: String,
    pub(crate) registered_at: NaiveDateTime,
    pub(crate) updated_at: NaiveDateTime,
    ends_on: String,
    /// The number in an older registry, in the form in which it is compared; empty if there is none
    /// or if it is free again. Null in rows older than this column.
    legacy_key: Option<String>,
}

/// Writes the form of an inscription that has no annotations yet. If another transaction inscribes
/// the same number of an older registry, this one runs again and finds it.
pub(crate) fn create(
    conn: &mut Conn,
    owner: &TenantId,
    agreement: Uuid,
    inscription: &Inscription,
) -> Outcome<()> {
    let key = legacy::key_of(inscription);
    match write_form(conn, owner, agreement, inscription, Some(key)) {
        Err(Failure::Refused(refusal)) if refusal.problem == Problem::Duplicate => Err(
            Failure::Again("another inscription took the number of the older registry".into()),
        ),
        written => written,
    }
}

/// Writes the form; without a key, it is not found by the number of an older registry yet.
fn write_form(
    conn: &mut Conn,
    owner: &TenantId,
    agreement: Uuid,
    inscription: &Inscription,
    legacy_key: Option<String>,
) -> Outcome<()> {
    let first = Consolidation::of(inscription);
    let line = Line::of(inscription);
    let row = Row {
        number: inscription.number.to_string(),
        tenant_id: owner.to_string(),
        agreement_id: agreement.to_string(),
        version: 1,
        annotations: 0,
        kind: line.kind,
        title: line.title,
        tier: line.tier,
        government_id: line.government_id,
        government_name: line.government_name,
        counterpart: line.counterpart,
        country: line.country,
        signed_on: line.signed_on,
        content: serde_json::to_string(&first.record)?,
        life: serde_json::to_string(&first.life)?,
        registered_at: inscription.registered_at.naive_utc(),
        updated_at: inscription.updated_at.naive_utc(),
        ends_on: line.ends_on,
        legacy_key,
    };
    diesel::insert_into(consolidations::table)
        .values(row)
        .execute(conn)?;
    write_facets(conn, inscription)?;
    write_standings(conn, inscription.number.as_str(), &first.life)
}

/// The current form of an inscription.
pub(crate) fn read(conn: &mut Conn, number: &str) -> Outcome<(Row, Consolidation)> {
    let row: Option<Row> = consolidations::table
        .find(number)
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let row = row.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    let now = Consolidation {
        record: serde_json::from_str(&row.content)?,
        life: serde_json::from_str(&row.life)?,
    };
    Ok((row, now))
}

/// The form of the inscription of a case, if there is one.
pub(crate) fn of_case(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
) -> Outcome<Option<Consolidation>> {
    let found: Option<(String, String)> = consolidations::table
        .filter(consolidations::tenant_id.eq(owner))
        .filter(consolidations::agreement_id.eq(agreement))
        .select((consolidations::content, consolidations::life))
        .first(conn)
        .optional()?;
    let Some((record, life)) = found else {
        return Ok(None);
    };
    Ok(Some(Consolidation {
        record: serde_json::from_str(&record)?,
        life: serde_json::from_str(&life)?,
    }))
}

/// Replaces the form after one more annotation, if it is still the version that was read. Values
/// that no longer apply are still found by their words, but not by their facets.
pub(crate) fn replace(
    conn: &mut Conn,
    row: &Row,
    next: &Consolidation,
    at: NaiveDateTime,
) -> Outcome<()> {
    let guarded = consolidations::table
        .find(&row.number)
        .filter(consolidations::version.eq(row.version));
    let replaced = diesel::update(guarded)
        .set((
            Line::of(&next.record),
            consolidations::version.eq(row.version + 1),
            consolidations::annotations.eq(row.annotations + 1),
            consolidations::content.eq(serde_json::to_string(&next.record)?),
            consolidations::life.eq(serde_json::to_string(&next.life)?),
            consolidations::updated_at.eq(later(row.updated_at, at)),
        ))
        .execute(conn)?;
    if replaced == 0 {
        return Err(Problem::PreconditionFailed.into());
    }
    diesel::delete(standings::table.filter(standings::number.eq(&row.number))).execute(conn)?;
    write_standings(conn, &row.number, &next.life)?;
    diesel::delete(facets::table.filter(facets::number.eq(&row.number))).execute(conn)?;
    if standing::is_imported_in_error(&next.life) {
        // It is found by its number and its words alone: it is no agreement of any government.
        legacy::free(conn, &row.number)?;
    } else {
        write_facets(conn, &next.record)?;
    }
    search::extend(
        conn,
        PUBLIC,
        inscriptions::KIND,
        &row.number,
        &texts(&next.record),
    )
}

/// Notes that the public documents of a case have changed, if it is inscribed.
pub(crate) fn touch(
    conn: &mut Conn,
    owner: &TenantId,
    agreement: Uuid,
    at: NaiveDateTime,
) -> Outcome<()> {
    let form: Option<(String, NaiveDateTime)> = consolidations::table
        .filter(consolidations::tenant_id.eq(owner.as_str()))
        .filter(consolidations::agreement_id.eq(agreement.to_string()))
        .select((consolidations::number, consolidations::updated_at))
        .first(conn)
        .optional()?;
    let Some((number, before)) = form else {
        return Ok(());
    };
    diesel::update(consolidations::table.find(number))
        .set((
            consolidations::version.eq(consolidations::version + 1),
            consolidations::updated_at.eq(later(before, at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes the form of inscriptions that have none yet, and what older forms lack; used after a
/// migration, in its role.
pub(crate) fn complete(conn: &mut Conn) -> Outcome<()> {
    write_missing(conn)?;
    legacy::fill(conn)
}

fn write_missing(conn: &mut Conn) -> Outcome<()> {
    loop {
        let done = consolidations::table.select(consolidations::number);
        let rows: Vec<(String, String, String)> = originals::table
            .filter(originals::number.ne_all(done))
            .order(originals::number)
            .limit(200)
            .select((
                originals::tenant_id,
                originals::agreement_id,
                originals::content,
            ))
            .load(conn)?;
        if rows.is_empty() {
            return Ok(());
        }
        for (owner, agreement, content) in rows {
            let inscription: Inscription = serde_json::from_str(&content)?;
            let agreement = crate::failure::id(&agreement)?;
            let owner = TenantId::new(owner);
            write_form(conn, &owner, agreement, &inscription, None)?;
        }
    }
}
