//! Files that no row names: set aside, brought back when needed, removed after thirty days.

use super::{age, config, files_below};
use bytes::Bytes;
use futures_util::future::join;
use std::path::PathBuf;
use std::time::Duration;
use vinculo_api::commands::sweep::run;
use vinculo_api::fixtures::pdf;
use vinculo_api::maintenance;
use vinculo_auth::seal::sha256;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Stage;
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Sweeping, Swept, count_unnamed, sweep_files};
use vinculo_tests::{Client, GUADALAJARA, TestApp, on_both};

async fn sweep(app: &TestApp, sweeping: Sweeping) -> Swept {
    let (db, scope) = (&app.app.db, maintenance::operator_scope());
    let leave = db.guard().look(db, &scope, Duration::ZERO).await.unwrap();
    let leave = leave.unwrap();
    let swept = sweep_files(db, &scope, sweeping, &leave).await;
    swept.unwrap()
}

async fn count(app: &TestApp) -> Swept {
    let counted = count_unnamed(&app.app.db, &maintenance::operator_scope()).await;
    counted.unwrap()
}

fn place(app: &TestApp, folder: &str, digest: &str) -> PathBuf {
    let folder = app.folder.path().join(folder).join(GUADALAJARA);
    folder.join(&digest[..2]).join(digest)
}

/// Stores a file that no row names; gives its digest.
async fn put(app: &TestApp, text: &str) -> String {
    let digest = sha256(text.as_bytes());
    let bytes = Bytes::from(text.to_owned());
    let files = app.app.db.files();
    let kept = files.put(&TenantId::new(GUADALAJARA), &digest, bytes).await;
    kept.unwrap();
    digest
}

async fn put_old(app: &TestApp, text: &str) -> String {
    let digest = put(app, text).await;
    age(&place(app, "files", &digest), 25);
    digest
}

/// A document with its row: its path, a client that reads it, its bytes.
async fn document(app: &TestApp) -> (String, Client, Vec<u8>) {
    let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
    let client = app.officer(GUADALAJARA).await;
    let bytes = pdf("anexo");
    let attached = client.attach(&case, "other", None, &bytes).await;
    let id = attached.expect(201).id();
    let path = format!("/v1/agreements/{case}/documents/{id}/content");
    (path, client, bytes)
}

#[actix_web::test]
async fn what_no_row_names_is_set_aside_and_removed_after_thirty_days() {
    on_both(|app| async move {
        let (path, client, bytes) = document(&app).await;
        let named = place(&app, "files", &sha256(&bytes));
        age(&named, 100);
        let old = put_old(&app, "old").await;
        let young = put(&app, "young").await;
        let all = files_below(&app.folder.path().join("files")).len();
        let counted = count(&app).await;
        assert_eq!(counted.files, u64::try_from(all).unwrap());
        assert_eq!((counted.unnamed, counted.set_aside), (1, 0));
        assert!(
            place(&app, "files", &old).exists(),
            "counting takes nothing"
        );

        let swept = sweep(&app, Sweeping::Few).await;
        assert_eq!(
            (swept.set_aside, swept.removed, swept.stopped),
            (1, 0, false)
        );
        assert!(!place(&app, "files", &old).exists());
        let aside = place(&app, "quarantine", &old);
        assert_eq!(std::fs::read(&aside).unwrap(), b"old");
        assert!(place(&app, "files", &young).exists());
        assert_eq!(client.get(&path).await.expect(200).body, bytes);
        assert!(named.exists());

        // The days count from the move, not from the upload.
        assert_eq!(sweep(&app, Sweeping::Few).await.removed, 0);
        age(&aside, 29 * 24);
        assert_eq!(sweep(&app, Sweeping::Few).await.removed, 0);
        assert!(aside.exists());
        age(&aside, 2 * 24);
        assert_eq!(count(&app).await.expired, 1);
        assert_eq!(sweep(&app, Sweeping::Few).await.removed, 1);
        assert!(!aside.exists());
    })
    .await;
}

#[actix_web::test]
async fn what_a_row_names_comes_back_when_it_is_read_and_with_the_sweep() {
    on_both(|app| async move {
        let (path, client, bytes) = document(&app).await;
        let digest = sha256(&bytes);
        let (file, aside) = (
            place(&app, "files", &digest),
            place(&app, "quarantine", &digest),
        );
        // As if the row was written during the sweep.
        let set_aside = || {
            std::fs::create_dir_all(aside.parent().unwrap()).unwrap();
            std::fs::rename(&file, &aside).unwrap();
            age(&aside, 60 * 24);
        };
        set_aside();
        assert_eq!(client.get(&path).await.expect(200).body, bytes);
        assert!(file.exists() && !aside.exists());

        set_aside();
        let swept = sweep(&app, Sweeping::Few).await;
        assert_eq!((swept.recalled, swept.removed, swept.expired), (1, 0, 0));
        assert!(file.exists() && !aside.exists());

        // The file was uploaded again meanwhile: the copy set aside only waits for its removal.
        std::fs::copy(&file, &aside).unwrap();
        assert_eq!(sweep(&app, Sweeping::Few).await.removed, 0);
        age(&aside, 31 * 24);
        let swept = sweep(&app, Sweeping::Few).await;
        assert_eq!((swept.removed, swept.expired, swept.stopped), (1, 0, false));
        assert_eq!(client.get(&path).await.expect(200).body, bytes);

        // At the same time as a sweep, a reader still gets the whole file.
        set_aside();
        let (answer, _swept) = join(client.get(&path), sweep(&app, Sweeping::Few)).await;
        assert_eq!(answer.expect(200).body, bytes);
    })
    .await;
}

