//! The offices that states designate for their mechanism, kept by the foreign ministry.

use super::mechanisms::{date, note, require_state, stands};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::offices;
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::mechanisms::{Office, OfficeFields};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = offices, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct Row {
    tenant_id: String,
    id: String,
    state_id: String,
    name: String,
    head_post: Option<String>,
    since: String,
    until: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

impl Row {
    fn entity(self) -> Outcome<Office> {
        Ok(Office {
            id: id(&self.id)?,
            fields: OfficeFields {
                state_id: TenantId::new(self.state_id),
                name: self.name,
                head_post: self.head_post,
                since: date(&self.since)?,
                until: self.until.as_deref().map(date).transpose()?,
            },
            version: self.version,
            created_at: self.created_at.and_utc(),
            updated_at: self.updated_at.and_utc(),
        })
    }
}

/// One page, oldest first; of one state where named.
pub fn list(
    tx: &mut ReadTx<'_>,
    state: Option<&TenantId>,
    page: &PageRequest,
) -> Outcome<Page<Office>> {
    let visible = || {
        let query = offices::table.into_boxed::<MultiBackend>();
        match state {
            Some(state) => query.filter(offices::state_id.eq(state.as_str().to_owned())),
            None => query,
        }
    };
    let mut query = visible()
        .select(Row::as_select())
        .order(offices::id.asc())
        .limit(page.limit + 1);
    if let Some(after) = page.after.clone() {
        query = query.filter(offices::id.gt(after.id));
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
        items: cut
            .items
            .into_iter()
            .map(Row::entity)
            .collect::<Outcome<_>>()?,
        next: cut.next,
        total,
    })
}

/// One office.
pub fn get(tx: &mut ReadTx<'_>, office: Uuid) -> Outcome<Office> {
    find(tx.conn, office)?.entity()
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
    let mut found = rows
        .into_iter()
        .map(Row::entity)
        .collect::<Outcome<Vec<_>>>()?;
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

fn row(
    tx: &WriteTx<'_>,
    office: Uuid,
    fields: &OfficeFields,
    version: i32,
    created_at: NaiveDateTime,
) -> Row {
    Row {
        tenant_id: TenantId::sre().to_string(),
        id: office.to_string(),
        state_id: fields.state_id.to_string(),
        name: fields.name.trim().to_owned(),
        head_post: fields.head_post.clone(),
        since: fields.since.as_str().to_owned(),
        until: fields.until.as_ref().map(|day| day.as_str().to_owned()),
        version,
        created_at,
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    }
}

/// Writes down an office.
pub fn create(tx: &mut WriteTx<'_>, fields: &OfficeFields) -> Outcome<Office> {
    tx.scope.require()?;
    tx.admit()?;
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = row(tx, Uuid::now_v7(), fields, 1, tx.stamp());
    diesel::insert_into(offices::table)
        .values(row.clone())
        .execute(tx.conn)?;
    note(tx, "office", &row.id, 1, "office.create");
    row.entity()
}

/// Changes an office, if `version` is still the current one.
pub fn update(
    tx: &mut WriteTx<'_>,
    office: Uuid,
    version: i32,
    change: impl Fn(&Office) -> vinculo_domain::Result<OfficeFields>,
) -> Outcome<Office> {
    let current = find(tx.conn, office)?;
    tx.scope.require()?;
    tx.admit()?;
    if current.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    let created_at = current.created_at;
    let fields = change(&current.entity()?)?;
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = row(tx, office, &fields, version + 1, created_at);
    let guarded = offices::table
        .find((&row.tenant_id, &row.id))
        .filter(offices::version.eq(version));
    if diesel::update(guarded).set(row.clone()).execute(tx.conn)? == 0 {
        return Err(Problem::PreconditionFailed.into());
    }
    note(tx, "office", &row.id, row.version, "office.update");
    row.entity()
}
