//! The signed text compared with the text of the opinion.

use super::{case_with, clause, path, pointers, text, translation};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

fn spanish(years: &str) -> Value {
    let term = format!("Estará vigente {years} años.");
    let third = clause("settlement_of_disputes", "Tercera", "De común acuerdo.");
    text(
        "es",
        &[
            clause("objective", "Primera", "Cooperan en cultura."),
            clause("term", "Segunda", &term),
            third,
        ],
    )
}

fn english(years: &str) -> Value {
    let term = format!("It stays in force for {years} years.");
    let third = clause("settlement_of_disputes", "3", "By common accord.");
    text(
        "en",
        &[
            clause("objective", "1", "They cooperate in culture."),
            clause("term", "2", &term),
            third,
        ],
    )
}

fn french(years: &str) -> Value {
    translation(
        "fr",
        &[clause(
            "term",
            "1",
            &format!("Il reste en vigueur {years} ans."),
        )],
    )
}

/// Adds the signed text and sends the case to the registry; gives what the registrar reads.
async fn sent(app: &TestApp, case: &str, texts: &[Value]) -> (Client, Value) {
    let officer = app.officer(GUADALAJARA).await;
    let registrar = app.client(Role::Registrar, SRE).await;
    if !texts.is_empty() {
        officer.text_set(case, texts, true).await.expect(201);
    }
    let before = registrar.get(&path(case, "")).await.json();
    assert_eq!(before["signed_text_differs"], Value::Null);
    let send = json!({"action": "send_to_registry"});
    officer.transition(case, &send).await.expect(200);
    let view = registrar.get(&path(case, "")).await.expect(200).json();
    let own = officer.get(&path(case, "")).await.json();
    assert_eq!(own["signed_text_differs"], view["signed_text_differs"]);
    (registrar, view["signed_text_differs"].clone())
}

// row: 002-11, 003-05
// operations: get_text_comparison, create_text_set, transition_agreement, get_agreement
#[actix_web::test]
async fn a_counterpart_changes_a_clause_between_opinion_and_signature() {
    on_both(|app| async move {
        let reviewed = [spanish("cinco"), english("five"), french("cinq")];
        let case = case_with(&app, &reviewed, Stage::Signed).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let told = state.get(&path(&case, "/text-comparison")).await.expect(200).text();
        let signed = [spanish("cinco"), english("fifty"), french("cinq")];
        let (registrar, differs) = sent(&app, &case, &signed).await;
        assert_eq!(differs, true);

        let compared = registrar.get(&path(&case, "/text-comparison")).await.expect(200).json();
        assert_eq!(compared["from"], json!({"number": 2, "signed": false}));
        assert_eq!(compared["to"], json!({"number": 3, "signed": true}));
        assert_eq!(compared["differs"], true);
        let languages: Vec<_> = compared["languages"].as_array().unwrap().iter()
            .map(|one| json!([one["language"], one["differs"]])).collect();
        assert_eq!(languages, [json!(["es", false]), json!(["en", true]), json!(["fr", false])]);
        let english = compared["languages"][1]["clauses"].as_array().unwrap();
        let changes: Vec<_> = english.iter().map(|one| one["change"].as_str().unwrap()).collect();
        assert_eq!(changes, ["same", "changed", "same"]);
        let pieces = json!([
            {"change": "same", "text": "It stays in force for"}, {"change": "removed", "text": "five"},
            {"change": "added", "text": "fifty"}, {"change": "same", "text": "years."},
        ]);
        assert_eq!((&english[1]["model"], &english[1]["difference"]), (&json!("term"), &pieces));
        let back = registrar.get(&path(&case, "/text-comparison?from=3&to=2")).await.expect(200).json();
        assert_eq!(back["languages"][1]["clauses"][1]["difference"][1], json!({"change": "removed", "text": "fifty"}));

        // The registrar cannot declare the text the same, and the attempt changes nothing.
        let inscriptions = app.scratch.count("inscriptions");
        let same = json!({"action": "register", "text_matches": true});
        let refused = registrar.transition(&case, &same).await.refused(422, "validation_failed").json();
        assert_eq!(pointers(&refused), [("/text_matches".to_owned(), "text_differs".to_owned())]);
        let said = refused["errors"][0]["detail"].as_str().unwrap();
        assert!(said.contains(&path(&case, "/text-comparison?from=2&to=3")), "{said}");
        assert_eq!(app.scratch.count("inscriptions"), inscriptions);
        assert_eq!(registrar.get(&path(&case, "")).await.json()["stage"], "pending_registration");
        // A text that matches has no difference to explain.
        let both = json!({"action": "register", "text_matches": true, "difference": "La contraparte amplió el plazo."});
        let refused = registrar.transition(&case, &both).await.refused(422, "validation_failed").json();
        assert_eq!(pointers(&refused), [("/difference".to_owned(), "text_matches".to_owned())]);
        let silent = json!({"action": "register", "text_matches": false});
        registrar.transition(&case, &silent).await.refused(422, "validation_failed");
        let explained = json!({"action": "register", "text_matches": false, "difference": "La contraparte amplió el plazo."});
        registrar.transition(&case, &explained).await.expect(200);

        // The state forwarded the case but was not sent the signed text.
        let asked = state.get(&path(&case, "/text-comparison?from=2&to=3")).await;
        let refused = asked.refused(422, "validation_failed").json();
        assert_eq!(pointers(&refused), [("to".to_owned(), "unknown_key".to_owned())]);
        assert_eq!(state.get(&path(&case, "/text-comparison")).await.text(), told);
        assert_eq!(state.get(&path(&case, "")).await.json()["signed_text_differs"], Value::Null);
    })
    .await;
}

