//! What this process has done to the files, for whoever watches it.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts since the process began.
#[derive(Debug, Default)]
pub struct Tallies {
    swept: AtomicU64,
    quarantined: AtomicU64,
    damaged: AtomicU64,
}

impl Tallies {
    /// Files that were removed because no row names them.
    pub fn swept(&self) -> u64 {
        self.swept.load(Ordering::Relaxed)
    }

    /// Files that were set aside because no row names them.
    pub fn quarantined(&self) -> u64 {
        self.quarantined.load(Ordering::Relaxed)
    }

    /// Reads that met a damaged file.
    pub fn damaged(&self) -> u64 {
        self.damaged.load(Ordering::Relaxed)
    }

    /// So many files were removed.
    pub fn count_swept(&self, files: u64) {
        self.swept.fetch_add(files, Ordering::Relaxed);
    }

    /// So many files were set aside.
    pub fn count_quarantined(&self, files: u64) {
        self.quarantined.fetch_add(files, Ordering::Relaxed);
    }

    /// A read met a damaged file.
    pub fn count_damaged(&self) {
        self.damaged.fetch_add(1, Ordering::Relaxed);
    }
}
