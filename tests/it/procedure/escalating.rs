//! When an owner may escalate past its state, and when not.

use super::scenes::Scenes;
use super::stories::{OFFICER, step, to_the_registry};
use crate::tools::{on_both_at_noon, one};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_domain::agreements::CaseAction as A;
use vinculo_domain::clock::Clock;
use vinculo_domain::problems::Problem;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, on_both};

/// Whether the case itself says that it may be escalated, and if not, why.
async fn told(scenes: &Scenes<'_>, case: Uuid) -> Value {
    let view = scenes.cast.officer.view(case).await.unwrap();
    let lines = view["available_transitions"].as_array().unwrap();
    let line = lines
        .iter()
        .find(|line| line["action"] == "escalate")
        .unwrap();
    json!([line["allowed"], line["reasons"]])
}

/// Refused because there is no ground; the case said so before.
async fn refused(scenes: &Scenes<'_>, case: Uuid) {
    assert_eq!(
        told(scenes, case).await,
        json!([false, ["escalation_ground"]])
    );
    let refusal = scenes
        .step(&scenes.cast.officer, case, A::Escalate)
        .await
        .unwrap_err();
    assert_eq!(refusal.problem, Problem::Incomplete);
    assert_eq!(refusal.errors[0].code, "escalation_ground");
}

/// Allowed, and the case said so before; afterwards the state can only read.
async fn allowed(scenes: &Scenes<'_>, case: Uuid) {
    assert_eq!(told(scenes, case).await, json!([true, []]));
    let view = scenes
        .step(&scenes.cast.officer, case, A::Escalate)
        .await
        .unwrap();
    assert_eq!(view["stage"], "federal_intake");
    assert_eq!(view["submission"]["sent_to"], SRE);
    let state = scenes.cast.state.as_ref().unwrap();
    let view = state.view(case).await.unwrap();
    assert_eq!(view["stage"], "federal_intake");
    for action in [A::Forward, A::ReturnToOwner] {
        let refusal = scenes.step(state, case, action).await.unwrap_err();
        assert_eq!(refusal.problem, Problem::WrongStage, "{action:?}");
    }
}

// row: 004-02, 004-03
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn a_state_has_thirty_days_of_each_time_it_gets_the_case() {
    on_both_at_noon(|app, clock| async move {
        let scenes = Scenes::new(&app, false).await;
        let start = clock.now();
        let after = |days: i64| clock.set(start + TimeDelta::days(days));
        let case = scenes.bring("state_review").await;
        refused(&scenes, case).await;
        after(30);
        refused(&scenes, case).await;
        // The day ends at midnight in Mexico City, six hours later than in UTC.
        clock.set(start + TimeDelta::days(30) + TimeDelta::seconds(12 * 3600 - 1));
        refused(&scenes, case).await;
        clock.set(start + TimeDelta::days(30) + TimeDelta::hours(12));
        allowed(&scenes, case).await;
        // The waiting time of other cases does not count.
        let fresh = scenes.bring("state_review").await;
        refused(&scenes, fresh).await;
    })
    .await;
}

// row: 004-02, 004-03
// operations: transition_agreement, create_target, get_agreement
#[actix_web::test]
async fn a_state_that_set_itself_less_time_is_passed_by_when_that_is_over() {
    on_both_at_noon(|app, clock| async move {
        let admin = app.client(Role::Admin, JALISCO).await;
        let target = |days: i32| json!({"stage": "state_review", "business_days": days});
        let made = admin.post("/v1/targets", &target(2)).await.expect(201);
        let scenes = Scenes::new(&app, false).await;
        let start = clock.now();
        let after = |days: i64| clock.set(start + TimeDelta::days(days));
        // Friday at noon; Monday was the rest day for the Revolution: due on Tuesday.
        let case = scenes.bring("state_review").await;
        after(4);
        refused(&scenes, case).await;
        after(5);
        allowed(&scenes, case).await;
        // A longer target of its own does not give the state more time.
        let one = format!("/v1/targets/{}", made.id());
        let longer = json!({"business_days": 400});
        let admin = app.client(Role::Admin, JALISCO).await;
        admin.patch(&one, &made.etag(), &longer).await.expect(200);
        let case = scenes.bring("state_review").await;
        after(35);
        refused(&scenes, case).await;
        after(36);
        allowed(&scenes, case).await;
    })
    .await;
}

