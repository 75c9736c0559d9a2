//! A record that is there already is named to those who see it, and to nobody else. Past agreements
//! are in `past_agreements`, adhesions in `parties`, periods in `administrations`.

use super::error_at;
use crate::tools::shape;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Answer, GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// A municipality without people.
const TLAQUEPAQUE: &str = "14098";

fn record(collection: &str, made: &Answer) -> Value {
    json!({"id": made.id(), "href": format!("{collection}/{}", made.id())})
}

#[actix_web::test]
async fn ones_own_record_is_named() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let path = "/v1/counterparts";
        let kyoto = TestApp::counterpart_json("Kioto");
        let first = officer.post(path, &kyoto).await.expect(201);
        let again = TestApp::counterpart_json("  KIOTÓ ");
        let refused = officer.post(path, &again).await.refused(409, "duplicate");
        assert_eq!(refused.json()["existing"], record(path, &first));
        let nara = officer.post(path, &TestApp::counterpart_json("Nara")).await;
        let nara = nara.expect(201);
        let renamed = json!({"name": "Kioto"});
        let one = format!("{path}/{}", nara.id());
        let refused = officer.patch(&one, &nara.etag(), &renamed).await;
        let refused = refused.refused(409, "duplicate");
        assert_eq!(refused.json()["existing"], record(path, &first));
        // Another government has a twin of its own: nobody is told of the other's.
        let other = app.officer(JALISCO).await;
        other.post(path, &kyoto).await.expect(201);

        let admin = app.client(Role::Admin, GUADALAJARA).await;
        for (path, body) in [
            ("/v1/calendars", json!({"name": "Días hábiles"})),
            (
                "/v1/targets",
                json!({"stage": "signed", "business_days": 10}),
            ),
        ] {
            let first = admin.post(path, &body).await.expect(201);
            let refused = admin.post(path, &body).await.refused(409, "duplicate");
            assert_eq!(refused.json()["existing"], record(path, &first));
            let theirs = app.client(Role::Admin, JALISCO).await;
            theirs.post(path, &body).await.expect(201);
        }
    })
    .await;
}

/// An id of another system is taken within one government. The government's own people are told the
/// record that has it. Whoever acts for that government is told no more than that there is one.
#[actix_web::test]
async fn an_id_that_is_taken_names_its_record_only_in_sight() {
    on_both(|app| async move {
        let ids = json!([{"system": "siga", "value": "7"}]);
        let with = |mut body: Value| {
            body["external_ids"] = ids.clone();
            body
        };
        let officer = app.officer(GUADALAJARA).await;
        let mut told = Vec::new();
        for (path, one, two) in [
            (
                "/v1/counterparts",
                TestApp::counterpart_json("Uno"),
                TestApp::counterpart_json("Dos"),
            ),
            (
                "/v1/agreements",
                json!({"kind": "twinning", "title": "Uno"}),
                json!({"kind": "twinning", "title": "Dos"}),
            ),
        ] {
            let first = officer.post(path, &with(one)).await.expect(201);
            let refused = officer.post(path, &with(two)).await;
            let refused = refused.refused(422, "validation_failed");
            told.push(shape(&refused));
            let error = error_at(&refused, "/external_ids/0");
            assert_eq!(error["code"], "taken");
            assert_eq!(error["existing"], record(path, &first));
        }

        let path = format!("/v1/agreements?on_behalf_of={TLAQUEPAQUE}");
        let (state, ministry) = (app.officer(JALISCO).await, app.officer(SRE).await);
        let case = |title: &str| json!({"kind": "twinning", "title": title});
        let theirs = ministry.post(&path, &with(case("Uno"))).await.expect(201);
        for agent in [&state, &ministry] {
            let unseen = agent.post(&path, &with(case("Dos"))).await;
            let unseen = unseen.refused(422, "validation_failed");
            assert!(!unseen.text().contains(&theirs.id()), "{}", unseen.text());
            told.push(shape(&unseen));
        }
        // But for the record itself, all are told the same.
        for problem in &mut told {
            let error = problem["errors"][0].as_object_mut().unwrap();
            error.remove("existing");
        }
        assert!(told.iter().all(|problem| *problem == told[0]), "{told:?}");
    })
    .await;
}
