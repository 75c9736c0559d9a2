//! Announcements of negotiations: what they say, to whom, and that nothing else is sent.

use super::scenes::Scenes;
use crate::tools::one;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::{AgreementContent, Stage};
use vinculo_domain::legal_date::LegalDate;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// Everything that a client reads of a case, byte for byte, and its line in the list.
async fn everything(client: &Client, case: &str) -> Vec<String> {
    let mut read = Vec::new();
    for part in [
        "",
        "/history",
        "/documents",
        "/text-sets",
        "/turns",
        "/clauses",
        "/text-comparison",
        "/remarks",
        "/assignments",
    ] {
        let answer = client.get(&format!("{}{part}", one(case))).await;
        let tag = answer.header("etag");
        read.push(format!("{} {tag:?} {}", answer.status, answer.text()));
    }
    for query in ["", "&q=Kioto", "&q=Despues"] {
        let list = client
            .get(&format!("/v1/agreements?limit=200{query}"))
            .await;
        let list = list.expect(200).json();
        let items = list["items"].as_array().unwrap().iter();
        let lines: Vec<String> = items
            .filter(|item| item["id"] == case)
            .map(Value::to_string)
            .collect();
        read.push(format!("{query}: {lines:?}"));
    }
    // A refusal has the id of its request.
    let guide = client.get(&format!("{}/guide", one(case))).await;
    read.push(format!("guide {}", guide.status));
    read
}

async fn announce(officer: &Client, case: &str, share: bool) {
    let body = json!({"action": "announce", "share_with_state": share});
    officer.transition(case, &body).await.expect(200);
}

async fn lookers(app: &TestApp) -> [Client; 3] {
    [
        app.officer(GUADALAJARA).await,
        app.client(Role::Liaison, SRE).await,
        app.client(Role::Liaison, JALISCO).await,
    ]
}

// row: 003-05, 004-02, 002-14
// operations: transition_agreement, get_agreement, list_agreements, list_agreement_history, list_documents, list_text_sets, get_agreement_turns, get_clauses, get_text_comparison, list_remarks, list_agreement_assignments, get_agreement_guide
#[actix_web::test]
async fn five_facts_are_told_and_nothing_that_comes_after() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, true).await;
        let [officer, sre, state] = lookers(&app).await;
        let case = scenes.draft(scenes.content().await).await;
        let id = case.to_string();
        announce(&officer, &id, false).await;
        state.get(&one(&id)).await.refused(404, "not_found");

        let told = sre.get(&one(&id)).await.expect(200).json();
        let keys: Vec<&String> = told.as_object().unwrap().keys().collect();
        let named = [
            "assigned_to",
            "compliance",
            "counterpart",
            "country",
            "due_on",
            "external_ids",
            "id",
            "kind",
            "level",
            "owner",
            "planned_signing_on",
            "priority",
            "recorded_in_error",
            "signed_on",
            "stage",
            "themes",
            "title",
            "updated_at",
            "version",
            "waiting_for",
        ];
        assert_eq!(keys, named);
        // Due date and assignment are not shown to others.
        for (key, value) in [("due_on", Value::Null), ("assigned_to", Value::Null)] {
            assert_eq!(told[key], value, "{key}");
        }
        assert_eq!(told["priority"], "normal");
        assert_eq!(told["waiting_for"], "owner");
        assert_eq!(told["country"], "JP");
        assert!(told["counterpart"].as_str().unwrap().starts_with("Kioto"));
        assert_eq!(told["kind"], "twinning");
        assert_eq!(told["themes"], json!(["culture"]));
        assert_eq!(told["planned_signing_on"], "2027");
        let history = sre.get(&format!("{}/history", one(&id))).await.json();
        let lines = history["items"].as_array().unwrap();
        assert_eq!(lines.len(), 1);
        let line = &lines[0];
        assert_eq!(line["action"], "announce");
        assert_eq!(
            (&line["from_stage"], &line["note"], &line["person_id"]),
            (&json!(null), &json!(null), &json!(null))
        );
        for part in ["documents", "text-sets"] {
            let list = sre
                .get(&format!("{}/{part}", one(&id)))
                .await
                .expect(200)
                .json();
            assert_eq!(list["items"], json!([]), "{part}");
        }
        // It has no seat in the case yet.
        let paper = vinculo_api::fixtures::pdf("nota");
        sre.attach(&id, "other", None, &paper)
            .await
            .refused(409, "wrong_stage");
        let accept = json!({"action": "return_to_owner", "remarks": [{"text": "Precise."}]});
        sre.transition(&id, &accept)
            .await
            .refused(409, "wrong_stage");
        // Deleting the case does not undo an announcement.
        let tag = officer.get(&one(&id)).await.etag();
        let refused = officer.delete(&one(&id), &tag).await;
        let said = refused.refused(409, "wrong_stage").json()["detail"].clone();
        let said = said.as_str().unwrap();
        assert!(
            said.starts_with("Solo puede eliminarse un borrador"),
            "{said}"
        );

        let before = everything(&sre, &id).await;
        let other = app.counterpart(&scenes.cast.officer, "Osaka").await;
        let change = move |content: &AgreementContent| AgreementContent {
            title: "Despues".into(),
            objective: Some("Un secreto".into()),
            counterparts: vec![other],
            themes: vec!["education".into()],
            planned_signing_on: LegalDate::parse("2030").ok(),
            ..content.clone()
        };
        scenes.cast.officer.edit(case, change).await.unwrap();
        scenes.cast.officer.texts(case, &["es"]).await.unwrap();
        scenes.confirm(case).await;
        assert_eq!(everything(&sre, &id).await, before);
        // After a second announcement it reads the new content.
        announce(&officer, &id, false).await;
        let told = sre.get(&one(&id)).await.expect(200).json();
        assert_eq!(
            (&told["title"], &told["themes"]),
            (&json!("Despues"), &json!(["education"]))
        );
        assert_eq!(told["planned_signing_on"], "2030");
        assert!(told["counterpart"].as_str().unwrap().starts_with("Osaka"));
        assert!(!told.to_string().contains("Kioto"), "{told}");
        state.get(&one(&id)).await.refused(404, "not_found");
    })
    .await;
}

