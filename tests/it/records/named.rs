//! What the records of the stories name: offices, networks, missions, committees, bodies.

use super::*;

/// A new office of a government, which everybody sees: its id and its address.
pub async fn office(app: &TestApp, tenant: &str) -> (String, String) {
    let title = json!({"title": "Coordinación Internacional"});
    made(&app.officer(tenant).await, OFFICES, &title).await
}

/// A new network, seen by these: its id.
pub async fn network(app: &TestApp, title: &str, visibility: &str) -> String {
    let fields = json!({"title": title, "scope": "world", "visibility": visibility});
    let sre = app.client(Role::Liaison, SRE).await;
    made(&sre, "/v1/networks", &fields).await.0
}

/// A mission with these officers: its id and its address.
pub async fn mission(app: &TestApp, city: &str, officers: &[&Client]) -> (String, String) {
    let mut ids = Vec::new();
    for officer in officers {
        ids.push(me(officer).await);
    }
    let fields = json!({"title": format!("Consulado en {city}"), "type": "consulate",
        "city": city, "country": "JP", "officer_ids": ids});
    let sre = app.client(Role::Liaison, SRE).await;
    made(&sre, "/v1/missions", &fields).await
}

/// A session of a committee, which only its members and its government see.
pub fn session(title: &str, committee: &str) -> Value {
    json!({"title": title, "committee_id": committee, "type": "ordinary", "visibility": "private"})
}

/// An officer and a citizen of a government, and its two committees by their ids: one that only
/// governments see, which names the citizen, and one that everybody sees.
pub async fn seats(app: &TestApp) -> (Client, Client, [String; 2]) {
    let officer = app.officer(GUADALAJARA).await;
    let member = app.client(Role::CommitteeMember, GUADALAJARA).await;
    let seat =
        json!({"seat": "citizen", "name": "Persona Titular", "person_id": me(&member).await});
    let own = json!({"title": "Comité de Kioto", "visibility": "government", "members": [seat]});
    let (own, _) = made(&officer, "/v1/committees", &own).await;
    let other = json!({"title": "Comité de Portland"});
    let (other, _) = made(&officer, "/v1/committees", &other).await;
    (officer, member, [own, other])
}

/// A body of a government: its id.
pub async fn body_of(app: &TestApp) -> String {
    let body = json!({"governments": [GUADALAJARA], "name": "Turismo Municipal",
        "kind": "dependency", "starts_on": "2018-10-01"});
    let officer = app.officer(GUADALAJARA).await;
    officer.post("/v1/bodies", &body).await.expect(201).id()
}
