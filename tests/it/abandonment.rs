//! Draft expiry: the service abandons drafts and returned cases that nobody changes for long.

mod refusals;
mod resuming;

use crate::tools::{noon, on_both_at_noon, one};
use futures_util::future::join;
use serde_json::Value;
use uuid::Uuid;
use vinculo_api::fixtures::request_for;
use vinculo_api::maintenance;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Stage};
use vinculo_persistence::abandon_untouched;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp};

/// Abandons what nobody has changed for `days` days, as the service does once a day.
pub async fn sweep(app: &TestApp, days: u32) -> usize {
    let scope = maintenance::operator_scope();
    abandon_untouched(&app.app.db, &scope, days).await.unwrap()
}

/// A case of Jalisco's own, returned by the ministry.
async fn returned(app: &TestApp) -> Uuid {
    let case = app.case_in(JALISCO, Stage::FederalIntake).await;
    let intake = app.official(Role::Liaison, SRE).await;
    let back = request_for(CaseAction::ReturnToOwner, &Value::Null, None).unwrap();
    intake.act(case, back).await.unwrap();
    case
}

// row: 004-02
// operations: get_agreement, list_agreement_history, get_agreement_turns
#[actix_web::test]
async fn what_nobody_touched_for_long_is_abandoned_once() {
    on_both_at_noon(|app, clock| async move {
        let draft = app.case_in(GUADALAJARA, Stage::Draft).await;
        let returned = returned(&app).await;
        let reviewed = app.case_in(GUADALAJARA, Stage::StateReview).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let before = sre.get(&one(returned)).await.text();
        noon(&clock, "2026-12-20");
        let touched = app.case_in(GUADALAJARA, Stage::Draft).await;
        noon(&clock, "2027-11-20");
        assert_eq!(sweep(&app, 365).await, 0, "not a day too early");
        noon(&clock, "2027-11-21");
        // Two instances run at once: each case is abandoned by only one of them.
        let (one_of_them, other) = join(sweep(&app, 365), sweep(&app, 365)).await;
        assert_eq!(one_of_them + other, 2);
        assert_eq!(sweep(&app, 365).await, 0, "and no second time");

        for (case, tenant, stage) in [
            (draft, GUADALAJARA, "draft"),
            (returned, JALISCO, "returned"),
        ] {
            let officer = app.officer(tenant).await;
            let view = officer.get(&one(case)).await.expect(200).json();
            assert_eq!(
                (&view["stage"], &view["waiting_for"]),
                (&"abandoned".into(), &Value::Null)
            );
            let lines = officer.get(&format!("{}/history", one(case))).await.json();
            let line = &lines["items"][0];
            assert_eq!(
                (&line["action"], &line["from_stage"]),
                (&"abandon".into(), &stage.into())
            );
            assert_eq!(
                (&line["acting_tenant"], &line["person_id"]),
                (&tenant.into(), &Value::Null)
            );
            let kept = format!("agreements WHERE id = '{case}' AND stage_before = '{stage}'");
            assert_eq!(app.scratch.count(&kept), 1);
            let turns = officer.get(&format!("{}/turns", one(case))).await.json();
            assert!(
                turns["turns"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|turn| turn["until"].is_string())
            );
        }
        for (case, stage) in [(reviewed, "state_review"), (touched, "draft")] {
            let officer = app.officer(GUADALAJARA).await;
            assert_eq!(officer.get(&one(case)).await.json()["stage"], stage);
        }
        // The ministry, which had returned the case, is not told that it was abandoned. It is not
        // told of the draft that was never sent either.
        let sre = app.client(Role::Viewer, SRE).await;
        assert_eq!(sre.get(&one(returned)).await.text(), before);
        sre.get(&one(draft)).await.refused(404, "not_found");
        let told = format!(
            "audit_log WHERE acting_tenant = '{SRE}' AND subject_id = '{draft}' AND outcome = 'done'"
        );
        assert_eq!(app.scratch.count(&told), 0);
        let shared = "history WHERE action = 'abandon' AND shared";
        assert_eq!(app.scratch.count(shared), 1);
        let audited = "audit_log WHERE operation = 'abandon_untouched' AND outcome = 'done'";
        assert_eq!(app.scratch.count(audited), 2);
    })
    .await;
}

#[actix_web::test]
async fn many_cases_are_abandoned_in_small_batches() {
    on_both_at_noon(|app, clock| async move {
        let officer = app.officer(GUADALAJARA).await;
        for number in 0..130 {
            let body =
                serde_json::json!({"kind": "twinning", "title": format!("Borrador {number}")});
            officer.post("/v1/agreements", &body).await.expect(201);
        }
        noon(&clock, "2027-02-20");
        assert_eq!(sweep(&app, 30).await, 130);
        assert_eq!(
            app.scratch.count("agreements WHERE stage = 'abandoned'"),
            130
        );
        assert_eq!(app.scratch.count("agreement_turns WHERE until IS NULL"), 0);
    })
    .await;
}
