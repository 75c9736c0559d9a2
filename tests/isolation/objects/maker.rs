//! Builds cases through the service and writes a canary into every text it can.

mod papers;

use super::super::canaries::Canaries;
use super::Place;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_tests::{Answer, Client, Request, TestApp};

pub struct Maker<'a> {
    pub app: &'a TestApp,
    canaries: &'a Canaries,
    pub places: BTreeMap<String, Place>,
    /// The counterparts that the cases were given, each with its owner.
    pub counterparts: Vec<(String, String)>,
}

/// A case being built.
pub struct Making<'m, 'a> {
    pub maker: &'m mut Maker<'a>,
    pub name: &'static str,
    pub id: String,
    pub lead: &'static str,
    /// The other parties that sign.
    pub signing: Vec<&'static str>,
    /// The documents, by group.
    pub documents: BTreeMap<&'static str, String>,
}

impl<'a> Maker<'a> {
    pub fn new(app: &'a TestApp, canaries: &'a Canaries) -> Self {
        Self {
            app,
            canaries,
            places: BTreeMap::new(),
            counterparts: Vec::new(),
        }
    }

    pub fn plant(&self, object: &str, group: &str, field: &str) -> String {
        self.canaries.plant(object, group, field)
    }

    pub fn put(&mut self, object: &str, id: &str, document: &str) {
        let (id, document) = (id.to_owned(), document.to_owned());
        let action = Value::Null;
        let place = Place {
            id,
            document,
            text_set: Uuid::now_v7().to_string(),
            action,
        };
        self.places.insert(object.to_owned(), place);
    }

    /// Ids of another system.
    pub fn ids(&self, object: &str, group: &str) -> Value {
        let [system, value] = ["system", "value"].map(|field| self.plant(object, group, field));
        json!([{"system": system, "value": value}])
    }

    pub async fn counterpart(
        &self,
        officer: &Client,
        object: &str,
        name: &str,
        ids: &str,
        visibility: &str,
    ) -> String {
        let body = json!({
            "kind": "foreign_government", "level": "local", "country": "JP",
            "name": format!("Ciudad {}", self.plant(object, name, "name")),
            "visibility": visibility, "external_ids": self.ids(object, ids),
        });
        officer
            .post("/v1/counterparts", &body)
            .await
            .expect(201)
            .id()
    }

    /// A case full of canaries, with `others` as signing parties; it also names `named`.
    pub async fn case<'m>(
        &'m mut self,
        name: &'static str,
        lead: &'static str,
        others: &[&'static str],
        named: &[String],
    ) -> Making<'m, 'a> {
        let others: Vec<_> = others.iter().map(|other| (*other, "signatory")).collect();
        self.case_as(name, lead, &others, named).await
    }

    /// The same, with the part that each other party takes.
    pub async fn case_as<'m>(
        &'m mut self,
        name: &'static str,
        lead: &'static str,
        others: &[(&'static str, &str)],
        named: &[String],
    ) -> Making<'m, 'a> {
        let officer = self.app.officer(lead).await;
        let (cards, ids) = ("counterpart", "counterpart_ids");
        let own = self
            .counterpart(&officer, name, cards, ids, "private")
            .await;
        self.counterparts.push((lead.to_owned(), own.clone()));
        let mut parties = vec![self.party(name, lead, "lead")];
        parties.extend(
            others
                .iter()
                .map(|(other, role)| self.party(name, other, role)),
        );
        let mut counterparts = vec![own.clone()];
        counterparts.extend_from_slice(named);
        let body = json!({
            "kind": "twinning",
            "title": format!("Hermanamiento {}", self.plant(name, "content", "title")),
            "objective": self.plant(name, "content", "objective"),
            "external_ids": self.ids(name, "content"),
            "parties": parties,
            "counterparts": counterparts,
            "themes": ["culture"], "sdg_targets": ["11.4"], "languages": ["es"],
            "own_powers": ["73-XXIX-NN"], "planned_signing_on": "2027",
            "validity": {"term": "indefinite", "renewal": "none"},
        });
        let id = officer.post("/v1/agreements", &body).await.expect(201).id();
        let documents = BTreeMap::new();
        let mut case = Making {
            maker: self,
            name,
            id,
            lead,
            signing: others
                .iter()
                .filter(|(_, role)| *role == "signatory")
                .map(|(other, _)| *other)
                .collect(),
            documents,
        };
        case.documents.insert("counterpart", own);
        case.papers(&officer).await;
        for (other, _) in others {
            let party = case.maker.app.officer(other).await;
            if other.len() == 5 {
                case.approve(&party).await;
            } else {
                case.confirm(&party).await;
            }
        }
        case
    }

    /// A case that was created in another way.
    pub fn adopt<'m>(
        &'m mut self,
        name: &'static str,
        lead: &'static str,
        id: &str,
    ) -> Making<'m, 'a> {
        Making {
            maker: self,
            name,
            id: id.to_owned(),
            lead,
            signing: Vec::new(),
            documents: BTreeMap::new(),
        }
    }

