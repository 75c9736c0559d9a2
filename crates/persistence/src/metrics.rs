//! What is measured of the store from outside: counts of this process, and a few rows of an index,
//! never a whole table.

use crate::conn::Conn;
use crate::db::Db;
use crate::dialect;
use crate::installation::sqlite_file;
use crate::schema::outbox;
use crate::slots::PoolFigures;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use vinculo_auth::Scope;
use vinculo_domain::Result;

/// Committed events that have no place in the feed yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// Since when the oldest has waited.
    pub since: Option<DateTime<Utc>>,
}

/// The waiting events: an index holds only these.
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

/// The bytes of disk that the database uses.
pub async fn bytes_stored(db: &Db, scope: &Scope) -> Result<u64> {
    if let Some(file) = sqlite_file(&db.settings.url)? {
        let mut log = file.clone().into_os_string();
        log.push("-wal");
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
        return Ok(size(&file) + size(log.as_ref()));
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

impl Db {
    /// Counts of this process's work on the files.
    pub fn tallies(&self) -> &Tallies {
        &self.tallies
    }

    /// The state of the pools: the readers' and the writers'.
    pub fn pools(&self) -> [(&'static str, PoolFigures); 2] {
        [
            ("read", self.readers.figures()),
            ("write", self.writers.figures()),
        ]
    }

    /// The folder for the files.
    pub fn folder(&self) -> &Path {
        &self.settings.files
    }
}

/// Counts since the process began.
#[derive(Debug, Default)]
pub struct Tallies {
    swept: AtomicU64,
    quarantined: AtomicU64,
    damaged: AtomicU64,
}

impl Tallies {
    /// Files that were removed because no row names them.
    pub fn swept(&self) -> u64 {
        self.swept.load(Ordering::Relaxed)
    }

    /// Files that were set aside because no row names them.
    pub fn quarantined(&self) -> u64 {
        self.quarantined.load(Ordering::Relaxed)
    }

    /// Reads that found a damaged file.
    pub fn damaged(&self) -> u64 {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Counts removed files.
    pub fn count_swept(&self, files: u64) {
        self.swept.fetch_add(files, Ordering::Relaxed);
    }

    /// Counts files set aside.
    pub fn count_quarantined(&self, files: u64) {
        self.quarantined.fetch_add(files, Ordering::Relaxed);
    }

    /// Counts a read that found a damaged file.
    pub fn count_damaged(&self) {
        self.damaged.fetch_add(1, Ordering::Relaxed);
    }
}
