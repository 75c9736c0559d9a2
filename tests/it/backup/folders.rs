//! Folders for backups and restores: shared, with leftovers, not empty, readable by others.

use super::{config, damage, files_below, of_backups, of_store, place, restored, shelf, taken};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use vinculo_api::backups::progress::Progress;
use vinculo_api::backups::restoring::restore;
use vinculo_api::backups::taking::{Choices, take};
use vinculo_api::commands::open;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, Scratch, TestApp, on_both};

fn names(shelf: &Path) -> Vec<String> {
    let entries = shelf.read_dir().unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "files" && name != "lock")
        .collect();
    names.sort();
    names
}

/// The marker that a killed restore leaves: which backup, and into which database.
fn marker(digest: &str, scratch: &Scratch) -> String {
    let database = scratch.url.trim_start_matches("sqlite://");
    format!("{digest}\n{database}\n")
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

/// Only the owner can access each file and folder.
fn owners_only(folder: &Path) {
    for file in files_below(folder) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        let mut above = file.parent().unwrap();
        while above != folder {
            assert_eq!(mode(above), 0o700, "{}", above.display());
            above = above.parent().unwrap();
        }
    }
}

#[actix_web::test]
async fn the_next_backup_copies_only_what_is_new() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::PendingRegistration).await;
        let (config, shelf) = (config(&app), shelf());
        let first = taken(&config, shelf.path()).unwrap();
        assert!(first.copied > 2 && first.copied == first.manifest.files);
        let second = taken(&config, shelf.path()).unwrap();
        assert_eq!(
            (second.copied, second.manifest.files),
            (0, first.manifest.files)
        );
        app.case_in(GUADALAJARA, Stage::PendingRegistration).await;
        let third = taken(&config, shelf.path()).unwrap();
        assert!(third.copied > 0);
        assert_eq!(third.manifest.files, first.manifest.files + third.copied);
        assert_eq!(damage(&of_backups(&config, shelf.path())), []);
        owners_only(shelf.path());
        // An older backup can be restored too.
        let (_folder, scratch, elsewhere) = place(app.scratch.engine);
        restore(
            &elsewhere,
            shelf.path(),
            Some(&first.name),
            &Progress::silent(),
        )
        .unwrap();
        let documents = i64::try_from(first.manifest.tables["documents"].rows).unwrap();
        assert_eq!(scratch.count("documents"), documents);
        owners_only(&elsewhere.data_dir);
        // The oldest backups are removed, and what newer ones need stays.
        let keep = Choices {
            keep: Some(2),
            ..Choices::default()
        };
        let fourth = take(
            &config,
            shelf.path(),
            keep,
            &SystemClock,
            &Progress::silent(),
        )
        .unwrap();
        assert_eq!(fourth.removed, [first.name, second.name]);
        assert_eq!(names(shelf.path()), [third.name, fourth.name]);
        assert_eq!(damage(&of_backups(&config, shelf.path())), []);
    })
    .await;
}

#[actix_web::test]
async fn a_killed_backup_is_never_taken_for_one() {
    on_both(|app: TestApp| async move {
        let (config, shelf) = (config(&app), shelf());
        let first = taken(&config, shelf.path()).unwrap();
        let partial = format!("{}.partial", first.name);
        std::fs::rename(shelf.path().join(&first.name), shelf.path().join(&partial)).unwrap();
        let (_folder, _scratch, elsewhere) = place(app.scratch.engine);
        let refused = restored(&elsewhere, shelf.path()).unwrap_err().to_string();
        assert!(refused.contains("no finished backup"), "{refused}");
        assert!(!elsewhere.data_dir.exists());
        // Files that are not ours stay, whatever their names.
        std::fs::create_dir(shelf.path().join("notes.partial")).unwrap();
        let second = taken(&config, shelf.path()).unwrap();
        assert_eq!(
            names(shelf.path()),
            [second.name, "notes.partial".to_owned()]
        );
    })
    .await;
}

