//! The agreements, read one by one through the API, as any reader can.

mod stage_durations;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use std::collections::HashMap;
use vinculo_domain::Role;
use vinculo_domain::clock::mexican_day;
use vinculo_tests::{Client, SRE, TestApp};

use stage_durations::stage_durations;

pub use stage_durations::StageDuration;

/// A party: its key, its level of government, its state.
#[derive(Clone, Debug)]
pub struct Party {
    pub id: String,
    pub tier: String,
    pub state: Option<String>,
}

/// An agreement as one reader sees it.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub parties: Vec<Party>,
    pub body_kind: Option<String>,
    /// The standing that the registry gives for the day, if the record was annotated.
    pub standing: Option<String>,
    /// The registry's annotations, with their effective days.
    pub annotations: Vec<(String, String)>,
    /// The last day before an act that ended it.
    pub ended_on: Option<String>,
    pub kind: String,
    pub instrument: String,
    pub stage: String,
    pub compliance: String,
    pub counterparts: Vec<(String, String, Option<String>)>,
    pub themes: Vec<String>,
    pub sdg_targets: Vec<String>,
    pub validity: Value,
    pub signed_on: Option<String>,
    pub registered_on: Option<String>,
    pub has_text: bool,
    pub announced_on: Option<String>,
    /// Whether this reader ever saw it as signed without an opinion.
    pub was_unreviewed: bool,
    pub stage_durations: Vec<StageDuration>,
}

/// Reads as one viewer.
pub struct Reader<'a> {
    pub app: &'a TestApp,
    pub client: Client,
    pub viewer: &'a str,
    governments: HashMap<String, Party>,
}

impl<'a> Reader<'a> {
    pub async fn of(app: &'a TestApp, viewer: &'a str) -> Self {
        let client = if viewer == "public" {
            app.nobody()
        } else {
            app.client(Role::Viewer, viewer).await
        };
        Self {
            app,
            client,
            viewer,
            governments: HashMap::new(),
        }
    }

    /// Everything that this reader's figures count.
    pub async fn all(&mut self) -> Vec<Record> {
        let path = if self.viewer == "public" {
            "/v1/registry"
        } else {
            "/v1/agreements"
        };
        let mut found = Vec::new();
        for item in pages(&self.client, path).await {
            found.push(if self.viewer == "public" {
                let number = item["number"].as_str().unwrap();
                self.inscription(number).await
            } else {
                self.case(&item).await
            });
        }
        found
    }

    async fn party(&mut self, id: &str) -> Party {
        if let Some(known) = self.governments.get(id) {
            return known.clone();
        }
        let found = self.client.get(&format!("/v1/governments/{id}")).await;
        let found = found.expect(200).json();
        let tier = found["tier"].as_str().unwrap().to_owned();
        let state = match tier.as_str() {
            "state" => Some(id.to_owned()),
            "municipality" => Some(found["parent_id"].as_str().unwrap().to_owned()),
            _ => None,
        };
        let party = Party {
            id: id.to_owned(),
            tier,
            state,
        };
        self.governments.insert(id.to_owned(), party.clone());
        party
    }

    async fn inscription(&mut self, number: &str) -> Record {
        let path = format!("/v1/registry/{number}");
        let record = self.client.get(&path).await.expect(200).json();
        self.registered(&record).await
    }

    /// What the registry says now.
    async fn registered(&mut self, public: &Value) -> Record {
        let found = &public["consolidated"];
        let mut record = content(found, &found["counterparts"]);
        for party in found["parties"].as_array().unwrap() {
            let id = party["government_id"].as_str().unwrap();
            let party = self.party(id).await;
            record.parties.push(party);
        }
        record.body_kind = text(&found["parties"][0]["body_kind"]);
        let annotations = public["annotations"].as_array().unwrap();
        if !annotations.is_empty() {
            record.standing = text(&public["standing"]["standing"]);
        }
        let words = annotations.iter().map(|one| {
            let kind = text(&one["changes"]["kind"]).unwrap();
            (kind, text(&one["effective_on"]).unwrap())
        });
        record.annotations = words.collect();
        let ends = annotations
            .iter()
            .find(|one| one["changes"]["kind"] == "termination");
        record.ended_on = ends.map(|act| {
            let first: NaiveDate = act["effective_on"].as_str().unwrap().parse().unwrap();
            first.pred_opt().unwrap().to_string()
        });
        record.signed_on = text(&found["signed_on"]);
        record.registered_on = Some(day(&found["registered_at"]).to_string());
        record.has_text = !found["documents"].as_array().unwrap().is_empty();
        record
    }

