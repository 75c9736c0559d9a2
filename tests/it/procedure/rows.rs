//! The procedure row by row: what each action needs, who may not take it, and what everybody sees
//! before and after. The expectations are written by hand; a row of the program's table that is
//! missing here fails the test.

mod access;
mod lacks;
mod mending;
pub mod people;

use super::scenes::Scenes;
use crate::tools::{one, post};
use access::{ELSEWHERE, ROWS, Row};
use lacks::{CARRIED, LACKS, UNREACHABLE, lacking};
use people::{Hands, Lookers};
use serde_json::Value;
use std::path::Path;
use uuid::Uuid;
use vinculo_api::fixtures::Official;
use vinculo_domain::Role;
use vinculo_domain::agreements::{AgreementContent, PROCEDURE, Rule, Seat, Stage};
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, on_both, on_tier};

impl Scenes<'_> {
    fn official(&self, row: &Row) -> &Official<'_> {
        match row.by {
            (GUADALAJARA, _) => &self.cast.officer,
            (JALISCO, _) => self.cast.state.as_ref().unwrap(),
            (_, Role::LegalReviewer) => &self.cast.legal,
            (_, Role::Registrar) => &self.cast.registrar,
            _ => &self.cast.intake,
        }
    }

    /// A case in a scene, edited by the owner where it may; nobody else sees the edit.
    async fn begin(&self, scene: &str) -> Uuid {
        let case = self.bring(scene).await;
        let written = ["announced", "returned", "returned_by_sre", "observed"];
        if written.contains(&scene) || scene == "opinion_unfavorable" {
            self.rename(case).await;
            self.confirm(case).await;
        }
        if matches!(scene, "observed" | "opinion_unfavorable") {
            self.reword(case).await;
        }
        case
    }

    async fn rename(&self, case: Uuid) {
        let change = |content: &AgreementContent| AgreementContent {
            title: "Después".into(),
            ..content.clone()
        };
        self.cast.officer.edit(case, change).await.unwrap();
    }
}

/// Everybody who may not take the action is refused, and nothing is written.
async fn refusals(
    hands: &Hands,
    nobody: &Client,
    row: &Row,
    case: Uuid,
    body: &Value,
) -> Vec<String> {
    let (tenant, role) = row.by;
    let actor = hands.of(tenant, role);
    let tag = actor.get(&one(case)).await.expect(200).etag();
    let path = format!("{}/transitions", one(case));
    let plain = || post(&path, body);
    let mut faults = Vec::new();
    for (client, request, status) in [
        (nobody.clone(), plain().if_match(&tag), 401),
        (actor.clone(), plain(), 428),
        (
            hands.of(GUANAJUATO, Role::Officer),
            plain().if_match(&tag),
            404,
        ),
        (hands.of(tenant, Role::Viewer), plain().if_match(&tag), 403),
        (hands.of(tenant, Role::Admin), plain().if_match(&tag), 403),
        (actor, plain().if_match("\"999.x\""), 412),
    ] {
        let answer = client.send(request).await;
        if answer.status != status {
            faults.push(format!("{} not {status}: {}", answer.status, answer.text()));
        }
    }
    faults
}

/// The stage of the program's table for a scene.
fn stage_of(scene: &str) -> Stage {
    match scene {
        "announced" => Stage::Draft,
        "escalatable" => Stage::StateReview,
        "returned_by_sre" => Stage::Returned,
        "reworded" => Stage::OpinionFavorable,
        "unreviewed" => Stage::Signed,
        "regularizing" => Stage::LegalReview,
        stage => stage.parse().unwrap(),
    }
}

/// Whether a test in another file covers a row of the program's table.
fn is_elsewhere(rule: &Rule) -> bool {
    let mut named = ELSEWHERE.iter();
    named.any(|(action, seat, _where)| (rule.action, rule.seat) == (*action, *seat))
}

