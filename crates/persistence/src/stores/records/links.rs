//! What records name: each thing that a writer adds must be one that it sees.

use super::Row;
use super::rows::{LinkRow, links_of};
use super::sight::{owner_if_seen, reads, row_if_seen};
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::memberships;
use crate::stores::agreements::Access;
use crate::stores::{bodies, counterparts, documents, governments};
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_auth::{Kind, Scope};
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{Content, Link, RecordStatus, Target, find};
use vinculo_domain::refusal::Checks;
use vinculo_domain::{FieldError, Refusal, TenantId, wording};

/// The links of a content that is written over another one; absent where they stay the same.
pub(super) fn renewed(
    tx: &mut WriteTx<'_>,
    row: &Row,
    before: &Content,
    content: &Content,
) -> Outcome<Option<Vec<LinkRow>>> {
    if before.links == content.links {
        return Ok(None);
    }
    let stored = links_of(tx.conn, row)?;
    checked(tx, &row.id, content, &stored).map(Some)
}

/// The links of a content as they are stored. What `before` names already is not looked up again: its
/// owner may have lost sight of it since, and would otherwise have to take it out.
pub(super) fn checked(
    tx: &mut WriteTx<'_>,
    id: &str,
    content: &Content,
    before: &[LinkRow],
) -> Outcome<Vec<LinkRow>> {
    let mut wrong = Checks::default();
    let mut rows: Vec<LinkRow> = Vec::new();
    let mut statuses = Statuses::new();
    for link in &content.links {
        let known = before
            .iter()
            .find(|row| row.name == link.name && row.target == link.target.id());
        let row = match known {
            Some(row) => Some(row.clone()),
            None => resolved(tx, id, link, &mut statuses)?,
        };
        match row {
            Some(row) => rows.push(row),
            None => {
                let said = match link.target {
                    Target::Person(_) => wording::records::person(),
                    _ => wording::common::not_there(),
                };
                wrong.push(FieldError::new(link.pointer.clone(), "not_found", said));
            }
        }
    }
    check_asked(tx.conn, tx.scope, content, &mut wrong)?;
    check_open(content, &statuses, &mut wrong);
    wrong.finish(Problem::ValidationFailed)?;
    rows.sort();
    rows.dedup();
    Ok(rows)
}

/// How the records stand that are newly named, by their ids.
type Statuses = HashMap<String, String>;

/// A link to something that the caller sees.
fn resolved(
    tx: &mut WriteTx<'_>,
    id: &str,
    link: &Link,
    statuses: &mut Statuses,
) -> Outcome<Option<LinkRow>> {
    let scope = tx.scope;
    let mut row = LinkRow {
        tenant_id: scope.tenant().to_string(),
        record_id: id.to_owned(),
        name: link.name.to_owned(),
        target: link.target.id(),
        target_tenant: None,
        agreement_id: None,
        counterpart_id: None,
        linked_id: None,
        body_id: None,
        person_id: None,
        government_id: None,
        document_id: None,
    };
    let target = Some(row.target.clone());
    let owner = match &link.target {
        Target::Agreement(_) if !reads(scope, Kind::Agreement) => return Ok(None),
        Target::Counterpart(_) if !reads(scope, Kind::Counterpart) => return Ok(None),
        Target::Document(_) if !reads(scope, Kind::Agreement) => return Ok(None),
        Target::Agreement(id) => {
            row.agreement_id = target;
            Access::owner_if_seen(tx.conn, scope, *id)?
        }
        Target::Counterpart(id) => {
            row.counterpart_id = target;
            counterparts::owner_if_seen(tx.conn, scope, *id)?
        }
        Target::Document(id) => {
            row.document_id = target;
            documents::owner_if_seen(tx.conn, scope, *id)?
        }
        Target::Record(many, id) => {
            row.linked_id = target;
            let found = match find(many) {
                Some(kind) => row_if_seen(tx.conn, scope, kind, *id)?,
                None => None,
            };
            found.map(|found| {
                statuses.insert(found.id, found.status);
                found.tenant_id
            })
        }
        Target::OwnRecord(many, id) => {
            row.linked_id = target;
            let owner = match find(many) {
                Some(kind) => owner_if_seen(tx.conn, scope, kind, *id)?,
                None => None,
            };
            owner.filter(|owner| owner == scope.tenant().as_str())
        }
        Target::Body(id) => {
            row.body_id = target;
            let found = bodies::find_all(tx.conn, &[*id])?;
            found.get(id).map(|body| body.tenant_id.to_string())
        }
        Target::Government(tenant) => {
            row.government_id = target;
            let exists = governments::exists(tx.conn, tenant)?;
            return Ok(exists.then_some(row));
        }
        Target::Person(person) => {
            row.person_id = target;
            let is_ours = belongs(tx.conn, scope, *person)?;
            return Ok(is_ours.then_some(row));
        }
    };
    row.target_tenant = owner;
    let seen = row.target_tenant.is_some();
    Ok(seen.then_some(row))
}

