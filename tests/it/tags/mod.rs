//! Tags tell the truth: whatever a representation shows changes its tag, and what is recorded
//! changes its version and its instant too.

mod bounded;
mod copies;
mod followed;
mod meanwhile;
mod unchanged;
mod unseen;

use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde_json::Value;
use vinculo_tests::{Answer, Client, Request};

/// A record as a client keeps it: the answer, and its line of the list.
pub struct Kept {
    list: &'static str,
    path: String,
    answer: Answer,
    line: Value,
}

/// The line of a record in its list.
async fn line(client: &Client, list: &str, path: &str) -> Value {
    let found = client.get(&format!("{list}?limit=200")).await.expect(200);
    let items = found.json()["items"].as_array().unwrap().clone();
    let key = path.rsplit('/').next().unwrap();
    let named = |item: &Value| item["id"] == key || item["number"] == key;
    items.into_iter().find(named).unwrap()
}

/// The version of a line and its instant.
pub fn stamps(line: &Value) -> (i64, DateTime<Utc>) {
    let at = line["updated_at"].as_str().unwrap();
    (line["version"].as_i64().unwrap(), at.parse().unwrap())
}

impl Kept {
    /// Reads a record and its line.
    pub async fn of(client: &Client, list: &'static str, path: &str) -> Self {
        Self {
            list,
            path: path.to_owned(),
            answer: client.get(path).await.expect(200),
            line: line(client, list, path).await,
        }
    }

    pub fn json(&self) -> Value {
        self.answer.json()
    }

    /// What the tag is answered with now.
    pub async fn asked(&self, client: &Client) -> Answer {
        let request = Request::new(Method::GET, &self.path);
        let tag = self.answer.etag();
        client.send(request.header("if-none-match", &tag)).await
    }

    /// The tag is stale, and version and instant have moved, in the list too.
    #[track_caller]
    pub fn must_have_moved(&self, now: &Self) {
        assert_ne!(self.answer.text(), now.answer.text(), "{}", self.path);
        assert_ne!(self.answer.etag(), now.answer.etag(), "{}", self.path);
        let (before, after) = (stamps(&self.line), stamps(&now.line));
        assert!(after.0 > before.0, "{} {after:?} {before:?}", self.path);
        assert!(after.1 > before.1, "{} {after:?} {before:?}", self.path);
    }

    /// The same, read now.
    pub async fn has_moved(&self, client: &Client) -> Value {
        assert_eq!(self.asked(client).await.status, 200, "{}", self.path);
        let now = Self::of(client, self.list, &self.path).await;
        self.must_have_moved(&now);
        now.json()
    }

    /// Nothing of it has changed.
    pub async fn has_stayed(&self, client: &Client) {
        assert_eq!(self.asked(client).await.status, 304, "{}", self.path);
        let now = line(client, self.list, &self.path).await;
        assert_eq!(now, self.line, "{}", self.path);
    }
}
