//! Bodies that are not JSON, or not the JSON that the operation takes.

use super::Bench;
use crate::tools::{one, patch, points_at, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Request, TestApp, on_both};

const JSON: &str = "application/json";

pub(super) fn raw(method: &Method, path: &str, etag: &str, body: &[u8]) -> Request {
    Request::new(method.clone(), path)
        .raw(JSON, body)
        .if_match(etag)
}

pub(super) fn targets(bench: &Bench) -> [(Method, String); 5] {
    let case = one(&bench.case);
    [
        (Method::POST, "/v1/counterparts".to_owned()),
        (Method::POST, "/v1/agreements".to_owned()),
        (Method::POST, format!("{case}/transitions")),
        (Method::POST, format!("{case}/text-sets")),
        (Method::PATCH, case),
    ]
}

#[actix_web::test]
async fn what_is_no_json_is_malformed() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let bomb = "[".repeat(200_000);
        let deep = format!("{{\"title\":{}1{}}}", "[".repeat(32), "]".repeat(32));
        let bodies: [&[u8]; 13] = [
            b"",
            b"{",
            b"nul",
            b"{\"title\":\"Uno\",}",
            b"{\"title\":\"Uno\"} {}",
            b"{\"title\":\"Uno\",\"title\":\"Dos\"}",
            b"{\"validity\":{\"term\":\"fixed\",\"term\":\"indefinite\"}}",
            b"{\"title\":\"\\ud800\"}",
            b"{\"title\":\"\xff\"}",
            b"{\"title\":1e999}",
            b"{\"title\":NaN}",
            bomb.as_bytes(),
            deep.as_bytes(),
        ];
        for (method, path) in targets(&bench) {
            for body in bodies {
                let request = raw(&method, &path, &bench.etag(), body);
                bench.refuse(request, 400, "malformed_json").await;
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn json_that_is_no_object_is_no_body() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let fields = json!(["foreign_government", "local", "Kioto", "JP", "private", []]);
        for (method, path) in targets(&bench) {
            for body in [json!(null), json!([]), json!("x"), json!(1), fields.clone()] {
                let body = body.to_string();
                let request = raw(&method, &path, &bench.etag(), body.as_bytes());
                let answer = bench.refuse(request, 400, "invalid_body").await;
                points_at(&answer, "", "wrong_type");
                let said = answer.json()["errors"][0]["detail"].clone();
                assert_eq!(said, "Envíe un objeto.");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn a_body_has_at_most_256_kilobytes() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let frame = json!({"kind": "twinning", "title": ""}).to_string().len();
        for (size, status, code) in [
            (256 * 1024, 422, "validation_failed"),
            (256 * 1024 + 1, 413, "payload_too_large"),
        ] {
            let body = json!({"kind": "twinning", "title": "a".repeat(size - frame)});
            assert_eq!(body.to_string().len(), size);
            bench
                .refuse(post("/v1/agreements", &body), status, code)
                .await;
            let request = patch(&one(&bench.case), &bench.etag(), &body);
            bench.refuse(request, status, code).await;
        }
    })
    .await;
}

#[actix_web::test]
async fn a_body_of_another_type_is_not_read() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let body = TestApp::counterpart_json("Kioto").to_string();
        let path = "/v1/counterparts";
        let code = "unsupported_media_type";
        for kind in [
            "text/plain",
            "",
            "application/xml",
            "application/merge-patch+json",
        ] {
            let request = Request::new(Method::POST, path).raw(kind, body.clone());
            bench.refuse(request, 415, code).await;
        }
        let bare = Request {
            body: body.clone().into_bytes(),
            ..Request::new(Method::POST, path)
        };
        bench.refuse(bare, 415, code).await;
        for coding in ["gzip", "br", "identity"] {
            let request = Request::new(Method::POST, path).raw(JSON, body.clone());
            let request = request.header("content-encoding", coding);
            bench.refuse(request, 415, code).await;
        }
        let edit = Request::new(Method::PATCH, &one(&bench.case)).if_match(&bench.etag());
        bench.refuse(edit.raw("text/plain", "{}"), 415, code).await;
        let upload = Request::new(Method::POST, &format!("{}/documents", one(&bench.case)));
        bench.refuse(upload.raw(JSON, "{}"), 415, code).await;
        // The same media type with a parameter, and the correct type of a patch, are accepted.
        let good = Request::new(Method::POST, path).raw("Application/JSON; charset=utf-8", body);
        bench.officer.send(good).await.expect(201);
        let edit = Request::new(Method::PATCH, &one(&bench.case))
            .if_match(&bench.etag())
            .raw("application/merge-patch+json", "{\"title\":\"Otro\"}");
        bench.officer.send(edit).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn an_unknown_field_is_named() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let mut counterpart = TestApp::counterpart_json("Kioto");
        counterpart["colour"] = json!("red");
        let agreement = |field: &str, value: Value| {
            let mut body = json!({"kind": "twinning", "title": "Acuerdo"});
            body[field] = value;
            body
        };
        let validity = json!({"term": "indefinite", "forever": true});
        let party = json!([{"government_id": "14039", "role": "lead", "vote": 1}]);
        let id = json!([{"system": "siga", "value": "1", "label": "x"}]);
        let case = "/v1/agreements";
        let steps = format!("{}/transitions", one(&bench.case));
        let remark = json!([{"text": "Precise.", "page": 3}]);
        let withdraw = json!({"action": "withdraw", "reason": "No.", "a/b~c": 1});
        let back = json!({"action": "return_to_owner", "remarks": remark});
        let texts = json!({"texts": [{"language": "es", "authenticity": "authentic", "document_id": bench.case, "size": 1}]});
        for (path, body, pointer) in [
            ("/v1/counterparts", counterpart, "/colour"),
            (case, agreement("colour", json!(1)), "/colour"),
            (case, agreement("a/b~c", json!(1)), "/a~1b~0c"),
            (case, agreement("validity", validity), "/validity/forever"),
            (case, agreement("parties", party), "/parties/0/vote"),
            (case, agreement("external_ids", id), "/external_ids/0/label"),
            (&steps, withdraw, "/a~1b~0c"),
            (&steps, back, "/remarks/0/page"),
            (&format!("{}/text-sets", one(&bench.case)), texts, "/texts/0/size"),
        ] {
            let request = post(path, &body).if_match(&bench.etag());
            let answer = bench.refuse(request, 400, "unknown_field").await;
            points_at(&answer, pointer, "unknown_field");
        }
        let request = patch(&one(&bench.case), &bench.etag(), &json!({"colour": null, "kolor": 1}));
        let answer = bench.refuse(request, 400, "unknown_field").await;
        points_at(&answer, "/kolor", "unknown_field");
    })
    .await;
}

