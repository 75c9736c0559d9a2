//! The catalogues over HTTP: the list of them, and each one by its name.

use actix_web::http::Method;
use strum::VariantArray;
use vinculo_domain::catalogs::Catalog;
use vinculo_tests::{Request, on_both};

#[actix_web::test]
async fn the_list_names_every_catalogue_and_the_version_that_it_has() {
    on_both(|app| async move {
        let nobody = app.nobody();
        let answer = nobody.get("/v1/catalogs").await.expect(200);
        let again =
            Request::new(Method::GET, "/v1/catalogs").header("if-none-match", &answer.etag());
        nobody.send(again).await.expect(304);
        let list = answer.json();
        let list = list["catalogs"].as_array().unwrap();
        assert_eq!(list.len(), Catalog::VARIANTS.len());
        for card in list {
            let address = card["address"].as_str().unwrap();
            let answer = nobody.get(address).await.expect(200);
            let catalog = answer.json();
            assert_eq!(catalog["catalog"], card["catalog"]);
            assert_eq!(catalog["version"], card["version"]);
            let tag = format!("\"{}\"", card["version"].as_str().unwrap());
            assert_eq!(answer.etag(), tag, "{address}");
            let entries = catalog["entries"].as_array().unwrap();
            assert_eq!(card["entries"], entries.len(), "{address}");
            let again = Request::new(Method::GET, address).header("if-none-match", &tag);
            nobody.send(again).await.expect(304);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_stage_is_labelled_and_says_who_acts_next() {
    on_both(|app| async move {
        let stages = app
            .nobody()
            .get("/v1/catalogs/stages")
            .await
            .expect(200)
            .json();
        let entries = stages["entries"].as_array().unwrap();
        assert_eq!(
            (&entries[0]["code"], &entries[0]["label"]["es"]),
            (&"draft".into(), &"Borrador".into())
        );
        let of = |code: &str| entries.iter().find(|one| one["code"] == code).unwrap();
        assert_eq!(of("legal_review")["attributes"]["waiting_for"], "sre");
        assert_eq!(of("registered")["attributes"]["final"], "true");
        assert_eq!(
            of("out_of_scope")["label"]["es"],
            "Fuera del ámbito de la LCT"
        );
    })
    .await;
}
