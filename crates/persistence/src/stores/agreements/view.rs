//! A case as its viewer reads it: one struct for each level.

use super::cases::{self, Access, Row};
use super::conditions::Asker;
use super::lines::Kept;
use super::transitions::is_same_person;
use super::{
    conditions, draft, on_behalf, opinions, parties, remarks, signatures, submissions,
    text_comparison, texts, urgencies,
};
use crate::conn::Conn;
use crate::dialect::{self, Opened};
use crate::failure::{Outcome, id};
use crate::stores::governments::PUBLIC;
use crate::stores::{consolidations, counterparts};
use crate::tx::{ReadTx, WriteTx};
use uuid::Uuid;
use vinculo_auth::{Action, Scope};
use vinculo_domain::agreements::{
    AgreementView, AnnouncedView, AvailableTransition, CaseAction, CaseConditions, FullView, Level,
    Obstacle, OutOfScope, PartyRole, PartyStanding, Seat, Stage, SubmittedView, TransitionReason,
    available_transitions, find_rule,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::faults;
use vinculo_domain::inscriptions::Inscription;

/// A case, as far as the caller sees it.
pub fn get(tx: &mut ReadTx<'_>, agreement: Uuid) -> Outcome<AgreementView> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    let kept = kept(tx.conn, tx.scope, &access)?;
    tx.look_at(&access.owner(), agreement)?;
    let asker = Asker::of_read(tx, agreement);
    assemble(tx.conn, &asker, access).map(|view| with(view, kept))
}

/// The same, inside the transaction that has just changed it.
pub fn view(tx: &mut WriteTx<'_>, agreement: Uuid) -> Outcome<AgreementView> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    let home = tx.scope.tenant().clone();
    tx.act_for(&home, Opened::Nothing)?;
    let kept = kept(tx.conn, tx.scope, &access)?;
    tx.act_for(&access.owner(), Opened::Shown(agreement))?;
    let asker = Asker::of_write(tx, Opened::Shown(agreement));
    assemble(tx.conn, &asker, access).map(|view| with(view, kept))
}

/// What the caller's government keeps of the case for itself: read in its own context, before that
/// of the owner.
fn kept(conn: &mut Conn, scope: &Scope, access: &Access) -> Outcome<Kept> {
    let case = std::slice::from_ref(&access.agreement_id);
    Kept::of(conn, scope.tenant(), case)
}

fn with(mut view: AgreementView, mut kept: Kept) -> AgreementView {
    kept.add_to(view.summary_mut());
    view
}

pub(super) fn assemble(
    conn: &mut Conn,
    asker: &Asker<'_>,
    mut access: Access,
) -> Outcome<AgreementView> {
    let seats = cases::seats(conn, &access)?;
    if faults::seeded("version of the head") {
        access.version = cases::head(conn, &access)?.version;
    }
    shown(conn, asker, access, seats)
}

/// The case in the shape of the caller's level.
fn shown(
    conn: &mut Conn,
    asker: &Asker<'_>,
    access: Access,
    seats: Vec<Seat>,
) -> Outcome<AgreementView> {
    match access.level()? {
        Level::Submitted if faults::seeded("reviewers see all") => Ok(AgreementView::Full(
            Box::new(full(conn, asker, access, seats)?),
        )),
        Level::Summary => Ok(AgreementView::Summary(Box::new(announced(conn, access)?))),
        Level::Submitted => Ok(AgreementView::Submitted(Box::new(submitted(
            conn, asker, access, seats,
        )?))),
        Level::Full => Ok(AgreementView::Full(Box::new(full(
            conn, asker, access, seats,
        )?))),
    }
}

/// What was announced; nothing else is read.
fn announced(conn: &mut Conn, access: Access) -> Outcome<AnnouncedView> {
    let case = id(&access.agreement_id)?;
    let told = submissions::newest_for(conn, &access.viewer_tenant, case)?;
    let told = told.map(|sent| sent.content);
    Ok(AnnouncedView {
        themes: told
            .as_ref()
            .map(|content| content.themes.clone())
            .unwrap_or_default(),
        planned_signing_on: told.and_then(|content| content.planned_signing_on),
        summary: access.summary()?,
    })
}

fn transitions(
    conn: &mut Conn,
    asker: &Asker<'_>,
    row: &Row,
    access: &Access,
    seats: &[Seat],
    conditions: &CaseConditions,
) -> Outcome<Vec<AvailableTransition>> {
    let scope = asker.scope;
    let roles = scope.roles();
    let unmandated = seats.contains(&Seat::Agent) && {
        let kind = draft::read(conn, &row.tenant_id, &row.id)?.kind;
        !on_behalf::has_mandate(conn, scope, asker.today(), &access.owner(), kind)?
    };
    let mut lines = available_transitions(access.stage()?, seats, roles, conditions, |action| {
        scope.permits(Action::Case(action))
    });
    for line in lines.iter_mut().filter(|line| line.allowed) {
        // As a reviewer it still acts; for the owner it may only give the case up.
        let stage = access.stage()?;
        let for_owner =
            find_rule(line.action, stage, seats).is_ok_and(|rule| rule.seat == Seat::Owner);
        if unmandated && for_owner && line.action != CaseAction::Withdraw {
            line.allowed = false;
            line.reasons
                .push(TransitionReason::Obstacle(Obstacle::Mandate));
            continue;
        }
        if is_same_person(conn, scope, row, line.action)? {
            line.allowed = false;
            let same = Obstacle::SeparationOfDuties;
            line.reasons.push(TransitionReason::Obstacle(same));
        }
    }
    Ok(lines)
}

fn scope_finding(row: &Row) -> Outcome<Option<OutOfScope>> {
    let text = row.out_of_scope.as_deref();
    Ok(text.map(serde_json::from_str).transpose()?)
}

/// The lead among the parties.
fn lead_of<'a>(parties: impl IntoIterator<Item = &'a PartyStanding>) -> Option<&'a PartyStanding> {
    let mut all = parties.into_iter();
    all.find(|party| party.role == PartyRole::Lead)
}

