//! The passages of a case through its stages, from its history.

use super::{day, text};
use chrono::NaiveDate;
use serde_json::Value;

#[derive(Clone, Debug)]
pub struct StageDuration {
    pub stage: String,
    pub party: &'static str,
    /// The action that led to the stage.
    pub action: String,
    /// The stage before; the same stage if the owner started or stopped waiting for another party.
    pub from: Option<String>,
    pub entered: NaiveDate,
    pub left: Option<NaiveDate>,
}

/// Who must act when a case reaches a stage.
fn party(stage: &str) -> &'static str {
    match stage {
        "registered" | "withdrawn" | "out_of_scope" | "abandoned" => "none",
        "state_review" => "state",
        "federal_intake" | "legal_review" | "pending_registration" => "sre",
        _ => "owner",
    }
}

/// The passages that follow from the steps.
pub fn stage_durations(lines: &[Value]) -> Vec<StageDuration> {
    let mut found: Vec<StageDuration> = Vec::new();
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
        found.push(StageDuration {
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
