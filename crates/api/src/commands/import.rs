//! `vinculo import agreements`: past agreements from a file, as the foreign ministry.

use crate::app::App;
use crate::config::Config;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Actor, Kind, Scope, policy};
use vinculo_domain::imports::{self, Candidate, Parsed};
use vinculo_domain::refusal::BilingualText;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::stores::imports::{ImportedRow, Undone, create_batch, record_rows, undo};
use vinculo_persistence::{Intent, Reply};

/// Rows recorded in one transaction.
const CHUNK: usize = 100;

/// What came of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The file's name.
    pub file: String,
    /// Whether nothing was kept.
    pub dry_run: bool,
    /// Under which the whole can be undone; absent where nothing was imported.
    pub batch_id: Option<Uuid>,
    /// How many rows ended how.
    pub summary: Summary,
    /// What should be looked at in the file as a whole.
    pub warnings: Vec<BilingualText>,
    /// Row by row.
    pub rows: Vec<ReportRow>,
}

/// How many rows ended how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Recorded now.
    pub imported: usize,
    /// On record before, or twice in the file.
    pub duplicate: usize,
    /// A person has to say what is meant.
    pub needs_decision: usize,
    /// Cannot be recorded.
    pub refused: usize,
}

/// What came of one row.
#[derive(Debug, Clone, Serialize)]
pub struct ReportRow {
    /// The line of the file.
    pub line: u64,
    /// `imported`, `duplicate`, `needs_decision` or `refused`.
    pub result: &'static str,
    /// The agreement, the questions or the reasons.
    pub detail: Value,
}

fn scope() -> Scope {
    policy::scope(Some(&Actor::operator()), Kind::Agreement, Action::Import)
}

fn intent(dry_run: bool) -> Intent {
    Intent {
        operation: "import_agreements",
        request_id: Uuid::now_v7().to_string(),
        idempotency: None,
        dry_run,
    }
}

fn reply<T: Serialize>(value: &T) -> Result<Reply> {
    let body =
        serde_json::to_string(value).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(Reply {
        status: 200,
        etag: None,
        location: None,
        body,
        replayed: false,
    })
}

fn read<T: serde::de::DeserializeOwned>(reply: &Reply) -> Result<T> {
    serde_json::from_str(&reply.body).map_err(|error| Refusal::internal(error.to_string()))
}

/// Brings a file in. `progress` is told after each step how many rows are done.
pub async fn import(
    app: &App,
    name: &str,
    bytes: &[u8],
    dry_run: bool,
    progress: impl Fn(u64, u64),
) -> Result<Report> {
    let file = imports::parse(bytes)?;
    let mut ready: Vec<(u64, Candidate)> = Vec::new();
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    for row in file.rows {
        let (result, detail) = match row.outcome {
            Parsed::Ready(candidate) if !seen.insert(candidate.fingerprint.clone()) => (
                "duplicate",
                json!({ "in_this_file": true, "government_id": candidate.government_id }),
            ),
            Parsed::Ready(candidate) => {
                ready.push((row.line, *candidate));
                continue;
            }
            Parsed::NeedsDecision(questions) => {
                ("needs_decision", json!({ "questions": questions }))
            }
            Parsed::Refused(reasons) => ("refused", json!({ "reasons": reasons })),
        };
        rows.push(ReportRow {
            line: row.line,
            result,
            detail,
        });
    }
    let batch = if ready.is_empty() {
        None
    } else {
        Some(open_batch(app, name, bytes, ready.len(), dry_run).await?)
    };
    let total = u64::try_from(ready.len()).unwrap_or(u64::MAX);
    let mut done = 0;
    for chunk in ready.chunks(CHUNK) {
        for recorded in record(app, batch.unwrap_or_default(), chunk, dry_run).await? {
            let candidate = chunk
                .iter()
                .find(|(line, _)| *line == recorded.line)
                .map(|(_, candidate)| candidate);
            rows.push(row(&recorded, candidate, dry_run));
            done += 1;
        }
        progress(done, total);
    }
    rows.sort_by_key(|row| row.line);
    let count = |result: &str| rows.iter().filter(|row| row.result == result).count();
    let summary = Summary {
        imported: count("imported"),
        duplicate: count("duplicate"),
        needs_decision: count("needs_decision"),
        refused: count("refused"),
    };
    Ok(Report {
        file: name.to_owned(),
        dry_run,
        batch_id: batch.filter(|_batch| !dry_run && summary.imported > 0),
        summary,
        warnings: file.warnings,
        rows,
    })
}