/// Whether an agreement in this stage is usually not signed yet. If a reviewer was sent the
/// signature anyway, its opinion was asked for after signing. The head of the case cannot be used:
/// it would tell the reviewer what it may no longer know.
fn is_before_signature(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::FederalIntake
            | Stage::LegalReview
            | Stage::Observed
            | Stage::Returned
            | Stage::OutOfScope
    )
}

/// What was submitted to a reviewer, and the reviewer's own work on it; nothing else is read.
fn submitted(
    conn: &mut Conn,
    asker: &Asker<'_>,
    access: Access,
    seats: Vec<Seat>,
) -> Outcome<SubmittedView> {
    let row = cases::head(conn, &access)?;
    let federal = seats.contains(&Seat::Federal);
    let reported = seats.contains(&Seat::Reporter);
    let opinions = if federal {
        opinions::of(conn, &row)?
    } else {
        Vec::new()
    };
    let signed = submissions::signature_sent_to(conn, &access.viewer_tenant, &row.id)?;
    let conditions = CaseConditions::default();
    let available = transitions(conn, asker, &row, &access, &seats, &conditions)?;
    let found = scope_finding(&row)?;
    // Whoever stopped following the case before does not learn here that it was inscribed.
    let inscribed = access.stage()? == Stage::Registered;
    let submission = submissions::newest_for(conn, &access.viewer_tenant, id(&row.id)?)?;
    let lead = submission.as_ref().and_then(|sent| lead_of(&sent.parties));
    Ok(SubmittedView {
        council_two_thirds_met: lead.and_then(|lead| lead.two_thirds_met),
        council_two_thirds_needed: lead.and_then(|lead| lead.two_thirds_needed),
        powers_not_held: match &submission {
            Some(sent) => parties::powers_not_held(conn, &sent.content)?,
            None => Vec::new(),
        },
        submission,
        file_number: row.file_number.clone().filter(|_number| federal),
        remarks: remarks::seen(conn, &access)?,
        opinion: opinions.first().cloned(),
        opinions,
        signature: if signed || reported {
            let doubts = federal && cases::follows(conn, &access)?;
            signatures::sent(conn, &row, doubts)?
        } else {
            None
        },
        signed_text_differs: if signed && federal {
            text_comparison::signed_text_differs(conn, &access)?
        } else {
            None
        },
        inscription: row.inscription.filter(|_number| inscribed),
        out_of_scope: found.filter(|_finding| federal),
        regularizing: signed && is_before_signature(access.stage()?),
        dispute: row.dispute.filter(|_dispute| reported),
        source: row.source.filter(|_source| federal || reported),
        quality_flags: if federal || reported {
            serde_json::from_str(&row.quality_flags)?
        } else {
            Vec::new()
        },
        urgency: urgencies::seen(conn, &access)?,
        available_transitions: available,
        seats,
        summary: access.summary()?,
    })
}

