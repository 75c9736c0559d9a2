//! The counts and sums that the database keeps of records are what the index holds, whatever is done and by
//! how many at once.

use super::subjects;
use crate::backup::{config, of_store};
use actix_web::http::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use vinculo_domain::Role;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::records::Facet;
use vinculo_persistence::{Engine, migrate, recount};
use vinculo_tests::{Client, GUADALAJARA, Request, SRE, Scratch, TestApp, ZAPOPAN, on_both};

/// What the database counts and what the index holds, by viewer, facet and owner.
fn both(scratch: &Scratch) -> [BTreeMap<String, usize>; 2] {
    let rows =
        "SELECT viewer_tenant || '|' || facet || '|' || owner_tenant AS x FROM record_facets";
    let mut held = BTreeMap::new();
    for row in scratch.texts(rows) {
        if is_counted(row.split('|').nth(1).unwrap()) {
            *held.entry(row).or_default() += 1;
        }
    }
    let kept = "SELECT viewer_tenant || '|' || facet || '|' || owner_tenant || '|' || records AS x FROM record_counts";
    let kept = scratch.texts(kept).into_iter().map(|row| {
        let (key, count) = row.rsplit_once('|').unwrap();
        (key.to_owned(), count.parse().unwrap())
    });
    [kept.collect(), held]
}

/// By the words of the domain, where the migrations say it in SQL.
fn is_counted(facet: &str) -> bool {
    let (kind, rest) = facet.split_once(':').unwrap();
    let (name, _value) = rest.split_once('=').unwrap();
    !kind.contains('@') && Facet::is_counted(None, name)
}

/// The sums that the database keeps and those of the amounts that the index holds, with how many there are.
fn both_sums(scratch: &Scratch) -> [BTreeMap<String, [i128; 2]>; 2] {
    let key = "viewer_tenant || '/' || kind || '/' || name || '/' || unit || '/' || year || '/' || owner_tenant";
    let read = |values: &str, table: &str| {
        let rows = format!("SELECT {key} || '|' || {values} AS x FROM {table}");
        let rows = scratch.cells(&rows).into_iter().map(|row| {
            let numbers: Vec<i128> = row[1..].iter().map(|text| text.parse().unwrap()).collect();
            (row[0].clone(), numbers)
        });
        rows.collect::<Vec<_>>()
    };
    let kept = read("amounts || '|' || billions || '|' || rest", "record_sums");
    let kept = kept
        .into_iter()
        .map(|(key, numbers)| (key, [numbers[0], numbers[1] * 1_000_000_000 + numbers[2]]));
    let mut held = BTreeMap::new();
    for (key, numbers) in read("value", "record_amounts") {
        let sum: &mut [i128; 2] = held.entry(key).or_default();
        *sum = [sum[0] + 1, sum[1] + numbers[0]];
    }
    [kept.collect(), held]
}

/// Fails if a count or a sum is missing, too high, too low, or of nothing.
pub fn are_right(scratch: &Scratch) {
    let [kept, held] = both(scratch);
    assert_eq!(kept, held);
    let [kept, held] = both_sums(scratch);
    assert_eq!(kept, held);
}

/// How many commitments SRE finds in each status.
async fn figure(sre: &Client) -> BTreeMap<String, i64> {
    let path = "/v1/statistics/mine/records?kind=commitments&by=status";
    let answer = sre.get(path).await.expect(200).json();
    let rows = answer["rows"].as_array().unwrap().iter();
    let rows = rows.map(|row| {
        let value = row["value"].as_str().unwrap().to_owned();
        (value, row["count"].as_i64().unwrap())
    });
    rows.collect()
}

#[actix_web::test]
async fn they_are_right_whatever_is_written() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            let (first, etag) = subject.made(&subject.body("Uno")).await;
            subject.made(&subject.body("Dos")).await;
            let patch = json!({"themes": ["trade", "culture"], "countries": ["JP"]});
            let one = subject.one(&first);
            let patched = subject.writer.patch(&one, &etag, &patch).await.expect(200);
            are_right(&app.scratch);
            subject
                .writer
                .delete(&one, &patched.etag())
                .await
                .expect(204);
            are_right(&app.scratch);
        }
    })
    .await;
}

