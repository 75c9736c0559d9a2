//! The procedure: every action in every stage by every role, against a table written here by hand
//! from the product's rules.

mod announcing;
mod duties;
mod escalating;
mod findings;
mod giving_up;
mod past;
mod rounds;
mod routing;
pub mod rows;
pub mod scenes;
mod stories;
mod table;
mod walks;

use scenes::{SCENES, Scenes};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use table::{MOVES, expected, is_told};
use uuid::Uuid;
use vinculo_api::fixtures::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, OpinionResult};
use vinculo_domain::documents::DocumentKind;
use vinculo_persistence::Engine;
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, JALISCO, Request, SRE, TestApp, ZAPOPAN, is_full, leave,
    on_both,
};

/// A case in a scene, with everything that a next action may need.
struct Prepared {
    scene: &'static str,
    path: String,
    etag: String,
    requests: BTreeMap<&'static str, Value>,
}

async fn prepare(scenes: &Scenes<'_>, scene: &'static str) -> Prepared {
    let case = scenes.bring(scene).await;
    let officer = &scenes.cast.officer;
    if matches!(scene, "observed" | "opinion_unfavorable") {
        officer.texts(case, &["es"]).await.unwrap();
    }
    let letter = if matches!(scene, "legal_review" | "regularizing") {
        let kind = DocumentKind::Opinion;
        let letter = scenes.cast.legal.attach(case, kind, None, "Dictamen");
        letter.await.unwrap()
    } else {
        Uuid::now_v7()
    };
    let view = officer.view(case).await.unwrap();
    let mut requests = BTreeMap::new();
    for action in actions() {
        let opinion = Some((OpinionResult::Favorable, letter));
        let request = request_for(action, &view, opinion).unwrap();
        requests.insert(action.into(), serde_json::to_value(&request).unwrap());
    }
    let path = format!("/v1/agreements/{case}");
    let etag = scenes
        .app
        .officer(GUADALAJARA)
        .await
        .get(&path)
        .await
        .etag();
    Prepared {
        scene,
        path,
        etag,
        requests,
    }
}

/// The actions that move a case to another stage.
fn actions() -> Vec<CaseAction> {
    use strum::VariantArray;
    let all = CaseAction::VARIANTS.iter().copied();
    all.filter(|action| !action.opens()).collect()
}

async fn people(app: &TestApp) -> Vec<(&'static str, Role, Client)> {
    use strum::VariantArray;
    let mut who = Vec::new();
    for tenant in [GUADALAJARA, JALISCO, SRE] {
        who.extend(Role::VARIANTS.iter().map(|role| (tenant, *role)));
    }
    who.push((ZAPOPAN, Role::Officer));
    who.push((GUANAJUATO, Role::Liaison));
    who.push(("00-amexcid", Role::Officer));
    let everybody = who.len();
    if !is_full() {
        let mut idle = BTreeSet::new();
        let is_sqlite = app.scratch.engine == Engine::Sqlite;
        who.retain(|(tenant, role)| {
            moves_or_is_outside(tenant, role.into()) || is_sqlite && idle.insert(*tenant)
        });
        let what = format!(
            "procedure: people who try every action, {:?}",
            app.scratch.engine
        );
        leave(&what, who.len(), everybody);
    }
    let mut people = Vec::new();
    for (tenant, role) in who {
        people.push((tenant, role, app.client(role, tenant).await));
    }
    people
}

/// The short tier tries those who move a case, those who have no part in it, and on SQLite one of each
/// government's others: they have the same row in the table. Roles are compared in memory, before the
/// store is asked.
fn moves_or_is_outside(tenant: &str, role: &str) -> bool {
    let inside = [GUADALAJARA, JALISCO, SRE].contains(&tenant);
    !inside
        || MOVES
            .iter()
            .any(|(of, as_role, ..)| (*of, *as_role) == (tenant, role))
}

/// The actions that the case offers a caller must be those that then succeed.
fn check_told(told: &Value, case: &Prepared, tenant: &str, role: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if is_told(tenant, case.scene) {
        // A government that was only told of the case has no seat in it.
        assert_eq!(told["level"], "summary");
        assert!(told.get("available_transitions").is_none(), "{told}");
        return faults;
    }
    let lines = told["available_transitions"].as_array().unwrap();
    for action in actions() {
        let action: &str = action.into();
        let line = lines.iter().find(|line| line["action"] == action).unwrap();
        let (status, reason) = expected(tenant, role, action, case.scene);
        let wanted = if status == 200 {
            json!({"action": action, "allowed": true, "reasons": []})
        } else {
            json!({"action": action, "allowed": false, "reasons": [reason]})
        };
        if *line != wanted {
            faults.push(format!(
                "{role} of {tenant} in {} is told {line}, not {wanted}",
                case.scene
            ));
        }
    }
    faults
}

// row: 003-05, 004-03, 002-14
// operations: transition_agreement, get_agreement
#[actix_web::test]
async fn every_action_in_every_stage_by_everybody() {
    on_both(|app| async move {
        let start = std::time::Instant::now();
        let scenes = Scenes::new(&app, false).await;
        let people = people(&app).await;
        let (mut faults, mut tried, mut moved) = (Vec::new(), 0, 0);
        for scene in SCENES {
            let case = prepare(&scenes, scene).await;
            let before = app.scratch.rows(&["audit_log", "audit_owners"]);
            for (tenant, role, client) in &people {
                let word: &str = role.into();
                let seen = client.get(&case.path).await;
                let mut etag = case.etag.clone();
                if seen.status == 200 {
                    faults.extend(check_told(&seen.json(), &case, tenant, word));
                    etag = seen.etag();
                }
                for action in actions() {
                    let action: &str = action.into();
                    let (status, then) = expected(tenant, word, action, case.scene);
                    let path = format!("{}/transitions?dry_run=true", case.path);
                    let request = Request::new(actix_web::http::Method::POST, &path)
                        .json(&case.requests[action])
                        .if_match(&etag);
                    let answer = client.send(request).await;
                    tried += 1;
                    let arrived = match answer.status {
                        200 => answer.json()["stage"] == then,
                        422 => answer.text().contains(&format!("\"code\":\"{then}\"")),
                        _ => true,
                    };
                    moved += usize::from(answer.status == 200);
                    if answer.status != status || !arrived {
                        faults.push(format!(
                            "{action} in {} by {word} of {tenant}: {} not {status} {then}: {}",
                            case.scene,
                            answer.status,
                            answer.text().chars().take(300).collect::<String>()
                        ));
                    }
                }
            }
            let after = app.scratch.rows(&["audit_log", "audit_owners"]);
            assert_eq!(before, after, "a dry run changed something in {scene}");
        }
        println!(
            "procedure: tried {tried}, moved {moved}; {:.1} s",
            start.elapsed().as_secs_f32()
        );
        assert!(
            faults.is_empty(),
            "{} faults:\n{}",
            faults.len(),
            faults.join("\n")
        );
        // Each role tries each action in each scene; each move succeeds once per scene.
        assert_eq!(tried, SCENES.len() * 22 * people.len());
        let moves: usize = MOVES.iter().map(|(.., from, _)| from.len()).sum();
        assert_eq!(moved, moves);
    })
    .await;
}
