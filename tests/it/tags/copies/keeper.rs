//! The client: it reads a list as far as it is new, and the records whose line says that they
//! changed.

use super::super::stamps;
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use vinculo_domain::copies::ask_since;
use vinculo_tests::Client;

/// What is shown and not recorded: it follows from the day and the reader's roles.
const UNRECORDED: [&str; 2] = ["available_transitions", "standing"];

struct Record {
    stamps: (i64, DateTime<Utc>),
    line: Value,
    shown: Value,
}

/// A line, without what follows from the day.
fn recorded(line: &Value) -> Value {
    let mut line = line.clone();
    let fields = line.as_object_mut().unwrap();
    for name in UNRECORDED {
        fields.remove(name);
    }
    line
}

pub struct Keeper {
    name: &'static str,
    client: Client,
    list: &'static str,
    /// Whether the list comes with the latest change first.
    newest_first: bool,
    /// The last instant that it knows; all is asked for from there, or from somewhat earlier.
    newest: Option<DateTime<Utc>>,
    overlaps: bool,
    kept: BTreeMap<String, Record>,
}

fn key(line: &Value) -> String {
    let key = line.get("id").or_else(|| line.get("number"));
    key.unwrap().as_str().unwrap().to_owned()
}

impl Keeper {
    pub fn of_cases(name: &'static str, client: Client) -> Self {
        Self {
            name,
            client,
            list: "/v1/agreements",
            newest_first: true,
            newest: None,
            overlaps: false,
            kept: BTreeMap::new(),
        }
    }

    pub fn of_registry(client: Client) -> Self {
        Self {
            list: "/v1/registry",
            newest_first: false,
            ..Self::of_cases("public", client)
        }
    }

    /// The same, asking again for the last minutes that it knows.
    pub fn with_overlap(self) -> Self {
        Self {
            overlaps: true,
            ..self
        }
    }

    /// The lines of the list, up to the first that is not wanted.
    async fn lines(&self, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut lines = Vec::new();
        let mut path = format!("{}?limit=50", self.list);
        loop {
            let page = self.client.get(&path).await.expect(200).json();
            for item in page["items"].as_array().unwrap() {
                if !wanted(item) {
                    return lines;
                }
                lines.push(item.clone());
            }
            match page["next_cursor"].as_str() {
                Some(next) => path = format!("{}?limit=50&cursor={next}", self.list),
                None => return lines,
            }
        }
    }

    /// A record, without what is not recorded.
    async fn read(&self, key: &str) -> Value {
        let path = format!("{}/{key}", self.list);
        let mut shown = self.client.get(&path).await.expect(200).json();
        let fields = shown.as_object_mut().unwrap();
        for name in UNRECORDED {
            fields.remove(name);
        }
        shown
    }

    /// Looks what is new; gives how many records it had to read.
    pub async fn sync(&mut self) -> usize {
        let since = self.newest;
        let since = since.map(|at| if self.overlaps { ask_since(at) } else { at });
        let is_new = |line: &Value| since.is_none_or(|since| stamps(line).1 >= since);
        let lines = if self.newest_first {
            self.lines(is_new).await
        } else {
            let mut lines = self.lines(|_line| true).await;
            lines.retain(is_new);
            lines
        };
        let mut read = 0;
        for line in lines {
            let (key, now) = (key(&line), stamps(&line));
            self.newest = self.newest.max(Some(now.1));
            if self.kept.get(&key).is_some_and(|known| known.stamps == now) {
                continue;
            }
            let shown = self.read(&key).await;
            let record = Record {
                stamps: now,
                line: recorded(&line),
                shown,
            };
            self.kept.insert(key, record);
            read += 1;
        }
        self.forget().await;
        read
    }

    /// Drops what is gone. Nothing new is missing by now, so the count alone tells whether anything
    /// is.
    async fn forget(&mut self) {
        let path = format!("{}?limit=1&count=true", self.list);
        let total = self.client.get(&path).await.expect(200).json()["total"].clone();
        if total == self.kept.len() {
            return;
        }
        let there = self.lines(|_line| true).await;
        let there: BTreeSet<String> = there.iter().map(key).collect();
        self.kept.retain(|key, _| there.contains(key));
    }

    /// Where the copy and the server differ.
    pub async fn differences(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut kept: BTreeSet<&String> = self.kept.keys().collect();
        for line in self.lines(|_line| true).await {
            let key = key(&line);
            kept.remove(&key);
            let Some(known) = self.kept.get(&key) else {
                found.push(format!("{} misses {key}", self.name));
                continue;
            };
            if known.stamps != stamps(&line) {
                found.push(format!("{} has an earlier line of {key}", self.name));
            }
            let now = recorded(&line);
            if known.line != now {
                found.push(format!(
                    "{} of {key}: the line is {now}, not {}",
                    self.name, known.line
                ));
            }
            let now = self.read(&key).await;
            for (field, value) in now.as_object().unwrap() {
                if known.shown[field] != *value {
                    let had = &known.shown[field];
                    found.push(format!(
                        "{} of {key}: {field} is {value}, not {had}",
                        self.name
                    ));
                }
            }
        }
        found.extend(
            kept.into_iter()
                .map(|key| format!("{} still has {key}", self.name)),
        );
        found
    }
}
