//! What a government that was only told of a case learns when the case is withdrawn.

use crate::tools::{one, post_on};
use serde_json::json;
use vinculo_api::fixtures::content_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUANAJUATO, IRAPUATO, on_both};

// row: 003-05, 004-02
// operations: transition_agreement, get_agreement, list_agreements, get_agreement_turns, create_agreement_urgency
#[actix_web::test]
async fn neither_opinion_nor_urgency_is_told_with_it() {
    on_both(|app| async move {
        let cast = app.cast(IRAPUATO).await;
        let counterpart = app.counterpart(&cast.officer, "Kioto").await;
        let content = content_for("twinning", "Acuerdo", counterpart, "culture").unwrap();
        let case = cast.prepare(content).await.unwrap();
        let (id, officer) = (case.to_string(), app.officer(IRAPUATO).await);
        let urgent = json!({"urgent": true, "reason": "Visita oficial"});
        post_on(&officer, &id, "urgency", &urgent).await.expect(200);
        let announce = json!({"action": "announce", "share_with_state": true});
        officer.transition(&id, &announce).await.expect(200);
        // Without a mechanism the state is only told of the case and does not review it.
        cast.carry(case, Stage::OpinionFavorable).await.unwrap();
        let own = officer.get(&one(&id)).await.json();
        assert_eq!(
            (&own["compliance"], &own["priority"]),
            (&json!("compliant"), &json!("urgent"))
        );
        let withdraw = json!({"action": "withdraw", "reason": "Error."});
        officer.transition(&id, &withdraw).await.expect(200);
        let state = app.client(Role::Liaison, GUANAJUATO).await;
        let view = state.get(&one(&id)).await.expect(200).json();
        assert_eq!(
            (&view["level"], &view["stage"]),
            (&json!("summary"), &json!("withdrawn"))
        );
        assert_eq!(
            (&view["compliance"], &view["priority"]),
            (&json!("in_process"), &json!("normal"))
        );
        for query in ["compliance=compliant", "priority=urgent"] {
            let found = state.get(&format!("/v1/agreements?{query}")).await;
            assert_eq!(found.expect(200).json()["items"], json!([]), "{query}");
        }
        let turns = state.get(&format!("{}/turns", one(&id))).await;
        assert_eq!(turns.expect(200).json()["turns"], json!([]));
    })
    .await;
}
