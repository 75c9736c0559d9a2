//! Annotations of the registry: what happens to an agreement after its inscription.

mod corrections;
mod departures;
mod instruments;
mod refusals;

use crate::tools::{entry, inscribe, post};
use futures_util::future::join_all;
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, SRE, TestApp, on_both};

/// A correction of the place of signature.
fn place(old: &Value, new: &str) -> Value {
    json!({"effective_on": "2026-12-01", "ground": "Error de captura.",
        "changes": {"kind": "correction", "fields": [{"field": "signed_place", "old": old, "new": new}]}})
}

/// Sends an annotation as `client` on the current version of the record.
pub async fn annotate(client: &Client, number: &str, body: &Value) -> Answer {
    let etag = client.get(&entry(number)).await.etag();
    let path = format!("{}/annotations", entry(number));
    client.send(post(&path, body).if_match(&etag)).await
}

pub async fn registrar(app: &TestApp) -> Client {
    app.client(Role::Registrar, SRE).await.patient()
}

/// The numbers that a search of the registry finds.
async fn found(app: &TestApp, query: &str) -> Vec<String> {
    let list = app.nobody().get(&format!("/v1/registry?{query}")).await;
    let items = list.expect(200).json()["items"].as_array().unwrap().clone();
    let number = |item: &Value| item["number"].as_str().unwrap().to_owned();
    items.iter().map(number).collect()
}

/// The counts of the public figures, by the key of the first dimension.
async fn figures(app: &TestApp, query: &str) -> Value {
    let path = format!("/v1/statistics/{query}");
    let answer = app.nobody().get(&path).await.expect(200).json();
    let by = answer["by"][0].as_str().unwrap();
    let rows = answer["rows"].as_array().unwrap().iter();
    let row = |row: &Value| {
        (
            row["keys"][by].as_str().unwrap().to_owned(),
            row["count"].clone(),
        )
    };
    Value::Object(rows.map(row).collect())
}

