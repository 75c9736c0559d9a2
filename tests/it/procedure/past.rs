//! Agreements signed without an opinion, and opinions requested afterwards.

use super::scenes::Scenes;
use crate::tools::one;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction as A, OpinionResult as O};
use vinculo_domain::problems::Problem;
use vinculo_tests::{GUADALAJARA, SRE, TestApp, on_both};

/// What both sides see of a past agreement: stage, compliance, whether it is being regularized.
async fn state(app: &TestApp, case: Uuid) -> Value {
    let mut said = Vec::new();
    for tenant in [GUADALAJARA, SRE] {
        let client = app.client(Role::Viewer, tenant).await;
        let view = client.get(&one(case)).await.expect(200).json();
        said.push(json!([
            view["stage"],
            view["compliance"],
            view["regularizing"]
        ]));
    }
    assert_eq!(said[0], said[1], "owner and SRE are told different things");
    said.remove(0)
}

/// Sends and inscribes the case; gives the public record.
async fn inscribed(scenes: &Scenes<'_>, case: Uuid) -> Value {
    let (cast, officer) = (&scenes.cast, &scenes.cast.officer);
    scenes.step(officer, case, A::SendToRegistry).await.unwrap();
    let done = scenes
        .step(&cast.registrar, case, A::Register)
        .await
        .unwrap();
    let number = done["inscription"].as_str().unwrap();
    let public = scenes
        .app
        .nobody()
        .get(&format!("/v1/registry/{number}"))
        .await;
    public.expect(200).json()
}

// row: 003-05
// operations: transition_agreement, get_agreement, get_inscription
#[actix_web::test]
async fn a_favourable_opinion_regularises() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let case = scenes.bring("unreviewed").await;
        assert_eq!(state(&app, case).await, json!(["signed", "unknown", false]));
        scenes
            .step(&scenes.cast.officer, case, A::Regularize)
            .await
            .unwrap();
        assert_eq!(
            state(&app, case).await,
            json!(["legal_review", "unknown", true])
        );
        // SRE reads the signature on which it must give an opinion.
        let sre = scenes.cast.legal.view(case).await.unwrap();
        assert_eq!(sre["signature"]["signed_on"], "1998-05-04");
        scenes.cast.opine(case, O::Favorable).await.unwrap();
        assert_eq!(
            state(&app, case).await,
            json!(["signed", "compliant", false])
        );
        let owner = scenes.cast.officer.view(case).await.unwrap();
        assert!(owner["regularized_at"].is_string(), "{owner}");
        // A second request is refused.
        let refusal = scenes
            .step(&scenes.cast.officer, case, A::Regularize)
            .await
            .unwrap_err();
        assert_eq!(
            (refusal.problem, refusal.errors[0].code),
            (Problem::Incomplete, "unreviewed")
        );
        let public = inscribed(&scenes, case).await;
        assert_eq!(public["opinion_number"], "CJA-1042/2026");
        assert_eq!(public["signed_on"], "1998-05-04");
    })
    .await;
}

// row: 003-05
// operations: transition_agreement, get_agreement, get_inscription
#[actix_web::test]
async fn an_unfavourable_opinion_marks_it_and_undoes_nothing() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        // With a known date of signature and with an unknown one.
        for date in ["1998-05-04", ""] {
            let case = scenes.past("hermanamiento", date).await;
            scenes.copies(case).await;
            let officer = &scenes.cast.officer;
            scenes.step(officer, case, A::Regularize).await.unwrap();
            scenes.cast.opine(case, O::Unfavorable).await.unwrap();
            assert_eq!(
                state(&app, case).await,
                json!(["signed", "non_compliant", false]),
                "{date}"
            );
            let owner = officer.view(case).await.unwrap();
            assert_eq!(owner["regularized_at"], json!(null));
            if date.is_empty() {
                // It may be inscribed with that mark, but not as if the opinion were favourable.
                let public = inscribed(&scenes, case).await;
                assert_eq!(public["opinion_number"], json!(null));
                continue;
            }
            // Requested again, with another result.
            scenes.step(officer, case, A::Regularize).await.unwrap();
            scenes
                .cast
                .opine(case, O::FavorableWithObservations)
                .await
                .unwrap();
            assert_eq!(
                state(&app, case).await,
                json!(["signed", "compliant", false])
            );
            let opinions = officer.view(case).await.unwrap()["opinions"].clone();
            let flags: Vec<&Value> = opinions
                .as_array()
                .unwrap()
                .iter()
                .map(|opinion| &opinion["superseded"])
                .collect();
            assert_eq!(flags, [&json!(false), &json!(true)]);
        }
    })
    .await;
}

// row: 003-05, 002-14
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn giving_it_up_leaves_it_signed_and_a_former_reviewer_learns_nothing() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let (cast, officer) = (&scenes.cast, &scenes.cast.officer);
        let case = scenes.bring("regularizing").await;
        scenes.step(officer, case, A::Withdraw).await.unwrap();
        assert_eq!(state(&app, case).await, json!(["signed", "unknown", false]));
        // Observed and answered without a new text: a signed agreement keeps its text.
        scenes.step(officer, case, A::Regularize).await.unwrap();
        scenes.step(&cast.legal, case, A::Observe).await.unwrap();
        assert_eq!(
            state(&app, case).await,
            json!(["observed", "unknown", true])
        );
        scenes.step(officer, case, A::Resubmit).await.unwrap();
        assert_eq!(
            state(&app, case).await,
            json!(["legal_review", "unknown", true])
        );
        // Returned through intake, then withdrawn: SRE keeps what it could read.
        scenes
            .step(&cast.legal, case, A::ReturnToIntake)
            .await
            .unwrap();
        scenes
            .step(&cast.intake, case, A::ReturnToOwner)
            .await
            .unwrap();
        let sre = app.client(Role::Viewer, SRE).await;
        let before = sre.get(&one(case)).await.expect(200);
        assert_eq!(before.json()["stage"], "returned");
        scenes.step(officer, case, A::Withdraw).await.unwrap();
        let after = sre.get(&one(case)).await.expect(200);
        assert_eq!(before.text(), after.text());
        assert_eq!(before.header("etag"), after.header("etag"));
        let owner = officer.view(case).await.unwrap();
        assert_eq!(
            (&owner["stage"], &owner["compliance"]),
            (&json!("signed"), &json!("unknown"))
        );
    })
    .await;
}
