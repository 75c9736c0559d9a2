//! The workspace of one role of a government.

use super::waiting;
use serde_json::json;
use std::collections::BTreeSet;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

// row: 004-19
// operations: get_workspace
#[actix_web::test]
async fn a_workspace_lists_what_waits_for_one_role() {
    on_both(|app: TestApp| async move {
        let mut cases = Vec::new();
        for stage in [
            Stage::Draft,
            Stage::StateReview,
            Stage::FederalIntake,
            Stage::LegalReview,
            Stage::PendingRegistration,
        ] {
            cases.push(app.case_in(GUADALAJARA, stage).await.to_string());
        }
        let [draft, review, intake, legal, pending] = cases.try_into().unwrap();
        let all = BTreeSet::from([intake.clone(), legal.clone(), pending.clone()]);
        for (role, tenant, asked, found) in [
            (Role::Liaison, SRE, "liaison", BTreeSet::from([intake])),
            (Role::Liaison, SRE, "legal_reviewer", BTreeSet::from([legal])),
            (Role::Registrar, SRE, "registrar", BTreeSet::from([pending])),
            (Role::Liaison, SRE, "officer", BTreeSet::new()),
            (Role::Liaison, SRE, "", all),
            (Role::Viewer, JALISCO, "liaison", BTreeSet::from([review])),
            (Role::Viewer, JALISCO, "registrar", BTreeSet::new()),
            (Role::Viewer, GUADALAJARA, "officer", BTreeSet::from([draft])),
            (Role::Officer, GUADALAJARA, "viewer", BTreeSet::new()),
            (Role::Officer, ZAPOPAN, "officer", BTreeSet::new()),
        ] {
            let query = if asked.is_empty() { String::new() } else { format!("?role={asked}") };
            let reader = app.client(role, tenant).await;
            let list = reader.get(&format!("/v1/workspace{query}")).await.expect(200).json();
            assert_eq!(waiting(&list), found, "{tenant} {asked}");
        }
        let officer = app.officer(GUADALAJARA).await;
        for wrong in ["?role=jefe", "?role=", "?roles=officer"] {
            let answer = officer.get(&format!("/v1/workspace{wrong}")).await;
            answer.refused(400, "invalid_parameter");
        }
        // Another party's confirmation waits for its officer.
        let parties = json!([{"government_id": GUADALAJARA, "role": "lead"}, {"government_id": ZAPOPAN, "role": "signatory"}]);
        let draft = json!({"kind": "twinning", "title": "Metropolitano", "parties": parties});
        let joint = officer.post("/v1/agreements", &draft).await.expect(201).id();
        let party = app.officer(ZAPOPAN).await;
        for (asked, found) in [("officer", BTreeSet::from([joint])), ("admin", BTreeSet::new())] {
            let list = party.get(&format!("/v1/workspace?role={asked}")).await.expect(200).json();
            assert_eq!(waiting(&list), found, "{asked}");
        }
    })
    .await;
}
