//! A backup that cannot be restored, or that this machine cannot check, does not count.

use super::{config, damage, of_backups, place, restored, shelf, taken};
use chrono::Duration;
use std::path::Path;
use vinculo_api::backups::progress::Progress;
use vinculo_api::backups::shelf::Shelf;
use vinculo_api::backups::taking::{Choices, Taken, take};
use vinculo_api::backups::verifying;
use vinculo_api::config::Config;
use vinculo_domain::Result;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::{Clock, FixedClock, SystemClock};
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

fn taken_with(config: &Config, shelf: &Path, choices: Choices, clock: &dyn Clock) -> Result<Taken> {
    take(config, shelf, choices, clock, &Progress::silent())
}

#[actix_web::test]
async fn a_damaged_store_has_no_backup_unless_it_is_wanted() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let (own, shelf) = (config(&app), shelf());
        let key = app.folder.path().join("secrets/seal.key");
        let whole = std::fs::read(&key).unwrap();
        std::fs::remove_file(&key).unwrap();
        let said = taken(&own, shelf.path()).unwrap_err().to_string();
        assert!(
            said.contains("seal.key") && said.contains("no backup was made"),
            "{said}"
        );
        std::fs::write(&key, whole).unwrap();
        let counted = "UPDATE counters SET value = value + 1 WHERE series LIKE 'registry:%'";
        app.scratch.execute(counted);
        let said = taken(&own, shelf.path()).unwrap_err().to_string();
        assert!(said.contains("inscription_numbers"), "{said}");
        assert_eq!(Shelf::open(shelf.path()).unwrap().names().unwrap().len(), 0);
        // A damaged store can still be backed up with `keep_going`, but that backup is never
        // restored as a whole one.
        let choices = Choices {
            keep_going: true,
            keep: None,
        };
        let kept = taken_with(&own, shelf.path(), choices, &SystemClock).unwrap();
        // On SQLite a second finding says that the program did not write the row.
        let found = 1 + usize::from(app.scratch.engine == Engine::Sqlite);
        let damaged = &kept.manifest.damaged;
        assert_eq!(damaged.len(), found, "{damaged:?}");
        assert!(!of_backups(&own, shelf.path()).whole());
        let (_folder, _scratch, elsewhere) = place(app.scratch.engine);
        let said = restored(&elsewhere, shelf.path()).unwrap_err().to_string();
        assert!(said.contains("nothing was restored"), "{said}");
        assert!(!elsewhere.data_dir.exists());
    })
    .await;
}

#[actix_web::test]
async fn a_folder_of_another_installation_is_not_backed_up() {
    on_both(|app: TestApp| async move {
        let own = config(&app);
        app.scratch.settle(app.folder.path());
        let shelf = shelf();
        taken(&own, shelf.path()).unwrap();
        assert_eq!(damage(&of_backups(&own, shelf.path())), []);
        let other = uuid::Uuid::now_v7().to_string();
        std::fs::write(app.folder.path().join("installation"), &other).unwrap();
        let said = taken(&own, shelf.path()).unwrap_err().to_string();
        assert!(
            said.contains(&other) && said.contains("no backup was made"),
            "{said}"
        );
    })
    .await;
}

#[actix_web::test]
async fn a_clock_that_went_back_never_makes_the_older_the_newer() {
    on_both(|app: TestApp| async move {
        let (own, shelf) = (config(&app), shelf());
        let later = FixedClock::at(SystemClock.now() + Duration::days(400));
        let choices = Choices {
            keep_going: false,
            keep: Some(1),
        };
        let first = taken_with(&own, shelf.path(), choices, &later).unwrap();
        let said = taken_with(&own, shelf.path(), choices, &SystemClock).unwrap_err();
        let said = said.to_string();
        assert!(
            said.contains(&first.name) && said.contains("clock"),
            "{said}"
        );
        // Once moved away it blocks nothing.
        let away = shelf.path().join("wrong clock");
        std::fs::rename(shelf.path().join(&first.name), away).unwrap();
        let second = taken_with(&own, shelf.path(), choices, &SystemClock).unwrap();
        let names = Shelf::open(shelf.path()).unwrap().names().unwrap();
        assert_eq!(names, [second.name]);
    })
    .await;
}

#[actix_web::test]
async fn a_dump_that_cannot_be_checked_here_is_not_called_damaged() {
    let app = TestApp::start(Engine::Postgres).await;
    let (own, shelf) = (config(&app), shelf());
    taken(&own, shelf.path()).unwrap();
    let without = Config {
        pg_dump: Some("/nowhere/pg_dump".into()),
        ..own
    };
    let said = verifying::backups(&without, shelf.path(), None, &Progress::silent());
    let said = said.unwrap_err().to_string();
    assert!(
        said.contains("cannot be checked here") && said.contains("VINCULO_PG_DUMP"),
        "{said}"
    );
}
