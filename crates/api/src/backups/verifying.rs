//! Verifies that a store, or a backup, is complete and unaltered.

mod files;
pub(super) mod sound;

use super::manifest::{self, Manifest};
use super::progress::Progress;
use super::shelf::Shelf;
use super::{copying, failed, pg_tools, reading_url, refuse_half_restored};
use crate::config::Config;
use std::path::Path;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{
    Engine, Finding, Findings, Snapshot, Weight, known_migrations, sqlite_file,
};

pub use files::Seen;

const BACKUP_LOST: &str = "this backup is not to be restored; use another one, and take a new one";
const KEYS: &str =
    "put the secrets back from a backup; with new ones everybody has to sign in again";

/// Verifies a store that may be in use.
pub fn store(config: &Config, progress: &Progress) -> Result<Findings> {
    refuse_half_restored(&config.data_dir)?;
    let mut findings = Findings::default();
    store_into(config, progress, &mut findings)?;
    Ok(findings)
}

/// The same, whatever else is in the data folder. Returns the state that was verified.
pub(super) fn store_into(
    config: &Config,
    progress: &Progress,
    findings: &mut Findings,
) -> Result<Option<Snapshot>> {
    let url = reading_url(config)?;
    secrets(config, findings);
    let mut snapshot = match Snapshot::of_store(&url) {
        Ok(snapshot) => snapshot,
        // A server that does not answer is not a damaged store; a file that does not open is one.
        Err(refusal) if Engine::of(&url)? == Engine::Postgres => return Err(refusal),
        Err(refusal) => {
            let file = sqlite_file(&url)?.unwrap_or_default().display().to_string();
            findings.damage("database", file, refusal.to_string(), "restore a backup");
            return Ok(None);
        }
    };
    match snapshot.migrations() {
        Ok(applied) => refuse_newer(&applied)?,
        Err(refusal) => {
            findings.damage(
                "migrations",
                "the database",
                refusal.to_string(),
                "restore a backup",
            );
        }
    }
    let own = config.data_dir.join(manifest::INSTALLATION);
    sound::one_installation(&mut snapshot, &own, findings);
    progress.phase("the database:");
    snapshot.inspect(findings, |_part| progress.one());
    progress.phase("files:");
    let folder = config.data_dir.join("files");
    files::of_store(&mut snapshot, &folder, findings, || progress.one());
    Ok(Some(snapshot))
}

/// Refuses a database that a newer program made.
pub(super) fn refuse_newer(applied: &[String]) -> Result<()> {
    let known = known_migrations()?;
    let unknown: Vec<&str> = applied
        .iter()
        .filter(|migration| !known.contains(migration))
        .map(String::as_str)
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::internal(format!(
        "a newer version of Vínculo has made this database (migrations {}): use that version",
        unknown.join(", ")
    )))
}

fn secrets(config: &Config, findings: &mut Findings) {
    let folder = config.data_dir.join("secrets");
    for name in ["signing-key.p8", "seal.key"] {
        let path = folder.join(name);
        if !path.metadata().is_ok_and(|found| found.len() > 0) {
            findings.damage(
                "secrets",
                path.display().to_string(),
                "is missing or empty",
                KEYS,
            );
        }
    }
    for path in [&config.data_dir, &folder] {
        warn_of_others(path, findings);
    }
}

fn warn_of_others(path: &Path, findings: &mut Findings) {
    if copying::open_to_others(path).unwrap_or_default() {
        findings.add(Finding {
            weight: Weight::Warning,
            check: "permissions",
            place: path.display().to_string(),
            what: "others on this machine may enter it".into(),
            advice: "run chmod 700 on it",
        });
    }
}

/// Verifies one backup, or all backups of a folder.
pub fn backups(
    config: &Config,
    folder: &Path,
    at: Option<&str>,
    progress: &Progress,
) -> Result<Findings> {
    let shelf = Shelf::open(folder)?;
    let mut findings = Findings::default();
    warn_of_others(folder, &mut findings);
    let names = match at {
        Some(_) => vec![shelf.choose(at)?],
        None => {
            shelf.choose(None)?;
            shelf.names()?
        }
    };
    let mut seen = Seen::default();
    for name in names.iter().rev() {
        backup(config, &shelf, name, &mut seen, &mut findings, progress)?;
    }
    Ok(findings)
}

