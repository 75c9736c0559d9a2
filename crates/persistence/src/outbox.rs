//! The outbox: events are written with the change, and numbered after the commit.

use crate::audit::Change;
use crate::db::Db;
use crate::dialect::insert_batch;
use crate::failure::Outcome;
use crate::schema::{counters, outbox};
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::Result;

/// The version of the payloads' shape; raised when one changes incompatibly.
const SCHEMA_VERSION: i32 = 1;
/// The counter that gives the positions.
const SERIES: &str = "outbox";

/// One event as a reader of the feed sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// Its place in the feed.
    pub position: Option<i64>,
    /// What happened.
    pub event_type: String,
    /// The record it happened to.
    pub subject_id: String,
    /// The version it made.
    pub version: i32,
}

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
struct Row<'a> {
    id: String,
    tenant_id: &'a str,
    acting_tenant: String,
    event_type: &'a str,
    subject_kind: &'a str,
    subject_id: &'a str,
    version: i32,
    schema_version: i32,
    payload: String,
    created_at: NaiveDateTime,
}

/// Writes an event for each change.
pub(crate) fn push(tx: &mut WriteTx<'_>, changes: &[Change]) -> Outcome<()> {
    let row = |change| row_of(tx, change);
    let rows: Vec<Row<'_>> = changes.iter().map(row).collect();
    insert_batch!(tx.conn, outbox::table, &rows);
    Ok(())
}

fn row_of<'a>(tx: &WriteTx<'_>, change: &'a Change) -> Row<'a> {
    Row {
        id: Uuid::now_v7().to_string(),
        tenant_id: change.owner.as_str(),
        acting_tenant: tx.actor(),
        event_type: &change.event,
        subject_kind: change.subject_kind,
        subject_id: &change.subject_id,
        version: change.version,
        schema_version: SCHEMA_VERSION,
        payload: change.payload.to_string(),
        created_at: tx.stamp(),
    }
}

/// Gives positions to committed events that have none, oldest first. The counter's row is the lock:
/// two sequencers wait for each other, so no reader sees a position before a smaller one.
pub async fn sequence(db: &Db, scope: &Scope) -> Result<()> {
    db.append(scope, |conn| {
        let touched = diesel::update(counters::table.find(SERIES))
            .set(counters::value.eq(counters::value + 0))
            .execute(conn)?;
        if touched == 0 {
            diesel::insert_into(counters::table)
                .values((counters::series.eq(SERIES), counters::value.eq(0_i64)))
                .execute(conn)?;
        }
        let waiting: Vec<String> = outbox::table
            .filter(outbox::position.is_null())
            .order(outbox::id)
            .limit(500)
            .select(outbox::id)
            .load(conn)?;
        let mut position: i64 = counters::table
            .find(SERIES)
            .select(counters::value)
            .first(conn)?;
        for id in waiting {
            position += 1;
            diesel::update(outbox::table.find(id))
                .set(outbox::position.eq(position))
                .execute(conn)?;
        }
        diesel::update(counters::table.find(SERIES))
            .set(counters::value.eq(position))
            .execute(conn)?;
        Ok(())
    })
    .await
}
