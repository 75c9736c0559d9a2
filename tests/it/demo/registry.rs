//! The demonstration's registry, counted from its public pages, against the ministry's figures.

use serde_json::Value;
use std::collections::BTreeMap;
use vinculo_tests::Client;

/// Every line of the registry, read page by page without signing in.
async fn lines(nobody: &Client) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut path = "/v1/registry?limit=200".to_owned();
    loop {
        let page = nobody.get(&path).await.expect(200).json();
        lines.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/v1/registry?limit=200&cursor={cursor}"),
            None => return lines,
        }
    }
}

/// The area of every state, and the state of each municipality.
async fn territory(nobody: &Client) -> (BTreeMap<String, f64>, BTreeMap<String, String>) {
    let (mut areas, mut parents) = (BTreeMap::new(), BTreeMap::new());
    for tier in ["state", "municipality"] {
        let mut path = format!("/v1/governments?tier={tier}&limit=200");
        loop {
            let page = nobody.get(&path).await.expect(200).json();
            for one in page["items"].as_array().unwrap() {
                let id = one["id"].as_str().unwrap().to_owned();
                if tier == "state" {
                    areas.insert(id, one["area_km2"].as_f64().unwrap());
                } else {
                    parents.insert(id, one["parent_id"].as_str().unwrap().to_owned());
                }
            }
            match page["next_cursor"].as_str() {
                Some(cursor) => {
                    path = format!("/v1/governments?tier={tier}&limit=200&cursor={cursor}");
                }
                None => break,
            }
        }
    }
    (areas, parents)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a registry has some thousand lines"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64 * 100.0
}

#[track_caller]
fn about(found: f64, published: f64, what: &str) {
    println!("{what}: {found:.2} %, published {published} %");
    assert!((found - published).abs() <= 0.5, "{what}: {found}");
}

fn most(counts: BTreeMap<String, usize>, top: usize) -> Vec<(String, usize)> {
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted.truncate(top);
    sorted
}

/// Recomputes each published share from the public pages alone; gives the registry's lines back.
pub async fn check(nobody: &Client) -> Vec<Value> {
    let lines = lines(nobody).await;
    let (areas, parents) = territory(nobody).await;
    assert_eq!(lines.len(), 1600);
    let count = |wanted: &dyn Fn(&Value) -> bool| lines.iter().filter(|line| wanted(line)).count();
    let twinning = |line: &Value| line["kind"] == "twinning";
    let all = lines.len();
    about(
        share(count(&|line| line["tier"] == "state"), all),
        63.0,
        "state",
    );
    about(
        share(count(&|line| line["tier"] == "municipality"), all),
        37.0,
        "municipal",
    );
    about(
        share(count(&|line| line["kind"] == "specific_cooperation"), all),
        62.0,
        "specific",
    );
    about(share(count(&twinning), all), 38.0, "twinnings");
    let twinnings = count(&twinning);
    let american = count(&|line| twinning(line) && line["country"] == "US");
    about(
        share(american, twinnings),
        25.0,
        "twinnings with the United States",
    );

    let (mut by_municipality, mut by_state) = (BTreeMap::new(), BTreeMap::new());
    for line in &lines {
        let lead = line["government_id"].as_str().unwrap().to_owned();
        let state = parents.get(&lead).unwrap_or(&lead).clone();
        *by_state.entry(state).or_default() += 1;
        if line["tier"] == "municipality" && twinning(line) {
            *by_municipality.entry(lead).or_default() += 1;
        }
    }
    let six: usize = most(by_municipality, 6)
        .iter()
        .map(|(_, count)| count)
        .sum();
    about(
        share(six, twinnings),
        25.0,
        "twinnings of six municipalities",
    );
    let ten = most(by_state, 10);
    let held: usize = ten.iter().map(|(_, count)| count).sum();
    about(share(held, all), 70.0, "agreements in ten states");
    let land: f64 = ten.iter().map(|(state, _)| areas[state]).sum();
    let nation: f64 = areas.values().sum();
    about(land / nation * 100.0, 15.0, "their share of the territory");
    lines
}

/// For one line in this many, the whole record is read too.
const RECORDS: usize = 40;

/// What the registry shows of each agreement, without what differs between two builds: instants and
/// the ids made from them.
pub async fn told(nobody: &Client, lines: Vec<Value>) -> Vec<Value> {
    let mut told = Vec::new();
    for (at, mut line) in lines.into_iter().enumerate() {
        if at % RECORDS == 0 {
            let path = format!("/v1/registry/{}", line["number"].as_str().unwrap());
            let record = nobody.get(&path).await.expect(200).json();
            for field in [
                "legacy_number",
                "parties",
                "counterparts",
                "themes",
                "sdg_targets",
                "validity",
                "signed_place",
                "languages",
            ] {
                line[field] = record[field].clone();
            }
            line["annotated"] = record["annotations"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["changes"].clone())
                .collect();
        }
        for instant in ["registered_at", "updated_at"] {
            line.as_object_mut().unwrap().remove(instant).unwrap();
        }
        told.push(line);
    }
    told
}
