//! What came of a file with records, row by row.

use crate::problem::ProblemField;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{Kind, RecordRowResult};

/// What came of a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordImportRow {
    /// The line of the file where it begins; the first line is 1.
    pub(super) line: u64,
    /// How it ended.
    pub(super) result: RecordRowResult,
    /// The record; absent where the row is refused, and where a dry run made it.
    pub(super) id: Option<Uuid>,
    /// Its version.
    pub(super) version: Option<i32>,
    /// Why it is refused.
    pub(super) problem: Option<RecordRowProblem>,
}

/// Why a row is refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordRowProblem {
    /// The stable code.
    pub(super) code: Problem,
    /// The HTTP status that the row would have had by itself.
    pub(super) status: u16,
    /// What to do.
    pub(super) detail: String,
    /// The fields concerned.
    pub(super) errors: Vec<ProblemField>,
}

/// What came of a file with records.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct RecordImport {
    /// The kind.
    pub(super) kind: String,
    /// Whether nothing was kept.
    pub(super) dry_run: bool,
    /// New records.
    pub(super) created: usize,
    /// Changed records.
    pub(super) updated: usize,
    /// Rows that say what is on record.
    pub(super) unchanged: usize,
    /// Rows that are refused.
    pub(super) refused: usize,
    /// Row by row, in the order of the file.
    #[schema(value_type = Vec<RecordImportRow>)]
    pub(super) rows: Vec<Value>,
}

impl RecordImport {
    pub(super) fn add(&mut self, rows: Vec<Value>) {
        for row in &rows {
            let count = match row.get("result").and_then(Value::as_str) {
                Some("created") => &mut self.created,
                Some("updated") => &mut self.updated,
                Some("unchanged") => &mut self.unchanged,
                _ => &mut self.refused,
            };
            *count += 1;
        }
        self.rows.extend(rows);
    }
}

pub(in crate::resources::records) fn example(kind: &Kind) -> Value {
    json!({
        "kind": kind.spec.many, "dry_run": false, "created": 1, "updated": 0, "unchanged": 0, "refused": 0,
        "rows": [{"line": 2, "result": "created", "id": "01938a5c-7c00-7a00-8000-000000000001", "version": 1, "problem": null}],
    })
}
