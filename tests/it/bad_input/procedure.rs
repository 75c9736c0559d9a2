//! Actions that the caller may not take, or not in this stage.

use super::Bench;
use crate::tools::{errors, one, patch, points_at, post};
use serde_json::{Value, json};
use strum::VariantArray;
use vinculo_api::fixtures::{content_for, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{AgreementContent, CaseAction as A, Stage as S};
use vinculo_domain::counterparts::{CounterpartFields, CounterpartKind};
use vinculo_tests::{GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, on_both, on_tier};

/// Who may take which action in which stage, written a second time by hand.
const RIGHT: [(A, Role, &str, &[S]); 24] = [
    (A::Announce, Role::Officer, GUADALAJARA, &[S::Draft]),
    (A::Escalate, Role::Officer, GUADALAJARA, &[S::StateReview]),
    (
        A::ReturnToIntake,
        Role::LegalReviewer,
        SRE,
        &[S::LegalReview],
    ),
    // The other role of SRE gets a different refusal.
    (
        A::DeclareOutOfScope,
        Role::Liaison,
        SRE,
        &[S::FederalIntake, S::LegalReview],
    ),
    (
        A::DeclareOutOfScope,
        Role::LegalReviewer,
        SRE,
        &[S::FederalIntake, S::LegalReview],
    ),
    (A::Reopen, Role::Liaison, SRE, &[S::OutOfScope]),
    (
        A::ChangeText,
        Role::Officer,
        GUADALAJARA,
        &[S::OpinionFavorable],
    ),
    (A::Query, Role::Registrar, SRE, &[S::PendingRegistration]),
    (A::Regularize, Role::Officer, GUADALAJARA, &[S::Signed]),
    (A::Confirm, Role::Officer, GUADALAJARA, &[S::Reported]),
    (A::Dispute, Role::Officer, GUADALAJARA, &[S::Reported]),
    (A::Resume, Role::Officer, GUADALAJARA, &[S::Abandoned]),
    (A::Submit, Role::Officer, GUADALAJARA, &[S::Draft]),
    (A::Forward, Role::Liaison, JALISCO, &[S::StateReview]),
    (A::ReturnToOwner, Role::Liaison, JALISCO, &[S::StateReview]),
    (A::ReturnToOwner, Role::Liaison, SRE, &[S::FederalIntake]),
    (A::Accept, Role::Liaison, SRE, &[S::FederalIntake]),
    (A::Observe, Role::LegalReviewer, SRE, &[S::LegalReview]),
    (A::IssueOpinion, Role::LegalReviewer, SRE, &[S::LegalReview]),
    (A::Register, Role::Registrar, SRE, &[S::PendingRegistration]),
    (
        A::RecordSignature,
        Role::Officer,
        GUADALAJARA,
        &[S::OpinionFavorable],
    ),
    (A::SendToRegistry, Role::Officer, GUADALAJARA, &[S::Signed]),
    (
        A::Resubmit,
        Role::Officer,
        GUADALAJARA,
        &[S::Returned, S::Observed, S::OpinionUnfavorable],
    ),
    (
        A::Withdraw,
        Role::Officer,
        GUADALAJARA,
        &[
            S::Draft,
            S::StateReview,
            S::Returned,
            S::FederalIntake,
            S::LegalReview,
            S::Observed,
            S::OpinionFavorable,
            S::OpinionUnfavorable,
        ],
    ),
];

fn body_of(action: A) -> Value {
    serde_json::to_value(request_for(action, &Value::Null, None).unwrap()).unwrap()
}

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn an_action_out_of_order_is_refused_in_every_stage() {
    on_tier("refusals: an action out of order", |app| async move {
        let mut refused = 0;
        for stage in S::VARIANTS.iter().copied() {
            let bench = Bench::at(app.clone(), stage).await;
            for (action, role, tenant, from) in RIGHT {
                if from.contains(&stage) {
                    continue;
                }
                let client = app.client(role, tenant).await;
                let seen = client.get(&one(&bench.case)).await;
                let (status, code, tag) = if seen.status == 404 {
                    (404, "not_found", "\"1\"".to_owned())
                } else if (stage, tenant) == (S::Reported, JALISCO) {
                    // A government that reported a case reviews nothing in it.
                    (403, "forbidden", seen.etag())
                } else {
                    (409, "wrong_stage", seen.etag())
                };
                let path = format!("{}/transitions", one(&bench.case));
                let request = post(&path, &body_of(action)).if_match(&tag);
                bench.refuse_to(&client, request, status, code).await;
                refused += i32::from(status == 409);
            }
        }
        // Most are refused for the stage, not because the caller cannot see the case.
        assert!(refused > 200, "{refused}");
    })
    .await;
}

#[actix_web::test]
async fn what_is_with_a_reviewer_or_done_is_not_edited() {
    on_tier("refusals: an edit out of order", |app| async move {
        for stage in S::VARIANTS.iter().filter(|stage| !stage.is_editable()) {
            let bench = Bench::at(app.clone(), *stage).await;
            let edit = patch(&one(&bench.case), &bench.etag(), &json!({"title": "Otro"}));
            bench.refuse(edit, 409, "locked_in_stage").await;
            let view = bench.officer.get(&one(&bench.case)).await.json();
            // A report has no minutes; the other id does not matter, the stage is checked first.
            let minutes = &view["draft"]["council_approval"]["document_id"];
            let document = minutes.as_str().unwrap_or(&bench.case);
            let text =
                json!({"language": "es", "authenticity": "authentic", "document_id": document});
            let path = format!("{}/text-sets", one(&bench.case));
            let texts = post(&path, &json!({"texts": [text]}));
            // After a favourable opinion a new text is possible, but this one names no document.
            if *stage == S::OpinionFavorable {
                let answer = bench.refuse(texts, 422, "validation_failed").await;
                points_at(&answer, "/texts/0/document_id", "unknown_key");
            } else {
                bench.refuse(texts, 409, "locked_in_stage").await;
            }
            let removal =
                vinculo_tests::Request::new(actix_web::http::Method::DELETE, &one(&bench.case));
            bench
                .refuse(removal.if_match(&bench.etag()), 409, "wrong_stage")
                .await;
        }
    })
    .await;
}

/// A draft with everything else that a submission needs.
async fn prepared(app: &TestApp, lead: &str, content: AgreementContent) -> Bench {
    let case = app.cast(lead).await.prepare(content).await.unwrap();
    Bench::of(app.clone(), case.to_string()).await
}

// row: 003-04, 003-06
// operations: transition_agreement
#[actix_web::test]
async fn only_what_the_law_admits_is_submitted() {
    on_both(|app| async move {
        let official = app.official(Role::Officer, GUADALAJARA).await;
        let foreign = app.counterpart(&official, "Kioto").await;
        let mut others = Vec::new();
        for (kind, country) in [
            (CounterpartKind::Private, "JP"),
            (CounterpartKind::Domestic, "MX"),
        ] {
            let body = json!({"kind": kind, "level": "none", "name": "Otra", "country": country});
            let fields: CounterpartFields = serde_json::from_value(body).unwrap();
            others.push(official.counterpart(fields).await.unwrap());
        }
        let submit = |bench: &Bench| {
            let path = format!("{}/transitions", one(&bench.case));
            post(&path, &json!({"action": "submit"})).if_match(&bench.etag())
        };
        for kind in ["statement_of_intent", "domestic", "private_contract"] {
            let content = content_for(kind, "Acuerdo", foreign, "culture").unwrap();
            let bench = prepared(&app, GUADALAJARA, content).await;
            bench
                .refuse(submit(&bench), 422, "kind_not_registrable")
                .await;
        }
        for counterparts in [vec![others[0]], vec![others[1]], others.clone()] {
            let content = content_for("twinning", "Acuerdo", foreign, "culture").unwrap();
            let content = AgreementContent {
                counterparts,
                ..content
            };
            let bench = prepared(&app, GUADALAJARA, content).await;
            bench
                .refuse(submit(&bench), 422, "counterpart_not_registrable")
                .await;
        }
        // One private counterpart among several is no obstacle.
        let content = content_for("twinning", "Acuerdo", foreign, "culture").unwrap();
        let counterparts = vec![others[0], foreign];
        let bench = prepared(
            &app,
            GUADALAJARA,
            AgreementContent {
                counterparts,
                ..content
            },
        )
        .await;
        bench.officer.send(submit(&bench)).await.expect(200);
    })
    .await;
}

// row: 000-03
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn what_is_missing_is_listed_all_at_once() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let draft = json!({"kind": "twinning", "title": "Acuerdo"});
        let case = officer
            .post("/v1/agreements", &draft)
            .await
            .expect(201)
            .id();
        let bench = Bench::of(app, case).await;
        let path = format!("{}/transitions", one(&bench.case));
        let submit = post(&path, &json!({"action": "submit"})).if_match(&bench.etag());
        let answer = bench.refuse(submit, 422, "incomplete").await;
        for (pointer, code) in [
            ("/counterparts", "counterparts"),
            ("/own_powers", "own_powers"),
            ("/languages", "languages"),
            ("/text_sets", "text_set"),
            ("/validity", "validity"),
            ("/council_approval", "council_minutes"),
        ] {
            points_at(&answer, pointer, code);
        }
        // The case itself says the same about the action.
        let view = bench.officer.get(&one(&bench.case)).await.json();
        let lines = view["available_transitions"].as_array().unwrap();
        let line = lines
            .iter()
            .find(|line| line["action"] == "submit")
            .unwrap();
        let codes: Vec<_> = errors(&answer).into_iter().map(|(_, code)| code).collect();
        assert_eq!(
            (&line["allowed"], &line["reasons"]),
            (&json!(false), &json!(codes))
        );
    })
    .await;
}

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn answers_and_opinions_refer_to_what_is_there() {
    on_both(|app| async move {
        let bench = Bench::at(app.clone(), S::Returned).await;
        let path = format!("{}/transitions", one(&bench.case));
        let view = bench.officer.get(&one(&bench.case)).await.json();
        let remark = view["remarks"][0]["id"].clone();
        let send = |answers: Value| {
            let body = json!({"action": "resubmit", "answers": answers});
            post(&path, &body).if_match(&bench.etag())
        };
        let answer = bench.refuse(send(json!([])), 422, "incomplete").await;
        points_at(&answer, "/answers", "answers");
        let text = "Atendido.";
        let stray = json!([{"remark_id": remark, "text": text}, {"remark_id": bench.case, "text": text}]);
        let answer = bench.refuse(send(stray), 422, "validation_failed").await;
        points_at(&answer, "/answers/1/remark_id", "unknown_key");
        let twice = json!([{"remark_id": remark, "text": text}, {"remark_id": remark, "text": "Otra cosa."}]);
        let answer = bench.refuse(send(twice), 422, "validation_failed").await;
        points_at(&answer, "/answers/1/remark_id", "repeated");
        let empty = json!([{"remark_id": remark, "text": " "}]);
        let answer = bench.refuse(send(empty), 422, "validation_failed").await;
        points_at(&answer, "/answers/0/text", "required");

        let case = app.case_in(GUANAJUATO, S::LegalReview).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let opinion = json!({"action": "issue_opinion", "result": "favorable", "number": "1", "issued_on": "2026-11-01", "document_id": bench.case});
        let answer = legal.transition(&case.to_string(), &opinion).await;
        points_at(&answer, "/document_id", "unknown_key");
        answer.refused(422, "validation_failed");
    })
    .await;
}
