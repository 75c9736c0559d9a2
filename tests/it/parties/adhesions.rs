//! Adherents: governments that join what the others signed.

use super::{approve, case_with, confirm, etag, party};
use crate::tools::{one, points_at, post};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::{PartyRole, Stage};
use vinculo_tests::{
    Answer, Client, GUADALAJARA, GUANAJUATO, IRAPUATO, SRE, TestApp, ZAPOPAN, on_both,
};

const OTHERS: [(&str, PartyRole); 2] = [
    (ZAPOPAN, PartyRole::Signatory),
    (IRAPUATO, PartyRole::Adherent),
];

async fn signed_case(app: &TestApp) -> String {
    let case = case_with(app, &OTHERS).await;
    approve(&app.officer(ZAPOPAN).await, &case).await;
    confirm(&app.officer(IRAPUATO).await, &case, None)
        .await
        .expect(200);
    let cast = app.cast(GUADALAJARA).await;
    cast.carry(case.parse().unwrap(), Stage::Signed)
        .await
        .unwrap();
    case
}

async fn paper(client: &Client, case: &str, kind: &str) -> String {
    let language = (kind == "signed_copy").then_some("es");
    client
        .attach(case, kind, language, &pdf("adhesión"))
        .await
        .expect(201)
        .id()
}

fn adhesion(document: &str) -> Value {
    json!({"signed_on": "2026-11-12", "place": "Irapuato, Guanajuato", "document_id": document,
        "signatories": [{"name": "Persona Adherente", "post": "Presidenta municipal", "capacity": "Titular"}]})
}

async fn adhere(client: &Client, case: &str, body: &Value) -> Answer {
    let etag = etag(client, case).await;
    let path = format!("{}/adhesions", one(case));
    client.send(post(&path, body).if_match(&etag)).await
}

// row: 003-10
// operations: create_adhesion
#[actix_web::test]
async fn an_adherent_joins_and_the_registry_says_when() {
    on_both(|app| async move {
        let case = signed_case(&app).await;
        let (lead, irapuato) = (app.officer(GUADALAJARA).await, app.officer(IRAPUATO).await);
        let view = lead.get(&one(&case)).await.json();
        assert!(party(&view, IRAPUATO)["signature"].is_null());
        assert_eq!(
            party(&view, ZAPOPAN)["signature"]["place"],
            "Ciudad de México"
        );
        let document = paper(&irapuato, &case, "signed_copy").await;
        let view = adhere(&irapuato, &case, &adhesion(&document))
            .await
            .expect(200)
            .json();
        let own = party(&view, IRAPUATO);
        assert_eq!(own["adhered_on"], "2026-11-12");
        assert_eq!(
            own["signature"]["signatories"][0]["name"],
            "Persona Adherente"
        );
        assert_eq!(own["signature"]["document_id"], json!(document));
        assert_eq!(
            view["signature"]["signatories"].as_array().unwrap().len(),
            3
        );
        let twice = adhere(&irapuato, &case, &adhesion(&document))
            .await
            .refused(409, "duplicate");
        assert_eq!(twice.json()["existing"]["href"], one(&case));
        assert_eq!(app.scratch.count("adhesions"), 1);
        // The ministry reads the adhesion once the case is sent.
        let sre = app.client(Role::Registrar, SRE).await;
        let seen = sre.get(&one(&case)).await.expect(200).text();
        assert!(
            !seen.contains("2026-11-12") && !seen.contains("Adherente"),
            "{seen}"
        );
        lead.transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .expect(200);
        let sent = sre.get(&one(&case)).await.json();
        assert_eq!(
            party(&sent["submission"], IRAPUATO)["adhered_on"],
            "2026-11-12"
        );
        let body = json!({"action": "register", "text_matches": true});
        let number = sre.transition(&case, &body).await.expect(200).json()["inscription"].clone();
        let public = app
            .nobody()
            .get(&format!("/v1/registry/{}", number.as_str().unwrap()))
            .await
            .json();
        assert_eq!(public["parties"][2]["role"], "adherent");
        assert_eq!(public["parties"][2]["adhered_on"], "2026-11-12");
        assert_eq!(public["parties"][1]["adhered_on"], json!(null));
        adhere(&irapuato, &case, &adhesion(&document))
            .await
            .refused(409, "wrong_stage");
    })
    .await;
}

