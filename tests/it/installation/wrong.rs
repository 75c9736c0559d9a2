//! The wrong database, the wrong folder, or only half of either.

use super::{age, config, files_below, id_of, keys_of, opened, refused};
use bytes::Bytes;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;
use tempfile::TempDir;
use vinculo_api::commands::open;
use vinculo_api::config::Config;
use vinculo_api::maintenance;
use vinculo_auth::seal::sha256;
use vinculo_domain::TenantId;
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Engine, Sweeping, sweep_files};
use vinculo_tests::{Scratch, on_each, program};

/// The number of files that were lost when this fault was found.
const FILES: usize = 105;

/// An installation with files of two days ago that its (older) database does not name.
async fn with_files(scratch: &Scratch, data: &Path) -> Config {
    let config = config(scratch, data);
    let app = open(&config).unwrap();
    for number in 0..FILES {
        let bytes = format!("document {number}").into_bytes();
        let (tenant, digest) = (TenantId::new("14039"), sha256(&bytes));
        let kept = app.db.files().put(&tenant, &digest, Bytes::from(bytes));
        kept.await.unwrap();
    }
    for file in files_below(&data.join("files")) {
        age(&file, 48);
    }
    config
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").args([from, to]).status();
    assert!(copied.unwrap().success());
}

#[actix_web::test]
async fn files_are_not_opened_beside_a_database_that_is_not_theirs() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let [one, two, three] = ["one", "two", "three"].map(|name| folder.path().join(name));
        for home in [&one, &two, &three] {
            std::fs::create_dir(home).unwrap();
        }
        let [first, second, empty] = [&one, &two, &three].map(|home| Scratch::empty(engine, home));
        let data = one.join("data");
        with_files(&first, &data).await;
        opened(&config(&second, &two.join("data"))).unwrap();
        let stand = |data: &Path| files_below(&data.join("files")).len();

        // A copied folder with another database.
        let copied = two.join("copied");
        copy(&data, &copied);
        let ids = [id_of(&data), id_of(&two.join("data"))];
        let other = config(&second, &copied);
        refused(&other, &[&ids[0], &ids[1], "VINCULO_DATA_DIR"]);
        let moved = config(&empty, &copied);
        refused(&moved, &[&ids[0], "Restore the database"]);
        assert_eq!(stand(&copied), FILES);
        if engine == Engine::Sqlite {
            assert!(
                !three.join("vinculo.sqlite").exists(),
                "made out of nothing"
            );
        } else {
            assert!(empty.structure().is_empty(), "made out of nothing");
        }
        // The database with an empty folder, or with one that has other keys.
        let fresh = one.join("fresh");
        refused(
            &config(&first, &fresh),
            &[&ids[0], "Restore the data folder"],
        );
        assert!(!fresh.join("secrets").exists());
        refused(&config(&first, &two.join("data")), &[&ids[0], &ids[1]]);
        let nameless = one.join("nameless");
        copy(&data, &nameless);
        std::fs::remove_file(nameless.join("installation")).unwrap();
        refused(&config(&first, &nameless), &[&ids[0], "write"]);
        assert_eq!(stand(&nameless), FILES);
        // Each folder with its own database.
        opened(&config(&first, &data)).unwrap();
    })
    .await;
}

/// Runs the program for as long as it once took to lose the files.
fn serve_a_while(config: &Config, data: &Path) {
    let mut serving = Command::new(program());
    serving
        .env_clear()
        .env("VINCULO_DATA_DIR", data)
        .env("VINCULO_DATABASE_URL", config.database_url())
        .env("VINCULO_BIND", "127.0.0.1:0")
        .arg("serve");
    let mut running = serving.spawn().unwrap();
    std::thread::sleep(Duration::from_secs(3));
    assert!(running.try_wait().unwrap().is_none(), "it does not serve");
    running.kill().unwrap();
    running.wait().unwrap();
}

