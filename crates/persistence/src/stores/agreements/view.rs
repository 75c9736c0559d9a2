//! A case as its viewer reads it: one struct for each level.

use super::cases::{self, Row, Sight};
use super::transitions::is_same_person;
use super::{
    assignments, draft, effects, facts, parties, remarks, signatures, submissions, texts, urgencies,
};
use crate::conn::Conn;
use crate::dialect::Opened;
use crate::failure::{Outcome, id};
use crate::stores::counterparts;
use crate::tx::{ReadTx, WriteTx};
use uuid::Uuid;
use vinculo_auth::{Action, Scope};
use vinculo_domain::agreements::{
    AgreementView, AvailableTransition, CaseFacts, FullView, Level, Seat, SubmittedView,
    available_transitions,
};
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;

/// A case, as far as the caller sees it.
pub fn get(tx: &mut ReadTx<'_>, agreement: Uuid) -> Outcome<AgreementView> {
    let sight = cases::look(tx, agreement)?;
    assemble(tx.conn, tx.scope, sight)
}

/// The same, inside the transaction that has just changed it.
pub fn view(tx: &mut WriteTx<'_>, agreement: Uuid) -> Outcome<AgreementView> {
    let sight = Sight::of(tx.conn, tx.scope, agreement)?;
    tx.act_for(&sight.owner(), Opened::Shown(agreement))?;
    assemble(tx.conn, tx.scope, sight)
}

fn assemble(conn: &mut Conn, scope: &Scope, mut sight: Sight) -> Outcome<AgreementView> {
    let seats = cases::seats(conn, &sight)?;
    if faults::seeded("version of the head") {
        sight.version = cases::head(conn, &sight)?.version;
    }
    let case = sight.agreement_id.clone();
    let given = assignments::of_cases(conn, scope.tenant().as_str(), std::slice::from_ref(&case))?;
    let mut view = shown(conn, scope, sight, seats)?;
    view.summary_mut().assigned_to = given.get(&case).copied();
    Ok(view)
}

/// The case in the shape of the caller's level.
fn shown(conn: &mut Conn, scope: &Scope, sight: Sight, seats: Vec<Seat>) -> Outcome<AgreementView> {
    match sight.level()? {
        Level::Submitted if faults::seeded("reviewers see all") => Ok(AgreementView::Full(
            Box::new(full(conn, scope, sight, seats)?),
        )),
        Level::Summary => Ok(AgreementView::Summary(sight.summary()?)),
        Level::Submitted => Ok(AgreementView::Submitted(Box::new(submitted(
            conn, scope, sight, seats,
        )?))),
        Level::Full => Ok(AgreementView::Full(Box::new(full(
            conn, scope, sight, seats,
        )?))),
    }
}

fn transitions(
    conn: &mut Conn,
    scope: &Scope,
    row: &Row,
    sight: &Sight,
    seats: &[Seat],
    facts: &CaseFacts,
) -> Outcome<Vec<AvailableTransition>> {
    let mut lines = available_transitions(sight.stage()?, seats, facts, |action| {
        scope.permits(Action::Case(action))
    });
    for line in lines.iter_mut().filter(|line| line.allowed) {
        if is_same_person(conn, scope, row, line.action)? {
            line.allowed = false;
            line.reasons.push(Problem::SeparationOfDuties.code());
        }
    }
    Ok(lines)
}

/// What was submitted to a reviewer, and what it made of it; nothing else is even read.
fn submitted(
    conn: &mut Conn,
    scope: &Scope,
    sight: Sight,
    seats: Vec<Seat>,
) -> Outcome<SubmittedView> {
    let row = cases::head(conn, &sight)?;
    let federal = seats.contains(&Seat::Federal);
    let opinion = if federal {
        effects::newest_opinion(conn, &row.tenant_id, &row.id)?
    } else {
        None
    };
    let signed = submissions::signature_sent_to(conn, &sight.viewer_tenant, &row.id)?;
    let facts = CaseFacts::default();
    let available = transitions(conn, scope, &row, &sight, &seats, &facts)?;
    Ok(SubmittedView {
        file_number: row.file_number.clone().filter(|_number| federal),
        submission: submissions::newest_for(conn, &sight.viewer_tenant, id(&row.id)?)?,
        remarks: remarks::seen(conn, &sight)?,
        opinion,
        signature: if signed {
            signatures::of(conn, &row)?
        } else {
            None
        },
        inscription: row.inscription,
        source: row.source.filter(|_source| federal),
        quality_flags: if federal {
            serde_json::from_str(&row.quality_flags)?
        } else {
            Vec::new()
        },
        urgency: urgencies::seen(conn, &sight)?,
        available_transitions: available,
        seats,
        summary: sight.summary()?,
    })
}

pub(super) fn full(
    conn: &mut Conn,
    scope: &Scope,
    sight: Sight,
    seats: Vec<Seat>,
) -> Outcome<FullView> {
    let row = cases::head(conn, &sight)?;
    let facts = facts::of(conn, &row.tenant_id, &row.id)?;
    let draft = draft::read(conn, &row.tenant_id, &row.id)?;
    let available = transitions(conn, scope, &row, &sight, &seats, &facts)?;
    Ok(FullView {
        parties: parties::views(conn, &row)?,
        counterparts: counterparts::cards_of_case(conn, &row.tenant_id, &row.id)?,
        text_set: texts::newest(conn, &row.tenant_id, &row.id)?.map(|set| set.number),
        council_two_thirds_met: draft
            .council_approval
            .as_ref()
            .map(vinculo_domain::agreements::CouncilApproval::two_thirds_met),
        draft,
        submission: submissions::newest(conn, &row.tenant_id, &row.id)?,
        remarks: remarks::seen(conn, &sight)?,
        opinion: effects::newest_opinion(conn, &row.tenant_id, &row.id)?,
        signature: signatures::of(conn, &row)?,
        file_number: row.file_number,
        inscription: row.inscription,
        source: row.source,
        quality_flags: serde_json::from_str(&row.quality_flags)?,
        created_at: row.created_at.and_utc(),
        urgency: urgencies::seen(conn, &sight)?,
        available_transitions: available,
        seats,
        summary: sight.summary()?,
    })
}
