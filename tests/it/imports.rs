//! Imports of past agreements: the real rows of a state office, and how spreadsheets distort them.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;
use vinculo_api::app::App;
use vinculo_api::commands::import::{import, undo_batch};
use vinculo_api::fixtures::Official;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::gazetteer::seed_government;
use vinculo_domain::imports::{ImportReport as Report, Reading, RowResult};
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

pub const NAME: &str = "acuerdos_historicos.csv";
pub const FILE: &[u8] = include_bytes!("../../examples/acuerdos_historicos.csv");
const EXPECTED: &str = include_str!("../data/expected_import.json");

pub async fn bring(app: &App, bytes: &[u8], dry_run: bool) -> Report {
    import(
        app,
        NAME,
        bytes,
        &Reading::default(),
        dry_run,
        |_done, _total| {},
    )
    .await
    .unwrap()
}

/// The report without what differs between runs.
fn comparable(report: &Report) -> Value {
    let mut value = serde_json::to_value(report).unwrap();
    value.as_object_mut().unwrap().remove("batch_id");
    for row in value["rows"].as_array_mut().unwrap() {
        row["detail"]
            .as_object_mut()
            .unwrap()
            .remove("agreement_id");
    }
    value
}

pub fn summary(report: &Report) -> [usize; 4] {
    let summary = &report.summary;
    [
        summary.imported,
        summary.duplicate,
        summary.needs_decision,
        summary.refused,
    ]
}

async fn officer_of(app: &TestApp, tenant: &str) -> Client {
    let tier = seed_government(tenant).unwrap().tier;
    let email = format!("{}@imports.example", Uuid::now_v7());
    let official = Official::hire(
        &app.app,
        &email,
        "Oficial",
        tenant,
        tier,
        Role::Officer,
        "-",
    )
    .await;
    app.session(official.unwrap().actor.person.unwrap(), tenant)
        .await
}

// row: 003-07
#[actix_web::test]
async fn the_real_rows_come_in_as_expected() {
    on_both(|app: TestApp| async move {
        let report = bring(&app.app, FILE, false).await;
        let (found, expected) = (comparable(&report), serde_json::from_str::<Value>(EXPECTED));
        let expected = expected.unwrap();
        assert_eq!(found["rows"].as_array().unwrap().len(), 63);
        let rows = |report: &Value| report["rows"].as_array().unwrap().clone();
        for (found, expected) in rows(&found).into_iter().zip(rows(&expected)) {
            assert_eq!(found, expected);
        }
        assert_eq!(found, expected);
    })
    .await;
}

// row: 003-07
// operations: get_agreement
#[actix_web::test]
async fn each_row_is_an_agreement_of_its_government_seen_by_it_and_the_ministry_alone() {
    on_both(|app: TestApp| async move {
        let report = bring(&app.app, FILE, false).await;
        let ministry = app.client(Role::Liaison, SRE).await;
        let mut officers: BTreeMap<String, Client> = BTreeMap::new();
        for tenant in [JALISCO, GUANAJUATO, GUADALAJARA, ZAPOPAN] {
            officers.insert(tenant.to_owned(), app.officer(tenant).await);
        }
        let (mut domestic, mut imported) = (0, 0);
        let mut lines = FILE.split(|byte| *byte == b'\n').skip(1);
        for row in &report.rows {
            let line = String::from_utf8_lossy(lines.next().unwrap()).into_owned();
            if row.result != RowResult::Imported {
                continue;
            }
            imported += 1;
            let detail = &row.detail;
            let owner = detail["government_id"].as_str().unwrap();
            if !officers.contains_key(owner) {
                officers.insert(owner.to_owned(), officer_of(&app, owner).await);
            }
            let one = format!(
                "/v1/agreements/{}",
                detail["agreement_id"].as_str().unwrap()
            );
            let view = officers[owner].get(&one).await.expect(200).json();
            assert_eq!(
                (
                    &view["owner"],
                    &view["stage"],
                    &view["compliance"],
                    &view["level"]
                ),
                (
                    &json!(owner),
                    &json!("signed"),
                    &json!("unknown"),
                    &json!("full")
                ),
            );
            assert!(line.contains(view["source"].as_str().unwrap()), "{line}");
            assert_eq!(view["quality_flags"], detail["quality_flags"]);
            assert_eq!(view["country"], detail["country"]);
            assert_eq!(
                view["signed_on"],
                if line.contains(",2000,") {
                    json!("2000")
                } else {
                    json!(null)
                }
            );
            let mexican = line.contains(",México,");
            domestic += usize::from(mexican);
            assert_eq!(view["kind"] == "domestic", mexican, "{line}");
            let seen = ministry.get(&one).await.expect(200).json();
            assert_eq!(seen["stage"], "signed");
            for other in [JALISCO, GUANAJUATO, GUADALAJARA, ZAPOPAN] {
                if other != owner {
                    officers[other].get(&one).await.refused(404, "not_found");
                }
            }
        }
        assert_eq!((imported, domestic), (62, 4));
        for tenant in [JALISCO, GUANAJUATO, GUADALAJARA] {
            let own = report
                .rows
                .iter()
                .filter(|row| {
                    row.result == RowResult::Imported && row.detail["government_id"] == tenant
                })
                .count();
            let list = officers[tenant]
                .get("/v1/agreements?limit=1&count=true")
                .await;
            assert_eq!(list.expect(200).json()["total"], own, "{tenant}");
        }
    })
    .await;
}

