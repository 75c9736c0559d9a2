//! The offices that states designate for their mechanism; the foreign ministry maintains them.

use super::mechanisms::{date, require_state, stands};
use super::people;
use super::plain::{self, admit_change, note, note_unchanged, require_changed};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::offices;
use crate::stores::narrow::{among, keys};
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::mechanisms::{Office, OfficeFields};
use vinculo_domain::page::{Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId};

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = offices, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct Row {
    tenant_id: String,
    id: String,
    state_id: String,
    name: String,
    head_person_id: Option<String>,
    head_post: Option<String>,
    since: String,
    until: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

/// The offices of these rows, in their order.
fn entities(conn: &mut Conn, rows: Vec<Row>) -> Outcome<Vec<Office>> {
    let heads = rows.iter().filter_map(|row| row.head_person_id.as_ref());
    let mut names = people::names(conn, heads)?;
    let entity = |row: Row| {
        Ok(Office {
            id: id(&row.id)?,
            fields: OfficeFields {
                state_id: TenantId::new(row.state_id),
                name: row.name,
                head_name: row.head_person_id.and_then(|head| names.remove(&head)),
                head_post: row.head_post,
                since: date(&row.since)?,
                until: row.until.as_deref().map(date).transpose()?,
            },
            version: row.version,
            created_at: row.created_at.and_utc(),
            updated_at: row.updated_at.and_utc(),
        })
    };
    rows.into_iter().map(entity).collect()
}

fn one(conn: &mut Conn, row: Row) -> Outcome<Office> {
    let found = entities(conn, vec![row])?.pop();
    found.ok_or_else(|| Refusal::internal("an office without its row").into())
}

/// One page, oldest first; of some states if any are named.
pub fn list(tx: &mut ReadTx<'_>, states: &[TenantId], page: &PageRequest) -> Outcome<Page<Office>> {
    let visible = || {
        let query = offices::table.into_boxed::<MultiBackend>();
        among!(query, offices::state_id, keys(states))
    };
    let page = plain::page(
        tx.conn,
        page,
        |row: &Row| &row.id,
        |conn, after, limit| {
            let rows = visible().filter(offices::id.gt(after)).limit(limit);
            rows.order(offices::id).select(Row::as_select()).load(conn)
        },
        |conn| visible().count().get_result(conn),
    )?;
    page.try_replace(|rows| entities(tx.conn, rows))
}

/// One office.
pub fn get(tx: &mut ReadTx<'_>, office: Uuid) -> Outcome<Office> {
    let row = find(tx.conn, office)?;
    one(tx.conn, row)
}

/// The offices of a state that are designated on a day.
pub(crate) fn standing(
    conn: &mut Conn,
    state: &TenantId,
    today: NaiveDate,
) -> Outcome<Vec<Office>> {
    let rows: Vec<Row> = offices::table
        .filter(offices::state_id.eq(state.as_str()))
        .order(offices::id)
        .select(Row::as_select())
        .load(conn)?;
    let mut found = entities(conn, rows)?;
    found.retain(|one| stands(&one.fields.since, one.fields.until.as_ref(), today));
    Ok(found)
}

fn find(conn: &mut Conn, office: Uuid) -> Outcome<Row> {
    let row = offices::table
        .filter(offices::id.eq(office.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// The next version of a row.
fn filled(tx: &mut WriteTx<'_>, mut row: Row, fields: &OfficeFields) -> Outcome<Row> {
    row.head_person_id = people::rename(tx, row.head_person_id, fields.head_name.as_deref())?;
    row.state_id = fields.state_id.to_string();
    row.name = fields.name.trim().to_owned();
    row.head_post.clone_from(&fields.head_post);
    row.since = fields.since.as_str().to_owned();
    row.until = fields.until.as_ref().map(|day| day.as_str().to_owned());
    if row.version > 0 {
        row.updated_at = tx.stamp_after(row.updated_at);
    }
    row.version += 1;
    row.acting_tenant = tx.actor();
    Ok(row)
}

/// Creates an office.
pub fn create(tx: &mut WriteTx<'_>, fields: &OfficeFields) -> Outcome<Office> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = Row {
        tenant_id: TenantId::sre().to_string(),
        id: Uuid::now_v7().to_string(),
        state_id: String::new(),
        name: String::new(),
        head_person_id: None,
        head_post: None,
        since: String::new(),
        until: None,
        version: 0,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    };
    let row = filled(tx, row, fields)?;
    diesel::insert_into(offices::table)
        .values(row.clone())
        .execute(tx.conn)?;
    let noted = (row.tenant_id.as_str(), row.id.as_str(), row.version);
    note(tx, "office", noted, "office.create");
    one(tx.conn, row)
}

/// Changes an office, if `version` is still the current one.
pub fn update(
    tx: &mut WriteTx<'_>,
    office: Uuid,
    version: i32,
    change: impl Fn(&Office) -> vinculo_domain::Result<OfficeFields>,
) -> Outcome<Office> {
    let current = find(tx.conn, office)?;
    admit_change(tx, true, current.version, version)?;
    let before = one(tx.conn, current.clone())?;
    let fields = change(&before)?.kept();
    if fields == before.fields {
        let same = (current.tenant_id.as_str(), current.id.as_str(), version);
        note_unchanged(tx, "office", same);
        return Ok(before);
    }
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = filled(tx, current, &fields)?;
    let guarded = offices::table
        .find((&row.tenant_id, &row.id))
        .filter(offices::version.eq(version));
    let changed = diesel::update(guarded).set(row.clone()).execute(tx.conn)?;
    require_changed(changed)?;
    let noted = (row.tenant_id.as_str(), row.id.as_str(), row.version);
    note(tx, "office", noted, "office.update");
    one(tx.conn, row)
}
