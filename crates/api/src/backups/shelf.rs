//! The folder that holds the backups: which there are, and who may add to them.

use super::{copying, failed};
use chrono::{DateTime, Utc};
use std::fs::File;
use std::path::{Path, PathBuf};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::try_lock;

/// What ends the name of a backup that is not finished, or of one that is being removed.
const PARTIAL: &str = ".partial";
/// The name of a backup.
const NAME: &str = "%Y-%m-%dT%H-%M-%S%.3fZ";

/// A folder of backups.
pub struct Shelf {
    folder: PathBuf,
}

/// A shelf that nobody else writes on.
pub struct Reserved {
    shelf: Shelf,
    lock: File,
}

impl Shelf {
    /// The folder, which must be there.
    pub fn open(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            return Err(failed(folder, "there is no such folder of backups"));
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Where the files of all backups stand.
    pub fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// The folder of a backup.
    pub fn backup(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The names of all that are finished, oldest first.
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

    /// The one that was asked for; the newest where none was.
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

    /// Reserves the folder, which is made where it is missing, for one program at a time.
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

    /// Removes what killed backups left.
    pub fn clear(&self) -> Result<()> {
        let entries = self.shelf.entries()?;
        // What is somebody else's stays, whatever it is called.
        let ours = |entry: &&String| entry.strip_suffix(PARTIAL).is_some_and(is_name);
        for entry in entries.iter().filter(ours) {
            copying::remove(&self.shelf.backup(entry))?;
        }
        Ok(())
    }

    /// Begins a backup: its name, and the folder to write it into.
    pub fn begin(&self, now: DateTime<Utc>) -> Result<(String, PathBuf)> {
        let name = now.format(NAME).to_string();
        if self.shelf.backup(&name).exists() {
            return Err(Refusal::internal(format!(
                "there is a backup {name} already; run the command again"
            )));
        }
        // The newest is the one that is restored, and the oldest goes: both are told by the name.
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

    /// Makes a backup of what was written.
    pub fn finish(&self, name: &str, partial: &Path) -> Result<()> {
        copying::sync_folder(partial)?;
        copying::settle(partial, &self.shelf.backup(name))
    }

    /// Removes the oldest, so that so many stay, and among them the one that was `made` just now.
    /// The files stay: newer backups share them.
    pub fn keep(&self, keep: usize, made: &str) -> Result<Vec<String>> {
        let mut names = self.shelf.names()?;
        let surplus = names.len().saturating_sub(keep.max(1));
        names.retain(|name| name != made);
        names.truncate(surplus);
        for name in &names {
            // A removal that is cut off must not leave half a backup.
            let going = self.shelf.backup(&format!("{name}{PARTIAL}"));
            copying::settle(&self.shelf.backup(name), &going)?;
            copying::remove(&going)?;
        }
        Ok(names)
    }
}

/// Whether a backup may be called so.
fn is_name(text: &str) -> bool {
    chrono::NaiveDateTime::parse_from_str(text, NAME).is_ok()
}

impl Drop for Reserved {
    fn drop(&mut self) {
        // Closing the file would do it too.
        let _unlocked = self.lock.unlock();
    }
}
