//! The demonstration data: a new store is filled with an example of everything.

mod json_columns;
mod registry;

use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use vinculo_api::commands::open;
use vinculo_api::config::Config;
use vinculo_api::edge::Edge;
use vinculo_api::fixtures::demonstration;
use vinculo_persistence::Engine;
use vinculo_tests::{Client, Scratch, TestApp, engines_of_tier, on_each_of};

/// The stages of the normal path and those beside it.
const STAGES: [&str; 15] = [
    "draft",
    "state_review",
    "returned",
    "federal_intake",
    "legal_review",
    "observed",
    "opinion_favorable",
    "opinion_unfavorable",
    "signed",
    "pending_registration",
    "registered",
    "withdrawn",
    "out_of_scope",
    "reported",
    "abandoned",
];

/// In the full tier two demonstrations, one on each engine, have the same content. What fills them is
/// tried on both engines by the tests of each part.
// row: 003-04, 003-06, 003-11, 003-12, 003-13
#[actix_web::test]
async fn the_demonstration_has_a_case_in_every_stage_and_its_sign_ins_work() {
    let told = RefCell::new(Vec::new());
    let told = &told;
    let engines = engines_of_tier("the demonstration");
    on_each_of(&engines, |engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let config = Config {
            data_dir: folder.path().join("data"),
            database_url: Some(scratch.url.clone()),
            migration_url: Some(scratch.migration_url.clone()),
            ..Config::default()
        };
        let app = open(&config).unwrap();
        let start = Instant::now();
        let people = demonstration::build(&app).await.unwrap();
        let took = start.elapsed();
        println!("the demonstration's world: {:.1} s", took.as_secs_f32());
        // The limit is for a demonstration that never finishes, not for a slow machine: 1,600
        // inscriptions take 5 to 30 s.
        assert!(took < Duration::from_secs(300), "{took:?}");
        let distinct: BTreeSet<&String> = people.iter().collect();
        assert!(
            distinct.len() == people.len() && people.len() > 40,
            "{}",
            people.len()
        );

        // Reads the whole registry and records: more requests than an address has in a minute.
        let app = TestApp::over(app.behind(Edge::unhurried()), scratch, folder).await;
        let nobody = app.nobody();
        let wrong = TestApp::sign_in(&people[0], "otra contraseña");
        nobody.send(wrong).await.refused(401, "invalid_credentials");
        let officer = "officer@14039.vinculo.example".to_owned();
        assert!(distinct.contains(&officer));
        let session = nobody
            .send(TestApp::sign_in(&officer, demonstration::PASSWORD))
            .await;
        let session = session.expect(201).json();
        assert_eq!(
            (&session["tenant"], &session["roles"]),
            (&json!("14039"), &json!(["officer"]))
        );
        let officer = Client {
            token: session["access_token"].as_str().map(str::to_owned),
            ..nobody.clone()
        };
        for stage in STAGES {
            let list = officer.get(&format!("/v1/agreements?stage={stage}")).await;
            let list = list.expect(200).json();
            let items = list["items"].as_array().unwrap();
            assert!(!items.is_empty(), "{stage}: {list}");
            assert!(items.iter().all(|item| item["stage"] == stage));
        }
        let lines = registry::check(&nobody).await;
        let record = registry::told(&nobody, lines).await;
        told.borrow_mut().push(record);
        // Each government has a body and an administration, and one draft waits for its parties.
        let count = |what: &str| format!("/v1/{what}?government=14039&count=true");
        for what in ["bodies", "administrations"] {
            assert_eq!(officer.get(&count(what)).await.json()["total"], 1, "{what}");
        }
        let path = "/v1/designated-offices?limit=200";
        let offices = officer.get(path).await.expect(200).json();
        let offices = offices["items"].as_array().unwrap();
        assert!(!offices.is_empty());
        for office in offices {
            assert_eq!(office["head_name"], "Persona Titular", "{office}");
        }
        let shared = officer.get("/v1/agreements?owner=14120").await.json();
        let case = shared["items"][0]["id"].as_str().unwrap();
        let view = officer.get(&format!("/v1/agreements/{case}")).await.json();
        assert_eq!(view["seats"], json!(["party"]));
        assert_eq!(view["parties"].as_array().unwrap().len(), 3);
        // Two drafts overlap, and profiles make partners.
        let overlaps = officer.get("/v1/overlaps").await.expect(200).json();
        assert_eq!(overlaps["items"].as_array().unwrap().len(), 1, "{overlaps}");
        let partners = officer.get("/v1/partners").await.expect(200).json();
        assert!(
            partners["items"].as_array().unwrap().len() > 5,
            "{partners}"
        );
        // Past agreements were imported too: those of the file, and those added as filling.
        let past = "agreements WHERE import_batch_id IS NOT NULL AND inscription IS NULL";
        assert_eq!(app.scratch.count(past), 62);
        if engine == Engine::Sqlite {
            json_columns::check(&app.scratch);
        }
    })
    .await;
    let told = told.borrow();
    for pair in told.windows(2) {
        let [one, other] = pair else { continue };
        assert_eq!(one.len(), other.len());
        for (one, other) in one.iter().zip(other) {
            assert_eq!(one, other);
        }
    }
}
