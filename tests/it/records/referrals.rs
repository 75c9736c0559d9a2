//! What governments ask of missions abroad: only the two sides see it, and of the ministry's people
//! the officers of a mission see their own mission's alone.

use super::*;

pub const PATH: &str = "/v1/referrals";

pub fn question(title: &str, mission: &str) -> Value {
    json!({"title": title, "mission_id": mission, "deadline": "2027-03-31",
        "sought": "Una ciudad con industria aeroespacial."})
}

// row: 003-23, 003-25
// operations: create_referral, get_referral, list_referrals, transition_referral, delete_mission
#[actix_web::test]
async fn an_officer_of_a_mission_sees_what_its_mission_is_asked_and_nothing_else() {
    on_both(|app| async move {
        let official = app.client(Role::MissionOfficer, SRE).await;
        let (tokyo, consulate) = mission(&app, "Tokio", &[&official]).await;
        let (osaka, _) = mission(&app, "Osaka", &[]).await;
        let asker = app.officer(GUADALAJARA).await;
        let first = question("Para Tokio", &tokyo);
        written_by(&app, PATH, &first, &["officer"]).await;
        asked_by_others(&app, PATH, &first).await;
        only_for(official.post(PATH, &first).await, &["officer"]);
        let bad = json!({"deadline": "2027-03"});
        wrong_with(&asker, PATH, &first, bad, "/deadline day").await;
        let (_, one) = made(&asker, PATH, &first).await;
        let (_, other) = made(&asker, PATH, &question("Para Osaka", &osaka)).await;

        let liaison = app.client(Role::Liaison, SRE).await;
        for side in [&asker, &liaison] {
            lists(side, PATH, &["Para Osaka", "Para Tokio"]).await;
            finds(side, PATH, &format!("mission_id={osaka} → 1")).await;
        }
        lists(&official, PATH, &["Para Tokio"]).await;
        finds(&official, PATH, &format!("mission_id={osaka} → 0")).await;
        finds(&official, PATH, "q=osaka → 0, q=aeroespacial → 1").await;
        unseen(&official, &other).await;
        let fields = json!({"deadline": null});
        kept_from(&official, &one, &fields, &["officer"]).await;
        let elsewhere = app.client(Role::MissionOfficer, GUADALAJARA).await;
        unseen(&elsewhere, &one).await;
        // A mission that was asked stays, and an officer who leaves it sees no more of it.
        remove(&liaison, &consulate).await.refused(409, "in_use");
        changed(&liaison, &consulate, json!({"officer_ids": []})).await;
        unseen(&official, &one).await;
        lists(&official, PATH, &[]).await;
    })
    .await;
}

// row: 003-23, 003-24, 003-25
// operations: update_referral, transition_referral, delete_referral, list_referral_history
#[actix_web::test]
async fn a_mission_answers_and_whoever_asked_closes() {
    on_both(|app| async move {
        let official = app.client(Role::MissionOfficer, SRE).await;
        let (tokyo, _) = mission(&app, "Tokio", &[&official]).await;
        let asker = app.officer(GUADALAJARA).await;
        let liaison = app.client(Role::Liaison, SRE).await;
        let (_, one) = made(&asker, PATH, &question("Ciudades", &tokyo)).await;
        let answer = json!({"answer": "Nagoya y Gifu."});
        let refused = act(&asker, &one, "answer", answer.clone()).await;
        only_for(refused, &["liaison", "mission_officer"]);
        only_for(step(&liaison, &one, "withdraw").await, &["officer"]);
        open_to(&official, &one, &["accept", "answer", "decline"]).await;
        changed(&asker, &one, json!({"deadline": "2027-04-30"})).await;
        walk(&official, &one, "accept → accepted").await;
        locked(change(&asker, &one, json!({"deadline": null})).await);
        locked(remove(&asker, &one).await);
        out_of_order(step(&asker, &one, "close").await, "withdraw");
        lacking(step(&official, &one, "answer").await, "answer");
        moved(&official, &one, "answer → answered", answer.clone()).await;
        out_of_order(step(&liaison, &one, "answer").await, "");
        shows(&asker, &one, answer).await;
        open_to(&asker, &one, &["close"]).await;
        walk(&asker, &one, "close → closed").await;
        out_of_order(step(&asker, &one, "confirm").await, "");
        // Who answered is known as a government.
        let line = seen(&asker, &format!("{one}/history")).await["items"][1].clone();
        assert_eq!(line["acting_tenant"], SRE);
        assert_eq!(line["person_id"], Value::Null);
        let (_, other) = made(&asker, PATH, &question("Otra", &tokyo)).await;
        walk(&liaison, &other, "decline → declined").await;
        out_of_order(step(&asker, &other, "withdraw").await, "");
    })
    .await;
}
