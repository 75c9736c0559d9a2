//! The periods of governments, each kept by its own or by the foreign ministry, and read by all.

use super::governments;
use super::mechanisms::date;
use crate::conn::{Conn, MultiBackend};
use crate::dialect;
use crate::failure::{Outcome, id};
use crate::schema::{administrations, people};
use crate::trail::Change;
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_auth::Reach;
use vinculo_domain::administrations::{Administration, AdministrationFields, Head};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId, Tier};

/// More administrations than any government has had.
const MOST: i64 = 500;

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = administrations, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct Row {
    tenant_id: String,
    id: String,
    starts_on: String,
    ends_on: Option<String>,
    head_person_id: Option<String>,
    head_post: Option<String>,
    head_capacity: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

/// The administrations of these rows, in their order.
fn entities(conn: &mut Conn, rows: Vec<Row>) -> Outcome<Vec<Administration>> {
    let heads: Vec<&String> = rows
        .iter()
        .filter_map(|row| row.head_person_id.as_ref())
        .collect();
    let names: Vec<(String, String)> = people::table
        .filter(people::id.eq_any(heads))
        .select((people::id, people::name))
        .load(conn)?;
    let names: HashMap<String, String> = names.into_iter().collect();
    let entity = |row: Row| {
        let name = row.head_person_id.and_then(|person| names.get(&person));
        Ok(Administration {
            id: id(&row.id)?,
            fields: AdministrationFields {
                government_id: TenantId::new(row.tenant_id),
                starts_on: date(&row.starts_on)?,
                ends_on: row.ends_on.as_deref().map(date).transpose()?,
                head: name.map(|name| Head {
                    name: name.clone(),
                    post: row.head_post.unwrap_or_default(),
                    capacity: row.head_capacity.unwrap_or_default(),
                }),
            },
            version: row.version,
            created_at: row.created_at.and_utc(),
            updated_at: row.updated_at.and_utc(),
        })
    };
    rows.into_iter().map(entity).collect()
}

fn one(conn: &mut Conn, row: Row) -> Outcome<Administration> {
    let found = entities(conn, vec![row])?.pop();
    found.ok_or_else(|| Refusal::internal("an administration without its row").into())
}

/// One page, in the order in which they were written down; of one government where named.
pub fn list(
    tx: &mut ReadTx<'_>,
    government: Option<&TenantId>,
    page: &PageRequest,
) -> Outcome<Page<Administration>> {
    let visible = || {
        let query = administrations::table.into_boxed::<MultiBackend>();
        match government {
            Some(key) => query.filter(administrations::tenant_id.eq(key.as_str().to_owned())),
            None => query,
        }
    };
    let mut query = visible()
        .select(Row::as_select())
        .order(administrations::id.asc())
        .limit(page.limit + 1);
    if let Some(after) = page.after.clone() {
        query = query.filter(administrations::id.gt(after.id));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.id.clone(),
    });
    let total = if page.count {
        Some(visible().count().get_result(tx.conn)?)
    } else {
        None
    };
    Ok(Page {
        items: entities(tx.conn, cut.items)?,
        next: cut.next,
        total,
    })
}

/// One administration.
pub fn get(tx: &mut ReadTx<'_>, administration: Uuid) -> Outcome<Administration> {
    let row = find(tx.conn, administration)?;
    one(tx.conn, row)
}

