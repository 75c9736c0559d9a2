//! Several Mexican parties in one case: each approves, confirms, signs, joins and leaves.

mod adhesions;
mod departures;
mod metropolitan;

use crate::tools::{one, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::{content_for, pdf};
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Party, PartyRole};
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, TestApp};

/// A complete draft led by Guadalajara, with the other parties given.
pub async fn case_with(app: &TestApp, others: &[(&str, PartyRole)]) -> String {
    let cast = app.cast(GUADALAJARA).await;
    let counterpart = app.counterpart(&cast.officer, "Kioto").await;
    let content = content_for("twinning", "Acuerdo metropolitano", counterpart, "culture").unwrap();
    let lead = [(GUADALAJARA, PartyRole::Lead)];
    let party = |(id, role): &(&str, PartyRole)| Party {
        government_id: TenantId::new(*id),
        role: *role,
        body: None,
        body_id: None,
    };
    let parties = lead.iter().chain(others).map(party).collect();
    let case = cast.prepare(AgreementContent { parties, ..content }).await;
    case.unwrap().to_string()
}

pub async fn etag(client: &Client, case: &str) -> String {
    client.get(&one(case)).await.expect(200).etag()
}

/// A confirmation of the version read now; without a body as parties without a council send it.
pub async fn confirm(client: &Client, case: &str, body: Option<&Value>) -> Answer {
    let path = format!("{}/confirmations", one(case));
    let request = match body {
        Some(body) => post(&path, body),
        None => Request::new(Method::POST, &path),
    };
    let etag = etag(client, case).await;
    client.send(request.if_match(&etag)).await
}

/// An approval with fourteen of nineteen votes; the party attaches the minutes to the case.
pub async fn approval(client: &Client, case: &str) -> Value {
    let minutes = client
        .attach(case, "council_minutes", None, &pdf("acta"))
        .await
        .expect(201)
        .id();
    json!({"approval": {"session_on": "2026-09-02", "document_id": minutes,
        "members": 19, "votes_for": 14, "votes_against": 4, "abstentions": 1}})
}

/// The party's own approval, then its confirmation.
pub async fn approve(client: &Client, case: &str) -> Value {
    let body = approval(client, case).await;
    confirm(client, case, Some(&body)).await.expect(200).json()
}

pub async fn submit(client: &Client, case: &str) -> Answer {
    client.transition(case, &json!({"action": "submit"})).await
}

pub fn said(answer: &Answer, code: &str) -> String {
    let body = answer.json();
    let errors = body["errors"].as_array().into_iter().flatten();
    let mut found = errors.filter(|error| error["code"] == code);
    let detail = found.next().map(|error| error["detail"].to_string());
    detail.unwrap_or_default()
}

pub fn party<'v>(view: &'v Value, government: &str) -> &'v Value {
    let parties = view["parties"].as_array().unwrap().iter();
    let mut own = parties.filter(|party| party["government_id"] == government);
    own.next().unwrap()
}
