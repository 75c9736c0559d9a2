//! What a territory is, seeks and offers.

use super::*;

const PATH: &str = "/v1/territory-profiles";

// row: 000-07, 000-18, 001-24, 002-58, 003-24
// operations: create_territory_profile, get_territory_profile, list_territory_profiles, transition_territory_profile, get_record_statistics
#[actix_web::test]
async fn a_profile_is_published_and_found_by_what_it_seeks_and_offers() {
    on_both(|app| async move {
        let (officer, reader) = (app.officer(GUADALAJARA).await, app.officer(IRAPUATO).await);
        let body = json!({"title": "Guadalajara", "vocations": ["technology", "creative"],
            "seeks": ["water"], "offers": ["culture"], "languages": ["es", "en"],
            "niches": "Videojuegos.", "assets": ["Hospicio Cabañas"]});
        written_by(&app, PATH, &body, &["officer"]).await;
        let bad = json!({"seeks": ["nada"], "languages": ["xx"], "assets": [" "],
            "vocations": ["border", "border"], "contact": {"url": "sin esquema"}});
        let places = "/seeks/0 unknown_key, /languages/0 unknown_key, /assets/0 required, /vocations/1 repeated, /contact/url malformed";
        wrong_with(&officer, PATH, &body, bad, places).await;
        let (_, one) = made(&officer, PATH, &body).await;
        unseen(&reader, &one).await;
        finds(&reader, PATH, "seeks=water → 0").await;
        walk(&officer, &one, "publish → published").await;
        out_of_order(step(&officer, &one, "publish").await, "confirm");
        shows(&reader, &one, json!({"seeks": ["water"], "assets": ["Hospicio Cabañas"]})).await;
        finds(&reader, PATH, "seeks=water → 1, seeks=culture → 0, offers=culture → 1, vocation=creative&language=en → 1, vocation=border → 0, q=videojuegos → 1").await;
        kept_from(&reader, &one, &json!({"seeks": []}), &["officer"]).await;
        let by_seeks = "kind=territory-profiles&by=seeks";
        rows(&counted_by_all(&app, by_seeks).await, &[("water", 1)]);
    })
    .await;
}
