//! After a report: withdrawn and made again, or confirmed and no longer the reporter's.

use super::{PATH, dispute, report, reported, seen_by};
use crate::tools::one;
use serde_json::json;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, on_both};

// row: 003-07, 003-21
// operations: create_past_agreement, transition_agreement
#[actix_web::test]
async fn a_report_is_taken_back_and_made_again() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let first = reported(&liaison).await.id();
        let withdraw = json!({"action": "withdraw", "reason": "Faltaba la fuente."});
        let gone = liaison.transition(&first, &withdraw).await.expect(200);
        assert_eq!(gone.json()["stage"], "withdrawn");
        let second = reported(&liaison).await.id();
        assert_ne!(first, second);
        // Both still see the first one where it ended, and no action reopens it.
        assert_eq!(seen_by(&app, &first).await, [JALISCO, GUADALAJARA]);
        let owner = app.officer(GUADALAJARA).await;
        let confirm = json!({"action": "confirm"});
        let late = owner.transition(&first, &confirm).await;
        late.refused(409, "wrong_stage");
        liaison
            .transition(&first, &withdraw)
            .await
            .refused(409, "wrong_stage");
        // A disputed report can be withdrawn too; a confirmed one cannot.
        owner.transition(&second, &dispute()).await.expect(200);
        let told = liaison.get(&one(&second)).await.json();
        assert_eq!(told["dispute"], "La fecha no es la del acta.");
        liaison.transition(&second, &withdraw).await.expect(200);
        let third = reported(&liaison).await.id();
        owner.transition(&third, &confirm).await.expect(200);
        let late = liaison.transition(&third, &withdraw).await;
        late.refused(409, "wrong_stage");
        liaison
            .post(PATH, &report())
            .await
            .refused(409, "duplicate");
    })
    .await;
}

// row: 003-07, 002-14
// operations: create_past_agreement, transition_agreement, get_counterpart
#[actix_web::test]
async fn what_its_owner_confirms_is_out_of_its_reporters_hands() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let case = reported(&liaison).await.id();
        let owner = app.officer(GUADALAJARA).await;
        let confirmed = owner.transition(&case, &json!({"action": "confirm"})).await;
        let view = confirmed.expect(200).json();
        assert_eq!(
            json!([view["stage"], view["compliance"]]),
            json!(["signed", "unknown"])
        );
        // The owner now has its own counterpart with the same name.
        let own = view["counterparts"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(view["draft"]["counterparts"], json!([own]));
        let book = owner
            .get(&format!("/v1/counterparts/{own}"))
            .await
            .expect(200);
        assert_eq!(book.json()["tenant_id"], GUADALAJARA);
        let state = app.officer(JALISCO).await;
        state
            .get(&format!("/v1/counterparts/{own}"))
            .await
            .refused(404, "not_found");
        let list = state.get("/v1/counterparts?q=kioto").await.json();
        let theirs = list["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/counterparts/{theirs}");
        let etag = state.get(&path).await.etag();
        state
            .patch(&path, &etag, &json!({"name": "Otro nombre"}))
            .await
            .expect(200);
        let still = owner.get(&one(&case)).await.json();
        assert_eq!(still["counterparts"][0]["name"], "Ciudad de Kioto");
        // The reporter learns of the confirmation, and of nothing after it.
        let told = liaison.get(&one(&case)).await;
        assert_eq!(told.json()["stage"], "signed");
        owner
            .attach(&case, "signed_copy", Some("es"), &pdf("copia"))
            .await
            .expect(201);
        let send = json!({"action": "send_to_registry"});
        owner.transition(&case, &send).await.expect(200);
        let after = liaison.get(&one(&case)).await;
        assert_eq!((after.etag(), after.text()), (told.etag(), told.text()));
    })
    .await;
}
