//! Where a submission goes: to the state where a mechanism in force says so, otherwise to SRE.

use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, on_both};

/// Submits a new case of a government, after a change of its draft; where it goes, who must act.
async fn submitted(app: &TestApp, lead: &str, change: Value) -> (Value, Value) {
    let case = app.case_in(lead, Stage::Draft).await.to_string();
    let officer = app.officer(lead).await;
    let one = format!("/v1/agreements/{case}");
    let etag = officer.get(&one).await.etag();
    officer.patch(&one, &etag, &change).await.expect(200);
    let submit = json!({"action": "submit"});
    let view = officer.transition(&case, &submit).await.expect(200).json();
    for state in [JALISCO, GUANAJUATO] {
        let sees = lead == state || view["submission"]["sent_to"] == state;
        let liaison = app.client(Role::Liaison, state).await;
        liaison.get(&one).await.expect(if sees { 200 } else { 404 });
    }
    (view["stage"].clone(), view["submission"]["sent_to"].clone())
}

// row: 004-01, 004-02, 004-03, 002-14
// operations: transition_agreement, update_mechanism, get_agreement
#[actix_web::test]
async fn a_mechanism_in_force_routes_what_it_covers_and_nothing_else() {
    on_both(|app| async move {
        let through = (json!("state_review"), json!(JALISCO));
        let direct = (json!("federal_intake"), json!(SRE));
        let twinning = json!({"kind": "twinning"});
        let cooperation = json!({"kind": "specific_cooperation"});
        assert_eq!(
            submitted(&app, GUADALAJARA, twinning.clone()).await,
            through
        );
        // A kind outside the mechanism, a state's own case, a state without a mechanism.
        assert_eq!(submitted(&app, GUADALAJARA, cooperation).await, direct);
        assert_eq!(submitted(&app, JALISCO, twinning.clone()).await, direct);
        assert_eq!(submitted(&app, IRAPUATO, twinning.clone()).await, direct);
        // The mechanism is in force until the end of its last day.
        let liaison = app.client(Role::Liaison, SRE).await;
        let list = liaison.get("/v1/mechanisms").await.expect(200).json();
        let one = format!(
            "/v1/mechanisms/{}",
            list["items"][0]["id"].as_str().unwrap()
        );
        for (end, goes) in [("2025-01-01", &direct), ("2040-12-31", &through)] {
            let etag = liaison.get(&one).await.etag();
            let change = json!({"ends_on": end});
            liaison.patch(&one, &etag, &change).await.expect(200);
            assert_eq!(submitted(&app, GUADALAJARA, twinning.clone()).await, *goes);
        }
    })
    .await;
}
