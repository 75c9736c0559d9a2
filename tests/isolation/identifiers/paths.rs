//! In the path and in the query.

use super::{Writer, get};
use actix_web::http::Method;
use std::collections::BTreeSet;
use vinculo_tests::{Request, TENANTS};

pub async fn all(writer: &Writer<'_>) {
    under_another_case(writer).await;
    of_another_kind(writer).await;
    in_the_registry(writer).await;
    in_filters(writer).await;
}

/// A document of another case under the own case, and the own document under another case.
pub async fn under_another_case(writer: &Writer<'_>) {
    let documents = writer.documents_elsewhere();
    for part in ["", "/content"] {
        let path = |id: &str| writer.path(&format!("/documents/{id}{part}"));
        writer
            .compare("a document of another case", &documents, |id| {
                get(&path(id))
            })
            .await;
    }
    let sets = writer.ids("text_sets");
    let set = |id: &str| get(&writer.path(&format!("/text-sets/{id}")));
    writer
        .compare("the texts of another case", &sets, set)
        .await;
    let head = |id: &str| {
        Request::new(
            Method::HEAD,
            &writer.path(&format!("/documents/{id}/content")),
        )
    };
    writer
        .compare("the bytes of another case", &documents, head)
        .await;
    let own = |case: &str| {
        get(&format!(
            "/v1/agreements/{case}/documents/{}",
            writer.document
        ))
    };
    writer
        .compare("the own document elsewhere", &writer.hidden("case"), own)
        .await;
}

/// The id of one kind of object where another kind is asked for.
async fn of_another_kind(writer: &Writer<'_>) {
    let mut ids = Vec::new();
    for kind in ["case", "counterpart", "document"] {
        ids.extend(writer.hidden(kind).into_iter().take(3));
    }
    for table in [
        "remarks",
        "submissions",
        "text_sets",
        "opinions",
        "signatories",
        "history",
        "agreement_grants",
        "people",
        "sessions",
        "memberships",
        "audit_log",
        "outbox",
    ] {
        ids.extend(writer.ids(table).into_iter().take(1));
    }
    for path in [
        "/v1/agreements",
        "/v1/counterparts",
        "/v1/imports",
        "/v1/mechanisms",
        "/v1/designated-offices",
        "/v1/registry",
    ] {
        writer
            .compare(path, &ids, |id| get(&format!("{path}/{id}")))
            .await;
    }
}

/// The public registry gives out nothing that is not public, even under a public number.
async fn in_the_registry(writer: &Writer<'_>) {
    let places = &writer.matrix.places;
    let public = places.public_document.clone();
    let mut documents = writer.documents_elsewhere();
    documents.retain(|id| *id != public);
    for part in ["", "/content"] {
        let path = |id: &str| format!("/v1/registry/{}/documents/{id}{part}", places.number);
        writer
            .compare("a document in the registry", &documents, |id| {
                get(&path(id))
            })
            .await;
    }
}

/// Ids of other systems find only the caller's own records; another government's key only narrows
/// the caller's own list.
async fn in_filters(writer: &Writer<'_>) {
    let tenant = writer.person.who.tenant;
    let others = writer.matrix.app.scratch.texts(&format!(
        "SELECT system || ':' || value AS x FROM external_ids WHERE tenant_id <> '{tenant}'"
    ));
    assert!(!others.is_empty());
    for path in ["/v1/agreements", "/v1/counterparts"] {
        let by = |id: &str| {
            // A filter has two parts; a random word is used for both.
            let id = if id.contains(':') {
                id.to_owned()
            } else {
                format!("{id}:{id}")
            };
            get(&format!("{path}?count=true&external_id={id}"))
        };
        writer
            .compare("a filter by another's id", &others, by)
            .await;
        for name in ["tenant_id", "viewer", "acting_tenant", "id"] {
            let ids = writer.hidden("case");
            let by = |id: &str| get(&format!("{path}?{name}={id}"));
            writer.compare("a parameter that is none", &ids, by).await;
        }
    }
    let list = async |path: &str| -> BTreeSet<String> {
        let list = writer.client().get(path).await.expect(200).json();
        let items = list["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].to_string()).collect()
    };
    let all = list("/v1/agreements?limit=200").await;
    for (owner, _) in TENANTS {
        let owned = list(&format!("/v1/agreements?limit=200&owner={owner}")).await;
        if !owned.is_subset(&all) {
            let email = &writer.person.email;
            writer
                .matrix
                .wrong(format!("{email} sees more of {owner}: {owned:?}"));
        }
    }
}
