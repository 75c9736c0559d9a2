//! Changes of administrations.

use super::{Row, entities, find, one, periods_of};
use crate::conn::Conn;
use crate::dialect;
use crate::failure::Outcome;
use crate::schema::administrations;
use crate::stores::plain::{admit_change, note, note_unchanged, require_changed};
use crate::stores::{agreements, governments, people};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::Reach;
use vinculo_domain::administrations::{Administration, AdministrationFields, Turnover};
use vinculo_domain::agreements::Seat;
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, TenantId, Tier};

/// Whether the caller may change those of a government: its own, or everybody's.
fn keeps(tx: &WriteTx<'_>, government: &TenantId) -> bool {
    tx.scope.reach() == Reach::All || government == tx.scope.tenant()
}

/// Refuses a government that has no administrations, and a period that overlaps another without
/// being of its term.
fn check(conn: &mut Conn, own: &str, fields: &AdministrationFields) -> Outcome<()> {
    fields.check()?;
    let government = governments::find(conn, &fields.government_id)?;
    if government.is_none_or(|government| government.tier == Tier::Observer) {
        return governments::refuse_key(conn, "/government_id", None);
    }
    dialect::lock_government(conn, fields.government_id.as_str())?;
    let others: Vec<Row> = administrations::table
        .filter(administrations::tenant_id.eq(fields.government_id.as_str()))
        .filter(administrations::id.ne(own))
        .order(administrations::starts_on)
        .select(Row::as_select())
        .load(conn)?;
    for other in entities(conn, others)? {
        if other.fields.conflicts_with(fields) {
            return Err(overlap(&other).into());
        }
    }
    Ok(())
}

/// The refusal of what overlaps with another administration, and what would be right.
fn overlap(other: &Administration) -> Refusal {
    let overlap = wording::governments::overlap(other.fields.starts_on.as_str());
    let right = match &other.fields.ends_on {
        Some(end) => wording::governments::same_term(end.as_str()),
        None => wording::governments::end_it_first(),
    };
    let error = FieldError::new("/starts_on", "overlap", overlap.and(&right));
    // Every government reads all administrations.
    let record = ExistingRecord::of("/v1/administrations", other.id.to_string());
    error.existing(Some(record)).into()
}

/// Creates an administration.
pub fn create(tx: &mut WriteTx<'_>, fields: &AdministrationFields) -> Outcome<Administration> {
    tx.scope.require()?;
    if !keeps(tx, &fields.government_id) {
        let theirs = wording::roles::of_administration();
        return Err(tx.scope.not_seated_as(Seat::Owner, theirs).into());
    }
    tx.check_idempotency()?;
    let administration = Uuid::now_v7().to_string();
    check(tx.conn, &administration, fields)?;
    let row = Row {
        tenant_id: fields.government_id.to_string(),
        id: administration,
        starts_on: String::new(),
        ends_on: None,
        head_person_id: None,
        head_post: None,
        head_capacity: None,
        version: 0,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    };
    let row = filled(tx, row, fields)?;
    diesel::insert_into(administrations::table)
        .values(row.clone())
        .execute(tx.conn)?;
    finish(tx, row, None, "administration.create")
}

/// Changes an administration, if `version` is still the current one.
pub fn update(
    tx: &mut WriteTx<'_>,
    administration: Uuid,
    version: i32,
    change: impl Fn(&Administration) -> vinculo_domain::Result<AdministrationFields>,
) -> Outcome<Administration> {
    let current = find(tx.conn, administration)?;
    let government = TenantId::new(&current.tenant_id);
    let is_own = keeps(tx, &government);
    admit_change(tx, is_own, current.version, version)?;
    let before = one(tx.conn, current.clone())?;
    let fields = change(&before)?.kept();
    if fields == before.fields {
        let same = (current.tenant_id.as_str(), current.id.as_str(), version);
        note_unchanged(tx, "administration", same);
        return Ok(before);
    }
    if fields.government_id != government {
        return Err(Refusal::field(
            "/government_id",
            "fixed",
            wording::governments::administration_fixed(),
        )
        .into());
    }
    check(tx.conn, &current.id, &fields)?;
    let row = filled(tx, current, &fields)?;
    let guarded = administrations::table
        .find((&row.tenant_id, &row.id))
        .filter(administrations::version.eq(version));
    let changed = diesel::update(guarded).set(row.clone()).execute(tx.conn)?;
    require_changed(changed)?;
    finish(tx, row, Some(&before.fields), "administration.update")
}

/// The next version of a row.
fn filled(tx: &mut WriteTx<'_>, mut row: Row, fields: &AdministrationFields) -> Outcome<Row> {
    let name = fields.head.as_ref().map(|head| head.name.as_str());
    row.head_person_id = people::rename(tx, row.head_person_id, name)?;
    row.starts_on = fields.starts_on.as_str().to_owned();
    row.ends_on = fields.ends_on.as_ref().map(|day| day.as_str().to_owned());
    row.head_post = fields.head.as_ref().map(|head| head.post.clone());
    row.head_capacity = fields.head.as_ref().map(|head| head.capacity.clone());
    if row.version > 0 {
        row.updated_at = tx.stamp_after(row.updated_at);
    }
    row.version += 1;
    row.acting_tenant = tx.actor();
    Ok(row)
}

/// Notes the change, and lets the cases follow it in which it raises or ends a doubt.
fn finish(
    tx: &mut WriteTx<'_>,
    row: Row,
    before: Option<&AdministrationFields>,
    event: &str,
) -> Outcome<Administration> {
    let noted = (row.tenant_id.as_str(), row.id.as_str(), row.version);
    note(tx, "administration", noted, event);
    let made = one(tx.conn, row)?;
    let turnover = turnover(tx.conn, &made.fields, before)?;
    agreements::follow_administration(tx, &made.fields.government_id, &turnover)?;
    Ok(made)
}

/// The administrations of the government before and after one of them was written.
fn turnover(
    conn: &mut Conn,
    made: &AdministrationFields,
    before: Option<&AdministrationFields>,
) -> Outcome<Turnover> {
    let after = periods_of(conn, &made.government_id)?;
    let others = after.iter().filter(|one| *one != made).cloned();
    let before = others.chain(before.cloned()).collect();
    Ok(Turnover { before, after })
}
