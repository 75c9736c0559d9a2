//! Remarks and observations: what they point to, and who can list which.

use crate::texts::{case_with, clause, path, pointers, text, translation};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

fn texts() -> [Value; 3] {
    let es = [
        clause("objective", "Primera", "a"),
        clause("", "Segunda", "b"),
    ];
    let en = [clause("objective", "1", "a"), clause("", "2", "b")];
    [text("es", &es), text("en", &en), translation("fr", &[])]
}

async fn listed(client: &Client, case: &str, query: &str) -> Vec<Value> {
    let list = client.get(&path(case, &format!("/remarks{query}"))).await;
    let list = list.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

fn words(remarks: &[Value]) -> Vec<&str> {
    remarks
        .iter()
        .map(|one| one["text"].as_str().unwrap())
        .collect()
}

// row: 002-11, 003-05
// operations: transition_agreement
#[actix_web::test]
async fn a_remark_points_to_what_its_author_was_sent() {
    on_both(|app| async move {
        // The first set was never sent, the second was.
        let case = case_with(&app, &texts(), Stage::LegalReview).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let wrong = [
            (json!({"text_set": 1}), "text_set"),
            (json!({"text_set": 3}), "text_set"),
            (json!({"text_set": 0}), "text_set"),
            (json!({"language": "ja"}), "language"),
            (json!({"text_set": 2, "language": "español"}), "language"),
            (json!({"language": "es", "clause": "1"}), "clause"),
            (json!({"language": "en", "clause": "Primera"}), "clause"),
            (json!({"clause": "Cuarta"}), "clause"),
            (json!({"clause": ""}), "clause"),
        ];
        let rows = || ["remarks", "history", "opinions"].map(|table| app.scratch.count(table));
        let before = rows();
        for (remark, field) in wrong {
            let mut remark = remark;
            remark["text"] = json!("Precise.");
            let good = json!({"text": "Bien."});
            let observe = json!({"action": "observe", "observations": [good, remark]});
            let refused = legal.transition(&case, &observe).await;
            let refused = refused.refused(422, "validation_failed").json();
            let place = format!("/observations/1/{field}");
            assert_eq!(
                pointers(&refused),
                [(place, "unknown_key".to_owned())],
                "{remark}"
            );
        }
        assert_eq!(rows(), before);
        let good = [
            (
                json!({"text_set": 2, "language": "es", "clause": "objective"}),
                json!("objective"),
            ),
            (
                json!({"language": "en", "clause": "1."}),
                json!("objective"),
            ),
            (json!({"clause": "título segunda"}), Value::Null),
            (json!({"language": "es", "clause": "term"}), json!("term")),
            // This text came without clauses, so any clause words are accepted.
            (json!({"language": "fr", "clause": "L'annexe"}), Value::Null),
            (json!({}), Value::Null),
        ];
        let observations: Vec<Value> = good
            .iter()
            .map(|(remark, _)| {
                let mut remark = remark.clone();
                remark["text"] = json!("Precise.");
                remark
            })
            .collect();
        let observe = json!({"action": "observe", "observations": observations});
        let view = legal.transition(&case, &observe).await.expect(200).json();
        let seen = view["remarks"].as_array().unwrap();
        assert_eq!(seen.len(), good.len());
        for (seen, (sent, model)) in seen.iter().zip(&good) {
            assert_eq!(seen["clause_model"], *model, "{seen}");
            assert_eq!(seen["clause"], sent["clause"]);
            // Without a version the newest one sent is used; the round is always the newest one.
            assert_eq!(
                (&seen["text_set"], &seen["submission"]),
                (&json!(2), &json!(1))
            );
            assert_eq!(
                (&seen["kind"], &seen["answered_at"]),
                (&json!("observation"), &Value::Null)
            );
        }
    })
    .await;
}

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn an_earlier_version_may_be_pointed_to_and_the_state_points_to_its_own() {
    on_both(|app| async move {
        let case = case_with(&app, &texts(), Stage::Returned).await;
        let officer = app.officer(GUADALAJARA).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let bare = json!({"language": "es", "authenticity": "authentic"});
        officer.text_set(&case, &[bare], false).await.expect(201);
        let view = officer.get(&path(&case, "")).await.json();
        let answers = json!([{"remark_id": view["remarks"][0]["id"], "text": "Atendido."}]);
        officer.transition(&case, &json!({"action": "resubmit", "answers": answers})).await.expect(200);
        let back = |remark: Value| json!({"action": "return_to_owner", "remarks": [remark]});
        let refused = state.transition(&case, &back(json!({"text": "x", "text_set": 2, "clause": "Novena"}))).await;
        let refused = refused.refused(422, "validation_failed").json();
        assert_eq!(pointers(&refused), [("/remarks/0/clause".to_owned(), "unknown_key".to_owned())]);
        // The new version has no clauses, so clauses are free words as before.
        let both = json!([{"text": "x", "text_set": 2, "language": "es", "clause": "Primera"}, {"text": "y", "clause": "Novena"}]);
        let returned = json!({"action": "return_to_owner", "remarks": both});
        state.transition(&case, &returned).await.expect(200);
        let seen = listed(&state, &case, "?open=true").await;
        let points: Vec<Value> = seen.iter().map(|one| json!([one["text_set"], one["clause"], one["clause_model"], one["submission"]])).collect();
        assert_eq!(points, [json!([3, "Novena", null, 2]), json!([2, "Primera", "objective", 2])]);
    })
    .await;
}

/// A case that the state returned and SRE observed, with two remarks from each.
async fn remarked(app: &TestApp) -> String {
    let case = case_with(app, &texts(), Stage::StateReview).await;
    let officer = app.officer(GUADALAJARA).await;
    let state = app.client(Role::Liaison, JALISCO).await;
    let two = |who: &str| {
        json!([
            {"text": format!("{who} uno"), "language": "es", "clause": "Primera"},
            {"text": format!("{who} dos"), "language": "en"},
        ])
    };
    let back = json!({"action": "return_to_owner", "remarks": two("estado")});
    state.transition(&case, &back).await.expect(200);
    officer.text_set(&case, &texts(), false).await.expect(201);
    let view = officer.get(&path(&case, "")).await.json();
    let answers: Vec<Value> = view["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!({"remark_id": one["id"], "text": "Atendido."}))
        .collect();
    officer
        .transition(&case, &json!({"action": "resubmit", "answers": answers}))
        .await
        .expect(200);
    state
        .transition(&case, &json!({"action": "forward", "note": "Va."}))
        .await
        .expect(200);
    let intake = app.client(Role::Liaison, SRE).await;
    let accept = json!({"action": "accept", "file_number": "DGCP-1", "checklist": vinculo_domain::agreements::CHECKLIST});
    intake.transition(&case, &accept).await.expect(200);
    let legal = app.client(Role::LegalReviewer, SRE).await;
    let observe = json!({"action": "observe", "observations": two("jurídico")});
    legal.transition(&case, &observe).await.expect(200);
    case
}

// row: 003-05
// operations: list_remarks
#[actix_web::test]
async fn remarks_are_listed_to_whom_the_case_shows_them() {
    on_both(|app| async move {
        let case = remarked(&app).await;
        let officer = app.officer(GUADALAJARA).await;
        let state = app.client(Role::Viewer, JALISCO).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let all = ["jurídico dos", "jurídico uno", "estado dos", "estado uno"];
        assert_eq!(words(&listed(&officer, &case, "").await), all);
        assert_eq!(words(&listed(&state, &case, "").await), all[2..]);
        assert_eq!(words(&listed(&legal, &case, "").await), all[..2]);
        for reader in [&officer, &state, &legal] {
            let mut shown = reader.get(&path(&case, "")).await.json()["remarks"]
                .as_array()
                .unwrap()
                .clone();
            shown.reverse();
            assert_eq!(listed(reader, &case, "").await, shown);
        }
        for (query, wanted) in [
            ("?open=true", &all[..2]),
            ("?open=false", &all[2..]),
            ("?kind=observation", &all[..2]),
            ("?kind=remark&language=es", &all[3..]),
            ("?kind=remark,observation", &all[..]),
            ("?kind=remark&language=es,fr", &all[3..]),
            ("?text_set=3", &all[..2]),
            ("?text_set=2", &all[2..]),
            ("?text_set=9", &[]),
            ("?language=fr", &[]),
        ] {
            assert_eq!(
                words(&listed(&officer, &case, query).await),
                wanted,
                "{query}"
            );
        }
        assert_eq!(
            words(&listed(&state, &case, "?open=true").await),
            Vec::<&str>::new()
        );
        assert_eq!(
            words(&listed(&state, &case, "?kind=observation").await),
            Vec::<&str>::new()
        );

        let (mut read, mut next) = (Vec::new(), Some(path(&case, "/remarks?limit=3")));
        while let Some(page) = next {
            let answer = officer.get(&page).await.expect(200);
            read.extend(answer.json()["items"].as_array().unwrap().clone());
            let link = answer.header("link");
            next = link.map(|link| link[1..].split_once('>').unwrap().0.to_owned());
        }
        assert_eq!(words(&read), all);
        let cursor =
            officer.get(&path(&case, "/remarks?limit=1")).await.json()["next_cursor"].clone();
        let cursor = cursor.as_str().unwrap();
        let taken = state
            .get(&path(&case, &format!("/remarks?limit=1&cursor={cursor}")))
            .await;
        taken.refused(400, "invalid_cursor");

        let list = path(&case, "/remarks");
        app.nobody()
            .get(&list)
            .await
            .refused(401, "unauthenticated");
        app.officer(ZAPOPAN)
            .await
            .get(&list)
            .await
            .refused(404, "not_found");
        app.client(Role::Trainer, GUADALAJARA)
            .await
            .get(&list)
            .await
            .refused(404, "not_found");
        for query in [
            "open=si",
            "kind=query",
            "kind=remark,query",
            "limit=0",
            "limit=201",
            "count=true",
            "author=00",
            "text_set=x",
        ] {
            officer
                .get(&format!("{list}?{query}"))
                .await
                .refused(400, "invalid_parameter");
        }
    })
    .await;
}
