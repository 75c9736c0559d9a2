//! Rows that may be an agreement on record: asked about, answered in the file, and only by what the
//! importer sees.

use super::bring;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, JALISCO, SRE, on_both};

const HEAD: &str = "entidad,municipio,contraparte,país,tipo,fecha,fuente,otro acuerdo\n";

fn row(name: &str, day: &str, another: &str) -> String {
    format!("Jalisco,Guadalajara,{name},China,hermanamiento,{day},Gaceta,{another}\n")
}

async fn rows(client: &Client, rows: &[String]) -> Vec<Value> {
    let report = bring(client, &format!("{HEAD}{}", rows.concat())).await;
    report.expect(201).json()["rows"]
        .as_array()
        .unwrap()
        .clone()
}

fn results(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["result"].as_str().unwrap())
        .collect()
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn a_row_that_may_be_on_record_is_asked_about_and_answered_in_the_file() {
    on_both(|app| async move {
        let state = app.client(Role::Liaison, JALISCO).await;
        let first = rows(&state, &[row("Xi'an", "1998", "")]).await;
        let record = first[0]["detail"]["agreement_id"].clone();
        let again = [
            row("Xian", "15/03/1998", ""),
            row("Xi’an", "", ""),
            row("Xi an", "1998", ""),
            row("Lyon", "1999", ""),
            row("Lyon", "1999-02", ""),
        ];
        let found = rows(&state, &again).await;
        let expected = [
            "needs_decision",
            "needs_decision",
            "duplicate",
            "imported",
            "needs_decision",
        ];
        assert_eq!(results(&found), expected);
        let question = &found[0]["detail"]["questions"][0];
        assert_eq!(
            json!([
                question["field"],
                question["candidates"][0]["code"],
                found[0]["detail"]["agreement_id"]
            ]),
            json!(["another_agreement", record, record])
        );
        assert!(question["es"].as_str().unwrap().contains("«otro acuerdo»"));
        let in_file = found[4]["detail"]["questions"][0]["es"].as_str().unwrap();
        assert!(in_file.contains("línea 5"), "{in_file}");
        assert_eq!(app.scratch.count("agreements"), 2);

        let answered = [row("Xian", "15/03/1998", "sí"), row("Xi’an", "", "no")];
        let found = rows(&state, &answered).await;
        assert_eq!(results(&found), ["imported", "needs_decision"]);
        // The file once more brings in nothing.
        let found = rows(&state, &answered).await;
        assert_eq!(results(&found), ["duplicate", "needs_decision"]);
        assert_eq!(app.scratch.count("agreements"), 3);
    })
    .await;
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn an_importer_is_not_asked_about_what_it_does_not_see() {
    on_both(|app| async move {
        let state = app.client(Role::Liaison, JALISCO).await;
        rows(&state, &[row("Xi'an", "1998", "")]).await;
        let ministry = app.client(Role::Liaison, SRE).await;
        let found = rows(&ministry, &[row("Xi'an", "1998-03-15", "")]).await;
        let text = json!(found).to_string();
        assert_eq!(results(&found), ["imported"], "{text}");
    })
    .await;
}
