//! One bit, anywhere in a backup or in a file of the store, and it is found.

use super::{config, damage, files_below, full, of_backups, of_store, shelf, taken};
use crate::storm::dice::Dice;
use std::path::Path;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

const SEED: u64 = 2_026;

/// Turns one bit of a file over.
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
        let flips = if full() { 1_000 } else { 40 };
        for number in 0..flips {
            // Each file in its turn: most bits are the database's.
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
        let wanted = if full() { 1_000 } else { 20 };
        let mut flips = 0;
        // One bit in each file at a time: every one must be named.
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
