//! Fifty governments, each with a person and a few records; every text has its government's mark.

use actix_web::http::Method;
use serde_json::json;
use vinculo_api::fixtures::{Official, pdf};
use vinculo_auth::{Actor, password};
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::{Role, Tier};
use vinculo_tests::{Answer, Client, Request, TestApp};

/// The start of every mark.
const MARK: &str = "canario";

pub struct Government {
    pub id: String,
    pub actor: Actor,
    pub token: String,
    pub counterparts: Vec<String>,
    pub case: String,
    pub document: String,
}

impl Government {
    /// The mark in each of its texts and in no other government's.
    pub fn canary(&self) -> String {
        canary(&self.id)
    }

    /// A client of its person, signed in.
    pub fn client(&self, app: &TestApp) -> Client {
        Client {
            token: Some(self.token.clone()),
            ..app.nobody()
        }
    }

    /// A city that only this government has recorded.
    pub fn city(&self, name: &str) -> CounterpartFields {
        CounterpartFields {
            kind: CounterpartKind::ForeignGovernment,
            level: CounterpartLevel::Local,
            name: format!("Ciudad {} {name}", self.canary()),
            country: Some("JP".into()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        }
    }

    /// How many marks of other governments stand in a text.
    pub fn foreign(&self, text: &str) -> usize {
        let own = self.canary();
        let text = text.to_lowercase();
        let marks = text.match_indices(MARK);
        marks
            .filter(|(at, _)| !text[*at..].starts_with(&own))
            .count()
    }

    /// The same for an answer: its headers and its body.
    pub fn foreign_in(&self, answer: &Answer) -> usize {
        let headers = answer.headers.iter();
        let headers: String = headers
            .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        self.foreign(&headers) + self.foreign(&answer.text())
    }

    pub fn case_path(&self) -> String {
        format!("/v1/agreements/{}", self.case)
    }

    pub fn document_path(&self) -> String {
        format!("{}/documents/{}/content", self.case_path(), self.document)
    }
}

/// The same in SQL: marks that remain in a column when its owner's marks are removed.
pub fn foreign_rows(column: &str, owner: &str) -> String {
    format!("replace(lower({column}), '{MARK}' || {owner} || 'x', '') LIKE '%{MARK}%'")
}

/// SQL condition: the column has any mark.
pub fn marked(column: &str) -> String {
    format!("lower({column}) LIKE '%{MARK}%'")
}

fn canary(id: &str) -> String {
    format!("{MARK}{id}x")
}

/// Sets up `count` municipalities from all over the catalogue.
pub async fn settle(app: &TestApp, count: usize) -> Vec<Government> {
    let all = app
        .scratch
        .texts("SELECT id AS x FROM governments WHERE tier = 'municipality' AND valid_to IS NULL ORDER BY id");
    let hash = password::hash(TestApp::PASSWORD).unwrap();
    let mut governments = Vec::new();
    for id in all.iter().step_by(all.len() / count).take(count) {
        governments.push(settle_one(app, id, &hash).await);
    }
    assert_eq!(governments.len(), count);
    governments
}

async fn settle_one(app: &TestApp, id: &str, hash: &str) -> Government {
    let mark = canary(id);
    let (email, name) = (format!("{mark}@{id}.example"), format!("Persona {mark}"));
    let tier = Tier::Municipality;
    let hired = Official::hire(&app.app, &email, &name, id, tier, Role::Officer, hash);
    let actor = hired.await.unwrap().actor;
    let client = app.session(actor.person.unwrap(), id).await;
    let mut government = Government {
        id: id.to_owned(),
        token: client.token.clone().unwrap(),
        actor,
        counterparts: Vec::new(),
        case: String::new(),
        document: String::new(),
    };
    for name in ["uno", "dos"] {
        let city = json!(government.city(name));
        let made = client.post("/v1/counterparts", &city).await.expect(201);
        government.counterparts.push(made.id());
    }
    let draft = json!({
        "kind": "twinning", "title": format!("Hermanamiento {mark}"), "counterparts": government.counterparts,
    });
    let made = client.post("/v1/agreements", &draft).await.expect(201);
    government.case = made.id();
    let file = (format!("{mark}.pdf"), pdf(&mark));
    let form = Request::new(
        Method::POST,
        &format!("{}/documents", government.case_path()),
    )
    .form(&[
        ("kind", None, b"text"),
        ("language", None, b"es"),
        ("file", Some(&file.0), &file.1),
    ]);
    government.document = client.send(form).await.expect(201).id();
    government
}
