//! The model clauses and the checklist of a case.

use crate::texts::{case_with, clause, path, text, translation};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, on_both};

fn line<'a>(checklist: &'a Value, model: &str) -> &'a Value {
    let lines = checklist["clauses"].as_array().unwrap();
    lines.iter().find(|line| line["model"] == model).unwrap()
}

/// Its state overall and in each language.
fn states(checklist: &Value, model: &str) -> Value {
    let line = line(checklist, model);
    let languages = line["languages"].as_array().unwrap().iter();
    let languages: Vec<&Value> = languages.map(|one| &one["state"]).collect();
    json!([line["state"], languages])
}

async fn checklist(client: &Client, case: &str) -> Value {
    client.get(&path(case, "/clauses")).await.expect(200).json()
}

// row: 002-11
// operations: get_catalog
#[actix_web::test]
async fn model_clauses_are_a_catalogue_like_the_others() {
    on_both(|app| async move {
        let answer = app.nobody().get("/v1/catalogs/clauses").await.expect(200);
        let catalog = answer.json();
        assert_eq!(
            answer.etag(),
            format!("\"{}\"", catalog["version"].as_str().unwrap())
        );
        let entries = catalog["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 18);
        let plan = entries
            .iter()
            .find(|entry| entry["code"] == "annual_operating_plan")
            .unwrap();
        assert_eq!(
            plan["label"],
            json!({"es": "Programa operativo anual (POA)", "en": "Annual operating plan (POA)"})
        );
        let attributes = &plan["attributes"];
        assert_eq!(
            (&attributes["twinning"], &attributes["specific_cooperation"]),
            (&json!("expected"), &json!("advised"))
        );
        for entry in entries {
            assert!(
                !entry["attributes"]["source"].as_str().unwrap().is_empty(),
                "{entry}"
            );
        }
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let seen = checklist(&app.officer(GUADALAJARA).await, &case).await;
        assert_eq!(seen["catalog_version"], catalog["version"]);
        assert_eq!(seen["clauses"].as_array().unwrap().len(), 18);
        assert_eq!(line(&seen, "insurance")["weight"], "advised");
        assert_eq!(states(&seen, "insurance"), json!(["present", ["present"]]));
    })
    .await;
}

// row: 002-11
// operations: get_clauses, create_text_set
#[actix_web::test]
async fn the_checklist_goes_language_by_language_and_knows_parity() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let draft = json!({"kind": "twinning", "title": "Sin textos"});
        let empty = officer
            .post("/v1/agreements", &draft)
            .await
            .expect(201)
            .id();
        let nothing = checklist(&officer, &empty).await;
        assert_eq!(
            (&nothing["text_set"], &nothing["parity"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(states(&nothing, "term"), json!(["unknown", []]));

        let es = [
            clause("objective", "Primera", "a"),
            clause("objective", "Segunda", "b"),
            clause("", "Tercera", "c"),
        ];
        let en = [
            clause("objective", "1", "a"),
            clause("objective", "2", "b"),
            clause("", "3", "c"),
        ];
        let fr = [clause("term", "1", "d")];
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let put = async |texts: &[Value]| {
            officer.text_set(&case, texts, false).await.expect(201);
            checklist(&officer, &case).await
        };
        let seen = put(&[text("es", &es), text("en", &en), translation("fr", &fr)]).await;
        assert_eq!(
            (&seen["text_set"], &seen["parity"]),
            (&json!(2), &json!(true))
        );
        assert_eq!(
            states(&seen, "objective"),
            json!(["present", ["present", "present", "missing"]])
        );
        assert_eq!(
            states(&seen, "term"),
            json!(["missing", ["missing", "missing", "present"]])
        );
        let found = &line(&seen, "objective")["languages"];
        assert_eq!(found[0]["numbers"], json!(["Primera", "Segunda"]));
        assert_eq!(
            (&found[1]["language"], &found[1]["numbers"]),
            (&json!("en"), &json!(["1", "2"]))
        );
        // One binding language with other clauses, and one without any.
        let seen = put(&[
            text("es", &es),
            text("en", &en[1..]),
            translation("fr", &fr),
        ])
        .await;
        assert_eq!(seen["parity"], false);
        let seen = put(&[text("es", &es), text("en", &[])]).await;
        assert_eq!(seen["parity"], Value::Null);
        assert_eq!(
            states(&seen, "objective"),
            json!(["unknown", ["present", "unknown"]])
        );
        assert_eq!(
            states(&seen, "term"),
            json!(["missing", ["missing", "unknown"]])
        );
        let seen = put(&[text("es", &[])]).await;
        let lines = seen["clauses"].as_array().unwrap();
        assert!(
            lines.iter().all(|line| line["state"] == "unknown"),
            "{seen}"
        );
        // The checklist is guidance: the case moves on without any of these clauses.
        officer
            .transition(&case, &json!({"action": "submit"}))
            .await
            .expect(200);
        assert_eq!(checklist(&state, &case).await["text_set"], 5);
        let kind = json!({"kind": "statement_of_intent", "title": "Carta de intención"});
        let letter = officer.post("/v1/agreements", &kind).await.expect(201).id();
        let seen = checklist(&officer, &letter).await;
        assert_eq!(seen["kind"], "statement_of_intent");
        assert_eq!(seen["clauses"].as_array().unwrap().len(), 5);
    })
    .await;
}

// row: 002-11, 003-05
// operations: get_clauses, transition_agreement, list_remarks
#[actix_web::test]
async fn an_observed_clause_is_answered_in_round_two() {
    on_both(|app| async move {
        let clauses = |text: &str| [clause("objective", "Primera", "a"), clause("financing", "Segunda", text)];
        let english = [clause("objective", "1", "a"), clause("financing", "2", "b")];
        let texts = [text("es", &clauses("b")), text("en", &english)];
        let case = case_with(&app, &texts, Stage::LegalReview).await;
        let officer = app.officer(GUADALAJARA).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let present = json!(["present", ["present", "present"]]);
        assert_eq!(states(&checklist(&legal, &case).await, "financing"), present);
        let observe = json!({"action": "observe", "observations": [
            {"text": "Distinga a las partes.", "language": "es", "clause": "SEGUNDA"},
            {"text": "Falta.", "clause": "insurance"},
        ]});
        legal.transition(&case, &observe).await.expect(200);
        for reader in [&officer, &legal] {
            let seen = checklist(reader, &case).await;
            assert_eq!(states(&seen, "financing"), json!(["observed", ["observed", "present"]]));
            assert_eq!(states(&seen, "insurance"), json!(["observed", ["observed", "observed"]]));
            assert_eq!(line(&seen, "insurance")["languages"][0]["numbers"], json!([]));
            assert_eq!(states(&seen, "objective"), present);
        }
        // The state does not learn what the ministry observed.
        assert_eq!(states(&checklist(&state, &case).await, "financing"), present);

        // The new version renumbers the clause; the observation stays with its model clause.
        let three = [clause("objective", "Primera", "a"), clause("insurance", "Segunda", "c"), clause("financing", "Tercera", "d")];
        let again = [clause("objective", "1", "a"), clause("insurance", "2", "c"), clause("financing", "3", "d")];
        officer.text_set(&case, &[text("es", &three), text("en", &again)], false).await.expect(201);
        let seen = checklist(&officer, &case).await;
        assert_eq!((&seen["text_set"], &seen["parity"]), (&json!(3), &json!(true)));
        assert_eq!(states(&seen, "financing"), json!(["observed", ["observed", "present"]]));
        assert_eq!(line(&seen, "financing")["languages"][0]["numbers"], json!(["Tercera"]));
        assert_eq!(checklist(&legal, &case).await["text_set"], 2);
        let open = officer.get(&path(&case, "/remarks?open=true")).await.json();
        let answers: Vec<Value> = open["items"].as_array().unwrap().iter()
            .map(|remark| json!({"remark_id": remark["id"], "text": "Atendido."})).collect();
        let resubmit = json!({"action": "resubmit", "answers": answers});
        officer.transition(&case, &resubmit).await.expect(200);
        for reader in [&officer, &legal] {
            let seen = checklist(reader, &case).await;
            assert_eq!(seen["text_set"], 3);
            assert_eq!(states(&seen, "financing"), present);
            assert_eq!(states(&seen, "insurance"), present);
        }
        assert_eq!(checklist(&state, &case).await["text_set"], 2);
        // Round two: the answered observations keep their answers, a new one gets its own.
        let observe = json!({"action": "observe", "observations": [{"text": "Aún no.", "clause": "financing"}]});
        legal.transition(&case, &observe).await.expect(200);
        let list = officer.get(&path(&case, "/remarks")).await.json();
        let rounds: Vec<Value> = list["items"].as_array().unwrap().iter()
            .map(|one| json!([one["submission"], one["text_set"], one["clause_model"], one["answer"], one["answered_at"].is_null()])).collect();
        let wanted = [
            json!([2, 3, "financing", null, true]),
            json!([1, 2, "insurance", "Atendido.", false]),
            json!([1, 2, "financing", "Atendido.", false]),
        ];
        assert_eq!(rounds, wanted);
    })
    .await;
}
