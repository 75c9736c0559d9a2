//! What the service answered to Schemathesis, and whether that proves anything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

const DOCUMENT: &str = "openapi/openapi.json";

/// Only one case of the demonstration data has other parties. These operations succeed only on that
/// case, with the parties' own papers.
const NEVER_DONE: [&str; 3] = [
    "POST /v1/agreements/{id}/adhesions",
    "POST /v1/agreements/{id}/confirmations",
    "POST /v1/agreements/{id}/departures",
];

/// How often an operation answered with each status.
#[derive(Default)]
pub struct Answers(BTreeMap<(String, u16), u64>);

impl Answers {
    /// Adds the counts in a file: lines of operation, status and count.
    pub fn read(&mut self, path: &Path) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        let text = std::fs::read_to_string(path).map_err(failed)?;
        for line in text.lines() {
            let (what, count) = parse(line).ok_or_else(|| format!("{}: {line}", path.display()))?;
            *self.0.entry(what).or_default() += count;
        }
        Ok(())
    }

    /// Adds the counts of another run.
    pub fn add(&mut self, other: Self) {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// Prints how much was tried. A run that reaches nothing also finds nothing, so every operation
    /// must have succeeded once, but for those of the kinds that were left out.
    pub fn expect_all_done(&self, engine: &str, left_out: &[&str]) -> Result<(), String> {
        let operations = operations()?;
        let requests: u64 = self.0.values().sum();
        println!(
            "{engine}: {} operations, {requests} requests",
            operations.len()
        );
        let done: BTreeSet<&str> = self
            .0
            .keys()
            .filter(|(_, status)| (200..300).contains(status))
            .map(|(operation, _)| operation.as_str())
            .collect();
        let missing: Vec<&str> = operations
            .iter()
            .map(String::as_str)
            .filter(|operation| !done.contains(operation) && !NEVER_DONE.contains(operation))
            .filter(|operation| {
                let mut kinds = left_out.iter();
                !kinds.any(|kind| operation.contains(&format!(" /v1/{kind}")))
            })
            .collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(format!("{engine}: never once done: {}", missing.join(", ")))
        }
    }
}

fn parse(line: &str) -> Option<((String, u16), u64)> {
    let mut parts = line.split('\t');
    let (operation, status, count) = (parts.next()?, parts.next()?, parts.next()?);
    let status = status.parse().ok()?;
    Some(((operation.to_owned(), status), count.parse().ok()?))
}

/// The operations of the document, named as Schemathesis names them.
fn operations() -> Result<BTreeSet<String>, String> {
    let text = std::fs::read_to_string(DOCUMENT).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let document: Value =
        serde_json::from_str(&text).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let paths = document.get("paths").and_then(Value::as_object);
    let named = paths.into_iter().flatten().flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flat_map(serde_json::Map::keys);
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    Ok(named.collect())
}
