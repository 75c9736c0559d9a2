//! A list is followed: what changed since an instant, the earliest change first.

use crate::annotations::{annotate, registrar};
use crate::tools::{inscribe, noon, on_both_at_noon, one};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::FixedClock;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, TestApp, ZAPOPAN};

fn at(clock: &FixedClock, time: &str) {
    clock.set(format!("2026-11-20T{time}Z").parse().unwrap());
}

fn texts(list: &Value, name: &str) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item[name].as_str().unwrap().to_owned())
        .collect()
}

/// The ids of one page, and the cursor of the next.
async fn page(client: &Client, path: &str, name: &str) -> (Vec<String>, Option<String>) {
    let list = client.get(path).await.expect(200).json();
    let next = list["next_cursor"].as_str().map(str::to_owned);
    (texts(&list, name), next)
}

/// All pages of two lines; the total of the first page is what they hold together.
async fn all(client: &Client, query: &str, name: &str) -> Vec<String> {
    let base = format!("/v1/{query}&limit=2");
    let first = client.get(&format!("{base}&count=true")).await.expect(200);
    let (mut read, mut next) = page(client, &base, name).await;
    while let Some(cursor) = next {
        let more = page(client, &format!("{base}&cursor={cursor}"), name).await;
        read.extend(more.0);
        next = more.1;
    }
    assert_eq!(first.json()["total"], read.len(), "{query}");
    read
}

async fn retitle(app: &TestApp, case: Uuid, title: &str) {
    let officer = app.officer(GUADALAJARA).await;
    let tag = officer.get(&one(case)).await.etag();
    let change = json!({ "title": title });
    officer.patch(&one(case), &tag, &change).await.expect(200);
}

// row: 003-05
// operations: list_agreements, update_agreement
#[actix_web::test]
async fn what_changes_in_a_case_comes_after_what_was_read() {
    on_both_at_noon(|app, clock| async move {
        let mut cases = Vec::new();
        for minute in 0..5 {
            at(&clock, &format!("18:0{minute}:00"));
            cases.push(app.case_in(GUADALAJARA, Stage::Draft).await);
        }
        at(&clock, "18:05:00");
        let officer = app.officer(GUADALAJARA).await;
        let named = |places: &[usize]| -> Vec<String> {
            places
                .iter()
                .map(|place| cases[*place].to_string())
                .collect()
        };
        for (query, wanted) in [
            ("sort=updated_at", &[0, 1, 2, 3, 4][..]),
            ("sort=-updated_at", &[4, 3, 2, 1, 0]),
            (
                "sort=updated_at&updated_since=2026-11-20T18:02:00Z",
                &[2, 3, 4],
            ),
            ("updated_since=2026-11-20T12:02:00.000001-06:00", &[4, 3]),
            ("updated_since=2026-11-20T18:04:00.000001Z", &[]),
            ("sort=due_on&updated_since=2026-11-20T18:04:00Z", &[4]),
            ("stage=draft&updated_since=2026-11-20T18:04:00Z", &[4]),
            ("stage=signed&updated_since=2026-11-20T18:00:00Z", &[]),
        ] {
            let read = all(&officer, &format!("agreements?{query}"), "id").await;
            assert_eq!(read, named(wanted), "{query}");
        }
        // Between two pages one changes that was read, and one that was not.
        let base = "/v1/agreements?sort=updated_at&limit=2";
        let (read, next) = page(&officer, base, "id").await;
        assert_eq!(read, named(&[0, 1]));
        at(&clock, "18:06:00");
        retitle(&app, cases[0], "Uno").await;
        at(&clock, "18:07:00");
        retitle(&app, cases[3], "Cuatro").await;
        let officer = app.officer(GUADALAJARA).await;
        let path = format!("{base}&cursor={}", next.unwrap());
        let (read, next) = page(&officer, &path, "id").await;
        assert_eq!(read, named(&[2, 4]));
        let path = format!("{base}&cursor={}", next.unwrap());
        let list = officer.get(&path).await.expect(200).json();
        assert_eq!(texts(&list, "id"), named(&[0, 3]));
        assert_eq!(
            texts(&list, "updated_at"),
            ["2026-11-20T18:06:00Z", "2026-11-20T18:07:00Z"]
        );
        let since = texts(&list, "updated_at").pop().unwrap();
        let query = format!("agreements?sort=updated_at&updated_since={since}");
        assert_eq!(all(&officer, &query, "id").await, named(&[3]));
    })
    .await;
}

// row: 003-05, 004-02
// operations: list_agreements
#[actix_web::test]
async fn nobody_is_told_of_a_change_that_it_may_not_know() {
    on_both_at_noon(|app, clock| async move {
        let returned = app.case_in(GUADALAJARA, Stage::Returned).await;
        at(&clock, "18:10:00");
        retitle(&app, returned, "Otro").await;
        for (role, tenant, wanted) in [
            (Role::Officer, GUADALAJARA, 1),
            (Role::Liaison, JALISCO, 0),
            (Role::Officer, ZAPOPAN, 0),
        ] {
            let client = app.client(role, tenant).await;
            let path = "/v1/agreements?count=true&updated_since=2026-11-20T18:05:00Z";
            let list = client.get(path).await.expect(200).json();
            assert_eq!(list["total"], wanted, "{tenant}");
        }
    })
    .await;
}

// row: 002-10, 002-31
// operations: list_registry, create_annotation
#[actix_web::test]
async fn an_annotated_inscription_comes_last() {
    on_both_at_noon(|app, clock| async move {
        let mut numbers = Vec::new();
        for day in ["2026-11-20", "2026-11-21", "2026-11-22"] {
            noon(&clock, day);
            numbers.push(inscribe(&app, GUADALAJARA, json!({})).await.1);
        }
        noon(&clock, "2026-11-23");
        let note = json!({"effective_on": "2026-11-23", "ground": "Error de captura.", "changes":
            {"kind": "correction", "fields": [{"field": "themes", "old": ["culture"], "new": ["trade"]}]}});
        let registrar = registrar(&app).await;
        annotate(&registrar, &numbers[0], &note).await.expect(201);
        let nobody = app.nobody();
        for (query, wanted) in [
            ("sort=updated_at", &[1, 2, 0][..]),
            ("sort=-updated_at", &[0, 2, 1]),
            ("sort=-number", &[2, 1, 0]),
            ("sort=updated_at&updated_since=2026-11-22T18:00:00Z", &[2, 0]),
            ("updated_since=2026-11-22T18:00:00Z", &[2, 0]),
            ("updated_since=2026-11-22T18:00:01Z", &[0]),
            ("updated_since=2026-11-22T18:00:01Z&theme=culture", &[]),
            ("updated_since=2026-11-23T18:00:01Z", &[]),
            ("registered_from=2026-11-22", &[2]),
            ("registered_to=2026-11-21&sort=updated_at", &[1, 0]),
            ("registered_from=2026-11&registered_to=2026-11-20", &[0]),
            ("registered_to=2025", &[]),
        ] {
            let read = all(&nobody, &format!("registry?{query}"), "number").await;
            let wanted: Vec<String> = wanted.iter().map(|at: &usize| numbers[*at].clone()).collect();
            assert_eq!(read, wanted, "{query}");
        }
    })
    .await;
}
