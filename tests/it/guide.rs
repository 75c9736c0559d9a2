//! The guided case: what the guide says at each moment, checked against expectations written by
//! hand and against the refusals of the actions.

mod ends;
mod refused;
mod walk;

use serde_json::Value;
use std::collections::BTreeSet;
use vinculo_tests::{Answer, Client};

/// The steps that every case has, in order; test strings list the states in this order.
const ROAD: [&str; 16] = [
    "initiative",
    "counterpart",
    "own_powers",
    "council_approval",
    "parties_confirmation",
    "texts",
    "announcement",
    "submission",
    "state_review",
    "intake",
    "legal_review",
    "opinion",
    "signature",
    "signed_copies",
    "registry",
    "after_inscription",
];

async fn read(client: &Client, case: &str) -> Answer {
    client.get(&format!("/v1/agreements/{case}/guide")).await
}

fn steps(guide: &Value) -> &Vec<Value> {
    guide["steps"].as_array().unwrap()
}

fn step<'a>(guide: &'a Value, name: &str) -> Option<&'a Value> {
    steps(guide).iter().find(|step| step["step"] == name)
}

/// One letter for each step: done, current, missing, later, - not applicable.
fn states(guide: &Value) -> String {
    let letter = |name: &&str| match step(guide, name).unwrap()["state"].as_str().unwrap() {
        "done" => 'D',
        "current" => 'C',
        "missing" => 'M',
        "later" => 'L',
        "not_applicable" => '-',
        other => panic!("{other}"),
    };
    ROAD.iter().map(letter).collect()
}

/// The codes in one of the lists, over all steps.
fn needs(guide: &Value, list: &str) -> BTreeSet<String> {
    let all = steps(guide)
        .iter()
        .flat_map(|step| step[list].as_array().unwrap());
    all.map(|need| need["need"].as_str().unwrap().to_owned())
        .collect()
}

/// Who must act, in the steps that are due.
fn turns(guide: &Value) -> BTreeSet<String> {
    let due = steps(guide)
        .iter()
        .filter(|step| matches!(step["state"].as_str(), Some("current" | "missing")));
    let actors = due.flat_map(|step| step["actors"].as_array().unwrap());
    actors
        .map(|actor| actor["government_id"].as_str().unwrap().to_owned())
        .collect()
}

fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn every_link_of_the_steps_leads_to_an_operation() {
    let known: BTreeSet<&str> = vinculo_api::operations::all()
        .iter()
        .map(|operation| operation.id)
        .collect();
    for row in vinculo_domain::guide::STEPS {
        for operation in row.operations {
            assert!(known.contains(operation), "{:?}: {operation}", row.step);
        }
    }
}
