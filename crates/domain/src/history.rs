//! The history of a case: one line per event.

mod actions;

pub use actions::HistoryAction;

use crate::agreements::{CaseAction, Stage};
use crate::tenant::TenantId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// One line of the history (bitácora) of an agreement.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HistoryEntry {
    /// The line's id.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The version that it made.
    pub version: i32,
    /// What happened.
    pub action: HistoryAction,
    /// The stage before; absent where the stage did not move.
    pub from_stage: Option<Stage>,
    /// The stage after.
    pub to_stage: Stage,
    /// The government that acted.
    pub acting_tenant: TenantId,
    /// The person who acted, by id; shown inside the acting government only.
    pub person_id: Option<Uuid>,
    /// Whether it was done for an owner that has nobody on the platform.
    pub on_behalf: bool,
    /// What was said, to those who may read it.
    pub note: Option<String>,
    /// What a correction of a past agreement changed; empty for everything else.
    pub changes: Vec<RecordChange>,
}

/// One field of a past agreement that was corrected, as it stood and as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordChange {
    /// Which field, by its name in the correction.
    #[schema(example = "signed_on")]
    pub field: String,
    /// As it stood, in words; absent where nothing stood there.
    #[schema(example = "1998")]
    pub old: Option<String>,
    /// As it stands; absent where nothing stands there now.
    #[schema(example = "1998-10-20")]
    pub new: Option<String>,
}

/// A read of one of our records by another government.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecordRead {
    /// The audit row's id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who read.
    pub viewer_tenant: TenantId,
    /// The operation, such as `get_agreement`.
    pub operation: String,
    /// Your records that it showed.
    pub subject_ids: Vec<Uuid>,
}

/// The outbox event name for an action on a case.
pub fn event_type(action: CaseAction) -> String {
    let action: &'static str = action.into();
    format!("agreement.{action}")
}
