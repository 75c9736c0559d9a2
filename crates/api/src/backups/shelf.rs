//! The folder that holds the backups: lists them, and lets one program at a time add to them.

use super::{copying, failed};
use chrono::{DateTime, Utc};
use std::fs::File;
use std::path::{Path, PathBuf};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::try_lock;

/// The suffix of a backup that is not finished, or that is being removed.
const PARTIAL: &str = ".partial";
/// The format of a backup's name.
const NAME: &str = "%Y-%m-%dT%H-%M-%S%.3fZ";

/// A folder of backups.
pub struct Shelf {
    folder: PathBuf,
}

/// A shelf locked for one program.
pub struct Reserved {
    shelf: Shelf,
    lock: File,
}

impl Shelf {
    /// Opens an existing folder.
    pub fn open(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            return Err(failed(folder, "there is no such folder of backups"));
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// The folder of the files that all backups share.
    pub fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// The folder of a backup.
    pub fn backup(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The names of all finished backups, oldest first.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in self.entries()? {
            if is_name(&entry) && self.backup(&entry).is_dir() {
                names.push(entry);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The requested backup, or the newest if none is requested.
    pub fn choose(&self, at: Option<&str>) -> Result<String> {
        let names = self.names()?;
        match at {
            None => names
                .last()
                .cloned()
                .ok_or_else(|| failed(&self.folder, "there is no finished backup in this folder")),
            Some(name) if names.iter().any(|known| known == name) => Ok(name.to_owned()),
            Some(name) => Err(failed(
                &self.folder,
                format!("there is no backup {name}; there are: {}", names.join(", ")),
            )),
        }
    }

    fn entries(&self) -> Result<Vec<String>> {
        let entries = self
            .folder
            .read_dir()
            .map_err(|error| failed(&self.folder, error))?;
        let names = entries.map(|entry| {
            let entry = entry.map_err(|error| failed(&self.folder, error))?;
            Ok(entry.file_name().to_string_lossy().into_owned())
        });
        names.collect()
    }

    /// Locks the folder for one program at a time; creates it if it is missing.
    pub fn reserve(folder: &Path) -> Result<Reserved> {
        copying::folder(folder)?;
        if copying::open_to_others(folder)? {
            return Err(failed(
                folder,
                "others may enter this folder, and a backup holds the secrets; run chmod 700 on it",
            ));
        }
        let path = folder.join("lock");
        let lock = try_lock(&path).map_err(|error| failed(&path, error))?;
        let lock = lock.ok_or_else(|| {
            failed(
                &path,
                "another backup is being written here; run the command when it is done",
            )
        })?;
        Ok(Reserved {
            shelf: Self::open(folder)?,
            lock,
        })
    }
}

impl Reserved {
    /// The shelf.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Removes what killed backups left behind.
    pub fn clear(&self) -> Result<()> {
        let entries = self.shelf.entries()?;
        // Entries that are not ours stay, whatever their name.
        let ours = |entry: &&String| entry.strip_suffix(PARTIAL).is_some_and(is_name);
        for entry in entries.iter().filter(ours) {
            copying::remove(&self.shelf.backup(entry))?;
        }
        Ok(())
    }

    /// Begins a backup: returns its name and the folder to write into.
    pub fn begin(&self, now: DateTime<Utc>) -> Result<(String, PathBuf)> {
        let name = now.format(NAME).to_string();
        if self.shelf.backup(&name).exists() {
            return Err(Refusal::internal(format!(
                "there is a backup {name} already; run the command again"
            )));
        }
        // The newest is restored and the oldest is removed; the name alone decides which is which.
        if let Some(later) = self.shelf.names()?.last().filter(|newest| **newest > name) {
            return Err(failed(
                &self.shelf.backup(later),
                format!(
                    "this backup is of later than now, which is {name}: set this machine's clock right; \
                     if it was wrong when that backup was taken, move that folder away and run the command again"
                ),
            ));
        }
        let partial = self.shelf.backup(&format!("{name}{PARTIAL}"));
        copying::folder(&partial)?;
        Ok((name, partial))
    }

    /// Turns the written folder into a finished backup.
    pub fn finish(&self, name: &str, partial: &Path) -> Result<()> {
        copying::sync_folder(partial)?;
        copying::settle(partial, &self.shelf.backup(name))
    }

    /// Removes the oldest backups until `keep` remain, one of which is `made`. The files stay:
    /// newer backups share them.
    pub fn keep(&self, keep: usize, made: &str) -> Result<Vec<String>> {
        let mut names = self.shelf.names()?;
        let surplus = names.len().saturating_sub(keep.max(1));
        names.retain(|name| name != made);
        names.truncate(surplus);
        for name in &names {
            // Renamed first, so that an interrupted removal does not leave half a backup.
            let going = self.shelf.backup(&format!("{name}{PARTIAL}"));
            copying::settle(&self.shelf.backup(name), &going)?;
            copying::remove(&going)?;
        }
        Ok(names)
    }
}

/// Whether this is a valid name of a backup.
fn is_name(text: &str) -> bool {
    chrono::NaiveDateTime::parse_from_str(text, NAME).is_ok()
}

impl Drop for Reserved {
    fn drop(&mut self) {
        // Closing the file would unlock it too.
        let _unlocked = self.lock.unlock();
    }
}
