//! One flipped bit, anywhere in a backup or in a file of the store, is found.

use super::{config, config_of, damage, files_below, of_backups, of_store, shelf, taken};
use crate::storm::dice::Dice;
use std::collections::BTreeMap;
use std::path::Path;
use vinculo_api::backups::progress::Progress;
use vinculo_api::backups::verifying;
use vinculo_domain::agreements::Stage;
use vinculo_persistence::{Contents, Engine, Snapshot};
use vinculo_tests::{GUADALAJARA, Scratch, TestApp, on_both, pick};

const SEED: u64 = 2_026;

fn flip(path: &Path, dice: &mut Dice) -> usize {
    let mut bytes = std::fs::read(path).unwrap();
    let bit = dice.below(bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
    std::fs::write(path, bytes).unwrap();
    bit
}

#[actix_web::test]
async fn one_flipped_bit_anywhere_in_a_backup_is_found() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let (config, shelf) = (config(&app), shelf());
        taken(&config, shelf.path()).unwrap();
        assert_eq!(damage(&of_backups(&config, shelf.path())), []);
        let mut files = files_below(shelf.path());
        files.retain(|file| file.metadata().unwrap().len() > 0);
        for name in [
            "manifest.json",
            "manifest.sha256",
            "files.ndjson",
            "seal.key",
            "signing-key.p8",
        ] {
            assert!(files.iter().any(|file| file.ends_with(name)), "{name}");
        }
        let mut dice = Dice::new(SEED, 0);
        let flips = pick("backup: flipped bits of a backup, each engine", 40, 1_000);
        for number in 0..flips {
            // Files take turns, because most bits are in the database file.
            let file = &files[number % files.len()];
            let whole = std::fs::read(file).unwrap();
            let bit = flip(file, &mut dice);
            let found = of_backups(&config, shelf.path());
            assert!(!found.whole(), "bit {bit} of {}", file.display());
            std::fs::write(file, whole).unwrap();
        }
        assert_eq!(damage(&of_backups(&config, shelf.path())), []);
        println!(
            "{:?}: {flips} of {flips} flipped bits of a backup found, seed {SEED}",
            app.scratch.engine
        );
    })
    .await;
}

#[actix_web::test]
async fn one_flipped_bit_in_any_file_of_the_store_is_found() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let config = config(&app);
        let files = files_below(&app.folder.path().join("files"));
        assert!(files.len() >= 3);
        let mut dice = Dice::new(SEED, 1);
        let wanted = pick("backup: flipped bits of files, each engine", 20, 1_000);
        let mut flips = 0;
        // One bit in every file at the same time: each file must be named.
        while flips < wanted {
            let whole: Vec<Vec<u8>> = files
                .iter()
                .map(|file| std::fs::read(file).unwrap())
                .collect();
            for file in &files {
                flip(file, &mut dice);
            }
            let found = damage(&of_store(&config));
            for file in &files {
                let place = file.display().to_string();
                let named = found
                    .iter()
                    .any(|one| one.check == "files" && one.place == place);
                assert!(named, "{place}");
            }
            assert_eq!(found.len(), files.len());
            flips += files.len();
            for (file, bytes) in files.iter().zip(whole) {
                std::fs::write(file, bytes).unwrap();
            }
        }
        assert_eq!(damage(&of_store(&config)), []);
        println!(
            "{:?}: {flips} of {flips} flipped bits of files found, seed {SEED}",
            app.scratch.engine
        );
    })
    .await;
}

/// Every row of every table, and the table definitions.
fn told_by(scratch: &Scratch) -> (BTreeMap<String, Contents>, Vec<String>) {
    let mut snapshot = Snapshot::of_store(&scratch.url).unwrap();
    let rows = snapshot.contents(|_| ()).unwrap();
    let made = "SELECT coalesce(sql, name) AS x FROM sqlite_schema ORDER BY x";
    (rows, scratch.texts(made))
}

/// PostgreSQL's checksums protect its own files; SQLite has no checksums.
#[actix_web::test]
async fn one_flipped_bit_in_the_sqlite_file_in_use_is_found_or_alters_nothing() {
    let app = TestApp::start(Engine::Sqlite).await;
    app.case_in(GUADALAJARA, Stage::Registered).await;
    app.scratch.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    let whole = std::fs::read(app.folder.path().join("vinculo.sqlite")).unwrap();
    let mut dice = Dice::new(SEED, 2);
    let flips = pick("backup: flipped bits of the SQLite file in use", 40, 1_000);
    let (mut found, mut by_sums_alone) = (0, 0);
    let mut before = None;
    // The first round checks the unaltered file.
    for flipped in 0..=flips {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch::empty(Engine::Sqlite, folder.path());
        let file = folder.path().join("vinculo.sqlite");
        std::fs::write(&file, &whole).unwrap();
        let bit = (flipped > 0).then(|| flip(&file, &mut dice));
        let config = config_of(&scratch, app.folder.path());
        let damage = match verifying::store(&config, &Progress::silent()) {
            Ok(findings) => damage(&findings),
            Err(_newer) => {
                found += 1;
                continue;
            }
        };
        if damage.is_empty() {
            let told = told_by(&scratch);
            assert_eq!(*before.get_or_insert_with(|| told.clone()), told, "{bit:?}");
        } else {
            found += 1;
            by_sums_alone += usize::from(damage.iter().all(|one| one.check == "row_sums"));
        }
    }
    assert!(before.is_some() && found < flips + 1, "{found}");
    assert!(by_sums_alone > 0, "nothing was left to the sums");
    println!(
        "{flips} flipped bits of the SQLite file in use: {found} found, {by_sums_alone} of them by the sums of \
         the rows alone; {} altered no row, seed {SEED}",
        flips - found
    );
}
