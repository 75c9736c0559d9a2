//! Files as spreadsheets write them, and the command that reads them.

use crate::imports::{FILE, NAME, bring, summary};
use serde_json::{Value, json};
use std::rc::Rc;
use tempfile::TempDir;
use vinculo_api::commands::import::run;
use vinculo_api::config::Config;
use vinculo_domain::imports::Reading;
use vinculo_persistence::Engine;
use vinculo_tests::{Scratch, TestApp, ZAPOPAN, on_both, on_each};

// row: 003-07
#[actix_web::test]
async fn what_spreadsheets_write_is_read_and_doubts_are_asked() {
    on_both(|app: TestApp| async move {
        let text = "\u{feff}Entidad;Municipio;Contraparte;País;Tipo;Fecha firma;Fuente;Tema\n\
            Jalisco;Zapopán;Málaga;España;hermanamiento;14/03/1990;Gaceta;cultura\n\
            ;Juárez;El Paso, Texas;Estados Unidos;hermanamiento;;;\n\
            Jalisco;Guadalajara;Oñati;España;hermanamiento;31/02/1999;;\n";
        for bytes in [text.as_bytes().to_vec(), windows(text)] {
            let report = bring(&app.app, &bytes, true).await;
            assert_eq!(summary(&report), [1, 0, 1, 1], "{report:?}");
            let question = &report.rows[1].detail["questions"][0];
            assert_eq!(question["field"], "government");
            let codes: Vec<&str> = question["candidates"]
                .as_array()
                .unwrap()
                .iter()
                .map(|choice| choice["code"].as_str().unwrap())
                .collect();
            assert!(
                codes.contains(&"08037") && codes.contains(&"19031"),
                "{codes:?}"
            );
            let reason = &report.rows[2].detail["reasons"][0];
            assert_eq!(
                (&reason["field"], &reason["value"]),
                (&json!("signed_on"), &json!("31/02/1999"))
            );
        }
        let report = bring(&app.app, text.as_bytes(), false).await;
        let case = report.rows[0].detail["agreement_id"].as_str().unwrap();
        let view = app
            .officer(ZAPOPAN)
            .await
            .get(&format!("/v1/agreements/{case}"))
            .await;
        let view = view.expect(200).json();
        assert_eq!(
            (&view["signed_on"], &view["title"]),
            (
                &json!("1990-03-14"),
                &json!("Acuerdo de hermanamiento con Málaga")
            )
        );
        assert_eq!(view["draft"]["themes"], json!(["culture"]));
    })
    .await;
}

/// As a Spanish spreadsheet saves it: Windows-1252, without a byte-order mark.
fn windows(text: &str) -> Vec<u8> {
    let text = text.trim_start_matches('\u{feff}').chars();
    text.map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect()
}

// row: 003-07
#[actix_web::test]
async fn the_command_migrates_reports_and_ends_well() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let config = Config {
            data_dir: folder.path().join("data"),
            database_url: Some(scratch.url.clone()),
            migration_url: Some(scratch.migration_url.clone()),
            ..Config::default()
        };
        let (file, out) = (folder.path().join(NAME), folder.path().join("report.json"));
        std::fs::write(&file, FILE).unwrap();
        let said = run(&config, &file, &Reading::default(), false, Some(&out))
            .await
            .unwrap();
        assert!(
            said.contains("62 imported, 1 duplicate, 0 need a decision, 0 refused"),
            "{said}"
        );
        assert!(said.contains("vinculo import undo"), "{said}");
        let report: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
        assert_eq!(
            report["summary"],
            json!({"imported": 62, "duplicate": 1, "needs_decision": 0, "refused": 0})
        );
        assert_eq!(report["rows"].as_array().unwrap().len(), 63);
        assert_eq!(scratch.count("agreements WHERE retired_at IS NULL"), 62);
        // The report has a row that cannot be recorded; there is no report for a missing file.
        let header = FILE.split(|byte| *byte == b'\n').next().unwrap();
        let bad = [header, b"\nJalisco,,,Francia,hermanamiento,,\n"].concat();
        std::fs::write(&file, bad).unwrap();
        run(&config, &file, &Reading::default(), false, Some(&out))
            .await
            .unwrap();
        let report: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
        assert_eq!(report["summary"]["refused"], 1);
        assert_eq!(
            report["rows"][0]["detail"]["reasons"][0]["field"],
            "counterpart"
        );
        run(
            &config,
            &folder.path().join("absent.csv"),
            &Reading::default(),
            false,
            None,
        )
        .await
        .unwrap_err();
    })
    .await;
}
