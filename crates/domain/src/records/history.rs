//! The history of a record: one line for each version, with what changed.

use super::{RecordAction, RecordStatus};
use crate::tenant::TenantId;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use uuid::Uuid;

/// One version of a record; only its owner reads it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RecordHistoryLine)]
pub struct HistoryLine {
    /// The version.
    pub version: i32,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// How the record stood from then on.
    pub status: RecordStatus,
    /// The action that made it; absent where the content was written or the record removed.
    pub action: Option<RecordAction>,
    /// The government that acted.
    pub acting_tenant: TenantId,
    /// The person who acted, by id; shown inside the acting government only.
    pub person_id: Option<Uuid>,
    /// When what it said of people was erased; absent where nothing was.
    pub erased_at: Option<DateTime<Utc>>,
    /// What changed against the version before; empty for the first.
    pub changes: Vec<Change>,
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = RecordFieldChange)]
pub struct Change {
    /// Which field.
    #[schema(example = "title")]
    pub field: String,
    /// As it stood.
    #[schema(value_type = Option<Value>)]
    pub old: Value,
    /// As it stands.
    #[schema(value_type = Option<Value>)]
    pub new: Value,
}

/// The fields that differ between two bodies, in the order of their names.
pub fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Change> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |body: &Map<String, Value>, name: &String| {
        let found = body.get(name);
        found.cloned().unwrap_or(Value::Null)
    };
    let pairs = names.into_iter().map(|name| Change {
        field: name.clone(),
        old: value(before, name),
        new: value(after, name),
    });
    pairs.filter(|change| change.old != change.new).collect()
}
