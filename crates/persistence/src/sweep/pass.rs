//! One pass of the sweep over the files and the quarantine.

use super::{ORPHAN_HOURS, QUARANTINE_DAYS, Swept};
use crate::db::Db;
use crate::dialect::{self, Opened};
use crate::quarantine::{Folders, remove};
use crate::schema::documents;
use crate::walk::{Found, Walk};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::io::ErrorKind;
use std::sync::Arc;
use vinculo_auth::Scope;
use vinculo_domain::{Refusal, Result};

/// How many files are looked up in the database at once.
const BATCH: usize = 200;

/// What the second pass may still take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    pub(super) set_aside: u64,
    pub(super) remove: u64,
}

/// One sweep, with what its steps need.
pub(super) struct Sweep<'s> {
    pub(super) db: &'s Db,
    pub(super) scope: &'s Scope,
    pub(super) folders: Arc<Folders>,
    pub(super) now: DateTime<Utc>,
    /// Only the second pass has one.
    pub(super) budget: Option<Budget>,
    pub(super) swept: Swept,
}

impl<'s> Sweep<'s> {
    pub(super) fn new(db: &'s Db, scope: &'s Scope) -> Self {
        Self {
            db,
            scope,
            folders: db.files().folders(),
            now: db.now(),
            budget: None,
            swept: Swept::default(),
        }
    }
}

impl Sweep<'_> {
    fn pass_is_second(&self) -> bool {
        self.budget.is_some()
    }

    /// Looks at everything once; the second pass acts on what it finds.
    pub(super) async fn pass(&mut self) -> Result<()> {
        if self.pass_is_second() {
            self.drafts()?;
        }
        let before = self.now - Duration::hours(ORPHAN_HOURS);
        let mut walk = Walk::through(self.folders.files()).map_err(failed)?;
        loop {
            let found = step(&mut walk).await?;
            if found.is_empty() {
                break;
            }
            let files = self.files(found, before)?;
            let named = self.named(&files).await?;
            for file in files.iter().filter(|file| !named.contains(&key(file))) {
                self.unnamed(file, before)?;
            }
        }
        let before = self.now - Duration::days(QUARANTINE_DAYS);
        let mut walk = Walk::through(self.folders.quarantine()).map_err(failed)?;
        loop {
            let found = step(&mut walk).await?;
            if found.is_empty() {
                return Ok(());
            }
            let files = self.files(found, DateTime::<Utc>::MAX_UTC)?;
            let named = self.named(&files).await?;
            for file in &files {
                self.kept(file, named.contains(&key(file)), before)?;
            }
        }
    }

    /// The found files that are older than `before`; also handles leftovers.
    fn files(&mut self, found: Vec<Found>, before: DateTime<Utc>) -> Result<Vec<Stored>> {
        let old = self.now - Duration::hours(ORPHAN_HOURS);
        let mut files = Vec::new();
        for one in found {
            match one {
                Found::File {
                    tenant,
                    sha256,
                    written,
                } => {
                    self.swept.files += u64::from(!self.pass_is_second());
                    if written < before {
                        files.push(Stored {
                            tenant,
                            sha256,
                            written,
                        });
                    }
                }
                Found::Leftover { path, written } => {
                    if written < old && self.pass_is_second() {
                        remove(&path).map_err(failed)?;
                        self.swept.leftovers += 1;
                    }
                }
            }
        }
        Ok(files)
    }

    /// A file that no row names.
    fn unnamed(&mut self, file: &Stored, before: DateTime<Utc>) -> Result<()> {
        let Some(budget) = &mut self.budget else {
            self.swept.unnamed += 1;
            return Ok(());
        };
        if budget.set_aside == 0 {
            return Ok(());
        }
        let moved = self
            .folders
            .put_aside(&file.tenant, &file.sha256, before, self.now);
        match moved {
            Ok(true) => {
                budget.set_aside -= 1;
                self.swept.set_aside += 1;
                Ok(())
            }
            Ok(false) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// A file in quarantine. One that a row names comes back. If its bytes were uploaded again
    /// meanwhile, the copy set aside stays until its time is over.
    fn kept(&mut self, file: &Stored, named: bool, before: DateTime<Utc>) -> Result<()> {
        let stands = self.folders.file(&file.tenant, &file.sha256).exists();
        let due = file.written < before && (!named || stands);
        let Some(budget) = &mut self.budget else {
            self.swept.expired += u64::from(due && !named);
            return Ok(());
        };
        if named && !stands {
            let back = self.folders.recall(&file.tenant, &file.sha256);
            self.swept.recalled += u64::from(back.map_err(failed)?);
        } else if due && (named || budget.remove > 0) {
            remove(&self.folders.set_aside(&file.tenant, &file.sha256)).map_err(failed)?;
            budget.remove = budget.remove.saturating_sub(u64::from(!named));
            self.swept.removed += 1;
        }
        Ok(())
    }

    /// Drafts of keys that a killed process left; never the draft of an installation, which its
    /// next start continues.
    fn drafts(&mut self) -> Result<()> {
        let old = self.now - Duration::hours(ORPHAN_HOURS);
        let folder = match std::fs::read_dir(self.folders.data().join("secrets")) {
            Ok(folder) => folder,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(error)),
        };
        for entry in folder {
            let entry = entry.map_err(failed)?;
            let written = entry.metadata().and_then(|metadata| metadata.modified());
            let is_draft = entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "new");
            if is_draft && DateTime::<Utc>::from(written.map_err(failed)?) < old {
                remove(&entry.path()).map_err(failed)?;
                self.swept.leftovers += 1;
            }
        }
        Ok(())
    }

    /// Which of these files a row names.
    async fn named(&self, files: &[Stored]) -> Result<HashSet<(String, String)>> {
        if files.is_empty() {
            return Ok(HashSet::new());
        }
        let mut digests: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for file in files {
            let of_tenant = digests.entry(file.tenant.clone()).or_default();
            of_tenant.push(file.sha256.clone());
        }
        let looking = move |tx: &mut crate::tx::ReadTx<'_>| {
            let mut named = HashSet::new();
            for (owner, digests) in digests {
                // All documents of the owner, including those it has no access to yet.
                dialect::set_tenant_context(tx.conn, &owner, &owner, Opened::Whole)?;
                let found: Vec<String> = documents::table
                    .filter(documents::tenant_id.eq(&owner))
                    .filter(documents::sha256.eq_any(digests))
                    .select(documents::sha256)
                    .load(tx.conn)?;
                named.extend(found.into_iter().map(|sha256| (owner.clone(), sha256)));
            }
            Ok(named)
        };
        self.db.read(self.scope, "sweep_files", "", looking).await
    }
}

/// A file that was found.
struct Stored {
    tenant: String,
    sha256: String,
    written: DateTime<Utc>,
}

fn key(file: &Stored) -> (String, String) {
    (file.tenant.clone(), file.sha256.clone())
}

pub(super) fn failed(error: std::io::Error) -> Refusal {
    Refusal::internal(format!("sweep of files: {error}"))
}

/// Runs on a blocking thread, because a folder may be slow to read.
async fn step(walk: &mut Walk) -> Result<Vec<Found>> {
    let mut moved = std::mem::take(walk);
    let read = tokio::task::spawn_blocking(move || (moved.next(BATCH), moved)).await;
    let (found, back) = read.map_err(|error| Refusal::internal(error.to_string()))?;
    *walk = back;
    found.map_err(failed)
}
