//! Compares the ledger with the store, past the application: nothing is lost or doubled, nothing
//! that was refused is there, and record, history, audit row, event and kept answer are all there
//! together.

use crate::ledger::{Ledger, Verdict, What};
use crate::store::{Store, TENANT};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Acknowledged, but not in the store.
    pub lost: Vec<String>,
    /// In the store more than once.
    pub doubled: Vec<String>,
    /// Refused, but in the store.
    pub denied: Vec<String>,
    /// In the store, but in no ledger entry.
    pub unclaimed: Vec<String>,
    /// Parts that should be in the store together but are not.
    pub torn: Vec<String>,
}

impl Findings {
    #[track_caller]
    pub fn expect_none(&self) {
        assert_eq!(*self, Self::default(), "{self}");
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            to,
            "{} lost, {} doubled, {} done though refused, {} unclaimed, {} torn",
            self.lost.len(),
            self.doubled.len(),
            self.denied.len(),
            self.unclaimed.len(),
            self.torn.len()
        )
    }
}

/// How often each kind of thing in the ledger occurs in the store, by kind and mark.
fn present(store: &Store) -> BTreeMap<(u8, String), usize> {
    let mut probe = store.database.probe();
    let titles = probe.texts("SELECT content AS x FROM agreement_drafts");
    let titles = titles.iter().map(|content| {
        let content: Value = serde_json::from_str(content).unwrap();
        (1, content["title"].as_str().unwrap_or_default().to_owned())
    });
    let mut found: Vec<(u8, String)> = titles.collect();
    let lists = [
        (0, "SELECT name AS x FROM counterparts"),
        (2, "SELECT file_name AS x FROM documents"),
        (
            3,
            "SELECT agreement_id AS x FROM history WHERE action = 'withdraw'",
        ),
    ];
    for (kind, sql) in lists {
        found.extend(probe.texts(sql).into_iter().map(|mark| (kind, mark)));
    }
    let mut counts = BTreeMap::new();
    for key in found {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// Compares the whole ledger, with unknown outcomes settled, to the whole store.
pub fn compare(ledger: &Ledger, store: &Store) -> Findings {
    let mut findings = Findings::default();
    let mut present = present(store);
    for entry in &ledger.entries {
        let key = match &entry.what {
            What::Counterpart => (0, entry.mark.clone()),
            What::Agreement => (1, entry.mark.clone()),
            What::Document(_) => (2, format!("{}.pdf", entry.mark)),
            What::Withdrawal(case) => (3, case.clone()),
        };
        let said = format!("{:?} {} ({})", entry.what, entry.mark, entry.said);
        match (entry.verdict, present.remove(&key).unwrap_or(0)) {
            (Verdict::Acked, 0) => findings.lost.push(said),
            (Verdict::Acked, 1) | (Verdict::Refused, 0) => {}
            (Verdict::Refused, _) => findings.denied.push(said),
            (Verdict::Acked, _) => findings.doubled.push(said),
            (Verdict::Unknown, _) => panic!("not settled: {said}"),
        }
    }
    findings.unclaimed = present.into_keys().map(|(_, mark)| mark).collect();
    torn(ledger, store, &mut findings.torn);
    findings
}

/// Parts of a write that are in the store without the other parts.
fn torn(ledger: &Ledger, store: &Store, torn: &mut Vec<String>) {
    let mut probe = store.database.probe();
    let mut list = |sql: &str| {
        let mut rows = probe.texts(sql);
        rows.sort();
        rows
    };
    let of_change = "subject_kind || ' ' || subject_id || ' ' || CAST(version AS TEXT) AS x";
    let audit = list(&format!(
        "SELECT {of_change} FROM audit_log WHERE outcome = 'done'"
    ));
    let outbox = list(&format!("SELECT {of_change} FROM outbox"));
    differ("audit rows", &audit, "events", &outbox, torn);
    let of = |kind: &str| -> Vec<String> {
        let rows = audit.iter().filter(|row| row.starts_with(kind));
        rows.cloned().collect()
    };
    let history = list(
        "SELECT 'agreement ' || agreement_id || ' ' || CAST(version AS TEXT) AS x FROM history",
    );
    differ("history", &history, "audit rows", &of("agreement "), torn);
    let cards =
        list("SELECT 'counterpart ' || id || ' ' || CAST(version AS TEXT) AS x FROM counterparts");
    differ(
        "counterparts",
        &cards,
        "audit rows",
        &of("counterpart "),
        torn,
    );
    let heads =
        list("SELECT 'agreement ' || id || ' ' || CAST(version AS TEXT) AS x FROM agreements");
    let newest = list(
        "SELECT 'agreement ' || agreement_id || ' ' || CAST(MAX(version) AS TEXT) AS x FROM history GROUP BY agreement_id",
    );
    differ("cases", &heads, "history", &newest, torn);
    torn.extend(list(
        "SELECT 'a key without an answer: ' || key AS x FROM idempotency_keys WHERE status = 0",
    ));
    let keys: BTreeSet<String> = list("SELECT key AS x FROM idempotency_keys")
        .into_iter()
        .collect();
    let acked = ledger
        .entries
        .iter()
        .filter(|entry| entry.verdict == Verdict::Acked);
    let forgotten = acked.filter(|entry| !keys.contains(&entry.mark));
    torn.extend(forgotten.map(|entry| format!("no kept answer: {}", entry.mark)));
    let mut places: Vec<u64> =
        list("SELECT CAST(position AS TEXT) AS x FROM outbox WHERE position IS NOT NULL")
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
    places.sort_unstable();
    if !places.iter().copied().eq(1..=places.len() as u64) {
        torn.push("the feed has a gap, or one place twice".into());
    }
    for sha256 in list("SELECT sha256 AS x FROM documents") {
        let file = store.folder.join("files").join(TENANT);
        if !file.join(&sha256[..2]).join(&sha256).is_file() {
            torn.push(format!("a document without its file: {sha256}"));
        }
    }
}

fn differ(left: &str, these: &[String], right: &str, those: &[String], torn: &mut Vec<String>) {
    let count = |rows: &[String]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in rows {
            *counts.entry(row.clone()).or_default() += 1;
        }
        counts
    };
    let (these, those) = (count(these), count(those));
    for (row, times) in &these {
        if those.get(row) != Some(times) {
            torn.push(format!("{left} has {row}, {right} not as often"));
        }
    }
    let missing = those.keys().filter(|row| !these.contains_key(*row));
    torn.extend(missing.map(|row| format!("{right} has {row}, {left} has not")));
}
