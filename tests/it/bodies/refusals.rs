//! Who may not record a body, and which values are invalid.

use super::{PATH, body};
use crate::tools::{patch, points_at, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, Request, ZAPOPAN, on_both};

// row: 002-18
// operations: create_body, update_body
#[actix_web::test]
async fn a_body_that_is_refused_leaves_nothing() {
    on_both(|app| async move {
        let own = app.officer(GUADALAJARA).await.patient();
        let good = body(&[GUADALAJARA], "Relaciones", "dependency");
        app.nobody()
            .post(PATH, &good)
            .await
            .refused(401, "unauthenticated");
        for (role, tenant) in [
            (Role::Viewer, GUADALAJARA),
            (Role::Liaison, JALISCO),
            (Role::Admin, "obs-senado"),
        ] {
            app.client(role, tenant)
                .await
                .post(PATH, &good)
                .await
                .refused(403, "forbidden");
        }
        let with = |field: &str, value: Value| {
            let mut body = good.clone();
            body[field] = value;
            body
        };
        for (body, pointer, code) in [
            (
                with("governments", json!([ZAPOPAN])),
                "/governments",
                "own_missing",
            ),
            (
                with("governments", json!([])),
                "/governments",
                "own_missing",
            ),
            (
                with("governments", json!([GUADALAJARA, ZAPOPAN])),
                "/governments",
                "one_government",
            ),
            (
                with("governments", json!([GUADALAJARA, "99999"])),
                "/governments/1",
                "unknown_key",
            ),
            (with("name", json!(" ")), "/name", "required"),
            (
                with("ends_on", json!("2018-09-30")),
                "/ends_on",
                "before_start",
            ),
            (
                with("successor_id", json!(uuid::Uuid::now_v7())),
                "/successor_id",
                "not_ended",
            ),
        ] {
            let mut body = body;
            if code == "unknown_key" {
                body["kind"] = json!("intermunicipal");
            }
            let answer = own.post(PATH, &body).await;
            points_at(&answer, pointer, code);
            answer.refused(422, "validation_failed");
        }
        own.post(PATH, &with("kind", json!("office")))
            .await
            .refused(400, "invalid_body");
        own.post(PATH, &with("id", json!("x")))
            .await
            .refused(422, "read_only");
        own.send(post(&format!("{PATH}?dry_run=true"), &good))
            .await
            .expect(200);
        assert_eq!(
            (
                app.scratch.count("government_bodies"),
                app.scratch.count("body_governments")
            ),
            (0, 0)
        );
        let made = own.post(PATH, &good).await.expect(201);
        let path = format!("{PATH}/{}", made.id());
        let change = json!({"name": "Otra"});
        own.send(Request::new(Method::PATCH, &path).json(&change))
            .await
            .refused(428, "precondition_required");
        own.patch(&path, "\"2.x\"", &change)
            .await
            .refused(412, "precondition_failed");
        let unknown = format!("{PATH}/{}", uuid::Uuid::now_v7());
        own.patch(&unknown, &made.etag(), &change)
            .await
            .refused(404, "not_found");
        let lies = json!({"requires_legal_review": true});
        own.patch(&path, &made.etag(), &lies)
            .await
            .refused(422, "read_only");
        let won = futures_util::future::join_all(
            (0..8).map(|_| own.send(patch(&path, &made.etag(), &change))),
        )
        .await;
        assert_eq!(won.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(own.get(&path).await.json()["version"], 2);
    })
    .await;
}
