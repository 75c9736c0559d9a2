//! What figures say of old records: a day before anything was on record is not a day without
//! agreements, and an inscription of which no opinion is known is no gap.

use crate::tools::{noon, on_both_at_noon};
use serde_json::{Value, json};
use vinculo_api::commands::import::import;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::imports::Reading;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, SRE, TestApp, ZAPOPAN};

/// One row with a number of the old registry, which is inscribed, and one without.
const PAST: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Zapopan,Málaga,España,hermanamiento,1998,DOF,RAI-0031\n\
    Jalisco,Zapopan,Marianao,Cuba,hermanamiento,1999,DOF,\n";

async fn ask(client: &Client, path: &str) -> Value {
    client
        .get(&format!("/v1/statistics/{path}"))
        .await
        .expect(200)
        .json()
}

// row: 003-11
// operations: get_stock_statistics, get_own_stock_statistics, get_stock_statistics_csv
#[actix_web::test]
async fn of_a_day_before_the_import_the_figures_say_that_the_records_begin_later() {
    on_both_at_noon(|app: TestApp, clock| async move {
        let nobody = app.nobody();
        // Before anything is recorded, nothing is known of a beginning.
        noon(&clock, "2026-11-02");
        let empty = ask(&nobody, "stock?as_of=2026-10-01").await;
        assert_eq!(
            (&empty["begins_on"], &empty["note"]),
            (&Value::Null, &Value::Null)
        );
        noon(&clock, "2026-11-05");
        let done = import(
            &app.app,
            "rai.csv",
            PAST.as_bytes(),
            &Reading::default(),
            false,
            |_, _| {},
        )
        .await;
        assert_eq!(done.unwrap().summary.imported, 2);
        noon(&clock, "2026-11-09");
        let owner = app.client(Role::Viewer, ZAPOPAN).await;
        let sre = app.client(Role::Viewer, SRE).await;
        for (client, scope, total) in [(&nobody, "", 1), (&owner, "mine/", 2), (&sre, "mine/", 2)] {
            for family in ["stock", "flow", "life", "coverage", "concentration"] {
                let path = format!("{scope}{family}?as_of=2026-11-04");
                let before = ask(client, &path).await;
                assert_eq!(
                    (&before["total"], &before["begins_on"]),
                    (&json!(0), &json!("2026-11-05")),
                    "{path}"
                );
                let (es, en) = (&before["note"]["es"], &before["note"]["en"]);
                for note in [es, en] {
                    assert!(note.as_str().unwrap().contains("2026-11-05"), "{note}");
                }
                assert_ne!(es, en);
                // A filter that finds nothing is no day before the beginning.
                for query in [
                    "as_of=2026-11-05",
                    "as_of=2026-11-09",
                    "kind=specific_cooperation",
                ] {
                    let path = format!("{scope}{family}?{query}");
                    let after = ask(client, &path).await;
                    assert_eq!(
                        (&after["begins_on"], &after["note"]),
                        (&Value::Null, &Value::Null),
                        "{path}"
                    );
                }
            }
            let now = ask(client, &format!("{scope}stock?as_of=2026-11-05")).await;
            assert_eq!(now["total"], total);
        }
        let csv = nobody
            .get("/v1/statistics/stock.csv?as_of=2026-11-04")
            .await
            .expect(200)
            .text();
        assert!(csv.lines().next().unwrap().contains(",begins_on,"), "{csv}");
        assert!(
            csv.lines()
                .last()
                .unwrap()
                .contains(",2026-11-04,2026-11-05,"),
            "{csv}"
        );
        // Each reader has its own beginning, and who has nothing has none.
        app.case_in(GUADALAJARA, Stage::Draft).await;
        let lead = app.client(Role::Viewer, GUADALAJARA).await;
        let other = app.client(Role::Viewer, GUANAJUATO).await;
        let began = ask(&lead, "mine/stock?as_of=2026-11-05").await;
        assert_eq!(began["begins_on"], "2026-11-09");
        let never = ask(&other, "mine/stock?as_of=2026-11-05").await;
        assert_eq!(never["begins_on"], Value::Null);
    })
    .await;
}

// row: 003-11, 004-06
// operations: get_own_gap_statistics
#[actix_web::test]
async fn an_inscription_of_which_no_opinion_is_known_is_no_gap() {
    on_both_at_noon(|app: TestApp, _clock| async move {
        let done = import(
            &app.app,
            "rai.csv",
            PAST.as_bytes(),
            &Reading::default(),
            false,
            |_, _| {},
        )
        .await;
        assert_eq!(done.unwrap().summary.imported, 2);
        for (tenant, role) in [(SRE, Role::Viewer), (ZAPOPAN, Role::Viewer)] {
            let reader = app.client(role, tenant).await;
            let gaps = ask(&reader, "mine/gaps?by=gap,stage").await;
            let rows = gaps["rows"].as_array().unwrap().iter();
            let mut found: Vec<String> = rows
                .map(|row| {
                    format!(
                        "{} {} {}",
                        row["keys"]["gap"], row["keys"]["stage"], row["count"]
                    )
                })
                .collect();
            found.sort();
            // What waits for its inscription lacks an opinion; what is inscribed lacks nothing.
            let expected = [r#""none" "registered" 1"#, r#""unreviewed" "signed" 1"#];
            assert_eq!(found, expected, "{tenant}");
        }
    })
    .await;
}
