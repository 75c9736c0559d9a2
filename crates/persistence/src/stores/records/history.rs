//! The history of a record, newest first, with what each version changed.

use super::exchanges::turns;
use super::sight::seen;
use super::{RecordView, Row};
use crate::barrier::tenant_eq;
use crate::failure::{Outcome, id, known};
use crate::schema::record_versions as versions;
use crate::tx::ReadTx;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{HistoryLine, Kind, Shown, changes};
use vinculo_domain::{Refusal, TenantId, wording};

type VersionRow = (
    i32,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    NaiveDateTime,
    Option<NaiveDateTime>,
);

fn of(row: &Row) -> versions::BoxedQuery<'static, crate::conn::MultiBackend> {
    versions::table
        .into_boxed()
        .filter(tenant_eq(versions::tenant_id, &row.tenant_id))
        .filter(versions::record_id.eq(row.id.clone()))
}

macro_rules! columns {
    () => {
        (
            versions::version,
            versions::status,
            versions::body,
            versions::action,
            versions::person_id,
            versions::acting_tenant,
            versions::created_at,
            versions::erased_at,
        )
    };
}

/// One page of the history, which only the owner reads: earlier versions may be of a time when others
/// did not see the record.
pub fn history(
    tx: &mut ReadTx<'_>,
    kind: &'static Kind,
    record: Uuid,
    wanted: &PageRequest,
) -> Outcome<Page<HistoryLine>> {
    let row = own(tx, kind, record)?;
    let mut query = of(&row);
    if let Some(After { key, .. }) = &wanted.after {
        let before: i32 = key.parse().unwrap_or_default();
        query = query.filter(versions::version.lt(before));
    }
    // One more than are shown, for what the last one changed, and one for whether there are more.
    let rows: Vec<VersionRow> = query
        .order(versions::version.desc())
        .limit(wanted.limit + 1)
        .select(columns!())
        .load(tx.conn)?;
    let mut lines = Vec::new();
    for (i, version) in rows.iter().enumerate() {
        lines.push(line(&row, version, rows.get(i + 1))?);
    }
    let mut page = Page::cut(lines, wanted.limit, |line| After {
        key: line.version.to_string(),
        id: String::new(),
    });
    if wanted.count {
        page.total = Some(of(&row).count().get_result(tx.conn)?);
    }
    Ok(page)
}

/// The record of the caller's government; who sees it otherwise is told whose its history is (403).
fn own(tx: &mut ReadTx<'_>, kind: &'static Kind, record: Uuid) -> Outcome<Row> {
    let seen = seen(tx.conn, tx.scope, kind, record)?;
    let all = vinculo_domain::faults::seeded("versions for everybody");
    if all || seen.own && super::spaces::is_reader(tx.scope) {
        return Ok(seen.row);
    }
    let refusal = tx.scope.not_the_owner();
    Err(Refusal {
        said: Some(wording::records::own_only()),
        ..refusal
    }
    .into())
}

fn line(
    row: &Row,
    (number, status, body, action, person, acting, at, erased): &VersionRow,
    before: Option<&VersionRow>,
) -> Outcome<HistoryLine> {
    let read = |text: &str| -> Outcome<Map<String, Value>> { Ok(serde_json::from_str(text)?) };
    let changed = match before {
        Some((_, _, earlier, ..)) => changes(&read(earlier)?, &read(body)?),
        None => Vec::new(),
    };
    let person = person.as_deref().map(id).transpose()?;
    Ok(HistoryLine {
        version: *number,
        at: at.and_utc(),
        status: known(status)?,
        action: action.as_deref().map(known).transpose()?,
        acting_tenant: TenantId::new(acting),
        person_id: person.filter(|_| *acting == row.tenant_id),
        erased_at: erased.map(|at| at.and_utc()),
        changes: changed,
    })
}

/// The record as its owner read it at an instant.
pub fn as_of(
    tx: &mut ReadTx<'_>,
    kind: &'static Kind,
    record: Uuid,
    at: DateTime<Utc>,
) -> Outcome<RecordView> {
    let row = own(tx, kind, record)?;
    let found: Option<VersionRow> = of(&row)
        .filter(versions::created_at.le(at.naive_utc()))
        .order(versions::version.desc())
        .select(columns!())
        .first(tx.conn)
        .optional()?;
    let Some((number, status, body, _, person, acting, changed_at, _)) = found else {
        let first = row.created_at.and_utc().to_rfc3339();
        let said = wording::records::before_first(first);
        return Err(Refusal::new(Problem::NotFound).saying(said).into());
    };
    let then = Row {
        version: number,
        status,
        body,
        person_id: person,
        acting_tenant: acting,
        updated_at: changed_at,
        confirmed_at: changed_at,
        ..row
    };
    let record = then.record()?;
    let turn = turns(tx.conn, at, std::iter::once(&then))?.remove(&record.id);
    let shown = Shown {
        own: true,
        now: at,
        turn,
        ..Shown::default()
    };
    Ok(RecordView {
        id: record.id,
        version: number,
        body: record.show(&shown),
    })
}
