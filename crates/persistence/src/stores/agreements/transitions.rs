//! One action of the procedure, from the access check to the trail.

use super::cases::{Case, Row};
use super::conditions::Asker;
use super::effects::Move;
use super::history::HistoryLine;
use super::{abandonment, access, conditions, draft, effects, on_behalf, sharing};
use crate::conn::Conn;
use crate::dialect::Opened;
use crate::failure::{Outcome, known};
use crate::schema::{opinions, submissions};
use crate::stores::{counterparts, governments};
use crate::tx::WriteTx;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::borrow::Cow;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::agreements::{
    AgreementContent, AgreementKind, CaseAction, CaseConditions, Need, OpinionResult, PROCEDURE,
    Seat, Stage, Target, TransitionRequest, find_rule,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;
use vinculo_domain::{FieldError, Refusal, TenantId, Tier};

/// Takes an action on a case. Refusals come in the same order everywhere: no access 404, caller may
/// not take the action 403, repeated (its stored answer), changed meanwhile 412, wrong stage 409,
/// something wrong or missing 422.
pub fn transition(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    request: &TransitionRequest,
) -> Outcome<()> {
    let action = request.action();
    let mut case = Case::load(tx, agreement)?;
    let wanted: Vec<Seat> = PROCEDURE
        .iter()
        .filter(|rule| rule.action == action)
        .map(|rule| rule.seat)
        .collect();
    case.require_seat(tx.scope, &wanted)?;
    require_another_person(tx, &case, action)?;
    let from = case.access.stage()?;
    let found = find_rule(action, from, &case.seats);
    if let Ok(rule) = &found
        && !rule.is_for_roles(tx.scope.roles())
    {
        let refusal = tx.scope.forbidden_but_to(|role| rule.is_for_roles(&[role]));
        return Err(refusal.into());
    }
    tx.check_idempotency()?;
    case.require_version(version)?;
    let rule = found?;
    request.check(mexican_day(tx.now))?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let conditions = if rule.seat == Seat::Owner {
        let asker = Asker::of_write(tx, Opened::Case(agreement));
        conditions::of(tx.conn, &asker, &case.row)?
    } else {
        CaseConditions::default()
    };
    let for_owner = rule.seat == Seat::Owner && case.is_on_behalf();
    if for_owner && action != CaseAction::Withdraw {
        on_behalf::require_mandate(tx, &case.owner, content.kind)?;
    }
    if enters_the_law(action) {
        require_registrable(tx, &case, &content)?;
    }
    rule.require(&conditions)?;
    let (to, holder) = destination(tx, &case, rule.to, request, &content)?;
    case.step(tx, to)?;
    let way = Move {
        content: &content,
        from,
        holder,
    };
    let note_for = effects::apply(tx, &mut case, request, &way)?;
    access::refresh_all(tx, &case, &content)?;
    if action == CaseAction::Withdraw {
        access::refresh_all_told(tx, &case, &content)?;
    }
    match action {
        CaseAction::ReturnToOwner => sharing::stop_following(tx, &case, rule.seat)?,
        CaseAction::Confirm => sharing::stop_following(tx, &case, Seat::Reporter)?,
        _ => {}
    }
    let (name, from): (&'static str, &'static str) = (action.into(), from.into());
    let line = HistoryLine {
        action: action.into(),
        from_stage: Some(from.to_owned()),
        to_stage: case.row.stage.clone(),
        shared: action != CaseAction::Resume || abandonment::is_told(tx, &case)?,
        note: request.note().map(Cow::into_owned),
        note_for,
        on_behalf: for_owner,
        changes: Vec::new(),
    };
    case.note(tx, name, Some(line))?;
    sharing::hand_over(tx, &case)
}

/// The same person may not both submit and forward, or opine and register, one case, at whatever
/// government and in whatever round.
fn require_another_person(tx: &mut WriteTx<'_>, case: &Case, action: CaseAction) -> Outcome<()> {
    if is_same_person(tx.conn, tx.scope, &case.row, action)? {
        Err(tx.scope.another_person().into())
    } else {
        Ok(())
    }
}

/// The actions by which a case enters the law's procedure, or goes on to the registry without
/// having passed it.
fn enters_the_law(action: CaseAction) -> bool {
    matches!(
        action,
        CaseAction::Submit
            | CaseAction::Resubmit
            | CaseAction::ChangeText
            | CaseAction::Regularize
            | CaseAction::SendToRegistry
            | CaseAction::Register
    )
}

/// Whether the caller has already done something in this case that excludes taking `action`.
pub(super) fn is_same_person(
    conn: &mut Conn,
    scope: &Scope,
    row: &Row,
    action: CaseAction,
) -> Outcome<bool> {
    let Some(person) = scope.person().map(|id| id.to_string()) else {
        return Ok(false);
    };
    let found = match action {
        _ if faults::seeded("one person for both") => false,
        CaseAction::Forward => diesel::select(exists(
            submissions::table
                .filter(submissions::tenant_id.eq(&row.tenant_id))
                .filter(submissions::agreement_id.eq(&row.id))
                .filter(submissions::announcement.eq(false))
                .filter(submissions::person_id.eq(person)),
        ))
        .get_result(conn)?,
        CaseAction::Register => diesel::select(exists(
            opinions::table
                .filter(opinions::tenant_id.eq(&row.tenant_id))
                .filter(opinions::agreement_id.eq(&row.id))
                .filter(opinions::person_id.eq(person)),
        ))
        .get_result(conn)?,
        _ => false,
    };
    Ok(found)
}

/// The law's condition: the kind, and at least one counterpart that is a foreign government or an
/// international organisation.
fn require_registrable(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    if !content.kind.is_registrable() {
        return Err(lacking(Problem::KindNotRegistrable, Need::RegistrableKind).into());
    }
    let cards = counterparts::cards_of_case(tx.conn, &case.row.tenant_id, &case.row.id)?;
    if !cards.is_empty() && !cards.iter().any(|card| card.kind.is_registrable()) {
        let problem = Problem::CounterpartNotRegistrable;
        return Err(lacking(problem, Need::RegistrableCounterpart).into());
    }
    Ok(())
}

/// The problem, and which field of the record to correct.
fn lacking(problem: Problem, need: Need) -> Refusal {
    let said = need.said();
    Refusal {
        errors: vec![FieldError::new(need.pointer(), need.into(), said)],
        ..Refusal::new(problem)
    }
}

/// The next stage, and the government that will hold the case there.
fn destination(
    tx: &mut WriteTx<'_>,
    case: &Case,
    target: Target,
    request: &TransitionRequest,
    content: &AgreementContent,
) -> Outcome<(Stage, Option<TenantId>)> {
    let stage = match target {
        Target::To(stage) => stage,
        Target::Routed => match reviewing_state(tx, case, content.kind)? {
            Some(state) => return Ok((Stage::StateReview, Some(state))),
            None => Stage::FederalIntake,
        },
        Target::WhereReturned => known(
            case.row
                .returned_from
                .as_deref()
                .unwrap_or("federal_intake"),
        )?,
        Target::GivenUp | Target::ByOpinion if case.row.regularizing => Stage::Signed,
        Target::GivenUp => Stage::Withdrawn,
        Target::WhereLeft if case.row.returned_from.is_some() => Stage::Returned,
        Target::WhereLeft => Stage::Draft,
        Target::ByOpinion => match request {
            TransitionRequest::IssueOpinion {
                result: OpinionResult::Unfavorable,
                ..
            } => Stage::OpinionUnfavorable,
            _ => Stage::OpinionFavorable,
        },
    };
    let holder = match stage.holder() {
        Seat::Federal => Some(TenantId::sre()),
        Seat::StateReviewer => {
            governments::find(tx.conn, &case.owner)?.and_then(|lead| lead.parent_id)
        }
        _ => None,
    };
    Ok((stage, holder))
}

/// The lead's state, where the lead is a municipality and a mechanism routes this kind today.
fn reviewing_state(
    tx: &mut WriteTx<'_>,
    case: &Case,
    kind: AgreementKind,
) -> Outcome<Option<TenantId>> {
    let lead = governments::find(tx.conn, &case.owner)?
        .ok_or_else(|| Refusal::internal("a case without a government"))?;
    let Some(state) = lead
        .parent_id
        .filter(|_state| lead.tier == Tier::Municipality)
    else {
        return Ok(None);
    };
    // The state's users are the state's own data, so this runs in the state's context.
    let asker = Asker::of_write(tx, Opened::Case(case.id));
    let routed = conditions::routes(tx.conn, &asker, &case.owner, &state, kind)?;
    Ok(routed.then_some(state))
}
