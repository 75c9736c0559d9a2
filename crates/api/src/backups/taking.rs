//! Takes a backup of a store that may be in use: first one state of the database, then the files
//! that its rows name. A file is stored before its row and never changes, so all of them exist
//! whatever is written meanwhile.

use super::manifest::{self, FORMAT, Listed, Manifest, Part};
use super::progress::Progress;
use super::shelf::{Reserved, Shelf};
use super::verifying::sound;
use super::{copying, engine_name, failed, pg_tools, reading_url, refuse_half_restored};
use crate::config::Config;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use vinculo_domain::clock::Clock;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Engine, Snapshot, StoredFile};

/// Options of a backup.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choices {
    /// Whether to continue, and note it, if the store is damaged or a file is missing.
    pub keep_going: bool,
    /// How many backups to keep; all if absent.
    pub keep: Option<usize>,
}

/// The result of a backup.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The backup's name.
    pub name: String,
    /// The digest of its manifest, for the operator to keep elsewhere.
    pub digest: String,
    /// The number of new files and of all files.
    pub copied: u64,
    /// What the manifest says.
    pub manifest: Manifest,
    /// Backups that were removed.
    pub removed: Vec<String>,
}

/// Takes a backup.
pub fn take(
    config: &Config,
    folder: &Path,
    choices: Choices,
    clock: &dyn Clock,
    progress: &Progress,
) -> Result<Taken> {
    refuse_half_restored(&config.data_dir)?;
    let url = reading_url(config)?;
    // Checked before the folder is created, and again once its real path is known.
    refuse_inside(&config.data_dir, folder)?;
    let reserved = Shelf::reserve(folder)?;
    refuse_inside(&config.data_dir, folder)?;
    reserved.clear()?;
    let started_at = clock.now();
    let (name, partial) = reserved.begin(started_at)?;
    let work = Work {
        config,
        url,
        reserved: &reserved,
        partial,
        choices,
        progress,
    };
    let mut snapshot = work.database()?;
    let damaged = work.damaged(&mut snapshot)?;
    progress.phase("tables read:");
    let tables = snapshot.contents(|_table| progress.one())?;
    let files = work.files(&mut snapshot)?;
    let parts = work.parts()?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        engine: engine_name(Engine::of(&work.url)?).to_owned(),
        migrations: snapshot.migrations()?,
        installation: work.installation(),
        started_at,
        ended_at: clock.now(),
        parts,
        tables,
        files: files.all,
        bytes: files.bytes,
        missing: files.missing,
        damaged,
    };
    drop(snapshot);
    let digest = manifest.write(&work.partial)?;
    reserved.finish(&name, &work.partial)?;
    let removed = choices.keep.map(|keep| reserved.keep(keep, &name));
    Ok(Taken {
        name,
        digest,
        copied: files.copied,
        manifest,
        removed: removed.transpose()?.unwrap_or_default(),
    })
}

/// A backup inside the data folder would be lost together with it.
fn refuse_inside(data_dir: &Path, folder: &Path) -> Result<()> {
    let data = data_dir.canonicalize();
    let data = data.map_err(|error| failed(data_dir, error))?;
    let folder = std::path::absolute(folder).map_err(|error| failed(folder, error))?;
    // The folder may not exist yet; its nearest existing parent is checked instead.
    let mut above = folder.ancestors();
    let standing = above.find_map(|path| path.canonicalize().ok());
    if standing.is_some_and(|standing| standing.starts_with(&data)) {
        return Err(failed(
            &folder,
            "this is inside the data folder, with which it would be lost; name a folder on another disk",
        ));
    }
    Ok(())
}

struct Work<'w> {
    config: &'w Config,
    url: String,
    reserved: &'w Reserved,
    partial: PathBuf,
    choices: Choices,
    progress: &'w Progress,
}

#[derive(Default)]
struct Files {
    all: u64,
    bytes: u64,
    copied: u64,
    missing: Vec<String>,
}

