//! The guide of cases that ended, rest, were reported, or were signed without an opinion.

use super::{needs, read, set, states, step, turns};
use crate::abandonment::sweep;
use serde_json::json;
use vinculo_api::fixtures::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Compliance, OpinionResult, Stage};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// Puts a case into a stage that no operation of its owner leads to.
fn set_stage(app: &TestApp, case: &str, stage: &str, compliance: Compliance) {
    let mark: &str = compliance.into();
    let set = format!("stage = '{stage}', compliance = '{mark}'");
    app.scratch.execute(&format!(
        "UPDATE agreements SET {set} WHERE id = '{case}'; \
         UPDATE agreement_access SET {set} WHERE agreement_id = '{case}'"
    ));
}

// row: 000-03
// operations: get_agreement_guide
#[actix_web::test]
async fn an_ended_case_asks_for_nothing() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::Withdrawn).await.to_string();
        let guide = read(&officer, &case).await.expect(200).json();
        assert_eq!(states(&guide), "DDDD-D----------");
        assert_eq!(step(&guide, "closing").unwrap()["state"], "done");
        assert!(step(&guide, "closing").unwrap()["since"].is_string());
        assert_eq!(
            (turns(&guide), needs(&guide, "missing")),
            (set(&[]), set(&[]))
        );
        assert_eq!(guide["compliance"]["missing"], json!([]));

        let cast = app.cast(GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::LegalReview).await;
        let view = cast.legal.view(case).await.unwrap();
        let found = request_for(CaseAction::DeclareOutOfScope, &view, None).unwrap();
        cast.legal.act(case, found).await.unwrap();
        let case = case.to_string();
        let intake = app.client(Role::Liaison, SRE).await;
        for reader in [&officer, &app.client(Role::Viewer, JALISCO).await, &intake] {
            let guide = read(reader, &case).await.expect(200).json();
            assert_eq!(states(&guide), "DDDD-D-DDD------");
            assert_eq!(guide["compliance"]["missing"], json!([]));
        }
        let guide = read(&intake, &case).await.json();
        assert_eq!(guide["next_actions"][0]["action"], "reopen");

        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        assert_eq!(sweep(&app, 0).await, 1);
        let guide = read(&officer, &case).await.expect(200).json();
        assert_eq!(states(&guide), "DDDD-DLLLLLLLLLL");
        assert_eq!(step(&guide, "closing").unwrap()["state"], "current");
        assert_eq!(turns(&guide), set(&[GUADALAJARA]));
        assert_eq!(guide["next_actions"][0]["action"], "resume");
    })
    .await;
}

// row: 000-03
// operations: get_agreement_guide
#[actix_web::test]
async fn what_was_signed_before_anybody_asked_is_guided_to_its_opinion() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let cast = app.cast(GUADALAJARA).await;
        // As a report leaves it: nothing was ever sent.
        let id = app.case_in(GUADALAJARA, Stage::Draft).await;
        let case = id.to_string();
        set_stage(&app, &case, "reported", Compliance::Unknown);
        app.scratch.execute(&format!(
            "UPDATE agreements SET signed_on = '1998' WHERE id = '{case}'"
        ));
        let guide = read(&officer, &case).await.expect(200).json();
        assert_eq!(states(&guide), "DDDD-D----LLDLLL");
        assert_eq!(step(&guide, "confirmation").unwrap()["state"], "current");
        assert_eq!(turns(&guide), set(&[GUADALAJARA]));
        let view = cast.officer.view(id).await.unwrap();
        let confirm = request_for(CaseAction::Confirm, &view, None).unwrap();
        cast.officer.act(id, confirm).await.unwrap();

        let guide = read(&officer, &case).await.expect(200).json();
        assert_eq!(states(&guide), "DDDD-D----LMDMLL");
        assert_eq!(step(&guide, "confirmation").unwrap()["state"], "done");
        assert_eq!(needs(&guide, "missing"), set(&["signed_copies"]));
        assert_eq!(guide["compliance"]["status"], "unknown");
        let missing = json!(["legal_review", "opinion", "signed_copies", "registry"]);
        assert_eq!(guide["compliance"]["missing"], missing);
        let kind = vinculo_domain::documents::DocumentKind::SignedCopy;
        let copy = cast.officer.attach(id, kind, Some("es"), "Firmado");
        copy.await.unwrap();
        let view = cast.officer.view(id).await.unwrap();
        let regularize = request_for(CaseAction::Regularize, &view, None).unwrap();
        cast.officer.act(id, regularize).await.unwrap();

        let intake = app.client(Role::Liaison, SRE).await;
        let reviewing = [
            (read(&officer, &case).await, "DDDD-D----CLDDLL"),
            (read(&intake, &case).await, "DD--------CLDDLL"),
        ];
        for (guide, road) in reviewing {
            let guide = guide.expect(200).json();
            assert_eq!(states(&guide), road);
            assert_eq!(turns(&guide), set(&[SRE]));
        }
        cast.opine(id, OpinionResult::Unfavorable).await.unwrap();
        let guide = read(&officer, &case).await.json();
        assert_eq!(states(&guide), "DDDD-D----DMDMLL");
        assert_eq!(needs(&guide, "missing"), set(&["answers"]));
        assert_eq!(guide["compliance"]["status"], "non_compliant");
        let view = cast.officer.view(id).await.unwrap();
        let regularize = request_for(CaseAction::Regularize, &view, None).unwrap();
        cast.officer.act(id, regularize).await.unwrap();
        cast.opine(id, OpinionResult::Favorable).await.unwrap();
        let guide = read(&officer, &case).await.json();
        assert_eq!(guide["compliance"]["status"], "compliant");
        assert_eq!(states(&guide), "DDDD-D----DDDMLL");
    })
    .await;
}
