//! Past agreements and the registry: entries of an older registry, and what the law excludes.

mod cancelled;
mod kept;
mod taken;

use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::commands::import::{import, undo_batch};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::imports::Reading;
use vinculo_tests::{Answer, Client, Request, SRE, TestApp, ZAPOPAN, on_both};

const PATH: &str = "/v1/imports";
const REGISTERED: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Zapopan,Málaga,España,hermanamiento,1998,DOF,RAI-0031\n";
const SEVERAL: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Zapopan,Málaga,España,hermanamiento,1998,DOF,RAI-0031\n\
    Jalisco,Zapopan,Marianao,Cuba,hermanamiento,1999,DOF,RAI-0032\n\
    Jalisco,Guadalajara,Portland,Estados Unidos,hermanamiento,2003,DOF,RAI-0033\n";
const DOMESTIC: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente\n\
    Jalisco,Zapopan,\"Calvillo, Aguascalientes\",México,hermanamiento,1998,DOF\n";

/// Brings in a file as the ministry's liaison.
async fn bring(liaison: &Client, path: &str, text: &str) -> Answer {
    let file: (&str, Option<&str>, &[u8]) = ("file", Some("rai.csv"), text.as_bytes());
    let request = Request::new(Method::POST, path).form(&[file]);
    liaison.send(request).await
}

async fn undo(liaison: &Client, report: &Value, query: &str) -> Answer {
    let batch = report["batch_id"].as_str().unwrap();
    let path = format!("/v1/imports/{batch}/undo{query}");
    liaison.send(Request::new(Method::POST, &path)).await
}

/// The case that a line of the file made, and the number of its inscription.
async fn made_of(liaison: &Client, report: &Value, line: usize) -> (String, String) {
    let case = report["rows"][line - 2]["detail"]["agreement_id"]
        .as_str()
        .unwrap();
    let view = liaison.get(&crate::tools::one(case)).await.expect(200);
    let number = view.json()["inscription"].as_str().unwrap().to_owned();
    (case.to_owned(), number)
}

// row: 003-07
// operations: list_registry, get_inscription
#[actix_web::test]
async fn what_an_older_registry_has_is_inscribed_under_its_number() {
    on_both(|app: TestApp| async move {
        let report = import(
            &app.app,
            "rai.csv",
            REGISTERED.as_bytes(),
            &Reading::default(),
            false,
            |_, _| {},
        )
        .await;
        let report = report.unwrap();
        assert_eq!(report.summary.imported, 1);
        let nobody = app.nobody();
        let list = nobody.get("/v1/registry?q=malaga").await.expect(200).json();
        let number = list["items"][0]["number"].as_str().unwrap().to_owned();
        let inscription = nobody
            .get(&format!("/v1/registry/{number}"))
            .await
            .expect(200)
            .json();
        assert_eq!(inscription["legacy_number"], "RAI-0031");
        assert_eq!(inscription["signed_on"], "1998");
        let officer = app.officer(ZAPOPAN).await;
        let cases = officer
            .get("/v1/agreements?q=malaga")
            .await
            .expect(200)
            .json();
        assert_eq!(cases["items"][0]["stage"], "registered");
        assert_eq!(cases["items"][0]["compliance"], "unknown");
        // Undone with the command, the number stays used and readable.
        let undone = undo_batch(&app.app, report.batch_id.unwrap())
            .await
            .unwrap();
        assert_eq!((undone.undone, undone.kept.len()), (1, 0));
        assert_eq!(undone.cancelled, std::slice::from_ref(&number));
        let record = nobody.get(&format!("/v1/registry/{number}")).await;
        assert_eq!(record.expect(200).json()["standing"]["cancelled"], true);
    })
    .await;
}

// row: 003-07
// operations: create_import, list_registry
#[actix_web::test]
async fn a_dry_run_of_several_numbers_says_what_the_import_does() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let tried = bring(&liaison, "/v1/imports?dry_run=true", SEVERAL).await;
        let tried = tried.expect(200);
        let summary = json!({"imported": 3, "duplicate": 0, "needs_decision": 0, "refused": 0});
        assert_eq!(tried.json()["summary"], summary);
        // The dry run shows no number and uses none up.
        assert!(!tried.text().contains("-00000"), "{}", tried.text());
        for table in [
            "inscriptions",
            "agreements",
            "counters WHERE series LIKE 'registry:%'",
        ] {
            assert_eq!(app.scratch.count(table), 0, "{table}");
        }
        let made = bring(&liaison, PATH, SEVERAL).await.expect(201).json();
        assert_eq!(made["summary"], summary);
        let list = app.nobody().get("/v1/registry").await.expect(200).json();
        let numbers: Vec<&str> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["number"].as_str().unwrap().rsplit('-').next().unwrap())
            .collect();
        assert_eq!(numbers, ["000003", "000002", "000001"]);
    })
    .await;
}

// row: 003-06
// operations: transition_agreement
#[actix_web::test]
async fn a_domestic_agreement_of_the_past_never_reaches_the_registry() {
    on_both(|app: TestApp| async move {
        let report = import(
            &app.app,
            "nacional.csv",
            DOMESTIC.as_bytes(),
            &Reading::default(),
            false,
            |_, _| {},
        )
        .await;
        let case = report.unwrap().rows[0].detail["agreement_id"]
            .as_str()
            .unwrap()
            .to_owned();
        let officer = app.officer(ZAPOPAN).await;
        officer
            .attach(&case, "signed_copy", Some("es"), &pdf("firmado"))
            .await
            .expect(201);
        let send = json!({"action": "send_to_registry"});
        officer
            .transition(&case, &send)
            .await
            .refused(422, "kind_not_registrable");
        let view = officer
            .get(&format!("/v1/agreements/{case}"))
            .await
            .expect(200)
            .json();
        let lines = view["available_transitions"].as_array().unwrap();
        let line = lines
            .iter()
            .find(|line| line["action"] == "send_to_registry")
            .unwrap();
        assert_eq!(line["allowed"], false);
        assert_eq!(
            line["reasons"],
            json!(["registrable_kind", "registrable_counterpart"])
        );
        assert_eq!(app.scratch.count("inscriptions"), 0);
    })
    .await;
}
