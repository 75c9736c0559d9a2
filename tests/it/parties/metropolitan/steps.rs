//! The steps of a metropolitan agreement: confirmations, one state's review, all signatures.

use super::super::{confirm, etag, party, said, submit};
use crate::tools::{one, points_at};
use actix_web::http::Method;
use futures_util::future::join;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::{pdf, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, OpinionResult};
use vinculo_tests::{Client, GUADALAJARA, IRAPUATO, JALISCO, Request, SRE, TestApp, ZAPOPAN};

/// Two parties confirm the same version at the same time: both succeed, or one repeats.
pub async fn both_at_once(first: &Client, second: &Client, case: &str) {
    let path = format!("{}/confirmations", one(case));
    let shot = async |client: &Client, etag: String| {
        let request = Request::new(Method::POST, &path).if_match(&etag);
        client.send(request).await
    };
    let (one_tag, other_tag) = (etag(first, case).await, etag(second, case).await);
    let (one, other) = join(shot(first, one_tag), shot(second, other_tag)).await;
    assert!(one.status == 200 || other.status == 200, "{}", other.text());
    for (answer, client) in [(one, first), (other, second)] {
        if answer.status != 200 {
            answer.refused(412, "precondition_failed");
            confirm(client, case, None).await.expect(200);
        }
    }
    let view = first.get(&super::one(case)).await.expect(200).json();
    for government in [ZAPOPAN, IRAPUATO] {
        assert!(
            party(&view, government)["confirmed_at"].is_string(),
            "{government}"
        );
    }
}

/// Jalisco, and not Guanajuato, receives the case with what each party approved.
pub async fn submitted_to_the_leads_state_alone(app: &TestApp, lead: &Client, case: &str) {
    assert_eq!(
        submit(lead, case).await.expect(200).json()["stage"],
        "state_review"
    );
    let state = app.client(Role::Liaison, JALISCO).await;
    let view = state.get(&one(case)).await.expect(200).json();
    assert_eq!(view["level"], "submitted");
    assert!(view["parties"].is_null());
    assert_eq!(view["council_two_thirds_needed"], true);
    let sent = &view["submission"];
    for (government, role) in [
        (GUADALAJARA, "lead"),
        (ZAPOPAN, "signatory"),
        (IRAPUATO, "signatory"),
    ] {
        let one = party(sent, government);
        assert_eq!(
            (&one["role"], &one["approval"]["members"]),
            (&json!(role), &json!(19))
        );
        assert!(one["confirmed_at"].is_null() && one["signature"].is_null());
        // The state reads the minutes that it has to check.
        let minutes = one["approval"]["document_id"].as_str().unwrap();
        let path = format!("{}/documents/{minutes}/content", super::one(case));
        state.get(&path).await.expect(200);
    }
}

pub async fn signed_by_all(app: &TestApp, lead: &Client, case: &str) {
    let cast = app.cast(GUADALAJARA).await;
    let id: Uuid = case.parse().unwrap();
    let forward = request_for(CaseAction::Forward, &Value::Null, None).unwrap();
    cast.state.as_ref().unwrap().act(id, forward).await.unwrap();
    let sent = cast.intake.view(id).await.unwrap();
    let accept = request_for(CaseAction::Accept, &sent, None).unwrap();
    cast.intake.act(id, accept).await.unwrap();
    cast.opine(id, OpinionResult::Favorable).await.unwrap();
    let view = lead.get(&one(case)).await.json();
    let signatory = |side: &str, party: &str| json!({"side": side, "party": party, "name": "Persona", "post": "Titular", "capacity": "Titular"});
    let foreign = view["counterparts"][0]["id"].as_str().unwrap();
    let sign = |governments: &[&str]| {
        let mexican = governments.iter().map(|party| signatory("mexican", party));
        let all: Vec<Value> = mexican.chain([signatory("counterpart", foreign)]).collect();
        json!({"action": "record_signature", "signed_on": "2026-11-10", "place": "Guadalajara", "signatories": all,
            "originals": [{"language": "es", "authenticity": "authentic", "count": 4}]})
    };
    let refused = lead.transition(case, &sign(&[GUADALAJARA, ZAPOPAN])).await;
    points_at(&refused, "/signatories", "party_missing");
    let refused = refused.refused(422, "validation_failed");
    assert!(said(&refused, "party_missing").contains("Irapuato"));
    assert_eq!(app.scratch.count("signatories"), 0);
    lead.transition(case, &sign(&[GUADALAJARA, ZAPOPAN, IRAPUATO]))
        .await
        .expect(200);
    let sre = app.client(Role::Registrar, SRE).await;
    assert!(sre.get(&one(case)).await.expect(200).json()["signature"].is_null());
    lead.attach(case, "signed_copy", Some("es"), &pdf("firmado"))
        .await
        .expect(201);
    lead.transition(case, &json!({"action": "send_to_registry"}))
        .await
        .expect(200);
    let body = json!({"action": "register", "text_matches": true});
    let number = sre.transition(case, &body).await.expect(200).json()["inscription"].clone();
    let public = app
        .nobody()
        .get(&format!("/v1/registry/{}", number.as_str().unwrap()))
        .await
        .expect(200);
    let record = public.json();
    for (at, government) in [GUADALAJARA, ZAPOPAN, IRAPUATO].iter().enumerate() {
        let one = &record["parties"][at];
        assert_eq!(one["government_id"], *government);
        assert_eq!(one["approval"]["members"], 19);
        assert!(one["approval"].get("document_id").is_none());
    }
    assert_eq!(record["parties"][2]["role"], "signatory");
    // Each signatory is shown with the name of the party that the person signed for.
    let signed_for = record["signatories"].as_array().unwrap().iter();
    let signed_for: Vec<&str> = signed_for
        .map(|one| one["party"].as_str().unwrap())
        .collect();
    let abroad = record["counterparts"][0]["name"].as_str().unwrap();
    assert_eq!(signed_for, ["Guadalajara", "Zapopan", "Irapuato", abroad]);
}
