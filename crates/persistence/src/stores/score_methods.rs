//! The versions of the method of the institutionalisation score: the first comes with the program, the
//! foreign ministry adds others, and none changes.

use crate::audit::Change;
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Failure, Outcome, id};
use crate::schema::score_methods as methods;
use crate::stores::mechanisms::date;
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::scores::{ScoreMethod, ScoreMethodFields};

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = methods, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct Row {
    tenant_id: String,
    id: String,
    version: i32,
    holds_from: String,
    weights: String,
    created_at: NaiveDateTime,
    person_id: Option<String>,
    acting_tenant: String,
}

impl Row {
    fn entity(self) -> Outcome<ScoreMethod> {
        Ok(ScoreMethod {
            id: id(&self.id)?,
            version: self.version,
            fields: ScoreMethodFields {
                holds_from: date(&self.holds_from)?,
                weights: serde_json::from_str(&self.weights)?,
            },
            created_at: Some(self.created_at.and_utc()),
        })
    }
}

type Query = methods::BoxedQuery<'static, MultiBackend>;

/// Those that the ministry has added.
fn added() -> Query {
    let sre = TenantId::sre();
    methods::table
        .filter(tenant_eq(methods::tenant_id, sre.as_str()))
        .into_boxed()
}

/// One page, by version.
pub fn list(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Page<ScoreMethod>> {
    tx.scope.require()?;
    let after = page.after.as_ref().and_then(|after| after.key.parse().ok());
    let after: i32 = after.unwrap_or(0);
    let rows: Vec<Row> = added()
        .filter(methods::version.gt(after))
        .order(methods::version)
        .limit(page.limit + 1)
        .select(Row::as_select())
        .load(tx.conn)?;
    let mut found = Vec::new();
    let first = ScoreMethod::first();
    if after < first.version {
        found.push(first);
    }
    for row in rows {
        found.push(row.entity()?);
    }
    let mut page_of = Page::cut(found, page.limit, |one| After {
        key: one.version.to_string(),
        id: one.id.to_string(),
    });
    if page.count {
        let count: i64 = added().count().get_result(tx.conn)?;
        page_of.total = Some(count + 1);
    }
    Ok(page_of)
}

/// One version, by its id.
pub fn get(tx: &mut ReadTx<'_>, method: Uuid) -> Outcome<ScoreMethod> {
    tx.scope.require()?;
    if method == ScoreMethod::FIRST_ID {
        return Ok(ScoreMethod::first());
    }
    let row: Option<Row> = added()
        .filter(methods::id.eq(method.to_string()))
        .select(Row::as_select())
        .first(tx.conn)
        .optional()?;
    row.ok_or_else(|| Failure::from(Problem::NotFound))?
        .entity()
}

/// The version with this number, if there is one; without a number the one that holds on a day.
pub(crate) fn find(
    conn: &mut Conn,
    version: Option<i32>,
    day: NaiveDate,
) -> Outcome<Option<ScoreMethod>> {
    let first = ScoreMethod::first();
    if version == Some(first.version) {
        return Ok(Some(first));
    }
    let query = match version {
        Some(version) => added().filter(methods::version.eq(version)),
        None => added().filter(methods::holds_from.le(day.to_string())),
    };
    let row: Option<Row> = query
        .order((methods::holds_from.desc(), methods::version.desc()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    match (row, version) {
        (Some(row), _) => Ok(Some(row.entity()?)),
        (None, None) => Ok(Some(first)),
        (None, Some(_)) => Ok(None),
    }
}

/// Adds a version, after the ones that there are. If two are added at once, the second comes after the
/// first.
pub fn create(tx: &mut WriteTx<'_>, fields: &ScoreMethodFields) -> Outcome<ScoreMethod> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    fields.check(mexican_day(tx.now()))?;
    let last: Option<i32> = added()
        .select(diesel::dsl::max(methods::version))
        .first(tx.conn)?;
    let row = Row {
        tenant_id: tx.actor(),
        id: Uuid::now_v7().to_string(),
        version: last.unwrap_or_else(|| ScoreMethod::first().version) + 1,
        holds_from: fields.holds_from.as_str().to_owned(),
        weights: serde_json::to_string(&fields.weights)?,
        created_at: tx.stamp(),
        person_id: tx.person(),
        acting_tenant: tx.actor(),
    };
    let added = diesel::insert_into(methods::table)
        .values(row.clone())
        .execute(tx.conn);
    match added.map_err(Failure::from) {
        Err(Failure::Refused(refusal)) if refusal.problem == Problem::Duplicate => {
            return Err(Failure::Again("another version was added".into()));
        }
        added => added?,
    };
    tx.record(Change {
        owner: TenantId::new(&row.tenant_id),
        subject_kind: "score_method",
        subject_id: row.id.clone(),
        version: 1,
        event: "score_method.create".to_owned(),
        payload: json!({ "id": row.id, "version": row.version, "holds_from": row.holds_from }),
    });
    row.entity()
}
