//! Brings the rows of a file in, some in each transaction: a row that is refused stops no other one.

use super::reading::one;
use super::sight::seen;
use super::writing::{admit, create, replace};
use super::{RecordView, Row};
use crate::barrier::tenant_eq;
use crate::failure::{Outcome, id};
use crate::schema::external_ids as ids;
use crate::tx::WriteTx;
use diesel::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;
use vinculo_domain::Refusal;
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::records::{Content, Kind};

/// What becomes of a row whose record is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bringing {
    /// Every row is a new record.
    Create,
    /// A row changes the record with its id or, without one, the first that has one of its ids of
    /// other systems; otherwise it is a new record.
    Upsert,
}

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

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// It is a new record.
    Created,
    /// It changed a record.
    Updated,
    /// It says what is on record.
    Unchanged,
}

/// How the bodies of a kind are read, from the whole or as a patch.
pub trait ReadsRows {
    /// The content of a new record.
    fn whole(&self, body: &Map<String, Value>) -> vinculo_domain::Result<Content>;

    /// The content of a record that is on file, as its owner reads it and as it is stored, with the
    /// fields of a row written over it.
    fn over(
        &self,
        view: &Map<String, Value>,
        stored: Map<String, Value>,
        body: &Map<String, Value>,
    ) -> vinculo_domain::Result<Content>;
}

/// Brings rows in, in their order. Each is refused by itself (4xx); a failure of the store is one of
/// all of them.
pub fn bring_in(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    reads: &impl ReadsRows,
    (bringing, rows): (Bringing, &[RecordRow]),
) -> Outcome<Vec<vinculo_domain::Result<(Brought, RecordView)>>> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        told.push(tx.part(|tx| bring(tx, kind, reads, (bringing, row)))?);
    }
    Ok(told)
}

fn bring(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    reads: &impl ReadsRows,
    (bringing, row): (Bringing, &RecordRow),
) -> Outcome<(Brought, RecordView)> {
    let body = row.body.as_ref().map_err(Refusal::clone)?;
    let known = match bringing {
        Bringing::Create => None,
        Bringing::Upsert => match row.id {
            Some(id) => Some(id),
            None => holder(tx, kind, body)?,
        },
    };
    let Some(record) = known else {
        let content = reads.whole(body)?;
        return Ok((Brought::Created, create(tx, &content)?));
    };
    let found = seen(tx.conn, tx.scope, kind, record)?;
    let present = found.row.version;
    let before = admit(tx, &found, row.version.unwrap_or(present))?;
    let stored: Row = found.row.clone();
    let view = one(tx.conn, tx.scope, tx.now(), found)?;
    let content = reads.over(&view.body, before.body()?, body)?;
    let made = replace(tx, kind, stored, &before, &content, "update")?;
    let brought = if made.version == present {
        Brought::Unchanged
    } else {
        Brought::Updated
    };
    Ok((brought, made))
}

/// The record of the caller's government that has one of the ids of other systems that a row names.
fn holder(tx: &mut WriteTx<'_>, kind: &Kind, body: &Map<String, Value>) -> Outcome<Option<Uuid>> {
    let named = body.get("external_ids").cloned().unwrap_or_default();
    // What is no list of ids is refused where the whole is read.
    let named: Vec<ExternalId> = serde_json::from_value(named).unwrap_or_default();
    for one in named {
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
