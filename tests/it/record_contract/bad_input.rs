//! Wrong input of every kind: it is told what would be right, and nothing is kept.

use super::subjects;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{TestApp, ZAPOPAN, on_both};

#[actix_web::test]
async fn wrong_input_is_told_what_would_be_right() {
    on_both(|app: TestApp| async move {
        let stranger = app.client(Role::Viewer, ZAPOPAN).await;
        let subjects = subjects(&app).await;
        let rows = app.scratch.count("records");
        for subject in subjects {
            let what = subject.kind.spec.many;
            let refused = |body: Value, status: u16, code: &'static str| {
                let (path, writer) = (subject.path.clone(), subject.writer.clone());
                async move { writer.post(&path, &body).await.refused(status, code).json() }
            };
            let with = |name: &str, value: Value| {
                let mut body = subject.body("Mal");
                body[name] = value;
                body
            };
            app.nobody()
                .post(&subject.path, &subject.body("Mal"))
                .await
                .refused(401, "unauthenticated");
            let told = stranger.post(&subject.path, &subject.body("Mal")).await;
            let told = told.refused(403, "forbidden").json();
            assert!(
                !told["roles"].as_array().unwrap().is_empty(),
                "{what}: {told}"
            );
            // An unknown field is named before what is missing, with the fields that there are.
            let told = refused(json!({"color": "azul"}), 400, "unknown_field").await;
            assert_eq!(told["errors"][0]["pointer"], "/color", "{what}");
            let known = told["errors"][0]["admitted"].as_array().unwrap();
            assert!(known.contains(&json!("title")), "{what}: {told}");
            let own = subject
                .kind
                .spec
                .personal
                .iter()
                .chain(subject.kind.spec.links)
                .next();
            let own = own.is_none_or(|name| known.contains(&json!(name)));
            assert!(own || known.len() == 30, "{what}: {told}");
            let mut without = subject.body("Mal");
            without.as_object_mut().unwrap().remove("title");
            let told = refused(without, 400, "invalid_body").await;
            assert_eq!(told["errors"][0]["pointer"], "/title", "{what}");
            refused(json!([]), 400, "invalid_body").await;
            refused(with("version", json!(1)), 422, "read_only").await;
            refused(with("status", json!("closed")), 422, "read_only").await;
            let told = refused(with("themes", json!(["nada"])), 422, "validation_failed").await;
            assert_eq!(told["errors"][0]["pointer"], "/themes/0", "{what}");
            refused(with("visibility", json!("todos")), 400, "invalid_body").await;
            refused(with("title", json!("  ")), 422, "validation_failed").await;
            refused(
                with("government_ids", json!(["99999"])),
                422,
                "validation_failed",
            )
            .await;
            let mut reversed = with("starts_on", json!("2026-05-01"));
            reversed["ends_on"] = json!("2026-04");
            let told = refused(reversed, 422, "validation_failed").await;
            assert_eq!(told["errors"][0]["pointer"], "/ends_on", "{what}");
            for name in subject.kind.spec.moved {
                let value = if *name == "satisfaction" {
                    json!(5)
                } else if ["sessions", "deliverables"].contains(name) {
                    continue;
                } else {
                    json!("x")
                };
                let told = refused(with(name, value), 422, "read_only").await;
                assert_eq!(told["errors"][0]["pointer"], format!("/{name}"), "{what}");
            }
            for query in [
                "status=nada",
                "year=abc",
                "agreement_id=1",
                "color=azul",
                "limit=0",
                "theme=nada",
                "q=%20",
            ] {
                let told = subject
                    .writer
                    .get(&format!("{}?{query}", subject.path))
                    .await;
                told.refused(400, "invalid_parameter");
            }
            let own = subject.kind.spec.statuses.iter();
            let own: Vec<&str> = own.map(|status| status.word()).collect();
            let of_another = if own.contains(&"asked") {
                "open"
            } else {
                "asked"
            };
            let path = format!("{}?status={of_another}", subject.path);
            let told = subject.writer.get(&path).await;
            let told = told.refused(400, "invalid_parameter").json();
            assert_eq!(told["errors"][0]["admitted"], json!(own), "{what}");
        }
        assert_eq!(app.scratch.count("records"), rows);
    })
    .await;
}

#[actix_web::test]
async fn a_move_that_is_not_open_says_which_are() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            let what = subject.kind.spec.many;
            let (id, etag) = subject.made(&subject.body("Paso")).await;
            let unknown = subject.act(&id, &etag, json!({"action": "volar"})).await;
            unknown.refused(400, "invalid_body");
            let foreign = if what == "committees" {
                "fulfil"
            } else {
                "dissolve"
            };
            let foreign = subject.act(&id, &etag, json!({"action": foreign})).await;
            let told = foreign.refused(422, "validation_failed").json();
            assert_eq!(told["errors"][0]["code"], "unknown_action", "{what}");
            let known = told["errors"][0]["admitted"].as_array().unwrap();
            assert!(known.contains(&json!("confirm")), "{what}");
            let foreign = json!({"action": "confirm", "fields": {"title": "x"}});
            let told = subject
                .act(&id, &etag, foreign)
                .await
                .refused(422, "validation_failed");
            assert_eq!(
                told.json()["errors"][0]["pointer"],
                "/fields/title",
                "{what}"
            );
            let now = subject.writer.get(&subject.one(&id)).await.json();
            let open = now["available_actions"].as_array().unwrap();
            for one in subject.kind.spec.moves {
                let word = one.action.word();
                if one.by == vinculo_domain::records::By::Owner && !open.contains(&json!(word)) {
                    let told = subject.act(&id, &etag, json!({"action": word})).await;
                    let said = told.refused(409, "wrong_stage").json()["detail"].clone();
                    for open in open {
                        assert!(
                            said.as_str().unwrap().contains(open.as_str().unwrap()),
                            "{what}: {said}"
                        );
                    }
                }
            }
            let still = subject.writer.get(&subject.one(&id)).await.json();
            assert_eq!(still, now, "{what}");
        }
    })
    .await;
}
