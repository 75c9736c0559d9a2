//! Takes a batch back as a whole, some rows in each transaction. Cases that somebody has worked on
//! since are kept and listed; inscriptions that are taken back are listed too, because their numbers
//! stay used.

use super::{find, note};
use crate::barrier::tenant_eq;
use crate::dialect::{self, Opened};
use crate::failure::{Outcome, id};
use crate::schema::{import_batches as batches, import_rows as rows, inscriptions};
use crate::stores::agreements::{self, TakenBack};
use crate::tx::{ReadTx, WriteTx};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::imports::{RowResult, Undone};
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, TenantId};

/// How many rows are taken back in one transaction.
const CHUNK: i64 = 50;

/// Closes a batch; one that was closed before only if some of it is left to take back.
pub fn begin_undo(tx: &mut WriteTx<'_>, batch: Uuid) -> Outcome<()> {
    find(tx.conn, tx.scope, batch)?;
    tx.scope.require()?;
    tx.check_idempotency()?;
    let (actor, key) = (tx.actor(), batch.to_string());
    dialect::lock_batch(tx.conn, &actor, &key)?;
    if close(tx, &key)? {
        note(tx, batch, "import.undo");
        return Ok(());
    }
    let left = rows::table
        .filter(rows::tenant_id.eq(&actor))
        .filter(rows::batch_id.eq(&key))
        .filter(rows::result.eq(<&'static str>::from(RowResult::Imported)))
        .filter(rows::undone.is_null());
    if diesel::select(diesel::dsl::exists(left)).get_result(tx.conn)? {
        return Ok(());
    }
    Err(Refusal::new(Problem::WrongStage)
        .saying(wording::imports::undone_before())
        .into())
}

/// Closes a batch, unless it is closed.
fn close(tx: &mut WriteTx<'_>, batch: &str) -> Outcome<bool> {
    let actor = tx.actor();
    let open = batches::table
        .find((&actor, batch))
        .filter(batches::undone_at.is_null());
    let closed = diesel::update(open)
        .set(batches::undone_at.eq(tx.stamp()))
        .execute(tx.conn)?;
    Ok(closed > 0)
}

/// Takes back the next rows after `line`; gives their results and the last one's line, or none if
/// no row is left.
pub fn undo_rows(tx: &mut WriteTx<'_>, batch: Uuid, line: i32) -> Outcome<Option<(i32, Undone)>> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let (actor, key) = (tx.actor(), batch.to_string());
    let home = tx.scope.tenant().clone();
    dialect::lock_batch(tx.conn, &actor, &key)?;
    // Only of a closed batch may anything be taken back; what a dry run closed is open again.
    close(tx, &key)?;
    let next: Vec<(i32, Option<String>, Option<String>)> = rows::table
        .filter(rows::tenant_id.eq(&actor))
        .filter(rows::batch_id.eq(&key))
        .filter(rows::line.gt(line))
        .filter(rows::result.eq(<&'static str>::from(RowResult::Imported)))
        .filter(rows::undone.is_null())
        .order(rows::line)
        .limit(CHUNK)
        .select((rows::line, rows::owner_tenant, rows::agreement_id))
        .load(tx.conn)?;
    let Some((last, ..)) = next.last() else {
        return Ok(None);
    };
    let (last, mut told) = (*last, Undone::default());
    for (line, owner, agreement) in next {
        let (Some(owner), Some(agreement)) = (owner, agreement) else {
            continue;
        };
        let agreement = id(&agreement)?;
        let taken = agreements::undo(tx, &TenantId::new(owner), agreement)?;
        tx.act_for(&home, Opened::Nothing)?;
        let word = match &taken {
            TakenBack::Gone(_) => "undone",
            TakenBack::Not => "kept",
        };
        diesel::update(rows::table.find((&actor, &key, line)))
            .set(rows::undone.eq(word))
            .execute(tx.conn)?;
        match taken {
            TakenBack::Gone(number) => {
                told.undone += 1;
                told.cancelled.extend(number);
            }
            TakenBack::Not => told.kept.push(agreement),
        }
    }
    Ok(Some((last, told)))
}

/// The result of a batch's undo.
pub fn outcome(tx: &mut ReadTx<'_>, batch: Uuid) -> Outcome<Undone> {
    let of_batch = rows::table
        .filter(tenant_eq(rows::tenant_id, tx.scope.tenant().as_str()))
        .filter(rows::batch_id.eq(batch.to_string()));
    let undone: i64 = of_batch
        .clone()
        .filter(rows::undone.eq("undone"))
        .count()
        .get_result(tx.conn)?;
    let of_row = inscriptions::tenant_id
        .nullable()
        .eq(rows::owner_tenant)
        .and(inscriptions::agreement_id.nullable().eq(rows::agreement_id));
    let cancelled: Vec<String> = rows::table
        .inner_join(inscriptions::table.on(of_row))
        .filter(tenant_eq(rows::tenant_id, tx.scope.tenant().as_str()))
        .filter(rows::batch_id.eq(batch.to_string()))
        .filter(rows::undone.eq("undone"))
        .order(rows::line)
        .select(inscriptions::number)
        .load(tx.conn)?;
    let kept: Vec<Option<String>> = of_batch
        .filter(rows::undone.eq("kept"))
        .order(rows::line)
        .select(rows::agreement_id)
        .load(tx.conn)?;
    Ok(Undone {
        undone: usize::try_from(undone).unwrap_or_default(),
        kept: kept
            .iter()
            .flatten()
            .map(|agreement| id(agreement))
            .collect::<Outcome<_>>()?,
        cancelled,
    })
}
