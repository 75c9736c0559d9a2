//! The bodies of governments, each written down by one of them and read by all.

use super::governments;
use super::mechanisms::date;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::{body_governments as links, government_bodies as bodies};
use crate::trail::Change;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::bodies::{Body, BodyFields};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Checks;
use vinculo_domain::{Refusal, TenantId, Tier};

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = bodies, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct Row {
    tenant_id: String,
    id: String,
    name: String,
    kind: String,
    starts_on: String,
    ends_on: Option<String>,
    successor_id: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

/// The bodies of these rows, in their order.
fn entities(conn: &mut Conn, rows: Vec<Row>) -> Outcome<Vec<Body>> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let named: Vec<(String, String)> = links::table
        .filter(links::body_id.eq_any(ids))
        .order((links::body_id, links::government_id))
        .select((links::body_id, links::government_id))
        .load(conn)?;
    let keys: Vec<TenantId> = named.iter().map(|(_, key)| TenantId::new(key)).collect();
    let tiers = governments::find_all(conn, &keys)?;
    let mut of: HashMap<String, Vec<TenantId>> = HashMap::new();
    for ((body, _), key) in named.into_iter().zip(keys) {
        of.entry(body).or_default().push(key);
    }
    let entity = |row: Row| {
        let governments = of.remove(&row.id).unwrap_or_default();
        let federal = governments.iter().any(|key| {
            let tier = tiers.get(key).map(|government| government.tier);
            matches!(tier, Some(Tier::Federal | Tier::FederalBody))
        });
        let fields = BodyFields {
            governments,
            name: row.name,
            kind: known(&row.kind)?,
            starts_on: date(&row.starts_on)?,
            ends_on: row.ends_on.as_deref().map(date).transpose()?,
            successor_id: row.successor_id.as_deref().map(id).transpose()?,
        };
        Ok(Body {
            id: id(&row.id)?,
            tenant_id: TenantId::new(row.tenant_id),
            requires_legal_review: fields.kind.requires_legal_review(federal),
            fields,
            version: row.version,
            created_at: row.created_at.and_utc(),
            updated_at: row.updated_at.and_utc(),
        })
    };
    rows.into_iter().map(entity).collect()
}

fn one(conn: &mut Conn, row: Row) -> Outcome<Body> {
    let found = entities(conn, vec![row])?.pop();
    found.ok_or_else(|| Refusal::internal("a body without its row").into())
}

/// One page, oldest first; of one government where named.
pub fn list(
    tx: &mut ReadTx<'_>,
    government: Option<&TenantId>,
    page: &PageRequest,
) -> Outcome<Page<Body>> {
    let after = page.after.as_ref().map(|after| after.id.clone());
    let (rows, total): (Vec<Row>, _) = match government {
        Some(government) => {
            let of = || {
                let joined = links::table.inner_join(
                    bodies::table.on(bodies::tenant_id
                        .eq(links::tenant_id)
                        .and(bodies::id.eq(links::body_id))),
                );
                joined
                    .filter(links::government_id.eq(government.as_str().to_owned()))
                    .into_boxed::<MultiBackend>()
            };
            let mut query = of().select(Row::as_select()).order(links::body_id.asc());
            if let Some(after) = after {
                query = query.filter(links::body_id.gt(after));
            }
            let rows = query.limit(page.limit + 1).load(tx.conn)?;
            let total = page.count.then(|| of().count().get_result(tx.conn));
            (rows, total)
        }
        None => {
            let mut query = bodies::table
                .into_boxed::<MultiBackend>()
                .select(Row::as_select())
                .order(bodies::id.asc());
            if let Some(after) = after {
                query = query.filter(bodies::id.gt(after));
            }
            let rows = query.limit(page.limit + 1).load(tx.conn)?;
            let total = page
                .count
                .then(|| bodies::table.count().get_result(tx.conn));
            (rows, total)
        }
    };
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.id.clone(),
    });
    Ok(Page {
        items: entities(tx.conn, cut.items)?,
        next: cut.next,
        total: total.transpose()?,
    })
}

