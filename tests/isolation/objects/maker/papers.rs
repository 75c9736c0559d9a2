//! The papers and texts of a case being built, full of canaries.

use super::Making;
use serde_json::json;
use vinculo_api::fixtures::pdf;
use vinculo_tests::{Client, Request};

/// Whether a key is a municipality's.
fn is_municipality(key: &str) -> bool {
    key.len() == 5 && key.bytes().all(|byte| byte.is_ascii_digit())
}

impl Making<'_, '_> {
    /// A document with canaries in its name, its bytes and, if it is withheld, its reason.
    pub async fn attach(&mut self, by: &Client, group: &'static str, kind: &str) -> String {
        let name = format!("{}.pdf", self.plant(group, "file_name"));
        let bytes = pdf(&self.plant(group, "bytes"));
        let mut parts: Vec<(&str, Option<&str>, &[u8])> = vec![("kind", None, kind.as_bytes())];
        let ground;
        if matches!(kind, "text" | "signed_copy") {
            parts.push(("language", None, b"es"));
        } else {
            ground = self.plant(group, "ground");
            parts.push(("classification", None, b"reserved"));
            parts.push(("ground", None, ground.as_bytes()));
            parts.push(("until", None, b"2029-12-31"));
        }
        parts.push(("file", Some(&name), &bytes));
        let path = self.path("/documents");
        let request = Request::new(actix_web::http::Method::POST, &path).form(&parts);
        let id = by.send(request).await.expect(201).id();
        self.documents.insert(group, id.clone());
        id
    }

    /// The texts, the minutes, an approval, and a paper that is sent to nobody. Only a municipality
    /// has a council to cite; minutes that nobody cites are sent to nobody.
    pub async fn papers(&mut self, officer: &Client) {
        let text = self.attach(officer, "text", "text").await;
        let set = self.text_set(officer, "text", &text).await;
        self.documents.insert("text_set", set);
        let minutes = self.attach(officer, "minutes", "council_minutes").await;
        self.attach(officer, "approval", "approval").await;
        self.attach(officer, "kept", "other").await;
        let approval = json!({"session_on": "2026-09-01", "document_id": minutes,
            "members": 19, "votes_for": 15, "votes_against": 3, "abstentions": 1});
        if is_municipality(self.lead) {
            self.edit(officer, &json!({"council_approval": approval}))
                .await;
        }
    }

    /// A version of the texts. The Spanish one is sent without its clauses, so that remarks on it
    /// can have canaries in their clauses.
    pub async fn text_set(&self, officer: &Client, group: &str, document: &str) -> String {
        let text = json!({"language": "es", "authenticity": "authentic", "document_id": document});
        let clause = json!({"number": "1", "heading": self.plant(group, "clause_heading"),
            "text": self.plant(group, "clause_text")});
        let other = json!({"language": "en", "authenticity": "translation",
            "document_id": document, "clauses": [clause]});
        let set = json!({"texts": [text, other]});
        let made = officer.post(&self.path("/text-sets"), &set).await;
        made.expect(201).id()
    }
}
