//! Offices for affairs abroad: from the first request to the open door, and how fresh they are.

use super::*;

// row: 000-09, 000-16, 000-21, 000-27, 002-20, 004-20
// operations: create_international_office, get_international_office, list_international_offices, update_international_office, transition_international_office
#[actix_web::test]
async fn an_office_is_asked_for_set_up_and_opened() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let body = json!({"title": "Dirección Internacional", "instrument": "law",
            "areas": [{"name": "Comercio exterior", "priority": true}]});
        written_by(&app, OFFICES, &body, &["officer"]).await;
        let bad = json!({"levels_to_executive": 10, "contact": {"email": "sin arroba"}});
        let places = "/levels_to_executive out_of_range, /contact/email malformed";
        wrong_with(&officer, OFFICES, &body, bad, places).await;
        let (_, one) = made(&officer, OFFICES, &body).await;
        walk(&officer, &one, "prepare → opening, open → open").await;
        out_of_order(step(&officer, &one, "prepare").await, "confirm, close");
        walk(&officer, &one, "close → closed, open → open").await;
        changed(&officer, &one, json!({"levels_to_executive": 1})).await;
        // A citizen of another government finds it too.
        let citizen = app.client(Role::CommitteeMember, IRAPUATO).await;
        finds(&citizen, OFFICES, "instrument=law → 1, instrument=none → 0").await;
        finds(&citizen, OFFICES, "legal_personality=false&q=comercio → 1").await;
    })
    .await;
}

// row: 000-28, 000-32
// operations: get_own_record_freshness, transition_international_office
#[actix_web::test]
async fn an_office_that_nobody_confirmed_for_a_year_is_stale() {
    on_both_at_noon(|app, clock| async move {
        let (_, one) = office(&app, GUADALAJARA).await;
        stale(&app, 0, 0.0).await;
        noon(&clock, "2027-12-20");
        stale(&app, 1, 100.0).await;
        let officer = app.officer(GUADALAJARA).await;
        step(&officer, &one, "confirm").await.expect(200);
        stale(&app, 0, 0.0).await;
    })
    .await;
}
