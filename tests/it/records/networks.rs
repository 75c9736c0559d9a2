//! City networks, which the ministry keeps for everybody.

use super::*;

const PATH: &str = "/v1/networks";
const WRITERS: [&str; 2] = ["admin", "liaison"];

// row: 000-19, 001-27, 002-51, 002-68
// operations: create_network, get_network, list_networks, update_network, transition_network, delete_network, get_record_statistics
#[actix_web::test]
async fn the_ministry_keeps_each_network_once() {
    on_both(|app| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let officer = app.officer(GUADALAJARA).await;
        let united = json!({"title": "Ciudades y Gobiernos Locales Unidos", "acronym": "CGLU",
            "scope": "world", "contact": {"url": "https://uclg.org"}});
        written_by(&app, PATH, &united, &WRITERS).await;
        let bad = json!({"contact": {"url": "uclg"}, "visibility": "private"});
        let places = "/contact/url malformed, /visibility not_taken";
        wrong_with(&sre, PATH, &united, bad, places).await;
        let (id, one) = made(&sre, PATH, &united).await;
        let twin = json!({"title": "Otra", "acronym": "C.G.L.U.", "scope": "region"});
        let twin = sre.post(PATH, &twin).await.refused(409, "duplicate");
        assert_eq!(twin.json()["existing"]["href"], json!(one));
        let admin = app.client(Role::Admin, SRE).await;
        let region = json!({"title": "Mercociudades", "scope": "region"});
        let (_, region) = made(&admin, PATH, &region).await;
        let renamed = change(&sre, &region, json!({"acronym": "cglu"})).await;
        renamed.refused(409, "duplicate");
        network(&app, "Red nueva", "network").await;

        // Citizens and the public see and count what is public, governments and observers all.
        let citizen = app.client(Role::CommitteeMember, ZAPOPAN).await;
        let public = ["Ciudades y Gobiernos Locales Unidos", "Mercociudades"];
        lists(&citizen, PATH, &public).await;
        let observer = app.client(Role::Viewer, "obs-senado").await;
        finds(&observer, PATH, "scope=world → 2, scope=country → 0").await;
        finds(&observer, PATH, "q=cglu → 1, status=closed → 0").await;
        let by_scope = "kind=networks&by=scope";
        rows(
            &counted_by_all(&app, by_scope).await,
            &[("region", 1), ("world", 1)],
        );
        rows(
            &counted(&observer, by_scope).await,
            &[("region", 1), ("world", 2)],
        );

        kept_from(&officer, &one, &json!({"acronym": "UCLG"}), &WRITERS).await;
        walk(&sre, &one, "close → closed").await;
        out_of_order(step(&sre, &one, "close").await, "confirm, open");
        walk(&sre, &one, "open → active").await;
        // What a membership names stays; once removed, its acronym is free again.
        let member = json!({"title": "Guadalajara en CGLU", "network_id": id, "type": "full"});
        let (_, member) = made(&officer, "/v1/memberships", &member).await;
        remove(&sre, &one).await.refused(409, "in_use");
        remove(&officer, &member).await.expect(204);
        remove(&sre, &one).await.expect(204);
        made(&sre, PATH, &united).await;
    })
    .await;
}
