//! The passages of a case through its stages, as the history tells of them.

use super::{day, text};
use chrono::NaiveDate;
use serde_json::Value;

/// A passage through a stage.
#[derive(Clone, Debug)]
pub struct Spell {
    pub stage: String,
    pub party: &'static str,
    /// The action that led here.
    pub action: String,
    /// Where it was before; itself, where the owner turned to another party meanwhile.
    pub from: Option<String>,
    pub entered: NaiveDate,
    pub left: Option<NaiveDate>,
}

/// For whom a case waits when it comes to a stage.
fn party(stage: &str) -> &'static str {
    match stage {
        "registered" | "withdrawn" | "out_of_scope" | "abandoned" => "none",
        "state_review" => "state",
        "federal_intake" | "legal_review" | "pending_registration" => "sre",
        _ => "owner",
    }
}

/// The passages that the steps tell of.
pub fn spells(lines: &[Value]) -> Vec<Spell> {
    let mut found: Vec<Spell> = Vec::new();
    for line in lines {
        let stage = text(&line["to_stage"]).unwrap();
        let at = day(&line["at"]);
        let from = found.last().map(|last| last.stage.clone());
        let mut party = party(&stage);
        if from.as_ref() == Some(&stage) {
            if line["action"] != "wait" {
                continue;
            }
            if found.last().is_some_and(|last| last.party == "owner") {
                party = "counterpart";
            }
        }
        if let Some(last) = found.last_mut() {
            last.left = Some(at);
        }
        found.push(Spell {
            action: text(&line["action"]).unwrap(),
            stage,
            party,
            from,
            entered: at,
            left: None,
        });
    }
    found
}
