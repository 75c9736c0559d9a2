//! When a backup is refused, and with which message.

use super::{backup_url, config, damage, files_below, of_backups, place, restored, shelf, taken};
use std::os::unix::fs::PermissionsExt;
use vinculo_api::backups::progress::Progress;
use vinculo_api::backups::shelf::Shelf;
use vinculo_api::backups::taking::{Choices, take};
use vinculo_api::config::Config;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::{Engine, Weight};
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

fn refused(config: &Config, shelf: &std::path::Path) -> String {
    taken(config, shelf).unwrap_err().to_string()
}

#[actix_web::test]
async fn a_role_that_does_not_see_everything_is_refused() {
    let app = TestApp::start(Engine::Postgres).await;
    app.case_in(GUADALAJARA, Stage::Draft).await;
    let (own, shelf) = (config(&app), shelf());
    let with = |url: Option<String>| Config {
        backup_url: url,
        ..own.clone()
    };
    let said = refused(&with(None), shelf.path());
    assert!(said.contains("VINCULO_BACKUP_URL is not set"), "{said}");
    // The service's own role sees only what the policies allow: here, nothing.
    let said = refused(&with(Some(app.scratch.url.clone())), shelf.path());
    assert!(said.contains("BYPASSRLS"), "{said}");
    let role = format!("blind_{}", uuid::Uuid::now_v7().simple());
    app.scratch
        .execute(&format!("CREATE ROLE {role} LOGIN BYPASSRLS"));
    let url = backup_url(&app.scratch).replace("vinculo_backup@", &format!("{role}@"));
    let said = refused(&with(Some(url)), shelf.path());
    app.scratch.execute(&format!("DROP ROLE {role}"));
    assert!(said.contains("GRANT pg_read_all_data"), "{said}");
    let absent = Config {
        pg_dump: Some("/nowhere/pg_dump".into()),
        ..own.clone()
    };
    let said = refused(&absent, shelf.path());
    assert!(said.contains("VINCULO_PG_DUMP"), "{said}");
    assert_eq!(Shelf::open(shelf.path()).unwrap().names().unwrap().len(), 0);
    taken(&own, shelf.path()).unwrap();
}

#[actix_web::test]
async fn a_folder_that_others_enter_or_that_dies_with_the_store_is_refused() {
    on_both(|app: TestApp| async move {
        let own = config(&app);
        let shelf = shelf();
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(shelf.path(), open).unwrap();
        let said = refused(&own, shelf.path());
        assert!(said.contains("chmod 700"), "{said}");
        let inside = app.folder.path().join("backups");
        let said = refused(&own, &inside);
        assert!(said.contains("inside the data folder"), "{said}");
        assert!(!inside.exists());
        // Two backups at once run one after the other.
        let shelf = super::shelf();
        let reserved = Shelf::reserve(shelf.path()).unwrap();
        let said = refused(&own, shelf.path());
        assert!(said.contains("another backup"), "{said}");
        drop(reserved);
        taken(&own, shelf.path()).unwrap();
    })
    .await;
}

#[actix_web::test]
async fn a_lost_or_altered_file_fails_the_backup_and_is_named() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let (own, shelf) = (config(&app), shelf());
        let files = files_below(&app.folder.path().join("files"));
        let (altered, lost) = (&files[0], &files[1]);
        let whole = [altered, lost].map(|file| std::fs::read(file).unwrap());
        std::fs::write(altered, b"something else").unwrap();
        let said = refused(&own, shelf.path());
        assert!(said.contains(&altered.display().to_string()), "{said}");
        std::fs::remove_file(lost).unwrap();
        let choices = Choices {
            keep_going: true,
            keep: None,
        };
        let taken = take(
            &own,
            shelf.path(),
            choices,
            &SystemClock,
            &Progress::silent(),
        )
        .unwrap();
        assert_eq!(taken.manifest.missing.len(), 2);
        let findings = of_backups(&own, shelf.path());
        assert_eq!(damage(&findings), []);
        let warned = findings
            .all()
            .0
            .iter()
            .filter(|one| one.weight == Weight::Warning);
        assert_eq!(warned.count(), 2);
        // Everything else can be restored.
        let (_folder, _scratch, elsewhere) = place(app.scratch.engine);
        restored(&elsewhere, shelf.path()).unwrap();
        assert_eq!(
            files_below(&elsewhere.data_dir.join("files")).len(),
            files.len() - 2
        );
        // Files that were put back are in the next backup.
        for (file, bytes) in [altered, lost].into_iter().zip(whole) {
            std::fs::write(file, bytes).unwrap();
        }
        let next = super::taken(&own, shelf.path()).unwrap();
        assert_eq!((next.copied, next.manifest.missing.len()), (2, 0));
    })
    .await;
}

#[actix_web::test]
async fn a_damaged_or_newer_backup_is_not_restored() {
    on_both(|app: TestApp| async move {
        let (own, shelf) = (config(&app), shelf());
        let taken = taken(&own, shelf.path()).unwrap();
        let (_folder, _scratch, elsewhere) = place(app.scratch.engine);
        let key = shelf.path().join(&taken.name).join("secrets/seal.key");
        let whole = std::fs::read(&key).unwrap();
        std::fs::write(&key, b"x").unwrap();
        let said = restored(&elsewhere, shelf.path()).unwrap_err().to_string();
        assert!(
            said.contains("seal.key") && said.contains("nothing was restored"),
            "{said}"
        );
        assert!(!elsewhere.data_dir.exists());
        std::fs::write(&key, whole).unwrap();

        app.scratch
            .execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
        app.scratch.seal();
        super::taken(&own, shelf.path()).unwrap();
        let said = restored(&elsewhere, shelf.path()).unwrap_err().to_string();
        assert!(
            said.contains("newer version") && said.contains("9999"),
            "{said}"
        );
        assert!(!elsewhere.data_dir.exists());
    })
    .await;
}