// row: 003-07
#[actix_web::test]
async fn the_same_agreement_spelled_otherwise_is_a_duplicate() {
    on_both(|app: TestApp| async move {
        let report = bring(&app.app, FILE, false).await;
        let twice: Vec<_> = report
            .rows
            .iter()
            .filter(|row| row.result == RowResult::Duplicate)
            .map(|row| (row.line, row.detail["in_this_file"].clone()))
            .collect();
        assert_eq!(twice, [(30, json!(true))]);
        let santo = "agreements WHERE fingerprint LIKE '%|santodomingo|%'";
        assert_eq!(app.scratch.count(santo), 1);

        let again = bring(&app.app, FILE, false).await;
        assert_eq!(summary(&again), [0, 63, 0, 0]);
        assert_eq!(again.batch_id, None);
        assert_eq!(app.scratch.count("agreements"), 62);
        let known = |report: &Report, line: u64| {
            let row = report.rows.iter().find(|row| row.line == line).unwrap();
            row.detail["agreement_id"].clone()
        };
        assert_eq!(known(&again, 2), known(&report, 2));
    })
    .await;
}

// row: 003-07
#[actix_web::test]
async fn a_dry_run_tells_the_same_and_keeps_nothing() {
    on_both(|app: TestApp| async move {
        let tables = [
            "agreements",
            "counterparts",
            "import_batches",
            "search_words",
            "agreement_access",
            "history",
            "audit_log",
            "outbox",
        ];
        let count = || tables.map(|table| app.scratch.count(table));
        let before = count();
        let dry = bring(&app.app, FILE, true).await;
        assert!(dry.dry_run);
        assert_eq!((dry.batch_id, count()), (None, before));
        assert!(
            dry.rows
                .iter()
                .all(|row| row.detail["agreement_id"].is_null())
        );
        let real = bring(&app.app, FILE, false).await;
        assert_eq!(dry.summary, real.summary);
        assert_eq!(comparable(&dry)["rows"], comparable(&real)["rows"]);
    })
    .await;
}

// row: 003-07
#[actix_web::test]
async fn a_batch_is_taken_back_but_for_what_somebody_works_on() {
    on_both(|app: TestApp| async move {
        let report = bring(&app.app, FILE, false).await;
        let batch = report.batch_id.unwrap();
        let case = report.rows[0].detail["agreement_id"]
            .as_str()
            .unwrap()
            .to_owned();
        let other = report.rows[1].detail["agreement_id"]
            .as_str()
            .unwrap()
            .to_owned();
        let officer = app.officer(GUADALAJARA).await;
        officer
            .attach(&case, "signed_copy", Some("es"), &pdf("copia"))
            .await
            .expect(201);
        officer
            .transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .expect(200);

        let undone = undo_batch(&app.app, batch).await.unwrap();
        assert_eq!(undone.undone, 61);
        assert_eq!(undone.kept, [Uuid::parse_str(&case).unwrap()]);
        officer
            .get(&format!("/v1/agreements/{case}"))
            .await
            .expect(200);
        let gone = format!("/v1/agreements/{other}");
        officer.get(&gone).await.refused(404, "not_found");
        let ministry = app.client(Role::Liaison, SRE).await;
        ministry.get(&gone).await.refused(404, "not_found");
        let left = ministry.get("/v1/agreements?count=true").await.json();
        assert_eq!(left["total"], 1);
        let list = officer
            .get("/v1/agreements?q=tucson&count=true")
            .await
            .json();
        assert_eq!(list["total"], 0);

        // A batch can be undone once; its rows may then be imported again.
        undo_batch(&app.app, batch).await.unwrap_err();
        let again = bring(&app.app, FILE, false).await;
        assert_eq!(summary(&again), [61, 2, 0, 0]);
    })
    .await;
}
