//! The ids that come with a past agreement, or with the row of an import.

use super::{found, ids, name};
use crate::lines::line;
use crate::tools::{one, points_at};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::importing::{Importing, Source};
use vinculo_auth::{Action, Kind, policy};
use vinculo_domain::Role;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::imports::{ImportReport, Parsed, Reading, RowResult, parse};
use vinculo_persistence::Intent;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

const PATH: &str = "/v1/past-agreements";

/// A past agreement of Guadalajara, with the ids that its recorder gives it.
fn past(action: &str, signed_on: &str, values: &[&str]) -> Value {
    let mut body = json!({
        "action": action, "government_id": GUADALAJARA, "kind": "twinning", "title": "Hermanamiento",
        "counterparts": [{"fields": TestApp::counterpart_json("Ciudad de Kioto")}], "signed_on": signed_on,
        "themes": ["culture"], "languages": ["es"], "source": "Periódico Oficial", "reason": "Consta en el archivo.",
        "external_ids": ids(values),
    });
    if action == "record_unreviewed" {
        body["compliance"] = json!("unknown");
    }
    body
}

// row: 003-07, 002-14
// operations: create_past_agreement, list_agreements, get_agreement
#[actix_web::test]
async fn who_records_a_past_agreement_finds_it_by_its_own_ids() {
    on_both(|app: TestApp| async move {
        let owner = app.officer(GUADALAJARA).await;
        let body = past("record_unreviewed", "1990", &["1990"]);
        let own = owner.post(PATH, &body).await.expect(201);
        assert_eq!(own.json()["external_ids"], ids(&["1990"]));
        assert_eq!(own.json()["draft"]["external_ids"], ids(&["1990"]));
        assert_eq!(found(&owner, "1990").await, [own.id()]);

        for (recorder, action, day) in [
            (app.client(Role::Liaison, JALISCO).await, "report", "1991"),
            (
                app.client(Role::Liaison, SRE).await,
                "record_unreviewed",
                "1992",
            ),
        ] {
            let made = recorder
                .post(PATH, &past(action, day, &["1990", day]))
                .await;
            let case = made.expect(201).id();
            let given = ids(&["1990", day]);
            for value in ["1990", day] {
                assert_eq!(found(&recorder, value).await, std::slice::from_ref(&case));
            }
            let view = recorder.get(&one(&case)).await.expect(200);
            assert_eq!(view.json()["external_ids"], given);
            assert_eq!(line(&recorder, &case).await.unwrap()["external_ids"], given);
            // They say nothing to the owner, which gives its own.
            let shown = owner.get(&one(&case)).await.expect(200);
            assert_eq!(shown.json()["external_ids"], json!([]));
            assert!(!shown.text().contains("siga"), "{}", shown.text());
            assert_eq!(
                line(&owner, &case).await.unwrap()["external_ids"],
                json!([])
            );
            assert!(found(&owner, day).await.is_empty());
            name(&owner, &case, &[day]).await.expect(200);
            assert_eq!(found(&owner, day).await, std::slice::from_ref(&case));
            assert_eq!(
                recorder.get(&one(&case)).await.json()["external_ids"],
                given
            );
        }
    })
    .await;
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn an_id_that_another_record_has_is_refused_until_that_one_is_withdrawn() {
    on_both(|app: TestApp| async move {
        let state = app.client(Role::Liaison, JALISCO).await;
        let first = state
            .post(PATH, &past("report", "1991", &["A"]))
            .await
            .expect(201)
            .id();
        let second = past("report", "1993", &["B", "A"]);
        let refused = state.post(PATH, &second).await;
        points_at(
            &refused.refused(422, "validation_failed"),
            "/external_ids/1",
            "taken",
        );
        assert_eq!(app.scratch.count("agreements"), 1);
        // A colon separates the system from the id in a search.
        for (system, code) in [("", "required"), ("a:b", "malformed"), (":", "malformed")] {
            let mut body = second.clone();
            body["external_ids"] = json!([{"system": system, "value": "A:1"}]);
            let refused = state.post(PATH, &body).await;
            let refused = refused.refused(422, "validation_failed");
            points_at(&refused, "/external_ids/0/system", code);
        }

        let withdraw = json!({"action": "withdraw", "reason": "Se reportó por error."});
        state.transition(&first, &withdraw).await.expect(200);
        let rehearsed = format!("{PATH}?dry_run=true");
        state.post(&rehearsed, &second).await.expect(200);
        assert_eq!(found(&state, "A").await, [first]);
        let again = state.post(PATH, &second).await.expect(201).id();
        assert_eq!(found(&state, "A").await, std::slice::from_ref(&again));
        assert_eq!(found(&state, "B").await, [again]);
    })
    .await;
}

const FILE: &str = "entidad,municipio,contraparte,país,tipo,fecha,fuente,registro\n\
    Jalisco,,Prefectura de Kioto,Japón,hermanamiento,1990,Periódico Oficial,\n\
    Jalisco,Guadalajara,Kioto,Japón,hermanamiento,1998-10-20,Gaceta municipal,\n\
    Jalisco,Zapopan,Nara,Japón,hermanamiento,2001,Gaceta municipal,\n";

async fn importing<'a>(app: &'a TestApp, tenant: &str) -> Importing<'a> {
    let actor = app.official(Role::Liaison, tenant).await.actor;
    Importing {
        db: &app.app.db,
        scope: policy::scope(Some(&actor), Kind::Agreement, Action::Import),
        intent: Intent {
            operation: "import_agreements",
            request_id: Uuid::now_v7().to_string(),
            idempotency: None,
            dry_run: false,
        },
    }
}