#[actix_web::test]
async fn an_older_database_beside_newer_files_takes_none_of_them() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let data = folder.path().join("data");
        let config = with_files(&scratch, &data).await;
        let before = files_below(&data.join("files"));
        assert_eq!(before.len(), FILES);

        // The tests' server does not sync, so the program refuses to serve from it. For PostgreSQL
        // the faults suite tests the same with a server of its own.
        if engine == Engine::Sqlite {
            serve_a_while(&config, &data);
        }
        assert_eq!(files_below(&data.join("files")), before);

        // The later sweep removes nothing either.
        let app = open(&config).unwrap();
        let (db, scope) = (&app.db, maintenance::operator_scope());
        let leave = db.guard().look(db, &scope, Duration::ZERO).await.unwrap();
        let swept = sweep_files(db, &scope, Sweeping::Few, &leave.unwrap()).await;
        let swept = swept.unwrap();
        assert!(swept.stopped);
        assert_eq!((swept.files, swept.unnamed, swept.set_aside), (105, 105, 0));
        assert_eq!(files_below(&data.join("files")), before);
        assert_eq!(app.db.alarms().count(Alarm::SweepStopped), 1);
    })
    .await;
}

#[actix_web::test]
async fn nothing_is_made_anew_beside_what_is_there() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let data = folder.path().join("data");
        let config = config(&scratch, &data);
        opened(&config).unwrap();
        let keys = keys_of(&data);
        for (path, bytes) in vinculo_api::secrets::paths(&data).iter().zip(&keys) {
            let away = path.with_extension("away");
            std::fs::rename(path, &away).unwrap();
            refused(&config, &["keys are missing", "restore the data folder"]);
            assert!(!path.exists(), "{} was made anew", path.display());
            std::fs::rename(&away, path).unwrap();
            assert_eq!(&std::fs::read(path).unwrap(), bytes);
        }
        opened(&config).unwrap();
        // A newer program was here: no migration runs, even where one is missing.
        scratch.execute("DELETE FROM __diesel_schema_migrations WHERE version = '0011'");
        scratch
            .execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9998'), ('9999')");
        let rows = scratch.count("__diesel_schema_migrations");
        refused(&config, &["9998, 9999", "newer version"]);
        assert_eq!(scratch.count("__diesel_schema_migrations"), rows);
        // Tables of another application.
        scratch.execute("DELETE FROM __diesel_schema_migrations");
        refused(&config, &["has tables"]);
    })
    .await;
}

/// The SQLite database file, and what may be in its place.
#[actix_web::test]
async fn a_database_file_is_whole_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let scratch = Scratch::empty(Engine::Sqlite, folder.path());
    let config = config(&scratch, &data);
    let file = folder.path().join("vinculo.sqlite");
    std::fs::write(&file, "").unwrap();
    super::private::close(&file);
    refused(&config, &["without a byte"]);
    std::fs::remove_file(&file).unwrap();
    opened(&config).unwrap();
    scratch.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    let whole = std::fs::read(&file).unwrap();
    let place = |bytes: &[u8]| {
        for ending in ["-wal", "-shm"] {
            let mut name = file.clone().into_os_string();
            name.push(ending);
            let _absent = std::fs::remove_file(PathBuf::from(name));
        }
        std::fs::write(&file, bytes).unwrap();
    };
    for (bytes, word) in [
        (&b""[..], "holds keys"),
        (&whole[..50], "header is cut off"),
        (&whole[..whole.len() / 2], "it is cut off"),
        (&[b'x'; 8192][..], "no SQLite database"),
    ] {
        place(bytes);
        refused(&config, &[word, "estore"]);
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "{word}");
    }
    std::fs::remove_file(&file).unwrap();
    refused(&config, &["holds keys", "Restore the database"]);
    assert!(!file.exists(), "made out of nothing");
    place(&whole);
    super::private::close(&file);
    opened(&config).unwrap();
}
