//! Separation of duties: it follows the person, whatever the government.

use super::people::hire;
use super::run::Matrix;
use actix_web::http::Method;
use serde_json::json;
use vinculo_domain::Role;
use vinculo_tests::{JALISCO, Request};

/// A person who submitted a case cannot forward it, even as a liaison of the reviewing state.
pub async fn one_person_for_both(matrix: &Matrix) {
    let (app, case) = (&matrix.app, &matrix.places.by_name["review"].id);
    let person = hire(app, "officer@14039.example", JALISCO, Role::Liaison).await;
    let client = app.session(person, JALISCO).await;
    let tag = client.get(&format!("/v1/agreements/{case}")).await.etag();
    let path = format!("/v1/agreements/{case}/transitions?dry_run=true");
    let forward = json!({"action": "forward", "note": "Adelante."});
    let request = Request::new(Method::POST, &path).if_match(&tag);
    let answer = client.send(request.json(&forward)).await;
    if answer.status != 403 || answer.code() != "separation_of_duties" {
        let text = answer.text();
        matrix.wrong(format!("one person submits and forwards: {text}"));
    }
}