    fn party(&self, name: &str, government: &str, role: &str) -> Value {
        let field = if role == "lead" {
            "body".to_owned()
        } else {
            format!("body_{}", government.replace('-', "_"))
        };
        let body = self.plant(name, "content", &field);
        json!({"government_id": government, "role": role, "body": body})
    }
}

impl Making<'_, '_> {
    pub fn plant(&self, group: &str, field: &str) -> String {
        self.maker.plant(self.name, group, field)
    }

    pub async fn officer(&self) -> Client {
        self.maker.app.officer(self.lead).await
    }

    pub async fn at(&self, role: Role, tenant: &str) -> Client {
        self.maker.app.client(role, tenant).await
    }

    pub fn path(&self, part: &str) -> String {
        format!("/v1/agreements/{}{part}", self.id)
    }

    pub async fn edit(&self, officer: &Client, patch: &Value) {
        let etag = officer.get(&self.path("")).await.etag();
        officer
            .patch(&self.path(""), &etag, patch)
            .await
            .expect(200);
    }

    pub async fn confirm(&self, party: &Client) {
        let etag = party.get(&self.path("")).await.etag();
        let path = self.path("/confirmations");
        let request = Request::new(actix_web::http::Method::POST, &path).if_match(&etag);
        party.send(request).await.expect(200);
    }

    /// The minutes of a municipality's own council, and its confirmation.
    async fn approve(&mut self, party: &Client) {
        let minutes = self.attach(party, "party_minutes", "council_minutes").await;
        let approval = json!({"session_on": "2026-09-02", "document_id": minutes,
            "members": 15, "votes_for": 12, "votes_against": 2, "abstentions": 1});
        self.post(party, "/confirmations", &json!({ "approval": approval }))
            .await
            .expect(200);
    }

    /// Sends something to a part of the case, with its present version.
    pub async fn post(&self, by: &Client, part: &str, body: &Value) -> Answer {
        let etag = by.get(&self.path("")).await.etag();
        let request = Request::new(actix_web::http::Method::POST, &self.path(part));
        by.send(request.json(body).if_match(&etag)).await
    }

    pub async fn act(&self, by: &Client, body: &Value) -> Answer {
        by.transition(&self.id, body).await.expect(200)
    }

    /// Records where the case and these documents of it are, and which action fits.
    pub fn settle(self, action: Value, documents: &[&'static str]) {
        let text = self.documents["text"].clone();
        // An agreement signed before anybody asked for review has no versions of its text.
        let set = self.documents.get("text_set").cloned();
        for group in documents {
            let object = format!("{}_{group}", self.name);
            self.maker.put(&object, &self.id, &self.documents[group]);
        }
        self.maker.put(self.name, &self.id, &text);
        let place = self.maker.places.get_mut(self.name).unwrap();
        if let Some(set) = set {
            place.text_set = set;
        }
        place.action = action;
    }
}
