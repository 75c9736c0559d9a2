//! The storage quota of a government for documents.

use crate::tools::one;
use actix_web::http::Method;
use vinculo_api::fixtures::pdf;
use vinculo_api::settings::Storage;
use vinculo_domain::agreements::Stage;
use vinculo_domain::storage::Quota;
use vinculo_persistence::Engine;
use vinculo_tests::{Client, GUADALAJARA, Request, TestApp, engines, on_both};

/// How many small files fit, including the documents of a new case.
const ROOM: usize = 8;

/// The service with a quota of this many bytes for each government.
async fn with_room(engine: Engine, bytes: u64) -> TestApp {
    let storage = Storage {
        quota: Quota::of_bytes(bytes),
        ..Storage::default()
    };
    TestApp::start_changed(engine, |app| app.storing(storage)).await
}

/// The caller's storage use: bytes, files, quota.
async fn told(client: &Client) -> (i64, i64, Option<i64>) {
    let storage = client.get("/v1/me").await.expect(200).json()["storage"].clone();
    (
        storage["used_bytes"].as_i64().unwrap(),
        storage["files"].as_i64().unwrap(),
        storage["quota_bytes"].as_i64(),
    )
}

fn documents(app: &TestApp) -> i64 {
    app.scratch.count("documents")
}

#[actix_web::test]
async fn what_does_not_fit_is_refused_with_the_figures() {
    for engine in engines() {
        let file = pdf("anexo");
        let size = file.len();
        let app = with_room(engine, u64::try_from(ROOM * size).unwrap()).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let start = told(&officer).await;
        assert_eq!(start.2, Some(i64::try_from(ROOM * size).unwrap()));
        let dry = Request::new(
            Method::POST,
            &format!("{}/documents?dry_run=true", one(&case)),
        )
        .form(&[("kind", None, b"other"), ("file", Some("a.pdf"), &file)]);
        officer.send(dry).await.expect(200);
        assert_eq!(told(&officer).await, start, "a dry run was counted");
        let before = documents(&app);
        // The same bytes uploaded twice count twice.
        for _ in 0..2 {
            officer
                .attach(&case, "other", None, &file)
                .await
                .expect(201);
        }
        let room = start.2.unwrap();
        let size = i64::try_from(size).unwrap();
        let now = told(&officer).await;
        assert_eq!((now.0 - start.0, now.1 - start.1), (2 * size, 2));
        let mut fitting = 0;
        let refused = loop {
            let answer = officer.attach(&case, "other", None, &file).await;
            if answer.status == 409 {
                break answer;
            }
            answer.expect(201);
            fitting += 1;
        };
        assert_eq!(fitting, (room - start.0) / size - 2);
        let problem = refused.json();
        assert_eq!(problem["code"], "quota_exceeded");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(&format!("de {room} bytes")), "{detail}");
        assert_eq!(documents(&app), before + 2 + fitting);
        assert_eq!(told(&officer).await.1, start.1 + 2 + fitting);
    }
}

/// A repeated upload gets its stored answer, even where a new one would not fit.
#[actix_web::test]
async fn a_repeated_upload_gets_its_answer_where_another_would_not_fit() {
    for engine in engines() {
        let file = pdf("anexo");
        let app = with_room(engine, u64::try_from(ROOM * file.len()).unwrap()).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let send = |key: String| {
            let request = Request::new(Method::POST, &format!("{}/documents", one(&case)))
                .form(&[("kind", None, b"other"), ("file", Some("a.pdf"), &file)])
                .header("idempotency-key", &key);
            officer.send(request)
        };
        let first = send("k-0".into()).await.expect(201);
        for number in 1.. {
            if send(format!("k-{number}")).await.status == 409 {
                break;
            }
        }
        let again = send("k-0".into()).await.expect(201);
        assert_eq!(again.id(), first.id());
    }
}

#[actix_web::test]
async fn two_at_once_do_not_pass_it() {
    for engine in engines() {
        let file = pdf("anexo");
        let app = with_room(engine, 1_000_000).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await.patient();
        officer
            .attach(&case, "other", None, &file)
            .await
            .expect(201);
        let used = told(&officer).await.0;
        // There is room for one of the eight.
        let size = i64::try_from(file.len()).unwrap();
        let filled = format!(
            "UPDATE storage_use SET bytes = 1000000 - {size} - 1 WHERE tenant_id = '{GUADALAJARA}'"
        );
        app.scratch.execute(&filled);
        assert!(used > 0);
        let before = documents(&app);
        let asked = (0..8).map(|_| officer.attach(&case, "other", None, &file));
        let answers = futures_util::future::join_all(asked).await;
        let done = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(
            done,
            1,
            "{:?}",
            answers.iter().map(|a| a.status).collect::<Vec<_>>()
        );
        assert_eq!(documents(&app), before + 1);
        assert!(told(&officer).await.0 <= 1_000_000);
    }
}

#[actix_web::test]
async fn who_adds_a_document_is_charged_whosever_case_it_is() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::StateReview).await.to_string();
        let (owner, state) = (app.officer(GUADALAJARA).await, app.client(vinculo_domain::Role::Liaison, "14").await);
        let before = (told(&owner).await, told(&state).await);
        state.attach(&case, "state_note", None, &pdf("nota")).await.expect(201);
        let after = (told(&owner).await, told(&state).await);
        assert_eq!(after.0, before.0);
        assert_eq!(after.1.1, before.1.1 + 1);
        let sums = "storage_use WHERE bytes = (SELECT sum(size) FROM documents WHERE acting_tenant = storage_use.tenant_id)";
        assert_eq!(app.scratch.count(sums), app.scratch.count("storage_use"));
    })
    .await;
}

/// The migration counts documents that already existed.
#[actix_web::test]
async fn documents_that_were_there_before_are_counted() {
    on_both(|app| async move {
        app.case_in(GUADALAJARA, Stage::Signed).await;
        let rows =
            "SELECT tenant_id || ' ' || files || ' ' || bytes AS x FROM storage_use ORDER BY 1";
        let before = app.scratch.texts(rows);
        assert!(!before.is_empty());
        let folder = match app.app.db.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        let file = |name: &str| {
            let path = format!(
                "{}/../migrations/{folder}/0013_storage/{name}.sql",
                env!("CARGO_MANIFEST_DIR")
            );
            std::fs::read_to_string(path).unwrap()
        };
        app.scratch.execute(&file("down"));
        app.scratch.execute(&file("up"));
        assert_eq!(app.scratch.texts(rows), before);
    })
    .await;
}

/// An older program without the quota counts nothing, and may run beside a newer one for a while.
#[actix_web::test]
async fn a_wrong_count_is_told_and_counted_anew() {
    on_both(|app| async move {
        app.case_in(GUADALAJARA, Stage::Signed).await;
        let rows =
            "SELECT tenant_id || ' ' || files || ' ' || bytes AS x FROM storage_use ORDER BY 1";
        let right = app.scratch.texts(rows);
        app.scratch
            .execute("UPDATE storage_use SET files = 0, bytes = 7");
        vinculo_persistence::recount(&app.scratch.migration_url, false).unwrap();
        assert_eq!(app.scratch.texts(rows), right);
        app.scratch.execute("DELETE FROM storage_use");
        vinculo_persistence::recount(&app.scratch.migration_url, false).unwrap();
        assert_eq!(app.scratch.texts(rows), right);
    })
    .await;
}
