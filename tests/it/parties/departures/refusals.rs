//! Who may not leave, and when nobody may leave.

use super::super::{approve, case_with, etag};
use super::{SIGNATORIES, leave, reason};
use crate::tools::{one, points_at, post};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, IRAPUATO, SRE, ZAPOPAN, on_both};

// row: 003-10
// operations: create_departure
#[actix_web::test]
async fn a_departure_that_is_refused_leaves_nothing() {
    on_both(|app| async move {
        let case = case_with(&app, &SIGNATORIES).await;
        let (lead, zapopan) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let path = format!("{}/departures", one(&case));
        let tag = etag(&zapopan, &case).await;
        let send = async |client: &Client, body: &Value| {
            client.send(post(&path, body).if_match(&tag)).await
        };
        send(&app.nobody(), &reason())
            .await
            .refused(401, "unauthenticated");
        send(&zapopan, &json!({}))
            .await
            .refused(400, "invalid_body");
        zapopan
            .send(post(&path, &reason()))
            .await
            .refused(428, "precondition_required");
        send(&app.officer(GUANAJUATO).await, &reason())
            .await
            .refused(404, "not_found");
        send(&app.client(Role::Liaison, SRE).await, &reason())
            .await
            .refused(404, "not_found");
        send(&app.client(Role::Viewer, ZAPOPAN).await, &reason())
            .await
            .refused(403, "forbidden");
        send(&lead, &reason()).await.refused(403, "forbidden");
        zapopan
            .send(post(&path, &reason()).if_match("\"1.x\""))
            .await
            .refused(412, "precondition_failed");
        let answer = send(&zapopan, &json!({"reason": " "})).await;
        points_at(&answer, "/reason", "required");
        answer.refused(422, "validation_failed");
        let rehearsed = post(&format!("{path}?dry_run=true"), &reason()).if_match(&tag);
        zapopan.send(rehearsed).await.expect(204);
        assert_eq!(etag(&zapopan, &case).await, tag);
        assert_eq!(app.scratch.count("party_departures"), 0);
        assert_eq!(
            lead.get(&one(&case)).await.json()["parties"]
                .as_array()
                .unwrap()
                .len(),
            3
        );

        // A party cannot leave a signed agreement.
        approve(&zapopan, &case).await;
        approve(&app.officer(IRAPUATO).await, &case).await;
        let cast = app.cast(GUADALAJARA).await;
        cast.carry(case.parse().unwrap(), Stage::Signed)
            .await
            .unwrap();
        leave(&zapopan, &case).await.refused(409, "wrong_stage");
        assert_eq!(app.scratch.count("party_departures"), 0);
    })
    .await;
}
