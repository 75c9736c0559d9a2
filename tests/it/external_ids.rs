//! The ids of cases in other systems: set at every stage, by the government that gives them, and
//! found by it alone.

mod recorded;

use crate::lines::line;
use crate::procedure::scenes::Scenes;
use crate::tools::{errors, on_both_at_noon, one, points_at};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

fn ids(values: &[&str]) -> Value {
    let one = |value: &&str| json!({"system": "siga", "value": value});
    values.iter().map(one).collect()
}

/// Gives a case these ids.
async fn name(client: &Client, case: &str, values: &[&str]) -> Answer {
    let tag = client.get(&one(case)).await.etag();
    let change = json!({"external_ids": ids(values)});
    client.patch(&one(case), &tag, &change).await
}

/// The cases that a client finds by an id of its own.
async fn found(client: &Client, value: &str) -> Vec<String> {
    let path = format!("/v1/agreements?external_id=siga:{value}");
    let list = client.get(&path).await.expect(200).json();
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Whether a draft may still be changed in a stage.
fn is_open(stage: Stage) -> bool {
    [
        Stage::Draft,
        Stage::Returned,
        Stage::Observed,
        Stage::OpinionUnfavorable,
    ]
    .contains(&stage)
}

// row: 003-05, 002-14
// operations: update_agreement, list_agreements, get_agreement
#[actix_web::test]
async fn they_are_set_at_every_stage_and_nothing_else_is() {
    on_both_at_noon(|app, _clock| async move {
        for stage in [
            Stage::Draft,
            Stage::StateReview,
            Stage::Returned,
            Stage::FederalIntake,
            Stage::LegalReview,
            Stage::Observed,
            Stage::OpinionFavorable,
            Stage::OpinionUnfavorable,
            Stage::Signed,
            Stage::PendingRegistration,
            Stage::Registered,
            Stage::Withdrawn,
        ] {
            let word: &str = stage.into();
            let case = app.case_in(GUADALAJARA, stage).await.to_string();
            let officer = app.officer(GUADALAJARA).await;
            let others = [
                app.client(Role::Liaison, JALISCO).await,
                app.client(Role::Liaison, SRE).await,
            ];
            let mut before = Vec::new();
            for other in &others {
                let seen = other.get(&one(&case)).await;
                before.push((seen.status, seen.header("etag"), line(other, &case).await));
            }
            let old = officer.get(&one(&case)).await.json();
            let view = name(&officer, &case, &[word, "second"])
                .await
                .expect(200)
                .json();
            // Those of the line are in the order of their values, those of the draft as written.
            let mut listed = [word, "second"];
            listed.sort_unstable();
            assert_eq!(view["external_ids"], ids(&listed), "{stage:?}");
            assert_eq!(view["draft"]["external_ids"], ids(&[word, "second"]));
            assert_eq!(view["stage"], word);
            assert_eq!(view["version"], json!(old["version"].as_i64().unwrap() + 1));
            assert_eq!(
                line(&officer, &case).await.unwrap()["external_ids"],
                view["external_ids"]
            );
            assert_eq!(found(&officer, word).await, std::slice::from_ref(&case));
            // Nobody else learns of it.
            for (other, before) in others.iter().zip(before) {
                let seen = other.get(&one(&case)).await;
                let now = (seen.status, seen.header("etag"), line(other, &case).await);
                assert_eq!(now, before, "{stage:?}");
                assert!(found(other, word).await.is_empty());
            }
            // They are checked like in a draft, and given up again.
            let answer = name(&officer, &case, &[""]).await;
            points_at(
                &answer.refused(422, "validation_failed"),
                "/external_ids/0/value",
                "required",
            );
            let many = ["x"; 21];
            name(&officer, &case, &many)
                .await
                .refused(422, "validation_failed");
            name(&officer, &case, &[word]).await.expect(200);
            assert!(found(&officer, "second").await.is_empty());

            let tag = officer.get(&one(&case)).await.etag();
            for change in [
                json!({"title": "Otro"}),
                json!({"title": "Otro", "external_ids": []}),
            ] {
                let answer = officer.patch(&one(&case), &tag, &change).await;
                if is_open(stage) {
                    answer.expect(200);
                    break;
                }
                answer.refused(409, "locked_in_stage");
            }
        }
    })
    .await;
}

// row: 003-05, 002-14
// operations: update_agreement
#[actix_web::test]
async fn no_party_has_to_confirm_them() {
    on_both(|app: TestApp| async move {
        let scenes = Scenes::new(&app, true).await;
        let case = scenes.draft(scenes.content().await).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let confirmed = |view: &Value| !view["parties"][1]["confirmed_at"].is_null();
        let named = name(&officer, &case, &["GDL-1"]).await.expect(200);
        assert!(confirmed(&named.json()), "{}", named.text());
        // The other party reads the case, but the ids are not its own.
        let party = app.officer(ZAPOPAN).await;
        let view = party.get(&one(&case)).await.expect(200).json();
        assert_eq!(view["external_ids"], json!([]));
        assert!(found(&party, "GDL-1").await.is_empty());
        name(&party, &case, &["ZAP-1"])
            .await
            .refused(403, "forbidden");

        let tag = officer.get(&one(&case)).await.etag();
        let both = json!({"title": "Otro", "external_ids": ids(&["GDL-2"])});
        let changed = officer.patch(&one(&case), &tag, &both).await.expect(200);
        assert!(!confirmed(&changed.json()), "{}", changed.text());
        // What was read is sent back as a whole.
        let view = officer.get(&one(&case)).await;
        let mut whole = view.json();
        whole["external_ids"] = ids(&["GDL-3"]);
        let again = officer.patch(&one(&case), &view.etag(), &whole).await;
        assert_eq!(again.expect(200).json()["external_ids"], ids(&["GDL-3"]));
    })
    .await;
}

// row: 003-05
// operations: update_agreement, create_agreement
#[actix_web::test]
async fn a_government_gives_an_id_once_and_another_government_may_too() {
    on_both(|app: TestApp| async move {
        let (one, other) = (
            app.case_in(GUADALAJARA, Stage::StateReview)
                .await
                .to_string(),
            app.case_in(GUADALAJARA, Stage::Draft).await.to_string(),
        );
        let foreign = app.case_in(ZAPOPAN, Stage::Signed).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        name(&officer, &one, &["7", "8"]).await.expect(200);
        let refused = name(&officer, &other, &["6", "8"]).await;
        let refused = refused.refused(422, "validation_failed");
        assert_eq!(
            errors(&refused),
            [("/external_ids/1".to_owned(), "taken".to_owned())]
        );
        name(&officer, &other, &["9"]).await.expect(200);
        let refused = name(&officer, &one, &["7", "9"]).await;
        points_at(
            &refused.refused(422, "validation_failed"),
            "/external_ids/1",
            "taken",
        );
        // A refused change keeps what was there.
        assert_eq!(found(&officer, "8").await, std::slice::from_ref(&one));
        let neighbour = app.officer(ZAPOPAN).await;
        name(&neighbour, &foreign, &["7"]).await.expect(200);
        assert_eq!(found(&neighbour, "7").await, [foreign]);
        assert_eq!(found(&officer, "7").await, std::slice::from_ref(&one));
        // What one gives up another may take.
        name(&officer, &one, &["7"]).await.expect(200);
        name(&officer, &other, &["8", "9"]).await.expect(200);
        assert_eq!(found(&officer, "8").await, [other]);
    })
    .await;
}
