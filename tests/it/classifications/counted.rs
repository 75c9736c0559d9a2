//! The public figures count only texts that anyone may read.

use super::{decisions, public_of, public_version, reserved};
use crate::annotations::{annotate, registrar};
use crate::tools::inscribe;
use serde_json::json;
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

// row: 002-31, 003-11
// operations: create_classification, create_document, create_annotation, get_stock_statistics
#[actix_web::test]
async fn a_text_counts_while_anybody_reads_it() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let officer = app.officer(GUADALAJARA).await;
        // The share of inscriptions with a text (here one), and what its record lists.
        let read = async || {
            let figures = app.nobody().get("/v1/statistics/stock").await.expect(200);
            let record = public_of(&app, &number).await;
            let listed = record["consolidated"]["documents"].as_array().unwrap();
            let quality = figures.json()["quality"]["with_text"].as_f64();
            (quality, listed.len())
        };
        assert_eq!(read().await, (Some(100.0), 1));
        let record = public_of(&app, &number).await;
        let original = record["documents"][0]["id"].as_str().unwrap().to_owned();
        let reserve = reserved("2027-06-30");
        let classify = async |document: &str, body| {
            let path = decisions(&case, document);
            officer.post(&path, body).await.expect(201);
        };
        classify(&original, &reserve).await;
        assert_eq!(read().await, (Some(0.0), 0));
        // An annotation does not make a withheld document public again.
        let correction = json!({"effective_on": "2026-11-21", "ground": "Error de captura.", "changes": {"kind": "correction",
            "fields": [{"field": "title", "old": record["title"], "new": "Hermanamiento con Quioto"}]}});
        annotate(&registrar(&app).await, &number, &correction).await.expect(201);
        assert_eq!(read().await, (Some(0.0), 0));
        let version = public_version(&officer, &case, &original, "signed_copy").await.expect(201).id();
        assert_eq!(read().await, (Some(100.0), 1));
        classify(&version, &reserve).await;
        assert_eq!(read().await, (Some(0.0), 0));
        let public = json!({"classification": "public"});
        classify(&original, &public).await;
        classify(&version, &public).await;
        assert_eq!(read().await, (Some(100.0), 2));
    })
    .await;
}
