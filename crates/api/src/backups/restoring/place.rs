//! The place of a restoration: empty, or what the same restoration left there when it was killed.

use super::super::{RESTORING, copying, failed, manifest, pg_tools, reading_url};
use super::Work;
use std::path::{Path, PathBuf};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Snapshot, sqlite_file};

/// What an empty data folder may contain: the entries of a mounted file system, and the lock of a
/// command that was refused there.
const PASSED_OVER: [&str; 2] = ["lost+found", "installation.lock"];

impl Work<'_> {
    pub(super) fn marker(&self) -> PathBuf {
        self.config.data_dir.join(RESTORING)
    }

    pub(super) fn sqlite(&self) -> Result<Option<PathBuf>> {
        sqlite_file(&self.config.database_url())
    }

    /// Where the database is to be restored, as the marker says it: its file, or its URL without a
    /// password.
    fn database_place(&self) -> Result<String> {
        Ok(match self.sqlite()? {
            Some(file) => {
                let whole = std::path::absolute(&file).map_err(|error| failed(&file, error))?;
                whole.display().to_string()
            }
            None => pg_tools::without_password(&self.config.database_url()),
        })
    }

    /// Refuses a place that is not empty, unless a killed run of this same restoration filled it:
    /// then its leftovers are removed and the answer is `true`.
    pub(super) fn require_place(&self, digest: &str) -> Result<bool> {
        let data = &self.config.data_dir;
        let left = std::fs::read_to_string(self.marker()).ok();
        if let Some(left) = &left {
            self.require_same(left, digest)?;
            for name in ["files", "secrets", manifest::INSTALLATION] {
                copying::remove(&data.join(name))?;
            }
            for path in self.sqlite()?.iter().flat_map(|file| beside(file)) {
                copying::remove(&path)?;
            }
        } else if data.read_dir().is_ok_and(|found| {
            found
                .flatten()
                .any(|entry| !PASSED_OVER.iter().any(|name| entry.file_name() == *name))
        }) {
            return Err(failed(
                data,
                "the data folder is not empty: a backup is restored into an empty place only",
            ));
        }
        if let Some(file) = self.sqlite()? {
            if let Some(path) = beside(&file).into_iter().find(|path| path.exists()) {
                return Err(failed(
                    &path,
                    "there is a database already: a backup is restored into an empty place only",
                ));
            }
        } else if left.is_none() {
            self.require_empty_database()?;
        }
        Ok(left.is_some())
    }

    /// Only the same restoration removes its leftovers: if the settings name another database now
    /// than they did then, that database belongs to somebody.
    fn require_same(&self, left: &str, digest: &str) -> Result<()> {
        let (backup, database) = left.trim().split_once('\n').unwrap_or((left.trim(), ""));
        if backup != digest {
            return Err(failed(
                &self.marker(),
                "another backup was being restored here: empty the data folder and the database first",
            ));
        }
        let named = self.database_place()?;
        if database != named {
            return Err(failed(
                &self.marker(),
                format!(
                    "the restoration that began here was into the database {database}, and VINCULO_DATABASE_URL names {named} now: \
                     nothing was touched; name the first one again, or take this data folder away and restore into an empty place"
                ),
            ));
        }
        Ok(())
    }

    fn require_empty_database(&self) -> Result<()> {
        self.migration_url()?;
        if Snapshot::of_store(&reading_url(self.config)?)?.tables_count()? == 0 {
            return Ok(());
        }
        Err(Refusal::internal(
            "the PostgreSQL database has tables already: a backup is restored into an empty one only; \
             make it as the README says under `With your own PostgreSQL`",
        ))
    }

    pub(super) fn migration_url(&self) -> Result<String> {
        self.config.migration_url.clone().ok_or_else(|| {
            Refusal::internal(
                "VINCULO_MIGRATION_URL is not set: a backup is restored as vinculo_migrator",
            )
        })
    }

    pub(super) fn mark(&self, digest: &str) -> Result<()> {
        copying::folder(&self.config.data_dir)?;
        if !self.marker().exists() {
            let said = format!("{digest}\n{}\n", self.database_place()?);
            copying::write(&self.marker(), said.as_bytes())?;
        }
        copying::sync_folder(&self.config.data_dir)
    }
}

/// A SQLite file and the files that SQLite keeps beside it.
fn beside(file: &Path) -> Vec<PathBuf> {
    let ends = ["", "-wal", "-shm", "-journal"];
    ends.iter().map(|end| with(file, end)).collect()
}

pub(super) fn with(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}
