//! A number of the older registry stands in one inscription: a row with a number that is on record is
//! asked about, not inscribed.

use super::{PATH, REGISTERED, bring, made_of};
use crate::tools::entry;
use serde_json::json;
use vinculo_domain::Role;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_persistence::migrate;
use vinculo_tests::{SRE, TestApp, on_both};

const OTHER: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Guadalajara,Portland,Estados Unidos,hermanamiento,2003,DOF,rai-0031\n\
    Jalisco,Guadalajara,Lyon,Francia,hermanamiento,2004,DOF,RAI-0032\n";
const CONTRACT: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Guadalajara,Portland,Estados Unidos,contrato privado,2003,DOF,RAI-0031\n";

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn a_number_on_record_is_asked_about() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let report = bring(&liaison, PATH, REGISTERED).await.expect(201).json();
        let (_case, number) = made_of(&liaison, &report, 2).await;
        let title = app.nobody().get(&entry(&number)).await.expect(200).json()["title"].clone();
        let told = [
            bring(&liaison, "/v1/imports?dry_run=true", OTHER)
                .await
                .expect(200)
                .json(),
            bring(&liaison, PATH, OTHER).await.expect(201).json(),
        ];
        for told in &told {
            let row = &told["rows"][0];
            assert_eq!(row["result"], "needs_decision");
            let question = &row["detail"]["questions"][0];
            assert_eq!(
                json!([question["field"], question["value"], question["candidates"]]),
                json!(["registry_number", "rai-0031", [{"code": number, "name": title}]])
            );
            assert_eq!(told["rows"][1]["result"], "imported");
        }
        assert_eq!(app.scratch.count("inscriptions"), 2);
        assert_eq!(app.scratch.count("agreements"), 2);
        // The row of the number itself is on record; nothing is to be asked about it.
        let again = bring(&liaison, PATH, REGISTERED).await.expect(201).json();
        assert_eq!(again["rows"][0]["result"], "duplicate");
        // What no registry takes is not inscribed, and its number is not dropped in silence.
        let contract = bring(&liaison, PATH, CONTRACT).await.expect(201).json();
        assert_eq!(contract["rows"][0]["result"], "needs_decision");
        assert_eq!(app.scratch.count("inscriptions"), 2);
    })
    .await;
}

// row: 003-07
// operations: create_import, get_import
#[actix_web::test]
async fn of_two_imports_at_once_one_inscribes_the_number() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let first = bring(&liaison, PATH, REGISTERED);
        let second = bring(&liaison, PATH, OTHER);
        let (first, second) = futures_util::future::join(first, second).await;
        let results = [first, second].map(|answer| {
            let report = answer.expect(201).json();
            report["rows"][0]["result"].as_str().unwrap().to_owned()
        });
        assert!(results.contains(&"imported".to_owned()), "{results:?}");
        assert!(
            results.contains(&"needs_decision".to_owned()),
            "{results:?}"
        );
        assert_eq!(app.scratch.count("inscriptions"), 2);
    })
    .await;
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn numbers_inscribed_before_the_migration_are_known_after_it() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        bring(&liaison, PATH, REGISTERED).await.expect(201);
        let forgotten = "UPDATE consolidations SET legacy_key = NULL";
        app.scratch.execute(forgotten);
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        let told = bring(&liaison, PATH, OTHER).await.expect(201).json();
        assert_eq!(told["rows"][0]["result"], "needs_decision");
        assert_eq!(told["rows"][1]["result"], "imported");
    })
    .await;
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn the_number_of_an_agreement_on_record_is_asked_about_and_not_lost() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let report = bring(&liaison, PATH, REGISTERED).await.expect(201).json();
        let (_case, number) = made_of(&liaison, &report, 2).await;
        let again = |written: &str| REGISTERED.replace("RAI-0031", written);
        // The same number, or its own, is on record already.
        for written in ["RAI-31", "No. 31", "31.0", number.as_str(), ""] {
            let told = bring(&liaison, PATH, &again(written)).await.expect(201);
            assert_eq!(told.json()["rows"][0]["result"], "duplicate", "{written}");
        }
        let told = bring(&liaison, PATH, &again("RAI-0039")).await.expect(201);
        let row = told.json()["rows"][0].clone();
        assert_eq!(row["result"], "needs_decision");
        assert_eq!(row["detail"]["questions"][0]["field"], "registry_number");
        // Another agreement has neither this registry's number nor the older one, however written.
        for written in [number.as_str(), "RAI-00031", "31"] {
            let other = OTHER.replace("rai-0031", written);
            let told = bring(&liaison, "/v1/imports?dry_run=true", &other).await;
            let row = told.expect(200).json()["rows"][0].clone();
            assert_eq!(row["result"], "needs_decision", "{written}");
            let candidates = &row["detail"]["questions"][0]["candidates"];
            assert_eq!(candidates[0]["code"], json!(number), "{written}");
        }
        assert_eq!(app.scratch.count("inscriptions"), 1);
    })
    .await;
}
