//! The view of a case at the level `summary`.

use super::Level;
use crate::agreements::{AgreementKind, Compliance, PartyRole, Stage};
use crate::external_ids::ExternalId;
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use crate::turns::WaitingFor;
use crate::urgencies::Priority;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What every view of a case begins with. Every viewer has its own: what it shows is no newer than
/// what the viewer may know.
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
    /// The ids that your government gave it in other systems.
    pub external_ids: Vec<ExternalId>,
    /// When it last changed, as far as the caller may know; an assignment of your government counts,
    /// although it makes no version.
    pub updated_at: DateTime<Utc>,
}

/// A Mexican party as a line of a list names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartyCard {
    /// Which government.
    pub government_id: TenantId,
    /// Its name: of a case today's, in the registry that of the day of inscription.
    pub name: String,
    /// What part it takes; absent in inscriptions older than this field.
    pub role: Option<PartyRole>,
}

/// A case as a line of a list: nothing that the caller does not read in the case itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AgreementLine {
    /// The case.
    #[serde(flatten)]
    pub summary: AgreementSummary,
    /// The themes, by key.
    pub themes: Vec<String>,
    /// The Mexican parties, the lead first; to whom the case was only announced, the lead alone.
    pub parties: Vec<PartyCard>,
    /// The last day of its validity; of an inscribed agreement, on the owner's
    /// side, with what was annotated since.
    pub ends_on: Option<LegalDate>,
    /// The number in the registry.
    pub inscription: Option<String>,
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