/// The inscription of a case as anybody reads it, which takes the context of nobody in particular.
fn consolidated(conn: &mut Conn, asker: &Asker<'_>, row: &Row) -> Outcome<Option<Inscription>> {
    let Some(number) = &row.inscription else {
        return Ok(None);
    };
    dialect::set_tenant_context(conn, PUBLIC, PUBLIC, Opened::Nothing)?;
    let found = consolidations::shown(conn, number, mexican_day(asker.believed))?;
    let actor = asker.scope.tenant().as_str();
    dialect::set_tenant_context(conn, &row.tenant_id, actor, asker.opened)?;
    Ok(Some(found))
}

pub(super) fn full(
    conn: &mut Conn,
    asker: &Asker<'_>,
    access: Access,
    seats: Vec<Seat>,
) -> Outcome<FullView> {
    let row = cases::head(conn, &access)?;
    let conditions = conditions::of(conn, asker, &row)?;
    let draft = draft::read(conn, &row.tenant_id, &row.id)?;
    let available = transitions(conn, asker, &row, &access, &seats, &conditions)?;
    let opinions = opinions::of(conn, &row)?;
    let signature = signatures::of(conn, &row)?;
    let parties = parties::views(conn, &row, &draft, signature.as_ref())?;
    let lead = lead_of(parties.iter().map(|party| &party.standing));
    Ok(FullView {
        out_of_scope: scope_finding(&row)?,
        regularizing: row.regularizing,
        regularized_at: row.regularized_at.map(|at| at.and_utc()),
        dispute: row.dispute.clone(),
        counterparts: counterparts::cards_of_case(conn, &row.tenant_id, &row.id)?,
        text_set: texts::newest(conn, &row.tenant_id, &row.id)?.map(|set| set.number),
        council_two_thirds_met: lead.and_then(|lead| lead.two_thirds_met),
        council_two_thirds_needed: lead.and_then(|lead| lead.two_thirds_needed),
        powers_not_held: parties::powers_not_held(conn, &draft)?,
        parties,
        draft,
        submission: submissions::newest(conn, &row.tenant_id, &row.id)?,
        remarks: remarks::seen(conn, &access)?,
        opinion: opinions.first().cloned(),
        opinions,
        signature,
        signed_text_differs: text_comparison::signed_text_differs(conn, &access)?,
        consolidated: consolidated(conn, asker, &row)?,
        file_number: row.file_number,
        inscription: row.inscription,
        source: row.source,
        quality_flags: serde_json::from_str(&row.quality_flags)?,
        created_at: row.created_at.and_utc(),
        urgency: urgencies::seen(conn, &access)?,
        available_transitions: available,
        seats,
        summary: access.summary()?,
    })
}
