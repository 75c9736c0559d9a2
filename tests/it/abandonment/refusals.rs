//! Who may resume an abandoned case, and who may not.

use super::sweep;
use crate::procedure::scenes::Scenes;
use crate::tools::{one, points_at, post};
use serde_json::json;
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_domain::agreements::CaseAction as A;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// Everybody else is refused and nothing is written; then the owner's officer resumes it, once.
async fn only_the_owner(app: &TestApp, case: Uuid, reviewers: [u16; 2]) {
    let [state, sre] = reviewers;
    let officer = app.officer(GUADALAJARA).await;
    let tag = officer.get(&one(case)).await.expect(200).etag();
    let path = format!("{}/transitions", one(case));
    let plain = || post(&path, &json!({"action": "resume"}));
    let mut tried = vec![
        (app.nobody(), plain().if_match(&tag), 401),
        (officer.clone(), plain(), 428),
        (officer.clone(), plain().if_match("\"999.x\""), 412),
    ];
    for (tenant, role, status) in [
        (GUADALAJARA, Role::Viewer, 403),
        (GUADALAJARA, Role::Admin, 403),
        (GUADALAJARA, Role::Liaison, 403),
        (JALISCO, Role::Liaison, state),
        (JALISCO, Role::Officer, state),
        (SRE, Role::Liaison, sre),
        (SRE, Role::LegalReviewer, sre),
        (ZAPOPAN, Role::Officer, 404),
        (GUANAJUATO, Role::Officer, 404),
    ] {
        let client = app.client(role, tenant).await;
        // A caller that reads the case acts on the version it reads.
        let seen = client.get(&one(case)).await;
        let tag = seen.header("etag").unwrap_or_else(|| tag.clone());
        tried.push((client, plain().if_match(&tag), status));
    }
    let before = app.scratch.rows(&["audit_log", "audit_owners"]);
    for (client, request, status) in tried {
        let code = match status {
            401 => "unauthenticated",
            403 => "forbidden",
            404 => "not_found",
            412 => "precondition_failed",
            _ => "precondition_required",
        };
        client.send(request).await.refused(status, code);
    }
    let long = json!({"action": "resume", "note": "a".repeat(4001)});
    let answer = officer.send(post(&path, &long).if_match(&tag)).await;
    points_at(
        &answer.refused(422, "validation_failed"),
        "/note",
        "too_long",
    );
    let dry = post(
        &format!("{path}?dry_run=true"),
        &json!({"action": "resume"}),
    );
    officer.send(dry.if_match(&tag)).await.expect(200);
    let after = app.scratch.rows(&["audit_log", "audit_owners"]);
    assert_eq!(before, after, "a refusal wrote something");
    let done = officer.send(plain().if_match(&tag)).await.expect(200);
    // A resumed case cannot be resumed again.
    let again = officer.send(plain().if_match(&done.etag())).await;
    again.refused(409, "wrong_stage");
    officer.send(plain().if_match(&tag)).await.expect(412);
}

// row: 003-05, 002-14
// operations: transition_agreement
#[actix_web::test]
async fn its_owner_alone_resumes_it() {
    on_both(|app| async move {
        let scenes = Scenes::new(&app, false).await;
        for (scene, reviewers) in [
            ("abandoned_draft", [404, 404]),
            ("abandoned", [403, 404]),
            ("returned_by_sre", [403, 403]),
        ] {
            let case = scenes.bring(scene).await;
            if scene == "returned_by_sre" {
                assert_eq!(sweep(&app, 0).await, 1);
            }
            only_the_owner(&app, case, reviewers).await;
            scenes
                .step(&scenes.cast.officer, case, A::Withdraw)
                .await
                .unwrap();
        }
    })
    .await;
}
