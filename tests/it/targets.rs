//! Targets: the time that a government sets itself for the stages it holds.

use crate::tools::{on_both_at_noon, one, points_at, post, post_on};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::{OpinionResult, Stage};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

const PATH: &str = "/v1/targets";

fn target(stage: &str, days: impl Into<Value>) -> Value {
    json!({"stage": stage, "business_days": days.into()})
}

// row: 004-01
// operations: list_targets, create_target, get_target, update_target
#[actix_web::test]
async fn a_government_sets_targets_for_what_it_holds() {
    on_both(|app: TestApp| async move {
        for (tenant, stage) in [
            (SRE, "federal_intake"),
            (SRE, "legal_review"),
            (SRE, "pending_registration"),
            (JALISCO, "state_review"),
            (JALISCO, "returned"),
            (GUADALAJARA, "returned"),
        ] {
            let admin = app.client(Role::Admin, tenant).await;
            let made = admin.post(PATH, &target(stage, 10)).await.expect(201);
            assert_eq!(made.json()["government_id"], tenant);
        }
        for (tenant, stage) in [
            (SRE, "state_review"),
            (JALISCO, "legal_review"),
            (GUADALAJARA, "state_review"),
            (GUADALAJARA, "registered"),
        ] {
            let admin = app.client(Role::Admin, tenant).await;
            let refused = admin.post(PATH, &target(stage, 10)).await;
            points_at(
                &refused.refused(422, "validation_failed"),
                "/stage",
                "not_held",
            );
        }
        let admin = app.client(Role::Admin, GUADALAJARA).await;
        let twice = admin.post(PATH, &target("returned", 5)).await;
        twice.refused(409, "duplicate");
        for days in [0, 1001] {
            let refused = admin.post(PATH, &target("signed", days)).await;
            let refused = refused.refused(422, "validation_failed");
            points_at(&refused, "/business_days", "out_of_range");
        }
        let observer = app.client(Role::Admin, "obs-senado").await;
        let refused = observer.post(PATH, &target("draft", 5)).await;
        refused.refused(403, "forbidden");
        assert_eq!(app.scratch.count("targets"), 6);

        // A reviewer's targets are public promises; an owner's targets are not shown to others.
        let viewer = app.client(Role::Viewer, SRE).await;
        for (government, stages) in [
            ("14", json!(["state_review"])),
            ("14039", json!([])),
            (
                "00",
                json!(["federal_intake", "legal_review", "pending_registration"]),
            ),
        ] {
            let path = format!("{PATH}?government={government}&count=true");
            let list = viewer.get(&path).await.expect(200).json();
            let items = list["items"].as_array().unwrap().iter();
            let found: Value = items.map(|item| item["stage"].clone()).collect();
            assert_eq!(found, stages, "{government}");
            assert_eq!(list["total"], found.as_array().unwrap().len());
        }
        let own = admin.get(PATH).await.json()["items"][0].clone();
        let one = format!("{PATH}/{}", own["id"].as_str().unwrap());
        viewer.get(&one).await.refused(404, "not_found");
        let others = app.client(Role::Admin, JALISCO).await;
        let etag = admin.get(&one).await.etag();
        let refused = others
            .patch(&one, &etag, &json!({"business_days": 1}))
            .await;
        refused.refused(404, "not_found");
    })
    .await;
}

// row: 004-01
// operations: update_target, create_target
#[actix_web::test]
async fn a_target_changes_under_its_version() {
    on_both(|app: TestApp| async move {
        let admin = app.client(Role::Admin, SRE).await;
        let liaison = app.client(Role::Liaison, SRE).await;
        app.nobody()
            .send(post(PATH, &target("legal_review", 10)))
            .await
            .refused(401, "unauthenticated");
        let refused = liaison.post(PATH, &target("legal_review", 10)).await;
        refused.refused(403, "forbidden");
        let made = admin
            .post(PATH, &target("legal_review", 10))
            .await
            .expect(201);
        let (one, etag) = (format!("{PATH}/{}", made.id()), made.etag());
        let change = json!({"business_days": 12});
        let refused = liaison.patch(&one, &etag, &change).await;
        refused.refused(403, "forbidden");
        let others = app.client(Role::Admin, JALISCO).await;
        others.get(&one).await.expect(200);
        let refused = others.patch(&one, &etag, &change).await;
        refused.refused(403, "forbidden");
        let blind = actix_web::http::Method::PATCH;
        let blind = vinculo_tests::Request::new(blind, &one).json(&change);
        admin
            .send(blind)
            .await
            .refused(428, "precondition_required");
        let fixed = json!({"stage": "federal_intake"});
        let refused = admin.patch(&one, &etag, &fixed).await;
        points_at(
            &refused.refused(422, "validation_failed"),
            "/stage",
            "fixed",
        );
        let changed = admin.patch(&one, &etag, &change).await.expect(200);
        assert_eq!(changed.json()["business_days"], 12);
        let late = admin.patch(&one, &etag, &change).await;
        late.refused(412, "precondition_failed");
        let none = json!({"business_days": null});
        let none = admin.patch(&one, &changed.etag(), &none).await.expect(200);
        assert_eq!(none.json()["business_days"], Value::Null);
    })
    .await;
}

// row: 004-02
// operations: create_target, get_agreement, list_agreements
#[actix_web::test]
async fn without_a_target_there_is_no_due_date_and_an_owners_own_is_not_told() {
    on_both_at_noon(|app, _clock| async move {
        let case = app
            .case_in(GUADALAJARA, Stage::StateReview)
            .await
            .to_string();
        let officer = app.officer(GUADALAJARA).await;
        let view = officer.get(&one(&case)).await.expect(200).json();
        assert_eq!(view["due_on"], Value::Null);
        let turns = officer.get(&format!("{}/turns", one(&case))).await.json();
        assert_eq!(turns["turns"][1]["state"], "none");

        for (tenant, stage, days) in [
            (GUADALAJARA, "opinion_favorable", 5),
            (SRE, "legal_review", 4),
        ] {
            let admin = app.client(Role::Admin, tenant).await;
            admin.post(PATH, &target(stage, days)).await.expect(201);
        }
        // Friday the 20th: four business days of SRE end on Thursday.
        let case = app.case_in(GUADALAJARA, Stage::LegalReview).await;
        let cast = app.cast(GUADALAJARA).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        for reader in [&officer, &legal] {
            let view = reader.get(&one(case)).await.expect(200).json();
            let told = (&view["waiting_for"], &view["due_on"]);
            assert_eq!(told, (&json!("sre"), &json!("2026-11-26")));
        }
        cast.opine(case, OpinionResult::Favorable).await.unwrap();
        let view = officer.get(&one(case)).await.expect(200).json();
        assert_eq!(view["due_on"], "2026-11-27");
        let view = legal.get(&one(case)).await.expect(200).json();
        let told = (&view["waiting_for"], &view["due_on"]);
        assert_eq!(told, (&json!("owner"), &Value::Null));
        let soon = "/v1/agreements?due_before=2026-12-01";
        for (reader, count) in [(&officer, 1), (&legal, 0)] {
            let list = reader.get(soon).await.expect(200).json();
            assert_eq!(list["items"].as_array().unwrap().len(), count);
        }
        let path = case.to_string();
        let said = json!({"for": "counterpart"});
        post_on(&officer, &path, "waiting", &said).await.expect(200);
        let view = officer.get(&one(case)).await.expect(200).json();
        assert_eq!(view["due_on"], Value::Null);
    })
    .await;
}
