//! The sweep of files that no row names. It deletes none at once: a file is first set aside for
//! thirty days. A sweep that would take many files takes none, because the wrong database is then
//! more likely than so many leftovers.

mod pass;

use crate::alarms::Alarm;
use crate::clock_guard::Leave;
use crate::db::Db;
use crate::private::try_lock;
use crate::quarantine::Folders;
use crate::walk::Walk;
use pass::{Budget, Sweep, failed};
use std::fs::File;
use vinculo_auth::Scope;
use vinculo_domain::{Refusal, Result};

/// How long a file may exist without a row before it is set aside: an upload that was interrupted
/// between the two leaves one.
const ORPHAN_HOURS: i64 = 24;
/// How long it is kept after that, counted from the day it was set aside.
const QUARANTINE_DAYS: i64 = 30;
/// This many files always count as few.
const FEW: u64 = 20;
/// Above that, one in this many of all files: one in a hundred.
const ONE_OF: u64 = 100;

/// Whether a folder of files, or the quarantine beside it, holds any file.
pub fn holds_files(files: &std::path::Path) -> Result<bool> {
    let folders = Folders::beside(files);
    for folder in [folders.files(), folders.quarantine()] {
        let mut walk = Walk::through(folder).map_err(failed)?;
        if !walk.next(1).map_err(failed)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a sweep may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweeping {
    /// Take few files; if there are many, leave them.
    Few,
    /// Take everything that is due: a person has checked the figures.
    All,
}

/// What a sweep found and did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// All files, including those set aside.
    pub files: u64,
    /// Files that no row names and that are old enough to be set aside.
    pub unnamed: u64,
    /// Files whose time in quarantine is over and that still no row names.
    pub expired: u64,
    /// How many were set aside.
    pub set_aside: u64,
    /// How many came back from quarantine.
    pub recalled: u64,
    /// How many were removed from quarantine.
    pub removed: u64,
    /// How many leftovers of uploads and drafts of keys were removed.
    pub leftovers: u64,
    /// Whether it would have taken too many, and so took none of them.
    pub stopped: bool,
    /// Whether another sweep is running, so that this one did nothing.
    pub busy: bool,
}

impl Swept {
    /// How many may be taken without asking a person.
    pub fn limit(&self) -> u64 {
        FEW.max(self.files / ONE_OF)
    }
}

/// Counts what a sweep would take, and changes nothing.
pub async fn count_unnamed(db: &Db, scope: &Scope) -> Result<Swept> {
    let mut sweep = Sweep::new(db, scope);
    sweep.pass().await?;
    Ok(sweep.swept)
}

/// Counts what no row names, then sets aside and removes what is due. The clock decides what is
/// due, so this needs leave of its guard. If another sweep is running, this one does nothing.
pub async fn sweep_files(
    db: &Db,
    scope: &Scope,
    sweeping: Sweeping,
    _leave: &Leave,
) -> Result<Swept> {
    let mut sweep = Sweep::new(db, scope);
    let Some(_lock) = lock(&sweep.folders)? else {
        return Ok(Swept {
            busy: true,
            ..Swept::default()
        });
    };
    sweep.pass().await?;
    let counted = sweep.swept;
    let limit = counted.limit();
    let allowed = |found: u64| match sweeping {
        Sweeping::All => u64::MAX,
        Sweeping::Few if found > limit => 0,
        Sweeping::Few => limit,
    };
    sweep.budget = Some(Budget {
        set_aside: allowed(counted.unnamed),
        remove: allowed(counted.expired),
    });
    sweep.pass().await?;
    let stopped = [counted.unnamed, counted.expired].map(|found| allowed(found) == 0);
    alarm(db, &counted, stopped);
    db.tallies().count_quarantined(sweep.swept.set_aside);
    db.tallies().count_swept(sweep.swept.removed);
    Ok(Swept {
        files: counted.files,
        unnamed: counted.unnamed,
        expired: counted.expired,
        stopped: stopped.contains(&true),
        ..sweep.swept
    })
}

/// Only one process sweeps a folder at a time.
fn lock(folders: &Folders) -> Result<Option<File>> {
    let path = folders.data().join("sweep.lock");
    try_lock(&path).map_err(|error| Refusal::internal(format!("{}: {error}", path.display())))
}

fn alarm(db: &Db, counted: &Swept, stopped: [bool; 2]) {
    let found = [
        ("files", counted.unnamed, "set aside"),
        ("quarantine", counted.expired, "removed from quarantine"),
    ];
    for ((subject, count, what), stopped) in found.into_iter().zip(stopped) {
        if stopped {
            let detail = format!(
                "{count} of {} files would be {what}, which is more than {}: none was touched. Look whether this \
                 database is the newest one of this data folder; if it is, `vinculo sweep --all` shows the figures \
                 again and `vinculo sweep --all --go-ahead` carries it out",
                counted.files,
                counted.limit()
            );
            db.alarms()
                .raise(Alarm::SweepStopped, subject.to_owned(), detail);
        } else {
            db.alarms().clear(Alarm::SweepStopped, subject);
        }
    }
}
