//! Memberships in networks: applied for, held and left.

use super::*;

const PATH: &str = "/v1/memberships";

// row: 000-19, 002-51, 002-56, 002-68
// operations: create_membership, get_membership, list_memberships, update_membership, transition_membership, get_own_record_statistics
#[actix_web::test]
async fn a_government_joins_a_network_and_leaves_it() {
    on_both(|app| async move {
        let (own, other) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let united = network(&app, "CGLU", "public").await;
        let forming = network(&app, "Red nueva", "network").await;
        let body = json!({"title": "Guadalajara en CGLU", "network_id": united, "type": "full",
            "focal_point_id": me(&own).await, "fee": {"minor_units": 250_000, "currency": "EUR"}});
        written_by(&app, PATH, &body, &["officer"]).await;
        let bad = json!({"fee": {"minor_units": -1, "currency": "MXX"},
            "posts": [{"name": "Copresidencia", "since": "2025", "until": "2024"}]});
        let places =
            "/fee/minor_units out_of_range, /fee/currency unknown_key, /posts/0/until before_start";
        wrong_with(&own, PATH, &body, bad, places).await;
        // Neither a network that is not there nor a person of another government.
        let bad = json!({"network_id": me(&own).await, "focal_point_id": me(&other).await});
        let places = "/network_id not_found, /focal_point_id not_found";
        wrong_with(&own, PATH, &body, bad, places).await;
        let (_, one) = made(&own, PATH, &body).await;
        let early =
            json!({"title": "Zapopan en la red nueva", "network_id": forming, "type": "observer"});
        let (_, two) = made(&other, PATH, &early).await;

        // A citizen is not told of which network it is, where only governments see that.
        let citizen = app.client(Role::CommitteeMember, IRAPUATO).await;
        shows(&citizen, &two, json!({"network_id": null})).await;
        shows(&own, &two, json!({"network_id": forming})).await;
        let of_each =
            |early: u8| format!("network_id={united} → 1, network_id={forming} → {early}");
        finds(&citizen, PATH, &of_each(0)).await;
        finds(&own, PATH, &of_each(1)).await;
        finds(&own, PATH, "type=observer,associate → 1").await;
        let types = counted(&own, "kind=memberships&by=type").await;
        rows(&types, &[("full", 1), ("observer", 1)]);
        not_counted(&own, "kind=memberships&by=network_id").await;

        walk(&own, &one, "join → active").await;
        out_of_order(step(&own, &one, "join").await, "confirm, leave, erase");
        only_for(step(&other, &one, "leave").await, &["officer"]);
        changed(&own, &one, json!({"type": "associate"})).await;
        walk(&own, &one, "leave → left, join → active").await;
    })
    .await;
}
