//! The audit log: if it cannot be written, nothing is done and nothing is shown.

use crate::tools::one;
use serde_json::{Value, json};
use vinculo_api::maintenance;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_persistence::Engine;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// Makes inserts into a table fail; gives the SQL that repairs it.
fn break_inserts(app: &TestApp, table: &str) -> String {
    match app.scratch.engine {
        Engine::Sqlite => {
            app.scratch.execute(&format!(
                "CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END"
            ));
            "DROP TRIGGER broken".into()
        }
        Engine::Postgres => {
            app.scratch
                .execute(&format!("REVOKE INSERT ON {table} FROM vinculo_app"));
            format!("GRANT INSERT ON {table} TO vinculo_app")
        }
    }
}

// row: 002-32
// operations: create_counterpart, update_agreement, transition_agreement, create_document
#[actix_web::test]
async fn what_leaves_no_trail_is_not_done() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let client = app.officer(GUADALAJARA).await;
        let before = client.get(&one(&case)).await.expect(200);
        let tables = [
            "counterparts",
            "submissions",
            "documents",
            "history",
            "outbox",
        ];
        let rows = || tables.map(|table| app.scratch.count(table));
        let kept = rows();
        for table in ["audit_log", "outbox", "history"] {
            let mend = break_inserts(&app, table);
            let counterpart = TestApp::counterpart_json("Osaka");
            if table != "history" {
                let answer = client.post("/v1/counterparts", &counterpart).await;
                answer.refused(500, "internal");
            }
            let edit = json!({"title": "Otro"});
            let answer = client.patch(&one(&case), &before.etag(), &edit).await;
            answer.refused(500, "internal");
            let answer = client.transition(&case, &json!({"action": "submit"})).await;
            answer.refused(500, "internal");
            let file = vinculo_api::fixtures::pdf("Anexo");
            client
                .attach(&case, "other", None, &file)
                .await
                .refused(500, "internal");
            app.scratch.execute(&mend);
            assert_eq!(rows(), kept, "{table}");
            let after = client.get(&one(&case)).await.expect(200);
            assert_eq!((after.text(), after.etag()), (before.text(), before.etag()));
        }
        client
            .transition(&case, &json!({"action": "submit"}))
            .await
            .expect(200);
    })
    .await;
}

