//! Abandons cases that nobody touched for long: a step caused by time, not by a person.

use super::cases::Case;
use super::history::HistoryLine;
use super::sharing::current;
use super::{access, draft, sharing};
use crate::failure::Outcome;
use crate::schema::{agreement_grants as grants, agreements};
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::Stage;
use vinculo_domain::history::HistoryAction;

/// The stages in which a case may be abandoned.
pub(crate) const LEFT_ALONE: [&str; 2] = ["draft", "returned"];

/// Abandons a case that was not touched since `before`; does nothing if that is no longer true.
pub(crate) fn abandon(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    before: NaiveDateTime,
) -> Outcome<bool> {
    let mut case = Case::load(tx, agreement)?;
    tx.check_idempotency()?;
    let from = case.row.stage.clone();
    if !LEFT_ALONE.contains(&from.as_str()) || case.row.updated_at >= before {
        return Ok(false);
    }
    case.step(tx, Stage::Abandoned)?;
    diesel::update(agreements::table.find((&case.row.tenant_id, &case.row.id)))
        .set(agreements::stage_before.eq(&from))
        .execute(tx.conn)?;
    case.row.stage_before = Some(from.clone());
    let shared = is_told(tx, &case)?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    access::refresh_all(tx, &case, &content)?;
    let line = HistoryLine {
        from_stage: Some(from),
        shared,
        ..case.quiet_line(HistoryAction::Abandon)
    };
    case.note(tx, "abandon", Some(line))?;
    sharing::hand_over(tx, &case)?;
    Ok(true)
}

/// Whether anybody beyond the owner's side knows of a case. If nobody does, nobody else learns that
/// the draft was abandoned or taken up again.
pub(super) fn is_told(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<bool> {
    let told = current(case).filter(grants::level.ne("full"));
    Ok(diesel::select(exists(told)).get_result(tx.conn)?)
}