/// Writers of one government change the same counts.
#[actix_web::test]
async fn they_are_right_after_many_wrote_at_once() {
    const AT_ONCE: usize = 12;
    on_both(|app: TestApp| async move {
        let sre = app.client(Role::Viewer, SRE).await;
        let mut writers = Vec::new();
        for number in 0..AT_ONCE {
            let tenant = [GUADALAJARA, ZAPOPAN][number % 2];
            writers.push(app.officer(tenant).await.patient());
        }
        let work = writers
            .iter()
            .enumerate()
            .map(|(number, writer)| async move {
                let promise = json!({"title": format!("Promesa {number}"), "source": "visit",
                "visibility": "government", "evidence": "Acta de entrega."});
                let made = writer.post("/v1/commitments", &promise).await.expect(201);
                let path = format!("/v1/commitments/{}", made.id());
                // Half of them leave the status in which the others arrive.
                if number % 4 < 2 {
                    let step = Request::new(Method::POST, &format!("{path}/transitions"));
                    let step = step.json(&json!({"action": "fulfil"}));
                    writer.send(step.if_match(&made.etag())).await.expect(200);
                } else if number % 4 == 2 {
                    writer.delete(&path, &made.etag()).await.expect(204);
                }
            });
        futures_util::future::join_all(work).await;
        are_right(&app.scratch);
        let wanted = [("fulfilled", 6), ("open", 3)].map(|(word, count)| (word.to_owned(), count));
        assert_eq!(figure(&sre).await, BTreeMap::from(wanted));
        let all = sre
            .get("/v1/commitments?limit=1&count=true")
            .await
            .expect(200);
        assert_eq!(all.json()["total"], 9);
    })
    .await;
}

/// A file changes many records of one government in one transaction, while people change the same ones in
/// another order: neither waits for the other for ever, and nobody is answered busy.
#[actix_web::test]
async fn a_file_and_changes_of_its_records_go_on_beside_each_other() {
    const ROWS: usize = 25;
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let table = |source: &str| {
            let rows = (0..ROWS).map(|n| format!("Promesa {n},{source},siga:P-{n}\n"));
            format!("title,source,external_ids\n{}", rows.collect::<String>())
        };
        let bring = |table: String| {
            let form = Request::new(Method::POST, "/v1/commitments/import");
            let form = form.form(&[("file", Some("filas.csv"), table.as_bytes())]);
            officer.send(form)
        };
        bring(table("visit")).await.expect(200);
        let list = officer.get("/v1/commitments?limit=50").await.expect(200);
        let items = list.json()["items"].as_array().unwrap().clone();
        let paths = items.iter().rev().map(|item| {
            let id = item["id"].as_str().unwrap();
            format!("/v1/commitments/{id}")
        });
        let paths: Vec<String> = paths.collect();
        let changes = async {
            let (mut done, mut stale) = (0, 0);
            for path in &paths {
                let etag = officer.get(path).await.expect(200).etag();
                let patch = json!({"themes": ["trade"]});
                match officer.patch(path, &etag, &patch).await.status {
                    200 => done += 1,
                    412 => stale += 1,
                    other => panic!("{other}"),
                }
            }
            (done, stale)
        };
        let (file, (done, stale)) = futures_util::join!(bring(table("letter")), changes);
        assert_eq!(
            file.expect(200).json()["rows"].as_array().unwrap().len(),
            ROWS
        );
        assert_eq!(done + stale, ROWS);
        are_right(&app.scratch);
    })
    .await;
}

