//! `vinculo backup`, `vinculo restore` and `vinculo verify`.

use crate::backups::progress::Progress;
use crate::backups::{restoring, taking, verifying};
use crate::config::Config;
use serde_json::json;
use std::io::Write;
use std::path::Path;
use vinculo_domain::clock::SystemClock;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Findings, Weight};

/// Takes a backup and reports what is in it.
pub fn take(config: &Config, folder: &Path, choices: taking::Choices) -> Result<String> {
    let taken = taking::take(config, folder, choices, &SystemClock, &Progress::shown())?;
    let rows: u64 = taken.manifest.tables.values().map(|table| table.rows).sum();
    let mut said = format!(
        "backup {}: {rows} rows, {} files ({} new, {} bytes in all)\nSHA-256 of its manifest: {}",
        taken.name, taken.manifest.files, taken.copied, taken.manifest.bytes, taken.digest
    );
    for name in &taken.removed {
        said.push_str(&format!("\nremoved: {name}"));
    }
    let (missing, damaged) = (&taken.manifest.missing, &taken.manifest.damaged);
    if missing.is_empty() && damaged.is_empty() {
        return Ok(said);
    }
    if !missing.is_empty() {
        said.push_str(&format!(
            "\n{} files are lost or damaged and NOT in the backup:\n{}",
            missing.len(),
            missing.join("\n")
        ));
    }
    if !damaged.is_empty() {
        said.push_str(&format!(
            "\nThe store is damaged, and this backup can NOT be restored as it is; run `vinculo verify`:\n{}",
            damaged.join("\n")
        ));
    }
    Err(Refusal::internal(said))
}

/// Restores a backup and reports when it was taken.
pub fn restore(config: &Config, folder: &Path, at: Option<&str>) -> Result<String> {
    let restored = restoring::restore(config, folder, at, &Progress::shown())?;
    let next = if restored.older {
        "Its schema is older than this program: run `vinculo migrate` next"
    } else {
        "It may be served"
    };
    Ok(format!(
        "restored and verified: the backup {} of {}, {} files\n{next}",
        restored.name, restored.manifest.started_at, restored.manifest.files
    ))
}

/// Verifies the store or backups; an error if anything is missing or altered.
pub fn verify(
    config: &Config,
    backup: Option<&Path>,
    at: Option<&str>,
    as_json: bool,
) -> Result<String> {
    let progress = Progress::shown();
    let findings = match backup {
        Some(folder) => verifying::backups(config, folder, at, &progress)?,
        None => verifying::store(config, &progress)?,
    };
    drop(progress);
    let text = if as_json {
        document(&findings)
    } else {
        lines(&findings)
    };
    if findings.whole() {
        return Ok(text);
    }
    writeln!(std::io::stdout(), "{text}").map_err(|error| Refusal::internal(error.to_string()))?;
    Err(Refusal::internal(
        "something is lost or altered: see the findings",
    ))
}

/// The findings as one JSON document.
pub fn document(findings: &Findings) -> String {
    let (told, more) = findings.all();
    json!({ "whole": findings.whole(), "findings": told, "not_shown": more }).to_string()
}

fn lines(findings: &Findings) -> String {
    let (told, more) = findings.all();
    let mut text = String::new();
    for finding in told {
        let weight = match finding.weight {
            Weight::Damage => "DAMAGE",
            Weight::Warning => "warning",
            Weight::Information => "information",
        };
        text.push_str(&format!(
            "{weight}: {}: {}: {}\n    {}\n",
            finding.check, finding.place, finding.what, finding.advice
        ));
    }
    for (check, count) in more {
        text.push_str(&format!("{check}: {count} more\n"));
    }
    if findings.whole() {
        text.push_str("whole: nothing is lost or altered");
    }
    text
}
