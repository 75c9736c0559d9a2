//! The ids that records have in other systems, kept beside each record.

use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::dialect::insert_unless_there;
use crate::failure::Outcome;
use crate::schema::external_ids as ids;
use crate::stores::agreements::Access;
use crate::stores::counterparts;
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::refusal::ExistingRecord;
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
    for (i, external) in wanted.iter().enumerate() {
        let row = (
            ids::tenant_id.eq(tenant.as_str()),
            ids::subject_kind.eq(kind),
            ids::system.eq(&external.system),
            ids::value.eq(&external.value),
            ids::subject_id.eq(subject),
        );
        let adding = diesel::insert_into(ids::table).values(row);
        if insert_unless_there!(&mut *tx.conn, adding)? == 0 {
            let error = FieldError::new(
                format!("/external_ids/{i}"),
                "taken",
                "Otro registro del mismo gobierno ya tiene esta clave.",
                "Another record of the same government has this id.",
            );
            let error = error.existing(holder(tx, tenant, kind, external)?);
            return Err(Refusal::from(error).into());
        }
    }
    Ok(())
}

/// The record that has an id, for a caller who sees it. Whoever acts for another government does not
/// see which of that government's records it is.
fn holder(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    kind: &str,
    external: &ExternalId,
) -> Outcome<Option<ExistingRecord>> {
    if tenant != tx.scope.tenant() {
        return Ok(None);
    }
    let key = (
        tenant.as_str(),
        kind,
        external.system.as_str(),
        external.value.as_str(),
    );
    let subject: Option<String> = ids::table
        .find(key)
        .select(ids::subject_id)
        .first(tx.conn)
        .optional()?;
    match (kind, subject) {
        ("counterparts", Some(subject)) => counterparts::in_sight(tx.conn, tx.scope, &subject),
        ("agreements", Some(subject)) => Access::in_sight(tx.conn, tx.scope, &subject),
        _ => Ok(None),
    }
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
