//! Own powers are compared with the order of government of those who sign.

use crate::parties::{case_with, confirm, etag, submit};
use crate::tools::{one, points_at};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::PartyRole;
use vinculo_tests::{GUADALAJARA, JALISCO, on_both};

// row: 003-04, 003-06
// operations: get_agreement, update_agreement, transition_agreement
#[actix_web::test]
async fn a_power_of_another_order_of_government_is_flagged_and_not_refused() {
    on_both(|app| async move {
        let lead = app.officer(GUADALAJARA).await;
        let case = case_with(&app, &[(JALISCO, PartyRole::Adherent)]).await;
        let flagged = async |change: Value| {
            let tag = etag(&lead, &case).await;
            let view = lead
                .patch(&one(&case), &tag, &change)
                .await
                .expect(200)
                .json();
            view["powers_not_held"].clone()
        };
        let powers = |all: &[&str]| json!({"own_powers": all});
        assert_eq!(
            flagged(powers(&["115-III-c", "73-XXIX-NN"])).await,
            json!([])
        );
        let named = powers(&["124", "115-III-c", "122-A"]);
        assert_eq!(flagged(named).await, json!(["124", "122-A"]));
        // Where the state signs too, its power is held; whoever joins later does not sign.
        let with = |role: &str| {
            json!({"parties": [{"government_id": GUADALAJARA, "role": "lead"},
                {"government_id": JALISCO, "role": role}]})
        };
        assert_eq!(flagged(with("signatory")).await, json!(["122-A"]));
        assert_eq!(flagged(with("adherent")).await, json!(["124", "122-A"]));
        let tag = etag(&lead, &case).await;
        let forged = json!({"powers_not_held": []});
        let refused = lead.patch(&one(&case), &tag, &forged).await;
        points_at(&refused, "/powers_not_held", "read_only");
        // It is sent, and the reviewer reads the flag.
        confirm(&app.officer(JALISCO).await, &case, None)
            .await
            .expect(200);
        submit(&lead, &case).await.expect(200);
        let state = app.client(Role::Liaison, JALISCO).await;
        let seen = state.get(&one(&case)).await.expect(200).json();
        assert_eq!(seen["powers_not_held"], json!(["124", "122-A"]));
    })
    .await;
}