// row: 002-10, 003-05
// operations: create_annotation, list_annotations, get_annotation, get_inscription, list_registry
#[actix_web::test]
async fn a_registered_agreement_is_corrected_and_then_terminated() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let (nobody, registrar) = (app.nobody(), registrar(&app).await);
        let first = nobody.get(&entry(&number)).await.expect(200);
        let inscribed = first.json();
        assert_eq!(inscribed["annotations"], json!([]));
        assert_eq!(inscribed["legal_basis"], json!({"key": "LCT", "version": "2025-11-14"}));
        assert_eq!(inscribed["standing"]["standing"], "in_force");

        let body = json!({"effective_on": "2026-12-01", "ground": "Error de captura.", "changes": {"kind": "correction", "fields": [
            {"field": "title", "old": "Hermanamiento con Kioto", "new": "Hermanamiento con Quioto"},
            {"field": "themes", "old": ["culture"], "new": ["trade"]},
            {"field": "counterpart_country", "position": 0, "old": "JP", "new": "KR"},
            {"field": "party_body", "position": 0, "old": null, "new": "Dirección de Relaciones Internacionales"},
        ]}});
        let made = annotate(&registrar, &number, &body).await.expect(201);
        let location = format!("{}/annotations/1", entry(&number));
        assert_eq!(made.header("location"), Some(location.clone()));
        assert_eq!(made.json()["ordinal"], 1);
        assert_eq!(nobody.get(&location).await.expect(200).json(), made.json());

        let second = nobody.get(&entry(&number)).await.expect(200);
        assert_ne!(second.etag(), first.etag());
        let corrected = second.json();
        for (field, value) in inscribed.as_object().unwrap() {
            if !["annotations", "consolidated", "updated_at"].contains(&field.as_str()) {
                assert_eq!(&corrected[field], value, "{field}");
            }
        }
        assert!(corrected["updated_at"].as_str() > inscribed["updated_at"].as_str());
        assert_eq!(corrected["annotations"], json!([made.json()]));
        let now = &corrected["consolidated"];
        assert_eq!(now["title"], "Hermanamiento con Quioto");
        assert_eq!(now["counterparts"][0]["country"], "KR");
        assert_eq!(now["parties"][0]["body"], "Dirección de Relaciones Internacionales");
        assert_eq!(now["documents"], inscribed["documents"]);
        // The search finds it under both names, and under its current facets.
        for (query, hits) in [("q=kioto", 1), ("q=quioto", 1), ("theme=trade", 1), ("theme=culture", 0), ("country=KR", 1), ("country=JP", 0)] {
            assert_eq!(found(&app, query).await.len(), hits, "{query}");
        }
        let line = nobody.get("/v1/registry").await.json()["items"][0].clone();
        assert_eq!((&line["title"], &line["country"]), (&json!("Hermanamiento con Quioto"), &json!("KR")));

        // The instrument is added to the case; nobody else may read it before it is cited.
        let paper = registrar.attach(&case, "annotation_instrument", None, &pdf("denuncia")).await.expect(201).id();
        let bytes = format!("{}/documents/{paper}/content", entry(&number));
        nobody.get(&bytes).await.refused(404, "not_found");
        let officer = app.officer(GUADALAJARA).await;
        let own = format!("/v1/agreements/{case}/documents/{paper}");
        officer.get(&own).await.refused(404, "not_found");
        let body = json!({"effective_on": "2027-03-01", "document_id": paper, "changes": {"kind": "termination"}});
        let made = annotate(&registrar, &number, &body).await.expect(201).json();
        assert_eq!((&made["ordinal"], &made["document_id"]), (&json!(2), &json!(paper)));
        assert_eq!(nobody.get(&bytes).await.expect(200).body, pdf("denuncia"));
        officer.get(&own).await.expect(200);

        let standing = |on: &'static str| {
            let (nobody, number) = (nobody.clone(), number.clone());
            async move { nobody.get(&format!("{}?on={on}", entry(&number))).await.expect(200).json()["standing"].clone() }
        };
        assert_eq!(standing("2027-02-28").await, json!({"on": "2027-02-28", "standing": "in_force", "cancelled": false, "last_day": "2027-02-28"}));
        assert_eq!(standing("2027-03-01").await, json!({"on": "2027-03-01", "standing": "terminated", "cancelled": false, "last_day": null}));
        let list = nobody.get(&format!("{}/annotations", entry(&number))).await.expect(200).json();
        let ordinals: Vec<_> = list["items"].as_array().unwrap().iter().map(|one| one["ordinal"].as_i64().unwrap()).collect();
        assert_eq!(ordinals, [1, 2]);
        let page = nobody.get(&format!("{}/annotations?limit=1", entry(&number))).await.json();
        let cursor = page["next_cursor"].as_str().unwrap();
        let rest = nobody.get(&format!("{}/annotations?limit=1&cursor={cursor}", entry(&number))).await.json();
        assert_eq!((&rest["items"][0]["ordinal"], &rest["next_cursor"]), (&json!(2), &Value::Null));

        for from in ["audit_log WHERE operation = 'create_annotation' AND outcome = 'done' AND subject_kind = 'inscription'", "outbox WHERE event_type = 'inscription.annotate'"] {
            assert_eq!(app.scratch.count(from), 2, "{from}");
        }
        // The inscription itself is unchanged.
        assert_eq!(app.scratch.count("inscriptions WHERE title = 'Hermanamiento con Kioto'"), 1);
    })
    .await;
}

// row: 002-10
// operations: create_annotation
#[actix_web::test]
async fn a_repeated_annotation_is_one_and_a_rehearsed_one_none() {
    on_both(|app: TestApp| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let registrar = registrar(&app).await;
        let read = registrar.get(&entry(&number)).await;
        let path = format!("{}/annotations", entry(&number));
        let body = place(&read.json()["signed_place"], "Guadalajara, Jalisco");
        let shot = |path: &str| post(path, &body).if_match(&read.etag());
        let rehearsed = registrar
            .send(shot(&format!("{path}?dry_run=true")))
            .await
            .expect(200);
        assert_eq!(rehearsed.json()["ordinal"], 0);
        assert_eq!(registrar.get(&entry(&number)).await.etag(), read.etag());
        assert_eq!(app.scratch.count("annotations"), 0);
        let keyed = || shot(&path).header("idempotency-key", "una-vez");
        let once = registrar.send(keyed()).await.expect(201);
        let again = registrar.send(keyed()).await.expect(201);
        assert_eq!(
            again.header("idempotency-replayed").as_deref(),
            Some("true")
        );
        let tag = once.etag();
        assert_eq!(
            (once.body, app.scratch.count("annotations")),
            (again.body, 1)
        );
        registrar
            .send(shot(&path))
            .await
            .refused(412, "precondition_failed");
        // The ETag of the answer works for the next annotation.
        let next = place(&json!("Guadalajara, Jalisco"), "Guadalajara");
        let next = post(&path, &next).if_match(&tag);
        assert_eq!(registrar.send(next).await.expect(201).json()["ordinal"], 2);
    })
    .await;
}

