//! Mexico's missions abroad, which the ministry keeps for everybody.

use super::*;

const PATH: &str = "/v1/missions";
const WRITERS: [&str; 2] = ["admin", "liaison"];

// row: 003-25
// operations: create_mission, get_mission, list_missions, update_mission, transition_mission, delete_mission, get_record_statistics
#[actix_web::test]
async fn governments_find_the_mission_and_not_its_people() {
    on_both(|app| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let state = app.officer(JALISCO).await;
        let official = app.client(Role::MissionOfficer, SRE).await;
        let embassy = json!({"title": "Embajada de México en Japón", "type": "embassy",
            "city": "Tokio", "country": "JP", "contact": {"phone": "+81 3 0000 0000"},
            "officer_ids": [me(&official).await]});
        written_by(&app, PATH, &embassy, &WRITERS).await;
        let bad = json!({"country": "XX", "contact": {"url": "tokio"}});
        let places = "/country unknown_key, /contact/url malformed";
        wrong_with(&sre, PATH, &embassy, bad, places).await;
        let bad = json!({"officer_ids": [me(&state).await]});
        wrong_with(&sre, PATH, &embassy, bad, "/officer_ids/0 not_found").await;
        let (_, one) = made(&sre, PATH, &embassy).await;

        // Each of a type and a city is there once; one of another type may be in the same city.
        let twin = with(&embassy, json!({"title": "Otra", "city": "TOKIO"}));
        let refused = sre.post(PATH, &twin).await.refused(409, "duplicate");
        assert_eq!(refused.json()["existing"]["href"], json!(one));
        let twin = with(&twin, json!({"type": "consulate_general"}));
        let (_, consulate) = made(&sre, PATH, &twin).await;

        let reader = app.client(Role::Viewer, GUADALAJARA).await;
        shows(&reader, &one, json!({"officer_ids": null})).await;
        shows(&sre, &one, json!({"officer_ids": embassy["officer_ids"]})).await;
        finds(&reader, PATH, "country=JP → 2, country=KR → 0").await;
        finds(&reader, PATH, "q=tokio → 2, type=embassy → 1").await;
        let types = counted_by_all(&app, "kind=missions&by=type").await;
        rows(&types, &[("consulate_general", 1), ("embassy", 1)]);
        for other in [&official, &state] {
            kept_from(other, &one, &json!({"city": "Kioto"}), &WRITERS).await;
            only_for(step(other, &one, "close").await, &WRITERS);
        }
        walk(&sre, &one, "close → closed").await;
        out_of_order(step(&sre, &one, "close").await, "confirm, open, erase");
        walk(&sre, &one, "open → open").await;
        remove(&sre, &consulate).await.expect(204);
        unseen(&reader, &consulate).await;
    })
    .await;
}
