//! A walk through a folder of files, a few at a time. It holds one open folder for each level and
//! keeps nothing of what it passed.

use chrono::{DateTime, Utc};
use std::fs::{self, DirEntry, ReadDir};
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

/// What a walk finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// The file of a document.
    File {
        /// Its owner.
        tenant: String,
        /// The digest that is its name.
        sha256: String,
        /// When it was last written.
        written: DateTime<Utc>,
    },
    /// Part of a file whose upload was interrupted.
    Leftover {
        /// Its path.
        path: PathBuf,
        /// When it was last written.
        written: DateTime<Utc>,
    },
}

/// The tenant's folder, the folder of the first two digits, the file.
const LEVELS: usize = 3;

/// A walk under way.
#[derive(Default)]
pub(crate) struct Walk {
    root: PathBuf,
    open: Vec<ReadDir>,
}

impl Walk {
    /// A walk through everything below a folder; a missing folder counts as empty.
    pub(crate) fn through(root: &Path) -> Result<Self> {
        let open = match fs::read_dir(root) {
            Ok(folder) => vec![folder],
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(Self {
            root: root.to_owned(),
            open,
        })
    }

    /// The next files, at most this many; none at the end.
    pub(crate) fn next(&mut self, most: usize) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        while found.len() < most {
            let Some(folder) = self.open.last_mut() else {
                break;
            };
            let Some(entry) = folder.next() else {
                self.open.pop();
                continue;
            };
            // What disappears during the walk is ignored.
            match self.enter(&entry?) {
                Ok(one) => found.extend(one),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    fn enter(&mut self, entry: &DirEntry) -> Result<Option<Found>> {
        let kind = entry.file_type()?;
        if kind.is_dir() && self.open.len() < LEVELS {
            self.open.push(fs::read_dir(entry.path())?);
            return Ok(None);
        }
        if !kind.is_file() || self.open.len() != LEVELS {
            return Ok(None);
        }
        let written = DateTime::<Utc>::from(entry.metadata()?.modified()?);
        Ok(self.name(&entry.path(), written))
    }

    /// Files with names that are not ours are ignored.
    fn name(&self, path: &Path, written: DateTime<Utc>) -> Option<Found> {
        let mut parts = path.strip_prefix(&self.root).ok()?.iter();
        let tenant = parts.next()?.to_str()?.to_owned();
        let first = parts.next()?.to_str()?;
        let name = parts.next()?.to_str()?;
        // object_store first writes a file beside its place, under a number after a hash sign.
        let (sha256, number) = name.split_once('#').unwrap_or((name, ""));
        if !is_digest(sha256) || !sha256.starts_with(first) {
            return None;
        }
        if name == sha256 {
            return Some(Found::File {
                tenant,
                sha256: sha256.to_owned(),
                written,
            });
        }
        let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        numbered.then(|| Found::Leftover {
            path: path.to_owned(),
            written,
        })
    }
}

fn is_digest(name: &str) -> bool {
    name.len() == 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
