//! Texts that come with an action: reasons, remarks, grounds.

use super::Bench;
use crate::tools::{one, points_at, post};
use serde_json::json;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage as S;
use vinculo_tests::{GUADALAJARA, SRE, on_tier};

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn every_action_says_why_where_it_has_to() {
    on_tier("refusals: actions without their reason", |app| async move {
        let long = "a".repeat(4001);
        let officer = (Role::Officer, GUADALAJARA);
        let intake = (Role::Liaison, SRE);
        let legal = (Role::LegalReviewer, SRE);
        let registrar = (Role::Registrar, SRE);
        let reasons = [
            ("escalate", S::StateReview, officer),
            ("return_to_intake", S::LegalReview, legal),
            ("reopen", S::OutOfScope, intake),
            ("change_text", S::OpinionFavorable, officer),
            ("regularize", S::Signed, officer),
            ("withdraw", S::Draft, officer),
        ];
        for (action, stage, (role, tenant)) in reasons {
            let bench = Bench::at(app.clone(), stage).await;
            let client = app.client(role, tenant).await;
            bench.mark().await;
            let path = format!("{}/transitions", one(&bench.case));
            let tag = client.get(&one(&bench.case)).await.etag();
            for (reason, code) in [("", "required"), (" ", "required"), (&*long, "too_long")] {
                let body = json!({"action": action, "reason": reason});
                let request = post(&path, &body).if_match(&tag);
                let answer = bench.refuse_to(&client, request, 422, "validation_failed").await;
                points_at(&answer, "/reason", code);
            }
            let nothing = post(&path, &json!({"action": action})).if_match(&tag);
            bench.refuse_to(&client, nothing, 400, "invalid_body").await;
        }
        let ground = |ground: &str, text: &str| json!({"action": "declare_out_of_scope", "ground": ground, "explanation": text});
        let opinion = |until: &str| json!({"action": "issue_opinion", "result": "favorable", "number": "1", "issued_on": "2026-11-03", "valid_until": until, "document_id": "00000000-0000-7000-8000-000000000000"});
        for (body, stage, (role, tenant), status, pointer, code) in [
            (ground("other", ""), S::FederalIntake, intake, 422, "/explanation", "required"),
            (ground("other", &long), S::LegalReview, legal, 422, "/explanation", "too_long"),
            (ground("none", "Porque sí."), S::FederalIntake, intake, 400, "", "invalid_body"),
            (json!({"action": "query", "remarks": []}), S::PendingRegistration, registrar, 422, "/remarks", "required"),
            (json!({"action": "query", "remarks": [{"text": ""}]}), S::PendingRegistration, registrar, 422, "/remarks/0/text", "required"),
            (opinion("2026-11-02"), S::LegalReview, legal, 422, "/valid_until", "before_issue"),
            (opinion("mañana"), S::LegalReview, legal, 400, "", "invalid_body"),
            (json!({"action": "announce", "share_with_state": "sí"}), S::Draft, officer, 400, "", "invalid_body"),
            (json!({"action": "announce", "objective": "x"}), S::Draft, officer, 400, "", "unknown_field"),
            (json!({"action": "record_unreviewed"}), S::Draft, officer, 400, "", "invalid_body"),
            (json!({"action": "report"}), S::Draft, officer, 400, "", "invalid_body"),
        ] {
            let bench = Bench::at(app.clone(), stage).await;
            let client = app.client(role, tenant).await;
            bench.mark().await;
            let path = format!("{}/transitions", one(&bench.case));
            let tag = client.get(&one(&bench.case)).await.etag();
            let request = post(&path, &body).if_match(&tag);
            let problem = if status == 400 { code } else { "validation_failed" };
            let answer = bench.refuse_to(&client, request, status, problem).await;
            if status == 422 {
                points_at(&answer, pointer, code);
            }
        }
    })
    .await;
}
