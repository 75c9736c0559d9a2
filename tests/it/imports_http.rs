//! Files of past agreements over HTTP: imported by SRE as with the command, by a state for itself
//! and its municipalities; undone as a whole, and continued after an interruption.

mod at_once;
mod likely;
mod limits;
mod mended;
mod rehearsed;
mod repeated;
mod undoing;

use crate::imports::{FILE, NAME};
use crate::tools::one;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::openapi;
use vinculo_domain::Role;
use vinculo_tests::{
    Answer, Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, Request, SRE, ZAPOPAN, on_both,
    violations,
};

const PATH: &str = "/v1/imports";
const HEAD: &str = "entidad,municipio,contraparte,país,tipo,fecha,fuente,registro\n";

/// A state office's file: rows of itself, of its municipalities, of others, and invalid rows.
fn file() -> String {
    format!(
        "{HEAD}\
         Jalisco,,Prefectura de Kioto,Japón,hermanamiento,1990,Periódico Oficial,\n\
         Jalisco,Guadalajara,Kioto,Japón,hermanamiento,1998-10-20,Gaceta municipal,\n\
         Jalisco,Zapopan,Nara,Japón,hermanamiento,2001,Gaceta municipal,REG-17\n\
         Guanajuato,Irapuato,Lyon,Francia,hermanamiento,1999,Gaceta municipal,\n\
         Jalisco,Guadalajara,KIOTO,Japón,hermanamiento,1998-10-20,Otra fuente,\n\
         Jalisco,Nadie,Lyon,Francia,hermanamiento,1999,Gaceta,\n\
         Jalisco,Guadalajara,Lyon,Francia,¿?,1999,Gaceta,\n"
    )
}

fn upload(path: &str, name: &str, bytes: &[u8]) -> Request {
    Request::new(Method::POST, path).form(&[("file", Some(name), bytes)])
}

/// Checks that an answer matches the OpenAPI document.
#[track_caller]
fn fits(path: &str, method: &str, answer: &Answer) {
    let document = openapi::document();
    let status = answer.status.to_string();
    let schema = &document["paths"][path][method]["responses"][&status]["content"]["application/json"]
        ["schema"];
    assert!(schema.is_object(), "{path} {method} {status}");
    let found = violations(&document, schema, &answer.json());
    assert_eq!(found, Vec::<String>::new(), "{path} {method}");
}

async fn bring(client: &Client, text: &str) -> Answer {
    client
        .send(upload(PATH, "estado.csv", text.as_bytes()))
        .await
}

fn results(report: &Value) -> Vec<(i64, String)> {
    let rows = report["rows"].as_array().or(report["items"].as_array());
    let row = |row: &Value| {
        (
            row["line"].as_i64().unwrap(),
            row["result"].as_str().unwrap().to_owned(),
        )
    };
    rows.unwrap().iter().map(row).collect()
}

fn expected() -> Vec<(i64, String)> {
    [
        "imported",
        "imported",
        "imported",
        "refused",
        "duplicate",
        "refused",
        "needs_decision",
    ]
    .iter()
    .zip(2..)
    .map(|(result, line)| (line, (*result).to_owned()))
    .collect()
}

