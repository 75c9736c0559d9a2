//! One reader's figures on one day, each asked for and each counted slowly.

use super::errands::REVIEW_DAYS;
use super::expected::{self, Rows};
use super::passages;
use super::slow::{Reader, Record, pages};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;
use vinculo_domain::statistics::{Family, Sight, offered, shares, tenths};

/// What was answered, by viewer and address.
pub type Answers = BTreeMap<(String, String), String>;

/// The rows of an answer, checked in themselves: labels, shares and sums.
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

/// One reader's figures on one day, each asked and counted.
pub struct Round<'a> {
    pub reader: Reader<'a>,
    pub records: Vec<Record>,
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

    fn sight(&self) -> Sight {
        if self.reader.viewer == "public" {
            Sight::Public
        } else {
            Sight::Mine
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
            for grouping in offered(family, self.sight()) {
                let by: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
                let path = format!("{word}?by={}", by.join(","));
                let wanted = expected::by(&records, &by, false, self.on);
                let answer = self.compare(&path, wanted).await;
                quality(&answer, &records);
                if family != Family::Gaps {
                    let path = format!("{path}&count_by=participations");
                    let wanted = expected::by(&records, &by, true, self.on);
                    self.compare(&path, wanted).await;
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
        for grouping in offered(Family::Flow, self.sight()) {
            let by: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
            let mut path = format!("flow?by={}", by.join(","));
            let mut records = self.records.clone();
            if by.contains(&"administration") {
                // Whose administrations is said by the government that is asked for.
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

    /// Against what Jalisco has set itself for its review; nobody else has set anything.
    async fn targets(&mut self) {
        let answer = self.ask("time?by=stage").await;
        for row in answer["rows"].as_array().unwrap() {
            let stage = row["keys"]["stage"].as_str().unwrap();
            let days = passages::durations(&self.records, &["stage"], self.on);
            let days = days.over.get(&vec![stage.to_owned()]).cloned();
            let days = days.filter(|_| stage == "state_review").unwrap_or_default();
            let soon = days.iter().filter(|day| **day <= REVIEW_DAYS).count();
            let [soon, late] = [soon, days.len() - soon].map(|count| i64::try_from(count).unwrap());
            let share = (soon + late > 0).then(|| tenths(shares(&[soon, late])[0]));
            assert_eq!(row["measures"]["within_target"].as_f64(), share, "{row}");
        }
    }

    pub async fn time(&mut self) {
        self.targets().await;
        for grouping in offered(Family::Time, Sight::Mine) {
            let by: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
            let path = format!("time?by={}&target_days=2", by.join(","));
            if by == ["rounds"] {
                let wanted = passages::rounds(&self.records);
                self.compare(&path, wanted).await;
                continue;
            }
            if by[1..] == ["age"] {
                let wanted = passages::durations(&self.records, &by[..1], self.on).waiting;
                let mut rows = Rows::new();
                for (mut keys, ages) in wanted {
                    for age in ages {
                        keys.truncate(1);
                        keys.push(band(age).to_owned());
                        *rows.entry(keys.clone()).or_default() += 1;
                    }
                }
                self.compare(&path, rows).await;
                continue;
            }
            let wanted = passages::durations(&self.records, &by, self.on);
            let counts = wanted
                .over
                .iter()
                .map(|(keys, days)| (keys.clone(), i64::try_from(days.len()).unwrap()));
            let answer = self.compare(&path, counts.collect()).await;
            for row in answer["rows"].as_array().unwrap() {
                let keys: Vec<String> = by
                    .iter()
                    .map(|one| row["keys"][*one].as_str().unwrap().to_owned())
                    .collect();
                let mut days = wanted.over.get(&keys).cloned().unwrap_or_default();
                days.sort_unstable();
                let rank = |percent: usize| {
                    days.get((days.len() * percent).div_ceil(100).wrapping_sub(1))
                        .copied()
                };
                let measures = &row["measures"];
                assert_eq!(
                    measures["median_days"].as_i64(),
                    rank(50).map(i64::from),
                    "{row} {days:?}"
                );
                assert_eq!(
                    measures["p90_days"].as_i64(),
                    rank(90).map(i64::from),
                    "{row} {days:?}"
                );
                assert_eq!(
                    measures["waiting"],
                    wanted.waiting.get(&keys).map_or(0, Vec::len),
                    "{row}"
                );
                let soon = i64::try_from(days.iter().filter(|day| **day <= 2).count()).unwrap();
                let late = i64::try_from(days.len()).unwrap() - soon;
                let share = (soon + late > 0).then(|| tenths(shares(&[soon, late])[0]));
                assert_eq!(measures["within_target"].as_f64(), share, "{row} {days:?}");
            }
        }
    }

    pub async fn places(&mut self) {
        let towns = pages(&self.reader.client, "/v1/governments?tier=municipality").await;
        let mut wanted = Rows::new();
        for town in &towns {
            let of = |record: &&Record| record.parties.iter().any(|party| town["id"] == *party.id);
            let theirs: Vec<&Record> = self.records.iter().filter(of).collect();
            let in_force = |record: &&Record| expected::standing(record, self.on) == "in_force";
            let mark = match theirs.len() {
                0 => "none",
                _ if theirs.iter().any(in_force) => "active",
                _ => "ever",
            };
            let state = town["parent_id"].as_str().unwrap().to_owned();
            *wanted.entry(vec![state, mark.to_owned()]).or_default() += 1;
        }
        assert_eq!(towns.len(), 2478);
        let mut national = Rows::new();
        for (keys, count) in &wanted {
            *national.entry(keys[1..].to_vec()).or_default() += count;
        }
        self.compare("coverage?by=state,coverage", wanted).await;
        self.compare("coverage?by=coverage", national).await;
        if self.reader.viewer != "public" {
            let wanted = Rows::from([
                (vec!["in_force".to_owned()], 1),
                (vec!["none".to_owned()], 31),
            ]);
            self.compare("coverage?by=mechanism", wanted).await;
        }
        for (path, level, only, top) in [
            (
                "concentration?level=municipality&top=2",
                "municipality",
                None,
                2,
            ),
            (
                "concentration?kind=twinning&level=municipality&top=2",
                "municipality",
                Some("twinning"),
                2,
            ),
            (
                "concentration?level=state&by=territory&top=1",
                "state",
                None,
                1,
            ),
            ("concentration?level=state&top=1", "signing state", None, 1),
        ] {
            self.concentration(path, level, only, top).await;
        }
    }

    async fn concentration(&mut self, path: &str, level: &str, only: Option<&str>, top: usize) {
        let kept = |record: &&Record| only.is_none_or(|kind| record.kind == kind);
        let records: Vec<Record> = self.records.iter().filter(kept).cloned().collect();
        let led = |record: &&Record| level != "signing state" || record.parties[0].tier == "state";
        let led: Vec<Record> = records.iter().filter(led).cloned().collect();
        let dimension = if level == "municipality" {
            "municipality"
        } else {
            "state"
        };
        let mut all: Vec<(Vec<String>, i64)> = expected::by(&led, &[dimension], false, self.on)
            .into_iter()
            .collect();
        all.retain(|(keys, _)| keys[0] != "none");
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all.truncate(top);
        let mut wanted: Rows = all.into_iter().collect();
        let named: i64 = wanted.values().sum();
        let total = i64::try_from(records.len()).unwrap();
        if total > named {
            wanted.insert(vec!["others".into()], total - named);
        }
        let answer = self.compare(path, wanted).await;
        let now = &answer["over_time"][0];
        assert_eq!(
            (&now["count"], &now["total"]),
            (&named.into(), &total.into()),
            "{answer}"
        );
        if path.contains("territory") && named > 0 {
            let areas: Vec<Value> = pages(&self.reader.client, "/v1/governments?tier=state").await;
            let nation: i64 = areas
                .iter()
                .map(|state| state["area_km2"].as_i64().unwrap())
                .sum();
            let key = answer["rows"][0]["keys"]["state"].as_str().unwrap();
            let area = areas.iter().find(|state| state["id"] == key).unwrap()["area_km2"]
                .as_i64()
                .unwrap();
            let measures = &answer["measures"];
            assert_eq!(measures["area_km2"], area);
            let share = shares(&[area, nation - area])[0];
            assert_eq!(measures["territory_share"].as_f64(), Some(tenths(share)));
        }
    }
}

fn band(age: i64) -> &'static str {
    match age {
        ..30 => "days_0_29",
        30..90 => "days_30_89",
        90..180 => "days_90_179",
        180..365 => "days_180_364",
        _ => "days_365_on",
    }
}
