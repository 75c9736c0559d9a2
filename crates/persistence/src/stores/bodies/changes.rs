//! Changes of bodies.

use super::{Row, find, one};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{body_governments as links, government_bodies as bodies};
use crate::stores::plain::{admit_change, note, note_unchanged, require_changed};
use crate::stores::{agreements, governments};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::bodies::{Body, BodyFields};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, TenantId, Tier};

/// The first version of a row.
fn row(tx: &WriteTx<'_>, body: Uuid, fields: &BodyFields) -> Row {
    let kind: &'static str = fields.kind.into();
    Row {
        tenant_id: tx.actor(),
        id: body.to_string(),
        name: fields.name.trim().to_owned(),
        kind: kind.to_owned(),
        starts_on: fields.starts_on.as_str().to_owned(),
        ends_on: fields.ends_on.as_ref().map(|day| day.as_str().to_owned()),
        successor_id: fields.successor_id.map(|id| id.to_string()),
        version: 1,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    }
}

/// Refuses governments that do not exist or do not sign, and an invalid successor.
fn check(conn: &mut Conn, owner: &TenantId, body: Uuid, fields: &BodyFields) -> Outcome<()> {
    fields.check(owner)?;
    let found = governments::find_all(conn, &fields.governments)?;
    let mut checks = Checks::default();
    for (i, key) in fields.governments.iter().enumerate() {
        if found
            .get(key)
            .is_none_or(|government| government.tier == Tier::Observer)
        {
            let place = format!("/governments/{i}");
            checks.push(governments::unknown_key(conn, &place, None)?);
        }
    }
    if let Some(successor) = fields.successor_id
        && !follows(conn, owner, body, successor)?
    {
        let said = wording::governments::successor_of_body();
        let bodies = Admitted::only_at(format!("/v1/bodies?government={owner}"));
        let error = FieldError::new("/successor_id", "unknown_key", said);
        checks.push(error.admitting(bodies));
    }
    Ok(checks.finish(Problem::ValidationFailed)?)
}

/// Whether `successor` is another body of the same government, and `body` is not among the bodies
/// that succeeded it.
fn follows(conn: &mut Conn, owner: &TenantId, body: Uuid, successor: Uuid) -> Outcome<bool> {
    let mut next = Some(successor.to_string());
    let mut seen = vec![body.to_string()];
    while let Some(id) = next {
        if seen.contains(&id) {
            return Ok(false);
        }
        let found: Option<Option<String>> = bodies::table
            .find((owner.as_str(), &id))
            .select(bodies::successor_id)
            .first(conn)
            .optional()?;
        let Some(after) = found else {
            return Ok(false);
        };
        seen.push(id);
        next = after;
    }
    Ok(true)
}

/// Creates a body of the caller's government.
pub fn create(tx: &mut WriteTx<'_>, fields: &BodyFields) -> Outcome<Body> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let (owner, body) = (tx.scope.tenant().clone(), Uuid::now_v7());
    check(tx.conn, &owner, body, fields)?;
    let row = row(tx, body, fields);
    diesel::insert_into(bodies::table)
        .values(row.clone())
        .execute(tx.conn)?;
    finish(tx, row, fields, "body.create")
}

/// Changes a body of the caller's government, if `version` is still the current one.
pub fn update(
    tx: &mut WriteTx<'_>,
    body: Uuid,
    version: i32,
    change: impl Fn(&Body) -> vinculo_domain::Result<BodyFields>,
) -> Outcome<Body> {
    let current = find(tx.conn, body)?;
    let is_own = current.tenant_id == tx.scope.tenant().as_str();
    admit_change(tx, is_own, current.version, version)?;
    let before = one(tx.conn, current.clone())?;
    let fields = change(&before)?.kept();
    if fields == before.fields {
        let same = (current.tenant_id.as_str(), current.id.as_str(), version);
        note_unchanged(tx, "body", same);
        return Ok(before);
    }
    let owner = tx.scope.tenant().clone();
    check(tx.conn, &owner, body, &fields)?;
    let row = Row {
        version: version + 1,
        created_at: current.created_at,
        updated_at: tx.stamp_after(current.updated_at),
        ..row(tx, body, &fields)
    };
    let guarded = bodies::table
        .find((&row.tenant_id, &row.id))
        .filter(bodies::version.eq(version));
    let changed = diesel::update(guarded).set(row.clone()).execute(tx.conn)?;
    require_changed(changed)?;
    let body = finish(tx, row, &fields, "body.update")?;
    agreements::follow_body(tx, &before, &body)?;
    Ok(body)
}

fn finish(tx: &mut WriteTx<'_>, row: Row, fields: &BodyFields, event: &str) -> Outcome<Body> {
    let before = links::table
        .filter(links::tenant_id.eq(&row.tenant_id))
        .filter(links::body_id.eq(&row.id));
    diesel::delete(before).execute(tx.conn)?;
    for government in &fields.governments {
        let link = (
            links::tenant_id.eq(&row.tenant_id),
            links::body_id.eq(&row.id),
            links::government_id.eq(government.as_str()),
        );
        diesel::insert_into(links::table)
            .values(link)
            .execute(tx.conn)?;
    }
    let noted = (row.tenant_id.as_str(), row.id.as_str(), row.version);
    note(tx, "body", noted, event);
    one(tx.conn, row)
}
