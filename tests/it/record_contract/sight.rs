//! Who sees a record: by its visibility, by a share, and as a part of what others see.

use super::{Subject, subjects};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::counterparts::Visibility;
use vinculo_domain::records::Fields;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// Somebody who reads, at governments of every relation to the owner.
async fn readers(app: &TestApp) -> Vec<(&'static str, Client)> {
    let mut readers = Vec::new();
    for tenant in [GUADALAJARA, ZAPOPAN, JALISCO, GUANAJUATO, SRE, "obs-senado"] {
        readers.push((tenant, app.client(Role::Viewer, tenant).await));
    }
    readers
}

// row: 000-19, 002-14
#[actix_web::test]
async fn each_visibility_is_seen_by_whom_it_is_meant_for() {
    on_both(|app: TestApp| async move {
        let readers = readers(&app).await;
        for subject in subjects(&app).await {
            for visibility in subject.kind.spec.visibilities {
                let word: &str = visibility.into();
                let mut body = subject.body(&format!("Visible {word}"));
                body["visibility"] = json!(word);
                let (id, _) = subject.made(&body).await;
                let record = subject.writer.get(&subject.one(&id)).await.json();
                let asked = asked(&subject);
                for (tenant, reader) in &readers {
                    let sees = *tenant == subject.owner
                        || Some(*tenant) == asked
                        || match visibility {
                            Visibility::Private => false,
                            Visibility::Government => *tenant == SRE,
                            Visibility::Network | Visibility::Public => true,
                        };
                    seen(&subject, (tenant, reader), &record, sees).await;
                }
            }
        }
    })
    .await;
}

/// The government that an exchange asks.
fn asked(subject: &Subject) -> Option<&'static str> {
    match subject.kind.spec.many {
        "referrals" => Some(SRE),
        "advisory-cases" => Some(JALISCO),
        _ => None,
    }
}

async fn seen(subject: &Subject, (tenant, reader): (&str, &Client), record: &Value, sees: bool) {
    let what = format!(
        "{} {} for {tenant}",
        subject.kind.spec.many, record["visibility"]
    );
    let id = record["id"].as_str().unwrap();
    let one = reader.get(&subject.one(id)).await;
    let list = reader
        .get(&format!("{}?limit=200&count=true", subject.path))
        .await;
    if !sees {
        one.refused(404, "not_found");
        assert!(!list.text().contains(id), "{what}");
        let history = reader.get(&format!("{}/history", subject.one(id))).await;
        history.refused(404, "not_found");
        return;
    }
    let one = one.expect(200).json();
    let list = list.expect(200).json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(list["total"], items.len(), "{what}");
    let found: Vec<&Value> = items.iter().filter(|item| item["id"] == id).collect();
    assert_eq!(found, [&one], "{what}");
    if tenant == subject.owner {
        return;
    }
    for name in subject.kind.spec.personal.iter().chain(Fields::PERSONAL) {
        assert_eq!(one[*name], Value::Null, "{what} {name}");
    }
    for name in ["external_ids", "shared_with"] {
        assert_eq!(one[name], json!([]), "{what} {name}");
    }
    assert_eq!(one["updated_by"], Value::Null, "{what}");
    let history = reader.get(&format!("{}/history", subject.one(id))).await;
    history.refused(403, "forbidden");
}