    async fn case(&mut self, item: &Value) -> Record {
        let id = item["id"].as_str().unwrap();
        let path = format!("/v1/agreements/{id}");
        let view = self.client.get(&path).await.expect(200).json();
        let (mut shown, mut cards) = if view["level"] == "full" {
            (view["draft"].clone(), view["counterparts"].clone())
        } else {
            let sent = &view["submission"];
            (sent["content"].clone(), sent["counterparts"].clone())
        };
        if view["level"] == "summary" {
            // A reader that was only told of the case knows this much.
            let (unknown, owner) = ("unknown", &view["owner"]);
            shown = json!({"kind": view["kind"], "instrument": unknown, "themes": view["themes"], "sdg_targets": [],
                "validity": null, "parties": [{"government_id": owner, "role": "lead"}]});
            cards = json!([{"kind": unknown, "level": unknown, "country": view["country"]}]);
        }
        if shown.is_null() {
            // The ministry knows a case that it recorded itself, although it was never sent.
            let owner = self
                .app
                .client(Role::Viewer, item["owner"].as_str().unwrap());
            let whole = owner.await.get(&path).await.expect(200).json();
            (shown, cards) = (whole["draft"].clone(), whole["counterparts"].clone());
        }
        let mut record = content(&shown, &cards);
        if view["level"] == "summary" {
            record.instrument = "unknown".into();
        }
        let lead = shown["parties"].as_array().unwrap().iter();
        let mut lead = lead.filter(|party| party["role"] == "lead");
        if let Some(body) = lead.next().and_then(|lead| lead["body_id"].as_str()) {
            let body = self.client.get(&format!("/v1/bodies/{body}")).await;
            record.body_kind = text(&body.expect(200).json()["kind"]);
        }
        let mut parties = shown["parties"].as_array().unwrap().clone();
        parties.sort_by_key(|party| party["role"] != "lead");
        for party in parties {
            let party = self.party(party["government_id"].as_str().unwrap()).await;
            record.parties.push(party);
        }
        record.stage = text(&view["stage"]).unwrap();
        record.compliance = text(&view["compliance"]).unwrap();
        record.signed_on = text(&item["signed_on"]);
        if let Some(number) = text(&view["inscription"]).filter(|_| record.stage == "registered") {
            let path = format!("/v1/registry/{number}");
            let public = self.app.nobody().get(&path).await.expect(200).json();
            record = Record {
                stage: record.stage,
                compliance: record.compliance,
                ..self.registered(&public).await
            };
        }
        let documents = pages(&self.client, &format!("{path}/documents")).await;
        let is_text = |one: &Value| one["kind"] == "text" || one["kind"] == "signed_copy";
        record.has_text = documents.iter().any(is_text);
        let lines = self.lines(&path, &view).await;
        let told = lines.iter().find(|line| line["action"] == "announce");
        record.announced_on = told.map(|line| day(&line["at"]).to_string());
        record.was_unreviewed = lines.iter().any(|line| {
            let action = line["action"].as_str().unwrap();
            ["record_unreviewed", "report", "regularize"].contains(&action)
        });
        record.stage_durations = stage_durations(&lines);
        record
    }

    /// The steps that this reader learned of when they were taken, oldest first. The history also
    /// has earlier steps, and those after it returned the case; except announcements, these were
    /// not news.
    async fn lines(&self, path: &str, view: &Value) -> Vec<Value> {
        let mut lines = pages(&self.client, &format!("{path}/history")).await;
        lines.reverse();
        let seats = view["seats"].to_string();
        let full = seats.contains("owner") || seats.contains("party");
        let sre = self.viewer == SRE;
        let officials: &[&str] = if sre {
            &["federal_intake", "legal_review", "pending_registration"]
        } else {
            &["state_review"]
        };
        let mut follows = full;
        lines.retain(|line| {
            let (action, stage) = (line["action"].as_str().unwrap(), &line["to_stage"]);
            let own = line["acting_tenant"] == self.viewer;
            follows |= officials.iter().any(|official| stage == official)
                || own && ["record_unreviewed", "report"].contains(&action);
            let told = action == "announce" && sre;
            let learned = follows || told || view["level"] == "summary";
            let gives_back = own && action == "return_to_owner";
            let reported = action == "confirm" && seats.contains("reporter");
            follows &= full || !gives_back && !reported;
            learned
        });
        lines
    }
}

fn content(shown: &Value, cards: &Value) -> Record {
    let list = |value: &Value| -> Vec<String> {
        let items = value.as_array().unwrap().iter();
        items.map(|item| text(item).unwrap()).collect()
    };
    let card = |card: &Value| {
        let word = |name: &str| text(&card[name]).unwrap();
        (word("kind"), word("level"), text(&card["country"]))
    };
    Record {
        kind: text(&shown["kind"]).unwrap(),
        instrument: text(&shown["instrument"]).unwrap(),
        counterparts: cards.as_array().unwrap().iter().map(card).collect(),
        themes: list(&shown["themes"]),
        sdg_targets: list(&shown["sdg_targets"]),
        validity: shown["validity"].clone(),
        ..Record::default()
    }
}

pub fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn day(instant: &Value) -> NaiveDate {
    let at: DateTime<Utc> = instant.as_str().unwrap().parse().unwrap();
    mexican_day(at)
}

pub async fn pages(client: &Client, path: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let glue = if path.contains('?') { '&' } else { '?' };
        let page = client.get(&format!("{path}{glue}limit=200{cursor}")).await;
        let page = page.expect(200).json();
        found.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}
