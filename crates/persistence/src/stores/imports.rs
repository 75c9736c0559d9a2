//! Batches of past agreements imported from files: by the foreign ministry for everybody, by a
//! state for itself and its municipalities.

mod candidates;
mod doubts;
mod rows;
mod undoing;

pub use rows::{Planned, PlannedRow, record_rows};
pub use undoing::{begin_undo, outcome, undo_rows};

use crate::audit::Change;
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::{import_batches as batches, import_rows};
use crate::stores::narrow::{among, words};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;
use vinculo_auth::{Reach, Scope};
use vinculo_domain::imports::{ImportBatch, ImportRow, ImportSummary, RowResult};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;

#[derive(Queryable, Selectable)]
#[diesel(table_name = batches, check_for_backend(MultiBackend))]
struct Row {
    id: String,
    file_name: String,
    file_sha256: String,
    row_count: i32,
    summary: Option<String>,
    created_at: NaiveDateTime,
    completed_at: Option<NaiveDateTime>,
    undone_at: Option<NaiveDateTime>,
}

impl Row {
    fn entity(self) -> Outcome<ImportBatch> {
        Ok(ImportBatch {
            id: id(&self.id)?,
            file: self.file_name,
            sha256: self.file_sha256,
            row_count: self.row_count,
            summary: self
                .summary
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?,
            created_at: self.created_at.and_utc(),
            completed_at: self.completed_at.map(|at| at.and_utc()),
            undone_at: self.undone_at.map(|at| at.and_utc()),
        })
    }
}

/// A batch of the caller's government; not found for callers who may not import.
fn find(conn: &mut Conn, scope: &Scope, batch: Uuid) -> Outcome<Row> {
    let row = batches::table
        .filter(tenant_eq(batches::tenant_id, scope.tenant().as_str()))
        .filter(batches::id.eq(batch.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.filter(|_row| scope.reach() > Reach::None)
        .ok_or_else(|| Problem::NotFound.into())
}

/// One page of the batches of the caller's government, newest first.
pub fn list(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Page<ImportBatch>> {
    let own = batches::table.filter(tenant_eq(batches::tenant_id, tx.scope.tenant().as_str()));
    let total = if page.count {
        Some(own.clone().count().get_result(tx.conn)?)
    } else {
        None
    };
    let mut query = own
        .select(Row::as_select())
        .order(batches::id.desc())
        .limit(page.limit + 1)
        .into_boxed::<MultiBackend>();
    if let Some(after) = page.after.clone() {
        query = query.filter(batches::id.lt(after.id));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.id.clone(),
    });
    let items = cut.items.into_iter().map(Row::entity);
    Ok(Page {
        items: items.collect::<Outcome<_>>()?,
        next: cut.next,
        total,
    })
}

/// One batch.
pub fn get(tx: &mut ReadTx<'_>, batch: Uuid) -> Outcome<ImportBatch> {
    find(tx.conn, tx.scope, batch)?.entity()
}

/// One page of the results of a batch's rows, in the order of the file; of those with some results
/// if any are named.
pub fn list_rows(
    tx: &mut ReadTx<'_>,
    batch: Uuid,
    results: &[RowResult],
    page: &PageRequest,
) -> Outcome<Page<ImportRow>> {
    find(tx.conn, tx.scope, batch)?;
    let mut query = import_rows::table
        .filter(tenant_eq(
            import_rows::tenant_id,
            tx.scope.tenant().as_str(),
        ))
        .filter(import_rows::batch_id.eq(batch.to_string()))
        .select((import_rows::line, import_rows::result, import_rows::detail))
        .order(import_rows::line.asc())
        .limit(page.limit + 1)
        .into_boxed::<MultiBackend>();
    query = among!(query, import_rows::result, words(results));
    if let Some(after) = &page.after {
        let line: i32 = after
            .key
            .parse()
            .map_err(|_error| crate::Failure::from(Problem::InvalidCursor))?;
        query = query.filter(import_rows::line.gt(line));
    }
    let found: Vec<rows::Stored> = query.load(tx.conn)?;
    let cut = Page::cut(found, page.limit, |(line, ..)| After {
        key: line.to_string(),
        id: String::new(),
    });
    let items = cut.items.into_iter().map(rows::told);
    Ok(Page {
        items: items.collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}

/// Opens a batch for a file.
pub fn create_batch(
    tx: &mut WriteTx<'_>,
    file_name: &str,
    file_sha256: &str,
    rows: usize,
) -> Outcome<Uuid> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let batch = Uuid::now_v7();
    let row = (
        batches::tenant_id.eq(tx.actor()),
        batches::id.eq(batch.to_string()),
        batches::file_name.eq(file_name),
        batches::file_sha256.eq(file_sha256),
        batches::row_count.eq(i32::try_from(rows).unwrap_or(i32::MAX)),
        batches::person_id.eq(tx.person()),
        batches::created_at.eq(tx.stamp()),
    );
    diesel::insert_into(batches::table)
        .values(row)
        .execute(tx.conn)?;
    note(tx, batch, "import.create");
    Ok(batch)
}

/// Marks a batch as done with every row.
pub fn complete(tx: &mut WriteTx<'_>, batch: Uuid, summary: &ImportSummary) -> Outcome<()> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let actor = tx.actor();
    let open = batches::table
        .find((actor.as_str(), batch.to_string()))
        .filter(batches::completed_at.is_null());
    diesel::update(open)
        .set((
            batches::completed_at.eq(tx.stamp()),
            batches::summary.eq(serde_json::to_string(summary)?),
        ))
        .execute(tx.conn)?;
    Ok(())
}

fn note(tx: &mut WriteTx<'_>, batch: Uuid, event: &str) {
    let owner = tx.scope.tenant().clone();
    tx.record(Change {
        owner,
        subject_kind: "import_batch",
        subject_id: batch.to_string(),
        version: 1,
        event: event.to_owned(),
        payload: json!({ "id": batch }),
    });
}
