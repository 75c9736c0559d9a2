//! A metropolitan agreement: three municipalities of two states.

mod steps;

use self::steps::{both_at_once, signed_by_all, submitted_to_the_leads_state_alone};
use super::{approval, approve, case_with, confirm, etag, party, said, submit};
use crate::tools::{one, points_at, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::PartyRole;
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, Request, SRE, TestApp, ZAPOPAN, on_both,
};

const SIGNATORIES: [(&str, PartyRole); 2] = [
    (ZAPOPAN, PartyRole::Signatory),
    (IRAPUATO, PartyRole::Signatory),
];

/// The lead's officer and the officers of the other two.
async fn three(app: &TestApp) -> (Client, Client, Client) {
    (
        app.officer(GUADALAJARA).await,
        app.officer(ZAPOPAN).await,
        app.officer(IRAPUATO).await,
    )
}

async fn out_of_sight(app: &TestApp, case: &str, who: &[(Role, &str)]) {
    for (role, tenant) in who {
        let client = app.client(*role, tenant).await;
        client.get(&one(case)).await.refused(404, "not_found");
    }
}

// row: 003-10, 002-18
// operations: confirm_agreement, transition_agreement, get_agreement
#[actix_web::test]
async fn three_municipalities_of_two_states_approve_confirm_and_sign() {
    on_both(|app| async move {
        let case = case_with(&app, &SIGNATORIES).await;
        let (lead, zapopan, irapuato) = three(&app).await;
        let reviewers = [(Role::Liaison, JALISCO), (Role::Liaison, SRE)];
        let outside = [(Role::Liaison, GUANAJUATO), (Role::Viewer, "00-amexcid")];
        out_of_sight(&app, &case, &[reviewers, outside].concat()).await;
        for client in [&zapopan, &irapuato] {
            let view = client.get(&one(&case)).await.expect(200).json();
            assert_eq!(
                (&view["level"], &view["seats"]),
                (&json!("full"), &json!(["party"]))
            );
        }

        // Each confirms with its own council's minutes; needs name the party that lacks them.
        confirm(&zapopan, &case, None).await.expect(200);
        let refused = submit(&lead, &case).await.refused(422, "incomplete");
        points_at(&refused, "/parties", "parties_confirmed");
        let (waiting, lacking) = (
            said(&refused, "parties_confirmed"),
            said(&refused, "party_approvals"),
        );
        assert!(
            waiting.contains("Irapuato") && !waiting.contains("Zapopan"),
            "{waiting}"
        );
        assert!(
            lacking.contains("Irapuato") && lacking.contains("Zapopan"),
            "{lacking}"
        );
        approve(&zapopan, &case).await;
        let refused = submit(&lead, &case).await.refused(422, "incomplete");
        assert!(said(&refused, "party_approvals").contains("Irapuato"));
        assert!(!said(&refused, "party_approvals").contains("Zapopan"));
        let view = approve(&irapuato, &case).await;
        let own = party(&view, IRAPUATO);
        assert_eq!(
            (&own["two_thirds_met"], &own["approval"]["votes_for"]),
            (&json!(true), &json!(14))
        );
        assert_eq!(
            (&own["outlives_term"], &own["two_thirds_needed"]),
            (&json!(true), &json!(true))
        );
        assert!(own["confirmed_at"].is_string() && own["signature"].is_null());

        // A change of the draft cancels the confirmations; the approvals stay on file.
        let change = json!({"objective": "Otro objeto"});
        lead.patch(&one(&case), &etag(&lead, &case).await, &change)
            .await
            .expect(200);
        let refused = submit(&lead, &case).await.refused(422, "incomplete");
        let waiting = said(&refused, "parties_confirmed");
        assert!(
            waiting.contains("Irapuato") && waiting.contains("Zapopan"),
            "{waiting}"
        );
        assert_eq!(said(&refused, "party_approvals"), "");
        both_at_once(&zapopan, &irapuato, &case).await;

        submitted_to_the_leads_state_alone(&app, &lead, &case).await;
        out_of_sight(
            &app,
            &case,
            &[outside.to_vec(), vec![reviewers[1]]].concat(),
        )
        .await;
        signed_by_all(&app, &lead, &case).await;
        out_of_sight(&app, &case, &outside).await;
        let view = irapuato.get(&one(&case)).await.expect(200).json();
        assert_eq!(view["stage"], "registered");
        let signature = &party(&view, IRAPUATO)["signature"];
        assert_eq!(signature["signatories"].as_array().unwrap().len(), 1);
        assert_eq!(signature["signatories"][0]["party"], IRAPUATO);
    })
    .await;
}

