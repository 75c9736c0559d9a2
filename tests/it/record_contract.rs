//! What every kind of record keeps, whatever it is about: one walk over all kinds, on both engines,
//! from the example of each.

mod bad_input;
mod changes;
pub mod counts;
mod files;
mod sight;
mod size;
pub mod statements;
mod versions;
mod ways;

use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::openapi;
use vinculo_domain::Role;
use vinculo_domain::records::{Access, Kind, kinds};
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, Request, SRE, TestApp, on_both};

/// A kind with somebody who writes it.
pub struct Subject {
    pub kind: &'static Kind,
    pub owner: &'static str,
    pub writer: Client,
    pub path: String,
    named: Named,
}

/// Records that others name.
#[derive(Clone)]
struct Named {
    network: String,
    mission: String,
    committee: String,
}

/// The government that owns the records of a kind, and the role that writes them there.
fn owner(kind: &Kind) -> (&'static str, Role) {
    match kind.spec.access {
        Access::Catalog | Access::Library => (SRE, Role::Liaison),
        Access::Admin => (GUADALAJARA, Role::Admin),
        _ => (GUADALAJARA, Role::Officer),
    }
}

impl Subject {
    /// A body that is right, and not the same for two words.
    pub fn body(&self, word: &str) -> Value {
        let mut body = self.own(word);
        let fields = body.as_object_mut().unwrap();
        fields.insert("title".into(), json!(format!("Registro {word}")));
        fields.insert("description".into(), json!("Lo que se sabe."));
        fields.insert("themes".into(), json!(["culture"]));
        body
    }

    fn own(&self, word: &str) -> Value {
        let Named {
            network,
            mission,
            committee,
        } = &self.named;
        match self.kind.spec.many {
            "networks" => json!({"acronym": word, "scope": "world"}),
            "missions" => {
                json!({"type": "consulate", "city": format!("Ciudad {word}"), "country": "FR"})
            }
            "memberships" => json!({"network_id": network, "type": "full"}),
            "referrals" => json!({"mission_id": mission, "sought": "Una ciudad portuaria."}),
            "advisory-cases" => json!({"provider": JALISCO, "question": "¿Qué falta?"}),
            "meetings" => json!({"committee_id": committee, "type": "ordinary"}),
            "budgets" => json!({"fiscal_year": 2026, "currency": "MXN", "approved": 100}),
            "commitments" => json!({"source": "visit"}),
            "library-items" => json!({"type": "guide"}),
            "territory-profiles" => json!({"vocations": ["border"], "seeks": ["culture"]}),
            "staff-members" => json!({"name": "Persona Titular", "profile": "Perfil reservado"}),
            "committees" => json!({"members": [{"seat": "citizen", "name": "Persona Titular"}]}),
            _ => json!({}),
        }
    }

    /// Creates one; what only its owner sees is published.
    pub async fn made(&self, body: &Value) -> (String, String) {
        let made = self.writer.post(&self.path, body).await.expect(201);
        let (id, etag) = (made.id(), made.etag());
        if self.kind.spec.kept.is_empty() {
            return (id, etag);
        }
        let published = self.act(&id, &etag, json!({"action": "publish"})).await;
        (id, published.expect(200).etag())
    }

    pub fn one(&self, id: &str) -> String {
        format!("{}/{id}", self.path)
    }

    pub async fn act(&self, id: &str, etag: &str, body: Value) -> Answer {
        let path = format!("{}/transitions", self.one(id));
        let request = Request::new(Method::POST, &path).json(&body);
        self.writer.send(request.if_match(etag)).await
    }

    /// The ids of a list.
    pub async fn listed(client: &Client, path: &str) -> Vec<String> {
        let answer = client.get(path).await.expect(200).json();
        let items = answer["items"].as_array().unwrap().iter();
        let ids = items.map(|item| item["id"].as_str().unwrap().to_owned());
        ids.collect()
    }
}