fn case_at(report: &Value, line: i64) -> String {
    let rows = report["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["line"] == line).unwrap();
    row["detail"]["agreement_id"].as_str().unwrap().to_owned()
}

// row: 003-07, 003-10, 002-14
// operations: create_import, get_import, list_imports, list_import_rows, get_agreement
#[actix_web::test]
async fn a_state_reports_its_municipalities_and_records_itself() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let made = bring(&liaison, &file()).await.expect(201);
        fits(PATH, "post", &made);
        let (report, at) = (made.json(), made.header("location").unwrap());
        fits("/v1/imports/{id}", "get", &liaison.get(&at).await);
        let rows = liaison.get(&format!("{at}/rows")).await;
        fits("/v1/imports/{id}/rows", "get", &rows);
        fits(PATH, "get", &liaison.get(PATH).await);
        assert_eq!(results(&report), expected());
        assert_eq!(
            report["rows"][3]["detail"]["reasons"][0]["code"],
            "not_yours"
        );
        let summary = json!({"imported": 3, "duplicate": 1, "needs_decision": 1, "refused": 2});
        assert_eq!(report["summary"], summary);
        // Its own is signed, its municipalities' are reported; a number makes no inscription.
        let [own, guadalajara, zapopan] = [2, 3, 4].map(|line| case_at(&report, line));
        let view = liaison.get(&one(&own)).await.expect(200).json();
        assert_eq!(
            json!([view["stage"], view["level"], view["seats"]]),
            json!(["signed", "full", ["owner"]])
        );
        for case in [&guadalajara, &zapopan] {
            let view = liaison.get(&one(case)).await.expect(200).json();
            assert_eq!(
                json!([view["stage"], view["seats"]]),
                json!(["reported", ["reporter"]])
            );
        }
        let numbered = app.officer(ZAPOPAN).await.get(&one(&zapopan)).await.json();
        assert!(
            numbered["quality_flags"]
                .to_string()
                .contains("registry_number_unverified")
        );
        assert!(
            numbered["source"]
                .as_str()
                .unwrap()
                .contains("registro: REG-17")
        );
        assert_eq!(
            (
                numbered["inscription"].clone(),
                app.scratch.count("inscriptions")
            ),
            (Value::Null, 0)
        );
        // Only its own government and the state see each case.
        for (case, tenants) in [
            (&own, vec![JALISCO]),
            (&guadalajara, vec![JALISCO, GUADALAJARA]),
            (&zapopan, vec![JALISCO, ZAPOPAN]),
        ] {
            for tenant in [
                SRE,
                JALISCO,
                GUANAJUATO,
                GUADALAJARA,
                ZAPOPAN,
                IRAPUATO,
                "obs-senado",
            ] {
                let status = if tenants.contains(&tenant) { 200 } else { 404 };
                app.client(Role::Viewer, tenant)
                    .await
                    .get(&one(case))
                    .await
                    .expect(status);
            }
        }
        // Only the importer can read the batch and its rows again.
        let batch = liaison.get(&at).await.expect(200).json();
        assert_eq!(
            json!([batch["summary"], batch["row_count"], batch["file"]]),
            json!([summary, 7, "estado.csv"])
        );
        assert!(batch["completed_at"].is_string() && batch["undone_at"].is_null());
        let mut rows = Vec::new();
        let mut next = format!("{at}/rows?limit=3");
        loop {
            let page = liaison.get(&next).await.expect(200).json();
            rows.extend(page["items"].as_array().unwrap().clone());
            let Some(cursor) = page["next_cursor"].as_str() else {
                break;
            };
            next = format!("{at}/rows?limit=3&cursor={cursor}");
        }
        assert_eq!(json!(rows), report["rows"]);
        let list = liaison.get(PATH).await.expect(200).json();
        assert_eq!(list["items"], json!([batch]));
        for tenant in [SRE, GUANAJUATO] {
            let other = app.client(Role::Liaison, tenant).await;
            assert_eq!(other.get(PATH).await.expect(200).json()["items"], json!([]));
            for part in ["", "/rows"] {
                other
                    .get(&format!("{at}{part}"))
                    .await
                    .refused(404, "not_found");
            }
        }
        let viewer = app.client(Role::Viewer, JALISCO).await;
        viewer.get(&at).await.refused(404, "not_found");
        viewer.get(PATH).await.refused(403, "forbidden");
    })
    .await;
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn the_ministry_brings_in_over_the_network_what_it_does_at_the_console() {
    on_both(|app| async move {
        let ministry = app.client(Role::Liaison, SRE).await;
        let dry = upload(&format!("{PATH}?dry_run=true"), NAME, FILE);
        let dry = ministry.send(dry).await.expect(200).json();
        assert_eq!(
            (
                app.scratch.count("agreements"),
                app.scratch.count("import_rows")
            ),
            (0, 0)
        );
        let console = crate::imports::bring(&app.app, FILE, true).await;
        assert_eq!(dry, serde_json::to_value(&console).unwrap());
        let real = ministry
            .send(upload(PATH, NAME, FILE))
            .await
            .expect(201)
            .json();
        assert_eq!(results(&real), results(&dry));
        assert_eq!(app.scratch.count("agreements"), 62);
        let registered =
            format!("{HEAD}Jalisco,Zapopan,Nara,Japón,hermanamiento,2001,Gaceta,REG-17\n");
        let report = bring(&ministry, &registered).await.expect(201).json();
        let view = ministry
            .get(&one(case_at(&report, 2)))
            .await
            .expect(200)
            .json();
        assert_eq!(view["stage"], "registered");
        assert_eq!(app.scratch.count("inscriptions"), 1);
    })
    .await;
}

// row: 003-07, 002-14
// operations: create_import
#[actix_web::test]
async fn who_brings_files_in() {
    on_both(|app| async move {
        let file = file();
        let refused = upload(PATH, "a.csv", file.as_bytes());
        app.nobody()
            .send(refused)
            .await
            .refused(401, "unauthenticated");
        for (role, tenant) in [
            (Role::Officer, JALISCO),
            (Role::Viewer, JALISCO),
            (Role::Officer, SRE),
            (Role::Liaison, GUADALAJARA),
            (Role::Liaison, "00-amexcid"),
            (Role::Liaison, "obs-senado"),
        ] {
            let client = app.client(role, tenant).await;
            bring(&client, &file).await.refused(403, "forbidden");
            let unknown = format!("{PATH}/{}/undo", uuid::Uuid::now_v7());
            let undo = client.send(Request::new(Method::POST, &unknown)).await;
            undo.refused(404, "not_found");
        }
        assert_eq!(app.scratch.count("import_batches"), 0);
        // Another state's liaison imports its own rows; the others are refused, row by row.
        let other = app.client(Role::Liaison, GUANAJUATO).await;
        let report = bring(&other, &file).await.expect(201).json();
        assert_eq!(report["summary"]["imported"], 1);
        assert_eq!(
            app.scratch.count("agreements WHERE tenant_id <> '11017'"),
            0
        );
    })
    .await;
}

/// A state's file of `rows` agreements of Guadalajara.
fn long(rows: usize) -> String {
    let row = |n| format!("Jalisco,Guadalajara,Ciudad {n},Japón,hermanamiento,1998,Gaceta,\n");
    let rows: String = (0..rows).map(row).collect();
    format!("{HEAD}{rows}")
}

fn keyed(app: &str, text: &str) -> Request {
    upload(PATH, "estado.csv", text.as_bytes()).header("idempotency-key", app)
}
