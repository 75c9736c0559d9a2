//! The views of a case, one struct for each level of access. No view is made by filtering another.

mod signature;
mod summary;

use super::{
    AgreementContent, AvailableTransition, OpinionResult, OutOfScope, PartyStanding, PartyView,
    RemarkView, Seat,
};
use crate::counterparts::CounterpartCard;
use crate::imports::QualityFlag;
use crate::inscriptions::Inscription;
use crate::legal_bases::LegalBasis;
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use crate::urgencies::Urgency;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

pub use signature::{SignatoryFlag, SignatoryView, SignatureView};
pub use summary::{AgreementLine, AgreementSummary, AnnouncedView, PartyCard};

/// How much of a case a viewer reads.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Level {
    /// The line of a list.
    Summary,
    /// What was submitted to the viewer.
    Submitted,
    /// Everything, the draft included: the owner and the other parties.
    Full,
}

/// An immutable snapshot of what was sent (envío).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubmissionView {
    /// Its id.
    pub id: Uuid,
    /// Which one it is, from 1.
    pub number: i32,
    /// To whom it was sent.
    pub sent_to: TenantId,
    /// What was sent.
    pub content: AgreementContent,
    /// The counterparts as they stood then.
    pub counterparts: Vec<CounterpartCard>,
    /// The version of the texts.
    pub text_set: Option<i32>,
    /// The Mexican parties as they stood then, each with its body and its approval; empty where
    /// it was sent before they were kept.
    pub parties: Vec<PartyStanding>,
    /// When.
    pub submitted_at: DateTime<Utc>,
}

/// The foreign ministry's opinion (dictamen de procedencia, LCT article 7).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpinionView {
    /// Its id.
    pub id: Uuid,
    /// What it says.
    pub result: OpinionResult,
    /// The number of the official letter.
    pub number: String,
    /// Its date.
    pub issued_on: LegalDate,
    /// The last day on which it allows the signature, where it lapses.
    pub valid_until: Option<LegalDate>,
    /// Whether a later text was sent for review since, or another opinion given.
    pub superseded: bool,
    /// The document.
    pub document_id: Uuid,
    /// Of which submission.
    pub submission: i32,
    /// The law in force on its date; absent where the date leaves the version open.
    pub legal_basis: Option<LegalBasis>,
}

/// What a reviewer reads: what was submitted to it, and what it made of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AgreementSubmitted)]
pub struct SubmittedView {
    /// The case.
    #[serde(flatten)]
    pub summary: AgreementSummary,
    /// The caller's parts in the case.
    pub seats: Vec<Seat>,
    /// The file number at SRE.
    pub file_number: Option<String>,
    /// The newest submission that the caller was sent.
    pub submission: Option<SubmissionView>,
    /// Whether two thirds of the lead's council voted for it, where its vote was sent.
    pub council_two_thirds_met: Option<bool>,
    /// Whether the law may ask for them, because the agreement outlives the term of the lead's
    /// council; as it stood when it was sent.
    pub council_two_thirds_needed: Option<bool>,
    /// Of the own powers that were sent, those that no signing party has by its order of government:
    /// a power of states named by a municipality alone (LCT article 2-II). Flagged, not refused.
    pub powers_not_held: Vec<String>,
    /// The remarks that the caller made.
    pub remarks: Vec<RemarkView>,
    /// The opinion, to those who may read it.
    pub opinion: Option<OpinionView>,
    /// The opinions of all rounds, newest first, the last 50.
    pub opinions: Vec<OpinionView>,
    /// Why the law on treaties does not apply, where SRE has found so.
    pub out_of_scope: Option<OutOfScope>,
    /// Whether the opinion is asked for after the signature.
    pub regularizing: bool,
    /// What the owner says is wrong, to whoever reported the agreement.
    pub dispute: Option<String>,
    /// The signature, once it was sent for registration.
    pub signature: Option<SignatureView>,
    /// The number in the registry, to whoever followed the case until it was inscribed.
    pub inscription: Option<String>,
    /// Where a past agreement is documented; to the ministry, which recorded it.
    pub source: Option<String>,
    /// What is doubtful about a past agreement; to the ministry, which recorded it.
    pub quality_flags: Vec<QualityFlag>,
    /// Whether the signed text that was sent differs from the one that the opinion was given on,
    /// in a language that binds; to the ministry, where both came with their clauses.
    pub signed_text_differs: Option<bool>,
    /// What the owner last said of the urgency.
    pub urgency: Option<Urgency>,
    /// What the caller may do now, and for the rest why not.
    pub available_transitions: Vec<AvailableTransition>,
}

