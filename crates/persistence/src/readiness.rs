//! Whether the store can be written to: readiness tries it, with a row that is committed and a
//! file that is synced.

use crate::alarms::Alarm;
use crate::db::Db;
use crate::failure::Outcome;
use crate::room::{self, FILES, RECORDS};
use crate::schema::heartbeats;
use diesel::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;
use tokio::time::Instant;
use vinculo_auth::Scope;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// For how long an answer is given again: who asks often, or in the thousands, costs no more.
const FRESH: Duration = Duration::from_secs(1);
/// How much is written for a trial, in pieces of 4 kB: a disk on which a few bytes are left is full.
const PIECES: u32 = 64;
/// The one row.
const KEY: &str = "ready";

/// An answer, and when it was found.
type Found = (Instant, Result<()>);

/// The last answer.
#[derive(Clone)]
pub(crate) struct Readiness {
    last: Arc<Mutex<Option<Found>>>,
    file: Arc<PathBuf>,
}

impl Readiness {
    pub(crate) fn new(files: &Path) -> Self {
        // The ending is that of a file which is not written whole yet: no list of files shows it.
        // One name for all instances: what a killed one leaves is taken away by the next trial.
        Self {
            last: Arc::default(),
            file: Arc::new(files.join("ready#0")),
        }
    }

    async fn write_file(&self) -> Result<()> {
        let written = async {
            let mut file = tokio::fs::File::create(self.file.as_path()).await?;
            for _piece in 0..PIECES {
                file.write_all(&[b'.'; 4096]).await?;
            }
            file.sync_all().await
        };
        let written = written.await;
        // What could not be made is not there.
        let _absent = tokio::fs::remove_file(self.file.as_path()).await;
        written.map_err(|error: std::io::Error| room::unwritten(&error))
    }
}

impl Db {
    /// Whether the store takes writes: tried at most once a second, however many ask.
    pub async fn require_ready(&self, scope: &Scope) -> Result<()> {
        let mut last = self.readiness.last.lock().await;
        if let Some((at, answer)) = &*last
            && at.elapsed() < FRESH
        {
            return answer.clone();
        }
        let answer = self.try_writing(scope).await.map_err(|refusal| Refusal {
            problem: Problem::TooBusy,
            ..refusal
        });
        *last = Some((Instant::now(), answer.clone()));
        answer
    }

    async fn try_writing(&self, scope: &Scope) -> Result<()> {
        self.room.require()?;
        let now = self.now().naive_utc();
        self.append(scope, move |conn| -> Outcome<()> {
            let beaten = diesel::update(heartbeats::table.find(KEY))
                .set(heartbeats::at.eq(now))
                .execute(conn)?;
            if beaten == 1 {
                Ok(())
            } else {
                Err(Refusal::internal("the row of the heartbeat is missing").into())
            }
        })
        .await?;
        if !self.room.is_short() {
            self.alarms().clear(Alarm::StorageFull, RECORDS);
        }
        let written = self.readiness.write_file().await;
        match &written {
            Ok(()) => self.alarms().clear(Alarm::StorageFull, FILES),
            Err(refusal) if refusal.problem == Problem::StorageFull => {
                let detail = "there is no room left for files";
                self.alarms()
                    .raise(Alarm::StorageFull, FILES.into(), detail.into());
            }
            Err(_) => {}
        }
        written
    }
}
