//! The rows of a file become cases, some in each transaction. The result of a row is stored with
//! it, so that an interrupted import continues where it ended and repeats nothing.

use super::candidates::{action_for, id_taken, not_yours, past};
use super::doubts;
use crate::dialect;
use crate::failure::{Outcome, known};
use crate::schema::{import_batches as batches, import_rows as rows};
use crate::stores::agreements::{Recalled, Recorded, recall, record};
use crate::tx::WriteTx;
use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use vinculo_domain::imports::{Candidate, ImportRow, RowResult};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId, wording};

/// What is to be done with a row.
#[derive(Debug, Clone)]
pub enum Planned {
    /// Record it.
    Record(Box<Candidate>),
    /// Nothing; this is its result.
    Said(RowResult, Value),
}

/// A row of a file, as read.
#[derive(Debug, Clone)]
pub struct PlannedRow {
    /// The line of the file.
    pub line: u64,
    /// What is to be done with it.
    pub planned: Planned,
}

/// A stored row: line, result, detail.
pub(super) type Stored = (i32, String, String);

pub(super) fn told((line, result, detail): Stored) -> Outcome<ImportRow> {
    Ok(ImportRow {
        line: u64::try_from(line).unwrap_or_default(),
        result: known(&result)?,
        detail: serde_json::from_str(&detail)?,
    })
}

/// Handles some rows of a batch, except those done already; a dry run has no batch.
pub fn record_rows(
    tx: &mut WriteTx<'_>,
    batch: Option<Uuid>,
    planned: &[PlannedRow],
) -> Outcome<Vec<ImportRow>> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let mut done = match batch {
        Some(batch) => done(tx, batch, planned)?,
        None => HashMap::new(),
    };
    lock_owners(tx, planned)?;
    let mut told = Vec::with_capacity(planned.len());
    for row in planned {
        let line = stored_line(row.line)?;
        if let Some(before) = done.remove(&line) {
            told.push(before);
            continue;
        }
        let made = carry_out(tx, batch, row)?;
        if let Some(batch) = batch {
            keep(tx, batch, line, &made)?;
        }
        told.push(made.row);
    }
    Ok(told)
}

/// Makes others wait who record for the same governments; in one order, so that two imports do not
/// wait for each other.
fn lock_owners(tx: &mut WriteTx<'_>, planned: &[PlannedRow]) -> Outcome<()> {
    let owner = |row: &PlannedRow| match &row.planned {
        Planned::Record(candidate) => Some(candidate.government_id.clone()),
        Planned::Said(..) => None,
    };
    let owners: BTreeSet<TenantId> = planned.iter().filter_map(owner).collect();
    for owner in owners {
        dialect::lock_government(tx.conn, owner.as_str())?;
    }
    Ok(())
}

fn stored_line(line: u64) -> Outcome<i32> {
    i32::try_from(line).map_err(|error| Refusal::internal(error.to_string()).into())
}

/// The earlier results of these rows. From here on the batch is locked for others.
fn done(
    tx: &mut WriteTx<'_>,
    batch: Uuid,
    planned: &[PlannedRow],
) -> Outcome<HashMap<i32, ImportRow>> {
    let (actor, batch) = (tx.actor(), batch.to_string());
    dialect::lock_batch(tx.conn, &actor, &batch)?;
    let open: Option<String> = batches::table
        .find((&actor, &batch))
        .filter(batches::undone_at.is_null())
        .select(batches::id)
        .first(tx.conn)
        .optional()?;
    if open.is_none() {
        return Err(Refusal::new(Problem::WrongStage)
            .saying(wording::imports::undone())
            .into());
    }
    let lines: Vec<i32> = planned
        .iter()
        .map(|row| stored_line(row.line))
        .collect::<Outcome<_>>()?;
    let found: Vec<Stored> = rows::table
        .filter(rows::tenant_id.eq(&actor))
        .filter(rows::batch_id.eq(&batch))
        .filter(rows::line.eq_any(lines))
        .select((rows::line, rows::result, rows::detail))
        .load(tx.conn)?;
    found
        .into_iter()
        .map(|row| Ok((row.0, told(row)?)))
        .collect()
}

/// The result of a row: what is kept of it, and what is told.
struct Made {
    row: ImportRow,
    owner: Option<String>,
    agreement: Option<Uuid>,
    fingerprint: Option<String>,
}

fn carry_out(tx: &mut WriteTx<'_>, batch: Option<Uuid>, row: &PlannedRow) -> Outcome<Made> {
    let made = |result, detail| Made {
        row: ImportRow {
            line: row.line,
            result,
            detail,
        },
        owner: None,
        agreement: None,
        fingerprint: None,
    };
    let candidate = match &row.planned {
        Planned::Record(candidate) => candidate,
        Planned::Said(result, detail) => return Ok(made(*result, detail.clone())),
    };
    let Some(action) = action_for(tx, candidate)? else {
        let reasons = json!({ "reasons": [not_yours(candidate)] });
        return Ok(made(RowResult::Refused, reasons));
    };
    let past = past(tx, batch, candidate, action);
    let recalled = recall(tx, &past)?;
    if let Some(questions) = doubts::of(tx, recalled, &past, candidate.resembles)? {
        return Ok(made(RowResult::NeedsDecision, questions));
    }
    let (result, agreement) = match recalled {
        Some(Recalled::Standing { id, .. }) => (RowResult::Duplicate, Some(id)),
        _ => match record(tx, &past)? {
            Recorded::New(id) => (RowResult::Imported, Some(id)),
            Recorded::Known(id) => {
                if let Some(questions) = doubts::lost(tx, &past, id)? {
                    return Ok(made(RowResult::NeedsDecision, questions));
                }
                (RowResult::Duplicate, id)
            }
            Recorded::Taken(place) => {
                let reasons = json!({ "reasons": [id_taken(candidate, place)] });
                return Ok(made(RowResult::Refused, reasons));
            }
        },
    };
    // The id of a case from a dry run does not exist, so it is not shown.
    let shown = agreement.filter(|_id| batch.is_some() || result == RowResult::Duplicate);
    let mut detail = json!({
        "agreement_id": shown,
        "government_id": candidate.government_id,
        "kind": candidate.kind,
        "country": candidate.country,
        "quality_flags": past.quality_flags,
    });
    // The record that this row made the first time may say something else by now.
    let corrected = matches!(
        recalled,
        Some(Recalled::Standing {
            corrected: true,
            ..
        })
    );
    // What was on record already keeps the ids that it has.
    let named = result == RowResult::Imported && !candidate.external_ids.is_empty();
    if let Some(fields) = detail.as_object_mut() {
        if corrected {
            fields.insert("corrected".into(), Value::Bool(true));
        }
        if named {
            fields.insert("external_ids".into(), json!(candidate.external_ids));
        }
    }
    Ok(Made {
        owner: Some(candidate.government_id.to_string()),
        agreement,
        fingerprint: Some(candidate.fingerprint.clone()),
        ..made(result, detail)
    })
}

fn keep(tx: &mut WriteTx<'_>, batch: Uuid, line: i32, made: &Made) -> Outcome<()> {
    let result: &'static str = made.row.result.into();
    let row = (
        rows::tenant_id.eq(tx.actor()),
        rows::batch_id.eq(batch.to_string()),
        rows::line.eq(line),
        rows::result.eq(result),
        rows::owner_tenant.eq(&made.owner),
        rows::agreement_id.eq(made.agreement.map(|id| id.to_string())),
        rows::fingerprint.eq(&made.fingerprint),
        rows::detail.eq(made.row.detail.to_string()),
    );
    diesel::insert_into(rows::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}
