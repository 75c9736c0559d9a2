//! After annotations the circle and the board match the registry.

use super::{all, shorts};
use crate::annotations::{annotate, registrar};
use crate::tools::{entry, inscribe};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{SRE, TestApp, ZAPOPAN, on_both};

/// The public relations of a government, without the foreign ministry.
async fn circle(app: &TestApp, government: &str) -> Vec<String> {
    let path = format!("/v1/governments/{government}/relations");
    let mut found = shorts(&all(&app.nobody(), &path, 200).await);
    found.retain(|relation| !relation.starts_with("foreign_ministry"));
    found
}

/// How many inscriptions the board counts of a municipality of Jalisco.
async fn inscribed(app: &TestApp, government: &str) -> Value {
    let sre = app.client(Role::Liaison, SRE).await;
    let board = all(&sre, "/v1/compliance?state=14", 200).await;
    let mut lines = board.iter();
    let line = lines.find(|line| line["government_id"] == government);
    line.unwrap()["inscriptions"].clone()
}

// row: 004-16, 004-08, 002-10
// operations: create_annotation, list_government_relations, list_compliance
#[actix_web::test]
async fn a_succession_and_a_correction_are_followed() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, "11", json!({})).await;
        let registrar = registrar(&app).await;
        let record = app.nobody().get(&entry(&number)).await.expect(200).json();
        let kyoto = record["counterparts"][0]["name"].as_str().unwrap();
        let before = [format!("foreign_government registry {kyoto} local JP - 1")];
        assert_eq!(circle(&app, "11").await, before);
        assert_eq!(circle(&app, ZAPOPAN).await, Vec::<String>::new());
        assert_eq!(inscribed(&app, ZAPOPAN).await, 0);

        let paper = registrar.attach(&case, "annotation_instrument", None, &pdf("decreto")).await.expect(201).id();
        let succession = json!({"effective_on": "2026-11-21", "document_id": paper,
            "changes": {"kind": "succession", "government_id": "11", "successor_id": ZAPOPAN}});
        let correction = json!({"effective_on": "2026-11-21", "ground": "Error de captura.", "changes": {"kind": "correction",
            "fields": [{"field": "counterpart_name", "position": 0, "old": kyoto, "new": "Quioto"}]}});
        for body in [succession, correction] {
            annotate(&registrar, &number, &body).await.expect(201);
        }
        let quioto = ["foreign_government registry Quioto local JP - 1"];
        assert_eq!(circle(&app, ZAPOPAN).await, quioto);
        assert_eq!(circle(&app, "11").await, Vec::<String>::new());
        assert_eq!(inscribed(&app, ZAPOPAN).await, 1);
    })
    .await;
}
