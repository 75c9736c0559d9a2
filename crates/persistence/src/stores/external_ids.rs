//! The ids that records have in other systems, kept beside each record.

use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::dialect::insert_unless_there;
use crate::failure::Outcome;
use crate::schema::external_ids as ids;
use crate::stores::agreements::Access;
use crate::stores::{counterparts, records};
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, TenantId};

/// Gives `subject` the ids in `wanted` and removes its others; each is unique per tenant and
/// system.
pub(crate) fn replace(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    kind: &str,
    subject: &str,
    wanted: &[ExternalId],
) -> Outcome<()> {
    let mine = ids::table
        .filter(ids::tenant_id.eq(tenant.as_str()))
        .filter(ids::subject_kind.eq(kind))
        .filter(ids::subject_id.eq(subject));
    diesel::delete(mine).execute(tx.conn)?;
    for (place, external) in wanted.iter().enumerate() {
        let row = (
            ids::tenant_id.eq(tenant.as_str()),
            ids::subject_kind.eq(kind),
            ids::system.eq(&external.system),
            ids::value.eq(&external.value),
            ids::subject_id.eq(subject),
        );
        let adding = diesel::insert_into(ids::table).values(row);
        if insert_unless_there!(&mut *tx.conn, adding)? == 0 {
            return Err(refusal(tx, tenant, kind, place, external)?.into());
        }
    }
    Ok(())
}

/// Takes these ids away from `subject`, and leaves it its others.
pub(crate) fn release(
    conn: &mut Conn,
    tenant: &TenantId,
    kind: &str,
    subject: &str,
    wanted: &[ExternalId],
) -> Outcome<()> {
    for external in wanted {
        let key = (
            tenant.as_str(),
            kind,
            external.system.as_str(),
            external.value.as_str(),
        );
        diesel::delete(ids::table.find(key).filter(ids::subject_id.eq(subject))).execute(conn)?;
    }
    Ok(())
}

/// The records of the tenant that have one of these ids.
pub(crate) fn holders(
    conn: &mut Conn,
    tenant: &TenantId,
    kind: &str,
    wanted: &[ExternalId],
) -> Outcome<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for external in wanted {
        found.extend(holder(conn, tenant, kind, external)?);
    }
    Ok(found)
}

fn holder(
    conn: &mut Conn,
    tenant: &TenantId,
    kind: &str,
    external: &ExternalId,
) -> Outcome<Option<String>> {
    let key = (
        tenant.as_str(),
        kind,
        external.system.as_str(),
        external.value.as_str(),
    );
    Ok(ids::table
        .find(key)
        .select(ids::subject_id)
        .first(conn)
        .optional()?)
}

/// The refusal of the id at this place, which another record of the tenant has. It names that record
/// to a caller who sees it; whoever acts for another government does not.
pub(crate) fn refusal(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    kind: &str,
    place: usize,
    external: &ExternalId,
) -> Outcome<Refusal> {
    let holder = if tenant == tx.scope.tenant() {
        holder(tx.conn, tenant, kind, external)?
    } else {
        None
    };
    let existing = match (kind, holder) {
        ("counterparts", Some(holder)) => counterparts::in_sight(tx.conn, tx.scope, &holder)?,
        ("agreements", Some(holder)) => Access::in_sight(tx.conn, tx.scope, &holder)?,
        (kind, Some(holder)) => records::existing(tx.conn, tx.scope, kind, &holder)?,
        _ => None,
    };
    let error = FieldError::new(
        format!("/external_ids/{place}"),
        "taken",
        wording::common::external_id_taken(),
    );
    Ok(error.existing(existing).into())
}

/// The ids that one tenant gave to several records.
pub(crate) fn of(
    conn: &mut Conn,
    tenant: &TenantId,
    kind: &str,
    subjects: &[String],
) -> Outcome<HashMap<String, Vec<ExternalId>>> {
    let rows: Vec<(String, String, String)> = ids::table
        .filter(tenant_eq(ids::tenant_id, tenant.as_str()))
        .filter(ids::subject_kind.eq(kind))
        .filter(ids::subject_id.eq_any(subjects))
        .order((ids::system, ids::value))
        .select((ids::subject_id, ids::system, ids::value))
        .load(conn)?;
    let mut found: HashMap<String, Vec<ExternalId>> = HashMap::new();
    for (subject, system, value) in rows {
        found
            .entry(subject)
            .or_default()
            .push(ExternalId { system, value });
    }
    Ok(found)
}
