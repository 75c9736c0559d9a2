//! Lists, page by page.

use crate::tools::on_both_at_noon;
use chrono::Duration;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vinculo_domain::Role;
use vinculo_domain::clock::Clock;
use vinculo_domain::counterparts::CounterpartFields;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// Follows the `Link` of each page to the end; gives the pages.
async fn walk(client: &Client, path: &str) -> Vec<Vec<Value>> {
    let mut pages = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let answer = client.get(&path).await.expect(200);
        let list = answer.json();
        pages.push(list["items"].as_array().unwrap().clone());
        next = answer.header("link").map(|link| {
            let target = link.strip_prefix('<').unwrap();
            let (target, relation) = target.split_once('>').unwrap();
            assert_eq!(relation, "; rel=\"next\"");
            assert!(target.contains(list["next_cursor"].as_str().unwrap()));
            target.to_owned()
        });
        assert_eq!(next.is_none(), list["next_cursor"].is_null());
        assert!(pages.len() < 100);
    }
    pages
}

fn ids(pages: &[Vec<Value>]) -> Vec<String> {
    let items = pages.iter().flatten();
    items
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

fn names(pages: &[Vec<Value>]) -> Vec<String> {
    let items = pages.iter().flatten();
    items
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

fn fields(name: &str, visibility: &str) -> CounterpartFields {
    let mut body = TestApp::counterpart_json(name);
    body["visibility"] = json!(visibility);
    serde_json::from_value(body).unwrap()
}

#[actix_web::test]
async fn pages_hold_each_record_once() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let official = app.official(Role::Officer, GUADALAJARA).await;
        let mut made = (BTreeSet::new(), BTreeSet::new());
        for number in 0..25 {
            let id = official
                .counterpart(fields(&format!("Ciudad {number}"), "private"))
                .await;
            made.0.insert(id.unwrap().to_string());
            let content = json!({"kind": "twinning", "title": format!("Acuerdo {number}")});
            let id = official
                .open(serde_json::from_value(content).unwrap())
                .await;
            made.1.insert(id.unwrap().to_string());
        }
        for (path, made) in [("/v1/counterparts", made.0), ("/v1/agreements", made.1)] {
            for (limit, lengths) in [
                (7, vec![7, 7, 7, 4]),
                (25, vec![25]),
                (24, vec![24, 1]),
                (5, vec![5; 5]),
            ] {
                let pages = walk(&client, &format!("{path}?limit={limit}")).await;
                assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), lengths);
                assert_eq!(BTreeSet::from_iter(ids(&pages)), made);
            }
            let counted = client
                .get(&format!("{path}?limit=7&count=true"))
                .await
                .expect(200);
            assert_eq!(counted.json()["total"], 25);
            let plain = client
                .get(&format!("{path}?limit=7"))
                .await
                .expect(200)
                .json();
            assert_eq!(plain.get("total"), None);
            assert_eq!(
                client.get(path).await.json()["items"]
                    .as_array()
                    .unwrap()
                    .len(),
                25
            );
        }
        // Both orders of cases give the same set, with the unsigned ones last.
        let pages = walk(&client, "/v1/agreements?limit=7&sort=-signed_on").await;
        assert_eq!(BTreeSet::from_iter(ids(&pages)).len(), 25);
        assert_eq!(ids(&pages).len(), 25);
        let mut sorted = names(&walk(&client, "/v1/counterparts?limit=7").await);
        let listed = sorted.clone();
        sorted.sort();
        assert_eq!(listed, sorted);
    })
    .await;
}

/// A record added or removed meanwhile does not affect the others.
#[actix_web::test]
async fn what_changes_between_pages_moves_no_other_record() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        for name in ["B", "D", "F", "H"] {
            let body = TestApp::counterpart_json(name);
            client.post("/v1/counterparts", &body).await.expect(201);
        }
        let first = client
            .get("/v1/counterparts?limit=2")
            .await
            .expect(200)
            .json();
        let seen = &first["items"][1];
        let path = format!("/v1/counterparts/{}", seen["id"].as_str().unwrap());
        client.delete(&path, "\"1\"").await.expect(204);
        for name in ["A", "E"] {
            let body = TestApp::counterpart_json(name);
            client.post("/v1/counterparts", &body).await.expect(201);
        }
        let next = format!(
            "/v1/counterparts?limit=9&cursor={}",
            first["next_cursor"].as_str().unwrap()
        );
        assert_eq!(names(&walk(&client, &next).await), ["E", "F", "H"]);
    })
    .await;
}

