//! Takes back what was recorded from a file, as long as nobody has worked on it. An inscription among
//! it is cancelled as imported in error; its number stays used.

use super::activation::locked_case_of;
use super::cases::Case;
use super::history::HistoryLine;
use super::{draft, own_ids};
use crate::dialect::Opened;
use crate::failure::Outcome;
use crate::schema::{agreements, history};
use crate::stores::{annotations, statistics};
use crate::tx::WriteTx;
use diesel::dsl::exists;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Stage;
use vinculo_domain::history::HistoryAction;

/// What came of a case that was to be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TakenBack {
    /// It is kept.
    Not,
    /// It is gone; with the number of its inscription, which was cancelled.
    Gone(Option<String>),
}

/// Takes a recorded agreement back, unless somebody has worked on it since, related another one to
/// it, or annotated or cited its inscription. The batch is closed and locked.
pub(crate) fn undo(tx: &mut WriteTx<'_>, owner: &TenantId, agreement: Uuid) -> Outcome<TakenBack> {
    let viewer = tx.scope.tenant().clone();
    let Some(mut case) = locked_case_of(tx, &viewer, owner, agreement)? else {
        return Ok(TakenBack::Not);
    };
    if is_taken_up(tx, &case)? {
        return Ok(TakenBack::Not);
    }
    let stage = case.access.stage()?;
    case.step(tx, stage)?;
    // Written while the caller still has its seat.
    let line = HistoryLine {
        on_behalf: false,
        ..case.quiet_line(HistoryAction::UndoImport)
    };
    case.note(tx, "undo_import", Some(line))?;
    draft::retire(tx, &case)?;
    if let Some(number) = &case.row.inscription {
        // The public counted it too.
        statistics::end_for_all(tx.conn, &case.row.head(), tx.now.naive_utc())?;
        annotations::cancel_import(tx, number)?;
    }
    if viewer != *owner {
        tx.act_for(&viewer, Opened::Nothing)?;
        own_ids::replace(tx, &case, &[])?;
    }
    Ok(TakenBack::Gone(case.row.inscription))
}

/// Whether anybody has done anything with a case since it was recorded.
fn is_taken_up(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<bool> {
    let steps: i64 = history::table
        .filter(history::tenant_id.eq(&case.row.tenant_id))
        .filter(history::agreement_id.eq(&case.row.id))
        .count()
        .get_result(tx.conn)?;
    if steps != 1 || is_related(tx, case)? {
        return Ok(true);
    }
    match &case.row.inscription {
        Some(number) => annotations::is_cited(tx.conn, number),
        None => Ok(false),
    }
}

/// Whether another case relates to it, whoever drafts that one.
fn is_related(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<bool> {
    let given_up: &'static str = Stage::Withdrawn.into();
    let relating = agreements::table
        .filter(agreements::relates_to.eq(&case.row.id))
        .filter(agreements::retired_at.is_null())
        .filter(agreements::stage.ne(given_up));
    Ok(diesel::select(exists(relating)).get_result(tx.conn)?)
}
