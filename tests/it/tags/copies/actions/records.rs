//! Changes of what the cases show, and of the registry.

use super::World;
use crate::annotations::annotate;
use crate::tools::entry;
use serde_json::{Value, json};
use vinculo_tests::Client;

/// Changes a record to which a path leads.
async fn change(client: &Client, path: &str, patch: &Value) -> bool {
    let read = client.get(path).await;
    read.status == 200 && client.patch(path, &read.etag(), patch).await.status == 200
}

impl World<'_> {
    pub(super) async fn rename_body(&mut self) -> bool {
        let name = json!({"name": format!("Universidad {}", self.dice.below(3))});
        change(&self.party, &format!("/v1/bodies/{}", self.body), &name).await
    }

    pub(super) async fn rename_counterpart(&mut self) -> bool {
        let at = self.dice.below(self.counterparts.len());
        let path = format!("/v1/counterparts/{}", self.counterparts[at]);
        let owner = if at == 2 { &self.lender } else { &self.owner };
        let patch = match self.dice.below(4) {
            0 => json!({"country": self.dice.pick(&["JP", "FR", "KR"])}),
            1 => json!({"external_ids": [{"system": "siga", "value": self.turn.to_string()}]}),
            _ => json!({"name": format!("Ciudad {}", self.turn)}),
        };
        change(owner, &path, &patch).await
    }

    /// Another head or end of a term; sometimes a term of another time.
    pub(super) async fn change_term(&mut self) -> bool {
        let at = self.dice.below(self.terms.len());
        let client = if at == 0 { &self.owner } else { &self.party };
        let path = format!("/v1/administrations/{}", self.terms[at]);
        let patch = if self.dice.below(2) == 0 {
            json!({"ends_on": self.dice.pick(&["2027-06-30", "2027-09-30"])})
        } else {
            let name = self.dice.pick(&["Persona Titular Uno", "Otra Persona"]);
            json!({"head": {"name": name}})
        };
        change(client, &path, &patch).await
    }

    pub(super) async fn annotate(&mut self) -> bool {
        let list = self
            .registrar
            .get("/v1/registry?limit=200")
            .await
            .expect(200)
            .json();
        let line = self.dice.pick(list["items"].as_array().unwrap());
        let number = line["number"].as_str().unwrap();
        let record = self.registrar.get(&entry(number)).await.expect(200).json();
        let now = &record["consolidated"];
        let change = match self.dice.below(3) {
            0 => {
                json!({"field": "title", "old": now["title"], "new": format!("Corregido {}", self.turn)})
            }
            1 => {
                json!({"field": "signed_place", "old": now["signed_place"], "new": format!("Lugar {}", self.turn)})
            }
            _ => {
                json!({"field": "counterpart_name", "position": 0, "old": now["counterparts"][0]["name"], "new": format!("Quioto {}", self.turn)})
            }
        };
        let body = json!({"effective_on": "2026-12-01", "ground": "Error de captura.",
            "changes": {"kind": "correction", "fields": [change]}});
        annotate(&self.registrar, number, &body).await.status == 201
    }
}
