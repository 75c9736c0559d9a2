//! The content that an owner drafts.

use super::{AgreementKind, CouncilApproval, Instrument};
use crate::external_ids::ExternalId;
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// The part that a Mexican government takes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PartyRole {
    /// The owner of the case; there is exactly one.
    Lead,
    /// Signs too.
    Signatory,
    /// Joins what others sign.
    Adherent,
}

/// A Mexican party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Which government.
    pub government_id: TenantId,
    /// What part it takes.
    pub role: PartyRole,
    /// The dependency or decentralised body that signs (LCT article 1).
    #[serde(default)]
    #[schema(max_length = 300)]
    pub body: Option<String>,
    /// The same body where it is on file: one of that government, existing today.
    #[serde(default)]
    pub body_id: Option<Uuid>,
}

impl Party {
    /// Whether it signs together with the lead; an adherent joins later.
    pub fn signs(&self) -> bool {
        self.role != PartyRole::Adherent
    }
}

/// How the validity ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// At a fixed date.
    Fixed,
    /// Never by itself.
    Indefinite,
}

/// How the validity is prolonged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Renewal {
    /// Not at all.
    #[default]
    None,
    /// By itself.
    Automatic,
    /// When the parties agree.
    ByAgreement,
}

/// From when to when the agreement is to be in force (vigencia).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Its first day, where it is not the day of signature.
    #[serde(default)]
    pub enters_into_force_on: Option<LegalDate>,
    /// Its last day; for a fixed term only.
    #[serde(default)]
    pub ends_on: Option<LegalDate>,
    /// How it ends.
    pub term: Term,
    /// How it is prolonged.
    #[serde(default)]
    pub renewal: Renewal,
}

/// The working content of a case: everything may wait but the kind and the title; what an
/// action needs is asked when the action is taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "twinning",
    "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto",
    "counterparts": ["0190f5fe-7c00-7a00-8000-000000000001"],
    "themes": ["culture", "education"],
    "sdg_targets": ["11.4"],
    "languages": ["es", "ja"],
    "own_powers": ["73-XXIX-NN"],
    "validity": {"term": "indefinite", "renewal": "none"},
    "planned_signing_on": "2027-03"
}))]
pub struct AgreementContent {
    /// What kind of instrument.
    pub kind: AgreementKind,
    /// How it is called; the law leaves the name free, but for `tratado` (CPEUM article 117-I).
    #[schema(min_length = 1, max_length = 500)]
    pub title: String,
    /// How it stands to an earlier instrument.
    #[serde(default)]
    pub instrument: Instrument,
    /// The earlier agreement, for anything but an original.
    #[serde(default)]
    pub relates_to: Option<Uuid>,
    /// The Mexican parties; the owner as lead where none is named.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The counterparts, by id.
    #[serde(default)]
    pub counterparts: Vec<Uuid>,
    /// What it is for.
    #[serde(default)]
    #[schema(max_length = 5000)]
    pub objective: Option<String>,
    /// Themes of the catalogue.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Targets of the 2030 Agenda, such as `11.4`.
    #[serde(default)]
    pub sdg_targets: Vec<String>,
    /// The languages of the authentic texts, BCP 47; Spanish among them.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The own powers (atribuciones propias) it rests on (LCT article 2-II).
    #[serde(default)]
    pub own_powers: Vec<String>,
    /// From when to when.
    #[serde(default)]
    pub validity: Option<Validity>,
    /// When the parties mean to sign.
    #[serde(default)]
    pub planned_signing_on: Option<LegalDate>,
    /// The council's approval: asked of a municipality; a borough may cite one of its concejo;
    /// others have none.
    #[serde(default)]
    pub council_approval: Option<CouncilApproval>,
    /// Ids in other systems.
    #[serde(default)]
    pub external_ids: Vec<ExternalId>,
}
