//! An import with inscriptions is undone: the numbers stay used, the public reads that they were
//! imported in error, and figures of earlier days stay the same.

use super::{PATH, SEVERAL, bring, made_of, undo};
use crate::annotations::{annotate, registrar};
use crate::tools::{entry, noon, on_both_at_noon, one};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, SRE, TestApp, ZAPOPAN, on_both};

const GROUND: &str = "Inscripción cancelada: importada por error.";

/// The numbers that a search of the registry finds, each with whether it is cancelled.
async fn found(app: &TestApp, query: &str) -> Vec<(String, bool)> {
    let list = app.nobody().get(&format!("/v1/registry?{query}")).await;
    let items = list.expect(200).json()["items"].as_array().unwrap().clone();
    let line = |item: &Value| {
        let number = item["number"].as_str().unwrap().to_owned();
        (number, item["cancelled"].as_bool().unwrap())
    };
    items.iter().map(line).collect()
}

/// The numbers of the three rows of the file, in its order.
async fn numbers(liaison: &Client, report: &Value) -> [String; 3] {
    let mut numbers = [const { String::new() }; 3];
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = made_of(liaison, report, at + 2).await.1;
    }
    numbers
}

// row: 003-07, 003-21
// operations: undo_import, get_inscription, list_registry, list_annotations, list_agreements
#[actix_web::test]
async fn the_public_reads_that_an_inscription_was_imported_in_error() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let owner = app.officer(ZAPOPAN).await;
        let nobody = app.nobody();
        let report = bring(&liaison, PATH, SEVERAL).await.expect(201).json();
        let numbers = numbers(&liaison, &report).await;
        let (case, number) = made_of(&liaison, &report, 2).await;
        let before = nobody.get(&entry(&number)).await.expect(200);
        let wanted = json!({"undone": 3, "kept": [], "cancelled": numbers});
        // A dry run says the same, and leaves everything as it is.
        let dry = undo(&liaison, &report, "?dry_run=true").await.expect(200);
        assert_eq!(dry.json(), wanted);
        let still = nobody.get(&entry(&number)).await.expect(200);
        assert_eq!((still.etag(), still.json()), (before.etag(), before.json()));
        assert_eq!(app.scratch.count("annotations"), 0);
        owner.get(&one(&case)).await.expect(200);

        let done = undo(&liaison, &report, "").await.expect(200);
        assert_eq!(done.json(), wanted);
        let after = nobody.get(&entry(&number)).await.expect(200);
        assert_ne!(after.etag(), before.etag());
        let record = after.json();
        for field in [
            "number",
            "legacy_number",
            "title",
            "parties",
            "counterparts",
            "signed_on",
        ] {
            assert_eq!(record[field], before.json()[field], "{field}");
        }
        let annotation = &record["annotations"][0];
        assert_eq!(
            json!([
                annotation["ordinal"],
                annotation["ground"],
                annotation["changes"]
            ]),
            json!([1, GROUND, {"kind": "cancellation", "imported_in_error": true}])
        );
        let standing = &record["standing"];
        assert_eq!(
            json!([
                standing["standing"],
                standing["cancelled"],
                standing["last_day"]
            ]),
            json!(["terminated", true, null])
        );
        let list = nobody.get(&format!("{}/annotations", entry(&number))).await;
        assert_eq!(list.expect(200).json()["items"], json!([annotation]));
        // The list marks it; as an agreement of somebody, or with somebody, it is not found.
        let [first, second, third] = numbers.clone();
        let all = [(third, true), (second, true), (first.clone(), true)];
        assert_eq!(found(&app, "").await, all);
        assert_eq!(found(&app, "q=malaga").await, [(first, true)]);
        for query in [
            "municipality=14120",
            "state=14",
            "country=ES",
            "tier=municipality",
        ] {
            assert_eq!(found(&app, query).await, [], "{query}");
        }
        let circle = format!("/v1/governments/{ZAPOPAN}/relations");
        let circle = nobody.get(&circle).await.expect(200).json();
        assert_eq!(circle["items"], json!([]));
        // The case is gone for its government and for the ministry.
        for client in [&owner, &liaison] {
            client.get(&one(&case)).await.refused(404, "not_found");
            let list = client.get("/v1/agreements?count=true").await.expect(200);
            assert_eq!(list.json()["total"], 0);
        }
        assert_eq!(app.scratch.count("inscriptions"), 3);
        for from in [
            "outbox WHERE event_type = 'inscription.annotate'",
            "annotations WHERE ordinal = 1",
        ] {
            assert_eq!(app.scratch.count(from), 3, "{from}");
        }
        undo(&liaison, &report, "")
            .await
            .refused(409, "wrong_stage");
    })
    .await;
}

