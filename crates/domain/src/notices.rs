//! Cases that need attention: workload and notices of a government, computed from the cases that it
//! can see.

use crate::agreements::Stage;
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use crate::urgencies::Priority;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// Drafts and returned cases untouched for this many days are reported.
pub const STALE_AFTER_DAYS: u32 = 90;
/// After this many days they are abandoned.
pub const ABANDON_AFTER_DAYS: u32 = 365;

/// Why a case is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, EnumString, IntoStaticStr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoticeKind {
    /// Its due date is past.
    Overdue,
    /// Its due date comes within three business days.
    DueSoon,
    /// A draft or returned case that nobody touched for long.
    Stale,
}

/// A case in the government's hands that wants attention.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Notice {
    /// Why.
    pub kind: NoticeKind,
    /// The day that counts: the due date, or the day since which it is stale.
    pub on: LegalDate,
    /// The case.
    pub agreement_id: Uuid,
    /// The lead government.
    pub owner: TenantId,
    /// How the case is called.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
    /// How pressing it is.
    pub priority: Priority,
    /// Who has it in your government.
    pub assigned_to: Option<Uuid>,
}

/// The open cases in one person's hands, in one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkloadLine {
    /// The stage.
    pub stage: Stage,
    /// The person; `null` for cases that nobody was given.
    pub assigned_to: Option<Uuid>,
    /// How many.
    pub open: i64,
    /// Of these, due within three business days.
    pub due_soon: i64,
    /// Of these, past their due date.
    pub overdue: i64,
    /// Of these, urgent.
    pub urgent: i64,
    /// The business days for which the oldest has been in the government's hands in this stage.
    pub oldest_days: i32,
}

/// What lies before a government.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Workload {
    /// The day for which it was counted.
    pub as_of: LegalDate,
    /// By stage and person.
    pub lines: Vec<WorkloadLine>,
}