/// Imports the file for a government, each row with these ids.
async fn bring(app: &TestApp, tenant: &str, values: &[&[&str]]) -> ImportReport {
    let mut file = parse(
        FILE.as_bytes(),
        &Reading::default(),
        mexican_day(app.app.db.now()),
    )
    .unwrap();
    for (row, values) in file.rows.iter_mut().zip(values) {
        let Parsed::Ready(candidate) = &mut row.outcome else {
            panic!("{row:?}");
        };
        let external = |value: &&str| ExternalId {
            system: "siga".into(),
            value: (*value).to_owned(),
        };
        candidate.external_ids = values.iter().map(external).collect();
    }
    let source = Source {
        name: "estado.csv".into(),
        sha256: Uuid::now_v7().simple().to_string(),
        file,
    };
    let importing = importing(app, tenant).await;
    importing.run(source, |_done, _all| {}).await.unwrap().0
}

fn results(report: &ImportReport) -> Vec<RowResult> {
    report.rows.iter().map(|row| row.result).collect()
}

// row: 003-07
// operations: list_agreements, list_import_rows, undo_import
#[actix_web::test]
async fn the_rows_of_an_import_bring_theirs() {
    on_both(|app: TestApp| async move {
        use RowResult::{Duplicate, Imported, Refused};
        let state = app.client(Role::Liaison, JALISCO).await;
        let report = bring(&app, JALISCO, &[&["1", "1b"], &["2"], &["1"]]).await;
        assert_eq!(results(&report), [Imported, Imported, Refused]);
        for (at, values) in [(0, &["1", "1b"][..]), (1, &["2"])] {
            let detail = &report.rows[at].detail;
            assert_eq!(detail["external_ids"], ids(values));
            for value in values {
                assert_eq!(
                    found(&state, value).await,
                    [detail["agreement_id"].as_str().unwrap()]
                );
            }
        }
        let reason = &report.rows[2].detail["reasons"][0];
        assert_eq!(
            json!([reason["code"], reason["field"], reason["value"]]),
            json!(["taken", "external_id", "siga:1"])
        );
        // Of its own agreement the state is the owner; of the other Guadalajara, which has no id.
        let [mine, theirs] = [0, 1].map(|at| {
            report.rows[at].detail["agreement_id"]
                .as_str()
                .unwrap()
                .to_owned()
        });
        let own = state.get(&one(&mine)).await.expect(200).json();
        assert_eq!(own["draft"]["external_ids"], ids(&["1", "1b"]));
        let owner = app.officer(GUADALAJARA).await;
        let view = owner.get(&one(&theirs)).await.expect(200);
        assert!(!view.text().contains("siga"), "{}", view.text());

        // The rows are narrowed by how they ended.
        let batch = report.batch_id.unwrap();
        for (query, lines) in [
            ("", json!([2, 3, 4])),
            ("?result=imported", json!([2, 3])),
            ("?result=refused", json!([4])),
            ("?result=refused,imported&limit=200", json!([2, 3, 4])),
            ("?result=duplicate", json!([])),
        ] {
            let path = format!("/v1/imports/{batch}/rows{query}");
            let list = state.get(&path).await.expect(200).json();
            let items = list["items"].as_array().unwrap().iter();
            let found: Value = items.map(|item| item["line"].clone()).collect();
            assert_eq!(found, lines, "{query}");
        }
        let path = format!("/v1/imports/{batch}/rows?result=lost");
        state.get(&path).await.refused(400, "invalid_parameter");

        // What is undone gives its ids up.
        let again = bring(&app, JALISCO, &[&["3"], &["4"], &["5"]]).await;
        assert_eq!(results(&again), [Duplicate, Duplicate, Imported]);
        // What was on record already keeps the ids that it has.
        assert_eq!(again.rows[0].detail["external_ids"], Value::Null);
        assert!(found(&state, "3").await.is_empty());
        let undone = importing(&app, JALISCO)
            .await
            .undo(batch, || {})
            .await
            .unwrap()
            .0;
        assert_eq!(undone.undone, 2);
        for value in ["1", "1b", "2"] {
            assert!(found(&state, value).await.is_empty(), "{value}");
        }
        let last = bring(&app, JALISCO, &[&["1"], &["2"], &["6"]]).await;
        assert_eq!(results(&last), [Imported, Imported, Duplicate]);
        for (value, at) in [("1", 0), ("2", 1)] {
            let case = last.rows[at].detail["agreement_id"].as_str().unwrap();
            assert_eq!(found(&state, value).await, [case]);
        }
    })
    .await;
}
