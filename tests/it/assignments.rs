//! Assignments: each government names who works on a case, and no other government sees it.

use crate::tools::{on_both_at_noon, one, points_at, post};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN};

async fn person(app: &TestApp, role: Role, tenant: &str) -> Uuid {
    app.official(role, tenant).await.actor.person.unwrap()
}

async fn assign(by: &Client, case: Uuid, person: Option<Uuid>) -> Answer {
    let path = format!("{}/assignments", one(case));
    by.post(&path, &json!({"person_id": person, "note": "Urge."}))
        .await
}

/// How many cases a list has under a filter.
async fn listed(reader: &Client, filter: &str) -> usize {
    let path = format!("/v1/agreements?{filter}&count=true");
    let list = reader.get(&path).await.expect(200).json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(list["total"], items.len());
    items.len()
}

/// Everything that a government reads of a case, ETags included.
async fn read(reader: &Client, case: Uuid) -> Vec<String> {
    let mut read = Vec::new();
    for path in [
        one(case),
        format!("{}/history", one(case)),
        format!("{}/turns", one(case)),
        format!("{}/assignments", one(case)),
        "/v1/agreements".to_owned(),
        "/v1/workload".to_owned(),
        "/v1/notices".to_owned(),
    ] {
        let answer = reader.get(&path).await;
        read.push(format!("{:?} {}", answer.header("etag"), answer.text()));
    }
    read
}

// row: 002-10
// operations: create_agreement_assignment, list_agreement_assignments, list_agreements, get_agreement
#[actix_web::test]
async fn a_case_is_given_and_taken_back_and_found_by_who_has_it() {
    on_both_at_noon(|app, _clock| async move {
        let case = app.case_in(GUADALAJARA, Stage::LegalReview).await;
        app.case_in(GUADALAJARA, Stage::LegalReview).await;
        let liaison = app.client(Role::Liaison, SRE).await;
        let reviewer = person(&app, Role::LegalReviewer, SRE).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let before = legal.get(&one(case)).await;
        assert_eq!(before.json()["assigned_to"], Value::Null);
        let made = assign(&liaison, case, Some(reviewer)).await.expect(201);
        assert_eq!(made.json()["person_id"], json!(reviewer));
        let view = legal.get(&one(case)).await.expect(200);
        assert_eq!(view.json()["assigned_to"], json!(reviewer));
        // Same version but another ETag, so a client with a cached copy gets the case again.
        assert_eq!(view.json()["version"], before.json()["version"]);
        assert_ne!(view.etag(), before.etag());
        let shown = legal.get("/v1/agreements?assigned_to=me").await.json();
        assert_eq!(shown["items"][0]["assigned_to"], json!(reviewer));
        assert_eq!(listed(&legal, "assigned_to=me").await, 1);
        assert_eq!(listed(&legal, &format!("assigned_to={reviewer}")).await, 1);
        assert_eq!(listed(&liaison, "assigned_to=me").await, 0);
        assert_eq!(listed(&liaison, "assigned_to=none").await, 1);
        for wrong in ["nobody", "ME", &reviewer.to_string().to_uppercase()] {
            let path = format!("/v1/agreements?assigned_to={wrong}");
            let refused = legal.get(&path).await;
            refused.refused(400, "invalid_parameter");
        }
        assign(&liaison, case, None).await.expect(201);
        assert_eq!(listed(&legal, "assigned_to=none").await, 2);
        let path = format!("{}/assignments?limit=1", one(case));
        let history = legal.get(&path).await.expect(200).json();
        assert_eq!(history["items"][0]["person_id"], Value::Null);
        let next = history["next_cursor"].as_str().unwrap();
        let older = format!("{path}&cursor={next}");
        let older = legal.get(&older).await.expect(200).json();
        assert_eq!(older["items"][0]["person_id"], json!(reviewer));
        assert!(older["items"][0]["until"].is_string());
        assert_eq!(older["next_cursor"], Value::Null);
    })
    .await;
}

