//! The audit log: history, audit rows and outbox events for what was done, and audit rows for what
//! was read and refused.

use crate::conn::Conn;
use crate::dialect::insert_batch;
use crate::failure::Outcome;
use crate::outbox;
use crate::schema::{audit_log, audit_owners};
use crate::tx::WriteTx;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::problems::Problem;

/// One thing that changed.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The owner of the record.
    pub(crate) owner: TenantId,
    /// What kind of record.
    pub(crate) subject_kind: &'static str,
    /// Which one.
    pub(crate) subject_id: String,
    /// The version that the change made.
    pub(crate) version: i32,
    /// The name of the event.
    pub(crate) event: String,
    /// What the event says: keys, never personal data.
    pub(crate) payload: Value,
}

/// A record that was to be changed and is the same as before.
#[derive(Debug, Clone)]
pub(crate) struct Unchanged {
    /// The owner of the record.
    pub(crate) owner: TenantId,
    /// What kind of record.
    pub(crate) subject_kind: &'static str,
    /// Which one.
    pub(crate) subject_id: String,
    /// Its version.
    pub(crate) version: i32,
}

/// Another government's record that a read showed.
#[derive(Debug, Clone)]
pub(crate) struct Disclosure {
    pub(crate) owner: TenantId,
    pub(crate) subject: Option<Uuid>,
}

#[derive(Insertable)]
#[diesel(table_name = audit_log, treat_none_as_default_value = false)]
struct AuditRow {
    id: String,
    at: NaiveDateTime,
    tenant_id: String,
    acting_tenant: String,
    person_id: Option<String>,
    session_id: Option<String>,
    operation: String,
    outcome: &'static str,
    subject_kind: String,
    subject_id: Option<String>,
    version: Option<i32>,
    request_id: String,
    detail: String,
}

impl AuditRow {
    fn new(
        scope: &Scope,
        operation: &str,
        request_id: &str,
        now: DateTime<Utc>,
        outcome: &'static str,
    ) -> Self {
        let kind: &str = scope.kind().into();
        let tenant = scope.tenant().as_str().to_owned();
        Self {
            id: Uuid::now_v7().to_string(),
            at: now.naive_utc(),
            acting_tenant: tenant.clone(),
            tenant_id: tenant,
            person_id: scope.person().map(|id| id.to_string()),
            session_id: scope
                .actor()
                .and_then(|actor| actor.session)
                .map(|id| id.to_string()),
            operation: operation.to_owned(),
            outcome,
            subject_kind: kind.to_owned(),
            subject_id: None,
            version: None,
            request_id: request_id.to_owned(),
            detail: "{}".into(),
        }
    }

    fn insert(&self, conn: &mut Conn) -> Outcome<()> {
        diesel::insert_into(audit_log::table)
            .values(self)
            .execute(conn)?;
        Ok(())
    }
}

/// Writes the audit log of everything that this transaction changed: one audit row and one event
/// for each change, and an audit row alone for what it left as it was.
pub(crate) fn done(tx: &mut WriteTx<'_>) -> Outcome<()> {
    let unchanged = std::mem::take(&mut tx.unchanged);
    let changes = std::mem::take(&mut tx.changes);
    let done = || {
        AuditRow::new(
            tx.scope,
            tx.intent.operation,
            &tx.intent.request_id,
            tx.now,
            "done",
        )
    };
    let same = unchanged.into_iter().map(|same| AuditRow {
        tenant_id: same.owner.as_str().to_owned(),
        subject_kind: same.subject_kind.to_owned(),
        subject_id: Some(same.subject_id),
        version: Some(same.version),
        detail: json!({ "unchanged": true }).to_string(),
        ..done()
    });
    let changed = changes.iter().map(|change| AuditRow {
        tenant_id: change.owner.as_str().to_owned(),
        subject_kind: change.subject_kind.to_owned(),
        subject_id: Some(change.subject_id.clone()),
        version: Some(change.version),
        detail: json!({ "event": change.event, "payload": change.payload }).to_string(),
        ..done()
    });
    let rows: Vec<AuditRow> = same.chain(changed).collect();
    insert_batch!(tx.conn, audit_log::table, &rows);
    outbox::push(tx, &changes)
}

/// Writes one audit row for a request that showed others' records. Each owner can find it.
pub(crate) fn disclosed(
    conn: &mut Conn,
    scope: &Scope,
    operation: &str,
    request_id: &str,
    now: DateTime<Utc>,
    disclosures: &[Disclosure],
) -> Outcome<()> {
    let one = match disclosures {
        [only] => only.subject,
        _ => None,
    };
    let subjects: Vec<_> = disclosures
        .iter()
        .filter_map(|disclosure| disclosure.subject)
        .collect();
    let row = AuditRow {
        subject_id: one.map(|id| id.to_string()),
        detail: json!({ "subjects": subjects }).to_string(),
        ..AuditRow::new(scope, operation, request_id, now, "read")
    };
    let audit_id = row.id.clone();
    row.insert(conn)?;
    let mut owners: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for disclosure in disclosures {
        let shown = owners.entry(disclosure.owner.as_str()).or_default();
        shown.extend(disclosure.subject);
    }
    for (owner, shown) in owners {
        let row = (
            audit_owners::tenant_id.eq(owner),
            audit_owners::audit_id.eq(&audit_id),
            audit_owners::subjects.eq(serde_json::to_string(&shown)?),
        );
        diesel::insert_into(audit_owners::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

/// Writes one audit row for a refusal. It names what was asked for, never its content.
pub(crate) fn refused(
    conn: &mut Conn,
    scope: &Scope,
    operation: &str,
    request_id: &str,
    now: DateTime<Utc>,
    problem: Problem,
    subject: Option<String>,
) -> Outcome<()> {
    let detail = json!({ "problem": problem.code() }).to_string();
    AuditRow {
        subject_id: subject,
        detail,
        ..AuditRow::new(scope, operation, request_id, now, "refused")
    }
    .insert(conn)
}

/// Writes one audit row for what the operator allowed.
pub(crate) fn operated(
    conn: &mut Conn,
    scope: &Scope,
    operation: &str,
    request_id: &str,
    now: DateTime<Utc>,
    detail: &Value,
) -> Outcome<()> {
    AuditRow {
        detail: detail.to_string(),
        ..AuditRow::new(scope, operation, request_id, now, "done")
    }
    .insert(conn)
}
