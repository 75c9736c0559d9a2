//! What belongs to an agreement, of every kind, as far as its reader sees it; and documents that records
//! name.

use super::*;
use vinculo_api::fixtures::pdf;
use vinculo_domain::agreements::Stage;

// row: 001-02, 002-10
// operations: list_agreement_records
#[actix_web::test]
async fn an_agreement_shows_the_records_that_name_it() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let case = app.case_in(GUADALAJARA, Stage::Registered).await;
        let list = format!("/v1/agreements/{case}/records");
        let named = |body: Value| {
            let mut body = body;
            body["agreement_ids"] = json!([case]);
            body
        };
        let mut ids = Vec::new();
        for (path, body) in [
            (
                "/v1/commitments",
                json!({"title": "B. Acervo", "source": "visit"}),
            ),
            (
                "/v1/commitments",
                json!({"title": "D. Reservado", "source": "visit", "visibility": "private"}),
            ),
            ("/v1/committees", json!({"title": "A. Comité"})),
            (
                "/v1/budgets",
                json!({"title": "C. Gasto", "fiscal_year": 2026, "currency": "MXN", "approved": 5}),
            ),
        ] {
            let made = officer.post(path, &named(body)).await.expect(201);
            ids.push(made.id());
        }
        officer
            .post(
                "/v1/commitments",
                &json!({"title": "Otro", "source": "visit"}),
            )
            .await
            .expect(201);
        let seen = |client: Client, path: String| async move {
            let answer = client.get(&path).await.expect(200).json();
            let items = answer["items"].as_array().unwrap().iter();
            let ids = items.map(|item| item["id"].as_str().unwrap().to_owned());
            (ids.collect::<Vec<_>>(), answer)
        };
        let by_title = [&ids[2], &ids[0], &ids[3], &ids[1]].map(Clone::clone);
        let (found, answer) = seen(officer.clone(), list.clone()).await;
        assert_eq!(found, by_title);
        assert_eq!(answer["items"][0]["kind"], "committees");
        let commitment = officer
            .get(&format!("/v1/commitments/{}", ids[0]))
            .await
            .json();
        assert_eq!(answer["items"][1], commitment);
        // Page by page, over the bounds of kinds.
        let (mut found, mut path) = (Vec::new(), format!("{list}?limit=1"));
        loop {
            let (some, answer) = seen(officer.clone(), path).await;
            found.extend(some);
            let Some(cursor) = answer["next_cursor"].as_str() else {
                break;
            };
            path = format!("{list}?limit=1&cursor={cursor}");
        }
        assert_eq!(found, by_title);
        // The ministry does not see what is private; who does not see the case sees no list.
        let (found, _) = seen(sre, list.clone()).await;
        assert_eq!(found, by_title[..3]);
        let other = app.client(Role::Viewer, ZAPOPAN).await;
        other.get(&list).await.refused(404, "not_found");
        app.nobody()
            .get(&list)
            .await
            .refused(401, "unauthenticated");
    })
    .await;
}

// row: 001-02
#[actix_web::test]
async fn a_record_names_documents_that_its_writer_sees() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let zapopan = app.officer(ZAPOPAN).await;
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let attached = officer.attach(&case, "other", None, &pdf("Acta")).await.expect(201);
        let document = attached.id();
        let body = json!({"title": "Acta", "source": "visit", "visibility": "public", "document_ids": [document]});
        let (_, one) = made(&officer, "/v1/commitments", &body).await;
        shows(&officer, &one, json!({"document_ids": [document]})).await;
        shows(&zapopan, &one, json!({"document_ids": []})).await;
        let told = zapopan.post("/v1/commitments", &body).await;
        let told = told.refused(422, "validation_failed").json();
        assert_eq!(told["errors"][0]["pointer"], "/document_ids/0", "{told}");
        let mut unknown = body.clone();
        unknown["document_ids"] = json!(["01938a5c-7c00-7a00-8000-000000000001"]);
        let absent = zapopan.post("/v1/commitments", &unknown).await.json();
        assert_eq!(told["errors"][0]["detail"], absent["errors"][0]["detail"]);
    })
    .await;
}