// row: 002-10
// operations: create_agreement_assignment, list_agreement_assignments
#[actix_web::test]
async fn no_other_government_learns_who_works_on_a_case() {
    on_both_at_noon(|app, _clock| async move {
        let case = app.case_in(GUADALAJARA, Stage::LegalReview).await;
        let sre = app.client(Role::Liaison, SRE).await;
        let others = [(Role::Officer, GUADALAJARA), (Role::Liaison, JALISCO)];
        let mut before = Vec::new();
        for (role, tenant) in others {
            before.push(read(&app.client(role, tenant).await, case).await);
        }
        let reviewer = person(&app, Role::LegalReviewer, SRE).await;
        assign(&sre, case, Some(reviewer)).await.expect(201);
        for ((role, tenant), before) in others.into_iter().zip(before) {
            let reader = app.client(role, tenant).await;
            assert_eq!(read(&reader, case).await, before, "{tenant}");
            assert_eq!(listed(&reader, &format!("assigned_to={reviewer}")).await, 0);
        }
        // The owner sees no gap in the version numbers at the next step of the procedure.
        let owner = app.officer(GUADALAJARA).await;
        let version = owner.get(&one(case)).await.json()["version"].as_i64().unwrap();
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        let view = owner.transition(&case.to_string(), &withdraw).await.expect(200);
        assert_eq!(view.json()["version"].as_i64().unwrap(), version + 1);
        assert_eq!(view.json()["assigned_to"], Value::Null);
        // The state that forwarded the case and the owner each have their own assignment.
        for (role, tenant) in others {
            let own = person(&app, role, tenant).await;
            let client = app.client(role, tenant).await;
            assign(&client, case, Some(own)).await.expect(201);
            let view = client.get(&one(case)).await.json();
            assert_eq!(view["assigned_to"], json!(own));
        }
        let view = sre.get(&one(case)).await.json();
        assert_eq!(view["assigned_to"], json!(reviewer));
        let audited = "audit_log WHERE operation = 'create_agreement_assignment' AND tenant_id <> acting_tenant";
        assert_eq!(app.scratch.count(audited), 0);
    })
    .await;
}

// row: 004-03
// operations: create_agreement_assignment, list_agreement_assignments
#[actix_web::test]
async fn a_case_is_given_to_a_colleague_who_may_act_on_it() {
    on_both_at_noon(|app, _clock| async move {
        let case = app.case_in(GUADALAJARA, Stage::StateReview).await;
        let path = format!("{}/assignments", one(case));
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let own = person(&app, Role::Liaison, JALISCO).await;
        let body = json!({"person_id": own});
        let refused = app.nobody().send(post(&path, &body)).await;
        refused.refused(401, "unauthenticated");
        let stranger = app.officer(ZAPOPAN).await;
        stranger.post(&path, &body).await.refused(404, "not_found");
        stranger.get(&path).await.refused(404, "not_found");
        // A reader cannot assign anybody, and neither can a person who may not act on this case:
        // the state's officer works only on the state's own cases.
        for (role, tenant) in [
            (Role::Viewer, JALISCO),
            (Role::Admin, JALISCO),
            (Role::Officer, JALISCO),
            (Role::Liaison, GUADALAJARA),
        ] {
            let client = app.client(role, tenant).await;
            client.post(&path, &body).await.refused(403, "forbidden");
        }
        for person in [
            person(&app, Role::Officer, JALISCO).await,
            person(&app, Role::Liaison, SRE).await,
            person(&app, Role::Officer, GUADALAJARA).await,
            Uuid::now_v7(),
        ] {
            let refused = liaison.post(&path, &json!({"person_id": person})).await;
            let refused = refused.refused(422, "validation_failed");
            points_at(&refused, "/person_id", "not_a_colleague");
        }
        let refused = liaison.post(&path, &json!({})).await;
        refused.refused(400, "invalid_body");
        let long = json!({"person_id": own, "note": "x".repeat(2001)});
        let refused = liaison.post(&path, &long).await;
        points_at(
            &refused.refused(422, "validation_failed"),
            "/note",
            "too_long",
        );
        assert_eq!(app.scratch.count("agreement_assignments"), 0);
        let rehearsed = liaison.post(&format!("{path}?dry_run=true"), &body).await;
        rehearsed.expect(200);
        assert_eq!(app.scratch.count("agreement_assignments"), 0);
        let twice = || post(&path, &body).header("idempotency-key", "una");
        let first = liaison.send(twice()).await.expect(201);
        let second = liaison.send(twice()).await.expect(201);
        assert_eq!(first.text(), second.text());
        assert_eq!(app.scratch.count("agreement_assignments"), 1);
        // A person who has left is no longer a colleague.
        let case = app.case_in(GUADALAJARA, Stage::LegalReview).await;
        let reviewer = person(&app, Role::LegalReviewer, SRE).await;
        let intake = app.client(Role::Liaison, SRE).await;
        assign(&intake, case, Some(reviewer)).await.expect(201);
        app.scratch.execute(&format!(
            "UPDATE memberships SET until = since WHERE person_id = '{reviewer}'"
        ));
        let refused = assign(&intake, case, Some(reviewer)).await;
        let refused = refused.refused(422, "validation_failed");
        points_at(&refused, "/person_id", "not_a_colleague");
    })
    .await;
}
