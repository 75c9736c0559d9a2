//! Backups: taken while the service runs, restored into an empty place, and verified like the
//! store.
//!
//! One folder holds many backups. Document files never change, so all backups share `files`, and a
//! backup copies only the new ones. Each backup has its own folder, named by its instant, with the
//! database, the secrets, and the manifest with all digests. A backup is written under the name
//! `.partial` and renamed when it is complete.

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

/// While this file is in a data folder, a backup is being restored there and has not been verified
/// yet.
pub const RESTORING: &str = "restoring";

/// The refusal for a failure at a path.
pub(crate) fn failed(path: &Path, error: impl std::fmt::Display) -> Refusal {
    Refusal::internal(format!("{}: {error}", path.display()))
}

/// Refuses a data folder in which a restoration did not finish.
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

/// The URL of the store for a reader that needs all governments.
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

/// The name of an engine in a manifest.
pub(crate) fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}