#[actix_web::test]
async fn a_wrong_type_is_pointed_at() {
    on_both(|app| async move {
        let bench = Bench::at(app, Stage::OpinionFavorable).await;
        let steps = format!("{}/transitions", one(&bench.case));
        let signature = json!({"action": "record_signature", "signed_on": "2026-11-10", "place": "Guadalajara", "signatories": [], "originals": []});
        let signed = |field: &str, value: Value| {
            let mut body = signature.clone();
            body[field] = value;
            body
        };
        let case = "/v1/agreements";
        for (path, body, pointer, code) in [
            (case, json!({"title": "Acuerdo"}), "/kind", "required"),
            (case, json!({"kind": "twinning", "title": 5}), "/title", "wrong_type"),
            (case, json!({"kind": "treaty", "title": "A"}), "/kind", "invalid_value"),
            (case, json!({"kind": null, "title": "A"}), "/kind", "invalid_value"),
            (case, json!({"kind": "twinning", "title": "A", "counterparts": ["x"]}), "/counterparts/0", "wrong_type"),
            (case, json!({"kind": "twinning", "title": "A", "themes": "culture"}), "/themes", "wrong_type"),
            (case, json!({"kind": "twinning", "title": "A", "validity": {}}), "/validity/term", "required"),
            ("/v1/counterparts", json!({"kind": "foreign_government", "name": "Kioto"}), "/level", "required"),
            (&steps, json!({}), "/action", "required"),
            (&steps, json!({"action": "approve"}), "/action", "invalid_value"),
            (&steps, json!({"action": 7}), "/action", "invalid_value"),
            (&steps, json!({"action": "withdraw"}), "/reason", "required"),
            (&steps, json!({"action": "withdraw", "reason": 7}), "/reason", "wrong_type"),
            (&steps, signed("place", json!(false)), "/place", "wrong_type"),
            (&steps, signed("signatories", json!({})), "/signatories", "wrong_type"),
            (&steps, signed("originals", json!([{"language": "es"}])), "/originals/0/authenticity", "required"),
            (&steps, signed("signed_on", json!("2026-02-30")), "/signed_on", "wrong_type"),
        ] {
            let request = post(path, &body).if_match(&bench.etag());
            let answer = bench.refuse(request, 400, "invalid_body").await;
            points_at(&answer, pointer, code);
        }
    })
    .await;
}

/// A date is parsed before anything else is checked.
#[actix_web::test]
async fn a_date_that_never_was_is_refused() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let never = [
            "2026-02-30",
            "2026-13",
            "2026-00",
            "2026-04-31",
            "1900-02-29",
            "2023-02-29",
            "1799",
            "2201",
            "0000",
            "99999",
            "2026-2-3",
            "2026/02/03",
            "20260203",
            "+026",
            "hoy",
            "",
            " 2026",
            "2026-02-03T00:00:00Z",
            "２０２６",
        ];
        for day in never {
            let body = json!({"kind": "twinning", "title": "Acuerdo", "planned_signing_on": day});
            let answer = bench
                .refuse(post("/v1/agreements", &body), 400, "invalid_body")
                .await;
            points_at(&answer, "/planned_signing_on", "wrong_type");
            let validity = json!({"validity": {"term": "fixed", "ends_on": day}});
            let request = patch(&one(&bench.case), &bench.etag(), &validity);
            let answer = bench.refuse(request, 400, "invalid_body").await;
            points_at(&answer, "/validity/ends_on", "wrong_type");
        }
        for day in ["2028-02-29", "2027-02", "2027"] {
            let body = json!({"kind": "twinning", "title": "Acuerdo", "planned_signing_on": day});
            let made = bench
                .officer
                .post("/v1/agreements", &body)
                .await
                .expect(201);
            assert_eq!(made.json()["draft"]["planned_signing_on"], day);
        }
    })
    .await;
}
