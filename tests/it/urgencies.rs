//! Urgency: set by the owner, and seen at once by everybody who follows the case.

use crate::tools::{on_both_at_noon, one, points_at, post, post_on};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN};

fn urgent() -> Value {
    json!({"urgent": true, "reason": "Visita oficial", "planned_signing_on": "2027-03-12"})
}

async fn urgent_of(app: &TestApp, role: Role, tenant: &str) -> usize {
    let reader = app.client(role, tenant).await;
    let list = reader.get("/v1/agreements?priority=urgent").await;
    list.expect(200).json()["items"].as_array().unwrap().len()
}

// row: 002-10
// operations: create_agreement_urgency, list_agreements, get_agreement, list_agreement_history
#[actix_web::test]
async fn whoever_follows_the_case_reads_how_urgent_it_is() {
    on_both_at_noon(|app, _clock| async move {
        let case = app
            .case_in(GUADALAJARA, Stage::FederalIntake)
            .await
            .to_string();
        let officer = app.officer(GUADALAJARA).await;
        let intake = app.client(Role::Liaison, SRE).await;
        let before = intake.get(&one(&case)).await;
        assert_eq!(before.json()["priority"], "normal");
        assert_eq!(before.json()["urgency"], Value::Null);
        let calm = json!({"urgent": false});
        post_on(&officer, &case, "urgency", &calm).await.expect(200);
        assert_eq!(intake.get(&one(&case)).await.etag(), before.etag());
        post_on(&officer, &case, "urgency", &urgent())
            .await
            .expect(200);
        for (role, tenant) in [
            (Role::Liaison, SRE),
            (Role::Viewer, JALISCO),
            (Role::Viewer, GUADALAJARA),
        ] {
            let reader = app.client(role, tenant).await;
            let view = reader.get(&one(&case)).await.expect(200);
            assert_ne!(view.etag(), before.etag());
            let view = view.json();
            assert_eq!(view["priority"], "urgent", "{tenant}");
            assert_eq!(view["urgency"]["reason"], "Visita oficial");
            assert_eq!(view["urgency"]["planned_signing_on"], "2027-03-12");
            assert_eq!(urgent_of(&app, role, tenant).await, 1);
            let lines = reader.get(&format!("{}/history", one(&case))).await.json();
            assert_eq!(lines["items"][0]["action"], "prioritize", "{tenant}");
        }
        assert_eq!(urgent_of(&app, Role::Viewer, ZAPOPAN).await, 0);
        // Withdrawing the urgency sends a message too; saying the same again sends none.
        let calm = json!({"urgent": false});
        for said in [urgent(), calm] {
            let told = post_on(&officer, &case, "urgency", &said).await.expect(200);
            let rows = app.scratch.count("agreement_urgencies");
            let again = post_on(&officer, &case, "urgency", &said).await.expect(200);
            assert_eq!((told.etag(), told.text()), (again.etag(), again.text()));
            assert_eq!(app.scratch.count("agreement_urgencies"), rows);
        }
        assert_eq!(app.scratch.count("agreement_urgencies"), 2);
        let view = intake.get(&one(&case)).await.json();
        assert_eq!(view["priority"], "normal");
        assert_eq!(view["urgency"]["urgent"], false);
        assert_eq!(urgent_of(&app, Role::Liaison, SRE).await, 0);
        let touched = "UPDATE agreement_urgencies SET reason = NULL";
        assert!(app.scratch.execute_as_application(touched).is_err());
    })
    .await;
}

// row: 004-02
// operations: create_agreement_urgency
#[actix_web::test]
async fn a_former_reviewer_is_not_told_and_reads_it_with_the_next_submission() {
    on_both_at_noon(|app, _clock| async move {
        let case = app.case_in(GUADALAJARA, Stage::Returned).await;
        let state = app.client(Role::Viewer, JALISCO).await;
        let before = state.get(&one(case)).await;
        let officer = app.officer(GUADALAJARA).await;
        let path = case.to_string();
        let said = post_on(&officer, &path, "urgency", &urgent()).await;
        assert_eq!(said.expect(200).json()["priority"], "urgent");
        let after = state.get(&one(case)).await;
        assert_eq!((before.text(), before.etag()), (after.text(), after.etag()));
        assert_eq!(urgent_of(&app, Role::Viewer, JALISCO).await, 0);
        let view = officer.get(&one(case)).await.json();
        let remark = &view["remarks"][0]["id"];
        let again =
            json!({"action": "resubmit", "answers": [{"remark_id": remark, "text": "Atendido."}]});
        officer
            .transition(&case.to_string(), &again)
            .await
            .expect(200);
        let view = state.get(&one(case)).await.json();
        assert_eq!(view["priority"], "urgent");
        assert_eq!(view["urgency"]["reason"], "Visita oficial");
    })
    .await;
}

// row: 004-02
// operations: create_agreement_urgency
#[actix_web::test]
async fn urgency_is_refused_in_the_one_order() {
    on_both_at_noon(|app, _clock| async move {
        let case = app
            .case_in(GUADALAJARA, Stage::StateReview)
            .await
            .to_string();
        let path = format!("{}/urgency", one(&case));
        let request = || post(&path, &urgent());
        let nobody = app.nobody().send(request().if_match("\"1\"")).await;
        nobody.refused(401, "unauthenticated");
        let officer = app.officer(GUADALAJARA).await;
        let refused = officer.send(request()).await;
        refused.refused(428, "precondition_required");
        let stranger = app.officer(ZAPOPAN).await;
        let refused = stranger.send(request().if_match("\"1\"")).await;
        refused.refused(404, "not_found");
        let viewer = app.client(Role::Viewer, GUADALAJARA).await;
        let refused = post_on(&viewer, &case, "urgency", &urgent()).await;
        refused.refused(403, "forbidden");
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let refused = post_on(&liaison, &case, "urgency", &urgent()).await;
        refused.refused(403, "forbidden");
        let stale = officer.send(request().if_match("\"1.000000000000\"")).await;
        stale.refused(412, "precondition_failed");
        for (body, pointer, code) in [
            (json!({"urgent": true}), "/reason", "required"),
            (
                json!({"urgent": true, "reason": " "}),
                "/reason",
                "required",
            ),
            (
                json!({"urgent": false, "reason": "x".repeat(2001)}),
                "/reason",
                "too_long",
            ),
            (
                json!({"urgent": true, "reason": "Visita", "planned_signing_on": "2026-11-19"}),
                "/planned_signing_on",
                "in_the_past",
            ),
        ] {
            let refused = post_on(&officer, &case, "urgency", &body).await;
            points_at(&refused.refused(422, "validation_failed"), pointer, code);
        }
        let ended = app.case_in(GUADALAJARA, Stage::Withdrawn).await.to_string();
        let refused = post_on(&officer, &ended, "urgency", &urgent()).await;
        refused.refused(409, "wrong_stage");
        assert_eq!(app.scratch.count("agreement_urgencies"), 0);
    })
    .await;
}
