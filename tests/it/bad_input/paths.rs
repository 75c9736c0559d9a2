//! Unknown paths and methods.

use super::Bench;
use crate::tools::{one, patch, post, shape};
use actix_web::http::Method;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;
use vinculo_tests::{Request, on_both, on_tier};

#[actix_web::test]
async fn an_id_that_is_none_is_like_an_id_that_does_not_exist() {
    on_tier("refusals: ids that are none", |app| async move {
        let bench = Bench::new(app).await;
        let real = Uuid::parse_str(&bench.case).unwrap();
        let random = Uuid::now_v7().to_string();
        let ids = [
            "abc".to_owned(),
            "1".to_owned(),
            "%00".to_owned(),
            "%ff".to_owned(),
            "%F0%9F%98%80".to_owned(),
            "..%2f..".to_owned(),
            "a".repeat(2000),
            real.simple().to_string(),
            real.to_string().to_uppercase(),
            real.braced()
                .to_string()
                .replace('{', "%7B")
                .replace('}', "%7D"),
            real.urn().to_string(),
        ];
        let edit = json!({"title": "Otro"});
        let step = json!({"action": "submit"});
        let texts = json!({"texts": []});
        let get = |path: &str| Request::new(Method::GET, path);
        let requests = |id: &str| {
            let case = one(id);
            let mine = one(&bench.case);
            vec![
                get(&case),
                get(&format!("{case}/history")),
                get(&format!("{case}/documents")),
                get(&format!("{case}/text-sets")),
                get(&format!("{mine}/documents/{id}")),
                get(&format!("{mine}/documents/{id}/content")),
                patch(&case, "\"1\"", &edit),
                Request::new(Method::DELETE, &case).if_match("\"1\""),
                post(&format!("{case}/transitions"), &step).if_match("\"1\""),
                post(&format!("{case}/text-sets"), &texts),
                Request::new(Method::POST, &format!("{case}/confirmations")).if_match("\"1\""),
                get(&format!("/v1/counterparts/{id}")),
                patch(
                    &format!("/v1/counterparts/{id}"),
                    "\"1\"",
                    &json!({"name": "Otra"}),
                ),
                get(&format!("/v1/mechanisms/{id}")),
                get(&format!("/v1/designated-offices/{id}")),
                get(&format!("/v1/governments/{id}")),
                get(&format!("/v1/registry/{id}")),
                get(&format!("/v1/catalogs/{id}")),
            ]
        };
        for (position, request) in requests(&random).into_iter().enumerate() {
            let absent = bench.refuse(request, 404, "not_found").await;
            for id in &ids {
                let request = requests(id).swap_remove(position);
                let malformed = bench.refuse(request, 404, "not_found").await;
                assert_eq!(shape(&malformed), shape(&absent));
            }
        }
        let upload = |id: &str| {
            Request::new(Method::POST, &format!("{}/documents", one(id))).form(&[
                ("kind", None, b"other"),
                ("file", Some("a.pdf"), b"%PDF-1.4"),
            ])
        };
        let absent = bench.refuse(upload(&random), 404, "not_found").await;
        let malformed = bench.refuse(upload("abc"), 404, "not_found").await;
        assert_eq!(shape(&malformed), shape(&absent));
    })
    .await;
}

#[actix_web::test]
async fn a_path_or_method_that_does_not_exist_says_so_in_the_same_form() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        for path in [
            "/",
            "/v1",
            "/v1/",
            "/v1/nothing",
            "/v2/agreements",
            "/v1/agreements/",
            "/V1/agreements",
        ] {
            bench
                .refuse(Request::new(Method::GET, path), 404, "not_found")
                .await;
        }
        let case = one(&bench.case);
        let document = format!("{case}/documents/{}/content", bench.case);
        for (method, path, allowed) in [
            (Method::PUT, "/v1/agreements", "GET POST"),
            (Method::DELETE, "/v1/counterparts", "GET POST"),
            (Method::PUT, &case, "GET PATCH DELETE"),
            (Method::GET, &format!("{case}/transitions"), "POST"),
            (Method::DELETE, &document, "GET HEAD"),
            (Method::POST, "/v1/registry", "GET"),
            (Method::GET, "/v1/sessions", "POST"),
            (Method::PATCH, "/v1/me", "GET"),
            (Method::DELETE, "/openapi.json", "GET"),
        ] {
            let answer = bench
                .refuse(Request::new(method, path), 405, "method_not_allowed")
                .await;
            let said = answer.header("allow").unwrap();
            let said: BTreeSet<_> = said.split(", ").collect();
            assert_eq!(said, allowed.split(' ').collect(), "{path}");
        }
    })
    .await;
}