// row: 003-07
// operations: undo_import, create_import, create_annotation
#[actix_web::test]
async fn the_same_file_is_inscribed_again_under_other_numbers() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let report = bring(&liaison, PATH, SEVERAL).await.expect(201).json();
        let first = numbers(&liaison, &report).await;
        undo(&liaison, &report, "").await.expect(200);
        let again = bring(&liaison, PATH, SEVERAL).await.expect(201).json();
        assert_eq!(again["summary"]["imported"], 3);
        let second = numbers(&liaison, &again).await;
        let nobody = app.nobody();
        for (old, new) in first.iter().zip(&second) {
            assert_ne!(old, new);
            let [old, new] = [
                nobody.get(&entry(old)).await.expect(200).json(),
                nobody.get(&entry(new)).await.expect(200).json(),
            ];
            assert_eq!(old["legacy_number"], new["legacy_number"]);
            assert_eq!(
                (&old["standing"]["cancelled"], &new["standing"]["cancelled"]),
                (&json!(true), &json!(false))
            );
        }
        assert_eq!(found(&app, "municipality=14120").await.len(), 2);
        // What has no effect takes corrections alone, and counts nowhere again by them.
        let [old, ..] = first;
        let fields = json!([{"field": "signed_place", "old": null, "new": "Málaga"}]);
        let body = |changes: Value| json!({"effective_on": "2026-12-01", "ground": "Error de captura.", "changes": changes});
        let registrar = registrar(&app).await;
        let cancel = body(json!({"kind": "cancellation"}));
        let late = annotate(&registrar, &old, &cancel).await;
        late.refused(409, "wrong_stage");
        let corrected = body(json!({"kind": "correction", "fields": fields}));
        annotate(&registrar, &old, &corrected).await.expect(201);
        assert_eq!(found(&app, "municipality=14120").await.len(), 2);
        let stock = nobody.get("/v1/statistics/stock?by=country").await;
        let rows = stock.expect(200).json()["rows"].clone();
        let mut rows = rows.as_array().unwrap().iter();
        let spain = rows.find(|row| row["keys"]["country"] == "ES").unwrap();
        assert_eq!(spain["count"], 1);
    })
    .await;
}

/// The figures of a day, as they are sent: the public's and those of a reader of its own.
async fn figures(app: &TestApp, reader: &Client, day: &str) -> Vec<String> {
    let mut found = Vec::new();
    for family in [
        "stock?by=country",
        "stock?by=tier,kind",
        "flow?by=event,year",
    ] {
        for (client, path) in [(&app.nobody(), ""), (reader, "/mine")] {
            let path = format!("/v1/statistics{path}/{family}&as_of={day}");
            found.push(client.get(&path).await.expect(200).text());
        }
    }
    found
}

// row: 003-07, 003-11
// operations: undo_import, get_stock_statistics, get_own_stock_statistics
#[actix_web::test]
async fn the_figures_count_it_until_the_day_on_which_it_is_cancelled() {
    on_both_at_noon(|app, clock| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let report = bring(&liaison, PATH, SEVERAL).await.expect(201).json();
        noon(&clock, "2026-11-21");
        let liaison = app.client(Role::Liaison, SRE).await;
        let owner = app.officer(GUADALAJARA).await;
        let before = figures(&app, &owner, "2026-11-20").await;
        assert!(before[0].contains("\"ES\""), "{}", before[0]);
        undo(&liaison, &report, "").await.expect(200);
        assert_eq!(figures(&app, &owner, "2026-11-20").await, before);
        for (client, path) in [(&app.nobody(), ""), (&owner, "/mine")] {
            let path = format!("/v1/statistics{path}/stock?by=country");
            let today = client.get(&path).await.expect(200).json();
            assert_eq!(today["rows"], json!([]), "{path}");
        }
        noon(&clock, "2026-11-22");
        let owner = app.officer(GUADALAJARA).await;
        assert_eq!(figures(&app, &owner, "2026-11-20").await, before);
    })
    .await;
}
