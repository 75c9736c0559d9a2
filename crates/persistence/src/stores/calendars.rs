//! Calendars of working days: each government keeps its own. Every version is kept, and every
//! government reads them, because deadlines are counted by them.

use super::plain::{self, admit_change, note, note_unchanged, require_changed};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::{calendar_versions as versions, calendars};
use crate::stores::narrow::{among, keys};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vinculo_domain::calendars::{Calendar, CalendarFields, CalendarView};
use vinculo_domain::page::{Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::turns::CalendarUsed;
use vinculo_domain::{Refusal, TenantId};

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = calendars, check_for_backend(MultiBackend))]
struct Row {
    tenant_id: String,
    id: String,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

impl Row {
    /// The calendar with `fields`, in a version made `at`.
    fn view(
        self,
        fields: CalendarFields,
        version: i32,
        at: NaiveDateTime,
    ) -> Outcome<CalendarView> {
        Ok(CalendarView {
            id: id(&self.id)?,
            government_id: TenantId::new(self.tenant_id),
            fields,
            version,
            created_at: self.created_at.and_utc(),
            updated_at: at.and_utc(),
        })
    }

    /// The calendar in its current version.
    fn entity(self, conn: &mut Conn) -> Outcome<CalendarView> {
        let (fields, at) = fields(conn, &self.tenant_id, &self.id, self.version)?;
        let version = self.version;
        self.view(fields, version, at)
    }
}

/// The content of a version, and when it was made.
fn fields(
    conn: &mut Conn,
    tenant: &str,
    calendar: &str,
    version: i32,
) -> Outcome<(CalendarFields, NaiveDateTime)> {
    let found: Option<(String, NaiveDateTime)> = versions::table
        .find((tenant, calendar, version))
        .select((versions::fields, versions::created_at))
        .first(conn)
        .optional()?;
    let (text, at) = found.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    Ok((serde_json::from_str(&text)?, at))
}

/// One page, oldest first; of some governments if any are named.
pub fn list(
    tx: &mut ReadTx<'_>,
    governments: &[TenantId],
    page: &PageRequest,
) -> Outcome<Page<CalendarView>> {
    let visible = || {
        let query = calendars::table.into_boxed::<MultiBackend>();
        among!(query, calendars::tenant_id, keys(governments))
    };
    let page = plain::page(
        tx.conn,
        page,
        |row: &Row| &row.id,
        |conn, after, limit| {
            let rows = visible().filter(calendars::id.gt(after)).limit(limit);
            rows.order(calendars::id)
                .select(Row::as_select())
                .load(conn)
        },
        |conn| visible().count().get_result(conn),
    )?;
    page.try_replace(|rows| rows.into_iter().map(|row| row.entity(tx.conn)).collect())
}

/// One calendar; in an earlier version if one is named.
pub fn get(tx: &mut ReadTx<'_>, calendar: Uuid, version: Option<i32>) -> Outcome<CalendarView> {
    let row = find(tx.conn, calendar)?;
    let version = version.unwrap_or(row.version);
    let (fields, at) = fields(tx.conn, &row.tenant_id, &row.id, version)?;
    row.view(fields, version, at)
}

fn find(conn: &mut Conn, calendar: Uuid) -> Outcome<Row> {
    let row = calendars::table
        .filter(calendars::id.eq(calendar.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Refuses a second calendar of the caller's government, and names the first one.
fn refuse_second(tx: &mut WriteTx<'_>) -> Outcome<()> {
    let first: Option<String> = calendars::table
        .filter(calendars::tenant_id.eq(tx.actor()))
        .select(calendars::id)
        .first(tx.conn)
        .optional()?;
    let Some(first) = first else {
        return Ok(());
    };
    let existing = ExistingRecord::of("/v1/calendars", first);
    let refusal = Refusal::new(Problem::Duplicate);
    Err(refusal.existing(Some(existing)).into())
}

/// Creates the calendar of the caller's government.
pub fn create(tx: &mut WriteTx<'_>, fields: &CalendarFields) -> Outcome<CalendarView> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    fields.check()?;
    refuse_second(tx)?;
    let row = Row {
        tenant_id: tx.actor(),
        id: Uuid::now_v7().to_string(),
        version: 1,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    };
    diesel::insert_into(calendars::table)
        .values(row.clone())
        .execute(tx.conn)?;
    keep(tx, row, fields, "calendar.create")
}

/// Changes it with a new version, if `version` is still the current one.
pub fn update(
    tx: &mut WriteTx<'_>,
    calendar: Uuid,
    version: i32,
    change: impl Fn(&CalendarView) -> vinculo_domain::Result<CalendarFields>,
) -> Outcome<CalendarView> {
    let mut row = find(tx.conn, calendar)?;
    let is_own = row.tenant_id == tx.actor();
    admit_change(tx, is_own, row.version, version)?;
    let before = row.clone().entity(tx.conn)?;
    let fields = change(&before)?;
    if fields == before.fields {
        let same = (row.tenant_id.as_str(), row.id.as_str(), version);
        note_unchanged(tx, "calendar", same);
        return Ok(before);
    }
    fields.check()?;
    row.version = version + 1;
    row.updated_at = tx.stamp_after(row.updated_at);
    let guarded = calendars::table
        .find((&row.tenant_id, &row.id))
        .filter(calendars::version.eq(version));
    let changed = diesel::update(guarded)
        .set((
            calendars::version.eq(row.version),
            calendars::updated_at.eq(row.updated_at),
            calendars::acting_tenant.eq(tx.actor()),
        ))
        .execute(tx.conn)?;
    require_changed(changed)?;
    keep(tx, row, &fields, "calendar.update")
}

/// Keeps a version permanently.
fn keep(
    tx: &mut WriteTx<'_>,
    row: Row,
    fields: &CalendarFields,
    event: &str,
) -> Outcome<CalendarView> {
    let values = (
        versions::tenant_id.eq(&row.tenant_id),
        versions::calendar_id.eq(&row.id),
        versions::version.eq(row.version),
        versions::fields.eq(serde_json::to_string(fields)?),
        versions::person_id.eq(tx.person()),
        versions::acting_tenant.eq(tx.actor()),
        versions::created_at.eq(row.updated_at),
    );
    diesel::insert_into(versions::table)
        .values(values)
        .execute(tx.conn)?;
    let noted = (row.tenant_id.as_str(), row.id.as_str(), row.version);
    note(tx, "calendar", noted, event);
    let (version, at) = (row.version, row.updated_at);
    row.view(fields.clone(), version, at)
}

/// The calendar that a government counts by today, and its version.
pub(crate) fn current(conn: &mut Conn, tenant: &TenantId) -> Outcome<(Calendar, CalendarUsed)> {
    let row: Option<Row> = calendars::table
        .filter(calendars::tenant_id.eq(tenant.as_str()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let mut used = CalendarUsed {
        government_id: tenant.clone(),
        id: None,
        version: 0,
    };
    let Some(row) = row else {
        return Ok((Calendar::default_for_mexico(), used));
    };
    let (fields, _at) = fields(conn, &row.tenant_id, &row.id, row.version)?;
    (used.id, used.version) = (Some(id(&row.id)?), row.version);
    Ok((Calendar::of(&fields), used))
}

/// The calendars that governments count by today, in one statement.
pub(crate) fn current_of(
    conn: &mut Conn,
    tenants: &BTreeSet<TenantId>,
) -> Outcome<BTreeMap<TenantId, Calendar>> {
    let mut found: BTreeMap<TenantId, Calendar> = tenants
        .iter()
        .map(|tenant| (tenant.clone(), Calendar::default_for_mexico()))
        .collect();
    if tenants.is_empty() {
        return Ok(found);
    }
    let current = versions::tenant_id
        .eq(calendars::tenant_id)
        .and(versions::calendar_id.eq(calendars::id))
        .and(versions::version.eq(calendars::version));
    let rows: Vec<(String, String)> = calendars::table
        .inner_join(versions::table.on(current))
        .filter(calendars::tenant_id.eq_any(tenants.iter().map(TenantId::as_str)))
        .select((calendars::tenant_id, versions::fields))
        .load(conn)?;
    for (tenant, fields) in rows {
        let fields: CalendarFields = serde_json::from_str(&fields)?;
        found.insert(TenantId::new(tenant), Calendar::of(&fields));
    }
    Ok(found)
}

/// The calendar in the version that something is counted by.
pub(crate) fn used(conn: &mut Conn, used: &CalendarUsed) -> Outcome<Calendar> {
    let Some(calendar) = used.id else {
        return Ok(Calendar::default_for_mexico());
    };
    let tenant = used.government_id.as_str();
    let (fields, _at) = fields(conn, tenant, &calendar.to_string(), used.version)?;
    Ok(Calendar::of(&fields))
}
