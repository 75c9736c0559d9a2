//! The registry (Registro de Acuerdos Interinstitucionales): public by law (LGTAIP article
//! 67-V-i), immutable, gap-free in each year.

use crate::agreements::{AgreementKind, CouncilVote, Instrument, PartyRole, Signatory, Validity};
use crate::counterparts::{CounterpartKind, CounterpartLevel};
use crate::legal_date::LegalDate;
use crate::tenant::{TenantId, Tier};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A Mexican party in the registry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InscribedParty {
    /// Which government.
    pub government_id: TenantId,
    /// Its name on the day of inscription.
    pub name: String,
    /// Its order of government.
    pub tier: Tier,
    /// Its state, or itself; absent for federal bodies.
    pub state_id: Option<TenantId>,
    /// The body that signed.
    pub body: Option<String>,
    /// What part it took; absent in records older than this field.
    #[serde(default)]
    pub role: Option<PartyRole>,
    /// What its council decided (LGTAIP article 66-IX).
    #[serde(default)]
    pub approval: Option<CouncilVote>,
    /// The day on which it joined what the others had signed.
    #[serde(default)]
    pub adhered_on: Option<LegalDate>,
}

/// A counterpart in the registry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InscribedCounterpart {
    /// Its name.
    pub name: String,
    /// What it is in law.
    pub kind: CounterpartKind,
    /// Its level.
    pub level: CounterpartLevel,
    /// Its country.
    pub country: Option<String>,
}

/// A public document of an inscription.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InscribedDocument {
    /// Its id.
    pub id: Uuid,
    /// The language.
    pub language: Option<String>,
    /// The size in bytes.
    pub size: i64,
    /// The SHA-256 digest, in hexadecimal.
    pub sha256: String,
}

/// An inscription: public columns only.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Inscription {
    /// The number, such as `2026-000001`.
    #[schema(example = "2026-000001")]
    pub number: String,
    /// The number in an older registry.
    pub legacy_number: Option<String>,
    /// What kind of agreement.
    pub kind: AgreementKind,
    /// How it stands to an earlier one.
    pub instrument: Instrument,
    /// Its name.
    pub title: String,
    /// The order of government of the lead.
    pub tier: Tier,
    /// The Mexican parties, the lead first.
    pub parties: Vec<InscribedParty>,
    /// The counterparts.
    pub counterparts: Vec<InscribedCounterpart>,
    /// The themes.
    pub themes: Vec<String>,
    /// The targets of the 2030 Agenda.
    pub sdg_targets: Vec<String>,
    /// The languages of the authentic texts.
    pub languages: Vec<String>,
    /// From when to when.
    pub validity: Option<Validity>,
    /// The day of signature.
    pub signed_on: Option<LegalDate>,
    /// The place of signature.
    pub signed_place: Option<String>,
    /// Who signed, with post and capacity.
    pub signatories: Vec<Signatory>,
    /// The opinion's number.
    pub opinion_number: Option<String>,
    /// The public documents.
    pub documents: Vec<InscribedDocument>,
    /// When it was inscribed.
    pub registered_at: DateTime<Utc>,
    /// When this public record was last updated (LGTAIP article 58).
    pub updated_at: DateTime<Utc>,
    /// The body responsible for the record (LGTAIP article 58).
    pub responsible_body: String,
    /// The licence under which anyone may use it.
    pub licence: String,
}

/// An inscription as a line of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InscriptionSummary {
    /// The number.
    #[schema(example = "2026-000001")]
    pub number: String,
    /// What kind of agreement.
    pub kind: AgreementKind,
    /// Its name.
    pub title: String,
    /// The order of government of the lead.
    pub tier: Tier,
    /// The lead government.
    pub government_id: TenantId,
    /// Its name.
    pub government_name: String,
    /// The first counterpart.
    pub counterpart: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// The day of signature.
    pub signed_on: Option<LegalDate>,
    /// When it was inscribed.
    pub registered_at: DateTime<Utc>,
}

/// The licence of public records.
pub const LICENCE: &str = "CC-BY-4.0";
/// Who answers for them.
pub const RESPONSIBLE_BODY: &str = "Secretaría de Relaciones Exteriores";
