//! The ids that records have in other systems, kept beside each record.

use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::external_ids as ids;
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::{Refusal, TenantId};

/// Gives `subject` the ids in `wanted` and removes its others; each is unique per tenant and
/// system.
pub(crate) fn replace(
    conn: &mut Conn,
    tenant: &TenantId,
    kind: &str,
    subject: &str,
    wanted: &[ExternalId],
) -> Outcome<()> {
    let mine = ids::table
        .filter(ids::tenant_id.eq(tenant.as_str()))
        .filter(ids::subject_kind.eq(kind))
        .filter(ids::subject_id.eq(subject));
    diesel::delete(mine).execute(conn)?;
    for (i, external) in wanted.iter().enumerate() {
        let key = (
            tenant.as_str(),
            kind,
            external.system.as_str(),
            external.value.as_str(),
        );
        if ids::table
            .find(key)
            .select(ids::subject_id)
            .first::<String>(conn)
            .optional()?
            .is_some()
        {
            let pointer = format!("/external_ids/{i}");
            return Err(Refusal::field(
                pointer,
                "taken",
                "Otro registro suyo ya tiene esta clave.",
                "Another record of yours has this id.",
            )
            .into());
        }
        let row = (
            ids::tenant_id.eq(tenant.as_str()),
            ids::subject_kind.eq(kind),
            ids::system.eq(&external.system),
            ids::value.eq(&external.value),
            ids::subject_id.eq(subject),
        );
        diesel::insert_into(ids::table).values(row).execute(conn)?;
    }
    Ok(())
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
