//! The data folder: its contents, and how its id is written.

use crate::secrets;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{holds_files, make_folder, open_private, sync_folder};

/// The file with the id of the installation.
const ID: &str = "installation";
/// The file with the id while the installation is being created; the next start continues from it.
const DRAFT: &str = "installation.new";

/// A data folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// How many of the keys exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// None.
    None,
    /// Not all.
    Some,
    /// All.
    All,
}

/// The contents of a data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The id of its installation.
    pub id: Option<Uuid>,
    /// The id of an installation that is being made.
    pub draft: Option<Uuid>,
    /// The keys.
    pub keys: Keys,
    /// Whether there are files of documents, or files set aside.
    pub files: bool,
}

impl Seen {
    /// Whether it contains anything that could be lost.
    pub fn holds_something(&self) -> bool {
        self.files || self.keys != Keys::None
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::internal(format!("{}: {error}", path.display()))
}

impl Folder {
    /// The folder at a path; created if missing, for its owner only.
    pub fn at(path: &Path) -> Result<Self> {
        make_folder(path).map_err(|error| failed(path, &error))?;
        Ok(Self(path.to_owned()))
    }

    /// Waits until no other process is opening the folder. The lock ends with the file handle or
    /// its process.
    pub fn lock(&self) -> Result<File> {
        let path = self.0.join("installation.lock");
        let file = open_private(&path).map_err(|error| failed(&path, &error))?;
        file.lock().map_err(|error| failed(&path, &error))?;
        Ok(file)
    }

    /// Looks at its contents.
    pub fn look(&self) -> Result<Seen> {
        let id = match self.read(ID)? {
            None => None,
            Some(text) => Some(text.trim().parse().map_err(|error| {
                Refusal::internal(format!(
                    "{}: {error}; restore it from a backup",
                    self.0.join(ID).display()
                ))
            })?),
        };
        // A complete draft is renamed into place, so any other content was not written by us.
        let draft = self.read(DRAFT)?.and_then(|text| text.trim().parse().ok());
        let [one, other] = secrets::paths(&self.0).map(|path| path.exists());
        Ok(Seen {
            id,
            draft,
            keys: match (one, other) {
                (true, true) => Keys::All,
                (false, false) => Keys::None,
                _ => Keys::Some,
            },
            files: holds_files(&self.0.join("files"))?,
        })
    }

    fn read(&self, name: &str) -> Result<Option<String>> {
        let path = self.0.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    /// Writes the id as a draft, completely and to disk.
    pub(super) fn write_draft(&self, id: Uuid) -> Result<()> {
        let path = self.0.join("installation.tmp");
        let write = || {
            let mut file = open_private(&path)?;
            file.set_len(0)?;
            writeln!(file, "{id}")?;
            file.sync_all()
        };
        write().map_err(|error| failed(&path, &error))?;
        self.rename(&path, DRAFT)
    }

    /// Turns the draft into the folder's id: from now on the folder belongs to its database.
    pub(super) fn publish(&self) -> Result<()> {
        self.rename(&self.0.join(DRAFT), ID)
    }

    fn rename(&self, from: &Path, name: &str) -> Result<()> {
        let to = self.0.join(name);
        fs::rename(from, &to).map_err(|error| failed(&to, &error))?;
        sync_folder(&self.0).map_err(|error| failed(&self.0, &error))
    }
}
