//! The library: models, norms and guides by the ministry and the states.

use super::*;

const PATH: &str = "/v1/library-items";
const WRITERS: [&str; 3] = ["admin", "officer", "liaison"];

// row: 001-11, 002-09, 002-11, 002-71, 002-73, 003-22
// operations: create_library_item, get_library_item, list_library_items, transition_library_item, get_record_statistics
#[actix_web::test]
async fn a_model_is_drafted_published_and_replaced() {
    on_both(|app| async move {
        let sre = app.client(Role::Liaison, SRE).await;
        let (state, officer) = (app.officer(JALISCO).await, app.officer(GUADALAJARA).await);
        let citizen = app.client(Role::CommitteeMember, IRAPUATO).await;
        let body = json!({"title": "Modelo de hermanamiento", "type": "model_agreement",
            "languages": ["es", "ja"], "clauses": [{"heading": "Objetivo", "text": "[materia]"}]});
        written_by(&app, PATH, &body, &WRITERS).await;
        let liaison = app.client(Role::Liaison, JALISCO).await;
        only_for(liaison.post(PATH, &body).await, &["officer"]);
        let bad = json!({"languages": ["xx"], "clauses": [{"heading": " ", "text": "[materia]"}]});
        let places = "/clauses/0/heading required, /languages/0 unknown_key";
        wrong_with(&sre, PATH, &body, bad, places).await;
        let (first, one) = made(&sre, PATH, &body).await;

        // A draft is its owner's alone: nobody else reads, finds, counts or names it.
        for reader in [&state, &officer, &citizen] {
            unseen(reader, &one).await;
            finds(reader, PATH, "q=modelo → 0, status=draft → 0").await;
        }
        let by_type = "kind=library-items&by=type";
        rows(&counted_by_all(&app, by_type).await, &[]);
        let next = json!({"title": "Modelo de Jalisco", "languages": ["es"], "replaces_id": first});
        wrong_with(&state, PATH, &body, next.clone(), "/replaces_id not_found").await;
        out_of_order(step(&sre, &one, "replace").await, "confirm, publish");
        walk(&sre, &one, "publish → current").await;
        let types = counted_by_all(&app, by_type).await;
        rows(&types, &[("model_agreement", 1)]);

        let (_, second) = made(&state, PATH, &with(&body, next)).await;
        walk(&state, &second, "publish → current").await;
        walk(&sre, &one, "replace → replaced").await;
        only_for(step(&sre, &second, "replace").await, &WRITERS);
        shows(&citizen, &second, json!({"replaces_id": first})).await;
        finds(&officer, PATH, "language=ja → 1, language=es → 2").await;
        finds(&citizen, PATH, "type=guide → 0, status=current → 1").await;
        // Whoever does not see what an item replaces does not read its id.
        let (draft, _) = made(&state, PATH, &body).await;
        changed(&state, &second, json!({"replaces_id": draft})).await;
        shows(&state, &second, json!({"replaces_id": draft})).await;
        shows(&officer, &second, json!({"replaces_id": null})).await;
    })
    .await;
}
