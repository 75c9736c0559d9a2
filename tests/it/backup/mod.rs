//! Backups: taken under writes, restored elsewhere; every altered bit is found.

mod damage;
mod drill;
mod earlier;
mod flips;
mod folders;
mod refusals;
mod sound;
mod sums;

use std::path::Path;
use std::rc::Rc;
use tempfile::TempDir;
use vinculo_api::backups::progress::Progress;
use vinculo_api::backups::restoring::{Restored, restore};
use vinculo_api::backups::taking::{Choices, Taken, take};
use vinculo_api::backups::verifying;
use vinculo_api::commands::open;
use vinculo_api::config::Config;
use vinculo_domain::Result;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::{Engine, Finding, Findings, Weight};
use vinculo_tests::{Scratch, TestApp};

/// The URL of the role that reads everything, on the same database.
fn backup_url(scratch: &Scratch) -> String {
    scratch
        .migration_url
        .replace("vinculo_migrator@", "vinculo_backup@")
}

/// The configuration of an installation, as its operator would write it.
fn config_of(scratch: &Scratch, data_dir: &Path) -> Config {
    let on_postgres = scratch.engine == Engine::Postgres;
    Config {
        data_dir: data_dir.to_owned(),
        database_url: Some(scratch.url.clone()),
        migration_url: on_postgres.then(|| scratch.migration_url.clone()),
        backup_url: on_postgres.then(|| backup_url(scratch)),
        ..Config::default()
    }
}

pub fn config(app: &TestApp) -> Config {
    config_of(&app.scratch, app.folder.path())
}

/// An empty target: a folder, and a database to be created.
fn place(engine: Engine) -> (Rc<TempDir>, Scratch, Config) {
    let folder = Rc::new(tempfile::tempdir().unwrap());
    let data = folder.path().join("data");
    // The SQLite file is in the data folder, which does not exist yet.
    let scratch = Scratch::empty(engine, &data);
    let config = config_of(&scratch, &data);
    (folder, scratch, config)
}

/// A folder for backups that only its owner can access.
fn shelf() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(folder.path(), mode).unwrap();
    folder
}

fn taken(config: &Config, shelf: &Path) -> Result<Taken> {
    take(
        config,
        shelf,
        Choices::default(),
        &SystemClock,
        &Progress::silent(),
    )
}

fn restored(config: &Config, shelf: &Path) -> Result<Restored> {
    restore(config, shelf, None, &Progress::silent())
}

pub fn of_store(config: &Config) -> Findings {
    verifying::store(config, &Progress::silent()).unwrap()
}

fn of_backups(config: &Config, shelf: &Path) -> Findings {
    verifying::backups(config, shelf, None, &Progress::silent()).unwrap()
}

/// The findings that mean loss or alteration.
fn damage(findings: &Findings) -> Vec<Finding> {
    let (told, _more) = findings.all();
    let mut damage = told.to_vec();
    damage.retain(|finding| finding.weight == Weight::Damage);
    assert_eq!(damage.is_empty(), findings.whole());
    damage
}

/// The service over a restored installation.
async fn served(config: &Config, scratch: &Scratch, folder: &Rc<TempDir>) -> TestApp {
    let app = open(config).unwrap();
    TestApp::over(app, scratch.clone(), Rc::clone(folder)).await
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
