//! The workspace of a government: the cases that wait for it and the operations that it may use.
//! Designed for municipal governments first.

use crate::agreements::{AgreementSummary, Need, Stage};
use crate::governments::Government;
use crate::guide::{GuideActor, Link, Step, StepState};
use crate::mechanisms::{Mechanism, Office};
use crate::records::ExchangeLine;
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

/// What governments ask of each other and have not finished, of the kinds that the caller reads: in
/// each list what is due first, then what has waited longest; 20 at most.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Exchanges {
    /// Those in which it is the government's turn: to answer, or to close what was answered.
    pub waiting: Vec<ExchangeLine>,
    /// Whether more wait.
    pub waiting_more: bool,
    /// Those in which the government waits for the other side.
    pub awaited: Vec<ExchangeLine>,
    /// Whether there are more.
    pub awaited_more: bool,
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
    /// What it is asked, and what it asked of others. With `role`, of what waits for the government
    /// only what that role may do.
    pub exchanges: Exchanges,
    /// The cases in sight by stage; stages without any are left out.
    pub stages: Vec<StageCount>,
    /// The designated office of its state; absent for federal bodies and observers.
    pub routing: Option<Routing>,
    /// Notices of what is due, where the service has them.
    pub notices: Option<Link>,
    /// The operations that the caller's roles hold here.
    pub tools: Vec<Link>,
}
