//! A full disk: changes are refused for that reason, reads go on, and every read is still recorded.

use super::keyed;
use crate::tools::one;
use std::os::unix::fs::MetadataExt;
use std::sync::Arc;
use vinculo_api::maintenance;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Engine, keep_room};
use vinculo_tests::{GUADALAJARA, SRE, Setup, TestApp, on_both};

/// Makes every new row of a table fail for lack of space, with the engine's own error.
fn fill(app: &TestApp, table: &str) {
    app.scratch.execute(&match app.scratch.engine {
        Engine::Sqlite => format!(
            "CREATE TRIGGER full_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        ),
        Engine::Postgres => format!(
            "CREATE FUNCTION full_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION 'could not extend file \"base/1/1\": No space left on device' USING ERRCODE = '53100', \
             HINT = 'Check free disk space.'; END $$; \
             CREATE TRIGGER full_{table} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION full_{table}()"
        ),
    });
}

fn clear(app: &TestApp, table: &str) {
    app.scratch.execute(&match app.scratch.engine {
        Engine::Sqlite => format!("DROP TRIGGER full_{table}"),
        Engine::Postgres => {
            format!("DROP TRIGGER full_{table} ON {table}; DROP FUNCTION full_{table}()")
        }
    });
}

#[actix_web::test]
async fn a_full_disk_is_said_and_reading_goes_on() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let alarms = app.app.db.alarms();
        client.send(keyed("Osaka")).await.expect(201);
        fill(&app, "counterparts");
        let answer = client
            .send(keyed("Kioto"))
            .await
            .refused(507, "storage_full");
        assert_eq!(answer.header("retry-after").as_deref(), Some("60"));
        assert_eq!(alarms.count(Alarm::StorageFull), 1);
        assert_eq!(app.scratch.count("counterparts"), 1);
        assert_eq!(app.scratch.count("idempotency_keys"), 1);
        client.get("/v1/counterparts").await.expect(200);
        clear(&app, "counterparts");
        client.send(keyed("Kioto")).await.expect(201);
        app.app
            .db
            .require_ready(&maintenance::operator_scope())
            .await
            .unwrap();
        assert_eq!(alarms.count(Alarm::StorageFull), 0);
    })
    .await;
}

/// A change made before the disk was full is answered again, not refused.
#[actix_web::test]
async fn a_repeated_request_is_answered_also_when_the_disk_is_full() {
    let app = TestApp::start_on(Setup::Sqlite, 4, Arc::new(SystemClock)).await;
    let client = app.officer(GUADALAJARA).await;
    let first = client.send(keyed("Osaka")).await.expect(201);
    // A full disk after the reserve was given up, which a read of another's record did.
    keep_room(&app.app.db).await.unwrap();
    let case = app.case_in(GUADALAJARA, Stage::Registered).await;
    let ministry = app.client(Role::Liaison, SRE).await;
    fill(&app, "audit_log");
    ministry.get(&one(case)).await.refused(507, "storage_full");
    let again = client.send(keyed("Osaka")).await.expect(201);
    assert_eq!(again.json()["id"], first.json()["id"]);
    client
        .send(keyed("Kioto"))
        .await
        .refused(507, "storage_full");
}

/// No read of another's record, and no refusal, is answered without its line in the audit log.
#[actix_web::test]
async fn what_finds_no_room_in_the_trail_is_not_answered() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Registered).await;
        let ministry = app.client(Role::Liaison, SRE).await;
        let own = app.officer(GUADALAJARA).await;
        keep_room(&app.app.db).await.unwrap();
        let ballast = app.folder.path().join("ballast");
        let on_disk = app.scratch.engine == Engine::Sqlite;
        assert_eq!(ballast.exists(), on_disk);
        if on_disk {
            let kept = ballast.metadata().unwrap();
            assert!(kept.blocks() * 512 >= 16 << 20, "{}", kept.blocks());
            assert_eq!(kept.mode() & 0o777, 0o600);
        }
        fill(&app, "audit_log");
        ministry.get(&one(case)).await.refused(507, "storage_full");
        let nowhere = one(uuid::Uuid::now_v7());
        own.get(&nowhere).await.refused(507, "storage_full");
        own.get("/v1/counterparts").await.expect(200);
        // The reserve was given up for the audit log, and no change may use it.
        assert!(!ballast.exists());
        clear(&app, "audit_log");
        ministry.get(&one(case)).await.expect(200);
        own.get(&nowhere).await.refused(404, "not_found");
        let mut made = own.send(keyed("Kioto")).await;
        if on_disk {
            made.refused(507, "storage_full");
            assert_eq!(app.app.db.alarms().count(Alarm::StorageFull), 1);
            // A session can still be refreshed, so readers can go on.
            app.officer(GUADALAJARA)
                .await
                .get("/v1/me")
                .await
                .expect(200);
            keep_room(&app.app.db).await.unwrap();
            assert!(ballast.exists());
            assert_eq!(app.app.db.alarms().count(Alarm::StorageFull), 0);
            made = own.send(keyed("Kioto")).await;
        }
        made.expect(201);
    })
    .await;
}
