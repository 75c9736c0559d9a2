//! The main job, end to end: from a municipality's draft to the public registry.

use serde_json::json;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_all};

// row: 000-23, 003-05, 004-02
// operations: create_agreement, transition_agreement, get_inscription
#[actix_web::test]
async fn an_agreement_goes_from_draft_to_registry() {
    on_all(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let intake = app.client(Role::Liaison, SRE).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let registrar = app.client(Role::Registrar, SRE).await;

        let counterpart = officer.post("/v1/counterparts", &TestApp::counterpart_json("Ciudad de Kioto")).await.expect(201).id();
        let draft = json!({
            "kind": "twinning", "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto", "counterparts": [counterpart], "themes": ["culture"],
            "sdg_targets": ["11.4"], "languages": ["es", "ja"], "own_powers": ["73-XXIX-NN"], "validity": {"term": "indefinite"},
        });
        let case = officer.post("/v1/agreements", &draft).await.expect(201).id();
        let one = format!("/v1/agreements/{case}");
        // Only the owner knows of a draft.
        for client in [&state, &intake, &legal, &registrar] {
            client.get(&one).await.refused(404, "not_found");
        }
        officer.transition(&case, &json!({"action": "submit"})).await.refused(422, "incomplete");

        let mut texts = Vec::new();
        for language in ["es", "ja"] {
            let document = officer.attach(&case, "text", Some(language), &pdf(language)).await.expect(201).id();
            texts.push(json!({"language": language, "authenticity": "authentic", "document_id": document}));
        }
        officer.post(&format!("{one}/text-sets"), &json!({"texts": texts})).await.expect(201);
        let minutes = officer.attach(&case, "council_minutes", None, &pdf("acta")).await.expect(201).id();
        let etag = officer.get(&one).await.etag();
        let approval = json!({"council_approval": {"session_on": "2026-09-01", "document_id": minutes, "members": 19, "votes_for": 15, "votes_against": 4}});
        let view = officer.patch(&one, &etag, &approval).await.expect(200).json();
        assert_eq!(view["council_two_thirds_met"], true);

        let sent = officer.transition(&case, &json!({"action": "submit", "note": "Va."})).await.expect(200).json();
        assert_eq!(sent["stage"], "state_review");
        intake.get(&one).await.refused(404, "not_found");
        let seen = state.get(&one).await.expect(200).json();
        assert_eq!((seen["level"].as_str(), seen["submission"]["number"].as_i64()), (Some("submitted"), Some(1)));
        assert!(seen.get("draft").is_none());

        state.transition(&case, &json!({"action": "forward", "note": "Sin inconveniente."})).await.expect(200);
        let checklist = json!(["parties", "own_powers", "spanish_text", "other_languages", "council_minutes"]);
        intake.transition(&case, &json!({"action": "accept", "file_number": "DGCP-0117", "checklist": checklist})).await.expect(200);
        let opinion = legal.attach(&case, "opinion", None, &pdf("dictamen")).await.expect(201).id();
        // Nobody else can read a pending opinion.
        officer.get(&format!("{one}/documents/{opinion}")).await.refused(404, "not_found");
        let issue = json!({"action": "issue_opinion", "result": "favorable", "number": "CJA-1", "issued_on": "2026-10-30", "document_id": opinion});
        legal.transition(&case, &issue).await.expect(200);
        officer.get(&format!("{one}/documents/{opinion}")).await.expect(200);

        let signature = json!({
            "action": "record_signature", "signed_on": "2026-11-10", "place": "Guadalajara",
            "signatories": [
                {"side": "mexican", "party": GUADALAJARA, "name": "Persona Uno", "post": "Presidenta municipal", "capacity": "Titular"},
                {"side": "counterpart", "party": counterpart, "name": "Persona Dos", "post": "Alcalde", "capacity": "Titular"},
            ],
            "originals": [{"language": "es", "authenticity": "authentic", "count": 2}, {"language": "ja", "authenticity": "authentic", "count": 2}],
        });
        officer.transition(&case, &signature).await.expect(200);
        officer.transition(&case, &json!({"action": "send_to_registry"})).await.refused(422, "incomplete");
        officer.attach(&case, "signed_copy", Some("es"), &pdf("firmado")).await.expect(201);
        officer.transition(&case, &json!({"action": "send_to_registry"})).await.expect(200);
        let done = registrar.transition(&case, &json!({"action": "register", "text_matches": true})).await.expect(200).json();
        let number = done["inscription"].as_str().unwrap().to_owned();

        let nobody = app.nobody();
        let public = nobody.get(&format!("/v1/registry/{number}")).await.expect(200).json();
        assert_eq!(public["parties"][0]["name"], "Guadalajara");
        let document = public["documents"][0]["id"].as_str().unwrap();
        let bytes = nobody.get(&format!("/v1/registry/{number}/documents/{document}/content")).await.expect(200).body;
        assert_eq!(bytes, pdf("firmado"));
        for query in ["state=14", "municipality=14039", "tier=municipality", "kind=twinning", "country=JP", "theme=culture", "sdg=11", "sdg=11.4", "signed_from=2026-11", "signed_to=2026", "q=kiot%20guadala"] {
            let list = nobody.get(&format!("/v1/registry?{query}")).await.expect(200).json();
            assert_eq!(list["items"][0]["number"], number.as_str(), "{query}");
        }
        for query in ["state=11", "country=FR", "signed_from=2026-12", "signed_to=2025", "q=osaka", "theme=trade"] {
            let list = nobody.get(&format!("/v1/registry?{query}")).await.expect(200).json();
            assert_eq!(list["items"], json!([]), "{query}");
        }
        let history = officer.get(&format!("{one}/history?limit=200")).await.expect(200).json();
        assert_eq!(history["items"].as_array().unwrap().len(), 14);
        assert_eq!(app.scratch.count("history"), app.scratch.count("audit_log WHERE outcome = 'done' AND subject_kind = 'agreement'") - 1);
    })
    .await;
}

#[actix_web::test]
async fn a_case_may_be_sent_back_as_it_was_read() {
    on_all(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let counterpart = TestApp::counterpart_json("Ciudad de Lyon");
        let counterpart = officer.post("/v1/counterparts", &counterpart).await.id();
        let draft = json!({"kind": "twinning", "title": "Hermanamiento con Lyon", "counterparts": [counterpart]});
        let case = officer.post("/v1/agreements", &draft).await.expect(201).id();
        let one = format!("/v1/agreements/{case}");
        let read = officer.get(&one).await.expect(200);
        let mut body = read.json();
        let same = officer.patch(&one, &read.etag(), &body).await.expect(200);
        assert_eq!(same.json()["draft"], body["draft"]);
        // Writing to the field that is only shown is refused.
        body = same.json();
        body["parties"][0]["name"] = json!("Otro nombre");
        let refused = officer.patch(&one, &same.etag(), &body).await;
        refused.refused(400, "unknown_field");
        body["parties"] =
            json!([{"government_id": GUADALAJARA, "role": "lead", "body": "Dirección"}]);
        let changed = officer.patch(&one, &same.etag(), &body).await.expect(200);
        assert_eq!(changed.json()["draft"]["parties"][0]["body"], "Dirección");
    })
    .await;
}
