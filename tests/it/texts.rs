//! Versions of the texts with their clauses: what is accepted, who can read which, the signed text.

mod comparison;
mod signed;

use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

pub fn clause(model: &str, number: &str, text: &str) -> Value {
    let model = Some(model).filter(|model| !model.is_empty());
    json!({"model": model, "number": number, "heading": format!("Título {number}"), "text": text})
}

pub fn text(language: &str, clauses: &[Value]) -> Value {
    json!({"language": language, "authenticity": "authentic", "clauses": clauses})
}

/// A text that is only a translation.
pub fn translation(language: &str, clauses: &[Value]) -> Value {
    json!({"language": language, "authenticity": "translation", "clauses": clauses})
}

pub fn path(case: &str, part: &str) -> String {
    format!("/v1/agreements/{case}{part}")
}

/// The errors of a problem, by pointer.
pub fn pointers(problem: &Value) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().unwrap().iter();
    errors
        .map(|error| {
            let said = |key: &str| error[key].as_str().unwrap().to_owned();
            (said("pointer"), said("code"))
        })
        .collect()
}

async fn numbers(client: &Client, case: &str) -> Vec<i64> {
    let list = client.get(&path(case, "/text-sets?limit=200")).await;
    let list = list.expect(200).json();
    let items = list["items"].as_array().unwrap().iter();
    items.map(|set| set["number"].as_i64().unwrap()).collect()
}

// row: 002-11, 003-05
// operations: create_text_set, get_text_set, list_text_sets
#[actix_web::test]
async fn a_set_keeps_its_clauses_and_is_read_by_whom_it_was_sent_to() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let two = [
            clause("objective", "Primera", "Uno"),
            clause("", "Segunda", "Dos"),
        ];
        let texts = [text("es", &two), translation("en", &[])];
        let made = officer.text_set(&case, &texts, false).await.expect(201);
        let one = made.header("location").unwrap();
        let set = made.json();
        assert_eq!((&set["number"], &set["signed"]), (&json!(2), &json!(false)));
        assert_eq!(set["texts"][0]["clauses"], json!(two));
        assert_eq!(set["texts"][1]["clauses"], json!([]));
        let read = officer.get(&one).await.expect(200);
        assert_eq!(read.json(), set);
        let list = officer.get(&path(&case, "/text-sets")).await.json();
        let counts = list["items"][0]["texts"].as_array().unwrap().iter();
        let counts: Vec<_> = counts.map(|text| text["clause_count"].clone()).collect();
        assert_eq!(counts, [2, 0]);
        assert!(list["items"][0]["texts"][0].get("clauses").is_none());

        let state = app.client(Role::Liaison, JALISCO).await;
        let nobody = app.nobody().get(&one).await;
        nobody.refused(401, "unauthenticated");
        for stranger in [&state, &app.officer(ZAPOPAN).await] {
            stranger.get(&one).await.refused(404, "not_found");
        }
        officer
            .transition(&case, &json!({"action": "submit"}))
            .await
            .expect(200);
        assert_eq!(state.get(&one).await.expect(200).json(), set);
        assert_eq!(numbers(&state, &case).await, [2]);
        let first = officer.get(&path(&case, "/text-sets")).await.json()["items"][1]["id"].clone();
        let first = path(&case, &format!("/text-sets/{}", first.as_str().unwrap()));
        officer.get(&first).await.expect(200);
        state.get(&first).await.refused(404, "not_found");
        // Another case does not have it.
        let other = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let set = set["id"].as_str().unwrap();
        officer
            .get(&path(&other, &format!("/text-sets/{set}")))
            .await
            .refused(404, "not_found");
    })
    .await;
}

