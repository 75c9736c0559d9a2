//! When the first officer comes, the cases belong to the municipality alone.

use super::{CELAYA, TLAQUEPAQUE, complete, draft, hire, letter, open, path_for, seen_by};
use crate::tools::{one, points_at};
use futures_util::future::join;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{JALISCO, SRE, on_both};

// row: 004-06, 003-21
// operations: create_agreement, get_agreement, transition_agreement
#[actix_web::test]
async fn the_case_passes_to_the_municipality_with_its_first_officer() {
    on_both(|app| async move {
        let state = app.officer(JALISCO).await;
        let ministry = app.officer(SRE).await;
        let (drafted, sent) = (
            open(&state, TLAQUEPAQUE).await.id(),
            open(&state, TLAQUEPAQUE).await.id(),
        );
        let federal = open(&ministry, TLAQUEPAQUE).await.id();
        let elsewhere = open(&ministry, CELAYA).await.id();
        complete(&state, &sent).await;
        letter(&state, &sent).await.expect(201);
        state
            .transition(&sent, &json!({"action": "submit"}))
            .await
            .expect(200);
        // A viewer cannot carry a case, so the agent stays.
        let viewer = hire(&app, TLAQUEPAQUE, Role::Viewer).await;
        let seen = viewer.get(&one(&drafted)).await.expect(200);
        assert_eq!(seen.json()["seats"], json!(["owner"]));
        assert_eq!(seen_by(&app, &drafted).await, [JALISCO]);

        let officer = hire(&app, TLAQUEPAQUE, Role::Officer).await;
        for case in [&drafted, &federal] {
            assert_eq!(seen_by(&app, case).await, Vec::<&str>::new());
            let view = officer.get(&one(case)).await.expect(200).json();
            assert_eq!(
                json!([view["seats"], view["level"]]),
                json!([["owner"], "full"])
            );
        }
        // The state keeps only what was sent to it as reviewer.
        assert_eq!(seen_by(&app, &sent).await, [JALISCO]);
        let left = state.get(&one(&sent)).await.expect(200).json();
        assert_eq!(
            json!([
                left["seats"],
                left["level"],
                left["submission"]["number"],
                left.get("draft")
            ]),
            json!([["state_reviewer"], "submitted", 1, null])
        );
        let documents = state.get(&format!("{}/documents", one(&sent))).await.json();
        assert_eq!(documents["items"].as_array().unwrap().len(), 3);
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let forward = json!({"action": "forward", "note": "Sin inconveniente."});
        liaison.transition(&sent, &forward).await.expect(200);
        // The owner continues where its agent stopped.
        let etag = officer.get(&one(&drafted)).await.etag();
        let patch = json!({"objective": "El nuestro"});
        officer
            .patch(&one(&drafted), &etag, &patch)
            .await
            .expect(200);
        let lines = officer
            .get(&format!("{}/history", one(&drafted)))
            .await
            .json();
        let line: Vec<&Value> = lines["items"].as_array().unwrap().iter().collect();
        assert_eq!(
            json!([
                line[1]["action"],
                line[1]["acting_tenant"],
                line[1]["on_behalf"],
                line[0]["on_behalf"]
            ]),
            json!(["activate", TLAQUEPAQUE, false, false])
        );
        let theirs = liaison.get(&format!("{}/history", one(&sent))).await.text();
        assert!(!theirs.contains("activate"), "{theirs}");
        // For that municipality there is no agent any more; elsewhere nothing changes.
        let refused = ministry.post(&path_for(TLAQUEPAQUE), &draft(&[])).await;
        points_at(&refused.expect(422), "/on_behalf_of", "has_officer");
        assert_eq!(seen_by(&app, &elsewhere).await, [SRE]);
        let seats = "agreement_grants WHERE tenant_id = '14098' AND reason = 'agent'";
        assert_eq!(app.scratch.count(seats), 3);
        let ended = format!("{seats} AND (until IS NULL OR acts)");
        assert_eq!(app.scratch.count(&ended), 0);
        // With a second officer there is nothing left to end.
        hire(&app, TLAQUEPAQUE, Role::Officer).await;
        assert_eq!(app.scratch.count("history WHERE action = 'activate'"), 3);
    })
    .await;
}

// row: 004-06
// operations: create_agreement
#[actix_web::test]
async fn no_agent_is_left_by_a_case_opened_while_the_first_officer_comes() {
    on_both(|app| async move {
        let ministry = app.officer(SRE).await;
        for (round, owner) in ["14097", "14099", "14101", "14102", "14104", "14105"]
            .iter()
            .enumerate()
        {
            let opened = async {
                let mut made = 0;
                for _ in 0..6 {
                    let answer = ministry.post(&path_for(owner), &draft(&[])).await;
                    assert!([201, 422].contains(&answer.status), "{}", answer.text());
                    made += usize::from(answer.status == 201);
                }
                made
            };
            let (made, officer) = join(opened, hire(&app, owner, Role::Officer)).await;
            let list = officer
                .get("/v1/agreements?count=true")
                .await
                .expect(200)
                .json();
            assert_eq!(list["total"], made, "round {round}");
            let agents = "agreement_grants WHERE reason = 'agent' AND until IS NULL";
            assert_eq!(app.scratch.count(agents), 0);
        }
    })
    .await;
}