/// The administration of a government that was in office on a day, where it is on file. There is
/// one at most, because periods do not overlap.
pub(crate) fn on(
    conn: &mut Conn,
    government: &TenantId,
    day: NaiveDate,
) -> Outcome<Option<Administration>> {
    // A year or a month is a text smaller than each of its days, so this finds the last begun.
    let last: Option<Row> = administrations::table
        .filter(administrations::tenant_id.eq(government.as_str()))
        .filter(administrations::starts_on.le(day.format("%Y-%m-%d").to_string()))
        .order(administrations::starts_on.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let last = last.map(|row| one(conn, row)).transpose()?;
    Ok(last.filter(|found| found.fields.covers(day)))
}

/// The administrations of a government, the latest first; of more than there can be, the latest.
pub(crate) fn periods_of(
    conn: &mut Conn,
    government: &TenantId,
) -> Outcome<Vec<AdministrationFields>> {
    let rows: Vec<Row> = administrations::table
        .filter(administrations::tenant_id.eq(government.as_str()))
        .order(administrations::starts_on.desc())
        .limit(MOST)
        .select(Row::as_select())
        .load(conn)?;
    let found = entities(conn, rows)?.into_iter();
    Ok(found.map(|administration| administration.fields).collect())
}

fn find(conn: &mut Conn, administration: Uuid) -> Outcome<Row> {
    let row = administrations::table
        .filter(administrations::id.eq(administration.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Refuses another government's, unless the caller keeps those of all.
fn require_own(tx: &WriteTx<'_>, government: &TenantId) -> Outcome<()> {
    if tx.scope.reach() == Reach::All || government == tx.scope.tenant() {
        Ok(())
    } else {
        Err(Problem::Forbidden.into())
    }
}

/// Refuses a government that has no administrations, and a period that shares a day with another.
fn check(conn: &mut Conn, own: &str, fields: &AdministrationFields) -> Outcome<()> {
    fields.check()?;
    let government = governments::find(conn, &fields.government_id)?;
    if government.is_none_or(|government| government.tier == Tier::Observer) {
        return Err(Refusal::field(
            "/government_id",
            "unknown_key",
            "Use la clave de un gobierno; vea /v1/governments.",
            "Use a government's key; see /v1/governments.",
        )
        .into());
    }
    dialect::lock_government(conn, fields.government_id.as_str())?;
    let others: Vec<Row> = administrations::table
        .filter(administrations::tenant_id.eq(fields.government_id.as_str()))
        .filter(administrations::id.ne(own))
        .order(administrations::starts_on)
        .select(Row::as_select())
        .load(conn)?;
    for other in entities(conn, others)? {
        if other.fields.overlaps(fields) {
            let starts_on = other.fields.starts_on.as_str();
            return Err(Refusal::field(
                "/starts_on",
                "overlap",
                format!("Se empalma con la administración que inició en {starts_on}."),
                format!("It overlaps with the administration that began in {starts_on}."),
            )
            .into());
        }
    }
    Ok(())
}

/// Writes down an administration.
pub fn create(tx: &mut WriteTx<'_>, fields: &AdministrationFields) -> Outcome<Administration> {
    tx.scope.require()?;
    require_own(tx, &fields.government_id)?;
    tx.admit()?;
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
    finish(tx, row, "administration.create")
}

/// Changes an administration, if `version` is still the current one.
pub fn update(
    tx: &mut WriteTx<'_>,
    administration: Uuid,
    version: i32,
    change: impl Fn(&Administration) -> vinculo_domain::Result<AdministrationFields>,
) -> Outcome<Administration> {
    let current = find(tx.conn, administration)?;
    tx.scope.require()?;
    let government = TenantId::new(&current.tenant_id);
    require_own(tx, &government)?;
    tx.admit()?;
    if current.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    let fields = change(&one(tx.conn, current.clone())?)?;
    if fields.government_id != government {
        return Err(Refusal::field(
            "/government_id",
            "fixed",
            "Una administración no cambia de gobierno: registre otra.",
            "An administration does not change its government: write down another.",
        )
        .into());
    }
    check(tx.conn, &current.id, &fields)?;
    let row = filled(tx, current, &fields)?;
    let guarded = administrations::table
        .find((&row.tenant_id, &row.id))
        .filter(administrations::version.eq(version));
    if diesel::update(guarded).set(row.clone()).execute(tx.conn)? == 0 {
        return Err(Problem::PreconditionFailed.into());
    }
    finish(tx, row, "administration.update")
}

/// The next version of a row. The head's name is corrected where it stands: with the people.
fn filled(tx: &mut WriteTx<'_>, mut row: Row, fields: &AdministrationFields) -> Outcome<Row> {
    if let Some(head) = &fields.head {
        let name = head.name.trim();
        match &row.head_person_id {
            Some(person) => {
                diesel::update(people::table.find(person))
                    .set(people::name.eq(name))
                    .execute(tx.conn)?;
            }
            None => {
                let person = Uuid::now_v7().to_string();
                diesel::insert_into(people::table)
                    .values((
                        people::id.eq(&person),
                        people::name.eq(name),
                        people::created_at.eq(tx.stamp()),
                    ))
                    .execute(tx.conn)?;
                row.head_person_id = Some(person);
            }
        }
    } else if let Some(person) = row.head_person_id.take() {
        // A name to which no row leads any more could not be found to be erased.
        diesel::update(people::table.find(person))
            .set(people::name.eq(""))
            .execute(tx.conn)?;
    }
    row.starts_on = fields.starts_on.as_str().to_owned();
    row.ends_on = fields.ends_on.as_ref().map(|day| day.as_str().to_owned());
    row.head_post = fields.head.as_ref().map(|head| head.post.clone());
    row.head_capacity = fields.head.as_ref().map(|head| head.capacity.clone());
    row.version += 1;
    row.updated_at = tx.stamp();
    row.acting_tenant = tx.actor();
    Ok(row)
}

fn finish(tx: &mut WriteTx<'_>, row: Row, event: &str) -> Outcome<Administration> {
    tx.record(Change {
        owner: TenantId::new(&row.tenant_id),
        subject_kind: "administration",
        subject_id: row.id.clone(),
        version: row.version,
        event: event.to_owned(),
        payload: json!({ "id": row.id, "version": row.version }),
    });
    one(tx.conn, row)
}
