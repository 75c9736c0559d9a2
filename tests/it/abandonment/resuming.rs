//! The owner, and nobody else, resumes an abandoned case in the stage where it was left.

use super::sweep;
use crate::procedure::rows::people::look_of;
use crate::procedure::scenes::Scenes;
use crate::tools::{noon, on_both_at_noon, one};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_domain::agreements::{AgreementContent, CaseAction as A};
use vinculo_domain::clock::FixedClock;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

const NOTE: &str = "El cabildo lo retoma.";

/// What the owner's side, its state and SRE see. Zapopan and anonymous callers see nothing.
async fn look(app: &TestApp, case: Uuid, wanted: [&str; 3]) {
    let [side, state, sre] = wanted;
    for (tenant, role, wanted) in [
        (GUADALAJARA, Role::Officer, side),
        (GUADALAJARA, Role::Viewer, side),
        (JALISCO, Role::Liaison, state),
        (SRE, Role::Liaison, sre),
        (ZAPOPAN, Role::Officer, "404"),
    ] {
        let client = app.client(role, tenant).await;
        assert_eq!(look_of(&client, case).await, wanted, "{role:?} of {tenant}");
    }
    assert_eq!(look_of(&app.nobody(), case).await, "401");
}

/// The owner goes on editing, and nobody else sees it.
async fn rename(scenes: &Scenes<'_>, case: Uuid) {
    let change = |content: &AgreementContent| AgreementContent {
        title: "Después".into(),
        ..content.clone()
    };
    scenes.cast.officer.edit(case, change).await.unwrap();
}

async fn resume(officer: &Client, case: Uuid) -> Value {
    let body = json!({"action": "resume", "note": NOTE});
    let answer = officer.transition(&case.to_string(), &body).await;
    answer.expect(200).json()
}

/// The newest two turns: start and end day, who must act, and the due date.
async fn newest_turns(app: &TestApp, case: Uuid) -> Vec<Value> {
    let viewer = app.client(Role::Viewer, GUADALAJARA).await;
    let turns = viewer.get(&format!("{}/turns", one(case))).await;
    let turns = turns.expect(200).json()["turns"].clone();
    let day = |at: &Value| at.as_str().map(|at| at[..10].to_owned());
    let line = |turn: &Value| {
        json!([
            turn["stage"],
            turn["waiting_for"],
            day(&turn["since"]),
            day(&turn["until"]),
            turn["due_on"]
        ])
    };
    let turns = turns.as_array().unwrap();
    turns[turns.len().saturating_sub(2)..]
        .iter()
        .map(line)
        .collect()
}

/// Not changed since November 2026, abandoned in November 2027, resumed on 1 December 2027.
async fn turns_of_both_times(app: &TestApp, clock: &FixedClock, case: Uuid, stage: &str) {
    assert_eq!(
        newest_turns(app, case).await,
        [
            // The target of three days is counted anew; the months between count for nobody.
            json!([stage, "owner", "2026-11-20", "2027-11-22", "2026-11-25"]),
            json!([stage, "owner", "2027-12-01", null, "2027-12-06"]),
        ]
    );
    noon(clock, "2027-12-02");
    let officer = app.officer(GUADALAJARA).await;
    let view = officer.get(&one(case)).await.json();
    assert_eq!(
        (&view["waiting_for"], &view["due_on"]),
        (&json!("owner"), &json!("2027-12-06"))
    );
    // After a change it is not abandoned again.
    assert_eq!(sweep(app, 365).await, 0);
}

/// A case in a stage in which it can expire, with the owner's own target of three days there. It is
/// renamed, then abandoned after a year without changes.
async fn left_alone(app: &TestApp, clock: &FixedClock, scene: &str, before: [&str; 3]) -> Uuid {
    let admin = app.client(Role::Admin, GUADALAJARA).await;
    let target = json!({"stage": scene, "business_days": 3});
    admin.post("/v1/targets", &target).await.expect(201);
    let scenes = Scenes::new(app, false).await;
    let case = scenes.bring(scene).await;
    rename(&scenes, case).await;
    look(app, case, before).await;
    noon(clock, "2027-11-22");
    assert_eq!(sweep(app, 365).await, 1);
    let officer = app.officer(GUADALAJARA).await;
    let view = officer.get(&one(case)).await.json();
    assert_eq!(
        (&view["waiting_for"], &view["due_on"]),
        (&Value::Null, &Value::Null)
    );
    case
}

