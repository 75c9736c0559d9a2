//! The transparency class of documents: who decides it, what it withholds, and when it ends.

mod counted;
mod days;
mod rights;

use crate::tools::{entry, inscribe, on_both_at_noon, one};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, SRE, TestApp, on_both};

fn decisions(case: &str, document: &str) -> String {
    format!("{}/documents/{document}/classifications", one(case))
}

fn reserved(until: &str) -> Value {
    json!({"classification": "reserved", "ground": "LGTAIP 112-II: negociaciones en curso.", "until": until})
}

/// A public version of a document of the case.
async fn public_version(client: &Client, case: &str, of: &str, kind: &str) -> Answer {
    let path = format!("{}/documents", one(case));
    let bytes = pdf("version publica");
    let form = Request::new(Method::POST, &path).form(&[
        ("kind", None, kind.as_bytes()),
        ("rendition", None, b"public_version"),
        ("public_version_of", None, of.as_bytes()),
        ("file", Some("publica.pdf"), &bytes),
    ]);
    client.send(form).await
}

async fn public_of(app: &TestApp, number: &str) -> Value {
    app.nobody().get(&entry(number)).await.expect(200).json()
}

// row: 002-31
// operations: create_classification, list_classifications, get_registry_document
#[actix_web::test]
async fn a_reserved_text_is_said_to_be_there_and_opens_by_itself() {
    on_both_at_noon(|app, clock| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let officer = app.officer(GUADALAJARA).await;
        let before = public_of(&app, &number).await;
        let original = before["documents"][0]["id"].as_str().unwrap().to_owned();
        let bytes = format!("{}/documents/{original}/content", entry(&number));
        app.nobody().get(&bytes).await.expect(200);
        let made = officer.post(&decisions(&case, &original), &reserved("2027-06-30")).await.expect(201).json();
        assert_eq!((&made["number"], &made["acting_tenant"]), (&json!(1), &json!(GUADALAJARA)));

        app.nobody().get(&bytes).await.refused(404, "not_found");
        let withheld = public_of(&app, &number).await;
        assert_eq!(withheld["consolidated"]["documents"], json!([]));
        assert_eq!(withheld["documents"], json!([]));
        assert!(!withheld.to_string().contains(&original), "{withheld}");
        let line = json!({"reserved": true, "classification": "reserved", "language": "es", "ground": "LGTAIP 112-II: negociaciones en curso.", "until": "2027-06-30", "public_version_id": null});
        assert_eq!(withheld["withheld_documents"], json!([line]));
        assert!(withheld["updated_at"].as_str() >= before["updated_at"].as_str());
        // The owner's side reads it as before, with its current classification.
        let own = officer.get(&format!("{}/documents/{original}", one(&case))).await.expect(200).json();
        assert_eq!((&own["classification"], &own["until"]), (&json!("reserved"), &json!("2027-06-30")));
        officer.get(&format!("{}/documents/{original}/content", one(&case))).await.expect(200);

        // Its public version, added after the inscription.
        let version = public_version(&officer, &case, &original, "signed_copy").await.expect(201).id();
        let shown = public_of(&app, &number).await;
        assert_eq!(shown["consolidated"]["documents"][0]["id"], json!(version));
        assert_eq!(shown["withheld_documents"][0]["public_version_id"], json!(version));
        assert_eq!(shown["documents"], json!([]));
        let open = app.nobody().get(&format!("{}/documents/{version}/content", entry(&number))).await.expect(200);
        assert_eq!(open.body, pdf("version publica"));

        clock.set("2027-07-01T05:59:59Z".parse().unwrap());
        app.nobody().get(&bytes).await.refused(404, "not_found");
        clock.set("2027-07-01T06:00:00Z".parse().unwrap());
        app.nobody().get(&bytes).await.expect(200);
        let opened = public_of(&app, &number).await;
        assert_eq!(opened["withheld_documents"], json!([]));
        assert_eq!(opened["documents"], before["documents"]);
        assert_eq!(opened["consolidated"]["documents"].as_array().unwrap().len(), 2);
    })
    .await;
}

// row: 002-31
// operations: create_classification
#[actix_web::test]
async fn what_was_withheld_at_the_inscription_opens_when_it_is_declassified() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Signed).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let documents = officer
            .get(&format!("{}/documents?limit=200", one(&case)))
            .await
            .json();
        let of_kind = |kind: &str| {
            let all = documents["items"].as_array().unwrap().iter();
            let mut found = all.filter(|document| document["kind"] == kind);
            found.next().unwrap()["id"].as_str().unwrap().to_owned()
        };
        let (copy, minutes) = (of_kind("signed_copy"), of_kind("council_minutes"));
        let secret = json!({"classification": "confidential", "ground": "Datos personales."});
        officer
            .post(&decisions(&case, &copy), &secret)
            .await
            .expect(201);
        let registrar = app.client(Role::Registrar, SRE).await;
        officer
            .transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .expect(200);
        let done = registrar
            .transition(&case, &json!({"action": "register", "text_matches": true}))
            .await
            .expect(200)
            .json();
        let number = done["inscription"].as_str().unwrap().to_owned();
        let record = public_of(&app, &number).await;
        assert_eq!(record["documents"], json!([]));
        let line = &record["withheld_documents"][0];
        assert_eq!(
            (&line["reserved"], &line["classification"]),
            (&json!(false), &json!("confidential"))
        );
        assert!(!record.to_string().contains(&copy), "{record}");
        let public = json!({"classification": "public"});
        officer
            .post(&decisions(&case, &copy), &public)
            .await
            .expect(201);
        assert_eq!(
            public_of(&app, &number).await["consolidated"]["documents"][0]["id"],
            json!(copy)
        );
        assert_eq!(public_of(&app, &number).await["documents"], json!([]));
        app.nobody()
            .get(&format!("{}/documents/{copy}/content", entry(&number)))
            .await
            .expect(200);

        // Classifying as public does not open a document that the inscription does not list.
        officer
            .post(&decisions(&case, &minutes), &public)
            .await
            .expect(201);
        app.nobody()
            .get(&format!("{}/documents/{minutes}/content", entry(&number)))
            .await
            .refused(404, "not_found");
        let version = public_version(&officer, &case, &minutes, "council_minutes")
            .await
            .expect(201)
            .id();
        app.nobody()
            .get(&format!("{}/documents/{version}/content", entry(&number)))
            .await
            .refused(404, "not_found");

        let list = officer
            .get(&decisions(&case, &copy))
            .await
            .expect(200)
            .json();
        let told: Vec<_> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                (
                    one["number"].as_i64().unwrap(),
                    one["classification"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(told, [(2, "public"), (1, "confidential"), (0, "public")]);
        let page = officer
            .get(&format!("{}?limit=2", decisions(&case, &copy)))
            .await
            .json();
        let cursor = page["next_cursor"].as_str().unwrap();
        let rest = officer
            .get(&format!(
                "{}?limit=2&cursor={cursor}",
                decisions(&case, &copy)
            ))
            .await
            .json();
        assert_eq!(
            (&rest["items"][0]["number"], &rest["next_cursor"]),
            (&json!(0), &Value::Null)
        );
    })
    .await;
}
