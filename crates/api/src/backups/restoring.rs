//! Restores a backup into an empty place. The backup is verified before anything is written, and
//! the result is verified before it is declared done. Until then a file in the data folder marks
//! the restoration as unfinished: `serve` refuses such a folder, and the command may be run again.

mod place;

use super::manifest::{self, Manifest};
use super::progress::Progress;
use super::shelf::Shelf;
use super::verifying::{self, Seen, text};
use super::{RESTORING, copying, engine_name, failed, pg_tools, reading_url};
use crate::config::Config;
use place::with;
use std::path::Path;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Engine, Findings, Snapshot, Weight, known_migrations};

/// The result of a restoration.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The backup.
    pub name: String,
    /// What its manifest says.
    pub manifest: Manifest,
    /// Whether the backup's schema is older than the program's.
    pub older: bool,
}

/// Restores a backup.
pub fn restore(
    config: &Config,
    folder: &Path,
    at: Option<&str>,
    progress: &Progress,
) -> Result<Restored> {
    let shelf = Shelf::open(folder)?;
    let name = shelf.choose(at)?;
    let (manifest, digest) = verified(config, &shelf, &name, progress)?;
    let work = Work {
        config,
        shelf: &shelf,
        name: &name,
        manifest: &manifest,
        progress,
    };
    let again = work.require_place(&digest)?;
    work.mark(&digest)?;
    work.files()?;
    work.secrets()?;
    work.database(again)?;
    work.check()?;
    copying::remove(&config.data_dir.join(RESTORING))?;
    copying::sync_folder(&config.data_dir)?;
    let older = manifest.migrations != known_migrations()?;
    Ok(Restored {
        name,
        manifest,
        older,
    })
}

/// The manifest of a backup that is complete and that this program can read.
fn verified(
    config: &Config,
    shelf: &Shelf,
    name: &str,
    progress: &Progress,
) -> Result<(Manifest, String)> {
    let mut findings = Findings::default();
    let mut seen = Seen::default();
    let found = verifying::backup(config, shelf, name, &mut seen, &mut findings, progress)?;
    match found {
        Some(found) if findings.whole() => {
            verifying::refuse_newer(&found.0.migrations)?;
            let engine = engine_name(Engine::of(&config.database_url())?);
            if found.0.engine != engine {
                return Err(Refusal::internal(format!(
                    "the backup {name} is of {}, and VINCULO_DATABASE_URL names {engine}",
                    found.0.engine
                )));
            }
            Ok(found)
        }
        _ => Err(damaged(
            &format!("the backup {name} is damaged, and nothing was restored"),
            &findings,
        )),
    }
}

fn damaged(what: &str, findings: &Findings) -> Refusal {
    let (told, _more) = findings.all();
    let lines = told.iter().filter(|one| one.weight == Weight::Damage);
    let lines = lines.take(10);
    let lines = lines.map(|finding| format!("\n- {}: {}", finding.place, finding.what));
    Refusal::internal(format!("{what}:{}", lines.collect::<String>()))
}

struct Work<'w> {
    config: &'w Config,
    shelf: &'w Shelf,
    name: &'w str,
    manifest: &'w Manifest,
    progress: &'w Progress,
}

impl Work<'_> {
    fn files(&self) -> Result<()> {
        self.progress.phase("files:");
        let target = self.config.data_dir.join("files");
        copying::folder(&target)?;
        for line in Manifest::listed(&self.shelf.backup(self.name))? {
            let line = line?;
            if line.missing {
                continue;
            }
            self.progress.one();
            let place = line.file().place();
            let (from, to) = (self.shelf.files().join(&place), target.join(&place));
            let folder = to.parent().unwrap_or(&target).to_owned();
            copying::folder(&folder)?;
            let read = copying::copy(&from, &to)?;
            if read.sha256 != line.sha256 {
                return Err(failed(&from, "it was altered while it was restored"));
            }
            copying::sync_folder(&folder)?;
        }
        Ok(())
    }

    fn secrets(&self) -> Result<()> {
        copying::folder(&self.config.data_dir.join("secrets"))?;
        let own = |path: &str| path.starts_with("secrets/") || path == manifest::INSTALLATION;
        for part in self.manifest.parts.iter().filter(|part| own(&part.path)) {
            self.part(&part.path, &self.config.data_dir.join(&part.path))?;
        }
        copying::sync_folder(&self.config.data_dir.join("secrets"))
    }

    fn part(&self, path: &str, to: &Path) -> Result<()> {
        let from = self.shelf.backup(self.name).join(path);
        let read = copying::copy(&from, to)?;
        let known = self.manifest.part(path);
        if known.is_some_and(|known| known.sha256 == read.sha256) {
            return Ok(());
        }
        Err(failed(&from, "it was altered while it was restored"))
    }

    fn database(&self, again: bool) -> Result<()> {
        self.progress.phase("the database");
        if let Some(file) = self.sqlite()? {
            let coming = with(&file, "-coming");
            copying::remove(&coming)?;
            self.part(manifest::SQLITE, &coming)?;
            return copying::settle(&coming, &file);
        }
        // The dump is restored in one transaction: if there are tables, it was complete before the
        // earlier run was killed. Their contents are checked in any case.
        let mut there = Snapshot::of_store(&reading_url(self.config)?)?;
        if again && there.tables_count()? > 0 {
            return Ok(());
        }
        let server = there.server_major()?;
        // Its transaction would lock out the restoration.
        drop(there);
        let dump = self.shelf.backup(self.name).join(manifest::DUMP);
        pg_tools::restore(self.config, &self.migration_url()?, server, &dump)
    }

    /// Checks that the restored store equals the backup and is complete.
    fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        let snapshot = verifying::store_into(self.config, self.progress, &mut findings)?;
        let mut lost = |place: &str, what: String| {
            findings.damage("restored", place, what, "empty the place and restore again");
        };
        match snapshot.map(|mut snapshot| snapshot.contents(|_table| {})) {
            Some(Ok(contents)) => {
                for (table, counted) in &self.manifest.tables {
                    let found = contents.get(table);
                    if found != Some(counted) {
                        let found = found.map_or(0, |found| found.rows);
                        lost(
                            table,
                            format!("{found} rows, or others, of {}", counted.rows),
                        );
                    }
                }
            }
            Some(Err(refusal)) => lost("the database", text(&refusal)),
            None => {}
        }
        let lacking = self.manifest.missing.len();
        // The total: findings beyond a limit are counted but not listed.
        let files = findings.count("files");
        let others = findings
            .all()
            .0
            .iter()
            .any(|finding| finding.weight == Weight::Damage && finding.check != "files");
        if others || files != lacking {
            return Err(damaged(
                "what was restored is not what was backed up; it is not to be used",
                &findings,
            ));
        }
        Ok(())
    }
}
