//! The same import again: repeated with its key, sent without a key, or interrupted.

use super::{HEAD, PATH, bring, case_at, file, keyed, long};
use actix_web::http::Method;
use serde_json::Value;
use vinculo_domain::Role;
use vinculo_tests::{JALISCO, Request, SRE, TestApp, on_both};

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn a_repeated_import_is_the_same_import() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let first = liaison.send(keyed("una", &file())).await.expect(201);
        let again = liaison.send(keyed("una", &file())).await.expect(201);
        assert_eq!(first.json(), again.json());
        assert_eq!(
            again.header("idempotency-replayed").as_deref(),
            Some("true")
        );
        assert_eq!(app.scratch.count("import_batches"), 1);
        let other = liaison.send(keyed("una", &long(1))).await;
        other.refused(422, "idempotency_mismatch");
        // Without a key it is a new import of recorded rows; the importer's own are named.
        let second = bring(&liaison, &file()).await.expect(201).json();
        assert_eq!(second["summary"]["imported"], 0);
        assert_eq!(second["summary"]["duplicate"], 4);
        assert_eq!(case_at(&second, 3), case_at(&first.json(), 3));
        assert_eq!(app.scratch.count("agreements"), 3);
        // What somebody else recorded is a duplicate, but which case it is stays hidden.
        let ministry = app.client(Role::Liaison, SRE).await;
        let text =
            format!("{HEAD}Jalisco,Guadalajara,Kioto,Japón,hermanamiento,1998-10-20,Gaceta,\n");
        let known = bring(&ministry, &text).await.expect(201).json();
        assert_eq!(known["rows"][0]["result"], "duplicate");
        assert_eq!(known["rows"][0]["detail"]["agreement_id"], Value::Null);
    })
    .await;
}

// row: 003-07
// operations: create_import, undo_import
#[actix_web::test]
async fn an_import_that_was_cut_off_is_finished_or_undone() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let text = long(70);
        // The service stops in the middle: the request is dropped and some rows are done.
        for key in ["acabar", "deshacer"] {
            let before = app.scratch.count("import_rows");
            {
                let mut running = std::pin::pin!(liaison.send(keyed(key, &text)));
                for _ in 0..4000 {
                    let pause =
                        std::pin::pin!(tokio::time::sleep(std::time::Duration::from_millis(1)));
                    let cut = futures_util::future::select(running.as_mut(), pause).await;
                    let done = app.scratch.count("import_rows") - before;
                    if done > 0 || matches!(cut, futures_util::future::Either::Left(_)) {
                        break;
                    }
                }
            }
            let list = liaison.get(PATH).await.json();
            let batch = format!("{PATH}/{}", list["items"][0]["id"].as_str().unwrap());
            if key == "acabar" {
                let finished = liaison.send(keyed(key, &text)).await.expect(201).json();
                assert_eq!(finished["summary"]["imported"], 70);
                assert_eq!(app.scratch.count("agreements"), 70);
                let told = liaison.get(&batch).await.json();
                assert_eq!(told["summary"], finished["summary"]);
                let undo = Request::new(Method::POST, &format!("{batch}/undo"));
                assert_eq!(liaison.send(undo).await.expect(200).json()["undone"], 70);
            } else {
                let undo = Request::new(Method::POST, &format!("{batch}/undo"));
                liaison.send(undo).await.expect(200);
                let left = "agreements WHERE retired_at IS NULL";
                assert_eq!(app.scratch.count(left), 0);
                // An undone import is not continued.
                let late = liaison.send(keyed(key, &text)).await;
                assert!(late.status == 409 || late.status == 201, "{}", late.text());
                assert_eq!(app.scratch.count(left), 0);
            }
        }
    })
    .await;
}
