//! What SRE asks and finds, and who can read it.

use super::rounds::view;
use super::scenes::Scenes;
use crate::tools::one;
use serde_json::json;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction as A, OpinionResult as O};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::problems::Problem;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, ZAPOPAN, on_both};

// row: 003-05
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn the_registrar_asks_and_is_answered() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, true).await;
        let (cast, officer) = (&scenes.cast, &scenes.cast.officer);
        let case = scenes.bring("pending_registration").await;
        scenes.step(&cast.registrar, case, A::Query).await.unwrap();
        let owner = view(&app, GUADALAJARA, case).await;
        let remark = &owner["remarks"][0];
        assert_eq!(
            (&remark["author"], &remark["answer"]),
            (&json!(SRE), &json!(null))
        );
        // Better copies, and the answer.
        scenes.copies(case).await;
        let request = scenes.request(officer, case, A::SendToRegistry).await;
        officer.act(case, request).await.unwrap();
        for (tenant, reads) in [(GUADALAJARA, 1), (ZAPOPAN, 1), (SRE, 1), (JALISCO, 0)] {
            let view = view(&app, tenant, case).await;
            let remarks = view["remarks"].as_array().unwrap();
            assert_eq!(remarks.len(), reads, "{tenant}");
            assert!(
                remarks.iter().all(|remark| remark["answer"].is_string()),
                "{tenant}"
            );
            assert_eq!(view["stage"], "pending_registration");
        }
        scenes
            .step(&cast.registrar, case, A::Register)
            .await
            .unwrap();
    })
    .await;
}

// row: 003-05, 002-14
// operations: transition_agreement, get_agreement, list_agreement_history
#[actix_web::test]
async fn what_sre_finds_is_read_by_whom_it_concerns() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, true).await;
        let cast = &scenes.cast;
        let case = scenes.bring("legal_review").await;
        scenes
            .step(&cast.legal, case, A::ReturnToIntake)
            .await
            .unwrap();
        scenes
            .step(&cast.intake, case, A::DeclareOutOfScope)
            .await
            .unwrap();
        for (tenant, why, finding) in [
            (GUADALAJARA, false, true),
            (ZAPOPAN, false, true),
            (SRE, true, true),
            (JALISCO, false, false),
        ] {
            let client = app.client(Role::Viewer, tenant).await;
            let seen = client.get(&one(case)).await.expect(200).json();
            let history = client.get(&format!("{}/history", one(case))).await.json();
            let note = |action: &str| {
                let mut lines = history["items"].as_array().unwrap().iter();
                let line = lines.find(|line| line["action"] == action).unwrap();
                line["note"].is_string()
            };
            assert_eq!(note("return_to_intake"), why, "{tenant}");
            assert_eq!(note("declare_out_of_scope"), finding, "{tenant}");
            assert_eq!(seen["out_of_scope"].is_object(), finding, "{tenant}");
            assert_eq!(seen["stage"], "out_of_scope");
        }
        // Nobody can add documents to a case out of scope; SRE can take it up again.
        let refusal = scenes
            .cast
            .officer
            .attach(case, DocumentKind::Other, None, "x")
            .await
            .unwrap_err();
        assert_eq!(refusal.problem, Problem::WrongStage);
        scenes.step(&cast.intake, case, A::Reopen).await.unwrap();
        assert_eq!(
            view(&app, GUADALAJARA, case).await["out_of_scope"],
            json!(null)
        );
        scenes.step(&cast.intake, case, A::Accept).await.unwrap();
        cast.opine(case, O::Favorable).await.unwrap();
    })
    .await;
}
