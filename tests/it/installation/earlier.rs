//! Installations made before installations had an id.

use super::{config, id_of, keys_of, opened, refused};
use crate::tools::undo_later_migrations;
use vinculo_api::commands::open_with;
use vinculo_api::fixtures::pdf;
use vinculo_api::installation::{Beginning, Missing};
use vinculo_domain::agreements::Stage;
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

/// Reverts the migrations since then: the installation is as the previous version left it.
fn before_ids(app: &TestApp) {
    undo_later_migrations(&app.scratch);
    app.scratch
        .execute("DROP TABLE installation; DROP TABLE heartbeats; DROP TABLE storage_use; DROP TABLE row_sums");
    app.scratch
        .execute("DELETE FROM __diesel_schema_migrations WHERE version >= '0011'");
    app.scratch.close_to_others();
}

async fn with_a_document(app: &TestApp) {
    let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
    let client = app.officer(GUADALAJARA).await;
    let attached = client.attach(&case, "other", None, &pdf("anexo")).await;
    attached.expect(201);
}

#[actix_web::test]
async fn the_folder_with_the_newest_files_is_taken_over() {
    on_both(|app| async move {
        with_a_document(&app).await;
        before_ids(&app);
        let data = app.folder.path();
        let keys = keys_of(data);
        let config = config(&app.scratch, data);

        // Another folder with keys, or this folder without its files.
        let other = tempfile::tempdir().unwrap();
        vinculo_api::secrets::make(other.path()).unwrap();
        refused(&super::config(&app.scratch, other.path()), &["files are missing", "--accept-missing"]);
        let files = data.join("files");
        let away = data.join("away");
        std::fs::rename(&files, &away).unwrap();
        refused(&config, &["files are missing"]);
        assert!(!data.join("installation.new").exists());
        let known = app.scratch.texts("SELECT version AS x FROM __diesel_schema_migrations");
        assert!(!known.contains(&"0011".to_owned()), "it was migrated all the same");
        std::fs::rename(&away, &files).unwrap();
        let [_, seal] = vinculo_api::secrets::paths(data);
        std::fs::rename(&seal, data.join("seal")).unwrap();
        refused(&config, &["keys are missing"]);
        std::fs::rename(data.join("seal"), &seal).unwrap();

        opened(&config).unwrap();
        let id = id_of(data);
        assert_eq!(app.scratch.texts("SELECT id AS x FROM installation"), [id]);
        assert_eq!(keys_of(data), keys);
        opened(&config).unwrap();
        if app.scratch.engine == Engine::Postgres {
            // Row-level security, lifted to look at the documents, is forced again.
            let forced = "SELECT relname::text AS x FROM pg_class WHERE relname = 'documents' AND relforcerowsecurity";
            assert_eq!(app.scratch.texts(forced), ["documents"]);
        }
    })
    .await;
}

#[actix_web::test]
async fn taking_over_goes_on_where_it_was_cut_off() {
    on_both(|app| async move {
        with_a_document(&app).await;
        let data = app.folder.path();
        let keys = keys_of(data);
        let config = config(&app.scratch, data);
        for done in 1..Beginning::STEPS.len() {
            before_ids(&app);
            let _first = std::fs::remove_file(data.join("installation"));
            let beginning = Beginning::of(&config, &app.scratch.migration_url, None);
            for (_, step) in Beginning::STEPS.into_iter().take(done) {
                step(&beginning).unwrap();
            }
            app.scratch.close_to_others();
            opened(&config).unwrap_or_else(|said| panic!("after {done} steps: {said}"));
            let id = id_of(data);
            assert_eq!(app.scratch.texts("SELECT id AS x FROM installation"), [id]);
            assert_eq!(keys_of(data), keys);
        }
    })
    .await;
}

#[actix_web::test]
async fn an_operator_may_take_over_what_has_lost_files() {
    on_both(|app| async move {
        with_a_document(&app).await;
        before_ids(&app);
        let data = app.folder.path();
        std::fs::remove_dir_all(data.join("files")).unwrap();
        let config = config(&app.scratch, data);
        refused(&config, &["--accept-missing"]);
        open_with(&config, Missing::Accepted).map(drop).unwrap();
        opened(&config).unwrap();
    })
    .await;
}
