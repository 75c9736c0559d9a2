//! What `verify` finds in a store, with one kind of damage for each of its checks.

use super::{config, damage, files_below, of_store};
use std::collections::BTreeSet;
use vinculo_domain::agreements::Stage;
use vinculo_persistence::{Engine, JSON_COLUMNS, Weight};
use vinculo_tests::{GUADALAJARA, TestApp, ZAPOPAN, on_both};

/// What was altered outside the application, and the check that finds it.
const ALTERED: [(&str, &str); 15] = [
    (
        "UPDATE counters SET value = value + 1 WHERE series LIKE 'registry:%'",
        "inscription_numbers",
    ),
    (
        "INSERT INTO counters (series, value) VALUES ('registry:1999', 4)",
        "inscription_counters",
    ),
    (
        "UPDATE inscriptions SET number = '1999-000001'",
        "inscription_spelling",
    ),
    (
        "UPDATE agreements SET inscription = 'x' WHERE inscription IS NOT NULL",
        "inscription_of_case",
    ),
    (
        "UPDATE consolidations SET annotations = annotations + 1, number = '1998-000001'",
        "consolidation_annotations",
    ),
    (
        "UPDATE consolidations SET title = title",
        "consolidation_missing",
    ),
    (
        "UPDATE consolidations SET title = title",
        "consolidation_alone",
    ),
    (
        "DELETE FROM outbox WHERE subject_id IN (SELECT agreement_id FROM history)",
        "history_without_event",
    ),
    (
        "UPDATE outbox SET position = 77 WHERE id = (SELECT min(id) FROM outbox)",
        "outbox_positions",
    ),
    (
        "DELETE FROM audit_log WHERE subject_id IN (SELECT agreement_id FROM history)",
        "history_without_audit",
    ),
    (
        "DELETE FROM agreement_access WHERE viewer_tenant = '14120'",
        "grant_without_access",
    ),
    (
        "UPDATE agreement_grants SET until = since WHERE viewer_tenant = '00'",
        "access_without_grant",
    ),
    (
        "UPDATE agreement_access SET version = version + 1, level = 'full' WHERE viewer_tenant = '14'",
        "access_level",
    ),
    (
        "UPDATE agreement_access SET stage = 'draft', version = 99 WHERE level = 'full'",
        "access_of_owner",
    ),
    (
        "UPDATE agreement_access SET recorded_in_error = TRUE WHERE viewer_tenant = '00'",
        "error_of_sight",
    ),
];

/// Runs SQL without the barriers that stop the application.
fn past_barriers(app: &TestApp, sql: &[&str]) {
    let before = match app.scratch.engine {
        Engine::Postgres => "SET session_replication_role = replica".to_owned(),
        Engine::Sqlite => {
            let drops = app.scratch.texts(
                "SELECT 'DROP TRIGGER ' || name AS x FROM sqlite_master WHERE type = 'trigger'",
            );
            format!("PRAGMA foreign_keys = OFF; {}", drops.join("; "))
        }
    };
    app.scratch
        .execute(&format!("{before}; {}", sql.join("; ")));
}

#[actix_web::test]
async fn a_whole_store_has_nothing_to_find() {
    on_both(|app: TestApp| async move {
        for stage in [
            Stage::Draft,
            Stage::Observed,
            Stage::Withdrawn,
            Stage::Registered,
        ] {
            app.case_in(GUADALAJARA, stage).await;
        }
        assert_eq!(damage(&of_store(&config(&app))), []);
    })
    .await;
}

#[actix_web::test]
async fn each_check_finds_what_was_altered() {
    on_both(|app: TestApp| async move {
        app.case_in(ZAPOPAN, Stage::Registered).await;
        let own = config(&app);
        assert_eq!(damage(&of_store(&own)), []);
        let altered: Vec<&str> = ALTERED.iter().map(|(sql, _)| *sql).collect();
        past_barriers(&app, &altered);
        past_barriers(
            &app,
            &["DELETE FROM people WHERE id IN (SELECT person_id FROM accounts)"],
        );
        let found: BTreeSet<&str> = damage(&of_store(&own))
            .iter()
            .map(|one| one.check)
            .collect();
        for (sql, check) in ALTERED {
            assert!(found.contains(check), "{check}: {sql}\n{found:?}");
        }
        for check in ["foreign_keys", "facts_of_sight"] {
            assert!(found.contains(check), "{check}\n{found:?}");
        }
    })
    .await;
}

#[actix_web::test]
async fn constraints_that_do_not_hold_are_found_on_postgres() {
    let app = TestApp::start(Engine::Postgres).await;
    app.case_in(ZAPOPAN, Stage::Draft).await;
    let own = config(&app);
    let findings = of_store(&own);
    // The tests' own server has no checksums. That is reported, but nothing is damaged yet.
    assert!(findings.whole());
    let mut told = findings.all().0.iter();
    assert!(told.any(|one| one.check == "data_checksums" && one.weight == Weight::Warning));
    app.scratch
        .execute("ALTER TABLE people ADD CONSTRAINT named CHECK (name = '') NOT VALID");
    let found: BTreeSet<&str> = damage(&of_store(&own))
        .iter()
        .map(|one| one.check)
        .collect();
    assert_eq!(found, BTreeSet::from(["checks", "constraints"]));
}

#[actix_web::test]
async fn every_stored_json_is_read_back() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let own = config(&app);
        assert_eq!(damage(&of_store(&own)), []);
        let filled: Vec<_> = JSON_COLUMNS
            .iter()
            .filter(|one| {
                let rows = format!("{} WHERE {} IS NOT NULL", one.table, one.column);
                app.scratch.count(&rows) > 0
            })
            .collect();
        assert!(filled.len() > 9, "{}", filled.len());
        let broken: Vec<String> = filled
            .iter()
            .map(|one| {
                format!(
                    "UPDATE {} SET {} = '{{\"x\": ' WHERE {} = (SELECT max({}) FROM {})",
                    one.table, one.column, one.column, one.column, one.table
                )
            })
            .collect();
        let broken: Vec<&str> = broken.iter().map(String::as_str).collect();
        past_barriers(&app, &broken);
        let found = damage(&of_store(&own));
        for one in filled {
            let place = format!("{}.{} of ", one.table, one.column);
            let named = found
                .iter()
                .any(|found| found.check == "json" && found.place.starts_with(&place));
            assert!(named, "{place}");
        }
    })
    .await;
}

#[actix_web::test]
async fn files_and_secrets_are_looked_at_both_ways() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let own = config(&app);
        let files = files_below(&app.folder.path().join("files"));
        // A file that no row names is reported as information, not as damage.
        let alone = files[0].with_file_name("0".repeat(64));
        std::fs::write(&alone, "x").unwrap();
        let findings = of_store(&own);
        assert!(findings.whole());
        let place = alone.display().to_string();
        let mut told = findings.all().0.iter();
        assert!(told.any(|one| one.place == place && one.weight == Weight::Information));

        std::fs::remove_file(&files[1]).unwrap();
        std::fs::OpenOptions::new()
            .write(true)
            .open(&files[2])
            .unwrap()
            .set_len(7)
            .unwrap();
        std::fs::remove_file(app.folder.path().join("secrets/seal.key")).unwrap();
        let found = damage(&of_store(&own));
        let places: BTreeSet<String> = found.iter().map(|one| one.place.clone()).collect();
        let key = app.folder.path().join("secrets/seal.key");
        let wanted = [&files[1], &files[2], &key].map(|path| path.display().to_string());
        assert_eq!(places, wanted.into_iter().collect());
    })
    .await;
}
