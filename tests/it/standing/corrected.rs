//! What a record says of its validity and what its standing follows is the same.

use crate::annotations::{annotate, registrar};
use crate::tools::{entry, inscribe, points_at};
use serde_json::{Value, json};
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

// row: 002-10, 003-05
// operations: create_annotation, get_inscription
#[actix_web::test]
async fn a_renewed_validity_is_corrected_to_another_and_not_to_none() {
    on_both(|app: TestApp| async move {
        let fixed = |last: &str| json!({"term": "fixed", "ends_on": last, "renewal": "by_agreement"});
        let (original, number) = inscribe(&app, GUADALAJARA, json!({"validity": fixed("2026-12-31")})).await;
        let renewal = json!({"instrument": "renewal", "relates_to": original, "title": "Prórroga", "validity": fixed("2030-12-31")});
        inscribe(&app, GUADALAJARA, renewal).await;
        let registrar = registrar(&app).await;
        let record = async || app.nobody().get(&entry(&number)).await.expect(200).json();
        // The last day that the record shows, and the one that its standing follows.
        let days = async || {
            let record = record().await;
            [record["consolidated"]["validity"]["ends_on"].clone(), record["standing"]["last_day"].clone()]
        };
        assert_eq!(days().await, ["2030-12-31", "2030-12-31"]);
        let old = record().await["consolidated"]["validity"].clone();
        let correct = |new: Value| json!({"effective_on": "2026-12-01", "ground": "Error de captura.",
            "changes": {"kind": "correction", "fields": [{"field": "validity", "old": old, "new": new}]}});
        let refused = annotate(&registrar, &number, &correct(Value::Null)).await;
        points_at(&refused.refused(422, "validation_failed"), "/changes/fields/0/new", "required");
        assert_eq!(days().await, ["2030-12-31", "2030-12-31"]);
        annotate(&registrar, &number, &correct(fixed("2029-12-31"))).await.expect(201);
        assert_eq!(days().await, ["2029-12-31", "2029-12-31"]);
    })
    .await;
}