/// Whether a person belongs to the caller's government.
fn belongs(conn: &mut Conn, scope: &Scope, person: Uuid) -> Outcome<bool> {
    let ours = memberships::table
        .filter(tenant_eq(memberships::tenant_id, scope.tenant().as_str()))
        .filter(memberships::person_id.eq(person.to_string()))
        .filter(memberships::until.is_null());
    Ok(diesel::select(diesel::dsl::exists(ours)).get_result(conn)?)
}

/// A government asks its own state or the foreign ministry.
fn check_asked(
    conn: &mut Conn,
    scope: &Scope,
    content: &Content,
    wrong: &mut Checks,
) -> Outcome<()> {
    let Some((field, asked)) = &content.index.asks else {
        return Ok(());
    };
    let near = *asked == TenantId::sre() || {
        let own = governments::find(conn, scope.tenant())?;
        own.and_then(|government| government.parent_id).as_ref() == Some(asked)
    };
    if !near || asked == scope.tenant() {
        let said = wording::records::nobody_answers();
        wrong.push(FieldError::new(format!("/{field}"), "not_taken", said));
    }
    Ok(())
}

/// What is newly asked of a record of the asked government, such as a mission, is not asked of a closed
/// one. Where one closes later, what was asked of it stays.
fn check_open(content: &Content, statuses: &Statuses, wrong: &mut Checks) {
    let index = &content.index;
    let (Some((field, _)), Some(within)) = (&index.asks, index.within) else {
        return;
    };
    let status = statuses.get(&within.to_string());
    if status.is_some_and(|status| status == RecordStatus::Closed.word()) {
        let said = wording::records::asked_is_closed();
        wrong.push(FieldError::new(format!("/{field}"), "closed", said));
    }
}

/// The refusal of a field that only a move writes, with the place where it is sent.
pub(super) fn refuse_moved(content: &Content, before: Option<&Content>) -> Result<(), Refusal> {
    let empty = |value: Option<&serde_json::Value>| match value {
        None | Some(serde_json::Value::Null) => true,
        Some(serde_json::Value::Array(items)) => items.is_empty(),
        Some(_) => false,
    };
    let moved = content.kind.spec.moved.iter();
    let changed = moved.filter(|name| {
        let (new, old) = (
            content.own.get(**name),
            before.and_then(|one| one.own.get(**name)),
        );
        new != old && !(empty(new) && empty(old))
    });
    let errors: Vec<FieldError> = changed
        .map(|name| {
            let said = wording::records::written_by_action();
            FieldError::new(format!("/{name}"), "read_only", said)
        })
        .collect();
    if errors.is_empty() {
        return Ok(());
    }
    Err(Refusal {
        errors,
        ..Refusal::new(Problem::ReadOnly)
    })
}
