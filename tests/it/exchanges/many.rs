//! Two people who act at once, and many exchanges.

use super::{found, json_of, make, mission, notices, question};
use crate::record_contract::statements;
use crate::tools::post;
use futures_util::future::join;
use serde_json::json;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, SRE, TestApp, on_both};

// row: 003-25
// operations: transition_referral, list_notices
#[actix_web::test]
async fn of_two_who_answer_at_once_one_wins_and_one_notice_is_given() {
    on_both(|app: TestApp| async move {
        let official = app.client(Role::MissionOfficer, SRE).await.patient();
        let liaison = app.client(Role::Liaison, SRE).await.patient();
        let tokyo = mission(&app, "Tokio", &[&official]).await;
        let asker = app.officer(GUADALAJARA).await;
        let one = make(
            &asker,
            "/v1/referrals",
            question("Para Tokio", &tokyo, None),
        )
        .await;
        let tags = [
            official.get(&one).await.expect(200).etag(),
            liaison.get(&one).await.expect(200).etag(),
        ];
        let shot = |answer: &str, etag: &str| {
            let asked = json!({"action": "answer", "fields": {"answer": answer}});
            post(&format!("{one}/transitions"), &asked).if_match(etag)
        };
        let (a, b) = join(
            official.send(shot("Nagoya.", &tags[0])),
            liaison.send(shot("Gifu.", &tags[1])),
        )
        .await;
        let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
        lost.refused(412, "precondition_failed");
        let answer = won.expect(200).json()["answer"].clone();
        assert_eq!(json_of(&asker, &one).await["answer"], answer);
        assert_eq!(notices(&asker).await, ["answered Para Tokio"]);
        assert_eq!(found(&asker, "waiting").await, ["Para Tokio"]);
    })
    .await;
}

// row: 003-25, 004-19
// operations: get_workspace
#[actix_web::test]
async fn many_exchanges_cost_no_more_statements_than_one() {
    statements::listen();
    on_both(|app: TestApp| async move {
        let official = app.client(Role::MissionOfficer, SRE).await;
        let tokyo = mission(&app, "Tokio", &[&official]).await;
        let asker = app.officer(GUADALAJARA).await;
        let mut costs = Vec::new();
        for count in [1, 24] {
            for n in 0..count {
                let body = question(&format!("Pregunta {n:02}"), &tokyo, None);
                make(&asker, "/v1/referrals", body).await;
            }
            for path in ["/v1/workspace", "/v1/notices"] {
                let (answer, seen) = statements::since(official.get(path)).await;
                answer.expect(200);
                costs.push((path, seen.len()));
            }
        }
        assert_eq!(costs[..2], costs[2..]);
        let own = json_of(&official, "/v1/workspace").await["exchanges"].clone();
        assert_eq!(own["waiting"].as_array().unwrap().len(), 20);
        assert_eq!(
            (&own["waiting_more"], &own["awaited_more"]),
            (&json!(true), &json!(false))
        );
    })
    .await;
}
