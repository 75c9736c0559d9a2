//! What the client knows: which requests were acknowledged, refused, or have an unknown outcome.

use crate::callers::{Answer, Caller, Request, Silence};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What a request would create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Counterpart,
    Agreement,
    /// A document of this case.
    Document(String),
    /// The withdrawal of this case.
    Withdrawal(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was answered as done.
    Acked,
    /// It was answered as not done.
    Refused,
    /// The outcome is unknown.
    Unknown,
}

#[derive(Debug, Clone)]
pub struct Entry {
    /// Its idempotency key, which is also the unique mark that identifies it in the store.
    pub mark: String,
    pub what: What,
    path: String,
    headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub verdict: Verdict,
    /// The answer's content.
    pub answer: Value,
    /// The status, and for a problem its code.
    pub said: String,
}

impl Entry {
    fn new(mark: &str, what: What, path: String) -> Self {
        Self {
            mark: mark.to_owned(),
            what,
            path,
            headers: vec![("idempotency-key", mark.to_owned())],
            body: Vec::new(),
            verdict: Verdict::Unknown,
            answer: Value::Null,
            said: String::new(),
        }
    }

    fn json(mut self, body: &Value) -> Self {
        self.headers
            .push(("content-type", "application/json".into()));
        self.body = body.to_string().into_bytes();
        self
    }

    pub fn counterpart(mark: &str) -> Self {
        let body =
            json!({"kind": "foreign_government", "level": "local", "name": mark, "country": "JP"});
        Self::new(mark, What::Counterpart, "/v1/counterparts".into()).json(&body)
    }

    pub fn agreement(mark: &str) -> Self {
        let body = json!({"kind": "twinning", "title": mark});
        Self::new(mark, What::Agreement, "/v1/agreements".into()).json(&body)
    }

    pub fn withdrawal(mark: &str, case: &str, version: u64) -> Self {
        let path = format!("/v1/agreements/{case}/transitions");
        let mut entry = Self::new(mark, What::Withdrawal(case.into()), path)
            .json(&json!({"action": "withdraw", "reason": "Ya no se firmará."}));
        entry.headers.push(("if-match", format!("\"{version}\"")));
        entry
    }

    /// A small PDF that contains its mark.
    pub fn document(mark: &str, case: &str) -> Self {
        let path = format!("/v1/agreements/{case}/documents");
        let mut entry = Self::new(mark, What::Document(case.into()), path);
        let file = vinculo_api::fixtures::pdf(mark);
        let mut body =
            b"--XX\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\nother\r\n".to_vec();
        body.extend_from_slice(
            format!(
                "--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{mark}.pdf\"\r\n\
                 content-type: application/pdf\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(&file);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        entry
            .headers
            .push(("content-type", "multipart/form-data; boundary=XX".into()));
        entry.body = body;
        entry
    }

    /// Sends it; returns false if nobody accepted the connection.
    pub fn send(&mut self, caller: &mut Caller) -> bool {
        let answer = caller.send(&Request {
            method: "POST",
            path: &self.path,
            headers: self.headers.clone(),
            body: &self.body,
        });
        match answer {
            Ok(answer) => self.heard(&answer),
            Err(Silence::Unsent) => return false,
            Err(Silence::Unknown) => self.verdict = Verdict::Unknown,
        }
        true
    }

    fn heard(&mut self, answer: &Answer) {
        self.said = format!("{} {}", answer.status, answer.code());
        self.answer = answer.json();
        self.verdict = match answer.status {
            200..300 => Verdict::Acked,
            503 if answer.code() == "outcome_unknown" => Verdict::Unknown,
            _ => Verdict::Refused,
        };
    }

    pub fn id(&self) -> &str {
        self.answer["id"].as_str().unwrap_or_default()
    }
}

#[derive(Debug, Default, Clone)]
pub struct Ledger {
    pub entries: Vec<Entry>,
    /// How many requests had an unknown outcome, and how many of those had been carried out.
    pub unknown: usize,
}

impl Ledger {
    pub fn acked(&self) -> usize {
        let acked = self.entries.iter();
        acked
            .filter(|entry| entry.verdict == Verdict::Acked)
            .count()
    }

    pub fn refused(&self) -> usize {
        let refused = self.entries.iter();
        refused
            .filter(|entry| entry.verdict == Verdict::Refused)
            .count()
    }

    /// Repeats requests of unknown outcome under the same key until the service answers.
    pub fn settle(&mut self, mut entries: Vec<Entry>, caller: &mut Caller) {
        let begun = Instant::now();
        for entry in &mut entries {
            if entry.verdict != Verdict::Unknown {
                continue;
            }
            self.unknown += 1;
            loop {
                let heard = entry.send(caller);
                let busy = entry.said.starts_with("503");
                if heard && entry.verdict != Verdict::Unknown && !busy {
                    break;
                }
                assert!(
                    begun.elapsed() < Duration::from_secs(60),
                    "it cannot be repeated: {entry:?}"
                );
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        self.entries.extend(entries);
    }
}
