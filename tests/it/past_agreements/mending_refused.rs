//! Who may not correct or withdraw a past agreement, when it is too late, and what is wrong with a
//! correction.

use super::{PATH, correct, record, reported, withdraw};
use crate::tools::{one, points_at, post_on};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

fn dated() -> Value {
    json!({"reason": "La fecha era otra.", "signed_on": "1998"})
}

/// The refusals of a correction and of a withdrawal, with a tag of somebody who reads the case.
async fn both(client: &Client, reader: &Client, case: &str) -> [Answer; 2] {
    let tag = reader.get(&one(case)).await.etag();
    let send = async |part: &str, body: &Value| {
        let request = crate::tools::post(&format!("{}/{part}", one(case)), body);
        client.send(request.if_match(&tag)).await
    };
    [
        send("corrections", &dated()).await,
        send("withdrawals", &json!({"reason": "Error."})).await,
    ]
}

// row: 003-07, 002-14
// operations: create_agreement_correction, create_agreement_withdrawal
#[actix_web::test]
async fn nobody_else_mends_a_record() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let owner = app.officer(GUADALAJARA).await;
        let own = owner.post(PATH, &record()).await.expect(201).id();
        let ministry = app.client(Role::Liaison, SRE).await;
        for (role, tenant) in [
            (Role::Viewer, GUADALAJARA),
            (Role::Admin, GUADALAJARA),
            (Role::Liaison, GUADALAJARA),
        ] {
            let client = app.client(role, tenant).await;
            for refused in both(&client, &owner, &own).await {
                refused.refused(403, "forbidden");
            }
        }
        for client in [&liaison, &ministry, &app.officer(ZAPOPAN).await] {
            for refused in both(client, &owner, &own).await {
                refused.refused(404, "not_found");
            }
        }
        for refused in both(&app.nobody(), &owner, &own).await {
            refused.refused(401, "unauthenticated");
        }
        // The other people of the government that reported, and of the ministry that recorded.
        withdraw(&owner, &own).await.expect(200);
        let case = reported(&liaison).await.id();
        for refused in both(&app.officer(JALISCO).await, &liaison, &case).await {
            refused.refused(403, "forbidden");
        }
        let body = super::with(record(), "government_id", json!(ZAPOPAN));
        let recorded = ministry.post(PATH, &body).await.expect(201).id();
        for role in [Role::Officer, Role::LegalReviewer, Role::Registrar] {
            let client = app.client(role, SRE).await;
            for refused in both(&client, &ministry, &recorded).await {
                refused.refused(403, "forbidden");
            }
        }
    })
    .await;
}

// row: 003-07, 003-21
// operations: create_agreement_correction, create_agreement_withdrawal
#[actix_web::test]
async fn what_is_inscribed_under_way_or_no_past_agreement_is_not_mended_so() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let copy = &pdf("copia");
        let case = owner.post(PATH, &record()).await.expect(201).id();
        owner
            .attach(&case, "signed_copy", Some("es"), copy)
            .await
            .expect(201);
        let send = json!({"action": "send_to_registry"});
        owner.transition(&case, &send).await.expect(200);
        for refused in both(&owner, &owner, &case).await {
            assert!(refused.text().contains("en trámite"), "{}", refused.text());
            refused.refused(409, "wrong_stage");
        }
        // The registrar asks, and the record is corrected before it is sent again.
        let registrar = app.client(Role::Registrar, SRE).await;
        let query = json!({"action": "query", "remarks": [{"text": "¿Qué día?"}]});
        registrar.transition(&case, &query).await.expect(200);
        let day = json!({"reason": "El acta dice otro día.", "signed_on": "1998-10-22"});
        correct(&owner, &case, day).await.expect(200);
        let told = registrar.get(&one(&case)).await.expect(200).json();
        assert_eq!(told["signed_on"], "1998-10-22");
        let remark = owner.get(&one(&case)).await.json()["remarks"][0]["id"].clone();
        let answer = json!({"remark_id": remark, "text": "El 22."});
        let send = json!({"action": "send_to_registry", "answers": [answer]});
        owner.transition(&case, &send).await.expect(200);
        let register = json!({"action": "register", "text_matches": true});
        let done = registrar.transition(&case, &register).await.expect(200);
        let number = done.json()["inscription"].as_str().unwrap().to_owned();
        for refused in both(&owner, &owner, &case).await {
            assert!(refused.text().contains("inscrito"), "{}", refused.text());
            refused.refused(409, "wrong_stage");
        }
        let public = app.nobody().get(&format!("/v1/registry/{number}")).await;
        assert_eq!(public.expect(200).json()["signed_on"], "1998-10-22");
        for stage in [Stage::Draft, Stage::Signed] {
            let case = app.case_in(GUADALAJARA, stage).await.to_string();
            for refused in both(&owner, &owner, &case).await {
                assert!(
                    refused.text().contains("acuerdo anterior"),
                    "{}",
                    refused.text()
                );
                refused.refused(409, "wrong_stage");
            }
        }
    })
    .await;
}