/// Every kind, with what it needs to be written.
pub async fn subjects(app: &TestApp) -> Vec<Subject> {
    let liaison = app.client(Role::Liaison, SRE).await;
    let officer = app.officer(GUADALAJARA).await;
    let made = |client: Client, path: &'static str, body: Value| async move {
        client.post(path, &body).await.expect(201).id()
    };
    let network = json!({"title": "Red de prueba", "scope": "world"});
    let mission =
        json!({"title": "Consulado", "type": "consulate", "city": "Lyon", "country": "FR"});
    let named = Named {
        network: made(liaison.clone(), "/v1/networks", network).await,
        mission: made(liaison, "/v1/missions", mission).await,
        committee: made(officer, "/v1/committees", json!({"title": "Comité"})).await,
    };
    let mut subjects = Vec::new();
    for kind in kinds() {
        let (owner, role) = owner(kind);
        subjects.push(Subject {
            kind,
            owner,
            writer: app.client(role, owner).await,
            path: kind.spec.address(),
            named: named.clone(),
        });
    }
    subjects
}

// row: 000-09, 000-19, 001-27, 003-25
#[actix_web::test]
async fn every_kind_is_written_read_changed_and_removed() {
    on_both(|app: TestApp| async move {
        for subject in subjects(&app).await {
            written_and_read(&app, &subject).await;
            changed(&subject).await;
            put_by_an_id_of_another_system(&subject).await;
            removed(&app, &subject).await;
        }
        counts::are_right(&app.scratch);
    })
    .await;
}

async fn written_and_read(app: &TestApp, subject: &Subject) {
    let what = subject.kind.spec.many;
    let body = subject.body("Uno");
    let dry = format!("{}?dry_run=true", subject.path);
    subject.writer.post(&dry, &body).await.expect(200);
    assert_eq!(
        app.scratch.count(&format!(
            "records WHERE kind = '{what}' AND sort_key = 'registro uno'"
        )),
        0
    );
    let made = subject.writer.post(&subject.path, &body).await.expect(201);
    let (id, shown) = (made.id(), made.json());
    assert_eq!(made.header("location"), Some(subject.one(&id)));
    for (name, value) in body.as_object().unwrap() {
        let kept = &shown[name];
        let same = kept == value || kept.is_array() || kept.is_object();
        assert!(same, "{what} {name}: {kept}");
    }
    assert_eq!(shown["version"], 1, "{what}");
    assert_eq!(shown["tenant_id"], subject.owner, "{what}");
    assert_eq!(shown["status"], subject.kind.spec.first_status().word());
    let visibility: &str = subject.kind.spec.visibility.into();
    if what != "meetings" {
        assert_eq!(shown["visibility"], visibility, "{what}");
    }
    assert_eq!(shown["stale"], false);
    let read = subject.writer.get(&subject.one(&id)).await.expect(200);
    assert_eq!(read.json(), shown, "{what}");
    let schema = json!({"$ref": format!("#/components/schemas/{}", (subject.kind.name)())});
    let wrong = vinculo_tests::violations(&openapi::document(), &schema, &shown);
    assert_eq!(wrong, Vec::<String>::new(), "{what}");
    // In the list, by its words and by its filters, alike.
    for query in [
        "",
        "?q=uno",
        "?theme=culture",
        "?q=regis&theme=culture&count=true",
    ] {
        let list = subject
            .writer
            .get(&format!("{}{query}", subject.path))
            .await;
        let list = list.expect(200).json();
        let found = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["id"] == id);
        assert_eq!(found, Some(&shown), "{what}{query}");
    }
    for query in [
        "?q=otra",
        "?theme=health",
        "?year=1999",
        "?q=uno&country=JP",
    ] {
        let found = Subject::listed(&subject.writer, &format!("{}{query}", subject.path)).await;
        assert!(!found.contains(&id), "{what}{query}");
    }
}

