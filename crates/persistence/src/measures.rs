//! What is measured of the store from outside: few rows of an index, never a whole table.

use crate::conn::Conn;
use crate::db::Db;
use crate::dialect;
use crate::schema::outbox;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use vinculo_auth::Scope;
use vinculo_domain::Result;

/// Events that are committed and have no place in the feed yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// Since when the oldest waits.
    pub since: Option<DateTime<Utc>>,
}

/// The events that wait: an index holds these alone.
pub async fn events_waiting(db: &Db, scope: &Scope) -> Result<Waiting> {
    db.read(scope, "measure", "", |tx| {
        let waiting = outbox::table.filter(outbox::position.is_null());
        let since: Option<NaiveDateTime> = waiting
            .order(outbox::id)
            .select(outbox::created_at)
            .first(tx.conn)
            .optional()?;
        Ok(Waiting {
            count: waiting.count().get_result(tx.conn)?,
            since: since.map(|at| at.and_utc()),
        })
    })
    .await
}

/// The bytes that the database takes on its disk.
pub async fn bytes_stored(db: &Db, scope: &Scope) -> Result<u64> {
    if let Some(file) = &db.watch.location {
        let mut log = file.clone().into_os_string();
        log.push("-wal");
        let size = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |found| found.len());
        return Ok(size(file) + size(log.as_ref()));
    }
    db.read(scope, "measure", "", |tx| {
        Ok(match tx.conn {
            Conn::Pg(conn) => dialect::database_size(conn)?,
            Conn::Sqlite(_) => 0,
        })
    })
    .await
    .map(|bytes| u64::try_from(bytes).unwrap_or(0))
}