#[test]
fn every_row_of_the_table_is_here() {
    let mut missing = Vec::new();
    for rule in PROCEDURE.iter().filter(|rule| !is_elsewhere(rule)) {
        assert!(!rule.from.is_empty(), "{rule:?} opens a case");
        for stage in rule.from {
            let seat = |row: &Row| match row.by {
                (GUADALAJARA, _) => Seat::Owner,
                (JALISCO, _) => Seat::StateReviewer,
                _ => Seat::Federal,
            };
            let mut rows = ROWS.iter();
            let of = (rule.action, rule.seat, *stage);
            if !rows.any(|row| (row.action, seat(row), stage_of(row.scene)) == of) {
                missing.push(format!("{of:?} has no row"));
            }
        }
        for need in rule.needs {
            let (need, from): (&str, _) = (need.into(), rule.from[0]);
            let key = (rule.action, from, need);
            let lack = LACKS.iter().any(|lack| (lack.0, lack.1, lack.2) == key);
            let never = UNREACHABLE
                .iter()
                .any(|(a, n, _)| (*a, *n) == (rule.action, need));
            if lack == never && need != CARRIED {
                missing.push(format!("{key:?} is never lacking alone"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// For each row covered elsewhere, the named test exists and takes the action.
#[test]
fn every_row_that_is_elsewhere_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("it");
    for (action, _seat, place) in ELSEWHERE {
        let (file, test) = place.split_once("::").unwrap();
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let head = format!("#[actix_web::test]\nasync fn {test}() {{");
        let word: &str = action.into();
        assert!(text.contains(&head) && text.contains(word), "{place}");
    }
}

// row: 003-05, 004-02, 004-03, 002-14
// operations: transition_agreement, get_agreement, list_agreements, list_agreement_history
#[actix_web::test]
async fn everybody_sees_of_each_row_what_is_theirs() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, true).await;
        let (lookers, hands) = (Lookers::new(&app).await, Hands::new(&app).await);
        let mut faults = Vec::new();
        for row in ROWS {
            let with_party = !matches!(row.scene, "unreviewed" | "regularizing");
            let name = format!("{:?} in {}", row.action, row.scene);
            let mut wrong = |when: &str, lines: Vec<String>| {
                let lines = lines.into_iter();
                faults.extend(lines.map(|line| format!("{name}, {when}: {line}")));
            };
            let case = scenes.begin(row.scene).await;
            let official = scenes.official(row);
            let request = scenes.request(official, case, row.action).await;
            let body = serde_json::to_value(&request).unwrap();
            wrong("before", lookers.look(case, row.before, with_party).await);
            let before = app.scratch.rows(&["audit_log", "audit_owners"]);
            wrong(
                "refused",
                refusals(&hands, &lookers.nobody, row, case, &body).await,
            );
            let after = app.scratch.rows(&["audit_log", "audit_owners"]);
            assert_eq!(before, after, "{name}: a refusal wrote something");
            let (tenant, role) = row.by;
            let actor = hands.of(tenant, role);
            let answer = actor.transition(&case.to_string(), &body).await;
            if answer.status != 200 {
                wrong("taken", vec![answer.text()]);
            }
            wrong("after", lookers.look(case, row.after, with_party).await);
        }
        assert!(
            faults.is_empty(),
            "{}:\n{}",
            faults.len(),
            faults.join("\n")
        );
    })
    .await;
}

// row: 003-05, 003-04, 003-06
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn each_need_that_is_lacking_alone_is_named_and_nothing_is_written() {
    on_tier("procedure: each need that is lacking", |app| async move {
        let scenes = Scenes::new(&app, true).await;
        let officer = app.officer(GUADALAJARA).await;
        let mut faults = Vec::new();
        for (action, from, need, code, pointer) in LACKS {
            let name = format!("{action:?} in {from:?} without {need}");
            let (case, request) = lacking(&scenes, *action, *from, need).await;
            let view = officer.get(&one(case)).await.expect(200).json();
            assert_eq!(view["stage"], <&str>::from(from), "{name}");
            let body = serde_json::to_value(&request).unwrap();
            let before = app.scratch.rows(&["audit_log", "audit_owners"]);
            let answer = officer.transition(&case.to_string(), &body).await;
            let after = app.scratch.rows(&["audit_log", "audit_owners"]);
            assert_eq!(before, after, "{name}: a refusal wrote something");
            let found = crate::tools::errors(&answer);
            let wanted = vec![((*pointer).to_owned(), (*need).to_owned())];
            if (answer.status, answer.code().as_str(), &found) != (422, *code, &wanted) {
                faults.push(format!("{name}: {}", answer.text()));
            }
            // The case names the same needs, except for the answers, which come with the request.
            let lines = view["available_transitions"].as_array().unwrap();
            let word: &str = action.into();
            let line = lines.iter().find(|line| line["action"] == word).unwrap();
            let reasons = if *need == "answers" {
                vec![]
            } else {
                vec![*need]
            };
            if line["reasons"] != serde_json::json!(reasons) {
                faults.push(format!("{name}: the case says {line}"));
            }
        }
        assert!(
            faults.is_empty(),
            "{}:\n{}",
            faults.len(),
            faults.join("\n")
        );
    })
    .await;
}