// row: 003-05
// operations: transition_agreement, get_agreement, create_text_set
#[actix_web::test]
async fn what_does_not_bind_or_has_no_clauses_stops_no_inscription() {
    on_both(|app| async move {
        let reviewed = [spanish("cinco"), english("five"), french("cinq")];
        let register = json!({"action": "register", "text_matches": true});
        let bare = |text: &Value| json!({"language": text["language"], "authenticity": text["authenticity"]});
        let signed = [
            (vec![spanish("cinco"), english("five"), french("dix")], json!(false)),
            (vec![spanish("cinco"), bare(&english("five")), french("cinq")], Value::Null),
            (Vec::new(), Value::Null),
        ];
        for (signed, told) in signed {
            let case = case_with(&app, &reviewed, Stage::Signed).await;
            let (registrar, differs) = sent(&app, &case, &signed).await;
            assert_eq!(differs, told, "{signed:?}");
            registrar.transition(&case, &register).await.expect(200);
        }
        // It was reviewed without clauses, so there is nothing to compare the signed text with.
        let case = case_with(&app, &[bare(&spanish("cinco"))], Stage::Signed).await;
        let (registrar, differs) = sent(&app, &case, &[spanish("diez")]).await;
        assert_eq!(differs, Value::Null);
        registrar.transition(&case, &register).await.expect(200);
        // A language that is no longer binding in the signed text is a difference.
        let case = case_with(&app, &reviewed, Stage::Signed).await;
        let (registrar, differs) = sent(&app, &case, &[spanish("cinco")]).await;
        assert_eq!(differs, true);
        registrar.transition(&case, &register).await.refused(422, "validation_failed");
    })
    .await;
}

// row: 002-11
// operations: get_text_comparison
#[actix_web::test]
async fn a_comparison_starts_where_the_caller_may_know_and_changes_its_tag_with_the_case() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let first = officer.get(&path(&case, "/text-comparison")).await.expect(200);
        let numbers = |seen: &Value| json!([seen["from"]["number"], seen["to"]["number"], seen["differs"]]);
        assert_eq!(numbers(&first.json()), json!([1, 1, false]));
        officer.text_set(&case, &[spanish("cinco")], false).await.expect(201);
        let second = officer.get(&path(&case, "/text-comparison")).await;
        assert_eq!(numbers(&second.json()), json!([1, 2, true]));
        assert_ne!(first.etag(), second.etag());
        let request = vinculo_tests::Request::new(actix_web::http::Method::GET, &path(&case, "/text-comparison"));
        let same = officer.send(request.header("if-none-match", &second.etag())).await;
        assert_eq!(same.status, 304);
        for query in ["from=x", "from=1.5", "version=1", "from=1&from=2"] {
            let refused = officer.get(&path(&case, &format!("/text-comparison?{query}"))).await;
            refused.refused(400, "invalid_parameter");
        }
        for (query, pointer) in [("from=0", "from"), ("from=3", "from"), ("to=-1", "to")] {
            let refused = officer.get(&path(&case, &format!("/text-comparison?{query}"))).await;
            let refused = refused.refused(422, "validation_failed").json();
            assert_eq!(pointers(&refused), [(pointer.to_owned(), "unknown_key".to_owned())]);
        }
        // A case without texts has nothing to compare.
        let draft = json!({"kind": "twinning", "title": "Sin textos"});
        let empty = officer.post("/v1/agreements", &draft).await.expect(201).id();
        let nothing = officer.get(&path(&empty, "/text-comparison")).await.expect(200).json();
        assert_eq!(nothing, json!({"agreement_id": empty, "from": null, "to": null, "differs": null, "languages": []}));
    })
    .await;
}
