//! A database and a data folder belong together: neither is opened or recreated without the other.

mod beginnings;
mod earlier;
mod private;
mod sweep;
mod wrong;

use std::path::{Path, PathBuf};
use vinculo_api::commands::open;
use vinculo_api::config::Config;
use vinculo_tests::Scratch;

/// The configuration of one installation, with the right to migrate.
fn config(scratch: &Scratch, folder: &Path) -> Config {
    Config {
        data_dir: folder.to_owned(),
        database_url: Some(scratch.url.clone()),
        migration_url: Some(scratch.migration_url.clone()),
        ..Config::default()
    }
}

/// Opens it; gives the error message if that is refused.
fn opened(config: &Config) -> Result<(), String> {
    open(config)
        .map(drop)
        .map_err(|refusal| refusal.to_string())
}

/// Asserts that opening is refused with all of these words.
fn refused(config: &Config, words: &[&str]) {
    let said = opened(config).unwrap_err();
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
}

fn id_of(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("installation")).unwrap();
    text.trim().to_owned()
}

fn keys_of(folder: &Path) -> Vec<Vec<u8>> {
    let paths = vinculo_api::secrets::paths(folder);
    paths.map(|path| std::fs::read(path).unwrap()).into()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = folder.read_dir() else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Sets a file's time back by this many hours.
fn age(file: &Path, hours: u64) {
    let written = std::fs::metadata(file).unwrap().modified().unwrap();
    let before = written - std::time::Duration::from_secs(hours * 3600);
    let file = std::fs::File::options().write(true).open(file).unwrap();
    file.set_modified(before).unwrap();
}
