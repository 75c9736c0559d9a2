//! Keys of catalogues in bodies, and the words of paths that stand in public lists.

use super::{admitted, error_at, lists, on_sqlite};
use crate::tools::post;
use serde_json::{Value, json};
use strum::VariantArray;
use vinculo_domain::Role;
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_tests::{GUADALAJARA, SRE, on_both};

fn codes(catalog: Catalog) -> Vec<String> {
    let entries = catalogs::entries(catalog).iter();
    entries.map(|entry| entry.code.clone()).collect()
}

#[actix_web::test]
async fn a_word_of_a_path_lists_the_words_of_its_place() {
    let app = on_sqlite().await;
    let nobody = app.nobody();
    let all = Catalog::VARIANTS.iter();
    let all: Vec<String> = all.map(|catalog| catalog.slug().to_owned()).collect();
    for word in ["nowhere", "Countries", "%00", "%F0%9F%98%80"] {
        let answer = nobody.get(&format!("/v1/catalogs/{word}")).await;
        let error = error_at(&answer.refused(404, "not_found"), "catalog");
        lists(&error, &all);
        assert_eq!(error["admitted_at"], catalogs::LIST);
    }
    for part in ["", "/relations"] {
        let answer = nobody.get(&format!("/v1/governments/99999{part}")).await;
        let error = error_at(&answer.refused(404, "not_found"), "id");
        assert_eq!(error["admitted_at"], "/v1/governments");
    }
    // Whether a record exists is not told by what is listed beside it.
    let answer = nobody.get("/v1/registry/2026-999999").await;
    let problem = answer.refused(404, "not_found").json();
    assert_eq!(problem.get("errors"), None, "{problem}");
}

/// Every body that takes keys of a catalogue.
#[actix_web::test]
async fn an_unknown_key_lists_the_keys_of_its_catalogue() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let case = |field: &str, value: Value| {
            let mut body = json!({"kind": "twinning", "title": "Acuerdo"});
            body[field] = value;
            post("/v1/agreements", &body)
        };
        let counterpart = json!({"kind": "foreign_government", "level": "local", "name": "Kioto", "country": "jp"});
        let id = uuid::Uuid::now_v7().to_string();
        let one = json!({"kind": "twinning", "title": "Uno"});
        let made = officer.post("/v1/agreements", &one).await.expect(201);
        let path = format!("/v1/agreements/{}", made.id());
        let clause = json!({"model": "nowhere", "number": "1", "heading": "", "text": "Uno."});
        let texts = |language: &str, clauses: Value| {
            let text = json!({"language": language, "authenticity": "authentic", "document_id": id, "clauses": clauses});
            post(&format!("{path}/text-sets"), &json!({"texts": [text]}))
        };
        let file: [(&str, Option<&str>, &[u8]); 3] = [
            ("kind", None, b"text"),
            ("language", None, b"xx-nope"),
            ("file", Some("a.pdf"), b"%PDF-1.4"),
        ];
        let document = vinculo_tests::Request::new(
            actix_web::http::Method::POST,
            &format!("{path}/documents"),
        );
        for (request, pointer, catalog) in [
            (post("/v1/counterparts", &counterpart), "/country", Catalog::Countries),
            (case("themes", json!(["foo"])), "/themes/0", Catalog::Themes),
            (case("sdg_targets", json!(["99"])), "/sdg_targets/0", Catalog::SdgTargets),
            (case("languages", json!(["xx"])), "/languages/0", Catalog::Languages),
            (case("own_powers", json!(["x"])), "/own_powers/0", Catalog::LegalPowers),
            (texts("xx", json!([])), "/texts/0/language", Catalog::Languages),
            (texts("es", json!([clause])), "/texts/0/clauses/0/model", Catalog::Clauses),
            (document.form(&file), "/language", Catalog::Languages),
        ] {
            let answer = officer.send(request).await.refused(422, "validation_failed");
            let error = error_at(&answer, pointer);
            assert_eq!(error["code"], "unknown_key", "{error}");
            lists(&error, &codes(catalog));
            assert_eq!(error["admitted_at"], catalog.address());
        }
        let ministry = app.client(Role::Liaison, SRE).await;
        let mechanism = json!({"state_id": "14039", "name": "Mecanismo", "starts_on": "2026-01-01"});
        let parties = json!([{"government_id": GUADALAJARA, "role": "lead"}, {"government_id": "99999", "role": "signatory"}]);
        for (client, request, pointer, list, first) in [
            (&ministry, post("/v1/mechanisms", &mechanism), "/state_id", "/v1/governments?tier=state", "01"),
            (&officer, case("parties", parties), "/parties/1/government_id", "/v1/governments", "00"),
        ] {
            let answer = client.send(request).await.refused(422, "validation_failed");
            let error = error_at(&answer, pointer);
            assert_eq!((error["code"].as_str(), error["admitted_at"].as_str()), (Some("unknown_key"), Some(list)));
            assert_eq!((admitted(&error)[0].as_str(), admitted(&error).len()), (first, 30));
        }
    })
    .await;
}
