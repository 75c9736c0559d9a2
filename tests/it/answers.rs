//! Answers match the OpenAPI document, and the service serves that document.

use crate::openapi::COMMITTED;
use std::collections::BTreeSet;
use vinculo_api::operation::Content;
use vinculo_api::{openapi, operations};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, SRE, TestApp, on_both, violations};

#[actix_web::test]
async fn what_is_answered_fits_the_document() {
    on_both(|app: TestApp| async move {
        let document = openapi::document();
        let case = app.case_in(GUADALAJARA, Stage::Registered).await;
        let owner = app.officer(GUADALAJARA).await;
        let auditor = app.client(Role::Auditor, GUADALAJARA).await;
        let ministry = app.client(Role::Liaison, SRE).await;
        let view = owner.get(&format!("/v1/agreements/{case}")).await.json();
        let number = view["inscription"].as_str().unwrap();
        let mut seen = BTreeSet::new();
        for (client, level) in [
            (&owner, "full"),
            (&auditor, "full"),
            (&ministry, "submitted"),
        ] {
            for operation in operations::all() {
                let id = if operation.tag == "governments" {
                    "14".to_owned()
                } else {
                    case.to_string()
                };
                let path = operation
                    .path
                    .replace("{number}", number)
                    .replace("{catalog}", "sdg-targets");
                let path = match operation.tag {
                    "agreements" | "documents" | "governments" => path.replace("{id}", &id),
                    _ => path,
                };
                let path = if operation.id.contains("_record_") {
                    format!("{path}?kind=networks")
                } else {
                    path
                };
                let table = matches!(operation.content, Content::Csv(_));
                if operation.method != "GET" || path.contains('{') || table {
                    continue;
                }
                let answer = client.get(&path).await;
                if answer.status == 403 {
                    continue;
                }
                let answer = answer.expect(200).json();
                let schema = &document["paths"][operation.path]["get"]["responses"]["200"]
                    ["content"]["application/json"]["schema"];
                let found = violations(&document, schema, &answer);
                assert_eq!(found, Vec::<String>::new(), "{}", operation.id);
                if operation.id == "get_agreement" {
                    assert_eq!(answer["level"], level);
                }
                seen.insert(operation.id);
            }
        }
        assert_eq!(seen.len(), 71, "{seen:?}");
    })
    .await;
}

#[actix_web::test]
async fn the_document_and_its_page_are_served_without_a_network() {
    on_both(|app: TestApp| async move {
        let nobody = app.nobody();
        let served = nobody.get("/openapi.json").await.expect(200);
        assert_eq!(
            served.header("content-type").as_deref(),
            Some("application/json")
        );
        assert_eq!(served.text(), COMMITTED);
        assert_eq!(
            nobody
                .get("/docs")
                .await
                .expect(302)
                .header("location")
                .as_deref(),
            Some("/docs/")
        );
        let page = nobody.get("/docs/").await.expect(200).text();
        let start = nobody
            .get("/docs/swagger-initializer.js")
            .await
            .expect(200)
            .text();
        assert!(start.contains("/openapi.json"), "{start}");
        for text in [&page, &start] {
            assert!(
                !text.contains("http://") && !text.contains("https://") && !text.contains("\"//"),
                "{text}"
            );
        }
        for part in page
            .split(['"', '\''])
            .filter(|part| part.ends_with(".js") || part.ends_with(".css"))
        {
            nobody
                .get(&format!("/docs/{}", part.trim_start_matches("./")))
                .await
                .expect(200);
        }
    })
    .await;
}
