//! One reader's figures for one day: each is requested and compared with the slow count.

mod coverage;
mod times;

use super::expected::{self, Rows};
use super::passages;
use super::slow::{Reader, Record};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;
use vinculo_domain::statistics::{Audience, Family, offered, shares, tenths};

/// The answers, by viewer and address.
pub type Answers = BTreeMap<(String, String), String>;

/// The rows of an answer, with its labels, shares and sums checked.
fn rows(answer: &Value) -> Rows {
    let by: Vec<&str> = answer["by"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    let mut rows = Rows::new();
    let (mut parts, mut sum) = (0, 0);
    let counted = answer["counted"].as_i64().unwrap();
    for row in answer["rows"].as_array().unwrap() {
        let keys = by
            .iter()
            .map(|one| row["keys"][*one].as_str().unwrap().to_owned());
        for one in &by {
            assert!(!row["labels"][*one].as_str().unwrap().is_empty(), "{row}");
        }
        let count = row["count"].as_i64().unwrap();
        let share = row["share"].as_f64().unwrap();
        assert!((share * 10.0).fract().abs() < 1e-6, "{row}");
        #[expect(clippy::cast_possible_truncation, reason = "tenths of a per cent")]
        let share = (share * 10.0).round() as i64;
        if counted > 0 {
            assert!((share - count * 1000 / counted).abs() <= 1, "{answer}");
        }
        (parts, sum) = (parts + share, sum + count);
        assert!(
            rows.insert(keys.collect(), count).is_none(),
            "a row stands twice: {answer}"
        );
    }
    assert_eq!(sum, counted, "{answer}");
    assert_eq!(parts, if sum == 0 { 0 } else { 1000 }, "{answer}");
    rows.retain(|_, count| *count > 0);
    rows
}

fn quality(answer: &Value, records: &[Record]) {
    let share = |has: fn(&Record) -> bool| {
        let with = i64::try_from(records.iter().filter(|record| has(record)).count()).unwrap();
        let all = i64::try_from(records.len()).unwrap();
        (all > 0).then(|| shares(&[with, all - with])[0])
    };
    for (name, wanted) in [
        ("with_date", share(|record| record.signed_on.is_some())),
        ("with_text", share(|record| record.has_text)),
        ("with_validity", share(|record| !record.validity.is_null())),
    ] {
        let found = answer["quality"][name].as_f64();
        let wanted = wanted.map(tenths);
        assert_eq!(found, wanted, "{name}: {answer}");
    }
    assert_eq!(answer["total"], records.len(), "{answer}");
}

/// One reader's figures for one day.
pub struct Round<'a> {
    pub reader: Reader<'a>,
    pub records: Vec<Record>,
    /// What the reader saw at the end of each past year.
    pub years: Vec<(NaiveDate, Vec<Record>)>,
    pub on: NaiveDate,
    pub answers: Answers,
}

impl Round<'_> {
    fn base(&self) -> &'static str {
        if self.reader.viewer == "public" {
            "/v1/statistics"
        } else {
            "/v1/statistics/mine"
        }
    }

    fn audience(&self) -> Audience {
        if self.reader.viewer == "public" {
            Audience::Public
        } else {
            Audience::Mine
        }
    }

    async fn ask(&mut self, path: &str) -> Value {
        let path = format!("{}/{path}", self.base());
        let answer = self.reader.client.get(&path).await.expect(200);
        let key = (self.reader.viewer.to_owned(), path);
        self.answers.insert(key, answer.text());
        answer.json()
    }

    async fn compare(&mut self, path: &str, wanted: Rows) -> Value {
        let answer = self.ask(path).await;
        let (viewer, on) = (self.reader.viewer, self.on);
        assert_eq!(rows(&answer), wanted, "{viewer} {on} {path}\n{answer}");
        assert_eq!(answer["as_of"], on.to_string());
        answer
    }

    pub async fn stock(&mut self) {
        for family in [Family::Stock, Family::Gaps, Family::Life] {
            if family == Family::Gaps && self.reader.viewer == "public" {
                continue;
            }
            let word: &str = family.into();
            let records = if family == Family::Life {
                expected::signed(&self.records)
            } else {
                self.records.clone()
            };
            for grouping in offered(family, self.audience()) {
                let by: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
                let path = format!("{word}?by={}", by.join(","));
                let count = |participations| {
                    if by[0] == "annotation" {
                        expected::annotated(&records, &by, participations)
                    } else {
                        expected::by(&records, &by, participations, self.on)
                    }
                };
                let (wanted, participations) = (count(false), count(true));
                let answer = self.compare(&path, wanted).await;
                quality(&answer, &records);
                if family != Family::Gaps {
                    let path = format!("{path}&count_by=participations");
                    self.compare(&path, participations).await;
                }
            }
        }
    }

    pub async fn narrowed(&mut self) {
        let on = self.on;
        let any_state = |record: &Record| {
            let mut states = record.parties.iter();
            states.any(|party| party.state.as_deref() == Some("14"))
        };
        let any_country = |record: &Record| {
            let mut found = record.counterparts.iter();
            found.any(|one| one.2.as_deref() == Some("US"))
        };
        type Test<'t> = (&'static str, Box<dyn Fn(&Record) -> bool + 't>);
        let tests: Vec<Test<'_>> = vec![
            ("state=14", Box::new(any_state)),
            ("country=US", Box::new(any_country)),
            (
                "kind=twinning",
                Box::new(|record| record.kind == "twinning"),
            ),
            (
                "tier=municipality",
                Box::new(|record| record.parties[0].tier == "municipality"),
            ),
            (
                "theme=culture",
                Box::new(|record| record.themes.contains(&"culture".to_owned())),
            ),
            (
                "year=1998",
                Box::new(|record| {
                    record
                        .signed_on
                        .as_deref()
                        .is_some_and(|day| day.starts_with("1998"))
                }),
            ),
            (
                "standing=in_force",
                Box::new(move |record| expected::standing(record, on) == "in_force"),
            ),
            (
                "country=US&kind=twinning&state=14",
                Box::new(move |record| {
                    record.kind == "twinning" && any_state(record) && any_country(record)
                }),
            ),
        ];
        for (filter, test) in tests {
            let records: Vec<Record> = self
                .records
                .iter()
                .filter(|record| test(record))
                .cloned()
                .collect();
            for by in [&["tier"][..], &["standing"], &["theme"], &["state", "kind"]] {
                let path = format!("stock?by={}&{filter}", by.join(","));
                let answer = self
                    .compare(&path, expected::by(&records, by, false, on))
                    .await;
                quality(&answer, &records);
            }
            let path = format!("flow?by=event,year&{filter}");
            self.compare(&path, passages::flow(&records, Some("year"), on))
                .await;
        }
    }

    pub async fn flow(&mut self) {
        for grouping in offered(Family::Flow, self.audience()) {
            let by: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
            let mut path = format!("flow?by={}", by.join(","));
            let mut records = self.records.clone();
            if by.contains(&"administration") {
                // A breakdown by administration names the government.
                path.push_str("&state=14");
                records.retain(|record| {
                    let mut parties = record.parties.iter();
                    parties.any(|party| party.state.as_deref() == Some("14"))
                });
            }
            let wanted = passages::flow(&records, by.get(1).copied(), self.on);
            self.compare(&path, wanted).await;
        }
    }
}