/// The migration counts the records that are there.
#[actix_web::test]
async fn what_was_there_before_is_counted() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            subject.made(&subject.body("Uno")).await;
        }
        // As the owner, for whom the policies hold too.
        let down = match app.scratch.engine {
            Engine::Sqlite => {
                include_str!("../../../migrations/sqlite/0025_record_counts/down.sql")
            }
            Engine::Postgres => {
                include_str!("../../../migrations/postgres/0025_record_counts/down.sql")
            }
        };
        app.scratch.execute(down);
        let applied = "DELETE FROM __diesel_schema_migrations WHERE version = '0025'";
        app.scratch.execute(applied);
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        are_right(&app.scratch);
    })
    .await;
}

/// Budgets of a government change, go, and are more than an integer holds when they are added up.
#[actix_web::test]
async fn sums_follow_the_budgets() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let sum = async || {
            let path = "/v1/statistics/mine/records?kind=budgets";
            let answer = officer.get(path).await.expect(200).json();
            let sums = answer["sums"].as_array().unwrap().clone();
            let approved = sums.into_iter().filter(|sum| sum["name"] == "approved");
            approved.map(|sum| sum["value"].clone()).collect::<Vec<_>>()
        };
        let budget = |title: &str, approved: i64| {
            json!({"title": title, "fiscal_year": 2026, "approved": approved, "currency": "MXN",
                "visibility": "network"})
        };
        assert_eq!(sum().await, Vec::<Value>::new());
        let first = budget("Uno", 1_999_999_999);
        let first = officer.post("/v1/budgets", &first).await.expect(201);
        let second = budget("Dos", 1_000_000_000_000_000);
        officer.post("/v1/budgets", &second).await.expect(201);
        assert_eq!(sum().await, [json!(1_000_001_999_999_999_i64)]);
        let path = format!("/v1/budgets/{}", first.id());
        let less = json!({"approved": 5});
        let less = officer.patch(&path, &first.etag(), &less).await.expect(200);
        assert_eq!(sum().await, [json!(1_000_000_000_000_005_i64)]);
        are_right(&app.scratch);
        officer.delete(&path, &less.etag()).await.expect(204);
        assert_eq!(sum().await, [json!(1_000_000_000_000_000_i64)]);
        are_right(&app.scratch);
        // Ten thousand such budgets, which would take longer to write one by one.
        let many = "UPDATE record_sums SET billions = billions * 10000 WHERE name = 'approved'";
        app.scratch.execute(many);
        assert_eq!(sum().await, [json!(i64::MAX)]);
    })
    .await;
}

/// Whatever else changed them, `vinculo verify` says so and `vinculo migrate --seal` counts again.
#[actix_web::test]
async fn they_are_counted_again() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let promise = json!({"title": "Promesa", "source": "visit"});
        officer.post("/v1/commitments", &promise).await.expect(201);
        let budget = json!({"title": "Uno", "fiscal_year": 2026, "approved": 7, "currency": "MXN"});
        officer.post("/v1/budgets", &budget).await.expect(201);
        let scratch = &app.scratch;
        scratch.execute(
            "UPDATE record_counts SET records = records + 1 WHERE facet LIKE '%:status=%'",
        );
        scratch.execute("DELETE FROM record_counts WHERE facet LIKE '%:owner=%'");
        scratch.execute("INSERT INTO record_counts VALUES ('14039', 'networks:all=', '14039', 7)");
        scratch.execute("UPDATE record_sums SET rest = rest + 1");
        scratch.execute(
            "INSERT INTO record_sums VALUES ('14039', 'x', 'x', 'MXN', 1, '14039', 1, 0, 7)",
        );
        let told = || {
            let found = of_store(&config(&app));
            let (told, _more) = found.all();
            let told = told.iter().map(|finding| finding.check);
            let told = told.filter(|check| check.starts_with("record_"));
            told.collect::<BTreeSet<_>>().len()
        };
        assert_eq!(told(), 4);
        // Only when an operator says so, because all records are read and nobody writes meanwhile.
        recount(&scratch.migration_url, false).unwrap();
        assert_eq!(told(), 4);
        recount(&scratch.migration_url, true).unwrap();
        assert_eq!(told(), 0);
        are_right(scratch);
    })
    .await;
}
