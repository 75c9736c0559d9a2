//! The report on an imported file.

use crate::refusal::BilingualText;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// How a row ended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RowResult {
    /// Recorded now.
    Imported,
    /// On record before, or twice in the file.
    Duplicate,
    /// A person has to say what is meant.
    NeedsDecision,
    /// Cannot be recorded.
    Refused,
}

/// How many rows ended how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportSummary {
    /// Recorded now.
    pub imported: usize,
    /// On record before, or twice in the file.
    pub duplicate: usize,
    /// A person has to say what is meant.
    pub needs_decision: usize,
    /// Cannot be recorded.
    pub refused: usize,
}

impl ImportSummary {
    /// Counts the rows by result.
    pub fn of(rows: &[ImportRow]) -> Self {
        let count = |result| rows.iter().filter(|row| row.result == result).count();
        Self {
            imported: count(RowResult::Imported),
            duplicate: count(RowResult::Duplicate),
            needs_decision: count(RowResult::NeedsDecision),
            refused: count(RowResult::Refused),
        }
    }
}

/// What came of one row.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ImportRow {
    /// The line of the file.
    pub line: u64,
    /// How it ended.
    pub result: RowResult,
    /// The agreement, the questions or the reasons.
    #[schema(value_type = Object)]
    pub detail: Value,
}

/// What came of a file (importación).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportReport {
    /// The file's name.
    pub file: String,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// Under which the whole can be undone; absent where nothing was kept.
    pub batch_id: Option<Uuid>,
    /// How many rows ended how.
    pub summary: ImportSummary,
    /// What should be looked at in the file as a whole.
    pub warnings: Vec<BilingualText>,
    /// Row by row.
    pub rows: Vec<ImportRow>,
}

/// A file that was brought in, as a line of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportBatch {
    /// Its id.
    pub id: Uuid,
    /// The file's name.
    pub file: String,
    /// The SHA-256 digest of the file, in hexadecimal.
    pub sha256: String,
    /// The rows of the file.
    pub row_count: i32,
    /// How many rows ended how; absent while rows are outstanding.
    pub summary: Option<ImportSummary>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When its last row was done; absent where it was cut off, which a repeated request mends.
    pub completed_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
}

/// How an undo ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct Undone {
    /// Agreements taken back.
    pub undone: usize,
    /// Agreements kept, because somebody has worked on them since, or annotated, related to or
    /// cited their inscription.
    pub kept: Vec<Uuid>,
    /// The numbers of the inscriptions among those taken back. They stay used; the registry shows
    /// each as cancelled because it was imported in error.
    #[serde(default)]
    #[schema(example = json!(["2026-000001"]))]
    pub cancelled: Vec<String>,
}