// row: 004-02, 004-03
// operations: transition_agreement, update_mechanism, get_agreement
#[actix_web::test]
async fn a_state_without_a_mechanism_or_with_an_empty_office_is_passed_by() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let (ended, empty) = (scenes.bring("state_review").await, scenes.bring("state_review").await);
        refused(&scenes, ended).await;
        let liaison = app.client(Role::Liaison, SRE).await;
        let list = liaison.get("/v1/mechanisms").await.expect(200).json();
        let one = format!("/v1/mechanisms/{}", list["items"][0]["id"].as_str().unwrap());
        for end in ["2025-01-01", "2040-12-31"] {
            let etag = liaison.get(&one).await.etag();
            let change = json!({"ends_on": end});
            liaison.patch(&one, &etag, &change).await.expect(200);
            if end == "2025-01-01" {
                allowed(&scenes, ended).await;
            } else {
                refused(&scenes, empty).await;
            }
        }
        // A person with only another role at the same state is no liaison.
        app.scratch.execute(&format!("UPDATE memberships SET until = '2026-01-01 00:00:00' WHERE tenant_id = '{JALISCO}' AND role = 'liaison'"));
        assert_eq!(told(&scenes, empty).await, json!([true, []]));
        let officer = app.officer(GUADALAJARA).await;
        let body = json!({"action": "escalate", "reason": "Nadie atiende la oficina."});
        let view = officer.transition(&empty.to_string(), &body).await.expect(200).json();
        assert_eq!(view["stage"], "federal_intake");
    })
    .await;
}

// row: 004-02, 004-03
// operations: transition_agreement, get_agreement, list_agreement_history
#[actix_web::test]
async fn one_return_behind_it_is_enough_and_the_case_never_comes_back_to_the_state() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let case = scenes.bring("escalatable").await;
        allowed(&scenes, case).await;
        let (officer, intake) = (&scenes.cast.officer, &scenes.cast.intake);
        // Only SRE and the owner's side can read the reason.
        for (role, tenant, reads) in [
            (Role::Viewer, GUADALAJARA, true),
            (Role::Viewer, SRE, true),
            (Role::Viewer, JALISCO, false),
        ] {
            let client = app.client(role, tenant).await;
            let history = client.get(&format!("{}/history", one(case))).await.json();
            let line = &history["items"][0];
            assert_eq!(
                (&line["action"], line["note"].is_string()),
                (&json!("escalate"), reads),
                "{tenant}"
            );
        }
        scenes.step(intake, case, A::ReturnToOwner).await.unwrap();
        let view = scenes.step(officer, case, A::Resubmit).await.unwrap();
        assert_eq!(
            (&view["stage"], &view["submission"]["sent_to"]),
            (&json!("federal_intake"), &json!(SRE))
        );
        scenes.step(intake, case, A::Accept).await.unwrap();
    })
    .await;
}

// row: 004-02, 004-03, 002-31
// operations: transition_agreement, get_agreement, list_agreement_history, get_inscription
#[actix_web::test]
async fn a_case_that_its_state_kept_waiting_reaches_the_public_registry() {
    on_both_at_noon(|app, clock| async move {
        let scenes = Scenes::new(&app, false).await;
        let case = scenes.bring("draft").await;
        let view = step(&app, OFFICER, case, A::Submit).await;
        assert_eq!(view["stage"], "state_review");
        let start = clock.now();
        let escalate = json!({"action": "escalate", "reason": "El estado no ha contestado."});
        clock.set(start + TimeDelta::days(30));
        let early = app.officer(GUADALAJARA).await;
        let early = early.transition(&case.to_string(), &escalate).await;
        early.refused(422, "incomplete");
        clock.set(start + TimeDelta::days(31));
        let view = step(&app, OFFICER, case, A::Escalate).await;
        assert_eq!(view["stage"], "federal_intake");
        // The state acts too late.
        let state = app.client(Role::Liaison, JALISCO).await;
        let forward = json!({"action": "forward", "note": "Sin inconveniente."});
        let late = state.transition(&case.to_string(), &forward).await;
        late.refused(409, "wrong_stage");
        let public = to_the_registry(&app, case, A::Accept).await;
        assert_eq!(
            json!([
                public["parties"][0]["government_id"],
                public["title"],
                public["signed_on"],
                public["opinion_number"],
                public["documents"].as_array().unwrap().len()
            ]),
            json!([GUADALAJARA, "Antes", "2026-11-10", "CJA-1042/2026", 1])
        );
        // The state goes on reading the later steps, although the case went past it.
        let view = state.get(&one(case)).await.expect(200).json();
        assert_eq!(
            (&view["stage"], &view["inscription"]),
            (&json!("registered"), &public["number"])
        );
        let history = state.get(&format!("{}/history", one(case))).await.json();
        let lines = history["items"].as_array().unwrap().iter().rev();
        let road: Vec<&str> = lines.map(|line| line["action"].as_str().unwrap()).collect();
        let wanted =
            "submit escalate accept issue_opinion record_signature send_to_registry register";
        assert_eq!(road.join(" "), wanted);
    })
    .await;
}