// row: 002-10
// operations: create_annotation
#[actix_web::test]
async fn sixteen_at_once_are_numbered_without_a_gap() {
    const CLIENTS: usize = 16;
    on_both(|app: TestApp| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let registrar = registrar(&app).await;
        let path = format!("{}/annotations", entry(&number));
        let read = registrar.get(&entry(&number)).await;
        let body = place(&read.json()["signed_place"], "Lugar 0");
        let shot = || registrar.send(post(&path, &body).if_match(&read.etag()));
        let answers = join_all((0..CLIENTS).map(|_| shot())).await;
        let (won, lost): (Vec<_>, Vec<_>) =
            answers.into_iter().partition(|answer| answer.status < 300);
        assert_eq!((won.len(), lost.len()), (1, CLIENTS - 1));
        for loser in lost {
            loser.refused(412, "precondition_failed");
        }
        assert_eq!(app.scratch.count("annotations"), 1);
        // Each client repeats until its annotation is taken; one that loses reads the record again.
        let one = |client: usize| {
            let (registrar, path, number) = (&registrar, &path, &number);
            async move {
                loop {
                    let read = registrar.get(&entry(number)).await;
                    let old = &read.json()["consolidated"]["signed_place"];
                    let body = place(old, &format!("Lugar {} de {client}", read.etag().len()));
                    let answer = registrar
                        .send(post(path, &body).if_match(&read.etag()))
                        .await;
                    if answer.status == 201 {
                        return answer.json()["ordinal"].as_i64().unwrap();
                    }
                    assert!([412, 503].contains(&answer.status), "{}", answer.text());
                }
            }
        };
        let mut ordinals = join_all((0..CLIENTS).map(one)).await;
        ordinals.sort_unstable();
        let all: Vec<i64> = (2..=i64::try_from(CLIENTS).unwrap() + 1).collect();
        assert_eq!(ordinals, all);
        assert_eq!(
            app.scratch.count("annotations"),
            i64::try_from(CLIENTS).unwrap() + 1
        );
        let record = app.nobody().get(&entry(&number)).await.json();
        let newest = &record["annotations"][0]["changes"]["fields"][0]["new"];
        assert_eq!(newest, &record["consolidated"]["signed_place"]);
    })
    .await;
}

// row: 002-31
// operations: get_inscription, list_annotations, get_annotation
#[actix_web::test]
async fn anybody_reads_what_was_annotated() {
    on_both(|app: TestApp| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let place = place(
            &app.nobody().get(&entry(&number)).await.json()["signed_place"],
            "Otro",
        );
        annotate(&registrar(&app).await, &number, &place)
            .await
            .expect(201);
        let path = format!("{}/annotations", entry(&number));
        for client in [
            app.nobody(),
            app.officer("11017").await,
            app.client(Role::Viewer, "obs-senado").await,
        ] {
            for path in [path.clone(), format!("{path}/1"), entry(&number)] {
                let answer = client.get(&path).await.expect(200);
                assert_eq!(
                    answer.header("access-control-allow-origin").as_deref(),
                    Some("*")
                );
                assert!(!answer.text().contains("person_id"), "{}", answer.text());
            }
        }
        for wrong in ["2", "0", "01", "-1", "x", "99999999999"] {
            app.nobody()
                .get(&format!("{path}/{wrong}"))
                .await
                .refused(404, "not_found");
        }
        app.nobody()
            .get("/v1/registry/2026-999999/annotations")
            .await
            .refused(404, "not_found");
        let tag = app.nobody().get(&entry(&number)).await.etag();
        let same = Request::new(actix_web::http::Method::GET, &entry(&number))
            .header("if-none-match", &tag);
        app.nobody().send(same).await.expect(304);
    })
    .await;
}
