//! Where files go that no row names: for thirty days they are kept beside the others, and come back
//! when a row names them after all.

use crate::files::layout;
use crate::private::{make_folder, sync_folder};
use chrono::{DateTime, Utc};
use std::fs;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folders of one store of files.
#[derive(Debug)]
pub(crate) struct Folders {
    files: PathBuf,
    quarantine: PathBuf,
    data: PathBuf,
}

impl Folders {
    /// Those of the folder of files: the quarantine stands beside it.
    pub(crate) fn beside(files: &Path) -> Self {
        let data = files.parent().unwrap_or(files).to_owned();
        Self {
            files: files.to_owned(),
            quarantine: data.join("quarantine"),
            data,
        }
    }

    /// The folder of the files.
    pub(crate) fn files(&self) -> &Path {
        &self.files
    }

    /// The folder of what was set aside.
    pub(crate) fn quarantine(&self) -> &Path {
        &self.quarantine
    }

    /// The folder of everything.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Where a file stands.
    pub(crate) fn file(&self, tenant: &str, sha256: &str) -> PathBuf {
        below(&self.files, tenant, sha256)
    }

    /// Where it stands when it was set aside.
    pub(crate) fn set_aside(&self, tenant: &str, sha256: &str) -> PathBuf {
        below(&self.quarantine, tenant, sha256)
    }

    /// Moves a file into quarantine, dated `now`, unless it is not older than `before`: somebody
    /// may have uploaded it again since it was looked at. Whether it was moved.
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
        // The thirty days count from here. A crash before the move leaves a young file, which the
        // sweep of another day finds again.
        file.set_modified(SystemTime::from(now))?;
        fs::rename(&from, &to)?;
        sync_folder(folder)?;
        sync_folder(parent(&from)?)?;
        Ok(true)
    }

    /// Brings a file back; whether it stands in its place then. What stands there already is never
    /// overwritten, and what was set aside is removed only when it stands in its place.
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
            // Somebody else was faster.
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

/// Removes what may be gone already.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