// row: 003-10
// operations: create_adhesion, transition_agreement, get_inscription
#[actix_web::test]
async fn an_adhesion_before_the_registrar_is_not_the_registrars_to_know() {
    on_both(|app| async move {
        let case = signed_case(&app).await;
        let (lead, irapuato) = (app.officer(GUADALAJARA).await, app.officer(IRAPUATO).await);
        lead.transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .expect(200);
        let sre = app.client(Role::Registrar, SRE).await;
        let read = async || {
            let answer = sre.get(&one(&case)).await.expect(200);
            let history = sre
                .get(&format!("{}/history", one(&case)))
                .await
                .expect(200);
            (answer.etag(), answer.text(), history.text())
        };
        let before = read().await;
        let document = paper(&irapuato, &case, "approval").await;
        adhere(&irapuato, &case, &adhesion(&document))
            .await
            .expect(200);
        assert_eq!(read().await, before);
        sre.get(&format!("{}/documents/{document}", one(&case)))
            .await
            .refused(404, "not_found");
        let view = lead.get(&one(&case)).await.json();
        assert_eq!(party(&view, IRAPUATO)["adhered_on"], "2026-11-12");
        // After the inscription nobody can join; it lists the adhesion, not the document.
        let body = json!({"action": "register", "text_matches": true});
        let made = sre.transition(&case, &body).await.expect(200).json();
        let path = format!("/v1/registry/{}", made["inscription"].as_str().unwrap());
        let public = app.nobody().get(&path).await.expect(200);
        assert!(!public.text().contains(&document), "{}", public.text());
        let parties = public.json()["parties"].clone();
        assert_eq!(parties[2]["government_id"], IRAPUATO);
        assert_eq!(parties[2]["adhered_on"], "2026-11-12");
        assert_eq!(parties[1]["adhered_on"], json!(null));
    })
    .await;
}

// row: 003-10
// operations: create_adhesion
#[actix_web::test]
async fn an_adhesion_that_is_refused_leaves_nothing() {
    on_both(|app| async move {
        let early = case_with(&app, &OTHERS).await;
        let irapuato = app.officer(IRAPUATO).await;
        let document = paper(&irapuato, &early, "approval").await;
        adhere(&irapuato, &early, &adhesion(&document))
            .await
            .refused(409, "wrong_stage");
        let case = signed_case(&app).await;
        let (lead, zapopan) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let path = format!("{}/adhesions", one(&case));
        let theirs = paper(&lead, &case, "signed_copy").await;
        let own = paper(&irapuato, &case, "approval").await;
        let body = adhesion(&own);
        let tag = etag(&irapuato, &case).await;
        let send = async |client: &Client| client.send(post(&path, &body).if_match(&tag)).await;
        send(&app.nobody()).await.refused(401, "unauthenticated");
        irapuato
            .send(post(&path, &body))
            .await
            .refused(428, "precondition_required");
        send(&app.officer(GUANAJUATO).await)
            .await
            .refused(404, "not_found");
        send(&app.client(Role::Viewer, IRAPUATO).await)
            .await
            .refused(403, "forbidden");
        send(&lead).await.refused(403, "forbidden");
        send(&zapopan).await.refused(403, "forbidden");
        irapuato
            .send(post(&path, &body).if_match("\"1.x\""))
            .await
            .refused(412, "precondition_failed");
        let with = |field: &str, value: Value| {
            let mut body = body.clone();
            body[field] = value;
            body
        };
        let other = paper(&irapuato, &case, "other").await;
        let mut unknown = body.clone();
        unknown["signatories"][0]["authority_document_id"] = json!(own);
        for (body, pointer, code) in [
            (
                with("document_id", json!(theirs)),
                "/document_id",
                "unknown_key",
            ),
            (
                with("document_id", json!(document)),
                "/document_id",
                "unknown_key",
            ),
            (
                with("document_id", json!(other)),
                "/document_id",
                "unknown_key",
            ),
            (
                with("signed_on", json!("2199")),
                "/signed_on",
                "in_the_future",
            ),
            (with("signatories", json!([])), "/signatories", "required"),
            (with("place", json!("")), "/place", "required"),
            (
                unknown,
                "/signatories/0/authority_document_id",
                "unknown_key",
            ),
        ] {
            let answer = adhere(&irapuato, &case, &body).await;
            points_at(&answer, pointer, code);
            answer.refused(422, "validation_failed");
        }
        assert_eq!(app.scratch.count("adhesions"), 0);
        assert_eq!(app.scratch.count("adhesion_signatories"), 0);
        adhere(&irapuato, &case, &body).await.expect(200);
    })
    .await;
}