/// Verifies one backup. Returns its manifest if that can be trusted, or an error if this machine
/// cannot tell.
pub(super) fn backup(
    config: &Config,
    shelf: &Shelf,
    name: &str,
    seen: &mut Seen,
    findings: &mut Findings,
    progress: &Progress,
) -> Result<Option<(Manifest, String)>> {
    progress.phase(&format!("{name}:"));
    let folder = shelf.backup(name);
    let (manifest, digest) = match Manifest::read(&folder) {
        Ok(read) => read,
        Err(refusal) => {
            findings.damage("manifest", name, text(&refusal), BACKUP_LOST);
            return Ok(None);
        }
    };
    let mut own = Findings::default();
    parts(&folder, name, &manifest, &mut own);
    if own.whole() {
        files::of_backup(shelf, name, &manifest, seen, &mut own, || progress.one());
        database(config, &folder, name, &manifest, &mut own)?;
    }
    // With `--keep-going` the backup was taken despite the damage.
    for what in &manifest.damaged {
        own.damage("database", name, what, BACKUP_LOST);
    }
    findings.take(own);
    Ok(Some((manifest, digest)))
}

/// Checks that every part matches its digest and that there is nothing else.
fn parts(folder: &Path, name: &str, manifest: &Manifest, findings: &mut Findings) {
    for part in &manifest.parts {
        let place = format!("{name}/{}", part.path);
        match copying::digest(&folder.join(&part.path), |_piece| Ok(())) {
            Ok(read) if read.size == part.size && read.sha256 == part.sha256 => {}
            Ok(_other) => findings.damage("parts", place, "its bytes are altered", BACKUP_LOST),
            Err(refusal) => findings.damage("parts", place, text(&refusal), BACKUP_LOST),
        }
    }
    match below(folder) {
        Ok(there) => {
            for path in there {
                let own = path == manifest::MANIFEST || path == manifest::SEAL;
                if !own && manifest.part(&path).is_none() {
                    findings.add(Finding {
                        weight: Weight::Warning,
                        check: "parts",
                        place: format!("{name}/{path}"),
                        what: "the manifest does not know it".into(),
                        advice: "look who put it there; it will not be restored",
                    });
                }
            }
        }
        Err(refusal) => findings.damage("parts", name, text(&refusal), BACKUP_LOST),
    }
}

/// Checks that the copy of the database holds what the manifest counted.
fn database(
    config: &Config,
    folder: &Path,
    name: &str,
    manifest: &Manifest,
    findings: &mut Findings,
) -> Result<()> {
    let mut damaged = |what: String| findings.damage("database", name, what, BACKUP_LOST);
    if manifest.part(manifest::DUMP).is_some() {
        if let Some(what) = pg_tools::list(config, &folder.join(manifest::DUMP))? {
            damaged(what);
        }
        return Ok(());
    }
    let snapshot = Snapshot::of_copy(&folder.join(manifest::SQLITE));
    let counted = snapshot.and_then(|mut snapshot| {
        let contents = snapshot.contents(|_table| {})?;
        Ok((snapshot, contents))
    });
    match counted {
        Ok((mut snapshot, contents)) if contents == manifest.tables => {
            let own = folder.join(manifest::INSTALLATION);
            sound::one_installation(&mut snapshot, &own, findings);
            snapshot.inspect(findings, |_part| {});
        }
        Ok(_other) => damaged("its tables are not those that were counted".into()),
        Err(refusal) => damaged(text(&refusal)),
    }
    Ok(())
}

/// The files below a folder, by relative path with `/`.
pub(super) fn below(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in folder.read_dir().map_err(|error| failed(folder, error))? {
        let entry = entry.map_err(|error| failed(folder, error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inside = below(&entry.path())?.into_iter();
            found.extend(inside.map(|path| format!("{name}/{path}")));
        } else {
            found.push(name);
        }
    }
    found.sort_unstable();
    Ok(found)
}

pub(super) fn text(refusal: &Refusal) -> String {
    refusal
        .internal
        .clone()
        .unwrap_or_else(|| refusal.to_string())
}
