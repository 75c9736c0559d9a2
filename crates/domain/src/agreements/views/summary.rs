//! The view of a case at the level `summary`.

use super::Level;
use crate::agreements::{AgreementKind, Compliance, Stage};
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use crate::turns::WaitingFor;
use crate::urgencies::Priority;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A case as a line of a list. Every viewer has its own: what it shows is no newer than what
/// the viewer may know.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AgreementSummary {
    /// The case's id.
    pub id: Uuid,
    /// The lead government.
    pub owner: TenantId,
    /// How much the caller reads.
    pub level: Level,
    /// Counts the changes that the caller may know of.
    pub version: i32,
    /// Where the case stands.
    pub stage: Stage,
    /// What kind of instrument.
    pub kind: AgreementKind,
    /// Whether it is a past agreement that was withdrawn because it was recorded in error.
    pub recorded_in_error: bool,
    /// Whether the law's procedure was kept.
    pub compliance: Compliance,
    /// How it is called.
    pub title: String,
    /// The first counterpart's country.
    pub country: Option<String>,
    /// The counterparts' names, the first three.
    pub counterpart: Option<String>,
    /// When it was signed.
    pub signed_on: Option<LegalDate>,
    /// For whom it waits; `null` once it has ended.
    pub waiting_for: Option<WaitingFor>,
    /// The day that its holder set itself for this stage. An owner's is shown on its side alone.
    pub due_on: Option<LegalDate>,
    /// How pressing it is.
    pub priority: Priority,
    /// Who has it in your government.
    pub assigned_to: Option<Uuid>,
    /// When it last changed, as far as the caller may know; an assignment of your government counts,
    /// although it makes no version.
    pub updated_at: DateTime<Utc>,
}

/// What somebody reads who was told of a negotiation: counterpart, country, kind, theme and
/// planned date, as they were announced.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AgreementAnnounced)]
pub struct AnnouncedView {
    /// The case.
    #[serde(flatten)]
    pub summary: AgreementSummary,
    /// The themes, by key.
    pub themes: Vec<String>,
    /// When the parties mean to sign.
    pub planned_signing_on: Option<LegalDate>,
}
