//! Compares files with the rows that name them, in both directions.

use super::super::manifest::{Listed, Manifest};
use super::super::shelf::Shelf;
use super::super::{copying, failed};
use super::{BACKUP_LOST, text};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use vinculo_domain::Result;
use vinculo_persistence::{Finding, Findings, Snapshot, StoredFile, Weight};

const STORE_LOST: &str =
    "put the file back from a backup: it stands there under `files`, at the same place";
const AGAIN: &str = "remove this file from the backups and take a new one: it will be copied again";

/// Files of backups already found intact: several backups share them.
#[derive(Debug, Default)]
pub struct Seen(HashSet<PathBuf>);

/// What is wrong with a file, if anything is.
fn wrong(path: &Path, file: &StoredFile) -> Option<String> {
    match copying::digest(path, |_piece| Ok(())) {
        Ok(read) if read.size == file.size && read.sha256 == file.sha256 => None,
        Ok(read) if read.size != file.size => Some(format!(
            "it has {} bytes instead of {}",
            read.size, file.size
        )),
        Ok(_other) => Some("its bytes are altered".into()),
        Err(refusal) => Some(text(&refusal)),
    }
}

/// Checks the files of a store.
pub(super) fn of_store(
    snapshot: &mut Snapshot,
    folder: &Path,
    findings: &mut Findings,
    step: impl Fn(),
) {
    let named = snapshot.files(|file| {
        step();
        let path = file.find(folder);
        if let Some(what) = wrong(&path, &file) {
            findings.damage("files", path.display().to_string(), what, STORE_LOST);
        }
        Ok(())
    });
    let walked = named.and_then(|()| alone(snapshot, folder, findings));
    if let Err(refusal) = walked {
        let place = folder.display().to_string();
        findings.damage("files", place, text(&refusal), STORE_LOST);
    }
}

/// Reports files that no row names: interrupted uploads and unused files.
fn alone(snapshot: &mut Snapshot, folder: &Path, findings: &mut Findings) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for tenant in folders(folder)? {
        let name = tenant
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        for part in folders(&tenant)? {
            for entry in part.read_dir().map_err(|error| failed(&part, error))? {
                let entry = entry.map_err(|error| failed(&part, error))?;
                let file = entry.file_name().to_string_lossy().into_owned();
                let named = match &name {
                    Some(name) => snapshot.names(name, &file)?,
                    None => false,
                };
                if !named {
                    findings.add(Finding {
                        weight: Weight::Information,
                        check: "files_alone",
                        place: entry.path().display().to_string(),
                        what: "no row names it".into(),
                        advice: "nothing: what an upload left that was cut off goes by itself",
                    });
                }
            }
        }
    }
    Ok(())
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in folder.read_dir().map_err(|error| failed(folder, error))? {
        let path = entry.map_err(|error| failed(folder, error))?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    Ok(found)
}

/// Checks the files of a backup.
pub(super) fn of_backup(
    shelf: &Shelf,
    name: &str,
    manifest: &Manifest,
    seen: &mut Seen,
    findings: &mut Findings,
    step: impl Fn(),
) {
    let lines = match Manifest::listed(&shelf.backup(name)) {
        Ok(lines) => lines,
        Err(refusal) => return findings.damage("files", name, text(&refusal), BACKUP_LOST),
    };
    let (mut count, mut bytes) = (0, 0);
    for line in lines {
        step();
        let line: Listed = match line {
            Ok(line) => line,
            Err(refusal) => {
                findings.damage("files", name, text(&refusal), BACKUP_LOST);
                continue;
            }
        };
        let file = line.file();
        count += 1;
        bytes += file.size;
        let path = shelf.files().join(file.place());
        if line.missing {
            findings.add(Finding {
                weight: Weight::Warning,
                check: "files",
                place: format!("{name}: {}", file.place().display()),
                what: "the store had lost it when the backup was taken".into(),
                advice: "look for it in an earlier backup",
            });
        } else if !seen.0.contains(&path) {
            match wrong(&path, &file) {
                None => {
                    seen.0.insert(path);
                }
                Some(what) => findings.damage("files", path.display().to_string(), what, AGAIN),
            }
        }
    }
    if (count, bytes) != (manifest.files, manifest.bytes) {
        let what = format!("{count} files are listed, {} were counted", manifest.files);
        findings.damage("files", name, what, BACKUP_LOST);
    }
}
