//! The bodies of governments. A government writes them, and everybody reads them.

mod changes;

use super::mechanisms::date;
use super::{governments, plain};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::{body_governments as links, government_bodies as bodies};
use crate::stores::narrow::keys;
use crate::tx::ReadTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::bodies::{Body, BodyFields};
use vinculo_domain::page::{Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId, Tier};

pub use changes::{create, update};

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

/// One page, oldest first; of some governments if any are named. A body of several is listed once.
pub fn list(
    tx: &mut ReadTx<'_>,
    governments: &[TenantId],
    page: &PageRequest,
) -> Outcome<Page<Body>> {
    let page = match governments {
        [government] => {
            let visible = || {
                let joined = links::table.inner_join(
                    bodies::table.on(bodies::tenant_id
                        .eq(links::tenant_id)
                        .and(bodies::id.eq(links::body_id))),
                );
                joined.filter(links::government_id.eq(government.as_str()))
            };
            plain::page(
                tx.conn,
                page,
                |row: &Row| &row.id,
                |conn, after, limit| {
                    let rows = visible().filter(links::body_id.gt(after)).limit(limit);
                    rows.order(links::body_id)
                        .select(Row::as_select())
                        .load(conn)
                },
                |conn| visible().count().get_result(conn),
            )?
        }
        several => {
            let visible = || {
                let query = bodies::table.into_boxed::<MultiBackend>();
                if several.is_empty() {
                    return query;
                }
                let theirs = links::table
                    .filter(links::government_id.eq_any(keys(several)))
                    .select(links::body_id);
                query.filter(bodies::id.eq_any(theirs))
            };
            plain::page(
                tx.conn,
                page,
                |row: &Row| &row.id,
                |conn, after, limit| {
                    let rows = visible().filter(bodies::id.gt(after)).limit(limit);
                    rows.order(bodies::id).select(Row::as_select()).load(conn)
                },
                |conn| visible().count().get_result(conn),
            )?
        }
    };
    page.try_replace(|rows| entities(tx.conn, rows))
}

/// One body.
pub fn get(tx: &mut ReadTx<'_>, body: Uuid) -> Outcome<Body> {
    let row = find(tx.conn, body)?;
    one(tx.conn, row)
}

/// The bodies with these ids that exist.
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
