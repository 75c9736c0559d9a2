//! The slowest tests, from nextest's report.

use std::collections::BinaryHeap;

use crate::tier::Tier;

const SHOWN: usize = 10;

/// The report that nextest writes.
fn report(tier: Tier) -> String {
    format!("target/nextest/{}/junit.xml", tier.nextest_profile())
}

/// Removes the report of an earlier run.
pub fn forget(tier: Tier) {
    // There is none before the first run.
    let _none = std::fs::remove_file(report(tier));
}

pub fn print(tier: Tier) {
    let path = report(tier);
    let Ok(text) = std::fs::read_to_string(&path) else {
        return;
    };
    match slowest(&text) {
        Ok(tests) => {
            println!("\nslowest tests");
            for (millis, name) in tests {
                println!("  {:>7}.{:03} s  {name}", millis / 1000, millis % 1000);
            }
        }
        Err(error) => println!("{path}: {error}"),
    }
}

fn slowest(report: &str) -> Result<Vec<(u64, String)>, roxmltree::Error> {
    let document = roxmltree::Document::parse(report)?;
    let tests = document
        .descendants()
        .filter(|node| node.has_tag_name("testcase"));
    let timed = tests.filter_map(|test| {
        let name = test.attribute("name")?.to_owned();
        Some((millis(test.attribute("time")?)?, name))
    });
    let mut all: BinaryHeap<(u64, String)> = timed.collect();
    Ok(std::iter::from_fn(|| all.pop()).take(SHOWN).collect())
}

/// Seconds with three decimals.
fn millis(seconds: &str) -> Option<u64> {
    let (whole, part) = seconds.split_once('.')?;
    Some(whole.parse::<u64>().ok()? * 1000 + part.get(..3)?.parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::slowest;

    #[test]
    fn the_longest_comes_first() {
        let report = r#"<?xml version="1.0"?><testsuites><testsuite>
            <testcase name="a::b" classname="it" time="1.250"/>
            <testcase name="c" classname="it" time="12.003"><failure>&lt;</failure></testcase>
        </testsuite></testsuites>"#;
        let found = slowest(report).unwrap();
        let wanted = [(12_003, "c".to_owned()), (1_250, "a::b".to_owned())];
        assert_eq!(found, wanted);
    }
}
