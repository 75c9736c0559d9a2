//! `vinculo import agreements`: imports past agreements from a file, as the foreign ministry.

use crate::app::App;
use crate::config::Config;
use crate::importing::{Importing, Source};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::imports::{self, ImportReport, ImportSummary, Reading, Undone};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Intent;

fn importing(app: &App, dry_run: bool) -> Importing<'_> {
    Importing {
        db: &app.db,
        scope: policy::scope(Some(&Actor::operator()), Kind::Agreement, Action::Import),
        intent: Intent {
            operation: "import_agreements",
            request_id: Uuid::now_v7().to_string(),
            idempotency: None,
            dry_run,
        },
    }
}

/// Imports a file. `progress` receives the number of finished rows after each step.
pub async fn import(
    app: &App,
    name: &str,
    bytes: &[u8],
    reading: &Reading,
    dry_run: bool,
    progress: impl Fn(u64, u64),
) -> Result<ImportReport> {
    let source = Source {
        name: name.to_owned(),
        sha256: sha256(bytes),
        file: imports::parse(bytes, reading, mexican_day(app.db.now()))?,
    };
    let importing = importing(app, dry_run);
    let (mut report, _repeated) = importing.run(source, progress).await?;
    // A batch without agreements cannot be undone.
    report.batch_id = report.batch_id.filter(|_batch| report.summary.imported > 0);
    Ok(report)
}

/// Undoes a whole batch.
pub async fn undo_batch(app: &App, batch: Uuid) -> Result<Undone> {
    let (undone, _repeated) = importing(app, false).undo(batch, || {}).await?;
    Ok(undone)
}

/// Runs the command. It succeeds if every row is in the report.
pub async fn run(
    config: &Config,
    path: &Path,
    reading: &Reading,
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
    let report = import(&app, &name, &bytes, reading, dry_run, |done, total| {
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

fn text(report: &ImportReport) -> String {
    let mut text = String::new();
    for warning in &report.warnings {
        text.push_str(&format!("warning: {} / {}\n", warning.es, warning.en));
    }
    for row in &report.rows {
        let result: &str = row.result.into();
        text.push_str(&format!("{:>6}  {result:<14}  {}\n", row.line, row.detail));
    }
    let ImportSummary {
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