impl Work<'_> {
    /// Copies the database; returns the state that was copied.
    fn database(&self) -> Result<Snapshot> {
        self.progress.phase("the database");
        match Engine::of(&self.url)? {
            Engine::Sqlite => {
                let target = self.partial.join(manifest::SQLITE);
                // Created first, so that nobody else can read it at any moment.
                let file = copying::create(&target)?;
                Snapshot::copy_sqlite(&self.url, &target)?;
                file.sync_all().map_err(|error| failed(&target, error))?;
                Snapshot::of_copy(&target)
            }
            Engine::Postgres => {
                let target = self.partial.join(manifest::DUMP);
                let file = copying::create(&target)?;
                let mut snapshot = Snapshot::of_store(&self.url)?;
                let exported = snapshot.exported()?.unwrap_or_default();
                let server = snapshot.server_major()?;
                pg_tools::dump(self.config, &self.url, server, &exported, &target)?;
                file.sync_all().map_err(|error| failed(&target, error))?;
                Ok(snapshot)
            }
        }
    }

    /// The damage in the store. A backup of a damaged store could not be restored, so it is refused
    /// unless the operator wants what there is.
    fn damaged(&self, snapshot: &mut Snapshot) -> Result<Vec<String>> {
        self.progress.phase("what was copied:");
        let damaged = sound::damage(self.config, snapshot, self.progress);
        if damaged.is_empty() || self.choices.keep_going {
            return Ok(damaged);
        }
        Err(Refusal::internal(format!(
            "the store is damaged, so no backup was made of it; `vinculo verify` says what to do, and --keep-going keeps what \
             there is:\n- {}",
            damaged.join("\n- ")
        )))
    }

    /// Copies the new files and lists all files.
    fn files(&self, snapshot: &mut Snapshot) -> Result<Files> {
        self.progress.phase("files:");
        let path = self.partial.join(manifest::FILES);
        let mut list = BufWriter::new(copying::create(&path)?);
        let mut files = Files::default();
        snapshot.files(|file| {
            self.progress.one();
            let copied = match self.file(&file) {
                Ok(copied) => Some(copied),
                Err(refusal) if self.choices.keep_going => {
                    tracing::error!(%refusal, "a file is not in the backup");
                    files.missing.push(file.place().display().to_string());
                    None
                }
                Err(refusal) => return Err(refusal),
            };
            files.all += 1;
            files.bytes += file.size;
            files.copied += u64::from(copied == Some(true));
            let line = Listed {
                tenant: file.tenant.as_str().to_owned(),
                sha256: file.sha256,
                size: file.size,
                missing: copied.is_none(),
            };
            serde_json::to_writer(&mut list, &line).map_err(|error| failed(&path, error))?;
            list.write_all(b"\n").map_err(|error| failed(&path, error))
        })?;
        let list = list.into_inner().map_err(|error| failed(&path, error))?;
        list.sync_all().map_err(|error| failed(&path, error))?;
        Ok(files)
    }

    /// Copies a file unless it is there already; returns whether it was new.
    fn file(&self, file: &StoredFile) -> Result<bool> {
        let target = self.reserved.shelf().files().join(file.place());
        if target
            .metadata()
            .is_ok_and(|there| there.len() == file.size)
        {
            return Ok(false);
        }
        let source = file.find(&self.config.files());
        let coming = self.partial.join("coming");
        copying::remove(&coming)?;
        let read = copying::copy(&source, &coming).map_err(|refusal| lost(&source, &refusal))?;
        if read.sha256 != file.sha256 || read.size != file.size {
            copying::remove(&coming)?;
            let found = format!("its bytes have the digest {}", read.sha256);
            return Err(lost(&source, &found));
        }
        if let Some(folder) = target.parent() {
            copying::folder(folder)?;
        }
        copying::settle(&coming, &target)?;
        Ok(true)
    }

    /// Copies the secrets and the installation's id, and digests everything in the backup's folder.
    fn parts(&self) -> Result<Vec<Part>> {
        self.progress.phase("secrets and digests:");
        let secrets = self.config.data_dir.join("secrets");
        copying::folder(&self.partial.join("secrets"))?;
        for entry in secrets
            .read_dir()
            .map_err(|error| failed(&secrets, error))?
        {
            let entry = entry.map_err(|error| failed(&secrets, error))?;
            let unfinished = entry.path().extension().is_some_and(|end| end == "new");
            if entry.path().is_file() && !unfinished {
                let to = self.partial.join("secrets").join(entry.file_name());
                copying::copy(&entry.path(), &to)?;
            }
        }
        copying::sync_folder(&self.partial.join("secrets"))?;
        let installation = self.config.data_dir.join(manifest::INSTALLATION);
        if installation.is_file() {
            copying::copy(&installation, &self.partial.join(manifest::INSTALLATION))?;
        }
        let mut parts = Vec::new();
        for path in super::verifying::below(&self.partial)? {
            self.progress.one();
            let read = copying::digest(&self.partial.join(&path), |_piece| Ok(()))?;
            parts.push(Part {
                path,
                size: read.size,
                sha256: read.sha256,
            });
        }
        Ok(parts)
    }

    fn installation(&self) -> Option<String> {
        let text = std::fs::read_to_string(self.partial.join(manifest::INSTALLATION)).ok()?;
        Some(text.trim().chars().take(200).collect())
    }
}

fn lost(path: &Path, cause: &dyn std::fmt::Display) -> Refusal {
    failed(
        path,
        format!(
            "a document's file is lost or damaged: {cause}; put it back from an earlier backup, or run the command again with \
             --keep-going to back up everything else"
        ),
    )
}
