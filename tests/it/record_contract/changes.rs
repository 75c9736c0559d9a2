//! Lists in the order of changes: whoever reads on from what it has read last misses nothing.

use super::{Subject, subjects};
use crate::tools::errors;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{SRE, TestApp, ZAPOPAN, on_both};

#[actix_web::test]
async fn every_kind_is_listed_in_the_order_of_changes() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            let what = subject.kind.spec.many;
            let mut ids = Vec::new();
            for word in ["Beta", "Alfa", "Gama"] {
                ids.push(subject.made(&subject.body(word)).await);
            }
            let (first, tag) = ids[0].clone();
            let patch = json!({"description": "Después."});
            let one = subject.one(&first);
            let changed = subject.writer.patch(&one, &tag, &patch).await;
            let changed = changed.expect(200).json();
            let moment = changed["updated_at"].as_str().unwrap().to_owned();
            let mine = |path: String| {
                let (writer, known) = (subject.writer.clone(), ids.clone());
                async move {
                    let listed = Subject::listed(&writer, &path).await.into_iter();
                    let mut at = Vec::new();
                    for id in listed {
                        at.extend(known.iter().position(|(one, _)| *one == id));
                    }
                    at
                }
            };
            let path = &subject.path;
            assert_eq!(
                mine(format!("{path}?q=registro")).await,
                [1, 0, 2],
                "{what}"
            );
            assert_eq!(
                mine(format!("{path}?sort=title&theme=culture")).await,
                [1, 0, 2]
            );
            assert_eq!(
                mine(format!("{path}?sort=updated_at")).await,
                [1, 2, 0],
                "{what}"
            );
            assert_eq!(
                mine(format!("{path}?sort=-updated_at")).await,
                [0, 2, 1],
                "{what}"
            );
            let narrow = "sort=-updated_at&theme=culture&q=registro";
            assert_eq!(mine(format!("{path}?{narrow}")).await, [0, 2, 1], "{what}");
            // Since the moment of the change, in every order.
            for sort in ["title", "updated_at", "-updated_at"] {
                let since = format!("{path}?sort={sort}&updated_since={moment}&count=true");
                assert_eq!(mine(since.clone()).await, [0], "{what} {sort}");
                let total = subject.writer.get(&since).await.json()["total"].clone();
                assert_eq!(total, 1, "{what} {sort}");
            }
            for sort in ["updated_at", "-updated_at", "title"] {
                read_page_by_page(&subject, sort).await;
            }
        }
    })
    .await;
}

/// Pages of one give what a whole page gives.
async fn read_page_by_page(subject: &Subject, sort: &str) {
    let whole = format!("{}?sort={sort}&limit=200", subject.path);
    let whole = Subject::listed(&subject.writer, &whole).await;
    let (mut found, mut path) = (Vec::new(), format!("{}?sort={sort}&limit=1", subject.path));
    while found.len() <= whole.len() {
        let page: Value = subject.writer.get(&path).await.expect(200).json();
        let items = page["items"].as_array().unwrap().iter();
        found.extend(items.map(|item| item["id"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("{}?sort={sort}&limit=1&cursor={cursor}", subject.path);
    }
    assert_eq!(found, whole, "{} {sort}", subject.kind.spec.many);
}

/// What is shared later is a change for whoever sees it then; wrong values are told what is right.
#[actix_web::test]
async fn a_list_of_changes_has_what_its_reader_sees() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(ZAPOPAN).await;
        let ministry = app.client(Role::Viewer, SRE).await;
        let mut body = json!({"title": "Compromiso", "source": "visit", "visibility": "private"});
        let made = officer.post("/v1/commitments", &body).await.expect(201);
        let path = format!("/v1/commitments/{}", made.id());
        let list = "/v1/commitments?sort=updated_at";
        assert_eq!(Subject::listed(&ministry, list).await, Vec::<String>::new());
        body = json!({"visibility": "government"});
        officer.patch(&path, &made.etag(), &body).await.expect(200);
        assert_eq!(Subject::listed(&ministry, list).await, [made.id()]);
        for (query, name) in [
            ("sort=recent", "sort"),
            ("updated_since=ayer", "updated_since"),
            ("updated_since=2026-11-20", "updated_since"),
        ] {
            let told = officer.get(&format!("/v1/commitments?{query}")).await;
            let told = told.refused(400, "invalid_parameter").json();
            assert_eq!(told["errors"][0]["pointer"], name, "{told}");
        }
        let several = "/v1/commitments?sort=recent&status=nada&updated_since=ayer";
        let told = officer.get(several).await.refused(400, "invalid_parameter");
        let named: Vec<String> = errors(&told).into_iter().map(|(name, _)| name).collect();
        assert_eq!(named, ["sort", "status", "updated_since"]);
        let told = officer.get("/v1/commitments?sort=recent").await.json();
        let admitted = json!(["title", "-updated_at", "updated_at"]);
        assert_eq!(told["errors"][0]["admitted"], admitted, "{told}");
    })
    .await;
}
