//! What a signed-in person sees first at their government.

use super::records::ReadKind;
use super::{agreements, governments, mechanisms, offices, people, records};
use crate::dialect::{self, Opened};
use crate::failure::Outcome;
use crate::tx::ReadTx;
use std::cmp::Reverse;
use vinculo_auth::Reach;
use vinculo_domain::agreements::AgreementSummary;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::governments::Government;
use vinculo_domain::guide::{Guide, Link, Step};
use vinculo_domain::limits::{MAX_WORKSPACE_CASES, MAX_WORKSPACE_COUNT};
use vinculo_domain::urgencies::Priority;
use vinculo_domain::workspace::{DueStep, Routing, StageCount, WaitingCase, Workspace};
use vinculo_domain::{Refusal, Role, TenantId, Tier};

/// The workspace of the caller's government, with what waits for it or for one role of it; the
/// service adds the tools. Who reads no cases, such as an officer of a mission, finds the exchanges
/// alone.
pub fn get(
    tx: &mut ReadTx<'_>,
    (role, spanish): (Option<Role>, bool),
    kinds: &[ReadKind],
) -> Outcome<Workspace> {
    let me = tx.scope.tenant().clone();
    let government = governments::find(tx.conn, &me)?
        .ok_or_else(|| Refusal::internal("the caller's government is not in the catalogue"))?;
    let mut found = Workspace {
        waiting: Vec::new(),
        waiting_more: false,
        announced: Vec::new(),
        announced_more: false,
        exchanges: records::waiting(tx, kinds, role)?,
        stages: Vec::new(),
        routing: routing(tx, &government)?,
        notices: None,
        tools: Vec::new(),
        government,
    };
    if tx.scope.reach() > Reach::None {
        cases(tx, (role, spanish), &mut found)?;
        // After reading cases of others, the transaction returns to the caller's context.
        dialect::set_tenant_context(tx.conn, me.as_str(), me.as_str(), Opened::Nothing)?;
        found.stages = stages(tx)?;
    }
    Ok(found)
}

/// The cases that wait, and the negotiations that others announced.
fn cases(
    tx: &mut ReadTx<'_>,
    (role, spanish): (Option<Role>, bool),
    found: &mut Workspace,
) -> Outcome<()> {
    let shown = usize::try_from(MAX_WORKSPACE_CASES).unwrap_or(0);
    found.announced = agreements::announced(tx, MAX_WORKSPACE_CASES + 1)?;
    found.announced_more = found.announced.len() > shown;
    found.announced.truncate(shown);
    (found.waiting, found.waiting_more) = waiting(tx, role, spanish)?;
    Ok(())
}

fn stages(tx: &mut ReadTx<'_>) -> Outcome<Vec<StageCount>> {
    let counts = agreements::by_stage(tx, MAX_WORKSPACE_COUNT)?;
    let counts = counts.into_iter().map(|(stage, cases)| StageCount {
        stage,
        cases: cases.min(MAX_WORKSPACE_COUNT),
        more: cases > MAX_WORKSPACE_COUNT,
        list: Link::to("list_agreements"),
    });
    Ok(counts.collect())
}

fn waiting(
    tx: &mut ReadTx<'_>,
    role: Option<Role>,
    spanish: bool,
) -> Outcome<(Vec<WaitingCase>, bool)> {
    let shown = usize::try_from(MAX_WORKSPACE_CASES).unwrap_or(0);
    let mut found = agreements::held(tx, role, MAX_WORKSPACE_CASES + 1)?;
    let mut guided: Vec<(AgreementSummary, Guide)> = Vec::new();
    for summary in agreements::joined(tx, role, MAX_WORKSPACE_CASES)? {
        let guide = agreements::guide(tx, summary.id, spanish)?;
        if waits_for_party(&guide, tx.scope.tenant()) {
            guided.push((summary, guide));
        }
    }
    found.retain(|summary| guided.iter().all(|(known, _)| known.id != summary.id));
    let more = found.len() + guided.len() > shown;
    for summary in found.into_iter().take(shown) {
        let guide = agreements::guide(tx, summary.id, spanish)?;
        guided.push((summary, guide));
    }
    guided.sort_by_cached_key(|(summary, _)| pressing(summary));
    guided.truncate(shown);
    let people: Vec<String> = guided
        .iter()
        .filter_map(|(summary, _)| summary.assigned_to.map(|person| person.to_string()))
        .collect();
    let names = people::names(tx.conn, people.iter())?;
    let cases = guided.into_iter().map(|(summary, guide)| {
        let person = summary.assigned_to.map(|person| person.to_string());
        let assignee = person.and_then(|person| names.get(&person).cloned());
        waiting_case(summary, assignee, &guide)
    });
    Ok((cases.collect(), more))
}

/// The place of a case in the list: urgent before normal, then by due date, then the latest change.
fn pressing(summary: &AgreementSummary) -> impl Ord + use<> {
    let due = summary.due_on.as_ref().map(|day| day.as_str().to_owned());
    (
        summary.priority != Priority::Urgent,
        (due.is_none(), due),
        Reverse((summary.updated_at, summary.id)),
    )
}

fn waits_for_party(guide: &Guide, me: &TenantId) -> bool {
    guide.due().any(|step| {
        step.step == Step::PartiesConfirmation
            && step.actors.iter().any(|actor| actor.government_id == *me)
    })
}

fn waiting_case(summary: AgreementSummary, assignee: Option<String>, guide: &Guide) -> WaitingCase {
    let due = guide.due().map(|step| DueStep {
        step: step.step,
        state: step.state,
        missing: step.missing.iter().map(|missing| missing.need).collect(),
        actors: step.actors.clone(),
    });
    WaitingCase {
        assignee,
        due: due.collect(),
        guide: Link::to("get_agreement_guide"),
        summary,
    }
}

/// The state's current mechanisms and offices, which route a municipality's submissions.
fn routing(tx: &mut ReadTx<'_>, government: &Government) -> Outcome<Option<Routing>> {
    let state = match government.tier {
        Tier::State => Some(government.clone()),
        Tier::Municipality => match &government.parent_id {
            Some(parent) => governments::find(tx.conn, parent)?,
            None => None,
        },
        _ => None,
    };
    let Some(state) = state else { return Ok(None) };
    let today = mexican_day(tx.now);
    Ok(Some(Routing {
        mechanisms: mechanisms::in_force(tx.conn, &state.id, today)?,
        offices: offices::standing(tx.conn, &state.id, today)?,
        state,
    }))
}