#[actix_web::test]
async fn the_same_bytes_uploaded_again_are_not_taken() {
    on_both(|app| async move {
        let digest = put_old(&app, "again").await;
        put(&app, "again").await;
        assert_eq!(sweep(&app, Sweeping::Few).await.unnamed, 0);
        assert!(place(&app, "files", &digest).exists());
    })
    .await;
}

#[actix_web::test]
async fn a_sweep_that_would_take_many_takes_none() {
    on_both(|app| async move {
        let alarms = || app.app.db.alarms().count(Alarm::SweepStopped);
        let mut digests = Vec::new();
        for number in 0..21 {
            digests.push(put_old(&app, &format!("many {number}")).await);
        }
        let files = files_below(&app.folder.path().join("files"));
        let swept = sweep(&app, Sweeping::Few).await;
        assert!(swept.stopped);
        assert_eq!((swept.unnamed, swept.set_aside), (21, 0));
        assert_eq!(files_below(&app.folder.path().join("files")), files);
        assert_eq!(alarms(), 1);

        // With one file less the sweep goes on, and the alarm ends.
        std::fs::remove_file(place(&app, "files", &digests[20])).unwrap();
        let swept = sweep(&app, Sweeping::Few).await;
        assert_eq!((swept.set_aside, swept.stopped, alarms()), (20, false, 0));
        // The 20 files set aside have reached their end, and there is one new file.
        for digest in &digests[..20] {
            age(&place(&app, "quarantine", digest), 31 * 24);
        }
        let last = put_old(&app, &format!("many {}", 20)).await;
        assert_eq!(sweep(&app, Sweeping::Few).await.removed, 20);
        for digest in digests.iter().chain([&last]) {
            assert!(!place(&app, "files", digest).exists());
        }
        for number in 0..25 {
            let digest = put_old(&app, &format!("more {number}")).await;
            let aside = place(&app, "quarantine", &digest);
            std::fs::create_dir_all(aside.parent().unwrap()).unwrap();
            std::fs::rename(place(&app, "files", &digest), &aside).unwrap();
            age(&aside, 31 * 24);
        }
        let swept = sweep(&app, Sweeping::Few).await;
        assert_eq!((swept.expired, swept.removed, swept.stopped), (25, 0, true));
        assert_eq!(alarms(), 1);
        // A person has checked and sweeps all.
        assert_eq!(sweep(&app, Sweeping::All).await.removed, 25);
        assert_eq!(alarms(), 0);
    })
    .await;
}

#[actix_web::test]
async fn two_sweeps_at_once_do_not_hurt_each_other() {
    on_both(|app| async move {
        for number in 0..15 {
            put_old(&app, &format!("both {number}")).await;
        }
        let (one, other) = join(sweep(&app, Sweeping::Few), sweep(&app, Sweeping::Few)).await;
        assert_eq!(one.set_aside + other.set_aside, 15);
        assert!(one.busy != other.busy || one.set_aside == 15 || other.set_aside == 15);
        let lock = std::fs::File::options()
            .write(true)
            .open(app.folder.path().join("sweep.lock"));
        let lock = lock.unwrap();
        lock.lock().unwrap();
        assert!(sweep(&app, Sweeping::All).await.busy);
    })
    .await;
}

#[actix_web::test]
async fn what_killed_uploads_and_starts_left_is_swept() {
    on_both(|app| async move {
        let digest = put(&app, "whole").await;
        let file = place(&app, "files", &digest);
        let beside = |ending: &str| PathBuf::from(format!("{}{ending}", file.display()));
        let secrets = app.folder.path().join("secrets");
        let (old, young) = (beside("#1"), beside("#2"));
        let drafts = ["signing-key.0.new", "seal.0.new"].map(|name| secrets.join(name));
        let strange = beside("#x");
        for path in drafts.iter().chain([&old, &young, &strange]) {
            std::fs::write(path, "half").unwrap();
        }
        for path in drafts.iter().chain([&old, &strange]) {
            age(path, 25);
        }
        let kept = vinculo_api::secrets::paths(app.folder.path());
        for path in &kept {
            age(path, 1000);
        }
        assert_eq!(count(&app).await.leftovers, 0);
        assert_eq!(sweep(&app, Sweeping::Few).await.leftovers, 3);
        assert!(!old.exists() && drafts.iter().all(|path| !path.exists()));
        assert!(young.exists() && strange.exists() && file.exists());
        assert!(kept.iter().all(|path| path.exists()));
    })
    .await;
}

/// The operator's sweep checks the clock too.
#[actix_web::test]
async fn the_console_takes_nothing_by_a_clock_that_is_far() {
    on_both(|app| async move {
        let config = config(&app.scratch, app.folder.path());
        app.scratch.settle(app.folder.path());
        let old = place(&app, "files", &put_old(&app, "old").await);
        let far = app.app.db.now().timestamp() + 400 * 86_400;
        let known = format!("INSERT INTO counters (series, value) VALUES ('clock', {far})");
        app.scratch.execute(&known);
        let counted = run(&config, false, false).await.unwrap();
        assert!(counted.contains("1 that no record names"), "{counted}");
        let said = run(&config, false, true).await.unwrap_err().to_string();
        assert!(said.contains("--clock-is-right"), "{said}");
        assert!(old.exists());
        app.scratch
            .execute("DELETE FROM counters WHERE series = 'clock'");
        let done = run(&config, false, true).await.unwrap();
        assert!(done.contains("1 set aside"), "{done}");
        assert!(!old.exists());
    })
    .await;
}
