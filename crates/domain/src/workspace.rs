//! The workspace of a government: the cases that wait for it and the operations that it may use.
//! Designed for municipal governments first.

use crate::agreements::{AgreementSummary, Need, Stage};
use crate::governments::Government;
use crate::guide::{GuideActor, Link, Step, StepState};
use crate::mechanisms::{Mechanism, Office};
use serde::Serialize;
use utoipa::ToSchema;

/// A step that is due in a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DueStep {
    /// Which step.
    pub step: Step,
    /// How it stands.
    pub state: StepState,
    /// What it lacks.
    pub missing: Vec<Need>,
    /// Whose turn it is.
    pub actors: Vec<GuideActor>,
}

/// A case that waits for the caller's government. `assigned_to` says who has it there, `due_on` and
/// `priority` how pressing it is, `waiting_for` and the steps whose turn it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WaitingCase {
    /// The case.
    #[serde(flatten)]
    pub summary: AgreementSummary,
    /// The name of the person who has it in your government.
    pub assignee: Option<String>,
    /// What is due in it.
    pub due: Vec<DueStep>,
    /// Its guide.
    pub guide: Link,
}

/// How many cases in sight are in a stage.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StageCount {
    /// The stage.
    pub stage: Stage,
    /// How many; counted up to 1,000.
    #[schema(minimum = 0, maximum = 1000)]
    pub cases: i64,
    /// Whether there are more.
    pub more: bool,
    /// The full list.
    pub list: Link,
}

/// By which way the government's submissions go today.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Routing {
    /// The state: the municipality's, or itself.
    pub state: Government,
    /// Its mechanisms in force today.
    pub mechanisms: Vec<Mechanism>,
    /// Its designated offices today.
    pub offices: Vec<Office>,
}

/// What a signed-in person finds at its government.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Workspace {
    /// The government.
    pub government: Government,
    /// The cases that wait for it, or for the role asked for: what is urgent first, then what is due
    /// first, then what changed last; 20 at most.
    pub waiting: Vec<WaitingCase>,
    /// Whether more wait.
    pub waiting_more: bool,
    /// The negotiations that others announced to it (LCT article 7) and have not sent yet, the
    /// latest first; 20 at most.
    pub announced: Vec<AgreementSummary>,
    /// Whether there are more.
    pub announced_more: bool,
    /// The cases in sight by stage; stages without any are left out.
    pub stages: Vec<StageCount>,
    /// The designated office of its state; absent for federal bodies and observers.
    pub routing: Option<Routing>,
    /// Notices of what is due, where the service has them.
    pub notices: Option<Link>,
    /// The operations that the caller's roles hold here.
    pub tools: Vec<Link>,
}
