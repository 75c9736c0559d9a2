//! The state of each step of one case, computed from its stage, its history and its unmet needs.

use super::headlines;
use super::reasons::unasked_basis;
use super::{
    ComplianceStatus, Guide, GuideActor, GuideStep, Law, Link, MissingNeed, NextAction, REASONS,
    STEPS, Step, StepRow, StepState,
};
use crate::agreements::{
    AgreementSummary, AvailableTransition, CaseAction, CaseConditions, InternalApproval, Need,
    PROCEDURE, Seat, Stage,
};
use crate::refusal::{BilingualText, Said};
use chrono::{DateTime, Utc};

/// One line of the history, as far as the reader may see it.
#[derive(Debug, Clone)]
pub struct Moved {
    /// What happened.
    pub action: String,
    /// The previous stage, if it changed.
    pub from: Option<Stage>,
    /// The new stage.
    pub to: Stage,
    /// When.
    pub at: DateTime<Utc>,
}

/// The input of the guide: only what the reader can also read elsewhere.
#[derive(Debug)]
pub struct Known {
    /// The case as it appears in the reader's lists.
    pub summary: AgreementSummary,
    /// All unmet needs of the case, for any action; for the owner's side only.
    pub conditions: Option<CaseConditions>,
    /// How many remarks and observations wait for the owner's answer; for the owner's side only.
    pub open_remarks: usize,
    /// What happened, oldest first.
    pub history: Vec<Moved>,
    /// When the case was opened, if the reader may know.
    pub opened_at: Option<DateTime<Utc>>,
    /// Whether the owner is a municipality or a borough, which has a state.
    pub municipal: bool,
    /// What the owner decides within itself.
    pub approval: InternalApproval,
    /// Whether a mechanism would route a submission through the state today, if relevant.
    pub routed: Option<bool>,
    /// Whether there are other Mexican parties.
    pub shared: bool,
    /// Whether it has been signed.
    pub signed: bool,
    /// Whether the opinion is requested after the signature.
    pub regularizing: bool,
    /// The lead, its state and the ministry.
    pub governments: Vec<GuideActor>,
    /// The other Mexican parties that have not confirmed yet.
    pub unconfirmed: Vec<GuideActor>,
    /// The reader's seats in the case.
    pub seats: Vec<Seat>,
    /// What the reader may do.
    pub available: Vec<AvailableTransition>,
}

/// Alternative actions: their needs do not have to be met to go on.
const ASIDE: [CaseAction; 3] = [
    CaseAction::Escalate,
    CaseAction::ChangeText,
    CaseAction::Regularize,
];

/// The guide of a case for one reader.
pub fn guide(known: &Known, spanish: bool) -> Guide {
    let lacking = known.lacking();
    let steps: Vec<GuideStep> = STEPS
        .iter()
        .map(|row| known.step(row, &lacking))
        .filter(|step| !is_exceptional(step.step) || step.state != StepState::NotApplicable)
        .collect();
    let asked = |step: &&GuideStep| {
        let open = step.state.is_due() || step.state == StepState::Later;
        let by_law = step.basis.iter().any(|basis| basis.law != Law::Practice);
        open && by_law && !matches!(step.step, Step::AfterInscription | Step::Closing)
    };
    let allowed = known.available.iter().filter(|line| line.allowed);
    Guide {
        agreement_id: known.summary.id,
        owner: known.summary.owner.clone(),
        level: known.summary.level,
        kind: known.summary.kind,
        stage: known.summary.stage,
        headline: headlines::of_case(&known.summary).pick(spanish).to_owned(),
        compliance: ComplianceStatus {
            status: known.summary.compliance,
            missing: steps.iter().filter(asked).map(|step| step.step).collect(),
        },
        next_actions: allowed
            .map(|line| NextAction {
                action: line.action,
                link: Link::to("transition_agreement"),
            })
            .collect(),
        steps,
    }
}

/// Steps that only some cases have.
fn is_exceptional(step: Step) -> bool {
    matches!(step, Step::Confirmation | Step::Closing)
}

/// A need with the actions that are refused while it is missing.
type Lacking = Vec<(Need, Vec<CaseAction>)>;

fn described(need: Need, said: &Said, actions: &[CaseAction]) -> MissingNeed {
    let reason = REASONS.iter().find(|reason| reason.need == need);
    MissingNeed {
        need,
        pointer: need.pointer(),
        text: said.into(),
        why: reason.map_or_else(BilingualText::default, |reason| (&reason.why).into()),
        basis: reason.map_or(Vec::new(), |reason| reason.basis.to_vec()),
        actions: actions.to_vec(),
    }
}

impl Known {
    /// The unmet needs for which the owner's actions in this stage would be refused.
    fn lacking(&self) -> Lacking {
        let Some(conditions) = &self.conditions else {
            return Vec::new();
        };
        let mut conditions = conditions.clone();
        if self.open_remarks > 0 {
            conditions.missing.push(Need::Answers);
        }
        let mut lacking = Lacking::new();
        let stage = self.summary.stage;
        let rules = PROCEDURE
            .iter()
            .filter(|rule| rule.seat == Seat::Owner && rule.from.contains(&stage));
        for rule in rules {
            for need in rule.lacking(&conditions) {
                match lacking.iter_mut().find(|(known, _)| *known == need) {
                    Some((_, actions)) => actions.push(rule.action),
                    None => lacking.push((need, vec![rule.action])),
                }
            }
        }
        lacking
    }

