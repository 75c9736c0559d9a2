//! Creates or takes over an installation in steps, so that after a kill between two steps the next
//! start can continue.

use super::folder::Folder;
use super::refusals::Why;
use crate::config::Config;
use crate::secrets;
use uuid::Uuid;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{migrate, open_private, settle, sqlite_file};

/// An installation being created.
pub struct Beginning<'c> {
    config: &'c Config,
    migrating: &'c str,
    id: Uuid,
}

/// A step; each may be repeated.
pub type Step<'c> = fn(&Beginning<'c>) -> Result<()>;

impl<'c> Beginning<'c> {
    /// The steps in order. The draft comes first: it marks what follows as new, and not as the
    /// remains of something lost.
    pub const STEPS: [(&'static str, Step<'c>); 6] = [
        ("draft", Self::draft),
        ("file", Self::file),
        ("schema", Self::schema),
        ("row", Self::row),
        ("keys", Self::keys),
        ("id", Self::publish),
    ];

    /// Under `id`, or a new id. `migrating` is the URL with which migrations run.
    pub fn of(config: &'c Config, migrating: &'c str, id: Option<Uuid>) -> Self {
        Self {
            config,
            migrating,
            id: id.unwrap_or_else(Uuid::now_v7),
        }
    }

    /// Runs all steps.
    pub fn run(&self) -> Result<()> {
        for (name, step) in Self::STEPS {
            tracing::debug!(step = name, id = %self.id, "the installation is being made");
            step(self)?;
        }
        tracing::info!(id = %self.id, folder = %self.config.data_dir.display(), "database and data folder belong together");
        Ok(())
    }

    fn folder(&self) -> Result<Folder> {
        Folder::at(&self.config.data_dir)
    }

    fn draft(&self) -> Result<()> {
        self.folder()?.write_draft(self.id)
    }

    /// SQLite gives its journals the permissions of the database file, so the file is created with
    /// the right ones.
    fn file(&self) -> Result<()> {
        let Some(path) = sqlite_file(self.migrating)? else {
            return Ok(());
        };
        open_private(&path)
            .map(drop)
            .map_err(|error| Refusal::internal(format!("{}: {error}", path.display())))
    }

    fn schema(&self) -> Result<()> {
        migrate(self.migrating, SystemClock.now())
    }

    fn row(&self) -> Result<()> {
        let settled = settle(self.migrating, self.id, SystemClock.now())?;
        if settled == self.id {
            return Ok(());
        }
        // A start with another folder was faster.
        let why = Why::Other {
            database: Some(settled),
            folder: self.id,
        };
        Err(why.said(self.config))
    }

    fn keys(&self) -> Result<()> {
        secrets::make(&self.config.data_dir)
    }

    fn publish(&self) -> Result<()> {
        self.folder()?.publish()
    }
}
