//! A party that leaves by its own decision, before anything is signed.

use super::cases::Case;
use super::history::HistoryLine;
use super::{access, confirmations, draft, sharing};
use crate::failure::Outcome;
use crate::schema::{
    agreement_drafts as drafts, agreement_parties as parties, party_departures as departures,
};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementContent, DepartureRequest, Seat, Stage};
use vinculo_domain::history::HistoryAction;
use vinculo_domain::problems::Problem;

/// Takes the caller's government out of a case. Its seat and its access end. What was submitted
/// stays as it was sent, until the owner sends the draft again.
pub fn leave(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    request: &DepartureRequest,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Party])?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    let stage = case.access.stage()?;
    if !may_be_left(stage) {
        return Err(Problem::WrongStage.into());
    }
    request.check()?;
    case.step(tx, stage)?;
    record(tx, &case, request)?;
    let content = strike_out(tx, &case)?;
    confirmations::undo(tx, &case)?;
    access::refresh_full(tx, &case, &content)?;
    let line = HistoryLine {
        note: Some(request.reason.clone()),
        on_behalf: false,
        ..case.quiet_line(HistoryAction::Leave)
    };
    case.note(tx, "leave", Some(line))?;
    let actor = tx.scope.tenant().clone();
    sharing::revoke(tx, &case, &actor, Seat::Party)
}

/// Whether nothing is signed yet and the case has not ended.
fn may_be_left(stage: Stage) -> bool {
    !matches!(
        stage,
        Stage::Signed
            | Stage::PendingRegistration
            | Stage::Registered
            | Stage::Withdrawn
            | Stage::OutOfScope
            | Stage::Reported
    )
}

/// Records the departure. This comes first: the record lets the transaction take the party out of
/// the draft (`leaving_case()` of migration 0005).
fn record(tx: &mut WriteTx<'_>, case: &Case, request: &DepartureRequest) -> Outcome<()> {
    let row = (
        departures::tenant_id.eq(&case.row.tenant_id),
        departures::id.eq(Uuid::now_v7().to_string()),
        departures::agreement_id.eq(&case.row.id),
        departures::government_id.eq(tx.actor()),
        departures::reason.eq(&request.reason),
        departures::person_id.eq(tx.person()),
        departures::acting_tenant.eq(tx.actor()),
        departures::created_at.eq(tx.stamp()),
    );
    diesel::insert_into(departures::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// The draft without the party.
fn strike_out(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<AgreementContent> {
    let (owner, id, actor) = (&case.row.tenant_id, &case.row.id, tx.actor());
    let mut content = draft::read(tx.conn, owner, id)?;
    content
        .parties
        .retain(|party| party.government_id.as_str() != actor);
    let values = (
        drafts::content.eq(serde_json::to_string(&content)?),
        drafts::version.eq(drafts::version + 1),
        drafts::updated_at.eq(tx.stamp()),
    );
    diesel::update(drafts::table.find((owner, id)))
        .set(values)
        .execute(tx.conn)?;
    diesel::delete(parties::table.find((owner, id, &actor))).execute(tx.conn)?;
    Ok(content)
}
