//! An agreement that the ministry carried for a municipality, annotated later by the registrar.

use super::{CELAYA, complete, hire, letter, open};
use crate::annotations::{annotate, registrar};
use crate::tools::{entry, one};
use serde_json::json;
use vinculo_api::fixtures::{Cast, pdf};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{SRE, TestApp, on_both};

/// A case that the ministry carried for a municipality until its inscription, and its number.
async fn carried(app: &TestApp) -> (String, String) {
    let agent = app.officer(SRE).await;
    let case = open(&agent, CELAYA).await.id();
    complete(&agent, &case).await;
    letter(&agent, &case).await.expect(201);
    let cast = Cast {
        officer: app.official(Role::Officer, SRE).await,
        state: None,
        intake: app.official(Role::Liaison, SRE).await,
        legal: app.official(Role::LegalReviewer, SRE).await,
        registrar: app.official(Role::Registrar, SRE).await,
    };
    let id = case.parse().unwrap();
    cast.carry(id, Stage::Registered).await.unwrap();
    let view = cast.registrar.view(id).await.unwrap();
    (case, view["inscription"].as_str().unwrap().to_owned())
}

// row: 002-10, 004-06
// operations: create_document, create_annotation, get_registry_document
#[actix_web::test]
async fn a_paper_is_the_registrars_until_it_is_cited_also_where_it_carried_the_case() {
    on_both(|app: TestApp| async move {
        let (case, number) = carried(&app).await;
        let registrar = registrar(&app).await;
        assert_eq!(
            registrar.get(&one(&case)).await.json()["seats"],
            json!(["agent", "federal"])
        );
        let owner = hire(&app, CELAYA, Role::Viewer).await;
        let paper = async |name: &str| {
            let bytes = pdf(name);
            let made = registrar.attach(&case, "annotation_instrument", None, &bytes);
            made.await.expect(201).id()
        };
        let act = |paper: &str, kind: &str| {
            json!({"effective_on": "2026-11-20", "document_id": paper, "changes": {"kind": kind}})
        };
        let own = |paper: &str| format!("{}/documents/{paper}", one(&case));

        let first = paper("suspensión").await;
        owner.get(&own(&first)).await.refused(404, "not_found");
        annotate(&registrar, &number, &act(&first, "suspension"))
            .await
            .expect(201);
        owner.get(&own(&first)).await.expect(200);
        let public = format!("{}/documents/{first}/content", entry(&number));
        app.nobody().get(&public).await.expect(200);

        // A document that the owner can already read can still be cited.
        let second = paper("reanudación").await;
        app.scratch.execute(&format!(
            "INSERT INTO document_access (viewer_tenant, document_id, owner_tenant, agreement_id) \
             VALUES ('{CELAYA}', '{second}', '{CELAYA}', '{case}')"
        ));
        owner.get(&own(&second)).await.expect(200);
        let made = annotate(&registrar, &number, &act(&second, "resumption"))
            .await
            .expect(201)
            .json();
        assert_eq!(
            json!([made["ordinal"], made["document_id"]]),
            json!([2, second])
        );
        let public = format!("{}/documents/{second}/content", entry(&number));
        app.nobody().get(&public).await.expect(200);
    })
    .await;
}