// row: 003-05, 004-02, 002-14
// operations: transition_agreement, get_agreement, list_agreements, list_agreement_history, get_agreement_turns
#[actix_web::test]
async fn a_draft_left_alone_is_resumed_as_a_draft() {
    on_both_at_noon(|app, clock| async move {
        let before = ["full draft 6 Después:", "404", "404"];
        let case = left_alone(&app, &clock, "draft", before).await;
        let abandoned = ["full abandoned 7 Después: abandon", "404", "404"];
        look(&app, case, abandoned).await;
        noon(&clock, "2027-12-01");
        let view = resume(&app.officer(GUADALAJARA).await, case).await;
        assert_eq!(view["stage"], "draft");
        let resumed = ["full draft 8 Después: abandon resume", "404", "404"];
        look(&app, case, resumed).await;
        turns_of_both_times(&app, &clock, case, "draft").await;
        let scenes = Scenes::new(&app, false).await;
        let view = scenes.step(&scenes.cast.officer, case, A::Submit).await;
        assert_eq!(view.unwrap()["stage"], "state_review");
        // The state's history begins with the submission.
        let owner = "full state_review 9 Después: abandon resume submit";
        let state = "submitted state_review 9 Después: submit";
        look(&app, case, [owner, state, "404"]).await;
    })
    .await;
}

// row: 003-05, 004-02, 004-03, 002-14
// operations: transition_agreement, get_agreement, list_agreements, list_agreement_history, get_agreement_turns
#[actix_web::test]
async fn a_returned_case_left_alone_is_resumed_as_returned() {
    on_both_at_noon(|app, clock| async move {
        // The reviewer that returned the case goes on reading the version that it returned.
        let told = "submitted returned 7 Antes: submit return_to_owner";
        let before = "full returned 8 Después: submit return_to_owner";
        let case = left_alone(&app, &clock, "returned", [before, told, "404"]).await;
        let abandoned = "full abandoned 9 Después: submit return_to_owner abandon";
        look(&app, case, [abandoned, told, "404"]).await;
        noon(&clock, "2027-12-01");
        let view = resume(&app.officer(GUADALAJARA).await, case).await;
        assert_eq!(view["stage"], "returned");
        let resumed = "full returned 10 Después: submit return_to_owner abandon resume";
        look(&app, case, [resumed, told, "404"]).await;
        turns_of_both_times(&app, &clock, case, "returned").await;
        // The case goes back to Jalisco with the answers, but not the note on the resumption.
        let scenes = Scenes::new(&app, false).await;
        let view = scenes.step(&scenes.cast.officer, case, A::Resubmit).await;
        assert_eq!(view.unwrap()["stage"], "state_review");
        for (tenant, note) in [(GUADALAJARA, json!(NOTE)), (JALISCO, Value::Null)] {
            let reader = app.client(Role::Viewer, tenant).await;
            let lines = reader.get(&format!("{}/history", one(case))).await.json();
            let line = &lines["items"][1];
            assert_eq!(
                json!([
                    line["action"],
                    line["from_stage"],
                    line["to_stage"],
                    line["note"]
                ]),
                json!(["resume", "abandoned", "returned", note]),
                "{tenant}"
            );
        }
    })
    .await;
}

// row: 003-05, 004-02, 002-14
// operations: transition_agreement, get_agreement, list_agreements, list_agreement_history
#[actix_web::test]
async fn who_was_told_of_a_draft_hears_nothing_of_its_rest() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let case = scenes.bring("announced").await;
        rename(&scenes, case).await;
        let told = "summary draft 6 Antes: announce";
        look(&app, case, ["full draft 7 Después: announce", told, told]).await;
        assert_eq!(sweep(&app, 0).await, 1);
        look(
            &app,
            case,
            ["full abandoned 8 Después: announce abandon", told, told],
        )
        .await;
        for tenant in [JALISCO, SRE] {
            let liaison = app.client(Role::Liaison, tenant).await;
            let body = json!({"action": "resume"});
            let refused = liaison.transition(&case.to_string(), &body).await;
            refused.refused(403, "forbidden");
        }
        let officer = app.officer(GUADALAJARA).await;
        assert_eq!(resume(&officer, case).await["stage"], "draft");
        let resumed = "full draft 9 Después: announce abandon resume";
        look(&app, case, [resumed, told, told]).await;
        // A later announcement tells as much as before: that there is a draft, or that it ended.
        let announce = json!({"action": "announce", "share_with_state": false});
        let announced = officer.transition(&case.to_string(), &announce).await;
        announced.expect(200);
        let again = "full draft 10 Después: announce abandon resume announce";
        let sre = "summary draft 10 Después: announce announce";
        look(&app, case, [again, told, sre]).await;
        scenes
            .step(&scenes.cast.officer, case, A::Withdraw)
            .await
            .unwrap();
        let gone = "full withdrawn 11 Después: announce abandon resume announce withdraw";
        let state = "summary withdrawn 11 Antes: announce announce withdraw";
        let sre = "summary withdrawn 11 Después: announce announce withdraw";
        look(&app, case, [gone, state, sre]).await;
    })
    .await;
}