/// A share shows one record to one government, and ends with it.
#[actix_web::test]
async fn a_share_shows_one_record_to_one_government() {
    on_both(|app: TestApp| async move {
        let zapopan = app.client(Role::Viewer, ZAPOPAN).await;
        let guanajuato = app.client(Role::Viewer, GUANAJUATO).await;
        for subject in subjects(&app).await {
            if !subject
                .kind
                .spec
                .visibilities
                .contains(&Visibility::Private)
            {
                continue;
            }
            let mut body = subject.body("Compartido");
            body["visibility"] = json!("private");
            body["shared_with"] = json!([ZAPOPAN]);
            if subject.kind.spec.access.is_exchange() {
                let refused = subject.writer.post(&subject.path, &body).await;
                let told = refused.refused(422, "validation_failed").json();
                assert_eq!(told["errors"][0]["pointer"], "/shared_with");
                continue;
            }
            let (id, etag) = subject.made(&body).await;
            let one = subject.one(&id);
            let shown = zapopan.get(&one).await.expect(200).json();
            assert_eq!(shown["shared_with"], json!([]));
            let list = format!("{}?q=compartido", subject.path);
            assert_eq!(
                Subject::listed(&zapopan, &list).await,
                std::slice::from_ref(&id)
            );
            guanajuato.get(&one).await.refused(404, "not_found");
            assert!(Subject::listed(&guanajuato, &list).await.is_empty());
            let ended = json!({"shared_with": []});
            subject.writer.patch(&one, &etag, &ended).await.expect(200);
            zapopan.get(&one).await.refused(404, "not_found");
            assert!(Subject::listed(&zapopan, &list).await.is_empty());
        }
    })
    .await;
}

/// What a record names must be in the writer's sight, and is hidden from who does not see it.
#[actix_web::test]
async fn what_a_record_names_is_in_the_sight_of_who_reads_it() {
    on_both(|app: TestApp| async move {
        let draft = app
            .case_in(GUADALAJARA, vinculo_domain::agreements::Stage::Draft)
            .await;
        let foreign = app
            .case_in(GUANAJUATO, vinculo_domain::agreements::Stage::Draft)
            .await;
        let officer = app.officer(GUADALAJARA).await;
        let of_others = app.officer(GUANAJUATO).await;
        let kioto = TestApp::counterpart_json("Ciudad de Kioto");
        let private = officer
            .post("/v1/counterparts", &kioto)
            .await
            .expect(201)
            .id();
        let theirs = of_others
            .post("/v1/counterparts", &kioto)
            .await
            .expect(201)
            .id();
        let zapopan = app.client(Role::Viewer, ZAPOPAN).await;
        let nothing = uuid::Uuid::now_v7().to_string();
        for subject in subjects(&app).await {
            let what = subject.kind.spec.many;
            for (field, out_of_sight) in [
                ("agreement_ids", foreign.to_string()),
                ("counterpart_ids", theirs.clone()),
            ] {
                let refused = |id: String| {
                    let mut body = subject.body("Enlazado");
                    body[field] = json!([id]);
                    let subject = &subject;
                    async move {
                        let refused = subject.writer.post(&subject.path, &body).await;
                        refused.refused(422, "validation_failed").json()["errors"].clone()
                    }
                };
                let told = refused(out_of_sight).await;
                assert_eq!(told[0]["pointer"], format!("/{field}/0"), "{what}");
                assert_eq!(told, refused(nothing.clone()).await, "{what}");
            }
            if subject.owner != GUADALAJARA
                || !subject
                    .kind
                    .spec
                    .visibilities
                    .contains(&Visibility::Network)
            {
                continue;
            }
            let mut body = subject.body("Enlaces");
            body["visibility"] = json!("network");
            body["agreement_ids"] = json!([draft.to_string()]);
            body["counterpart_ids"] = json!([private]);
            let (id, _) = subject.made(&body).await;
            let own = subject.writer.get(&subject.one(&id)).await.json();
            assert_eq!(own["agreement_ids"], body["agreement_ids"], "{what}");
            let other = zapopan.get(&subject.one(&id)).await.expect(200).json();
            assert_eq!(other["agreement_ids"], json!([]), "{what}");
            assert_eq!(other["counterpart_ids"], json!([]), "{what}");
            for filter in [
                format!("agreement_id={draft}"),
                format!("counterpart_id={private}"),
            ] {
                let path = format!("{}?{filter}", subject.path);
                let found = Subject::listed(&subject.writer, &path).await;
                assert_eq!(found, std::slice::from_ref(&id), "{what}");
                assert!(Subject::listed(&zapopan, &path).await.is_empty(), "{what}");
            }
        }
    })
    .await;
}
