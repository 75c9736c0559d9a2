//! A change of administration during a case: the case belongs to the government, its people change,
//! and each act is checked against the administration in office on its day.

use super::{PATH, period};
use crate::tools::{noon, on_both_at_noon, one, post_on};
use serde_json::{Value, json};
use vinculo_api::fixtures::{Official, pdf};
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::FixedClock;
use vinculo_domain::{Role, Tier};
use vinculo_tests::{Client, GUADALAJARA, SRE, TestApp};

/// The case is under review, assigned to an officer of the old administration.
async fn begin(app: &TestApp) -> (String, Client) {
    let admin = app.client(Role::Admin, GUADALAJARA).await;
    for (starts, ends) in [("2024-10-01", "2026-12-31"), ("2027-01-01", "2029-12-31")] {
        let body = period(GUADALAJARA, starts, ends);
        admin.post(PATH, &body).await.expect(201);
    }
    let case = app.case_in(GUADALAJARA, Stage::OpinionFavorable).await;
    let leaving = app.officer(GUADALAJARA).await;
    let me = leaving.get("/v1/me").await.json()["id"].clone();
    let given = json!({ "person_id": me });
    let path = format!("{}/assignments", one(case));
    leaving.post(&path, &given).await.expect(201);
    (case.to_string(), leaving)
}

/// The officer leaves with the old administration, and a new officer comes.
async fn change_people(app: &TestApp, clock: &FixedClock, leaving: &Client) -> Client {
    noon(clock, "2027-01-04");
    let gone = "(SELECT person_id FROM accounts WHERE email = 'officer@14039.example')";
    app.scratch.execute(&format!(
        "UPDATE memberships SET until = since WHERE person_id = {gone}"
    ));
    // An officer who has left loses all access at once.
    leaving
        .get("/v1/agreements")
        .await
        .refused(401, "unauthenticated");
    let (email, tier) = ("entrante@14039.example", Tier::Municipality);
    let hired = Official::hire(
        &app.app,
        email,
        "Persona entrante",
        GUADALAJARA,
        tier,
        Role::Officer,
        "-",
    );
    let person = hired.await.unwrap().actor.person.unwrap();
    app.session(person, GUADALAJARA).await
}

/// The signature by this head of government on this day.
fn signed(view: &Value, name: &str, day: &str) -> Value {
    let who = |side: &str, party: Value, name: &str| json!({"side": side, "party": party, "name": name, "post": "Titular", "capacity": "Titular"});
    let own = who("mexican", json!(GUADALAJARA), name);
    let other = who(
        "counterpart",
        view["counterparts"][0]["id"].clone(),
        "Alcaldesa",
    );
    json!({"action": "record_signature", "signed_on": day, "place": "Guadalajara", "signatories": [own, other],
        "originals": [{"language": "es", "authenticity": "authentic", "count": 2}]})
}

/// Whether the signatory's power on that day is doubtful. Tried as a dry run.
async fn doubts(client: &Client, case: &str, name: &str, day: &str) -> Value {
    let view = client.get(&one(case)).await.expect(200).json();
    let body = signed(&view, name, day);
    let answer = post_on(client, case, "transitions?dry_run=true", &body).await;
    answer.expect(200).json()["signature"]["signatories"][0]["flags"].clone()
}

// row: 002-10, 002-18
// operations: create_administration, create_agreement_assignment, transition_agreement, get_own_flow_statistics
#[actix_web::test]
async fn a_case_outlives_the_administration_that_began_it() {
    on_both_at_noon(|app, clock| async move {
        let (case, leaving) = begin(&app).await;
        let before = leaving.get(&one(&case)).await.expect(200).json();
        let coming = change_people(&app, &clock, &leaving).await;

        // Draft, texts, opinion, history and assigned cases belong to the government.
        let view = coming.get(&one(&case)).await.expect(200).json();
        for part in ["level", "seats", "stage", "draft", "opinion", "parties"] {
            assert_eq!(view[part], before[part], "{part}");
        }
        let me = coming.get("/v1/me").await.json()["id"].clone();
        let path = format!("{}/assignments", one(&case));
        coming
            .post(&path, &json!({ "person_id": me }))
            .await
            .expect(201);
        let me = me.as_str().unwrap();
        let path = format!("/v1/agreements?assigned_to={me}");
        let mine = coming.get(&path).await.json();
        assert_eq!(mine["items"].as_array().unwrap().len(), 1, "{mine}");

        // Each head may sign in its own period, and not in the other's.
        let (old, new) = ("Titular 2024-10-01", "Titular 2027-01-01");
        let missing = json!(["authority_missing"]);
        for (name, day, flags) in [
            (old, "2026-12-18", json!([])),
            (new, "2026-12-18", missing.clone()),
            (new, "2027-01-04", json!([])),
            (old, "2027-01-04", missing),
        ] {
            assert_eq!(
                doubts(&coming, &case, name, day).await,
                flags,
                "{name} {day}"
            );
        }
        let body = signed(&view, new, "2027-01-04");
        coming.transition(&case, &body).await.expect(200);
        coming
            .attach(&case, "signed_copy", Some("es"), &pdf("firmado"))
            .await
            .expect(201);
        let send = json!({"action": "send_to_registry"});
        coming.transition(&case, &send).await.expect(200);
        let registrar = app.client(Role::Registrar, SRE).await;
        let register = json!({"action": "register", "text_matches": true});
        registrar.transition(&case, &register).await.expect(200);

        // An event counts for the administration that was in office on its day.
        let path = "/v1/statistics/mine/flow?by=event,administration&municipality=14039";
        let flow = coming.get(path).await.expect(200).json();
        let when = |event: &str| -> Vec<Value> {
            let rows = flow["rows"].as_array().unwrap().iter();
            let of = rows.filter(|row| row["keys"]["event"] == event && row["count"] != 0);
            of.map(|row| row["keys"]["administration"].clone())
                .collect()
        };
        assert_eq!(when("received"), ["2024-10-01"], "{flow}");
        assert_eq!(when("opined"), ["2024-10-01"], "{flow}");
        assert_eq!(when("signed"), ["2027-01-01"], "{flow}");
        assert_eq!(when("registered"), ["2027-01-01"], "{flow}");
    })
    .await;
}
