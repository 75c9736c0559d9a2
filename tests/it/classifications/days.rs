//! The last day of a reservation: a whole day, to its end in Mexico City. What earlier versions
//! stored as a month or a year means its last day, as it did.

use super::{decisions, public_of};
use crate::tools::{entry, inscribe, on_both_at_noon, one};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use vinculo_tests::{GUADALAJARA, TestApp};

/// Decides on a document as an earlier version stored it.
fn decided_before(app: &TestApp, case: &str, document: &str, until: &str) {
    app.scratch.execute(&format!(
        "INSERT INTO document_classifications (tenant_id, document_id, number, agreement_id, classification, ground, until, acting_tenant, created_at) \
         VALUES ('{GUADALAJARA}', '{document}', 1, '{case}', 'reserved', 'LGTAIP 112-II', '{until}', '{GUADALAJARA}', '2026-11-20 18:00:00.000000')"
    ));
}

// row: 002-31
// operations: list_classifications, get_document, get_inscription, get_registry_document
#[actix_web::test]
async fn a_month_that_is_stored_means_its_last_day() {
    on_both_at_noon(|app, clock| async move {
        let mut held = Vec::new();
        for (stored, shown, opens) in [
            ("2027-03-05", "2027-03-05", "2027-03-06T06:00:00Z"),
            ("2027-06", "2027-06-30", "2027-07-01T06:00:00Z"),
            ("2027", "2027-12-31", "2028-01-01T06:00:00Z"),
        ] {
            let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
            let record = public_of(&app, &number).await;
            let document = record["documents"][0]["id"].as_str().unwrap().to_owned();
            decided_before(&app, &case, &document, stored);
            let officer = app.officer(GUADALAJARA).await;
            let own = format!("{}/documents/{document}", one(&case));
            assert_eq!(officer.get(&own).await.expect(200).json()["until"], shown);
            let list = officer.get(&decisions(&case, &document)).await.expect(200);
            assert_eq!(list.json()["items"][0]["until"], shown);
            let record = public_of(&app, &number).await;
            assert_eq!(record["withheld_documents"][0]["until"], shown);
            let opens: DateTime<Utc> = opens.parse().unwrap();
            held.push((number, document, opens));
        }
        for (number, document, opens) in held {
            let bytes = format!("{}/documents/{document}/content", entry(&number));
            clock.set(opens - TimeDelta::seconds(1));
            app.nobody().get(&bytes).await.refused(404, "not_found");
            clock.set(opens);
            app.nobody().get(&bytes).await.expect(200);
            let opened = public_of(&app, &number).await;
            assert_eq!(opened["withheld_documents"], json!([]), "{number}");
        }
    })
    .await;
}
