//! Documents: files with a role in the case, kept byte for byte.

mod media;
mod names;
mod reasons;

pub use media::MediaType;
pub use names::stored_name;
pub use reasons::FileReason;

use crate::catalogs;
use crate::catalogs::Catalog;
pub use crate::classifications::Classification;
use crate::classifications::ClassificationFields;
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::Said;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use crate::wording;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a file is in the case.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DocumentKind {
    /// The negotiated text in one language.
    Text,
    /// The minutes of a council: of an ayuntamiento (acta de cabildo), or of a borough's concejo.
    CouncilMinutes,
    /// The approval of another party, or the decision of a borough's concejo.
    Approval,
    /// By which authority somebody signs: appointment, delegation, power.
    Authority,
    /// The note of the state that reviewed.
    StateNote,
    /// The foreign ministry's opinion (dictamen).
    Opinion,
    /// The signed text, an original or a certified copy.
    SignedCopy,
    /// Where a past agreement is documented.
    Source,
    /// What an annotation of the registry rests on: a notice, a decree, a signed act. Public.
    AnnotationInstrument,
    /// The letter in which a government without users asks another to carry its case.
    ReceivedLetter,
    /// Anything else that belongs to the case.
    Other,
}

impl DocumentKind {
    /// Its label in quotation marks, as a sentence names it.
    pub fn said(self) -> Said {
        catalogs::said(Catalog::DocumentKinds, self.into()).quoted()
    }
}

/// The labels of these kinds, as a sentence names them: «…» o «…».
pub fn kinds_said(kinds: &[&str]) -> Said {
    let kinds = kinds
        .iter()
        .map(|kind| catalogs::said(Catalog::DocumentKinds, kind).quoted());
    Said::one_of(&kinds.collect::<Vec<_>>())
}

/// Whether a file is the original or its version for the public.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Rendition {
    /// As it was made.
    #[default]
    Original,
    /// With what the law withholds left out (versión pública).
    PublicVersion,
}

/// The description of a file, sent with it.
#[derive(Debug, Clone)]
pub struct DocumentFields {
    /// What the file is.
    pub kind: DocumentKind,
    /// The language, of a text.
    pub language: Option<String>,
    /// Original or public version.
    pub rendition: Rendition,
    /// The transparency class.
    pub classification: Classification,
    /// The legal ground, where withheld.
    pub ground: Option<String>,
    /// The last day withheld, where known; a whole day.
    pub until: Option<String>,
    /// The withheld document of the case whose public version this is.
    pub public_version_of: Option<Uuid>,
    /// The type found from its bytes.
    pub media_type: MediaType,
    /// The name that the sender gave the file.
    pub file_name: String,
}

impl DocumentFields {
    /// Sets the type found from the bytes. The negotiated text is compared by clauses and signed as
    /// it is, so it must not be an image.
    pub fn found(&mut self, media_type: MediaType) -> Result<()> {
        if self.kind == DocumentKind::Text && media_type != MediaType::Pdf {
            return Err(FileReason::TextIsNoPdf.refuse());
        }
        self.media_type = media_type;
        self.file_name = stored_name(&self.file_name, media_type);
        Ok(())
    }

    /// Reports everything wrong with it.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        checks.text("/file", &self.file_name, 255);
        let until = self.until.as_deref().map(LegalDate::parse);
        if let Some(Err(_)) = &until {
            // A month or a year, which other dates may be, is no end of a reservation.
            checks.add("/until", "invalid_date", wording::common::day());
        } else {
            ClassificationFields {
                classification: self.classification,
                ground: self.ground.clone(),
                until: until.and_then(std::result::Result::ok),
            }
            .note(today, &mut checks);
        }
        if self.kind == DocumentKind::Text && self.language.is_none() {
            checks.add(
                "/language",
                "required",
                wording::documents::language_required(),
            );
        }
        if let Some(language) = &self.language {
            checks.key("/language", Catalog::Languages, language);
        }
        if self.public_version_of.is_some() && self.rendition != Rendition::PublicVersion {
            checks.add(
                "/rendition",
                "public_version",
                wording::documents::public_version(),
            );
        }
        checks.finish(Problem::ValidationFailed)
    }
}

/// A file of a case, without its bytes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Document {
    /// Its id.
    pub id: Uuid,
    /// The agreement it belongs to.
    pub agreement_id: Uuid,
    /// What it is.
    pub kind: DocumentKind,
    /// The language, of a text.
    pub language: Option<String>,
    /// Original or public version.
    pub rendition: Rendition,
    /// The transparency class, as last classified.
    pub classification: Classification,
    /// The legal ground, where withheld.
    pub ground: Option<String>,
    /// The last day withheld.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// The name that the sender gave it, with the ending of its type.
    pub file_name: String,
    /// `application/pdf`; of a scanned document also `image/jpeg` or `image/png`.
    pub media_type: String,
    /// The size in bytes.
    pub size: i64,
    /// The SHA-256 digest of the bytes, in hexadecimal.
    pub sha256: String,
    /// The government that sent it.
    pub acting_tenant: TenantId,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// The document that this is the version for the public of.
    pub public_version_of: Option<Uuid>,
}

/// Whether a text binds in its language or only explains.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Authenticity {
    /// Of equal legal value with the other authentic texts.
    Authentic,
    /// A translation without legal value of its own.
    Translation,
}