// row: 002-11
// operations: create_text_set
#[actix_web::test]
async fn clauses_are_bounded_and_a_refused_set_leaves_nothing() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let viewer = app.client(Role::Viewer, GUADALAJARA).await;
        let file = officer
            .attach(&case, "text", Some("es"), &pdf("texto"))
            .await;
        let file = file.expect(201).id();
        let rows =
            || ["text_sets", "text_clauses", "history"].map(|table| app.scratch.count(table));
        let before = rows();
        let set = |clauses: &[Value]| {
            let mut text = text("es", clauses);
            text["document_id"] = json!(file);
            json!({"texts": [text]})
        };
        let sets = path(&case, "/text-sets");
        let good = set(&[clause("term", "1", "Cinco años.")]);
        app.nobody()
            .post(&sets, &good)
            .await
            .refused(401, "unauthenticated");
        app.officer(ZAPOPAN)
            .await
            .post(&sets, &good)
            .await
            .refused(404, "not_found");
        viewer.post(&sets, &good).await.refused(403, "forbidden");
        let odd = set(&[json!({"number": "1", "text": "x", "titulo": "x"})]);
        officer
            .post(&sets, &odd)
            .await
            .refused(400, "unknown_field");
        let long = "x".repeat(20_001);
        let wrong = set(&[
            clause("plazo", "1", "a"),
            clause("term", "1.", "b"),
            clause("term", "2", &long),
            clause("term", "3", " "),
        ]);
        let refused = officer
            .post(&sets, &wrong)
            .await
            .refused(422, "validation_failed");
        let at = |place: &str, code: &str| (format!("/texts/0/clauses/{place}"), code.to_owned());
        let wanted = [
            at("0/model", "unknown_key"),
            at("1/number", "repeated"),
            at("2/text", "too_long"),
            at("3/text", "required"),
        ];
        assert_eq!(pointers(&refused.json()), wanted);
        let many: Vec<Value> = (0..101).map(|n| clause("", &n.to_string(), "a")).collect();
        let refused = officer
            .post(&sets, &set(&many))
            .await
            .refused(422, "validation_failed");
        let wanted = ("/texts/0/clauses".to_owned(), "too_many".to_owned());
        assert_eq!(pointers(&refused.json()), [wanted]);
        // The whole request stays within the limit of any body.
        let heavy: Vec<Value> = (0..14)
            .map(|n| clause("", &n.to_string(), &long[1..]))
            .collect();
        let refused = officer.post(&sets, &set(&heavy)).await;
        assert_eq!(refused.status, 413, "{}", refused.code());
        let request = vinculo_tests::Request::new(
            actix_web::http::Method::POST,
            &format!("{sets}?dry_run=true"),
        );
        let rehearsed = officer.send(request.json(&good)).await.expect(200).json();
        assert_eq!(rehearsed["texts"][0]["clauses"][0]["model"], "term");
        assert_eq!(rows(), before);
        officer.post(&sets, &set(&many[..100])).await.expect(201);
        officer.post(&sets, &set(&heavy[..12])).await.expect(201);
    })
    .await;
}

/// What a government reads of the texts of a case, with the ETags.
async fn of_texts(client: &Client, case: &str) -> Vec<String> {
    let mut read = Vec::new();
    for part in [
        "",
        "/text-sets",
        "/clauses",
        "/text-comparison",
        "/remarks",
        "/history",
    ] {
        let answer = client.get(&path(case, part)).await.expect(200);
        read.push(format!(
            "{part} {:?} {}",
            answer.header("etag"),
            answer.text()
        ));
    }
    read
}

// row: 002-11, 003-05
// operations: create_text_set, get_clauses, get_text_comparison, list_remarks
#[actix_web::test]
async fn a_returned_reviewer_learns_nothing_of_a_newer_set() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Returned).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let before = of_texts(&state, &case).await;
        let few = [clause("objective", "1", "Otra cosa.")];
        let made = officer
            .text_set(&case, &[text("es", &few)], false)
            .await
            .expect(201);
        assert_eq!(of_texts(&state, &case).await, before);
        let own = officer.get(&path(&case, "/text-comparison")).await.json();
        assert_eq!(
            (&own["from"]["number"], &own["to"]["number"]),
            (&json!(1), &json!(2))
        );
        assert_eq!(own["differs"], true);
        // By number and by id it appears not to exist.
        let refusal = async |number: i32| {
            let asked = format!("/text-comparison?from=1&to={number}");
            let refused = state.get(&path(&case, &asked)).await;
            let mut problem = refused.refused(422, "validation_failed").json();
            problem["request_id"] = Value::Null;
            problem
        };
        assert_eq!(
            pointers(&refusal(2).await),
            [("to".to_owned(), "unknown_key".to_owned())]
        );
        assert_eq!(refusal(2).await, refusal(99).await);
        let one = made.header("location").unwrap();
        state.get(&one).await.refused(404, "not_found");
        // Sent again, the state may read and compare it.
        let view = officer.get(&path(&case, "")).await.json();
        let answers = json!([{"remark_id": view["remarks"][0]["id"], "text": "Atendido."}]);
        let again = json!({"action": "resubmit", "answers": answers});
        officer.transition(&case, &again).await.expect(200);
        state.get(&one).await.expect(200);
        let seen = state.get(&path(&case, "/text-comparison")).await.json();
        assert_eq!(seen, own);
        let strangers = [
            app.officer(IRAPUATO).await,
            app.client(Role::Liaison, SRE).await,
        ];
        for stranger in &strangers {
            for part in ["/clauses", "/text-comparison", "/remarks"] {
                stranger
                    .get(&path(&case, part))
                    .await
                    .refused(404, "not_found");
                app.nobody()
                    .get(&path(&case, part))
                    .await
                    .refused(401, "unauthenticated");
            }
        }
    })
    .await;
}

/// A case whose only set has these texts, carried to a stage.
pub async fn case_with(app: &TestApp, texts: &[Value], stage: Stage) -> String {
    let case = app.case_in(GUADALAJARA, Stage::Draft).await;
    let officer = app.officer(GUADALAJARA).await;
    let word = case.to_string();
    officer.text_set(&word, texts, false).await.expect(201);
    app.cast(GUADALAJARA)
        .await
        .carry(case, stage)
        .await
        .unwrap();
    word
}
