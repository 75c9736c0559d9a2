//! Changes of counterparts.

use super::{KIND, Row, one, visible};
use crate::audit::Change;
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::dialect;
use crate::failure::{Failure, Outcome, id};
use crate::schema::{agreement_access as access, agreement_counterparts, counterparts};
use crate::stores::plain::{admit_change, note_unchanged, require_changed};
use crate::stores::{agreements, external_ids, search};
use crate::tx::WriteTx;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::json;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::counterparts::{Counterpart, CounterpartFields, Visibility};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::{Refusal, TenantId, text, wording};

/// The first version of a row.
fn row(tx: &WriteTx<'_>, tenant: &TenantId, counterpart: Uuid, fields: &CounterpartFields) -> Row {
    let word = |word: &'static str| word.to_owned();
    Row {
        tenant_id: tenant.as_str().to_owned(),
        id: counterpart.to_string(),
        kind: word(fields.kind.into()),
        level: word(fields.level.into()),
        name: fields.name.trim().to_owned(),
        sort_name: text::fold(&fields.name),
        country: fields.country.clone().unwrap_or_default(),
        visibility: word(fields.visibility.into()),
        version: 1,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
        retired_at: None,
    }
}

/// Refuses a second counterpart with the same kind, level, country and name; names the first one
/// to a caller who sees it.
fn refuse_twin(tx: &mut WriteTx<'_>, row: &Row) -> Outcome<()> {
    let Some(first) = twin(tx.conn, row)? else {
        return Ok(());
    };
    let existing = in_sight(tx.conn, tx.scope, &first)?;
    Err(Refusal::new(Problem::Duplicate).existing(existing).into())
}

/// A counterpart that a refusal may name, because the caller sees it.
pub(crate) fn in_sight(
    conn: &mut Conn,
    scope: &Scope,
    counterpart: &str,
) -> Outcome<Option<ExistingRecord>> {
    match visible(conn, scope, id(counterpart)?) {
        Ok(row) => Ok(Some(ExistingRecord::of("/v1/counterparts", row.id))),
        Err(Failure::Refused(refusal)) if refusal.problem == Problem::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn twin(conn: &mut Conn, row: &Row) -> Outcome<Option<String>> {
    Ok(counterparts::table
        .filter(counterparts::tenant_id.eq(&row.tenant_id))
        .filter(counterparts::kind.eq(&row.kind))
        .filter(counterparts::level.eq(&row.level))
        .filter(counterparts::country.eq(&row.country))
        .filter(counterparts::sort_name.eq(&row.sort_name))
        .filter(counterparts::retired_at.is_null())
        .filter(counterparts::id.ne(&row.id))
        .select(counterparts::id)
        .first(conn)
        .optional()?)
}

/// Creates a counterpart of the caller's government.
pub fn create(tx: &mut WriteTx<'_>, fields: &CounterpartFields) -> Outcome<Counterpart> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    fields.check()?;
    let tenant = tx.scope.tenant().clone();
    let row = row(tx, &tenant, Uuid::now_v7(), fields);
    refuse_twin(tx, &row)?;
    insert(tx.conn, &row)?;
    finish(tx, &tenant, row, fields, "counterpart.create")
}

/// The counterpart of `tenant` with these fields, created if missing. If another transaction
/// creates the same one meanwhile, this one runs again and finds it.
pub(crate) fn find_or_insert(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    fields: &CounterpartFields,
) -> Outcome<Uuid> {
    let wanted = row(tx, tenant, Uuid::now_v7(), fields);
    if let Some(found) = twin(tx.conn, &wanted)? {
        return id(&found);
    }
    match insert(tx.conn, &wanted) {
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info)) => {
            Err(Failure::Again(info.message().to_owned()))
        }
        written => {
            written?;
            Ok(finish(tx, tenant, wanted, fields, "counterpart.create")?.id)
        }
    }
}

fn insert(conn: &mut Conn, row: &Row) -> QueryResult<usize> {
    diesel::insert_into(counterparts::table)
        .values(row.clone())
        .execute(conn)
}

