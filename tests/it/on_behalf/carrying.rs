//! A case carried for its owner: it needs the letter, every act is marked, and the agent sees
//! nothing else of the owner.

use super::{TLAQUEPAQUE, complete, draft, letter, open, path_for, seen_by};
use crate::tools::{errors, one, points_at};
use serde_json::json;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CHECKLIST, ChecklistItem};
use vinculo_tests::{JALISCO, SRE, TestApp, on_both};

// row: 004-06, 004-03, 003-21
// operations: create_agreement, transition_agreement, create_document, list_agreement_history
#[actix_web::test]
async fn a_case_is_carried_from_the_letter_to_the_signature() {
    on_both(|app| async move {
        let agent = app.officer(JALISCO).await;
        let case = open(&agent, TLAQUEPAQUE).await.id();
        assert_eq!(seen_by(&app, &case).await, [JALISCO]);
        complete(&agent, &case).await;
        // Without the owner's letter it is neither announced nor sent, and the view says so.
        let submit = json!({"action": "submit"});
        for action in ["announce", "submit"] {
            let body = json!({ "action": action });
            let refused = agent.transition(&case, &body).await.refused(422, "incomplete");
            let lacks = vec![("/documents".to_owned(), "received_letter".to_owned())];
            assert_eq!(errors(&refused), lacks);
        }
        letter(&agent, &case).await.expect(201);
        agent.transition(&case, &json!({"action": "announce"})).await.expect(200);
        assert_eq!(seen_by(&app, &case).await, [SRE, JALISCO]);
        let sent = agent.transition(&case, &submit).await.expect(200).json();
        assert_eq!(sent["stage"], "state_review");
        assert_eq!(sent["seats"], json!(["agent", "state_reviewer"]));
        // The state's reviewer and its agent are different people; the liaison is no agent.
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        liaison.transition(&case, &withdraw).await.refused(403, "forbidden");
        let forward = json!({"action": "forward", "note": "Sin inconveniente."});
        agent.transition(&case, &forward).await.refused(403, "forbidden");
        liaison.transition(&case, &forward).await.expect(200);
        let intake = app.client(Role::Liaison, SRE).await;
        let back = json!({"action": "return_to_owner", "remarks": [{"text": "Precise el objeto."}]});
        intake.transition(&case, &back).await.expect(200);
        let view = agent.get(&one(&case)).await.json();
        let answers = json!([{"remark_id": view["remarks"][0]["id"], "text": "Hecho."}]);
        let resubmit = json!({"action": "resubmit", "answers": answers});
        agent.transition(&case, &resubmit).await.expect(200);
        // Only Spanish binds, so there is nothing to look at in other languages.
        let mut there = CHECKLIST.to_vec();
        there.retain(|item| *item != ChecklistItem::OtherLanguages);
        let accept = json!({"action": "accept", "file_number": "DGCP-9", "checklist": there,
            "not_applicable": [{"item": "other_languages", "reason": "Solo consta en español."}]});
        intake.transition(&case, &accept).await.expect(200);
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let opinion = legal.attach(&case, "opinion", None, &pdf("dictamen")).await.expect(201).id();
        let issue = json!({"action": "issue_opinion", "result": "favorable", "number": "CJA-9",
            "issued_on": "2026-10-30", "document_id": opinion});
        legal.transition(&case, &issue).await.expect(200);
        let signatory = |side: &str, party: &str| {
            json!({"side": side, "party": party, "name": "Persona", "post": "Titular", "capacity": "Titular"})
        };
        let counterpart = view["counterparts"][0]["id"].as_str().unwrap();
        let sign = json!({"action": "record_signature", "signed_on": "2026-11-10", "place": "Nara",
            "signatories": [signatory("mexican", TLAQUEPAQUE), signatory("counterpart", counterpart)],
            "originals": [{"language": "es", "authenticity": "authentic", "count": 2}]});
        let signed = agent.transition(&case, &sign).await.expect(200).json();
        assert_eq!(signed["stage"], "signed");
        // Acts done for the owner are marked; a reviewer's acts are not.
        let lines = agent.get(&format!("{}/history?limit=200", one(&case))).await.json();
        for line in lines["items"].as_array().unwrap() {
            let action = line["action"].as_str().unwrap();
            let reviews = ["forward", "return_to_owner", "accept", "issue_opinion"];
            assert_eq!(line["on_behalf"], !reviews.contains(&action), "{line}");
        }
        let acts = "audit_log WHERE tenant_id = '14098' AND acting_tenant = '14'";
        assert!(app.scratch.count(acts) > 8);
        let events = "outbox WHERE tenant_id = '14098' AND acting_tenant = '14098'";
        assert_eq!(app.scratch.count(events), 0);
    })
    .await;
}

// row: 004-06, 002-14
// operations: create_agreement, get_agreement, update_agreement, list_agreements
#[actix_web::test]
async fn an_agent_reaches_nothing_else_of_the_government_it_acts_for() {
    on_both(|app| async move {
        let (state, ministry) = (app.officer(JALISCO).await, app.officer(SRE).await);
        let (mine, theirs) = (
            open(&state, TLAQUEPAQUE).await.id(),
            open(&ministry, TLAQUEPAQUE).await.id(),
        );
        assert_eq!(seen_by(&app, &mine).await, [JALISCO]);
        assert_eq!(seen_by(&app, &theirs).await, [SRE]);
        state.get(&one(&theirs)).await.refused(404, "not_found");
        let list = state
            .get("/v1/agreements?count=true&limit=200")
            .await
            .json();
        assert_eq!(list["total"], 1);
        // Naming another case does not even show that it exists.
        let etag = state.get(&one(&mine)).await.etag();
        let related = json!({"instrument": "amendment", "relates_to": theirs});
        let refused = state.patch(&one(&mine), &etag, &related).await;
        points_at(&refused.expect(422), "/relates_to", "unknown_key");
        // Counterparts: the agent's own and shared ones, but not the other agent's.
        let secret = TestApp::counterpart_json("Ciudad de Reims");
        let secret = ministry
            .post("/v1/counterparts", &secret)
            .await
            .expect(201)
            .id();
        let refused = state.post(&path_for(TLAQUEPAQUE), &draft(&[secret])).await;
        points_at(&refused.expect(422), "/counterparts/0", "unknown_key");
        // Only a case that needs the letter accepts one.
        let officer = app.officer("14039").await;
        let own = officer
            .post("/v1/agreements", &draft(&[]))
            .await
            .expect(201)
            .id();
        let refused = letter(&officer, &own).await;
        points_at(&refused.expect(422), "/kind", "not_yours");
        // A draft that was never sent can be deleted, and the history records by whom.
        let etag = state.get(&one(&mine)).await.etag();
        state.delete(&one(&mine), &etag).await.expect(204);
        assert_eq!(seen_by(&app, &mine).await, Vec::<&str>::new());
        let line = "history WHERE action = 'delete' AND acting_tenant = '14'";
        assert_eq!(app.scratch.count(line), 1);
    })
    .await;
}