async fn changed(subject: &Subject) {
    let what = subject.kind.spec.many;
    let (id, etag) = subject.made(&subject.body("Dos")).await;
    let one = subject.one(&id);
    let patch = |body: Value| Request::new(Method::PATCH, &one).json(&body);
    let missing = subject
        .writer
        .send(patch(json!({"description": "x"})))
        .await;
    missing.refused(428, "precondition_required");
    let stale = subject
        .writer
        .patch(&one, "\"99\"", &json!({"description": "x"}))
        .await;
    stale.refused(412, "precondition_failed");
    let before = subject.writer.get(&one).await.json();
    let same = subject.writer.patch(&one, &etag, &before).await.expect(200);
    assert_eq!(same.json()["version"], before["version"], "{what}");
    let change = json!({"description": null, "title": "Registro Dos bis", "starts_on": "2026-03"});
    let changed = subject.writer.patch(&one, &etag, &change).await.expect(200);
    let now = changed.json();
    assert_eq!(now["description"], Value::Null, "{what}");
    assert_eq!(now["themes"], json!(["culture"]), "{what}");
    assert_eq!(
        now["version"].as_i64(),
        before["version"].as_i64().map(|n| n + 1)
    );
    // Two at once: the second is told that the record has changed.
    let second = subject
        .writer
        .patch(&one, &etag, &json!({"title": "Otro"}))
        .await;
    second.refused(412, "precondition_failed");
    let found = Subject::listed(&subject.writer, &format!("{}?year=2026", subject.path)).await;
    assert!(found.contains(&id), "{what}");
    let found = Subject::listed(&subject.writer, &format!("{}?q=bis", subject.path)).await;
    assert_eq!(found, std::slice::from_ref(&id), "{what}");
}

async fn put_by_an_id_of_another_system(subject: &Subject) {
    let what = subject.kind.spec.many;
    let path = format!("{}/by-external-id/siga/R-1", subject.path);
    let put = |body: &Value| Request::new(Method::PUT, &path).json(body);
    let body = subject.body("Tres");
    let made = subject.writer.send(put(&body)).await.expect(201);
    let ids = json!([{"system": "siga", "value": "R-1"}]);
    assert_eq!(made.json()["external_ids"], ids, "{what}");
    let mut other = subject.body("Tres");
    other["description"] = json!("Más.");
    let again = subject.writer.send(put(&other)).await.expect(200);
    assert_eq!(
        (again.id(), &again.json()["version"]),
        (made.id(), &json!(2)),
        "{what}"
    );
    let same = subject.writer.send(put(&other)).await.expect(200);
    assert_eq!(same.json()["version"], 2, "{what}");
    let guarded = put(&body).if_match(&made.etag());
    let stale = subject.writer.send(guarded).await;
    stale.refused(412, "precondition_failed");
    let query = format!("{}?external_id=siga:R-1", subject.path);
    let found = Subject::listed(&subject.writer, &query).await;
    assert_eq!(found, [made.id()], "{what}");
    // An id that another record has is no reason to try again: it is refused, by its place.
    let mut taken = subject.body("Otra con lo suyo");
    taken["external_ids"] = ids;
    let path = format!("{}/by-external-id/siga/R-2", subject.path);
    let put = Request::new(Method::PUT, &path).json(&taken);
    let refused = subject.writer.send(put).await.json();
    assert_eq!(refused["errors"][0]["code"], "taken", "{what}: {refused}");
    assert_eq!(refused["errors"][0]["pointer"], "/external_ids/0", "{what}");
}

async fn removed(app: &TestApp, subject: &Subject) {
    let what = subject.kind.spec.many;
    let (id, etag) = subject.made(&subject.body("Cuatro")).await;
    let one = subject.one(&id);
    let gone = subject.writer.delete(&one, &etag).await;
    gone.expect(204);
    subject.writer.get(&one).await.refused(404, "not_found");
    let found = Subject::listed(&subject.writer, &subject.path).await;
    assert!(!found.contains(&id), "{what}");
    for table in [
        "record_facets",
        "record_links",
        "record_shares",
        "record_amounts",
    ] {
        let rows = app
            .scratch
            .count(&format!("{table} WHERE record_id = '{id}'"));
        assert_eq!(rows, 0, "{what} {table}");
    }
    let versions = app
        .scratch
        .count(&format!("record_versions WHERE record_id = '{id}'"));
    assert!(versions >= 2, "{what}");
    let again = subject.made(&subject.body("Cuatro")).await;
    assert_ne!(again.0, id, "{what}");
}
