//! A mission that has closed is asked nothing new; what it was asked before goes on.

use super::referrals::{PATH, question};
use super::*;
use vinculo_domain::agreements::Stage;

// row: 003-25
// operations: create_referral, update_referral, transition_mission
#[actix_web::test]
async fn nothing_new_is_asked_of_a_closed_mission() {
    on_both(|app| async move {
        let (tokyo, open) = mission(&app, "Tokio", &[]).await;
        let (osaka, closed) = mission(&app, "Osaka", &[]).await;
        let asker = app.officer(GUADALAJARA).await;
        let sre = app.client(Role::Liaison, SRE).await;
        let (_, before) = made(&asker, PATH, &question("Antes", &osaka)).await;
        walk(&sre, &closed, "close → closed").await;
        let refused = asker.post(PATH, &question("Después", &osaka)).await;
        assert!(refused.text().contains("La representación está cerrada"));
        wrong(refused, "/mission_id closed");
        // What was asked before stays, can be changed and answered, and goes to no other closed one.
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        changed(
            &asker,
            &before,
            json!({"deadline": "2027-05-31", "agreement_ids": [case]}),
        )
        .await;
        let (_, other) = made(&asker, PATH, &question("Otra", &tokyo)).await;
        wrong(
            change(&asker, &other, json!({"mission_id": osaka})).await,
            "/mission_id closed",
        );
        shows(&asker, &other, json!({"mission_id": tokyo})).await;
        walk(&sre, &open, "close → closed").await;
        wrong(
            change(&asker, &before, json!({"mission_id": tokyo})).await,
            "/mission_id closed",
        );
        moved(
            &sre,
            &before,
            "answer → answered",
            json!({"answer": "Ninguna."}),
        )
        .await;
        walk(&sre, &closed, "open → open").await;
        made(&asker, PATH, &question("Después", &osaka)).await;
    })
    .await;
}
