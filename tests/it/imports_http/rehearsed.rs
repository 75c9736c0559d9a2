//! Dry runs of a state's file.

use super::{HEAD, PATH, bring, case_at, expected, file, fits, results, upload};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Answer, Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, on_both};

async fn rehearse(client: &Client, text: &str) -> Answer {
    let path = format!("{PATH}?dry_run=true");
    client
        .send(upload(&path, "estado.csv", text.as_bytes()))
        .await
}

// row: 003-07, 002-14
// operations: create_import, list_imports
#[actix_web::test]
async fn a_state_is_told_first_what_its_file_would_do() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let other = app.client(Role::Liaison, GUANAJUATO).await;
        let outsiders = [
            app.officer(JALISCO).await,
            app.client(Role::Liaison, GUADALAJARA).await,
        ];
        let before = app.scratch.rows(&["audit_log", "audit_owners"]);
        let dry = rehearse(&liaison, &file()).await.expect(200);
        fits(PATH, "post", &dry);
        let told = dry.json();
        assert_eq!(
            json!([told["dry_run"], told["batch_id"], dry.header("location")]),
            json!([true, null, null])
        );
        assert_eq!(results(&told), expected());
        let rows = told["rows"].as_array().unwrap();
        // A row that would be imported has no id, and a row of another state is refused.
        for row in &rows[..3] {
            assert_eq!(row["detail"]["agreement_id"], Value::Null);
        }
        assert_eq!(rows[3]["detail"]["reasons"][0]["code"], "not_yours");
        // Another state would import another row; who may not import may not try.
        let elsewhere = rehearse(&other, &file()).await.expect(200).json();
        assert_eq!(elsewhere["summary"]["imported"], 1);
        for outsider in &outsiders {
            let refused = rehearse(outsider, &file()).await;
            refused.refused(403, "forbidden");
        }
        let after = app.scratch.rows(&["audit_log", "audit_owners"]);
        assert_eq!(before, after, "a dry run kept something");
        let list = liaison.get(PATH).await.expect(200).json();
        assert_eq!(list["items"], json!([]));

        // The real import does what the dry run said.
        let real = bring(&liaison, &file()).await.expect(201).json();
        assert_eq!(results(&real), results(&told));
        assert_eq!(real["summary"], told["summary"]);
        for line in 3..7 {
            assert_eq!(real["rows"][line], told["rows"][line]);
        }
        // A second dry run finds the rows on record; a row that somebody else recorded is a
        // duplicate without an id.
        let again = rehearse(&liaison, &file()).await.expect(200).json();
        let summary = json!({"imported": 0, "duplicate": 4, "needs_decision": 1, "refused": 2});
        assert_eq!(again["summary"], summary);
        assert_eq!(case_at(&again, 3), case_at(&real, 3));
        let ministry = app.client(Role::Liaison, SRE).await;
        let text = format!("{HEAD}Jalisco,Zapopan,Lyon,Francia,hermanamiento,2005,Gaceta,\n");
        bring(&ministry, &text).await.expect(201);
        let known = rehearse(&liaison, &text).await.expect(200).json();
        assert_eq!(known["rows"][0]["result"], "duplicate");
        assert_eq!(known["rows"][0]["detail"]["agreement_id"], Value::Null);
        assert_eq!(app.scratch.count("import_batches"), 2);
    })
    .await;
}
