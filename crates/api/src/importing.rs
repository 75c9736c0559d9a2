//! Imports a file of past agreements, from the console or over the network: a few rows per unit of
//! work, with each row's outcome stored beside it. An import that is interrupted leaves a batch
//! that the same request completes and that can be undone as it is.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::HashSet;
use std::time::Duration;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::imports::{
    ImportFile, ImportReport, ImportRow, ImportSummary, Parsed, Row, RowResult, Undone,
};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::stores::imports::{
    self, Planned, PlannedRow, begin_undo, complete, create_batch, record_rows, undo_rows,
};
use vinculo_persistence::{Db, Intent, Outcome, ReadTx, Reply, WriteTx};

/// Rows recorded in one unit of work; other writers wait no longer than one of these takes.
const CHUNK: usize = 20;
/// How often a unit of work is tried when another one is in the way.
const TRIES: u32 = 6;
/// The pause before the next attempt.
const PAUSE: Duration = Duration::from_millis(100);

/// Imports or undoes in somebody's name.
pub struct Importing<'a> {
    /// The store.
    pub db: &'a Db,
    /// In whose name it acts.
    pub scope: Scope,
    /// The request.
    pub intent: Intent,
}

/// A file as it was received.
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub sha256: String,
    /// Its contents, parsed.
    pub file: ImportFile,
}

/// What to do with each row of a file; an agreement that appears twice is recorded once.
fn plan(file: ImportFile) -> Vec<PlannedRow> {
    let mut seen = HashSet::new();
    let plan = |row: Row| {
        let planned = match row.outcome {
            Parsed::Ready(candidate) if !seen.insert(candidate.fingerprint.clone()) => {
                let owner = &candidate.government_id;
                let detail = json!({ "in_this_file": true, "government_id": owner });
                Planned::Said(RowResult::Duplicate, detail)
            }
            Parsed::Ready(candidate) => Planned::Record(candidate),
            Parsed::NeedsDecision(questions) => {
                Planned::Said(RowResult::NeedsDecision, json!({ "questions": questions }))
            }
            Parsed::Refused(reasons) => {
                Planned::Said(RowResult::Refused, json!({ "reasons": reasons }))
            }
        };
        PlannedRow {
            line: row.line,
            planned,
        }
    };
    file.rows.into_iter().map(plan).collect()
}

impl Importing<'_> {
    /// Imports a file. `progress` receives the number of finished rows after each unit of work. The
    /// `bool` says whether an earlier request had already begun this import.
    pub async fn run(
        &self,
        source: Source,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<(ImportReport, bool)> {
        let warnings = source.file.warnings.clone();
        let rows = plan(source.file);
        let (opened, repeated) = self.open(&source.name, &source.sha256, rows.len()).await?;
        let batch = (!self.intent.dry_run).then_some(opened);
        let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let mut told: Vec<ImportRow> = Vec::with_capacity(rows.len());
        for chunk in rows.chunks(CHUNK) {
            let chunk = chunk.to_vec();
            let done: Vec<ImportRow> = self.write(move |tx| record_rows(tx, batch, &chunk)).await?;
            told.extend(done);
            progress(u64::try_from(told.len()).unwrap_or(u64::MAX), total);
        }
        let summary = ImportSummary::of(&told);
        if let Some(batch) = batch {
            let summary = summary.clone();
            self.write(move |tx| complete(tx, batch, &summary)).await?;
        }
        let report = ImportReport {
            file: source.name,
            dry_run: self.intent.dry_run,
            batch_id: batch,
            summary,
            warnings,
            rows: told,
        };
        Ok((report, repeated))
    }

    async fn open(&self, name: &str, sha256: &str, rows: usize) -> Result<(Uuid, bool)> {
        let (name, sha256) = (name.to_owned(), sha256.to_owned());
        self.first(201, move |tx| create_batch(tx, &name, &sha256, rows))
            .await
    }

    /// Undoes a whole batch. `progress` is called after each unit of work.
    pub async fn undo(&self, batch: Uuid, mut progress: impl FnMut()) -> Result<(Undone, bool)> {
        let ((), repeated) = self.first(200, move |tx| begin_undo(tx, batch)).await?;
        let (mut line, mut told) = (0, Undone::default());
        loop {
            let done: Option<(i32, Undone)> =
                self.write(move |tx| undo_rows(tx, batch, line)).await?;
            let Some((last, some)) = done else { break };
            line = last;
            told.undone += some.undone;
            told.kept.extend(some.kept);
            told.cancelled.extend(some.cancelled);
            progress();
        }
        if self.intent.dry_run {
            return Ok((told, repeated));
        }
        // Another request may have undone part of it.
        let (operation, request) = (self.intent.operation, &self.intent.request_id);
        let read = move |tx: &mut ReadTx<'_>| imports::outcome(tx, batch);
        let told = self.db.read(&self.scope, operation, request, read).await;
        let told = told.map_err(|refusal| match refusal.problem {
            // It was undone, but the count could not be read.
            Problem::TooBusy | Problem::StorageFull => Refusal {
                problem: Problem::OutcomeUnknown,
                ..refusal
            },
            _ => refusal,
        })?;
        Ok((told, repeated))
    }

    /// The unit of work that a repeated request finds again.
    async fn first<T: Serialize + DeserializeOwned>(
        &self,
        status: u16,
        work: impl Fn(&mut WriteTx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<(T, bool)> {
        let work = move |tx: &mut WriteTx<'_>| Ok(reply(status, &work(tx)?)?);
        let made = self.db.write(&self.scope, &self.intent, work).await?;
        Ok((read(&made)?, made.replayed))
    }

    /// One of the later units of work.
    async fn write<T: Serialize + DeserializeOwned>(
        &self,
        work: impl Fn(&mut WriteTx<'_>) -> Outcome<T> + Send + Clone + 'static,
    ) -> Result<T> {
        let part = Part {
            db: self.db,
            scope: &self.scope,
            intent: Intent {
                idempotency: None,
                ..self.intent.clone()
            },
            begun: true,
        };
        let work = move |tx: &mut WriteTx<'_>| Ok(reply(200, &work(tx)?)?);
        read(&one_of_several(&part, work).await?)
    }
}

/// One of several units of work of a request.
pub struct Part<'a> {
    /// The store.
    pub db: &'a Db,
    /// In whose name it acts.
    pub scope: &'a Scope,
    /// The request.
    pub intent: Intent,
    /// Whether one before it was kept.
    pub begun: bool,
}

/// Does one of several units of work, again when another one is in the way.
pub async fn one_of_several(
    part: &Part<'_>,
    work: impl Fn(&mut WriteTx<'_>) -> Outcome<Reply> + Send + Clone + 'static,
) -> Result<Reply> {
    let mut tries = 1;
    loop {
        match part.db.write(part.scope, &part.intent, work.clone()).await {
            Err(refusal) if refusal.problem == Problem::TooBusy && tries < TRIES => {
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            // Earlier units of work are kept, so the whole cannot be reported as not done.
            Err(refusal)
                if part.begun
                    && !part.intent.dry_run
                    && matches!(refusal.problem.status(), 503 | 507) =>
            {
                return Err(Refusal {
                    problem: Problem::OutcomeUnknown,
                    ..refusal
                });
            }
            made => return made,
        }
    }
}

fn reply<T: Serialize>(status: u16, value: &T) -> Result<Reply> {
    let body =
        serde_json::to_string(value).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(Reply {
        status,
        etag: None,
        location: None,
        body,
        replayed: false,
    })
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T> {
    serde_json::from_str(&reply.body).map_err(|error| Refusal::internal(error.to_string()))
}
