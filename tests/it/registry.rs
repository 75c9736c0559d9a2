//! The public registry: open to anyone, with public data only.

use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::content_for;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, GUADALAJARA, GUANAJUATO, Request, SRE, TestApp, on_both};

/// An inscribed twinning of a government; gives its number.
async fn inscribed(app: &TestApp, lead: &str, title: &str, theme: &str) -> String {
    let cast = app.cast(lead).await;
    let counterpart = app.counterpart(&cast.officer, "Kioto").await;
    let content = content_for("twinning", title, counterpart, theme).unwrap();
    let case = cast.prepare(content).await.unwrap();
    cast.carry(case, Stage::Registered).await.unwrap();
    let view = cast.registrar.view(case).await.unwrap();
    view["inscription"].as_str().unwrap().to_owned()
}

fn numbers(list: &Answer) -> Vec<String> {
    let items = list.json()["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|item| item["number"].as_str().unwrap().to_owned())
        .collect()
}

// row: 002-31
// operations: get_inscription, get_registry_document, head_registry_document
#[actix_web::test]
async fn only_public_documents_are_given_and_no_token_is_asked() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Signed).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let held = Request::new(Method::POST, &format!("/v1/agreements/{case}/documents")).form(&[
            ("kind", None, b"signed_copy"),
            ("language", None, b"en"),
            ("classification", None, b"reserved"),
            ("ground", None, b"LGTAIP 112-VI"),
            ("until", None, b"2030-12-31"),
            ("file", Some("reservado.pdf"), &pdf("reservado")),
        ]);
        let held = officer.send(held).await.expect(201).id();
        let send = json!({"action": "send_to_registry"});
        officer.transition(&case, &send).await.expect(200);
        let registrar = app.client(Role::Registrar, SRE).await;
        let register = json!({"action": "register", "text_matches": true});
        let done = registrar
            .transition(&case, &register)
            .await
            .expect(200)
            .json();
        let number = done["inscription"].as_str().unwrap();
        let other = inscribed(&app, GUANAJUATO, "Otro", "culture").await;

        let nobody = app.nobody();
        let public = nobody
            .get(&format!("/v1/registry/{number}"))
            .await
            .expect(200)
            .json();
        let documents = public["documents"].as_array().unwrap();
        assert_eq!(documents.len(), 1, "{documents:?}");
        let open = documents[0]["id"].as_str().unwrap();
        let path = |number: &str, id: &str| format!("/v1/registry/{number}/documents/{id}/content");
        let file = nobody.get(&path(number, open)).await.expect(200);
        assert!(file.body.starts_with(b"%PDF"));
        assert_eq!(
            file.header("access-control-allow-origin").as_deref(),
            Some("*")
        );
        let head = Request::new(Method::HEAD, &path(number, open));
        let head = nobody.send(head).await.expect(200);
        assert_eq!(head.header("etag"), file.header("etag"));
        let same =
            Request::new(Method::GET, &path(number, open)).header("if-none-match", &file.etag());
        assert_eq!(nobody.send(same).await.expect(304).body.len(), 0);

        let listed = officer
            .get(&format!("/v1/agreements/{case}/documents?limit=200"))
            .await
            .json();
        let all: Vec<&str> = listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|document| document["id"].as_str().unwrap())
            .collect();
        assert!(
            all.contains(&held.as_str()) && all.contains(&open) && all.len() >= 4,
            "{all:?}"
        );
        for hidden in all.into_iter().filter(|id| *id != open) {
            nobody
                .get(&path(number, hidden))
                .await
                .refused(404, "not_found");
        }
        nobody
            .get(&path(&other, open))
            .await
            .refused(404, "not_found");
        nobody
            .get("/v1/registry/2026-999999")
            .await
            .refused(404, "not_found");
        nobody
            .get(&format!("/v1/agreements/{case}"))
            .await
            .refused(401, "unauthenticated");
    })
    .await;
}

