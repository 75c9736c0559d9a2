//! A government whose action abroad is a matter of its institutions.

use crate::tools::post;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, SRE, TestApp};

/// What it has.
#[derive(Default)]
pub struct Seed {
    /// An open office and nothing else.
    pub office_alone: bool,
}

/// The address of a new record.
pub async fn made(client: &Client, path: &str, body: &Value) -> String {
    let made = client.post(path, body).await.expect(201);
    format!("{path}/{}", made.id())
}

/// Takes an action on a record.
pub async fn act(client: &Client, one: &str, action: &str, fields: Value) {
    let etag = client.get(one).await.expect(200).etag();
    let body = json!({"action": action, "fields": fields});
    let request = post(&format!("{one}/transitions"), &body);
    client.send(request.if_match(&etag)).await.expect(200);
}

/// Puts public records of everything that is scored, but agreements.
pub async fn institution(app: &TestApp, tenant: &str, seed: &Seed) {
    let officer = app.officer(tenant).await;
    let office = json!({"title": format!("Oficina de {tenant}"), "instrument": "law", "created_on": "2015-03-01",
        "legal_personality": true, "levels_to_executive": 1});
    let office = made(&officer, "/v1/international-offices", &office).await;
    act(&officer, &office, "open", json!({})).await;
    if seed.office_alone {
        return;
    }
    for year in [2025, 2026] {
        let budget = json!({"title": format!("Presupuesto {year}"), "fiscal_year": year, "currency": "MXN",
            "approved": 5, "visibility": "public"});
        let budget = made(&officer, "/v1/budgets", &budget).await;
        if year == 2025 {
            act(&officer, &budget, "close", json!({"spent": 4})).await;
        }
    }
    let committee =
        json!({"title": "Comité", "rules": "Reglamento de 2019", "installed_on": "2019-05-01"});
    let committee = made(&officer, "/v1/committees", &committee).await;
    let id = committee.rsplit('/').next().unwrap();
    let session = json!({"title": "Sesión", "committee_id": id, "type": "ordinary", "starts_on": "2026-02-03",
        "visibility": "public"});
    let session = made(&officer, "/v1/meetings", &session).await;
    let came = json!({"attendance": [{"sector": "citizen", "people": 9}]});
    act(&officer, &session, "hold", came).await;
    act(&officer, &session, "publish", json!({"minutes": "Minuta."})).await;
    let sre = app.client(Role::Liaison, SRE).await;
    let network = json!({"title": format!("Red de {tenant}"), "scope": "world"});
    let network = sre.post("/v1/networks", &network).await.expect(201).id();
    let membership =
        json!({"title": "Membresía", "network_id": network, "type": "full", "starts_on": "2010"});
    let membership = made(&officer, "/v1/memberships", &membership).await;
    act(&officer, &membership, "join", json!({})).await;
    let term = json!({"government_id": tenant, "starts_on": "2024-10-01", "ends_on": "2027-09-30"});
    officer.post("/v1/administrations", &term).await.expect(201);
}
