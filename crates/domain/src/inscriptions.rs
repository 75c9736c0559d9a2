//! The registry (Registro de Acuerdos Interinstitucionales): public by law (LGTAIP article 67-V-i),
//! immutable, without gaps in each year.

mod legacy_key;

pub use legacy_key::legacy_key;

use crate::agreements::{
    AgreementKind, CouncilVote, Instrument, PartyCard, PartyRole, Side, Validity,
};
use crate::annotations::Annotation;
use crate::bodies::BodyKind;
use crate::classifications::Classification;
use crate::counterparts::{CounterpartKind, CounterpartLevel};
use crate::inscription_number::InscriptionNumber;
use crate::legal_bases::LegalBasis;
use crate::legal_date::LegalDate;
use crate::standing::Standing;
use crate::tenant::{TenantId, Tier};
use chrono::{DateTime, NaiveDate, Utc};
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
    /// Of which kind that body is, where it is on record.
    #[serde(default)]
    pub body_kind: Option<BodyKind>,
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

/// Who signed, as anybody may know it: not on which paper their authority rests.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InscribedSignatory {
    /// On which side.
    pub side: Side,
    /// For which party, by its name on the day of inscription; empty in records older than this.
    pub party: String,
    /// The person's name.
    pub name: String,
    /// The person's post.
    pub post: String,
    /// In which capacity.
    pub capacity: String,
}

/// An inscription: public columns only.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Inscription {
    /// The number, such as `2026-000001`.
    #[schema(value_type = String, example = "2026-000001")]
    pub number: InscriptionNumber,
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
    pub signatories: Vec<InscribedSignatory>,
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
    /// The number of the inscription that this one amends, prolongs, ends or joins.
    #[serde(default)]
    pub relates_to: Option<String>,
    /// The law in force on the day of inscription; absent where an older registry has the day.
    #[serde(default)]
    pub legal_basis: Option<LegalBasis>,
}

impl Inscription {
    /// The inscription as it was written, but for the documents that its consolidated form does not
    /// open today, and with the day on which that form last changed.
    #[must_use]
    pub fn with_open(mut self, consolidated: &Self) -> Self {
        let is_open = |id: Uuid| consolidated.documents.iter().any(|open| open.id == id);
        self.documents.retain(|document| is_open(document.id));
        self.updated_at = consolidated.updated_at;
        self
    }
}

/// A signed text that is withheld: said to be there, without a way to it. It opens by itself
/// when its term has run out, and comes to the documents then.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WithheldDocument {
    /// Whether it is withheld for a time (información reservada).
    pub reserved: bool,
    /// Its class.
    pub classification: Classification,
    /// The language.
    pub language: Option<String>,
    /// The legal ground.
    pub ground: Option<String>,
    /// The last day withheld.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// The document that is its version for the public (versión pública), where there is one.
    pub public_version_id: Option<Uuid>,
}

/// The standing of an agreement on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StandingView {
    /// The day.
    #[schema(format = Date)]
    pub on: NaiveDate,
    /// Whether it is in force; `dormant` is not answered yet.
    pub standing: Standing,
    /// Whether the inscription is without effect.
    pub cancelled: bool,
    /// The last day on which it can be in force, as known on that day; absent where no end is
    /// in sight or it is over.
    #[schema(format = Date)]
    pub last_day: Option<NaiveDate>,
}

/// An inscription as it is read: as inscribed, what was annotated since, and what follows.
/// `updated_at` is that of the newest annotation or document.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = InscriptionRecord)]
pub struct InscriptionView {
    /// The inscription as it was written; of its documents, those that are open today.
    #[serde(flatten)]
    pub inscription: Inscription,
    /// The annotations, the newest 200, newest first.
    pub annotations: Vec<Annotation>,
    /// The record with its annotations applied, and the documents that are open today.
    pub consolidated: Inscription,
    /// The signed texts that are withheld today.
    pub withheld_documents: Vec<WithheldDocument>,
    /// Whether it is in force.
    pub standing: StandingView,
}

/// An inscription as a line of a list, in its consolidated form.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InscriptionSummary {
    /// The number.
    #[schema(value_type = String, example = "2026-000001")]
    pub number: InscriptionNumber,
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
    /// The Mexican parties, the lead first.
    pub parties: Vec<PartyCard>,
    /// The first counterpart.
    pub counterpart: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// The themes, by key.
    pub themes: Vec<String>,
    /// The day of signature.
    pub signed_on: Option<LegalDate>,
    /// The last day of its validity as agreed; absent where it has no end or none is known.
    pub ends_on: Option<LegalDate>,
    /// When it was inscribed.
    pub registered_at: DateTime<Utc>,
    /// Whether it is in force today.
    pub standing: Standing,
    /// Whether the inscription is without effect today.
    pub cancelled: bool,
    /// Counts the changes of the record: annotations, and documents that became public or were
    /// withheld. The standing follows the calendar and makes no version.
    pub version: i32,
    /// When the record last changed.
    pub updated_at: DateTime<Utc>,
}

/// The licence of public records.
pub const LICENCE: &str = "CC-BY-4.0";
/// The body responsible for them.
pub const RESPONSIBLE_BODY: &str = "Secretaría de Relaciones Exteriores";
