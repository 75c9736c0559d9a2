//! What a rename costs: it renews every case that names the counterpart in one unit of work, so it is
//! refused where there are too many.

use crate::copies::copies;
use crate::tools::{one, patch};
use serde_json::json;
use std::time::Instant;
use vinculo_domain::agreements::Stage;
use vinculo_domain::limits::MAX_FOLLOWING_CASES;
use vinculo_tests::{GUADALAJARA, TestApp, on_both, pick};

/// As long as a request may take.
const SECONDS: f32 = 10.0;

// row: 002-14
// operations: update_counterpart
#[actix_web::test]
async fn a_counterpart_of_many_cases_is_renamed_in_all_of_them() {
    on_both(|app: TestApp| async move {
        let many = pick(
            "tags: cases that name one counterpart",
            100,
            MAX_FOLLOWING_CASES,
        );
        let officer = app.officer(GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let view = officer.get(&one(case)).await.json();
        let id = view["counterparts"][0]["id"].as_str().unwrap();
        let path = format!("/v1/counterparts/{id}");
        let etag = officer.get(&path).await.etag();
        copies(&app, case, many);
        let start = Instant::now();
        let rename = json!({"name": "Nagoya"});
        officer.send(patch(&path, &etag, &rename)).await.expect(200);
        let seconds = start.elapsed().as_secs_f32();
        println!(
            "{:?}: {many} cases renewed in {seconds:.2} s",
            app.scratch.engine
        );
        assert!(seconds < SECONDS, "{seconds}");
        let version = view["version"].as_i64().unwrap() + 1;
        let renewed =
            format!("agreement_access WHERE counterpart = 'Nagoya' AND version = {version}");
        assert_eq!(app.scratch.count(&renewed), i64::try_from(many).unwrap());
        let heads = format!("agreements WHERE version = {version}");
        assert_eq!(app.scratch.count(&heads), i64::try_from(many).unwrap());
        let found = officer
            .get("/v1/agreements?q=nagoya&count=true&limit=1")
            .await;
        assert_eq!(found.json()["total"], many);
    })
    .await;
}

// row: 002-14
// operations: update_counterpart
#[actix_web::test]
async fn a_counterpart_of_too_many_cases_is_not_renamed() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let view = officer.get(&one(case)).await.json();
        let card = &view["counterparts"][0];
        let path = format!("/v1/counterparts/{}", card["id"].as_str().unwrap());
        let read = officer.get(&path).await;
        copies(&app, case, MAX_FOLLOWING_CASES + 1);
        let rename = json!({"name": "Nagoya"});
        let refused = officer.send(patch(&path, &read.etag(), &rename)).await;
        refused.refused(409, "in_use");
        assert_eq!(officer.get(&path).await.text(), read.text());
        assert_eq!(officer.get(&one(case)).await.json(), view);
        // What no case shows may still be changed.
        let shared = json!({"visibility": "network"});
        officer
            .send(patch(&path, &read.etag(), &shared))
            .await
            .expect(200);
    })
    .await;
}
