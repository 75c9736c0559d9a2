//! Amounts are of currencies that there are.

use super::*;

const PATH: &str = "/v1/budgets";

#[actix_web::test]
async fn three_capitals_are_no_currency_yet() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let trip = json!({"title": "Gira", "fiscal_year": 2026, "approved": 5, "currency": "MXN"});
        // The refusal says where the currencies are.
        for currency in ["MXX", "mxn", "XXX", "HRK"] {
            let trip = with(&trip, json!({"currency": currency}));
            let refused = officer.post(PATH, &trip).await;
            let refused = refused.refused(422, "validation_failed");
            points_at(&refused, "/currency", "unknown_key");
            let error = refused.json()["errors"][0].clone();
            assert_eq!(error["admitted_at"], "/v1/catalogs/currencies", "{error}");
        }
        made(&officer, PATH, &trip).await;
    })
    .await;
}
