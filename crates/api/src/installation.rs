//! Which database and which data folder belong together. Both carry the id of their installation
//! and are created together, once; one is never opened without the other. A service that opened the
//! wrong pair would treat foreign files as leftovers, or sign with new keys.

mod beginning;
mod folder;
mod refusals;

pub use beginning::Beginning;
pub use folder::{Folder, Keys, Seen};
pub use refusals::Why;

use crate::config::Config;
use crate::secrets;
use std::path::Path;
use uuid::Uuid;
use vinculo_auth::seal::SealKey;
use vinculo_auth::tokens::TokenKeys;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Database, look, look_as_owner, migrate, sample, sqlite_file};

/// What is found before anything is opened or created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The database.
    pub database: Database,
    /// The data folder.
    pub folder: Seen,
    /// Whether the schema may be created and changed here: always on SQLite; on PostgreSQL with the
    /// migrator's URL.
    pub may_migrate: bool,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They belong together: open them.
    Open,
    /// Create them or take them over, under this id or a new one; or continue an interrupted first
    /// start.
    Begin(Option<Uuid>),
    /// Open nothing and change nothing.
    Refuse(Why),
}

/// All the rules.
pub fn decide(found: &Found) -> Verdict {
    let folder = &found.folder;
    match &found.database {
        Database::Broken(why) => Verdict::Refuse(Why::Broken(why.clone())),
        Database::Foreign => Verdict::Refuse(Why::Foreign),
        Database::Known { unknown, .. } if !unknown.is_empty() => {
            Verdict::Refuse(Why::Newer(unknown.clone()))
        }
        Database::Known { id, current, .. } => match (id, folder.id) {
            (Some(id), Some(own)) if *id == own => open(found, *current),
            (id, Some(own)) => Verdict::Refuse(Why::Other {
                database: *id,
                folder: own,
            }),
            (Some(id), None) => finish(found, *id),
            (None, None) => take_over(found),
        },
        Database::Absent | Database::ZeroLength | Database::Headless(_) | Database::Empty => {
            make(found)
        }
    }
}

fn open(found: &Found, current: bool) -> Verdict {
    if found.folder.keys != Keys::All {
        Verdict::Refuse(Why::KeysMissing)
    } else if !current && !found.may_migrate {
        Verdict::Refuse(Why::NotMigrated)
    } else {
        Verdict::Open
    }
}

/// The database has an id and the folder has none, except possibly the id's draft.
fn finish(found: &Found, id: Uuid) -> Verdict {
    let folder = &found.folder;
    if folder.draft != Some(id) {
        return Verdict::Refuse(Why::FolderWithoutId {
            database: id,
            holds: folder.holds_something(),
        });
    }
    begin(found, folder.draft)
}

/// A database with records and no id: from a version before ids existed, or half created.
fn take_over(found: &Found) -> Verdict {
    if found.folder.draft.is_none() && found.folder.keys != Keys::All {
        return Verdict::Refuse(Why::KeysMissing);
    }
    begin(found, found.folder.draft)
}

fn begin(found: &Found, id: Option<Uuid>) -> Verdict {
    let folder = &found.folder;
    if folder.files && folder.keys != Keys::All {
        Verdict::Refuse(Why::KeysMissing)
    } else if found.may_migrate {
        Verdict::Begin(id)
    } else {
        Verdict::Refuse(Why::NotMigrated)
    }
}

/// The database is empty.
fn make(found: &Found) -> Verdict {
    let folder = &found.folder;
    let begun = folder.draft.is_some();
    if folder.id.is_some() || folder.files || (folder.keys != Keys::None && !begun) {
        return Verdict::Refuse(Why::DatabaseMissing { folder: folder.id });
    }
    match &found.database {
        Database::ZeroLength if !begun => Verdict::Refuse(Why::ZeroLength),
        Database::Headless(left) if !begun => Verdict::Refuse(Why::Headless(left.clone())),
        _ if found.may_migrate => Verdict::Begin(folder.draft),
        _ => Verdict::Refuse(Why::NotMigrated),
    }
}

/// Whether to take over a folder without an id in which newest files are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Refuse it: it is more likely the wrong folder.
    Refused,
    /// Accept it: an operator knows that the files are lost.
    Accepted,
}

/// Inspects database and folder, creates or takes over what may be, brings the schema up to date,
/// and returns the keys of the installation. Concurrent starts take turns.
pub fn enter(config: &Config, missing: Missing) -> Result<(TokenKeys, SealKey)> {
    let folder = Folder::at(&config.data_dir)?;
    let _turn = folder.lock()?;
    let (url, migrating) = (config.database_url(), config.migrating_url()?);
    check_private(&url)?;
    let found = Found {
        database: match &migrating {
            Some(migrating) => look_as_owner(migrating)?,
            None => look(&url)?,
        },
        folder: folder.look()?,
        may_migrate: migrating.is_some(),
    };
    match (decide(&found), &migrating) {
        (Verdict::Refuse(why), _) => return Err(why.said(config)),
        (Verdict::Open, Some(migrating)) => migrate(migrating, SystemClock.now())?,
        (Verdict::Begin(id), Some(migrating)) => {
            if missing == Missing::Refused {
                check_sample(&found, migrating, config)?;
            }
            Beginning::of(config, migrating, id).run()?;
        }
        (Verdict::Open | Verdict::Begin(_), None) => {}
    }
    check_same(config, &folder, &url)?;
    secrets::read(&config.data_dir, &config.public_url)
}

/// A folder without an id belongs to a database with records only if it contains their newest
/// files.
fn check_sample(found: &Found, migrating: &str, config: &Config) -> Result<()> {
    if !matches!(found.database, Database::Known { id: None, .. }) {
        return Ok(());
    }
    match sample(migrating, &config.files())? {
        (_, 0) => Ok(()),
        (looked, missing) => Err(Why::FilesMissing { looked, missing }.said(config)),
    }
}

/// Checks that both PostgreSQL URLs lead to the same database.
fn check_same(config: &Config, folder: &Folder, url: &str) -> Result<()> {
    let own = folder.look()?.id;
    let id = match look(url)? {
        Database::Known { id, .. } => id,
        _ => None,
    };
    if own.is_some() && id == own {
        Ok(())
    } else {
        Err(Why::TwoDatabases.said(config))
    }
}

/// Only the service may read the records: a database file that others on the machine can read is
/// refused.
#[cfg(unix)]
fn check_private(url: &str) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let Some(file) = sqlite_file(url)? else {
        return Ok(());
    };
    let names = ["", "-wal", "-shm", "-journal"];
    let open = |path: &Path| {
        path.metadata()
            .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o077 != 0)
    };
    let found = names
        .map(|ending| format!("{}{ending}", file.display()))
        .into_iter()
        .filter(|path| open(path.as_ref()))
        .collect::<Vec<_>>();
    if found.is_empty() {
        return Ok(());
    }
    Err(Refusal::internal(format!(
        "others on this machine may read the database; run: chmod 600 {}",
        found.join(" ")
    )))
}

#[cfg(not(unix))]
fn check_private(_url: &str) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