// row: 003-10
// operations: confirm_agreement
#[actix_web::test]
async fn a_confirmation_that_is_refused_leaves_nothing() {
    on_both(|app| async move {
        let case = case_with(&app, &SIGNATORIES).await;
        let (lead, zapopan, irapuato) = three(&app).await;
        let body = approval(&zapopan, &case).await;
        let path = format!("{}/confirmations", one(&case));
        let tag = etag(&zapopan, &case).await;
        let send = async |client: &Client, body: &Value| {
            client.send(post(&path, body).if_match(&tag)).await
        };
        send(&app.nobody(), &body)
            .await
            .refused(401, "unauthenticated");
        let wrong = json!({"aproval": {}});
        send(&zapopan, &wrong).await.refused(400, "unknown_field");
        let raw = Request::new(Method::POST, &path)
            .raw("text/plain", "sí")
            .if_match(&tag);
        zapopan
            .send(raw)
            .await
            .refused(415, "unsupported_media_type");
        zapopan
            .send(post(&path, &body))
            .await
            .refused(428, "precondition_required");
        let stranger = app.client(Role::Officer, GUANAJUATO).await;
        send(&stranger, &body).await.refused(404, "not_found");
        let viewer = app.client(Role::Viewer, ZAPOPAN).await;
        send(&viewer, &body).await.refused(403, "forbidden");
        send(&lead, &body).await.refused(403, "forbidden");
        zapopan
            .send(post(&path, &body).if_match("\"1.x\""))
            .await
            .refused(412, "precondition_failed");
        // Refused: another party's document, a wrong kind, a future date, impossible votes.
        let others = approval(&irapuato, &case).await;
        let tag = etag(&zapopan, &case).await;
        let paper = zapopan
            .attach(&case, "other", None, &pdf("x"))
            .await
            .expect(201)
            .id();
        let with = |field: &str, value: Value| {
            let mut body = body.clone();
            body["approval"][field] = value;
            body
        };
        for (body, pointer, code) in [
            (others, "/approval/document_id", "unknown_key"),
            (
                with("document_id", json!(paper)),
                "/approval/document_id",
                "unknown_key",
            ),
            (
                with("session_on", json!("2199-01-01")),
                "/approval/session_on",
                "in_the_future",
            ),
            (with("votes_for", json!(20)), "/approval", "votes"),
            (json!({"document_id": paper}), "/document_id", "unknown_key"),
        ] {
            let answer = confirm(&zapopan, &case, Some(&body)).await;
            points_at(&answer, pointer, code);
            answer.refused(422, "validation_failed");
        }
        let mut both = body.clone();
        both["document_id"] = json!(paper);
        let answer = confirm(&zapopan, &case, Some(&both)).await;
        points_at(&answer, "/document_id", "one_approval");
        assert_eq!(app.scratch.count("party_approvals"), 0);
        assert_eq!(
            app.scratch
                .count("agreement_parties WHERE confirmed_at IS NOT NULL"),
            0
        );
        assert_ne!(etag(&zapopan, &case).await, tag);
        // A second approval is added and does not overwrite the first.
        let told = confirm(&zapopan, &case, Some(&body)).await.expect(200);
        // The same again is no second approval and no new version.
        for same in [Some(&body), None] {
            let again = confirm(&zapopan, &case, same).await.expect(200);
            assert_eq!(again.etag(), told.etag());
        }
        assert_eq!(app.scratch.count("party_approvals"), 1);
        let view = confirm(&zapopan, &case, Some(&with("votes_for", json!(10))))
            .await
            .expect(200)
            .json();
        assert_eq!(party(&view, ZAPOPAN)["two_thirds_met"], false);
        assert_eq!(app.scratch.count("party_approvals"), 2);
        for sql in [
            "UPDATE party_approvals SET votes_for = 19",
            "DELETE FROM party_approvals",
        ] {
            let done = app.scratch.execute_as_application(sql);
            assert!(done.is_err(), "{sql}");
        }
    })
    .await;
}

// row: 003-10
// operations: confirm_agreement, transition_agreement
#[actix_web::test]
async fn a_party_without_a_council_confirms_without_minutes() {
    on_both(|app| async move {
        let others = [
            (JALISCO, PartyRole::Signatory),
            (IRAPUATO, PartyRole::Adherent),
        ];
        let case = case_with(&app, &others).await;
        let lead = app.officer(GUADALAJARA).await;
        let state = app.officer(JALISCO).await;
        let letter = state
            .attach(&case, "approval", None, &pdf("oficio"))
            .await
            .expect(201)
            .id();
        let view = confirm(&state, &case, Some(&json!({"document_id": letter})))
            .await
            .expect(200)
            .json();
        let own = party(&view, JALISCO);
        assert_eq!(
            (&own["approval"], &own["approval_document_id"]),
            (&json!(null), &json!(letter))
        );
        assert_eq!(
            (&own["two_thirds_met"], &own["two_thirds_needed"]),
            (&json!(null), &json!(null))
        );
        // An adherent signs later: it confirms, and needs no minutes yet.
        let refused = submit(&lead, &case).await.refused(422, "incomplete");
        assert!(said(&refused, "parties_confirmed").contains("Irapuato"));
        assert_eq!(said(&refused, "party_approvals"), "");
        confirm(&app.officer(IRAPUATO).await, &case, None)
            .await
            .expect(200);
        assert_eq!(
            submit(&lead, &case).await.expect(200).json()["stage"],
            "state_review"
        );
    })
    .await;
}
