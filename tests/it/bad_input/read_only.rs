//! Fields that only the system writes.

use super::Bench;
use crate::tools::{one, patch, points_at, post};
use serde_json::{Map, Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, SRE, TestApp, on_both};

/// Fields of the case as it is read that the owner may also write.
const WRITTEN: [&str; 5] = ["kind", "title", "parties", "counterparts", "external_ids"];

fn changed(value: &Value) -> Value {
    match value {
        Value::Null => json!("x"),
        Value::String(text) => json!(format!("{text}x")),
        Value::Number(number) => json!(number.as_i64().unwrap() + 1),
        Value::Bool(yes) => json!(!yes),
        Value::Array(items) if items.is_empty() => json!([1]),
        Value::Array(_) => json!([]),
        Value::Object(_) => json!({}),
    }
}

#[actix_web::test]
async fn what_the_system_writes_of_a_case_is_not_written_by_others() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let view = bench.officer.get(&one(&bench.case)).await.json();
        let system: Map<String, Value> = view
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, _)| !WRITTEN.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        assert!(system.len() > 15);
        for (key, value) in &system {
            let mut made = json!({"kind": "twinning", "title": "Acuerdo"});
            made[key] = value.clone();
            let answer = bench
                .refuse(post("/v1/agreements", &made), 422, "read_only")
                .await;
            points_at(&answer, &format!("/{key}"), "read_only");
            let edit = json!({ key.as_str(): changed(value) });
            let request = patch(&one(&bench.case), &bench.etag(), &edit);
            let answer = bench.refuse(request, 422, "read_only").await;
            points_at(&answer, &format!("/{key}"), "read_only");
        }
        // Sent back unchanged they are accepted, and change nothing.
        let mut edit = Value::Object(system);
        edit["title"] = json!("Otro");
        let after = bench
            .officer
            .patch(&one(&bench.case), &bench.etag(), &edit)
            .await;
        let after = after.expect(200).json();
        assert_eq!(
            (&after["title"], &after["stage"]),
            (&json!("Otro"), &view["stage"])
        );
        assert_eq!(after["draft"]["themes"], view["draft"]["themes"]);
    })
    .await;
}

/// Reads a record, sends it back with one change, then with each system field changed.
async fn round_trip(bench: &Bench, client: &Client, path: &str, made: &Value, system: &[&str]) {
    let first = client.post(path, made).await.expect(201);
    let path = format!("{path}/{}", first.id());
    bench.mark().await;
    for key in system {
        let edit = json!({ *key: changed(&first.json()[*key]) });
        let request = patch(&path, &first.etag(), &edit);
        let answer = bench.refuse_to(client, request, 422, "read_only").await;
        points_at(&answer, &format!("/{key}"), "read_only");
    }
    let mut whole = first.json();
    whole["name"] = json!("Otro nombre");
    let after = client.patch(&path, &first.etag(), &whole).await.expect(200);
    assert_eq!(after.json()["name"], "Otro nombre");
    assert_eq!(after.json()["version"], 2);
    assert_eq!(after.json()["created_at"], first.json()["created_at"]);
}

#[actix_web::test]
async fn a_record_may_be_sent_back_whole() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let sre = bench.app.client(Role::Liaison, SRE).await;
        let system = ["id", "version", "created_at", "updated_at"];
        let counterpart = TestApp::counterpart_json("Kioto");
        let all = ["id", "tenant_id", "version", "created_at", "updated_at"];
        round_trip(
            &bench,
            &bench.officer,
            "/v1/counterparts",
            &counterpart,
            &all,
        )
        .await;
        let mechanism = json!({"state_id": "11", "name": "Mecanismo", "starts_on": "2026-01-01"});
        round_trip(&bench, &sre, "/v1/mechanisms", &mechanism, &system).await;
        let office = json!({"state_id": "11", "name": "Oficina", "since": "2026-01-01"});
        round_trip(&bench, &sre, "/v1/designated-offices", &office, &system).await;
    })
    .await;
}
