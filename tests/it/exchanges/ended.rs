//! Questions that are declined or taken back, and whose calendar counts.

use super::{act, found, json_of, make, notices, turn};
use crate::tools::{noon, on_both_at_noon};
use serde_json::json;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, JALISCO};

// row: 000-31, 001-20
// operations: get_workspace, list_notices, transition_advisory_case
#[actix_web::test]
async fn what_is_declined_or_taken_back_is_told_to_the_other_side() {
    on_both_at_noon(|app, clock| async move {
        let asker = app.officer(GUADALAJARA).await;
        let ask = |title: &str| json!({"title": title, "provider": JALISCO, "question": "¿Cómo?"});
        let [first, second] = [
            make(&asker, "/v1/advisory-cases", ask("Comité")).await,
            make(&asker, "/v1/advisory-cases", ask("Red")).await,
        ];
        let trainer = app.client(Role::Trainer, JALISCO).await;
        assert_eq!(found(&trainer, "waiting").await, ["Comité", "Red"]);
        noon(&clock, "2026-11-23");
        let trainer = app.client(Role::Trainer, JALISCO).await;
        act(&trainer, &first, "decline", json!({})).await.expect(200);
        let asker = app.officer(GUADALAJARA).await;
        act(&asker, &second, "withdraw", json!({})).await.expect(200);
        crate::record_contract::counts::are_right(&app.scratch);
        assert_eq!(notices(&asker).await, ["declined Comité"]);
        assert_eq!(notices(&trainer).await, ["withdrawn Red"]);
        for client in [&asker, &trainer] {
            for list in ["waiting", "awaited"] {
                assert!(found(client, list).await.is_empty());
            }
        }
        // A trainer finds what it answers, and nothing of its government's cases.
        app.case_in(JALISCO, Stage::Draft).await;
        let own = json_of(&trainer, "/v1/workspace").await;
        assert_eq!((&own["waiting"], &own["stages"]), (&json!([]), &json!([])));
        let state = app.client(Role::Viewer, JALISCO).await;
        assert_eq!(json_of(&state, "/v1/workspace").await["stages"][0]["cases"], 1);
        // The calendar of the government on turn counts: the state rests on Fridays.
        let third = make(&asker, "/v1/advisory-cases", ask("Calendario")).await;
        let admin = app.client(Role::Admin, JALISCO).await;
        let rests = json!({"name": "Jalisco", "weekdays": ["monday", "tuesday", "wednesday", "thursday"], "holidays": []});
        admin.post("/v1/calendars", &rests).await.expect(201);
        noon(&clock, "2026-11-30");
        let asker = app.officer(GUADALAJARA).await;
        turn(&json_of(&asker, &third).await, JALISCO, "2026-11-23T18", 4, "none");
        let foreign = app.client(Role::Liaison, GUANAJUATO).await;
        assert!(notices(&foreign).await.is_empty());
    })
    .await;
}
