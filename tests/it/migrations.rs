//! Migrations at the start: by several instances at once, again, and refused over a newer schema.

use crate::tools::{entry, inscribe};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Barrier;
use tempfile::TempDir;
use vinculo_api::commands::open;
use vinculo_api::config::Config;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::gazetteer::seed_governments;
use vinculo_domain::tenant::Tier;
use vinculo_persistence::{Engine, migrate, schema_is_current};
use vinculo_tests::{GUADALAJARA, Scratch, TestApp, on_both, on_each};

/// The configuration of one installation; `migrates` says whether it has the migrator's URL.
fn config(scratch: &Scratch, folder: &TempDir, name: &str, migrates: bool) -> Config {
    Config {
        data_dir: folder.path().join(name),
        database_url: Some(scratch.url.clone()),
        migration_url: migrates.then(|| scratch.migration_url.clone()),
        ..Config::default()
    }
}

#[actix_web::test]
async fn four_instances_come_up_at_once_on_an_empty_database() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let together = Barrier::new(4);
        let configs = ["all"; 4].map(|name| config(&scratch, &folder, name, true));
        std::thread::scope(|threads| {
            let running: Vec<_> = configs
                .iter()
                .map(|config| {
                    threads.spawn(|| {
                        together.wait();
                        open(config).map(|_app| ())
                    })
                })
                .collect();
            for thread in running {
                thread.join().unwrap().unwrap();
            }
        });
        assert!(schema_is_current(&scratch.url).unwrap());
        let seeded = i64::try_from(seed_governments().len()).unwrap();
        assert_eq!(scratch.count("tenants"), seeded);
        assert_eq!(scratch.count("governments"), seeded);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
        let migrations = i64::try_from(folder.read_dir().unwrap().count()).unwrap();
        assert_eq!(scratch.count("__diesel_schema_migrations"), migrations);
    })
    .await;
}

#[actix_web::test]
async fn migrating_twice_changes_nothing() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        migrate(&scratch.migration_url, SystemClock.now()).unwrap();
        let state = || {
            let tables = scratch.structure();
            let counts: Vec<i64> = tables.keys().map(|table| scratch.count(table)).collect();
            (tables, counts)
        };
        let before = state();
        migrate(&scratch.migration_url, SystemClock.now()).unwrap();
        assert_eq!(before, state());
    })
    .await;
}

#[actix_web::test]
async fn a_schema_of_another_version_is_refused_where_nobody_may_migrate() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        if engine == Engine::Sqlite {
            // An embedded database is migrated by whoever opens it.
            let scratch = Scratch::empty(engine, folder.path());
            assert!(!schema_is_current(&scratch.url).unwrap());
            open(&config(&scratch, &folder, "alone", false))
                .map(|_app| ())
                .unwrap();
            assert!(schema_is_current(&scratch.url).unwrap());
            return;
        }
        let scratch = Scratch::empty(engine, folder.path());
        let alone = config(&scratch, &folder, "alone", false);
        let refusal = || open(&alone).map(|_app| ()).unwrap_err().to_string();
        assert!(refusal().contains("VINCULO_MIGRATION_URL"), "{}", refusal());
        assert!(
            scratch.structure().is_empty(),
            "the application made tables"
        );

        open(&config(&scratch, &folder, "alone", true))
            .map(|_app| ())
            .unwrap();
        open(&alone).map(|_app| ()).unwrap();
        // A later version was here.
        scratch.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
        assert!(refusal().contains("schema"), "{}", refusal());
        scratch.execute("DELETE FROM __diesel_schema_migrations");
        assert!(refusal().contains("schema"), "{}", refusal());
    })
    .await;
}

// row: 003-21
#[actix_web::test]
async fn the_catalogue_of_governments_is_complete() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        migrate(&scratch.migration_url, SystemClock.now()).unwrap();
        let tier = |tier: &str| {
            scratch.count(&format!(
                "governments WHERE tier = '{tier}' AND valid_to IS NULL"
            ))
        };
        assert_eq!(
            (tier("federal"), tier("state"), tier("municipality")),
            (1, 32, 2478)
        );
        let boroughs = "governments WHERE kind = 'borough' AND parent_id = '09'";
        assert_eq!(scratch.count(boroughs), 16);
        let mut of_state: BTreeMap<&str, i64> = BTreeMap::new();
        for seed in seed_governments()
            .iter()
            .filter(|seed| seed.tier == Tier::Municipality)
        {
            *of_state
                .entry(seed.parent_id.as_deref().unwrap())
                .or_default() += 1;
        }
        assert_eq!(of_state.len(), 32);
        for (state, count) in of_state {
            let found = scratch.count(&format!(
                "governments WHERE tier = 'municipality' AND parent_id = '{state}'"
            ));
            assert_eq!(found, count, "{state}");
        }
        assert_eq!(
            scratch.count("governments WHERE tier = 'state' AND area_km2 > 0"),
            32
        );
    })
    .await;
}

#[actix_web::test]
async fn what_was_migrated_can_be_taken_down_and_put_up_again() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        migrate(&scratch.migration_url, SystemClock.now()).unwrap();
        let tree = match engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
        let mut steps: Vec<_> = folder
            .join(tree)
            .read_dir()
            .unwrap()
            .map(|step| step.unwrap().path())
            .collect();
        steps.sort();
        assert!(steps.len() > 1);
        for step in steps.iter().rev() {
            scratch.execute(&std::fs::read_to_string(step.join("down.sql")).unwrap());
        }
        scratch.execute("DELETE FROM __diesel_schema_migrations");
        assert!(!schema_is_current(&scratch.url).unwrap());
        migrate(&scratch.migration_url, SystemClock.now()).unwrap();
        let seeded = i64::try_from(seed_governments().len()).unwrap();
        assert_eq!(scratch.count("governments"), seeded);
    })
    .await;
}

#[actix_web::test]
async fn what_was_inscribed_before_is_consolidated_with_the_migrations() {
    on_both(|app: TestApp| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let before = app.nobody().get(&entry(&number)).await.expect(200);
        let derived = [
            "consolidations",
            "consolidation_facets",
            "inscription_standings",
        ];
        let counts = || derived.map(|table| app.scratch.count(table));
        let (full, registry) = (counts(), "/v1/registry?theme=culture&standing=in_force");
        let listed = app.nobody().get(registry).await.expect(200).json();
        for table in derived {
            app.scratch.execute(&format!("DELETE FROM {table}"));
        }
        app.nobody().get(&entry(&number)).await.expect(404);
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        assert_eq!(counts(), full);
        let after = app.nobody().get(&entry(&number)).await.expect(200);
        assert_eq!(after.json(), before.json());
        let again = app.nobody().get(registry).await.expect(200).json();
        assert_eq!(again, listed);
        assert_eq!(again["items"][0]["number"], json!(number));
    })
    .await;
}
