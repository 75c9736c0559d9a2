//! A rename and the cases that begin to name the counterpart, or are edited, at the same time.

use super::line;
use crate::tools::{one, patch};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use vinculo_tests::{Client, GUADALAJARA, TestApp, on_both};

/// Patches the present version until it is taken; another change may come first, and a busy service
/// may ask to try again.
async fn insist(client: &Client, path: &str, change: &Value) {
    loop {
        let tag = client.get(path).await.expect(200).etag();
        let answer = client.send(patch(path, &tag, change)).await;
        match answer.status {
            200 => return,
            412 | 503 => {}
            _ => panic!("{}", answer.text()),
        }
    }
}

// row: 002-14
// operations: update_counterpart, update_agreement
#[actix_web::test]
async fn a_case_that_names_a_counterpart_while_it_is_renamed_shows_its_last_name() {
    const CASES: usize = 8;
    const NAMES: usize = 6;
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let city = TestApp::counterpart_json("Kioto");
        let city = officer
            .post("/v1/counterparts", &city)
            .await
            .expect(201)
            .id();
        let card = format!("/v1/counterparts/{city}");
        let mut cases = Vec::new();
        for number in 0..CASES {
            // Half of them name it already, and are only edited.
            let mut draft = json!({"kind": "twinning", "title": format!("Acuerdo {number}")});
            if number % 2 == 0 {
                draft["counterparts"] = json!([city]);
            }
            let made = officer.post("/v1/agreements", &draft).await.expect(201);
            cases.push(one(made.id()));
        }
        let renames = async {
            for number in 0..NAMES {
                let name = json!({"name": format!("Ciudad {number}")});
                insist(&officer, &card, &name).await;
            }
        };
        let edits = cases.iter().map(|case| {
            let officer = &officer;
            let names = json!({"counterparts": [city]});
            async move {
                for step in 0..3 {
                    let objective = json!({"objective": format!("Paso {step}")});
                    insist(officer, case, &objective).await;
                    insist(officer, case, &names).await;
                }
            }
        });
        join(renames, join_all(edits)).await;
        let name = json!(format!("Ciudad {}", NAMES - 1));
        for case in &cases {
            let view = officer.get(case).await.expect(200).json();
            let shown = line(&officer, "/v1/agreements", case).await;
            let names = [
                &view["counterpart"],
                &view["counterparts"][0]["name"],
                &shown["counterpart"],
            ];
            assert_eq!(names, [&name; 3], "{case}");
            assert_eq!(shown["version"], view["version"]);
        }
    })
    .await;
}
