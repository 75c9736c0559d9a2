//! Inter-institutional agreements (acuerdos interinstitucionales, LCT article 2-II): what an owner
//! drafts, the stages of a case, what each action needs, and what each viewer reads.

mod actions;
mod approvals;
mod available;
mod content;
mod content_checks;
mod intake;
mod likeness;
mod needs;
mod parties;
mod partner_names;
mod party_requests;
mod past;
mod past_corrections;
mod past_record;
mod powers;
mod procedure;
mod remarks;
mod request_checks;
mod requests;
mod seats;
mod stages;
mod transition;
mod views;

pub use actions::*;
pub use approvals::*;
pub use available::*;
pub use content::*;
pub use intake::*;
pub use likeness::{Likely, Likeness};
pub use needs::*;
pub use parties::*;
pub(crate) use partner_names::PartnerName;
pub use party_requests::*;
pub use past::*;
pub use past_corrections::*;
pub use past_record::*;
pub use powers::*;
pub use procedure::*;
pub use remarks::*;
pub(crate) use request_checks::check_past;
pub use requests::*;
pub use seats::*;
pub use stages::*;
pub use transition::*;
pub use views::*;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What kind of instrument it is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AgreementKind {
    /// A twinning of two territories (acuerdo de hermanamiento): registrable.
    Twinning,
    /// Cooperation on named themes (acuerdo de cooperación específica): registrable.
    SpecificCooperation,
    /// A text without commitments (carta de intención): on record only.
    StatementOfIntent,
    /// With another Mexican government: on record only.
    Domestic,
    /// With a private counterpart: on record only.
    PrivateContract,
}

impl AgreementKind {
    /// Whether it may get an opinion and an inscription.
    pub fn is_registrable(self) -> bool {
        matches!(self, Self::Twinning | Self::SpecificCooperation)
    }
}

/// How the instrument stands to an earlier one.
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
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Instrument {
    /// A first agreement.
    #[default]
    Original,
    /// Changes an earlier one.
    Amendment,
    /// Prolongs an earlier one.
    Renewal,
    /// Ends an earlier one.
    Termination,
    /// Joins an earlier one.
    Accession,
}

/// Whether the law's procedure was kept.
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
pub enum Compliance {
    /// The procedure is being followed.
    InProcess,
    /// It was followed to the opinion.
    Compliant,
    /// Signed without an opinion.
    NonCompliant,
    /// Nobody knows.
    Unknown,
}