#[actix_web::test]
async fn own_and_shared_records_merge_without_loss_or_doubles() {
    on_both(|app| async move {
        let mut wanted = (Vec::new(), Vec::new());
        let plan = [
            (GUADALAJARA, "private"),
            (ZAPOPAN, "network"),
            (JALISCO, "public"),
            (GUADALAJARA, "network"),
            (ZAPOPAN, "private"),
            (JALISCO, "government"),
        ];
        for number in 0..30 {
            let (tenant, visibility) = plan[number % plan.len()];
            // Every name appears twice, so that the id decides between equal names.
            let name = format!("Ciudad {:02}", number / 2);
            let official = app.official(Role::Officer, tenant).await;
            official
                .counterpart(fields(&name, visibility))
                .await
                .unwrap();
            let shared = matches!(visibility, "network" | "public");
            if shared || tenant == GUADALAJARA {
                wanted.0.push(name.clone());
            }
            if shared || visibility == "government" {
                wanted.1.push(name);
            }
        }
        wanted.0.sort();
        wanted.1.sort();
        for (client, wanted) in [
            (app.officer(GUADALAJARA).await, wanted.0),
            (app.client(Role::Liaison, SRE).await, wanted.1),
        ] {
            for limit in [1, 4, 7, 30] {
                let pages = walk(
                    &client,
                    &format!("/v1/counterparts?limit={limit}&count=true"),
                )
                .await;
                assert_eq!(names(&pages), wanted, "{limit}");
                assert_eq!(BTreeSet::from_iter(ids(&pages)).len(), wanted.len());
            }
            let counted = client
                .get("/v1/counterparts?count=true&limit=1")
                .await
                .json();
            assert_eq!(counted["total"], wanted.len());
        }
    })
    .await;
}

#[actix_web::test]
async fn a_cursor_is_good_for_one_list_of_one_government_for_a_week() {
    on_both_at_noon(|app, clock| async move {
        let person = async |tenant: &str| {
            app.official(Role::Officer, tenant)
                .await
                .actor
                .person
                .unwrap()
        };
        for tenant in [GUADALAJARA, ZAPOPAN] {
            let client = app.officer(tenant).await;
            for number in 0..3 {
                let name = TestApp::counterpart_json(&format!("Ciudad {number}"));
                client.post("/v1/counterparts", &name).await.expect(201);
                let case = json!({"kind": "twinning", "title": format!("Acuerdo {number}")});
                client.post("/v1/agreements", &case).await.expect(201);
            }
        }
        let client = app.officer(GUADALAJARA).await;
        let list = client
            .get("/v1/counterparts?limit=1&q=ciudad")
            .await
            .expect(200)
            .json();
        let cursor = list["next_cursor"].as_str().unwrap().to_owned();
        let with = |path: &str| format!("/v1/{path}cursor={cursor}");
        client
            .get(&with("counterparts?q=ciudad&"))
            .await
            .expect(200);
        // Page size and count may change on the way.
        client
            .get(&with("counterparts?q=ciudad&limit=2&count=true&"))
            .await
            .expect(200);
        for path in [
            "counterparts?",
            "counterparts?q=ciuda&",
            "counterparts?q=ciudad&country=JP&",
            "agreements?q=ciudad&",
            "reads?",
        ] {
            let auditor = app.client(Role::Auditor, GUADALAJARA).await;
            auditor
                .get(&with(path))
                .await
                .refused(400, "invalid_cursor");
        }
        let neighbour = app.officer(ZAPOPAN).await;
        neighbour
            .get(&with("counterparts?q=ciudad&"))
            .await
            .refused(400, "invalid_cursor");
        let (payload, tag) = cursor.split_once('.').unwrap();
        let changed = format!(
            "{}{payload}",
            if payload.starts_with('A') { 'B' } else { 'A' }
        );
        for bad in [
            "",
            "x",
            ".",
            payload,
            &format!("{changed}.{tag}"),
            &format!("{payload}.{tag}x"),
            &format!("{payload}."),
        ] {
            let path = format!("/v1/counterparts?q=ciudad&cursor={bad}");
            client.get(&path).await.refused(400, "invalid_cursor");
        }
        for (days, seconds, status) in [(7, 0, 200), (7, 1, 400)] {
            clock.set(
                crate::tools::NOON
                    .parse::<chrono::DateTime<chrono::Utc>>()
                    .unwrap()
                    + Duration::days(days)
                    + Duration::seconds(seconds),
            );
            let client = app.session(person(GUADALAJARA).await, GUADALAJARA).await;
            let answer = client.get(&with("counterparts?q=ciudad&")).await;
            assert_eq!(answer.status, status, "{} {}", clock.now(), answer.text());
            if status == 400 {
                answer.refused(400, "invalid_cursor");
            }
        }
    })
    .await;
}