    /// The step of the current stage; for a returned case, the step that returned it.
    pub(super) fn current(&self) -> Option<Step> {
        let stage = self.summary.stage;
        let returned = self.history.iter().rev().find(|line| line.to == stage);
        let by_state = returned.and_then(|line| line.from) == Some(Stage::StateReview);
        match stage {
            Stage::Returned if by_state => Some(Step::StateReview),
            Stage::Returned => Some(Step::Intake),
            _ => STEPS
                .iter()
                .rev()
                .find(|row| row.stages.contains(&stage))
                .map(|row| row.step),
        }
    }

    /// The step that shows a need: the current step if it has the need.
    fn home_of(&self, need: Need) -> Option<Step> {
        let current = self.current();
        let mut leads = STEPS.iter().filter(|row| row.needs.contains(&need));
        let due = leads.clone().find(|row| Some(row.step) == current);
        due.or_else(|| leads.next()).map(|row| row.step).or(current)
    }

    fn step(&self, row: &StepRow, lacking: &Lacking) -> GuideStep {
        let (mut missing, mut conditions) = (Vec::new(), Vec::new());
        for (need, actions) in lacking {
            if self.home_of(*need) == Some(row.step) {
                let aside = actions.iter().all(|action| ASIDE.contains(action));
                let list = if aside { &mut conditions } else { &mut missing };
                // The same words as in the refusal.
                let said = self.conditions.as_ref().map(|known| known.said(*need));
                let said = said.unwrap_or_else(|| need.said());
                list.push(described(*need, &said, actions));
            }
        }
        let ready = lacking
            .iter()
            .all(|(_, actions)| !actions.contains(&CaseAction::Submit));
        let state = if missing.is_empty() {
            self.state(row, ready)
        } else {
            StepState::Missing
        };
        let actors = self.actors(row, state);
        // Where no council is asked, the step says why.
        let unasked = row.step == Step::CouncilApproval && !self.approval.is_asked();
        GuideStep {
            step: row.step,
            title: (&row.title).into(),
            state,
            since: self.since(row, state),
            why: if unasked {
                (&self.approval.why()).into()
            } else {
                (&row.why).into()
            },
            basis: if unasked {
                unasked_basis(self.approval).to_vec()
            } else {
                row.basis.to_vec()
            },
            missing,
            conditions,
            links: self.links(row, state, &actors),
            actors,
        }
    }

    /// When the case entered its current stage.
    fn stage_since(&self) -> Option<DateTime<Utc>> {
        let stage = self.summary.stage;
        let entered =
            |line: &&Moved| line.to == stage && line.from.is_some_and(|from| from != stage);
        let entry = self.history.iter().rev().find(entered);
        let first = || self.history.iter().find(|line| line.to == stage);
        entry.or_else(first).map(|line| line.at).or(self.opened_at)
    }

    fn since(&self, row: &StepRow, state: StepState) -> Option<DateTime<Utc>> {
        if state.is_due() {
            return self.stage_since();
        }
        if state != StepState::Done {
            return None;
        }
        let settles = |line: &&Moved| {
            row.done_by.iter().any(|action| {
                let name: &str = action.into();
                line.action == name
            })
        };
        self.history.iter().rev().find(settles).map(|line| line.at)
    }

    fn actors(&self, row: &StepRow, state: StepState) -> Vec<GuideActor> {
        let stage = self.summary.stage;
        if row.step == Step::PartiesConfirmation && state.is_due() {
            return self.unconfirmed.clone();
        }
        let at_stage = Some(row.step) == self.current() && stage != Stage::Draft;
        let seat = match state {
            StepState::Done | StepState::NotApplicable => return Vec::new(),
            StepState::Current | StepState::Missing if at_stage => stage.holder(),
            // Missing content of the draft, and an opinion requested after the signature, are the
            // owner's to provide.
            StepState::Missing => Seat::Owner,
            _ => row.seat,
        };
        let one = self.governments.iter().filter(|actor| actor.seat == seat);
        one.cloned().collect()
    }

    /// The operations that the reader may call, if the reader must act.
    fn links(&self, row: &StepRow, state: StepState, actors: &[GuideActor]) -> Vec<Link> {
        let mine = |actor: &GuideActor| {
            self.seats
                .iter()
                .any(|seat| seat.stands_for() == actor.seat)
        };
        if !state.is_due() || !actors.iter().any(mine) {
            return Vec::new();
        }
        let editable = self.summary.stage.is_editable();
        let acts = self.available.iter().any(|line| line.allowed);
        let open = |operation: &&&str| match **operation {
            "update_agreement" => editable,
            "transition_agreement" => acts,
            _ => true,
        };
        let operations = row.operations.iter().filter(open);
        operations.map(|operation| Link::to(operation)).collect()
    }
}
