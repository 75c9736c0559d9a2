//! How long the cases of a reader took, requested and counted.

use super::super::events::REVIEW_DAYS;
use super::super::expected::Rows;
use super::super::passages;
use super::Round;
use vinculo_domain::statistics::{Audience, Family, offered, shares, tenths};

impl Round<'_> {
    /// Against Jalisco's target for its review; nobody else has a target.
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
        for grouping in offered(Family::Time, Audience::Mine) {
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
