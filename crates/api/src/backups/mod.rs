//! Backups: taken while the service runs, restored into an empty place, verified like the store.
//!
//! One folder holds many of them. The files of documents never change, so all backups share
//! `files`, and a backup copies only what is new; each has a folder of its own, named by its
//! instant, for the database, the secrets, and the manifest with the digest of everything. A
//! backup is written under the name `.partial` and renamed at its end.

pub mod copying;
pub mod manifest;
pub mod pg_tools;
pub mod progress;
pub mod restoring;
pub mod shelf;
pub mod taking;
pub mod verifying;

use crate::config::Config;
use std::path::Path;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Engine;

/// The file in a data folder that says: a backup is being restored here, and was not yet found
/// whole.
pub const RESTORING: &str = "restoring";

/// A failure at a place.
pub(crate) fn failed(path: &Path, error: impl std::fmt::Display) -> Refusal {
    Refusal::internal(format!("{}: {error}", path.display()))
}

/// Refuses a data folder into which a backup was restored half.
pub fn refuse_half_restored(data_dir: &Path) -> Result<()> {
    let marker = data_dir.join(RESTORING);
    if marker.exists() {
        return Err(failed(
            &marker,
            "a restoration began here and did not end; run `vinculo restore` again until it says that it is done",
        ));
    }
    Ok(())
}

/// The URL of a store for whoever must read all of it.
pub fn reading_url(config: &Config) -> Result<String> {
    let url = config.database_url();
    if Engine::of(&url)? == Engine::Sqlite {
        return Ok(url);
    }
    config.backup_url.clone().ok_or_else(|| {
        Refusal::internal(
            "VINCULO_BACKUP_URL is not set: on PostgreSQL a role of its own, vinculo_backup, reads past row-level security; \
             docker/postgres/roles.sql makes it, and docs/operations/BACKUP.md says how",
        )
    })
}

/// How an engine is called in a manifest.
pub(crate) fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}
