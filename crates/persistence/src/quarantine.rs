//! Quarantine: files that no row names are kept beside the others for thirty days, and come back if
//! a row names them after all.

use crate::files::layout;
use crate::private::{make_folder, sync_folder};
use chrono::{DateTime, Utc};
use std::fs;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folders of one file store.
#[derive(Debug)]
pub(crate) struct Folders {
    files: PathBuf,
    quarantine: PathBuf,
    data: PathBuf,
}

impl Folders {
    /// Those that belong to a folder of files: the quarantine is beside it.
    pub(crate) fn beside(files: &Path) -> Self {
        let data = files.parent().unwrap_or(files).to_owned();
        Self {
            files: files.to_owned(),
            quarantine: data.join("quarantine"),
            data,
        }
    }

    /// The folder for the files.
    pub(crate) fn files(&self) -> &Path {
        &self.files
    }

    /// The folder for files set aside.
    pub(crate) fn quarantine(&self) -> &Path {
        &self.quarantine
    }

    /// The folder that holds all of these.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// The path of a file.
    pub(crate) fn file(&self, tenant: &str, sha256: &str) -> PathBuf {
        below(&self.files, tenant, sha256)
    }

    /// The path of a file that was set aside.
    pub(crate) fn set_aside(&self, tenant: &str, sha256: &str) -> PathBuf {
        below(&self.quarantine, tenant, sha256)
    }

    /// Moves a file into quarantine, dated `now`, unless it is not older than `before`: it may have
    /// been uploaded again since it was checked. Gives whether it was moved.
    pub(crate) fn put_aside(
        &self,
        tenant: &str,
        sha256: &str,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let (from, to) = (self.file(tenant, sha256), self.set_aside(tenant, sha256));
        let folder = parent(&to)?;
        make_folder(folder)?;
        let file = fs::OpenOptions::new().write(true).open(&from)?;
        if DateTime::<Utc>::from(file.metadata()?.modified()?) >= before {
            return Ok(false);
        }
        // The thirty days count from here. A crash before the move leaves a file with a new date;
        // the sweep of a later day finds it again.
        file.set_modified(SystemTime::from(now))?;
        fs::rename(&from, &to)?;
        sync_folder(folder)?;
        sync_folder(parent(&from)?)?;
        Ok(true)
    }

    /// Brings a file back; gives whether it is in its place afterwards. An existing file there is
    /// never overwritten, and the copy set aside is removed only once the file is in its place.
    pub(crate) fn recall(&self, tenant: &str, sha256: &str) -> Result<bool> {
        let (from, to) = (self.set_aside(tenant, sha256), self.file(tenant, sha256));
        if !from.exists() {
            return Ok(to.exists());
        }
        let folder = parent(&to)?;
        make_folder(folder)?;
        match fs::hard_link(&from, &to) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(true),
            // Another process was first.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(to.exists()),
            Err(error) => return Err(error),
        }
        sync_folder(folder)?;
        remove(&from)?;
        Ok(true)
    }
}

fn below(folder: &Path, tenant: &str, sha256: &str) -> PathBuf {
    folder.join(PathBuf::from_iter(layout(tenant, sha256)))
}

fn parent(path: &Path) -> Result<&Path> {
    path.parent()
        .ok_or_else(|| std::io::Error::other("a file without a folder"))
}

/// Removes a file; it may be gone already.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
