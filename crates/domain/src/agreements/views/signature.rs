//! A signature as recorded, with doubts about its signatories.

use crate::agreements::{Originals, Signatory};
use crate::legal_date::LegalDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

/// What is doubtful about a signatory.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SignatoryFlag {
    /// Is not the head of the administration in force that day, and no document says by which
    /// authority the person signed. Only where that administration and its head are on file.
    AuthorityMissing,
}

/// Who signed, as recorded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SignatoryView {
    /// What was recorded.
    #[serde(flatten)]
    pub signatory: Signatory,
    /// What is doubtful about it; nothing is refused for it. Shown on the owner's side, and to the
    /// ministry while it follows the case.
    pub flags: Vec<SignatoryFlag>,
}

/// The signature as recorded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SignatureView {
    /// The day.
    pub signed_on: LegalDate,
    /// The place.
    pub place: Option<String>,
    /// Who signed.
    pub signatories: Vec<SignatoryView>,
    /// The originals.
    pub originals: Vec<Originals>,
}