#[actix_web::test]
async fn a_backup_is_restored_into_an_empty_place_only() {
    on_both(|app: TestApp| async move {
        let (own, shelf) = (config(&app), shelf());
        taken(&own, shelf.path()).unwrap();
        let before = app.scratch.rows(&[]);
        // A restore over the store itself, and over a folder that only looks empty.
        let refused = restored(&own, shelf.path()).unwrap_err().to_string();
        assert!(refused.contains("not empty"), "{refused}");
        let (_folder, _scratch, elsewhere) = place(app.scratch.engine);
        std::fs::create_dir(&elsewhere.data_dir).unwrap();
        std::fs::write(elsewhere.data_dir.join("notes.txt"), "x").unwrap();
        let refused = restored(&elsewhere, shelf.path()).unwrap_err().to_string();
        assert!(refused.contains("not empty"), "{refused}");
        std::fs::remove_file(elsewhere.data_dir.join("notes.txt")).unwrap();
        // An empty folder with a database that is not empty.
        let mut mixed = elsewhere.clone();
        mixed.database_url.clone_from(&own.database_url);
        mixed.migration_url.clone_from(&own.migration_url);
        mixed.backup_url.clone_from(&own.backup_url);
        let refused = restored(&mixed, shelf.path()).unwrap_err().to_string();
        assert!(
            refused.contains("empty place only") || refused.contains("empty one only"),
            "{refused}"
        );
        assert_eq!(app.scratch.rows(&[]), before);
        assert!(elsewhere.data_dir.read_dir().unwrap().next().is_none());
        restored(&elsewhere, shelf.path()).unwrap();
    })
    .await;
}

#[actix_web::test]
async fn a_restoration_that_was_killed_is_not_served_and_can_be_repeated() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Draft).await;
        let (own, shelf) = (config(&app), shelf());
        let taken = taken(&own, shelf.path()).unwrap();
        let (_folder, scratch, elsewhere) = place(app.scratch.engine);
        restored(&elsewhere, shelf.path()).unwrap();
        let whole = scratch.rows(&[]);
        // As a kill leaves it after the database was restored, and before, with half of the files.
        for before_the_database in [false, true] {
            let left = elsewhere.data_dir.join("restoring");
            std::fs::write(&left, marker(&taken.digest, &scratch)).unwrap();
            std::fs::remove_dir_all(elsewhere.data_dir.join("secrets")).unwrap();
            if before_the_database && scratch.engine == Engine::Sqlite {
                std::fs::remove_file(elsewhere.data_dir.join("vinculo.sqlite")).unwrap();
            }
            let refused = open(&elsewhere).err().unwrap().to_string();
            assert!(refused.contains("vinculo restore"), "{refused}");
            restored(&elsewhere, shelf.path()).unwrap();
            assert!(!left.exists());
            assert_eq!(scratch.rows(&[]), whole);
            assert_eq!(damage(&of_store(&elsewhere)), []);
        }
        // Another backup may not be mixed into a half-finished restore.
        std::fs::write(elsewhere.data_dir.join("restoring"), "0".repeat(64)).unwrap();
        let refused = restored(&elsewhere, shelf.path()).unwrap_err().to_string();
        assert!(refused.contains("another backup"), "{refused}");
    })
    .await;
}

#[actix_web::test]
async fn a_restoration_that_is_repeated_leaves_another_database_alone() {
    on_both(|app: TestApp| async move {
        let (own, shelf) = (config(&app), shelf());
        let taken = taken(&own, shelf.path()).unwrap();
        let (_folder, scratch, elsewhere) = place(app.scratch.engine);
        restored(&elsewhere, shelf.path()).unwrap();
        let left = elsewhere.data_dir.join("restoring");
        std::fs::write(&left, marker(&taken.digest, &scratch)).unwrap();
        let before = app.scratch.rows(&[]);
        // The settings of the running service, used by mistake.
        let mut mixed = elsewhere.clone();
        mixed.database_url.clone_from(&own.database_url);
        mixed.migration_url.clone_from(&own.migration_url);
        mixed.backup_url.clone_from(&own.backup_url);
        let refused = restored(&mixed, shelf.path()).unwrap_err().to_string();
        assert!(refused.contains("nothing was touched"), "{refused}");
        assert_eq!(app.scratch.rows(&[]), before);
        assert!(elsewhere.data_dir.join("secrets").exists());
        restored(&elsewhere, shelf.path()).unwrap();
        assert!(!left.exists());
    })
    .await;
}
