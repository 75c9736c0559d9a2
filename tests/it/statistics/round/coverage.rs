//! The places of a reader's agreements, and how few places have most of them.

use super::super::expected::{self, Rows};
use super::super::slow::{Record, pages};
use super::Round;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use vinculo_domain::statistics::{shares, tenths};

impl Round<'_> {
    pub async fn places(&mut self) {
        let towns = pages(&self.reader.client, "/v1/governments?tier=municipality").await;
        let mut wanted = Rows::new();
        let signed = expected::signed(&self.records);
        for town in &towns {
            let of = |record: &&Record| record.parties.iter().any(|party| town["id"] == *party.id);
            let theirs: Vec<&Record> = signed.iter().filter(of).collect();
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
                "concentration?level=municipality&top=2&years=2",
                "municipality",
                None,
                2,
            ),
            (
                "concentration?kind=twinning&level=municipality&top=2&years=2",
                "municipality",
                Some("twinning"),
                2,
            ),
            (
                "concentration?level=state&by=territory&top=1&years=2",
                "state",
                None,
                1,
            ),
            (
                "concentration?level=state&top=1&years=2",
                "signing state",
                None,
                1,
            ),
        ] {
            self.concentration(path, level, only, top).await;
        }
    }

    async fn concentration(&mut self, path: &str, level: &str, only: Option<&str>, top: usize) {
        let dimension = if level == "municipality" {
            "municipality"
        } else {
            "state"
        };
        let leading = |records: &[Record]| {
            let kept = |record: &&Record| only.is_none_or(|kind| record.kind == kind);
            let total = i64::try_from(records.iter().filter(kept).count()).unwrap();
            let led = |record: &&Record| {
                kept(record) && (level != "signing state" || record.parties[0].tier == "state")
            };
            let led: Vec<Record> = records.iter().filter(led).cloned().collect();
            let all = expected::by(&led, &[dimension], false, self.on).into_iter();
            let mut all: Vec<(Vec<String>, i64)> = all.collect();
            all.retain(|(keys, _)| keys[0] != "none");
            all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            all.truncate(top);
            (all.into_iter().collect::<Rows>(), total)
        };
        let (mut wanted, total) = leading(&self.records);
        let mut points = vec![(self.on, wanted.values().sum::<i64>(), total)];
        for back in 1..=2 {
            let end = NaiveDate::from_ymd_opt(self.on.year() - back, 12, 31).unwrap();
            let seen = self.years.iter().find(|(day, _)| *day == end);
            let (rows, total) = seen.map(|(_, seen)| leading(seen)).unwrap_or_default();
            points.push((end, rows.values().sum(), total));
        }
        let named: i64 = wanted.values().sum();
        if total > named {
            wanted.insert(vec!["others".into()], total - named);
        }
        let answer = self.compare(path, wanted).await;
        let points = points.iter().map(|(end, count, total)| {
            let share = tenths(shares(&[*count, total - count])[0]);
            json!({"as_of": end, "total": total, "count": count, "share": share})
        });
        assert_eq!(answer["over_time"], points.collect::<Value>(), "{path}");
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
