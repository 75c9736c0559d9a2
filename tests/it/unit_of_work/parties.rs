//! Several Mexican parties in one case.

use crate::tools::{one, points_at, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::{content_for, pdf};
use vinculo_domain::agreements::{AgreementContent, Party, PartyRole};
use vinculo_domain::{Role, TenantId};
use vinculo_tests::{
    Answer, Client, GUADALAJARA, IRAPUATO, JALISCO, Request, TestApp, ZAPOPAN, on_both,
};

/// A complete draft that Guadalajara leads and Zapopan signs too.
async fn shared_case(app: &TestApp) -> String {
    let cast = app.cast(GUADALAJARA).await;
    let counterpart = app.counterpart(&cast.officer, "Kioto").await;
    let content = content_for("twinning", "Acuerdo metropolitano", counterpart, "culture").unwrap();
    let party = |id: &str, role| Party {
        government_id: TenantId::new(id),
        role,
        body: None,
        body_id: None,
    };
    let parties = vec![
        party(GUADALAJARA, PartyRole::Lead),
        party(ZAPOPAN, PartyRole::Signatory),
    ];
    cast.prepare(AgreementContent { parties, ..content })
        .await
        .unwrap()
        .to_string()
}

async fn confirm(client: &Client, case: &str, etag: &str) -> Answer {
    let path = format!("{}/confirmations", one(case));
    client
        .send(Request::new(Method::POST, &path).if_match(etag))
        .await
}

async fn submit(client: &Client, case: &str) -> Answer {
    client.transition(case, &json!({"action": "submit"})).await
}

/// Whether the other party's confirmation is still valid.
async fn confirmed(client: &Client, case: &str) -> bool {
    let view = client.get(&one(case)).await.expect(200).json();
    assert_eq!(view["parties"][1]["government_id"], ZAPOPAN);
    !view["parties"][1]["confirmed_at"].is_null()
}

// row: 003-10
// operations: confirm_agreement, transition_agreement, update_agreement
#[actix_web::test]
async fn nothing_is_sent_before_every_party_has_confirmed_it() {
    on_both(|app| async move {
        let case = shared_case(&app).await;
        let (lead, party) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let refused = submit(&lead, &case).await;
        points_at(&refused, "/parties", "parties_confirmed");
        refused.refused(422, "incomplete");
        let view = party.get(&one(&case)).await.expect(200);
        assert_eq!((&view.json()["level"], &view.json()["seats"]), (&json!("full"), &json!(["party"])));
        // Only the other party may confirm, and only the version it has read.
        let etag = lead.get(&one(&case)).await.etag();
        confirm(&lead, &case, &etag).await.refused(403, "forbidden");
        let viewer = app.client(Role::Viewer, ZAPOPAN).await;
        confirm(&viewer, &case, &view.etag()).await.refused(403, "forbidden");
        confirm(&party, &case, "\"1.x\"").await.refused(412, "precondition_failed");
        confirm(&party, &case, &view.etag()).await.expect(200);
        assert!(confirmed(&lead, &case).await);

        // A change of the draft or its texts cancels the confirmation.
        let etag = lead.get(&one(&case)).await.etag();
        lead.patch(&one(&case), &etag, &json!({"title": "Otro"})).await.expect(200);
        assert!(!confirmed(&lead, &case).await);
        submit(&lead, &case).await.refused(422, "incomplete");
        let etag = party.get(&one(&case)).await.etag();
        confirm(&party, &case, &etag).await.expect(200);
        let text = lead.attach(&case, "text", Some("es"), &pdf("nuevo")).await.expect(201).id();
        assert!(confirmed(&lead, &case).await);
        let texts = json!({"texts": [{"language": "es", "authenticity": "authentic", "document_id": text}]});
        lead.post(&format!("{}/text-sets", one(&case)), &texts).await.expect(201);
        assert!(!confirmed(&lead, &case).await);
        submit(&lead, &case).await.refused(422, "incomplete");
        crate::parties::approve(&party, &case).await;
        // The other party may neither send nor edit.
        submit(&party, &case).await.refused(403, "forbidden");
        let etag = party.get(&one(&case)).await.etag();
        party.patch(&one(&case), &etag, &json!({"title": "No"})).await.refused(403, "forbidden");
        assert_eq!(submit(&lead, &case).await.expect(200).json()["stage"], "state_review");
        let etag = party.get(&one(&case)).await.etag();
        confirm(&party, &case, &etag).await.refused(409, "wrong_stage");
        app.officer(IRAPUATO).await.get(&one(&case)).await.refused(404, "not_found");
    })
    .await;
}

#[actix_web::test]
async fn a_party_that_is_left_out_sees_the_case_no_more() {
    on_both(|app| async move {
        let case = shared_case(&app).await;
        let (lead, party) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let file = lead
            .attach(&case, "other", None, &pdf("anexo"))
            .await
            .expect(201)
            .id();
        let file = format!("{}/documents/{file}", one(&case));
        party.get(&file).await.expect(200);
        let listed = |list: Value| list["items"].as_array().unwrap().len();
        assert_eq!(
            listed(party.get("/v1/agreements?q=metropolitano").await.json()),
            1
        );
        let parties = |others: &[&str]| {
            let mut all = vec![json!({"government_id": GUADALAJARA, "role": "lead"})];
            all.extend(
                others
                    .iter()
                    .map(|id| json!({"government_id": id, "role": "signatory"})),
            );
            json!({ "parties": all })
        };
        let etag = lead.get(&one(&case)).await.etag();
        let edit = parties(&[IRAPUATO]);
        lead.patch(&one(&case), &etag, &edit).await.expect(200);
        let random = party
            .get(&one(uuid::Uuid::now_v7()))
            .await
            .refused(404, "not_found");
        let gone = party.get(&one(&case)).await.refused(404, "not_found");
        assert_eq!(crate::tools::shape(&gone), crate::tools::shape(&random));
        for path in [
            file.clone(),
            format!("{file}/content"),
            format!("{}/history", one(&case)),
            format!("{}/text-sets", one(&case)),
        ] {
            party.get(&path).await.refused(404, "not_found");
        }
        let body = json!({"action": "withdraw", "reason": "No."});
        let step = post(&format!("{}/transitions", one(&case)), &body).if_match(&etag);
        party.send(step).await.refused(404, "not_found");
        confirm(&party, &case, &etag)
            .await
            .refused(404, "not_found");
        assert_eq!(listed(party.get("/v1/agreements").await.json()), 0);
        // The party that replaced it reads the current case.
        let new = app.officer(IRAPUATO).await;
        new.get(&one(&case)).await.expect(200);
        new.get(&file).await.expect(200);
        // Added again, the first one can read it again and must confirm.
        let etag = lead.get(&one(&case)).await.etag();
        lead.patch(&one(&case), &etag, &parties(&[ZAPOPAN]))
            .await
            .expect(200);
        assert!(!confirmed(&party, &case).await);
        new.get(&one(&case)).await.refused(404, "not_found");
        app.client(Role::Liaison, JALISCO)
            .await
            .get(&one(&case))
            .await
            .refused(404, "not_found");
    })
    .await;
}