/// The reads by other governments that the client's government is shown.
async fn reads(client: &Client) -> Vec<Value> {
    let list = client.get("/v1/reads?limit=200").await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

// row: 002-14
// operations: list_reads, get_agreement, list_agreements, get_document_content
#[actix_web::test]
async fn the_owner_learns_of_every_read_by_others() {
    on_both(|app| async move {
        let mut cases = Vec::new();
        for _ in 0..3 {
            cases.push(
                app.case_in(GUADALAJARA, Stage::StateReview)
                    .await
                    .to_string(),
            );
        }
        let other = app.case_in(ZAPOPAN, Stage::StateReview).await.to_string();
        let state = app.client(Role::Liaison, JALISCO).await;
        let auditor = app.client(Role::Auditor, GUADALAJARA).await;
        let officer = app.officer(GUADALAJARA).await;
        let shown = "audit_log WHERE outcome = 'read'";
        // A government's own reads are not listed, and a stranger can read nothing.
        officer.get(&one(&cases[0])).await.expect(200);
        app.officer(GUANAJUATO)
            .await
            .get(&one(&cases[0]))
            .await
            .refused(404, "not_found");
        assert_eq!(
            (app.scratch.count(shown), reads(&auditor).await.len()),
            (0, 0)
        );

        let view = state.get(&one(&cases[0])).await.expect(200);
        state
            .get(&format!("{}/history", one(&cases[1])))
            .await
            .expect(200);
        let documents = format!("{}/documents", one(&cases[2]));
        let listed = state.get(&documents).await.expect(200).json();
        let document = listed["items"][0]["id"].as_str().unwrap();
        state
            .get(&format!("{documents}/{document}/content"))
            .await
            .expect(200);
        // Four cases of two owners in one request: one row that both owners find.
        let list = state.get("/v1/agreements").await.expect(200).json();
        assert_eq!(list["items"].as_array().unwrap().len(), 4);
        assert_eq!(app.scratch.count(shown), 5);
        let request = view.header("x-request-id").unwrap();
        let named = format!("{shown} AND request_id = '{request}' AND operation = 'get_agreement'");
        assert_eq!(app.scratch.count(&named), 1);

        let told = reads(&auditor).await;
        let operations: Vec<_> = told
            .iter()
            .map(|read| read["operation"].as_str().unwrap())
            .collect();
        let expected = [
            "list_agreements",
            "get_document_content",
            "list_documents",
            "list_agreement_history",
            "get_agreement",
        ];
        assert_eq!(operations, expected);
        assert!(told.iter().all(|read| read["viewer_tenant"] == JALISCO));
        assert_eq!(told[4]["subject_ids"], json!([cases[0]]));
        let listed = told[0]["subject_ids"].as_array().unwrap();
        assert!(
            !listed.is_empty()
                && listed
                    .iter()
                    .all(|id| cases.iter().any(|case| *id == case.as_str()))
        );
        let neighbour = app.client(Role::Auditor, ZAPOPAN).await;
        let told = reads(&neighbour).await;
        assert_eq!(told.len(), 1);
        assert!(!told[0].to_string().contains(&cases[0]));
        neighbour.get(&one(&other)).await.expect(200);
        // An answer that cannot be recorded is not given.
        let mend = break_inserts(&app, "audit_log");
        state.get(&one(&cases[0])).await.refused(500, "internal");
        officer.get(&one(&cases[0])).await.expect(200);
        app.scratch.execute(&mend);
        officer.get("/v1/reads").await.refused(403, "forbidden");
    })
    .await;
}

#[actix_web::test]
async fn refusals_of_a_known_caller_are_on_record() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let rows = |problem: &str| {
            let detail = format!("{{\"problem\":\"{problem}\"}}");
            app.scratch.count(&format!(
                "audit_log WHERE outcome = 'refused' AND detail = '{detail}'"
            ))
        };
        app.client(Role::Liaison, SRE)
            .await
            .get(&one(&case))
            .await
            .refused(404, "not_found");
        let viewer = app.client(Role::Viewer, GUADALAJARA).await;
        viewer
            .transition(&case, &json!({"action": "submit"}))
            .await
            .refused(403, "forbidden");
        app.nobody()
            .get(&one(&case))
            .await
            .refused(401, "unauthenticated");
        viewer
            .get("/v1/agreements?limit=0")
            .await
            .refused(400, "invalid_parameter");
        assert_eq!((rows("not_found"), rows("forbidden")), (1, 1));
        assert_eq!(app.scratch.count("audit_log WHERE outcome = 'refused'"), 2);
        let subject = format!("audit_log WHERE outcome = 'refused' AND subject_id = '{case}'");
        assert_eq!(app.scratch.count(&subject), 2);
    })
    .await;
}

#[actix_web::test]
async fn events_have_places_without_holes_in_the_order_of_what_happened() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let (db, scope) = (&app.app.db, maintenance::operator_scope());
        vinculo_persistence::sequence(db, &scope).await.unwrap();
        for number in 0..20 {
            let body = TestApp::counterpart_json(&format!("Ciudad {number}"));
            client.post("/v1/counterparts", &body).await.expect(201);
            if number % 7 == 0 {
                vinculo_persistence::sequence(db, &scope).await.unwrap();
            }
        }
        let waiting = || app.scratch.count("outbox WHERE position IS NULL");
        assert!(waiting() > 0);
        // Four at once, as with four instances.
        let all = (0..4).map(|_| vinculo_persistence::sequence(db, &scope));
        for outcome in futures_util::future::join_all(all).await {
            outcome.unwrap();
        }
        let events = app.scratch.count("outbox");
        assert_eq!(waiting(), 0);
        let placed = format!("outbox WHERE position BETWEEN 1 AND {events}");
        assert_eq!(app.scratch.count(&placed), events);
        let turned = "outbox a JOIN outbox b ON a.position < b.position WHERE a.id > b.id";
        assert_eq!(app.scratch.count(turned), 0);
        vinculo_persistence::sequence(db, &scope).await.unwrap();
        assert_eq!(
            app.scratch.count(&format!(
                "counters WHERE series = 'outbox' AND value = {events}"
            )),
            1
        );
    })
    .await;
}