// row: 002-31
#[actix_web::test]
async fn public_reading_is_open_to_every_origin_and_nothing_else_is() {
    on_both(|app: TestApp| async move {
        let number = inscribed(&app, GUANAJUATO, "Abierto", "culture").await;
        let nobody = app.nobody();
        let open = |answer: &Answer| answer.header("access-control-allow-origin");
        for path in [
            "/v1/registry".to_owned(),
            format!("/v1/registry/{number}"),
            "/v1/governments/14".into(),
            "/v1/catalogs/themes".into(),
            "/openapi.json".into(),
            "/v1/registry/none".into(),
        ] {
            let answer = nobody.get(&path).await;
            assert_eq!(open(&answer).as_deref(), Some("*"), "{path}");
            assert_eq!(
                answer.header("access-control-allow-credentials"),
                None,
                "{path}"
            );
        }
        let officer = app.officer(GUANAJUATO).await;
        let body = json!({"email": "nadie@example.org", "password": "x"});
        for answer in [
            officer.get("/v1/agreements").await.expect(200),
            officer.get("/v1/me").await.expect(200),
            nobody.get("/v1/agreements").await.expect(401),
            nobody.post("/v1/sessions", &body).await.expect(401),
        ] {
            assert_eq!(open(&answer), None, "{}", answer.text());
        }
    })
    .await;
}

#[actix_web::test]
async fn the_registry_is_filtered_sorted_and_read_page_by_page() {
    on_both(|app: TestApp| async move {
        let mut all = Vec::new();
        for (lead, title, theme) in [
            (GUADALAJARA, "Cooperación en Música", "culture"),
            (GUANAJUATO, "Cooperación en Puertos", "trade"),
            (GUADALAJARA, "Museos hermanos", "culture"),
        ] {
            all.push(inscribed(&app, lead, title, theme).await);
        }
        let nobody = app.nobody();
        for (query, expected) in [
            ("", vec![2, 1, 0]),
            ("state=14", vec![2, 0]),
            ("state=11", vec![1]),
            ("municipality=14039", vec![2, 0]),
            ("tier=state", vec![1]),
            ("theme=trade", vec![1]),
            ("theme=trade&state=14", vec![]),
            ("q=musica", vec![0]),
            ("q=M%C3%9AS", vec![2, 0]),
            ("q=cooperaci%C3%B3n", vec![1, 0]),
            ("q=mus%20herm", vec![2]),
            ("q=usica", vec![]),
            ("sort=-signed_on", vec![2, 1, 0]),
            ("country=JP&sdg=17", vec![2, 1, 0]),
            ("kind=specific_cooperation", vec![]),
        ] {
            let list = nobody
                .get(&format!("/v1/registry?count=true&{query}"))
                .await
                .expect(200);
            let expected: Vec<&String> = expected.into_iter().map(|i: usize| &all[i]).collect();
            assert_eq!(
                numbers(&list).iter().collect::<Vec<_>>(),
                expected,
                "{query}"
            );
            assert_eq!(list.json()["total"], expected.len(), "{query}");
        }
        let mut path = "/v1/registry?limit=1&state=14".to_owned();
        let mut read = Vec::new();
        loop {
            let page = nobody.get(&path).await.expect(200);
            read.extend(numbers(&page));
            match page.json()["next_cursor"].as_str() {
                Some(cursor) => path = format!("/v1/registry?limit=1&state=14&cursor={cursor}"),
                None => break,
            }
            let link = page.header("link").unwrap();
            assert!(
                link.ends_with("rel=\"next\"") && link.contains("cursor="),
                "{link}"
            );
        }
        assert_eq!(read, [all[2].clone(), all[0].clone()]);
        let elsewhere = path.replace("state=14", "state=11");
        nobody.get(&elsewhere).await.refused(400, "invalid_cursor");
        for wrong in [
            "limit=0",
            "limit=201",
            "kind=treaty",
            "country=JP&country=FR",
            "colour=red",
        ] {
            nobody
                .get(&format!("/v1/registry?{wrong}"))
                .await
                .refused(400, "invalid_parameter");
        }

        let path = format!("/v1/registry/{}", all[0]);
        let first = nobody.get(&path).await.expect(200);
        let same = Request::new(Method::GET, &path).header("if-none-match", &first.etag());
        let same = nobody.send(same).await.expect(304);
        assert_eq!((same.body.len(), same.etag()), (0, first.etag()));
        let other = Request::new(Method::GET, &path).header("if-none-match", "\"0.x\"");
        let other = nobody.send(other).await.expect(200).json();
        assert_eq!(
            (&other["licence"], &other["legacy_number"]),
            (&json!("CC-BY-4.0"), &Value::Null)
        );
    })
    .await;
}
