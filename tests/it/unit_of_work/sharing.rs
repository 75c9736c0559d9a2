//! Who can see a counterpart, and when it may be deleted.

use crate::tools::{one, points_at};
use serde_json::json;
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

async fn sees(client: &Client, id: &str) -> bool {
    let list = client
        .get("/v1/counterparts?q=kioto")
        .await
        .expect(200)
        .json();
    let listed = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .any(|item| item["id"] == id);
    let answer = client.get(&format!("/v1/counterparts/{id}")).await;
    assert_eq!(answer.status == 200, listed, "{}", answer.text());
    if !listed {
        answer.refused(404, "not_found");
    }
    listed
}

// row: 002-14
// operations: list_counterparts, get_counterpart, update_counterpart
#[actix_web::test]
async fn a_counterpart_is_seen_as_far_as_its_owner_says() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let viewers = [
            app.client(Role::Viewer, GUADALAJARA).await,
            app.client(Role::Liaison, SRE).await,
            app.client(Role::Liaison, JALISCO).await,
            app.officer(ZAPOPAN).await,
            app.client(Role::Viewer, GUANAJUATO).await,
            app.client(Role::Viewer, "obs-senado").await,
        ];
        let made = owner
            .post("/v1/counterparts", &TestApp::counterpart_json("Kioto"))
            .await
            .expect(201);
        assert_eq!(made.json()["visibility"], "private");
        let path = format!("/v1/counterparts/{}", made.id());
        for (visibility, wanted) in [
            ("private", [true, false, false, false, false, false]),
            ("government", [true, true, false, false, false, false]),
            ("network", [true, true, true, true, true, true]),
            ("public", [true, true, true, true, true, true]),
            ("private", [true, false, false, false, false, false]),
        ] {
            let etag = owner.get(&path).await.etag();
            owner
                .patch(&path, &etag, &json!({"visibility": visibility}))
                .await
                .expect(200);
            for (position, (viewer, wanted)) in viewers.iter().zip(wanted).enumerate() {
                assert_eq!(
                    sees(viewer, &made.id()).await,
                    wanted,
                    "{visibility} {position}"
                );
            }
            app.nobody()
                .get(&path)
                .await
                .refused(401, "unauthenticated");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_shared_counterpart_stays_its_owners() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let mut body = TestApp::counterpart_json("Kioto");
        body["visibility"] = json!("network");
        let made = owner.post("/v1/counterparts", &body).await.expect(201);
        let path = format!("/v1/counterparts/{}", made.id());
        for client in [
            app.officer(ZAPOPAN).await,
            app.client(Role::Liaison, SRE).await,
        ] {
            let etag = client.get(&path).await.expect(200).etag();
            client
                .patch(&path, &etag, &json!({"name": "Osaka"}))
                .await
                .refused(403, "forbidden");
            client.delete(&path, &etag).await.refused(403, "forbidden");
        }
        assert_eq!(owner.get(&path).await.text(), made.text());
        // Others may name it, and keep it after the sharing ends.
        let other = app.officer(ZAPOPAN).await;
        let draft = json!({"kind": "twinning", "title": "Acuerdo", "counterparts": [made.id()]});
        let case = one(other.post("/v1/agreements", &draft).await.expect(201).id());
        owner
            .patch(&path, &made.etag(), &json!({"visibility": "private"}))
            .await
            .expect(200);
        let etag = other.get(&case).await.etag();
        let kept = other
            .patch(&case, &etag, &json!({"title": "Otro"}))
            .await
            .expect(200);
        assert_eq!(kept.json()["counterparts"][0]["name"], "Kioto");
        let answer = other.post("/v1/agreements", &draft).await;
        points_at(&answer, "/counterparts/0", "unknown_key");
        // A case of another government names it, so it is in use.
        let etag = owner.get(&path).await.etag();
        owner.delete(&path, &etag).await.refused(409, "in_use");
    })
    .await;
}

#[actix_web::test]
async fn what_is_in_use_is_not_removed() {
    on_both(|app| async move {
        let client = app.officer(GUADALAJARA).await;
        let body = TestApp::counterpart_json("Kioto");
        let made = client.post("/v1/counterparts", &body).await.expect(201);
        let path = format!("/v1/counterparts/{}", made.id());
        client
            .post("/v1/counterparts", &body)
            .await
            .refused(409, "duplicate");
        let mut accents = body.clone();
        accents["name"] = json!("  KIOTÓ ");
        client
            .post("/v1/counterparts", &accents)
            .await
            .refused(409, "duplicate");
        let draft = json!({"kind": "twinning", "title": "Acuerdo", "counterparts": [made.id()]});
        let draft = client.post("/v1/agreements", &draft).await.expect(201);
        let used = client.delete(&path, &made.etag()).await;
        let said = used.refused(409, "in_use").json()["detail"].clone();
        assert!(said.as_str().unwrap().contains("en la lista de acuerdos"));
        assert_eq!(client.get(&path).await.etag(), made.etag());
        client
            .delete(&one(draft.id()), &draft.etag())
            .await
            .expect(204);
        client.get(&one(draft.id())).await.refused(404, "not_found");
        client.delete(&path, &made.etag()).await.expect(204);
        client.get(&path).await.refused(404, "not_found");
        client
            .delete(&path, &made.etag())
            .await
            .refused(404, "not_found");
        // Its name is free again; its row stays.
        client.post("/v1/counterparts", &body).await.expect(201);
        assert_eq!(app.scratch.count("counterparts"), 2);
    })
    .await;
}