/// The owner asks for the opinion on what was signed without one, and gets it.
async fn opine(owner: &Client, legal: &Client, case: &str, result: &str) {
    let regularize = json!({"action": "regularize", "reason": "Se firmó sin dictamen."});
    owner.transition(case, &regularize).await.expect(200);
    let letter = legal.attach(case, "opinion", None, &pdf(result)).await;
    let observations = if result == "favorable" {
        json!([])
    } else {
        json!([{"text": "Ajuste la vigencia."}])
    };
    let issue = json!({"action": "issue_opinion", "result": result, "number": "CJA-7",
        "issued_on": "2026-10-30", "document_id": letter.expect(201).id(), "observations": observations});
    legal.transition(case, &issue).await.expect(200);
}

// row: 003-07, 003-11
// operations: create_agreement_correction, transition_agreement
#[actix_web::test]
async fn a_correction_never_says_what_an_opinion_says() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let case = owner.post(PATH, &record()).await.expect(201).id();
        let copy = &pdf("copia");
        owner
            .attach(&case, "signed_copy", Some("es"), copy)
            .await
            .expect(201);
        opine(&owner, &legal, &case, "unfavorable").await;
        let unknown = json!({"reason": "No se sabe.", "compliance": "unknown"});
        let refused = correct(&owner, &case, unknown).await;
        points_at(
            &refused.refused(422, "validation_failed"),
            "/compliance",
            "read_only",
        );
        correct(&owner, &case, dated()).await.expect(200);
        opine(&owner, &legal, &case, "favorable").await;
        // A favourable opinion stands on what it was given on.
        let late = json!({"reason": "La fecha era otra.", "signed_on": "1999"});
        let late = correct(&owner, &case, late).await;
        assert!(late.text().contains("dictamen"), "{}", late.text());
        late.refused(409, "wrong_stage");
        withdraw(&owner, &case).await.expect(200);
    })
    .await;
}

// row: 003-07
// operations: create_agreement_correction, create_agreement_withdrawal
#[actix_web::test]
async fn what_is_wrong_with_a_correction_is_said_at_once() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let case = owner.post(PATH, &record()).await.expect(201).id();
        let theirs = app.officer(ZAPOPAN).await;
        let fields = TestApp::counterpart_json("Ciudad de Lyon");
        let theirs = theirs
            .post("/v1/counterparts", &fields)
            .await
            .expect(201)
            .id();
        for (fields, pointer, code) in [
            (json!({}), "", "required"),
            (
                json!({"reason": " ", "place": "Nara"}),
                "/reason",
                "required",
            ),
            (json!({"title": ""}), "/title", "required"),
            (json!({"source": " "}), "/source", "required"),
            (json!({"signed_on": "2027"}), "/signed_on", "in_the_future"),
            (json!({"place": "x".repeat(201)}), "/place", "too_long"),
            (json!({"themes": ["nada"]}), "/themes/0", "unknown_key"),
            (
                json!({"languages": ["xx-nada"]}),
                "/languages/0",
                "unknown_key",
            ),
            (json!({"counterparts": []}), "/counterparts", "required"),
            (json!({"counterparts": [{}]}), "/counterparts/0", "one_of"),
            (
                json!({"counterparts": [{"id": theirs}]}),
                "/counterparts/0/id",
                "unknown_key",
            ),
            (
                json!({"validity": {"term": "fixed"}}),
                "/validity/ends_on",
                "term",
            ),
        ] {
            let mut body = json!({"reason": "Error de captura."});
            body.as_object_mut()
                .unwrap()
                .extend(fields.as_object().unwrap().clone());
            let refused = correct(&owner, &case, body).await;
            points_at(&refused.refused(422, "validation_failed"), pointer, code);
        }
        for fields in [
            json!({"title": null}),
            json!({"compliance": "compliant"}),
            json!({"government_id": ZAPOPAN}),
            json!({"stage": "registered"}),
        ] {
            let mut body = json!({"reason": "Error de captura."});
            body.as_object_mut()
                .unwrap()
                .extend(fields.as_object().unwrap().clone());
            let refused = correct(&owner, &case, body).await;
            assert_eq!(refused.status, 400, "{fields}: {}", refused.text());
        }
        let silent = post_on(&owner, &case, "withdrawals", &json!({"reason": ""})).await;
        points_at(
            &silent.refused(422, "validation_failed"),
            "/reason",
            "required",
        );
        assert_eq!(owner.get(&one(&case)).await.json()["version"], 1);
    })
    .await;
}