/// Changes a counterpart, if `version` is still the current one. `change` makes the new fields from
/// the current record. The cases that name it get a new version, whosever they are.
pub fn update(
    tx: &mut WriteTx<'_>,
    counterpart: Uuid,
    version: i32,
    change: impl Fn(&Counterpart) -> vinculo_domain::Result<CounterpartFields>,
) -> Outcome<Counterpart> {
    let current = load_own(tx, counterpart, version)?;
    let before = one(tx.conn, tx.scope, current.clone())?;
    let fields = change(&before)?.kept();
    if fields == before.fields {
        let same = (current.tenant_id.as_str(), current.id.as_str(), version);
        note_unchanged(tx, "counterpart", same);
        return Ok(before);
    }
    fields.check()?;
    let tenant = TenantId::new(&current.tenant_id);
    dialect::lock_counterpart(tx.conn, tenant.as_str(), &current.id)?;
    let mut row = Row {
        version: version + 1,
        created_at: current.created_at,
        updated_at: tx.stamp_after(current.updated_at),
        ..row(tx, &tenant, counterpart, &fields)
    };
    if row.name == current.name {
        // Beside one that an earlier program told apart, it keeps what it is recognised by.
        row.sort_name.clone_from(&current.sort_name);
    }
    refuse_twin(tx, &row)?;
    let guarded = counterparts::table
        .find((tenant.as_str(), counterpart.to_string()))
        .filter(counterparts::version.eq(version));
    let changed = diesel::update(guarded).set(row.clone()).execute(tx.conn)?;
    require_changed(changed)?;
    let made = finish(tx, &tenant, row, &fields, "counterpart.update")?;
    agreements::follow_counterpart(tx, &before, &made)?;
    Ok(made)
}

/// Retires a counterpart that no agreement names, but for records that were withdrawn in error.
pub fn delete(tx: &mut WriteTx<'_>, counterpart: Uuid, version: i32) -> Outcome<()> {
    let current = load_own(tx, counterpart, version)?;
    let in_error = access::table
        .filter(tenant_eq(access::viewer_tenant, &current.tenant_id))
        .filter(access::recorded_in_error)
        .select(access::agreement_id);
    let used = agreement_counterparts::table
        .filter(agreement_counterparts::counterpart_tenant.eq(&current.tenant_id))
        .filter(agreement_counterparts::counterpart_id.eq(&current.id))
        .filter(agreement_counterparts::agreement_id.ne_all(in_error));
    if diesel::select(diesel::dsl::exists(used)).get_result::<bool>(tx.conn)? {
        return Err(Refusal::new(Problem::InUse)
            .saying(wording::counterparts::in_use())
            .into());
    }
    let guarded = counterparts::table
        .find((&current.tenant_id, &current.id))
        .filter(counterparts::version.eq(version));
    let changed = diesel::update(guarded)
        .set((
            counterparts::retired_at.eq(tx.stamp()),
            counterparts::version.eq(version + 1),
        ))
        .execute(tx.conn)?;
    require_changed(changed)?;
    let tenant = TenantId::new(&current.tenant_id);
    external_ids::replace(tx, &tenant, KIND, &current.id, &[])?;
    unindex(tx.conn, &current)?;
    note(tx, &tenant, &current.id, version + 1, "counterpart.delete");
    Ok(())
}

/// The caller's own counterpart, in the version it knows: 404 without access, 403 if the caller
/// sees it but may not change it.
fn load_own(tx: &mut WriteTx<'_>, counterpart: Uuid, version: i32) -> Outcome<Row> {
    let row = visible(tx.conn, tx.scope, counterpart)?;
    let is_own = row.tenant_id == tx.scope.tenant().as_str();
    admit_change(tx, is_own, row.version, version)?;
    Ok(row)
}

fn finish(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    row: Row,
    fields: &CounterpartFields,
    event: &str,
) -> Outcome<Counterpart> {
    external_ids::replace(tx, tenant, KIND, &row.id, &fields.external_ids)?;
    unindex(tx.conn, &row)?;
    let word: &str = fields.visibility.into();
    search::replace(tx.conn, tenant.as_str(), KIND, &row.id, &[&row.name])?;
    // Only the owner may find its private counterparts.
    if fields.visibility != Visibility::Private {
        search::replace(
            tx.conn,
            &format!("visibility:{word}"),
            KIND,
            &row.id,
            &[&row.name],
        )?;
    }
    note(tx, tenant, &row.id, row.version, event);
    one(tx.conn, tx.scope, row)
}

fn unindex(conn: &mut Conn, row: &Row) -> Outcome<()> {
    search::remove(conn, &row.tenant_id, KIND, &row.id)?;
    for visibility in ["private", "government", "network", "public"] {
        search::remove(conn, &format!("visibility:{visibility}"), KIND, &row.id)?;
    }
    Ok(())
}

fn note(tx: &mut WriteTx<'_>, tenant: &TenantId, subject: &str, version: i32, event: &str) {
    tx.record(Change {
        owner: tenant.clone(),
        subject_kind: "counterpart",
        subject_id: subject.to_owned(),
        version,
        event: event.to_owned(),
        payload: json!({ "id": subject, "version": version }),
    });
}
