//! Events and durations, counted slowly.

use super::events::{PERIODS, ministry_days};
use super::expected::{Rows, is_signed, keys};
use super::slow::{Record, StageDuration};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use vinculo_domain::calendars::Calendar;

fn event(passed: &StageDuration) -> Option<&'static str> {
    let from = passed.from.as_deref();
    if from == Some(&*passed.stage) {
        return None;
    }
    let reviewers = [
        "state_review",
        "federal_intake",
        "legal_review",
        "pending_registration",
        "out_of_scope",
    ];
    match passed.stage.as_str() {
        "state_review" | "federal_intake" => from
            .is_none_or(|from| !reviewers.contains(&from))
            .then_some("received"),
        "returned" => (passed.action == "return_to_owner" && from.is_some()).then_some("returned"),
        "observed" => from.map(|_| "observed"),
        _ if passed.action == "issue_opinion" => from.map(|_| "opined"),
        _ => None,
    }
}

/// The administration of Jalisco in office at the end of the month.
fn in_office(when: &str) -> String {
    let month = when.get(..7).unwrap_or("9999-99");
    let last = PERIODS
        .iter()
        .rev()
        .find(|(starts, _)| &starts[..7] <= month);
    last.filter(|_| month.starts_with(['1', '2']))
        .map_or("unknown", |(starts, _)| *starts)
        .to_owned()
}

/// Events by month, year, nothing, or a property of the agreement.
pub fn flow(records: &[Record], second: Option<&str>, on: NaiveDate) -> Rows {
    let mut rows = Rows::new();
    for record in records {
        let mut happened: Vec<(&str, String)> = Vec::new();
        if is_signed(record) {
            happened.push(("signed", record.signed_on.clone().unwrap_or_default()));
        }
        happened.extend(record.announced_on.clone().map(|day| ("announced", day)));
        happened.extend(record.registered_on.clone().map(|day| ("registered", day)));
        for passed in &record.stage_durations {
            happened.extend(event(passed).map(|event| (event, passed.entered.to_string())));
        }
        for (event, when) in happened {
            let second = second.map(|second| match second {
                "month" if when.len() < 7 => "unknown".to_owned(),
                "month" => when[..7].to_owned(),
                "administration" => in_office(&when),
                "year" if when.is_empty() => "unknown".to_owned(),
                "year" => when[..4].to_owned(),
                other => keys(record, other, on).remove(0),
            });
            let keys = [event.to_owned()].into_iter().chain(second);
            *rows.entry(keys.collect()).or_default() += 1;
        }
    }
    rows
}

/// The business days of finished passages, and the days of open ones.
pub struct Durations {
    pub over: BTreeMap<Vec<String>, Vec<i32>>,
    pub waiting: BTreeMap<Vec<String>, Vec<i64>>,
}

pub fn durations(records: &[Record], dimensions: &[&str], on: NaiveDate) -> Durations {
    let usual = Calendar::default_for_mexico();
    let ministry = Calendar::of(&serde_json::from_value(ministry_days()).unwrap());
    let (mut over, mut waiting) = (BTreeMap::new(), BTreeMap::new());
    for record in records {
        for passed in record
            .stage_durations
            .iter()
            .filter(|passed| passed.party != "none")
        {
            let first = match dimensions[0] {
                "party" => passed.party.to_owned(),
                _ => passed.stage.clone(),
            };
            let second = dimensions
                .get(1)
                .map(|second| keys(record, second, on).remove(0));
            let keys: Vec<String> = [first].into_iter().chain(second).collect();
            let calendar = if passed.party == "sre" {
                &ministry
            } else {
                &usual
            };
            if let Some(left) = passed.left {
                let days = passed
                    .entered
                    .iter_days()
                    .skip(1)
                    .take_while(|day| *day <= left);
                let days = days.filter(|day| calendar.is_business_day(*day)).count();
                let list: &mut Vec<i32> = over.entry(keys).or_default();
                list.push(i32::try_from(days).unwrap());
            } else {
                let list: &mut Vec<i64> = waiting.entry(keys).or_default();
                list.push((on - passed.entered).num_days());
            }
        }
    }
    Durations { over, waiting }
}

/// How often the text came to legal review.
pub fn rounds(records: &[Record]) -> Rows {
    let mut rows = Rows::new();
    for record in records {
        let times = record
            .stage_durations
            .iter()
            .filter(|passed| passed.stage == "legal_review")
            .count();
        if times > 0 {
            *rows.entry(vec![times.to_string()]).or_default() += 1;
        }
    }
    rows
}
