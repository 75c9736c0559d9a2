//! The guide of a case: made only from the same reads as its view.

use super::cases::{self, Access};
use super::conditions::{self, Asker};
use super::view;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, known};
use crate::schema::history;
use crate::stores::governments;
use crate::tx::ReadTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementView, FullView, InternalApproval, Level, PartyRole, Seat, Stage, SubmittedView,
};
use vinculo_domain::governments::Government;
use vinculo_domain::guide::{self, Guide, GuideActor, Known, Moved};
use vinculo_domain::{TenantId, Tier};

/// Who is guided: whoever reads more of a case than that it exists.
const GUIDED: [Seat; 4] = [Seat::Owner, Seat::Party, Seat::StateReviewer, Seat::Federal];
/// How many of the newest steps are read; the procedure has few rounds.
const STEPS: i64 = 400;

/// The guide of a case, for viewers who read more than the fact that it exists.
pub fn guide(tx: &mut ReadTx<'_>, agreement: Uuid, spanish: bool) -> Outcome<Guide> {
    let access = cases::look(tx, agreement)?;
    let asker = Asker::of_read(tx, agreement);
    let known = match view::assemble(tx.conn, &asker, access.clone())? {
        AgreementView::Summary(_) => return Err(tx.scope.not_seated(&GUIDED).into()),
        AgreementView::Submitted(view) => of_submitted(tx.conn, &access, *view)?,
        AgreementView::Full(view) => of_full(tx.conn, &asker, &access, *view)?,
    };
    Ok(guide::guide(&known, spanish))
}

/// The part that is the same at every level.
fn base(
    conn: &mut Conn,
    access: &Access,
    lead: Option<&Government>,
    view: vinculo_domain::agreements::AgreementSummary,
) -> Outcome<Known> {
    let signed = matches!(
        view.stage,
        Stage::Signed | Stage::PendingRegistration | Stage::Registered | Stage::Reported
    );
    Ok(Known {
        governments: governments_of(conn, lead)?,
        history: moves(conn, access)?,
        municipal: lead.is_some_and(|lead| lead.tier == Tier::Municipality),
        approval: lead.map_or(InternalApproval::Authority, InternalApproval::of),
        summary: view,
        conditions: None,
        open_remarks: 0,
        opened_at: None,
        routed: None,
        shared: false,
        signed,
        regularizing: false,
        unconfirmed: Vec::new(),
        seats: Vec::new(),
        available: Vec::new(),
    })
}

fn of_submitted(conn: &mut Conn, access: &Access, view: SubmittedView) -> Outcome<Known> {
    let lead = governments::find(conn, &access.owner())?;
    let base = base(conn, access, lead.as_ref(), view.summary)?;
    let parties = view.submission.map(|sent| sent.content.parties.len());
    Ok(Known {
        shared: parties.is_some_and(|parties| parties > 1),
        signed: base.signed || view.regularizing || view.signature.is_some(),
        regularizing: view.regularizing,
        seats: view.seats,
        available: view.available_transitions,
        ..base
    })
}

fn of_full(conn: &mut Conn, asker: &Asker<'_>, access: &Access, view: FullView) -> Outcome<Known> {
    let lead = governments::find(conn, &access.owner())?;
    let row = cases::head(conn, access)?;
    let conditions = conditions::of(conn, asker, &row)?;
    let state = lead
        .as_ref()
        .filter(|lead| lead.tier == Tier::Municipality && view.summary.stage == Stage::Draft)
        .and_then(|lead| lead.parent_id.clone());
    let routed = match state {
        Some(state) => {
            let owner = access.owner();
            let kind = view.draft.kind;
            Some(conditions::routes(conn, asker, &owner, &state, kind)?)
        }
        None => None,
    };
    let others = || {
        view.parties
            .iter()
            .filter(|one| one.standing.role != PartyRole::Lead)
    };
    let waiting = others().filter(|party| party.confirmed_at.is_none());
    let unconfirmed = waiting
        .map(|party| GuideActor {
            seat: Seat::Party,
            government_id: party.standing.government_id.clone(),
            name: party.standing.name.clone(),
        })
        .collect();
    let open = view.remarks.iter().filter(|remark| remark.answer.is_none());
    let open_remarks = open.count();
    let shared = others().next().is_some();
    let base = base(conn, access, lead.as_ref(), view.summary)?;
    Ok(Known {
        conditions: Some(conditions),
        open_remarks,
        opened_at: Some(view.created_at),
        routed,
        shared,
        signed: base.signed || view.regularizing || view.signature.is_some(),
        regularizing: view.regularizing,
        unconfirmed,
        seats: view.seats,
        available: view.available_transitions,
        ..base
    })
}

/// The lead, its state if it has one, and the ministry.
fn governments_of(conn: &mut Conn, lead: Option<&Government>) -> Outcome<Vec<GuideActor>> {
    let mut found = Vec::new();
    let actor = |seat, government: Government| GuideActor {
        seat,
        government_id: government.id,
        name: government.name,
    };
    let state = lead
        .filter(|lead| lead.tier == Tier::Municipality)
        .and_then(|lead| lead.parent_id.clone());
    found.extend(lead.cloned().map(|lead| actor(Seat::Owner, lead)));
    let others = [
        (Seat::StateReviewer, state),
        (Seat::Federal, Some(TenantId::sre())),
    ];
    for (seat, id) in others {
        if let Some(id) = id {
            let government = governments::find(conn, &id)?;
            found.extend(government.map(|government| actor(seat, government)));
        }
    }
    Ok(found)
}

/// The steps of the procedure that the reader may know of, oldest first: what the history shows to
/// everybody who follows the case.
fn moves(conn: &mut Conn, access: &Access) -> Outcome<Vec<Moved>> {
    type Columns = (String, Option<String>, String, NaiveDateTime);
    let mut query = history::table
        .filter(history::tenant_id.eq(access.owner_tenant.clone()))
        .filter(history::agreement_id.eq(access.agreement_id.clone()))
        .filter(history::shared.eq(true))
        .into_boxed::<MultiBackend>();
    if access.level()? != Level::Full {
        query = query.filter(history::version.le(access.step_limit()));
    }
    let mut rows: Vec<Columns> = query
        .order(history::version.desc())
        .limit(STEPS)
        .select((
            history::action,
            history::from_stage,
            history::to_stage,
            history::at,
        ))
        .load(conn)?;
    rows.reverse();
    let moved = |(action, from, to, at): Columns| {
        Ok(Moved {
            action,
            from: from.as_deref().map(known).transpose()?,
            to: known(&to)?,
            at: at.and_utc(),
        })
    };
    rows.into_iter().map(moved).collect()
}
