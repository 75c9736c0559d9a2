//! The guide to a case: what is done, what is missing and why the law requires it. One table holds
//! the steps. What is missing comes from the procedure's own needs, so the guide never contradicts
//! the refusal of an action.

mod headlines;
mod reasons;
mod road;
mod states;
mod table;

use crate::agreements::{AgreementKind, CaseAction, Compliance, Level, Need, Seat, Stage};
use crate::refusal::BilingualText;
use crate::tenant::TenantId;
use chrono::{DateTime, Utc};
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

pub use reasons::{REASONS, Reason};
pub use road::{Known, Moved, guide};
pub use table::{STEPS, StepRow};

/// A step of the road, in its order.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = GuideStepKey)]
pub enum Step {
    /// What is to be concluded (iniciativa).
    Initiative,
    /// Whether a reported agreement is the owner's; shown for those only.
    Confirmation,
    /// With whom.
    Counterpart,
    /// The own powers it rests on.
    OwnPowers,
    /// The council's approval, of a municipality; not asked of a borough or a state.
    CouncilApproval,
    /// The other Mexican parties' confirmation.
    PartiesConfirmation,
    /// The text in its languages.
    Texts,
    /// That SRE is told of the negotiation.
    Announcement,
    /// That the text is sent for review.
    Submission,
    /// The state's review.
    StateReview,
    /// SRE's intake.
    Intake,
    /// SRE's legal review.
    LegalReview,
    /// SRE's opinion (dictamen).
    Opinion,
    /// The signature.
    Signature,
    /// The signed text, sent to SRE.
    SignedCopies,
    /// The inscription.
    Registry,
    /// What goes on after the inscription.
    AfterInscription,
    /// How the case ended before it, or rests; shown for those only.
    Closing,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, IntoStaticStr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = GuideStepState)]
pub enum StepState {
    /// Behind us.
    Done,
    /// To be taken now, and nothing is lacking for it.
    Current,
    /// Due, and something is lacking.
    Missing,
    /// Not yet due.
    Later,
    /// Not asked of this case.
    NotApplicable,
}

impl StepState {
    /// Whether somebody must act on it now.
    pub fn is_due(self) -> bool {
        matches!(self, Self::Current | Self::Missing)
    }
}

/// A law that asks for something, or that none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum Law {
    /// Law on the Conclusion of Treaties (Ley sobre la Celebración de Tratados).
    #[serde(rename = "LCT")]
    Lct,
    /// The Constitution (Constitución Política de los Estados Unidos Mexicanos).
    #[serde(rename = "CPEUM")]
    Cpeum,
    /// General Law on Transparency (Ley General de Transparencia, DOF 20 March 2025).
    #[serde(rename = "LGTAIP")]
    Lgtaip,
    /// No law: how it is done.
    #[serde(rename = "practice")]
    Practice,
}

/// Where it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LegalArticle {
    /// Which law, or `practice`.
    pub law: Law,
    /// The article with its fraction, such as `67-V-i`; none for practice.
    #[schema(value_type = Option<String>, example = "2-II")]
    pub article: Option<&'static str>,
}

/// Something that a step lacks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MissingNeed {
    /// Which need; the code of the refusal of these actions while it lasts.
    pub need: Need,
    /// Where in the record it is to be mended.
    #[schema(value_type = String, example = "/own_powers")]
    pub pointer: &'static str,
    /// What to do about it.
    pub text: BilingualText,
    /// Why it is asked.
    pub why: BilingualText,
    /// What asks it.
    pub basis: Vec<LegalArticle>,
    /// The actions that are refused while it is missing.
    pub actions: Vec<CaseAction>,
}

/// Somebody who has to act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GuideActor {
    /// The part in the case.
    pub seat: Seat,
    /// Which government.
    pub government_id: TenantId,
    /// Its name.
    pub name: String,
}

/// An operation to go on with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Link {
    /// The operation's id in the contract.
    #[schema(example = "update_agreement")]
    pub operation: String,
    /// The HTTP method.
    #[schema(example = "PATCH")]
    pub method: String,
    /// The path, filled in.
    #[schema(example = "/v1/agreements/01938a5c-7c00-7a00-8000-000000000001")]
    pub path: String,
}

impl Link {
    /// A link to an operation; the service adds method and path.
    pub fn to(operation: &str) -> Self {
        Self {
            operation: operation.to_owned(),
            ..Self::default()
        }
    }
}

/// A step as it stands in one case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GuideStep {
    /// Which step.
    pub step: Step,
    /// What it is called.
    pub title: BilingualText,
    /// How it stands.
    pub state: StepState,
    /// Since when it stands so, from the history; absent where nothing tells.
    pub since: Option<DateTime<Utc>>,
    /// Who has to act: now where it is due, and whose turn it will be where it is later.
    pub actors: Vec<GuideActor>,
    /// Why it is asked.
    pub why: BilingualText,
    /// What asks it.
    pub basis: Vec<LegalArticle>,
    /// What is lacking now; on the owner's side only.
    pub missing: Vec<MissingNeed>,
    /// What keeps a way aside closed (`escalate`, `change_text`, `regularize`): nothing has to be
    /// done about it to go on.
    pub conditions: Vec<MissingNeed>,
    /// Operations by which the caller can take or mend it, where it is the caller's turn.
    pub links: Vec<Link>,
}

/// An action that is open to the caller now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NextAction {
    /// Which action.
    pub action: CaseAction,
    /// How to take it.
    pub link: Link,
}

/// Whether the law's procedure was kept, and what of it is still to come.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComplianceStatus {
    /// The mark of the case.
    pub status: Compliance,
    /// The steps that a law asks for and that are not taken.
    pub missing: Vec<Step>,
}

/// The guide of one case, for one reader.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Guide {
    /// The case.
    pub agreement_id: Uuid,
    /// The lead government.
    pub owner: TenantId,
    /// How much of the case the caller reads; the guide tells no more.
    pub level: Level,
    /// What kind of instrument.
    pub kind: AgreementKind,
    /// Where the case stands, as far as the caller may know.
    pub stage: Stage,
    /// Where it stands and whose turn it is, in the caller's language.
    pub headline: String,
    /// Whether the law's procedure was kept.
    pub compliance: ComplianceStatus,
    /// The steps, in order.
    pub steps: Vec<GuideStep>,
    /// What the caller may do now.
    pub next_actions: Vec<NextAction>,
}

impl Guide {
    /// The steps on which somebody must act now.
    pub fn due(&self) -> impl Iterator<Item = &GuideStep> {
        self.steps.iter().filter(|step| step.state.is_due())
    }
}

#[cfg(test)]
mod tests;
