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

/// How long an answer is given again, so that frequent checks cost no more.
const FRESH: Duration = Duration::from_secs(1);
/// How much a trial writes, in pieces of 4 kB: a disk with only a few bytes left counts as full.
const PIECES: u32 = 64;
/// The one row.
const KEY: &str = "ready";

/// When an answer was found, and the answer.
type Found = (Instant, Result<()>);

/// The last answer.
#[derive(Clone)]
pub(crate) struct Readiness {
    last: Arc<Mutex<Option<Found>>>,
    file: Arc<PathBuf>,
}

impl Readiness {
    pub(crate) fn new(files: &Path) -> Self {
        // This ending is that of a file not written whole yet, so no list of files shows it. All
        // instances use one name: the next trial removes what a killed one left.
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
        // Whatever could not be created is not there.
        let _absent = tokio::fs::remove_file(self.file.as_path()).await;
        written.map_err(|error: std::io::Error| room::unwritten(&error))
    }
}

impl Db {
    /// Checks that the store takes writes; tried at most once a second, however many ask.
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
