//! What older versions stored has lines too, once migration 0016 has filled them back.

use super::{content, fixed};
use crate::annotations::{annotate, registrar};
use crate::procedure::scenes::Scenes;
use crate::tools::inscribe;
use serde_json::{Value, json};
use std::path::Path;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_persistence::{Engine, migrate};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, Scratch, TestApp, ZAPOPAN, on_both};

/// Takes migration 0016 down, and up again as the next version of the program does.
fn migrate_again(scratch: &Scratch) {
    let tree = match scratch.engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let down = folder.join(tree).join("0016_lines/down.sql");
    scratch.execute(&std::fs::read_to_string(down).unwrap());
    scratch.execute("DELETE FROM __diesel_schema_migrations WHERE version = '0016'");
    migrate(&scratch.migration_url, SystemClock.now()).unwrap();
}

/// The lists of everybody who sees something of these cases, and the registry.
async fn lists(app: &TestApp) -> Vec<Value> {
    let mut lists = Vec::new();
    for (role, tenant) in [
        (Role::Officer, GUADALAJARA),
        (Role::Officer, ZAPOPAN),
        (Role::Liaison, JALISCO),
        (Role::Liaison, SRE),
    ] {
        let client = app.client(role, tenant).await;
        let list = client.get("/v1/agreements?limit=200").await.expect(200);
        lists.push(list.json()["items"].clone());
    }
    let list = app.nobody().get("/v1/registry?limit=200").await.expect(200);
    lists.push(list.json()["items"].clone());
    lists
}

// row: 003-05, 002-10
// operations: list_agreements, list_registry
#[actix_web::test]
async fn the_lines_of_what_was_there_before_are_the_same() {
    on_both(|app: TestApp| async move {
        let scenes = Scenes::new(&app, true).await;
        let officer = app.officer(GUADALAJARA).await;
        // One that was announced, one that changed after it was sent, one that was reported.
        let announced = scenes.draft(content(&scenes).await).await.to_string();
        let body = json!({"action": "announce", "share_with_state": true});
        officer.transition(&announced, &body).await.expect(200);
        let returned = scenes.draft(content(&scenes).await).await;
        scenes.cast.carry(returned, Stage::Returned).await.unwrap();
        let path = crate::tools::one(returned);
        let tag = officer.get(&path).await.etag();
        let change = json!({"themes": ["trade"], "validity": fixed("2031")});
        officer.patch(&path, &tag, &change).await.expect(200);
        let report = json!({
            "action": "report", "government_id": GUADALAJARA, "kind": "twinning", "title": "Hermanamiento",
            "counterparts": [{"fields": TestApp::counterpart_json("Kioto")}], "themes": ["culture"],
            "languages": ["es"], "source": "Periódico Oficial", "reason": "Consta en el archivo.",
        });
        let state = app.client(Role::Liaison, JALISCO).await;
        state.post("/v1/past-agreements", &report).await.expect(201);
        // One that was renewed after its inscription.
        let (case, number) = inscribe(&app, GUADALAJARA, json!({"validity": fixed("2027-12-31")})).await;
        let registrar = registrar(&app).await;
        let bytes = pdf("prórroga");
        let paper = registrar.attach(&case, "annotation_instrument", None, &bytes);
        let paper = paper.await.expect(201).id();
        let renewal = json!({"effective_on": "2026-12-01", "document_id": paper,
            "changes": {"kind": "renewal", "ends_on": "2032-06", "renewal": "none"}});
        annotate(&registrar, &number, &renewal).await.expect(201);

        let before = lists(&app).await;
        let lengths: Vec<usize> = before.iter().map(|list| list.as_array().unwrap().len()).collect();
        assert_eq!(lengths, [4, 2, 4, 2, 1]);
        let ends = before[0].as_array().unwrap().iter().map(|line| &line["ends_on"]);
        assert_eq!(ends.filter(|end| !end.is_null()).count(), 3);
        migrate_again(&app.scratch);
        assert_eq!(lists(&app).await, before);
    })
    .await;
}
