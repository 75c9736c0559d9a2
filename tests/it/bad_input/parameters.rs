//! Query parameters.

use super::Bench;
use crate::tools::{errors, one, post};
use actix_web::http::Method;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, Request, TestApp, on_both};

fn get(path: &str) -> Request {
    Request::new(Method::GET, path)
}

#[actix_web::test]
async fn a_parameter_that_does_not_exist_is_named() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let auditor = bench.app.client(Role::Auditor, GUADALAJARA).await;
        let case = one(&bench.case);
        let (documents, history) = (format!("{case}/documents"), format!("{case}/history"));
        for (path, name) in [
            ("/v1/agreements?color=red", "color"),
            ("/v1/agreements?Stage=draft", "Stage"),
            ("/v1/agreements?offset=10", "offset"),
            ("/v1/agreements?limit=5&page=2", "page"),
            ("/v1/counterparts?stage=draft", "stage"),
            ("/v1/registry?owner=14", "owner"),
            ("/v1/governments?x=", "x"),
            ("/v1/mechanisms?q=jal", "q"),
            ("/v1/reads?since=2026", "since"),
            ("/v1/me?verbose=true", "verbose"),
            (&format!("{case}?expand=all"), "expand"),
            (&format!("{documents}?count=true"), "count"),
            (&format!("{history}?q=x"), "q"),
        ] {
            let answer = bench
                .refuse_to(&auditor, get(path), 400, "invalid_parameter")
                .await;
            assert_eq!(
                errors(&answer),
                [(name.to_owned(), "unknown_parameter".to_owned())]
            );
        }
        let write = post(
            "/v1/counterparts?force=true",
            &TestApp::counterpart_json("Kioto"),
        );
        bench.refuse(write, 400, "invalid_parameter").await;
    })
    .await;
}

#[actix_web::test]
async fn a_parameter_stands_once() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        for (path, name) in [
            ("/v1/agreements?limit=5&limit=5", "limit"),
            ("/v1/agreements?stage=draft&q=a&stage=signed", "stage"),
            ("/v1/counterparts?q=a&q=b", "q"),
            ("/v1/registry?sort=-number&sort=-signed_on", "sort"),
        ] {
            let answer = bench.refuse(get(path), 400, "invalid_parameter").await;
            assert_eq!(errors(&answer), [(name.to_owned(), "repeated".to_owned())]);
        }
        let twice = "/v1/counterparts?dry_run=true&dry_run=false";
        let write = post(twice, &TestApp::counterpart_json("Kioto"));
        bench.refuse(write, 400, "invalid_parameter").await;
    })
    .await;
}

#[actix_web::test]
async fn a_value_that_is_not_taken_is_refused() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        for (path, name, code) in [
            ("/v1/agreements?limit=0", "limit", "out_of_range"),
            ("/v1/agreements?limit=201", "limit", "out_of_range"),
            ("/v1/agreements?limit=-1", "limit", "out_of_range"),
            ("/v1/agreements?limit=ten", "limit", "out_of_range"),
            ("/v1/agreements?limit=1e1", "limit", "out_of_range"),
            ("/v1/agreements?limit=", "limit", "out_of_range"),
            (
                "/v1/agreements?limit=99999999999999999999",
                "limit",
                "out_of_range",
            ),
            ("/v1/counterparts?limit=201", "limit", "out_of_range"),
            ("/v1/registry?limit=0", "limit", "out_of_range"),
            ("/v1/governments?limit=201", "limit", "out_of_range"),
            ("/v1/agreements?count=maybe", "count", "invalid_value"),
            ("/v1/agreements?stage=nowhere", "stage", "invalid_value"),
            ("/v1/agreements?kind=Twinning", "kind", "invalid_value"),
            (
                "/v1/agreements?stage=draft,nowhere",
                "stage",
                "invalid_value",
            ),
            ("/v1/agreements?stage=draft,", "stage", "invalid_value"),
            ("/v1/agreements?owner=14,,11", "owner", "malformed"),
            (
                "/v1/agreements?assigned_to=me,you",
                "assigned_to",
                "malformed",
            ),
            (
                "/v1/agreements?due_before=2026-01,2027",
                "due_before",
                "malformed",
            ),
            (
                "/v1/counterparts?kind=private,company",
                "kind",
                "invalid_value",
            ),
            ("/v1/counterparts?country=,JP", "country", "invalid_value"),
            (
                "/v1/governments?tier=state,village",
                "tier",
                "invalid_value",
            ),
            (
                &format!("/v1/registry?theme={}", "x".repeat(41)),
                "theme",
                "invalid_value",
            ),
            (
                &format!("/v1/registry?sdg={}", ["1"; 21].join(",")),
                "sdg",
                "invalid_value",
            ),
            ("/v1/agreements?sort=title", "sort", "invalid_value"),
            ("/v1/agreements?sort=-due_on", "sort", "invalid_value"),
            (
                "/v1/agreements?external_id=siga",
                "external_id",
                "malformed",
            ),
            ("/v1/agreements?q=%00", "q", "control_characters"),
            ("/v1/agreements?due_from=pronto", "due_from", "malformed"),
            (
                "/v1/agreements?updated_since=2026-11-20",
                "updated_since",
                "malformed",
            ),
            (
                "/v1/registry?updated_since=2026-11-20T18:00:00",
                "updated_since",
                "malformed",
            ),
            (
                "/v1/registry?signed_from=2026-02-30",
                "signed_from",
                "malformed",
            ),
            ("/v1/registry?ends_to=2026-13", "ends_to", "malformed"),
            (
                "/v1/registry?registered_from=ayer",
                "registered_from",
                "malformed",
            ),
            ("/v1/registry?tier=village", "tier", "invalid_value"),
        ] {
            let answer = bench.refuse(get(path), 400, "invalid_parameter").await;
            let wanted = (name.to_owned(), code.to_owned());
            assert_eq!(errors(&answer), [wanted], "{path}");
        }
        for value in ["maybe", "1", "", "TRUE"] {
            let path = format!("/v1/counterparts?dry_run={value}");
            let write = post(&path, &TestApp::counterpart_json("Kioto"));
            bench.refuse(write, 400, "invalid_parameter").await;
        }
        for limit in [1, 200] {
            let path = format!("/v1/agreements?limit={limit}");
            bench.officer.get(&path).await.expect(200);
        }
    })
    .await;
}