fn row(recorded: &ImportedRow, candidate: Option<&Candidate>, dry_run: bool) -> ReportRow {
    // What a dry run would have made has no id that could be looked up.
    let id = (recorded.duplicate || !dry_run).then_some(recorded.agreement_id);
    let detail = json!({
        "agreement_id": id,
        "government_id": candidate.map(|candidate| &candidate.government_id),
        "kind": candidate.map(|candidate| candidate.kind),
        "country": candidate.map(|candidate| &candidate.country),
        "quality_flags": candidate.map(|candidate| &candidate.quality_flags),
    });
    ReportRow {
        line: recorded.line,
        result: if recorded.duplicate {
            "duplicate"
        } else {
            "imported"
        },
        detail,
    }
}

async fn open_batch(
    app: &App,
    name: &str,
    bytes: &[u8],
    rows: usize,
    dry_run: bool,
) -> Result<Uuid> {
    let (name, digest) = (name.to_owned(), sha256(bytes));
    let made = app
        .db
        .write(&scope(), &intent(dry_run), move |tx| {
            Ok(reply(&create_batch(tx, &name, &digest, rows)?)?)
        })
        .await?;
    read(&made)
}

async fn record(
    app: &App,
    batch: Uuid,
    chunk: &[(u64, Candidate)],
    dry_run: bool,
) -> Result<Vec<ImportedRow>> {
    let chunk = chunk.to_vec();
    let made = app
        .db
        .write(&scope(), &intent(dry_run), move |tx| {
            Ok(reply(&record_rows(tx, batch, &chunk)?)?)
        })
        .await?;
    read(&made)
}

/// Takes a whole batch back.
pub async fn undo_batch(app: &App, batch: Uuid) -> Result<Undone> {
    let made = app
        .db
        .write(&scope(), &intent(false), move |tx| {
            Ok(reply(&undo(tx, batch)?)?)
        })
        .await?;
    read(&made)
}

/// The command. Exits well when every row is in the report.
pub async fn run(
    config: &Config,
    path: &Path,
    dry_run: bool,
    report_path: Option<&PathBuf>,
) -> Result<String> {
    let bytes = std::fs::read(path)
        .map_err(|error| Refusal::internal(format!("{}: {error}", path.display())))?;
    let app = super::open(config)?;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(0)
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} filas, {eta}") {
        bar.set_style(style);
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let report = import(&app, &name, &bytes, dry_run, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    if let Some(path) = report_path {
        let text = serde_json::to_string_pretty(&report)
            .map_err(|error| Refusal::internal(error.to_string()))?;
        std::fs::write(path, text + "\n")
            .map_err(|error| Refusal::internal(format!("{}: {error}", path.display())))?;
    }
    Ok(text(&report))
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    for row in &report.rows {
        text.push_str(&format!(
            "{:>6}  {:<14}  {}\n",
            row.line, row.result, row.detail
        ));
    }
    let Summary {
        imported,
        duplicate,
        needs_decision,
        refused,
    } = report.summary;
    text.push_str(&format!("{imported} imported, {duplicate} duplicate, {needs_decision} need a decision, {refused} refused"));
    if report.dry_run {
        text.push_str(" (dry run: nothing was kept)");
    }
    if let Some(batch) = report.batch_id {
        text.push_str(&format!(
            "\nbatch {batch}: `vinculo import undo {batch}` takes it back"
        ));
    }
    text
}
