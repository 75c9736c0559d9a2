//! The needs that the guide names are exactly those for which the action is refused.

use super::{read, step, steps};
use actix_web::http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;
use vinculo_api::fixtures::{Official, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{AgreementContent, PROCEDURE, Seat, Stage};
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, JALISCO, Request, SRE, TestApp, ZAPOPAN, on_both, on_tier,
};

/// What an action would be refused for, tried without any answers to remarks.
async fn refused(client: &Client, case: &str, mut request: Value) -> BTreeSet<String> {
    if request.get("answers").is_some() {
        request["answers"] = json!([]);
    }
    let etag = client.get(&format!("/v1/agreements/{case}")).await.etag();
    let path = format!("/v1/agreements/{case}/transitions?dry_run=true");
    let request = Request::new(Method::POST, &path).json(&request);
    let answer = client.send(request.if_match(&etag)).await;
    match (answer.status, answer.code().as_str()) {
        (200, _) => BTreeSet::new(),
        (_, "kind_not_registrable") => BTreeSet::from(["registrable_kind".to_owned()]),
        (_, "counterpart_not_registrable") => {
            BTreeSet::from(["registrable_counterpart".to_owned()])
        }
        (422, "incomplete") => answer.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["code"].as_str().unwrap().to_owned())
            .collect(),
        _ => panic!("{case} {}: {}", answer.status, answer.text()),
    }
}

/// What the guide names as blocking an action.
fn guided(guide: &Value, action: &str) -> BTreeSet<String> {
    let lists = ["missing", "conditions"];
    let all = steps(guide).iter().flat_map(|step| {
        lists
            .iter()
            .flat_map(|list| step[*list].as_array().unwrap())
    });
    let closing = all.filter(|need| need["actions"].as_array().unwrap().contains(&json!(action)));
    closing
        .map(|need| need["need"].as_str().unwrap().to_owned())
        .collect()
}

/// Tries every action that the owner has in this stage.
async fn compare(official: &Official<'_>, client: &Client, case: Uuid) -> usize {
    let view = official.view(case).await.unwrap();
    let stage: Stage = serde_json::from_value(view["stage"].clone()).unwrap();
    let case = case.to_string();
    let guide = read(client, &case).await.expect(200).json();
    let rules = PROCEDURE.iter();
    let mine = rules.filter(|rule| rule.seat == Seat::Owner && rule.from.contains(&stage));
    let mut tried = 0;
    for rule in mine {
        let name: &str = rule.action.into();
        let request = request_for(rule.action, &view, None).unwrap();
        let request = serde_json::to_value(&request).unwrap();
        let (told, found) = (guided(&guide, name), refused(client, &case, request).await);
        // A refusal by the legal gate names only that, and answers are checked last.
        let gate = ["registrable_kind", "registrable_counterpart"];
        let by_gate = found.len() == 1 && found.iter().any(|code| gate.contains(&code.as_str()));
        let mut first = told.clone();
        if first.len() > 1 {
            first.remove("answers");
        }
        if by_gate {
            assert!(told.is_superset(&found), "{name} in {stage:?}");
        } else {
            assert_eq!(first, found, "{name} in {stage:?}");
        }
        tried += 1;
    }
    tried
}

// row: 000-03
// operations: get_agreement_guide, transition_agreement
#[actix_web::test]
async fn what_is_missing_is_what_the_action_is_refused_for() {
    on_tier(
        "refusals: what the guide says is missing",
        |app: TestApp| async move {
            let cast = app.cast(GUADALAJARA).await;
            let officer = app.officer(GUADALAJARA).await;
            let mut tried = 0;
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
                let case = app.case_in(GUADALAJARA, stage).await;
                tried += compare(&cast.officer, &officer, case).await;
                if stage.is_editable() {
                    // A draft with nothing but its title.
                    let bare = |content: &AgreementContent| {
                        let bare = json!({"kind": "statement_of_intent", "title": content.title});
                        serde_json::from_value(bare).unwrap()
                    };
                    cast.officer.edit(case, bare).await.unwrap();
                    tried += compare(&cast.officer, &officer, case).await;
                }
                if matches!(stage, Stage::OpinionFavorable | Stage::Observed) {
                    cast.officer.texts(case, &["es"]).await.unwrap();
                    tried += compare(&cast.officer, &officer, case).await;
                }
            }
            assert!(tried > 30, "{tried}");
        },
    )
    .await;
}