// row: 003-05, 004-02, 002-14
// operations: transition_agreement, get_agreement, list_agreement_history, get_agreement_turns
#[actix_web::test]
async fn who_is_told_learns_only_that_it_was_given_up() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        let [officer, sre, state] = lookers(&app).await;
        let case = scenes.bring("announced").await;
        let id = case.to_string();
        let told = everything(&sre, &id).await;
        let state_told = everything(&state, &id).await;
        assert_eq!(state_told[0].split(' ').next(), Some("200"));
        // Announced to Jalisco only once, Jalisco does not learn that SRE was told again.
        announce(&officer, &id, false).await;
        assert_eq!(everything(&state, &id).await, state_told);
        assert_ne!(everything(&sre, &id).await, told);
        // Submitted to Jalisco, returned, sent again: SRE still reads only the announcement.
        let told = everything(&sre, &id).await;
        scenes.cast.carry(case, Stage::Returned).await.unwrap();
        let request = vinculo_domain::agreements::CaseAction::Resubmit;
        scenes
            .step(&scenes.cast.officer, case, request)
            .await
            .unwrap();
        assert_eq!(everything(&sre, &id).await, told);
        let view = state.get(&one(&id)).await.json();
        assert_eq!(
            (&view["level"], &view["stage"]),
            (&json!("submitted"), &json!("state_review"))
        );

        let reason = "Una razón del cabildo";
        let withdraw = json!({"action": "withdraw", "reason": reason});
        officer.transition(&id, &withdraw).await.expect(200);
        let view = sre.get(&one(&id)).await.expect(200).json();
        assert_eq!(
            (&view["level"], &view["stage"]),
            (&json!("summary"), &json!("withdrawn"))
        );
        let history = sre.get(&format!("{}/history", one(&id))).await.json();
        let lines: Vec<Value> = history["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| json!([line["action"], line["from_stage"], line["note"]]))
            .collect();
        // Neither the stage it was in nor the reason is shown.
        let nothing = Value::Null;
        assert_eq!(
            lines,
            [
                json!(["withdraw", nothing, nothing]),
                json!(["announce", nothing, nothing]),
                json!(["announce", nothing, nothing]),
            ]
        );
        let turns = sre.get(&format!("{}/turns", one(&id))).await.expect(200);
        let turns = turns.json();
        assert_eq!(
            (&turns["count"], &turns["turns"], &turns["totals"]),
            (&json!(0), &json!([]), &json!([]))
        );
        for text in everything(&sre, &id).await {
            assert!(
                !text.contains("state_review") && !text.contains(reason),
                "{text}"
            );
        }
    })
    .await;
}

// row: 003-05
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn a_state_announces_to_sre_alone() {
    on_both(|app| async move {
        let case = app.case_in(JALISCO, Stage::Draft).await.to_string();
        let officer = app.officer(JALISCO).await;
        announce(&officer, &case, true).await;
        let grants =
            format!("agreement_grants WHERE agreement_id = '{case}' AND level = 'summary'");
        assert_eq!(app.scratch.count(&grants), 1);
        let sre = app.client(Role::Viewer, SRE).await;
        assert_eq!(
            sre.get(&one(&case)).await.expect(200).json()["level"],
            "summary"
        );
        // After the submission it reads what was submitted.
        officer
            .transition(&case, &json!({"action": "submit"}))
            .await
            .expect(200);
        let view = sre.get(&one(&case)).await.expect(200).json();
        assert_eq!(
            (&view["level"], &view["stage"]),
            (&json!("submitted"), &json!("federal_intake"))
        );
        assert_eq!(
            view["submission"]["content"]["own_powers"],
            json!(["73-XXIX-NN"])
        );
    })
    .await;
}
