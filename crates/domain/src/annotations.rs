//! Annotations of the registry (anotaciones): events after the inscription of an agreement. The
//! inscription never changes. Annotations are numbered per inscription without gaps, are never
//! withdrawn, and each states its basis.

mod checks;
mod consolidation;
mod corrections;

pub use consolidation::{Consolidation, Successor};

use crate::agreements::{Renewal, Validity};
use crate::counterparts::CounterpartLevel;
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;
use uuid::Uuid;

/// One public field of an inscription that was wrong, as it stood and as it should have been.
/// `old` must be what the consolidated record says now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "field", rename_all = "snake_case", deny_unknown_fields)]
pub enum Correction {
    /// The name of the agreement.
    Title {
        /// As it stands.
        old: String,
        /// As it should be.
        #[schema(min_length = 1, max_length = 500)]
        new: String,
    },
    /// The themes.
    Themes {
        /// As they stand.
        old: Vec<String>,
        /// As they should be.
        new: Vec<String>,
    },
    /// The targets of the 2030 Agenda.
    SdgTargets {
        /// As they stand.
        old: Vec<String>,
        /// As they should be.
        new: Vec<String>,
    },
    /// The day of signature.
    SignedOn {
        /// As it stands.
        old: Option<LegalDate>,
        /// As it should be.
        new: Option<LegalDate>,
    },
    /// The place of signature.
    SignedPlace {
        /// As it stands.
        old: Option<String>,
        /// As it should be.
        #[schema(max_length = 300)]
        new: Option<String>,
    },
    /// The validity.
    Validity {
        /// As it stands.
        old: Option<Validity>,
        /// As it should be; absent where nobody knows it.
        new: Option<Validity>,
    },
    /// The name of a counterpart.
    CounterpartName {
        /// Which one, from 0.
        #[schema(minimum = 0, maximum = 99)]
        position: u32,
        /// As it stands.
        old: String,
        /// As it should be.
        #[schema(min_length = 1, max_length = 300)]
        new: String,
    },
    /// The country of a counterpart, ISO 3166-1 alpha-2.
    CounterpartCountry {
        /// Which one, from 0.
        #[schema(minimum = 0, maximum = 99)]
        position: u32,
        /// As it stands.
        old: Option<String>,
        /// As it should be.
        new: Option<String>,
    },
    /// The level of a counterpart.
    CounterpartLevel {
        /// Which one, from 0.
        #[schema(minimum = 0, maximum = 99)]
        position: u32,
        /// As it stands.
        old: CounterpartLevel,
        /// As it should be.
        new: CounterpartLevel,
    },
    /// The body of a Mexican party that signed.
    PartyBody {
        /// Which party, from 0.
        #[schema(minimum = 0, maximum = 99)]
        position: u32,
        /// As it stands.
        old: Option<String>,
        /// As it should be.
        #[schema(max_length = 300)]
        new: Option<String>,
    },
}

/// What an annotation says, by its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, IntoStaticStr, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[strum(serialize_all = "snake_case")]
pub enum AnnotationChanges {
    /// An error of the record (corrección). It counts as if it had never been there.
    Correction {
        /// The fields that were wrong.
        #[schema(min_items = 1, max_items = 20)]
        fields: Vec<Correction>,
    },
    /// The parties changed the agreement (modificación): its text, its validity, or both.
    Amendment {
        /// What changed in the text, in words; the text itself is the instrument.
        #[serde(default)]
        #[schema(max_length = 4000)]
        text: Option<String>,
        /// The validity from now on.
        #[serde(default)]
        validity: Option<Validity>,
    },
    /// The parties prolonged it (prórroga).
    Renewal {
        /// Its new last day; without one it is prolonged without end.
        #[serde(default)]
        ends_on: Option<LegalDate>,
        /// How it is prolonged after that.
        #[serde(default)]
        renewal: Renewal,
    },
    /// It ended before its time (terminación), for all parties or for one that leaves. The
    /// effective date is the first day on which it does not bind any more.
    Termination {
        /// The government that leaves; absent where it ends for all.
        #[serde(default)]
        government_id: Option<TenantId>,
        /// The number of the agreement that takes its place, where one does.
        #[serde(default)]
        superseded_by: Option<String>,
    },
    /// Another government or body took the place of a Mexican party (sucesión).
    Succession {
        /// The party.
        government_id: TenantId,
        /// The government that takes its place.
        #[serde(default)]
        successor_id: Option<TenantId>,
        /// The body that acts for it from now on.
        #[serde(default)]
        #[schema(max_length = 300)]
        body: Option<String>,
    },
    /// The parties suspended it (suspensión).
    Suspension {},
    /// It binds again (reanudación).
    Resumption {},
    /// The inscription is without effect (cancelación), by a ground of the law. It stays
    /// readable, and marked.
    Cancellation {
        /// Whether it was imported in error: there was nothing to inscribe. Written where an import
        /// is undone, never by the registrar.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        imported_in_error: bool,
    },
}

/// What the registrar writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "effective_on": "2026-12-31",
    "ground": "Acuerdo de las partes del 3 de noviembre de 2026.",
    "changes": {"kind": "correction", "fields": [{"field": "signed_place", "old": "Guadalajara", "new": "Guadalajara, Jalisco"}]}
}))]
pub struct AnnotationFields {
    /// From which day it holds; never before the signature.
    pub effective_on: LegalDate,
    /// The inscription that it rests on: an amendment, a renewal, a termination or an accession
    /// that relates to this one.
    #[serde(default)]
    pub instrument_number: Option<String>,
    /// The document of kind `annotation_instrument` that it rests on; it becomes public.
    #[serde(default)]
    pub document_id: Option<Uuid>,
    /// The ground in words. A cancellation must cite the law; a correction may do without an
    /// instrument where it says why.
    #[serde(default)]
    #[schema(max_length = 4000)]
    pub ground: Option<String>,
    /// What it says.
    pub changes: AnnotationChanges,
}

/// An annotation as it is read.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Annotation {
    /// The number of the inscription.
    #[schema(example = "2026-000001")]
    pub number: String,
    /// Which annotation of it, from 1; 0 in a dry run, which gives none.
    #[schema(minimum = 0)]
    pub ordinal: i32,
    /// From which day it holds.
    pub effective_on: LegalDate,
    /// The inscription that it rests on.
    pub instrument_number: Option<String>,
    /// The public document that it rests on.
    pub document_id: Option<Uuid>,
    /// The ground in words.
    pub ground: Option<String>,
    /// What it says.
    pub changes: AnnotationChanges,
    /// When it was made.
    pub annotated_at: DateTime<Utc>,
}