// row: 000-03
// operations: get_agreement_guide
#[actix_web::test]
async fn a_party_is_told_to_confirm_and_nobody_else_is_guided() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let parties = json!([{"government_id": GUADALAJARA, "role": "lead"}, {"government_id": ZAPOPAN, "role": "signatory"}]);
        let draft = json!({"kind": "twinning", "title": "Metropolitano", "parties": parties});
        let case = officer.post("/v1/agreements", &draft).await.expect(201).id();
        let guide = read(&officer, &case).await.expect(200).json();
        let waiting = step(&guide, "parties_confirmation").unwrap();
        assert_eq!(waiting["state"], "missing");
        assert_eq!(waiting["actors"][0]["government_id"], ZAPOPAN);
        assert_eq!(waiting["actors"][0]["seat"], "party");
        // The lead cannot confirm for the party.
        assert_eq!(waiting["links"], json!([]));
        let other = app.officer(ZAPOPAN).await;
        let guide = read(&other, &case).await.expect(200).json();
        let waiting = step(&guide, "parties_confirmation").unwrap();
        let path = format!("/v1/agreements/{case}/confirmations");
        assert_eq!(waiting["links"], json!([{"operation": "confirm_agreement", "method": "POST", "path": path}]));
        // The party cannot write what is the lead's to write.
        assert_eq!(step(&guide, "own_powers").unwrap()["links"], json!([]));
        // A viewer of the lead reads the same and may do nothing.
        let viewer = app.client(Role::Viewer, GUADALAJARA).await;
        let guide = read(&viewer, &case).await.expect(200).json();
        assert_eq!(step(&guide, "own_powers").unwrap()["state"], "missing");
        assert_eq!(guide["next_actions"], json!([]));
        for step in steps(&guide) {
            let links = step["links"].as_array().unwrap();
            assert!(links.iter().all(|link| link["operation"] == "get_catalog"), "{step}");
        }
        app.nobody().get(&format!("/v1/agreements/{case}/guide")).await.refused(401, "unauthenticated");
        for (role, tenant) in [
            (Role::Liaison, JALISCO),
            (Role::Liaison, GUANAJUATO),
            (Role::Liaison, SRE),
            (Role::Viewer, "obs-senado"),
            (Role::Trainer, GUADALAJARA),
        ] {
            let stranger = app.client(role, tenant).await;
            read(&stranger, &case).await.refused(404, "not_found");
        }
    })
    .await;
}

// row: 000-03
// operations: get_agreement_guide
#[actix_web::test]
async fn the_guide_speaks_the_callers_language_and_tells_a_former_reviewer_nothing_new() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Returned).await;
        let one = format!("/v1/agreements/{case}/guide");
        let state = app.client(Role::Liaison, JALISCO).await;
        let before = state.get(&one).await.expect(200);
        let cast = app.cast(GUADALAJARA).await;
        let later = |content: &AgreementContent| AgreementContent {
            own_powers: Vec::new(),
            counterparts: Vec::new(),
            title: "Otro título".into(),
            ..content.clone()
        };
        cast.officer.edit(case, later).await.unwrap();
        cast.officer.texts(case, &["es"]).await.unwrap();
        let after = state.get(&one).await.expect(200);
        assert_eq!((before.text(), before.etag()), (after.text(), after.etag()));
        let known = Request::new(Method::GET, &one).header("if-none-match", &before.etag());
        state.send(known).await.expect(304);
        let officer = app.officer(GUADALAJARA).await;
        let spanish = officer.get(&one).await.expect(200).json();
        let english = Request::new(Method::GET, &one).header("accept-language", "en");
        let english = officer.send(english).await.expect(200).json();
        assert!(
            spanish["headline"]
                .as_str()
                .unwrap()
                .starts_with("Devuelto")
        );
        assert!(
            english["headline"]
                .as_str()
                .unwrap()
                .starts_with("Returned")
        );
        // Texts on steps are in both languages, as in the catalogues.
        assert_eq!(spanish["steps"], english["steps"]);
        let why = &spanish["steps"][1]["missing"][0]["why"];
        assert!(why["es"].is_string() && why["en"].is_string(), "{why}");
    })
    .await;
}
