//! What a store knows about itself, for its guard and for whoever watches it from outside.

use crate::db::{Db, Settings};
use crate::guard::ClockGuard;
use crate::places::PoolFigures;
use crate::tallies::Tallies;
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One for a store and its clones.
#[derive(Clone)]
pub(crate) struct Watch {
    guard: ClockGuard,
    tallies: Arc<Tallies>,
    /// The file of an embedded database.
    pub(crate) location: Option<PathBuf>,
    folder: PathBuf,
}

impl Watch {
    pub(crate) fn of(settings: &Settings, tallies: Arc<Tallies>) -> Self {
        Self {
            guard: ClockGuard::default(),
            tallies,
            location: settings.url.strip_prefix("sqlite://").map(PathBuf::from),
            folder: settings.files.clone(),
        }
    }
}

impl Db {
    /// What this process has done to the files.
    pub fn tallies(&self) -> &Tallies {
        &self.watch.tallies
    }

    /// What is asked before anything is done in bulk by time.
    pub fn guard(&self) -> &ClockGuard {
        &self.watch.guard
    }

    /// The instant by which is decided what cannot be taken back, such as showing a document that
    /// was withheld until a day: the clock's, but while that is far, no later than what is known.
    pub fn believed(&self) -> DateTime<Utc> {
        self.guard().believed(self.now())
    }

    /// How the pools stand, the readers' and the writers'.
    pub fn pools(&self) -> [(&'static str, PoolFigures); 2] {
        [
            ("read", self.readers.figures()),
            ("write", self.writers.figures()),
        ]
    }

    /// The folder of the files.
    pub fn folder(&self) -> &Path {
        &self.watch.folder
    }
}