/// What the owner and the other parties read.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AgreementFull)]
pub struct FullView {
    /// The case.
    #[serde(flatten)]
    pub summary: AgreementSummary,
    /// The caller's parts in the case.
    pub seats: Vec<Seat>,
    /// The working content.
    pub draft: AgreementContent,
    /// The Mexican parties and their confirmations.
    pub parties: Vec<PartyView>,
    /// The counterparts.
    pub counterparts: Vec<CounterpartCard>,
    /// The newest version of the texts.
    pub text_set: Option<i32>,
    /// Whether two thirds of the council voted for it, where its vote is known.
    pub council_two_thirds_met: Option<bool>,
    /// Whether the law may ask for them, because the agreement outlives the term of the lead's
    /// council (CPEUM article 115-II-b); flagged, never demanded.
    pub council_two_thirds_needed: Option<bool>,
    /// Of the own powers named, those that no signing party has by its order of government: a power
    /// of states named by a municipality alone (LCT article 2-II). Flagged, not refused.
    pub powers_not_held: Vec<String>,
    /// The file number at SRE.
    pub file_number: Option<String>,
    /// The newest submission.
    pub submission: Option<SubmissionView>,
    /// The remarks and observations of everybody.
    pub remarks: Vec<RemarkView>,
    /// The opinion.
    pub opinion: Option<OpinionView>,
    /// The opinions of all rounds, newest first, the last 50.
    pub opinions: Vec<OpinionView>,
    /// Why the law on treaties does not apply, where SRE has found so.
    pub out_of_scope: Option<OutOfScope>,
    /// Whether the opinion is asked for after the signature.
    pub regularizing: bool,
    /// When an opinion regularised what had been signed without one.
    pub regularized_at: Option<DateTime<Utc>>,
    /// What the owner says is wrong about a reported agreement.
    pub dispute: Option<String>,
    /// The signature.
    pub signature: Option<SignatureView>,
    /// The number in the registry.
    pub inscription: Option<String>,
    /// Its inscription with the annotations applied (forma consolidada), as the registry shows it;
    /// absent until it is inscribed.
    pub consolidated: Option<Inscription>,
    /// Where a past agreement is documented.
    pub source: Option<String>,
    /// What is doubtful about it.
    pub quality_flags: Vec<QualityFlag>,
    /// Whether the signed text differs from the one that the opinion was given on, in a language
    /// that binds; unknown unless both came with their clauses.
    pub signed_text_differs: Option<bool>,
    /// What the owner last said of the urgency.
    pub urgency: Option<Urgency>,
    /// When the case was opened.
    pub created_at: DateTime<Utc>,
    /// What the caller may do now, and for the rest why not.
    pub available_transitions: Vec<AvailableTransition>,
}

/// A case as the caller may read it; `level` tells which.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Agreement)]
#[serde(untagged)]
pub enum AgreementView {
    /// The owner or another party.
    Full(Box<FullView>),
    /// A reviewer.
    Submitted(Box<SubmittedView>),
    /// Somebody who was told that the case exists.
    Summary(Box<AnnouncedView>),
}

impl AgreementView {
    /// The summary common to all levels.
    pub fn summary(&self) -> &AgreementSummary {
        match self {
            Self::Full(view) => &view.summary,
            Self::Submitted(view) => &view.summary,
            Self::Summary(view) => &view.summary,
        }
    }

    /// The same summary, mutable.
    pub fn summary_mut(&mut self) -> &mut AgreementSummary {
        match self {
            Self::Full(view) => &mut view.summary,
            Self::Submitted(view) => &mut view.summary,
            Self::Summary(view) => &mut view.summary,
        }
    }
}
