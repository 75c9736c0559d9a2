//! Brings the rows of a file in, some in each transaction: a row that is refused stops no other one.

use super::RecordView;
use super::reading::one;
use super::sight::seen;
use super::writing::{admit, create, replace};
use crate::barrier::tenant_eq;
use crate::failure::{Failure, Outcome, id};
use crate::schema::external_ids as ids;
use crate::tx::WriteTx;
use diesel::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;
use vinculo_domain::Refusal;
use vinculo_domain::external_ids::{ExternalId, MAX_EXTERNAL_IDS};
use vinculo_domain::records::{Content, ImportMode, Kind, RecordRowResult};

/// A row of a file.
#[derive(Debug, Clone)]
pub struct RecordRow {
    /// The line of the file where it begins; the first line is 1.
    pub line: u64,
    /// The record that it is about, if it says so.
    pub id: Option<Uuid>,
    /// The version that it was made from, if it says so.
    pub version: Option<i32>,
    /// Its fields, those that it empties as null; or why it cannot be read.
    pub body: vinculo_domain::Result<Map<String, Value>>,
}

type Body = Map<String, Value>;

/// How the bodies of a kind are read, from the whole or over what is there.
pub struct RowReading<'r> {
    /// The content of a new record.
    pub whole: &'r dyn Fn(&Body) -> vinculo_domain::Result<Content>,
    /// The content of a record that is on file, as its owner reads it and as it is stored, with the
    /// fields of a row written over it.
    pub over: &'r dyn Fn(&Body, Body, &Body) -> vinculo_domain::Result<Content>,
}

/// Brings rows in, in their order. Each is refused by itself (4xx); a failure of the store is one of
/// all of them.
pub fn bring_in(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    reads: &RowReading<'_>,
    (mode, rows): (ImportMode, &[RecordRow]),
) -> Outcome<Vec<vinculo_domain::Result<(RecordRowResult, RecordView)>>> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        told.push(tx.part(|tx| bring(tx, kind, reads, (mode, row)))?);
    }
    Ok(told)
}

fn bring(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    reads: &RowReading<'_>,
    (mode, row): (ImportMode, &RecordRow),
) -> Outcome<(RecordRowResult, RecordView)> {
    let body = row.body.as_ref().map_err(Refusal::clone)?;
    let known = match mode {
        ImportMode::Create => None,
        ImportMode::Upsert => match row.id {
            Some(id) => Some(id),
            None => holder(tx, kind, body)?,
        },
    };
    let Some(record) = known else {
        let content = (reads.whole)(body)?;
        let made = create(tx, &content).map_err(|failure| match mode {
            ImportMode::Create => failure,
            // None of its ids was taken when they were looked up.
            ImportMode::Upsert => again_if_taken(failure),
        })?;
        return Ok((RecordRowResult::Created, made));
    };
    let found = seen(tx.conn, tx.scope, kind, record)?;
    let present = found.row.version;
    let before = admit(tx, &found, row.version.unwrap_or(present))?;
    let view = one(tx.conn, tx.scope, tx.now(), found.clone())?;
    let content = (reads.over)(&view.body, before.body()?, body)?;
    let made = replace(tx, kind, found, &before, &content, "update")?;
    let ended = if made.version == present {
        RecordRowResult::Unchanged
    } else {
        RecordRowResult::Updated
    };
    Ok((ended, made))
}

/// Another transaction took an id of another system meanwhile: this one runs again, and finds the record
/// that has it.
fn again_if_taken(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) if refusal.errors.iter().any(|one| one.code == "taken") => {
            Failure::Again("an id of another system was taken meanwhile".to_owned())
        }
        other => other,
    }
}

/// The record of the caller's government that has one of the ids of other systems that a row names.
fn holder(tx: &mut WriteTx<'_>, kind: &Kind, body: &Map<String, Value>) -> Outcome<Option<Uuid>> {
    let named = body.get("external_ids").cloned().unwrap_or_default();
    // What is no list of ids is refused where the whole is read.
    let named: Vec<ExternalId> = serde_json::from_value(named).unwrap_or_default();
    // More are refused where the whole is read.
    for one in named.into_iter().take(MAX_EXTERNAL_IDS) {
        let found: Option<String> = ids::table
            .filter(tenant_eq(ids::tenant_id, tx.scope.tenant().as_str()))
            .filter(ids::subject_kind.eq(kind.spec.many))
            .filter(ids::system.eq(&one.system))
            .filter(ids::value.eq(&one.value))
            .select(ids::subject_id)
            .first(tx.conn)
            .optional()?;
        if let Some(found) = found {
            return id(&found).map(Some);
        }
    }
    Ok(None)
}