/// One body.
pub fn get(tx: &mut ReadTx<'_>, body: Uuid) -> Outcome<Body> {
    let row = find(tx.conn, body)?;
    one(tx.conn, row)
}

/// The bodies with these ids, those that exist.
pub(crate) fn find_all(conn: &mut Conn, ids: &[Uuid]) -> Outcome<HashMap<Uuid, Body>> {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    let rows: Vec<Row> = bodies::table
        .filter(bodies::id.eq_any(ids))
        .select(Row::as_select())
        .load(conn)?;
    let found = entities(conn, rows)?;
    Ok(found.into_iter().map(|body| (body.id, body)).collect())
}

fn find(conn: &mut Conn, body: Uuid) -> Outcome<Row> {
    let row = bodies::table
        .filter(bodies::id.eq(body.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}

fn row(
    tx: &WriteTx<'_>,
    body: Uuid,
    fields: &BodyFields,
    version: i32,
    created_at: NaiveDateTime,
) -> Row {
    let kind: &'static str = fields.kind.into();
    Row {
        tenant_id: tx.actor(),
        id: body.to_string(),
        name: fields.name.trim().to_owned(),
        kind: kind.to_owned(),
        starts_on: fields.starts_on.as_str().to_owned(),
        ends_on: fields.ends_on.as_ref().map(|day| day.as_str().to_owned()),
        successor_id: fields.successor_id.map(|id| id.to_string()),
        version,
        created_at,
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    }
}

/// Refuses governments that do not exist or do not sign, and a successor that cannot be one.
fn check(conn: &mut Conn, owner: &TenantId, body: Uuid, fields: &BodyFields) -> Outcome<()> {
    fields.check(owner)?;
    let found = governments::find_all(conn, &fields.governments)?;
    let mut checks = Checks::default();
    for (i, key) in fields.governments.iter().enumerate() {
        if found
            .get(key)
            .is_none_or(|government| government.tier == Tier::Observer)
        {
            checks.add(
                format!("/governments/{i}"),
                "unknown_key",
                "Use la clave de un gobierno; vea /v1/governments.",
                "Use a government's key; see /v1/governments.",
            );
        }
    }
    if let Some(successor) = fields.successor_id
        && !follows(conn, owner, body, successor)?
    {
        checks.add(
            "/successor_id",
            "unknown_key",
            "Nombre otra instancia del mismo gobierno que no la tenga antes a ella.",
            "Name another body of the same government that did not come before this one.",
        );
    }
    Ok(checks.finish(Problem::ValidationFailed)?)
}

/// Whether `successor` is a body of the same government and, with all that succeeded it, another.
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

/// Writes down a body of the caller's government.
pub fn create(tx: &mut WriteTx<'_>, fields: &BodyFields) -> Outcome<Body> {
    tx.scope.require()?;
    tx.admit()?;
    let (owner, body) = (tx.scope.tenant().clone(), Uuid::now_v7());
    check(tx.conn, &owner, body, fields)?;
    let row = row(tx, body, fields, 1, tx.stamp());
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
    tx.scope.require()?;
    if current.tenant_id != tx.scope.tenant().as_str() {
        return Err(Problem::Forbidden.into());
    }
    tx.admit()?;
    if current.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    let created_at = current.created_at;
    let fields = change(&one(tx.conn, current)?)?;
    let owner = tx.scope.tenant().clone();
    check(tx.conn, &owner, body, &fields)?;
    let row = row(tx, body, &fields, version + 1, created_at);
    let guarded = bodies::table
        .find((&row.tenant_id, &row.id))
        .filter(bodies::version.eq(version));
    if diesel::update(guarded).set(row.clone()).execute(tx.conn)? == 0 {
        return Err(Problem::PreconditionFailed.into());
    }
    finish(tx, row, &fields, "body.update")
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
    tx.record(Change {
        owner: tx.scope.tenant().clone(),
        subject_kind: "body",
        subject_id: row.id.clone(),
        version: row.version,
        event: event.to_owned(),
        payload: json!({ "id": row.id, "version": row.version }),
    });
    one(tx.conn, row)
}
