//! Targets: the days that each government sets itself for the stages in which it holds cases.

use super::governments;
use super::plain::{self, admit_change, note_unchanged, require_changed};
use crate::audit::Change;
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::targets;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::agreements::Stage;
use vinculo_domain::page::{Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::targets::{Target, TargetFields, is_promise};
use vinculo_domain::{Refusal, TenantId};

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = targets, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct Row {
    tenant_id: String,
    id: String,
    stage: String,
    business_days: Option<i32>,
    promise: bool,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

impl Row {
    fn entity(self) -> Outcome<Target> {
        Ok(Target {
            id: id(&self.id)?,
            government_id: TenantId::new(self.tenant_id),
            fields: TargetFields {
                stage: known(&self.stage)?,
                business_days: self.business_days,
            },
            version: self.version,
            created_at: self.created_at.and_utc(),
            updated_at: self.updated_at.and_utc(),
        })
    }
}

type Query = targets::BoxedQuery<'static, MultiBackend>;

/// The targets of one government: all of the caller's own; of another only what it promises.
fn visible(scope: &Scope, government: &TenantId) -> Query {
    let query = targets::table
        .filter(targets::tenant_id.eq(government.as_str().to_owned()))
        .into_boxed();
    if government == scope.tenant() {
        query.filter(tenant_eq(targets::tenant_id, scope.tenant().as_str()))
    } else {
        query.filter(targets::promise.eq(true))
    }
}

/// One page, oldest first: of the caller's government, or of the one named.
pub fn list(
    tx: &mut ReadTx<'_>,
    government: Option<&TenantId>,
    page: &PageRequest,
) -> Outcome<Page<Target>> {
    let government = government.unwrap_or(tx.scope.tenant());
    let visible = || visible(tx.scope, government);
    let page = plain::page(
        tx.conn,
        page,
        |row: &Row| &row.id,
        |conn, after, limit| {
            let rows = visible().filter(targets::id.gt(after)).limit(limit);
            rows.order(targets::id).select(Row::as_select()).load(conn)
        },
        |conn| visible().count().get_result(conn),
    )?;
    page.try_replace(|rows| rows.into_iter().map(Row::entity).collect())
}

/// One target.
pub fn get(tx: &mut ReadTx<'_>, target: Uuid) -> Outcome<Target> {
    find(tx.conn, tx.scope, target)?.entity()
}

fn find(conn: &mut Conn, scope: &Scope, target: Uuid) -> Outcome<Row> {
    let row: Option<Row> = targets::table
        .filter(targets::id.eq(target.to_string()))
        .filter(
            tenant_eq(targets::tenant_id, scope.tenant().as_str()).or(targets::promise.eq(true)),
        )
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Refuses targets that a government of the caller's tier cannot set.
fn check(tx: &mut WriteTx<'_>, fields: &TargetFields) -> Outcome<()> {
    let own = governments::find(tx.conn, tx.scope.tenant())?
        .ok_or_else(|| Refusal::internal("a caller without a government"))?;
    Ok(fields.check(own.tier)?)
}

/// Refuses a second target of the caller's government for a stage, and names the first one.
fn refuse_second(tx: &mut WriteTx<'_>, stage: &str) -> Outcome<()> {
    let first: Option<String> = targets::table
        .filter(tenant_eq(targets::tenant_id, &tx.actor()))
        .filter(targets::stage.eq(stage))
        .select(targets::id)
        .first(tx.conn)
        .optional()?;
    let Some(first) = first else {
        return Ok(());
    };
    let existing = ExistingRecord::of("/v1/targets", first);
    let refusal = Refusal::new(Problem::Duplicate);
    Err(refusal.existing(Some(existing)).into())
}

/// Sets a target of the caller's government.
pub fn create(tx: &mut WriteTx<'_>, fields: &TargetFields) -> Outcome<Target> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    check(tx, fields)?;
    let stage: &'static str = fields.stage.into();
    refuse_second(tx, stage)?;
    let row = Row {
        tenant_id: tx.actor(),
        id: Uuid::now_v7().to_string(),
        stage: stage.to_owned(),
        business_days: fields.business_days,
        promise: is_promise(fields.stage),
        version: 1,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    };
    diesel::insert_into(targets::table)
        .values(row.clone())
        .execute(tx.conn)?;
    note(tx, &row, "target.create");
    row.entity()
}

/// Changes the number of days, if `version` is still the current one. Running deadlines stay.
pub fn update(
    tx: &mut WriteTx<'_>,
    target: Uuid,
    version: i32,
    change: impl Fn(&Target) -> vinculo_domain::Result<TargetFields>,
) -> Outcome<Target> {
    let mut row = find(tx.conn, tx.scope, target)?;
    let is_own = row.tenant_id == tx.actor();
    admit_change(tx, is_own, row.version, version)?;
    let before = row.clone().entity()?;
    let fields = change(&before)?;
    if fields == before.fields {
        let same = (row.tenant_id.as_str(), row.id.as_str(), version);
        note_unchanged(tx, "target", same);
        return Ok(before);
    }
    fields.check_same_stage(before.fields.stage)?;
    check(tx, &fields)?;
    row.business_days = fields.business_days;
    row.version = version + 1;
    row.updated_at = tx.stamp_after(row.updated_at);
    row.acting_tenant = tx.actor();
    let guarded = targets::table
        .find((&row.tenant_id, &row.id))
        .filter(targets::version.eq(version));
    let changed = diesel::update(guarded).set(row.clone()).execute(tx.conn)?;
    require_changed(changed)?;
    note(tx, &row, "target.update");
    row.entity()
}

fn note(tx: &mut WriteTx<'_>, row: &Row, event: &str) {
    tx.record(Change {
        owner: TenantId::new(&row.tenant_id),
        subject_kind: "target",
        subject_id: row.id.clone(),
        version: row.version,
        event: event.to_owned(),
        payload: json!({ "id": row.id, "stage": row.stage, "business_days": row.business_days }),
    });
}

/// The target of a government for a stage today.
pub(crate) fn of(conn: &mut Conn, government: &TenantId, stage: Stage) -> Outcome<Option<i32>> {
    let stage: &'static str = stage.into();
    let found: Option<Option<i32>> = targets::table
        .filter(targets::tenant_id.eq(government.as_str()))
        .filter(targets::stage.eq(stage))
        .select(targets::business_days)
        .first(conn)
        .optional()?;
    Ok(found.flatten())
}
