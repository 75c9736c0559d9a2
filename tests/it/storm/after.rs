//! After the storm: the service works, every acknowledged write is stored, and no text leaked.

use super::governments::{Government, foreign_rows, marked};
use super::ledger::{Fate, Ledger, Write};
use super::{POOL, Storm};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use vinculo_auth::{Action, Kind, policy};
use vinculo_persistence::{Engine, Failure};
use vinculo_tests::{Scratch, Setup, TestApp};

/// The columns that name the owner of a row.
const OWNERS: [&str; 5] = [
    "tenant_id",
    "owner_tenant",
    "viewer_tenant",
    "acting_tenant",
    "viewer",
];

pub async fn check(setup: Setup, app: &TestApp, storm: &Storm, ledger: &Ledger) {
    let some: Vec<_> = ledger.surprises.iter().take(10).collect();
    assert!(some.is_empty(), "{}: {some:#?}", ledger.surprises.len());
    assert_eq!(ledger.canaries, 0);
    // A storm whose requests are mostly refused or dropped would show little.
    let well = ledger.answered(200) + ledger.answered(201) + ledger.answered(404);
    assert!(well * 10 > ledger.requests() * 8, "{:?}", ledger.answers);
    for (what, count) in [
        ("panics", ledger.panics),
        ("given up", ledger.timed_out),
        ("cancelled", ledger.cancelled),
        ("too busy", ledger.answered(503)),
        (
            "renamed",
            ledger
                .renamed
                .iter()
                .filter(|write| write.fate == Fate::Kept)
                .count(),
        ),
    ] {
        assert!(count > 0, "{what}: none");
    }
    every_place_is_back(app, &storm.governments[0]).await;
    nothing_is_left_open(setup, &app.scratch);
    every_one_is_served(app, &storm.governments).await;
    created_are_kept(&app.scratch, &storm.governments, &ledger.created);
    renamed_are_kept(app, &storm.governments, &ledger.renamed).await;
    assert_eq!(strange_texts(&app.scratch), Vec::<String>::new());
}

/// As many transactions as the pool has places run at the same time: no place was lost.
async fn every_place_is_back(app: &TestApp, government: &Government) {
    let scope = policy::scope(Some(&government.actor), Kind::Counterpart, Action::Read);
    let inside = Arc::new(AtomicU32::new(0));
    let meet = || {
        let inside = Arc::clone(&inside);
        app.app.db.read(&scope, "storm", "", move |_tx| {
            inside.fetch_add(1, Ordering::SeqCst);
            let start = Instant::now();
            while inside.load(Ordering::SeqCst) < POOL {
                if start.elapsed() > Duration::from_secs(5) {
                    return Err(Failure::Again("somebody is missing".into()));
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            Ok(())
        })
    };
    // A killed session is found only when it is used, so the first rounds may fail.
    let mut rounds = Vec::new();
    for _ in 0..5 {
        inside.store(0, Ordering::SeqCst);
        let met = futures_util::future::join_all((0..POOL).map(|_| meet())).await;
        rounds.push(met.iter().filter(|one| one.is_ok()).count());
    }
    assert_eq!(rounds.last(), Some(&(POOL as usize)), "{rounds:?}");
}

/// PostgreSQL only: SQLite's connections belong to this process.
fn nothing_is_left_open(setup: Setup, scratch: &Scratch) {
    if scratch.engine == Engine::Sqlite {
        return;
    }
    let ours = "pg_stat_activity WHERE datname = current_database() AND usename = 'vinculo_app'";
    let sessions = scratch.count(ours);
    // Behind the pooler, readers and writers share its four sessions.
    let most = if setup == Setup::Pooled {
        4
    } else {
        2 * i64::from(POOL)
    };
    assert!((1..=most).contains(&sessions), "{sessions} sessions");
    let open = scratch.texts(&format!(
        "SELECT query AS x FROM {ours} AND state <> 'idle'"
    ));
    assert_eq!(open, Vec::<String>::new());
}

/// Everybody reads its own records again, and nobody another's.
async fn every_one_is_served(app: &TestApp, governments: &[Government]) {
    for (own, other) in governments.iter().zip(governments.iter().cycle().skip(1)) {
        let client = own.client(app);
        let read = client.get(&own.case_path()).await.expect(200);
        assert!(read.text().contains(&own.canary()));
        assert_eq!(own.foreign(&read.text()), 0);
        client
            .get(&other.case_path())
            .await
            .refused(404, "not_found");
    }
}

fn created_are_kept(scratch: &Scratch, governments: &[Government], created: &[Write]) {
    let rows = scratch.cells("SELECT tenant_id || '|' || name AS x FROM counterparts");
    let found: HashSet<(&str, &str)> = rows
        .iter()
        .map(|row| (row[0].as_str(), row[1].as_str()))
        .collect();
    let mut sent: HashMap<(&str, &str), Fate> = HashMap::new();
    for write in created {
        let owner = governments[write.government].id.as_str();
        sent.insert((owner, &write.text), write.fate);
    }
    for (write, fate) in &sent {
        match fate {
            Fate::Kept => assert!(
                found.contains(write),
                "acknowledged, but not there: {write:?}"
            ),
            Fate::Lost => assert!(!found.contains(write), "refused, but there: {write:?}"),
            Fate::Unknown => {}
        }
    }
    let first: usize = governments.iter().map(|one| one.counterparts.len()).sum();
    let unsent = found.iter().filter(|row| !sent.contains_key(*row)).count();
    assert_eq!(unsent, first, "rows that nobody sent");
    assert_eq!(found.len(), rows.len(), "one write, two rows");
}

async fn renamed_are_kept(app: &TestApp, governments: &[Government], renamed: &[Write]) {
    for (number, government) in governments.iter().enumerate() {
        let own = renamed.iter().filter(|write| write.government == number);
        let kept = own.clone().filter(|write| write.fate == Fate::Kept);
        let versions: BTreeMap<i64, &str> = kept
            .clone()
            .map(|write| (write.version.unwrap(), write.text.as_str()))
            .collect();
        // If two writers were told that they made the same version, one write is lost.
        assert_eq!(versions.len(), kept.count());
        let case = government.client(app).get(&government.case_path()).await;
        let case = case.expect(200).json();
        let (version, title) = (case["version"].as_i64(), case["draft"]["title"].as_str());
        let (version, title) = (version.unwrap(), title.unwrap());
        let last = versions.last_key_value().map_or(0, |(version, _)| *version);
        assert!(last <= version, "acknowledged {last}, found {version}");
        if let Some(acknowledged) = versions.get(&version) {
            assert_eq!(*acknowledged, title);
        } else {
            let mut open = own.filter(|write| write.fate == Fate::Unknown);
            let first = super::shot::title(government, "");
            assert!(
                title == first.trim_end() || open.any(|write| write.text == title),
                "{title}"
            );
        }
    }
}

/// The columns in which a text has the mark of a government that its row does not name; every table
/// is searched with the owner's rights.
pub fn strange_texts(scratch: &Scratch) -> Vec<String> {
    let (mut marks, mut nobodys, mut strange) = (0, Vec::new(), Vec::new());
    let mut probe = scratch.probe();
    for (name, table) in scratch.structure() {
        let has = |owner: &&str| table.columns.iter().any(|column| column.name == *owner);
        let owners: Vec<&str> = OWNERS.into_iter().filter(has).collect();
        // What is searched, and how many rows have it: of a table, all at once.
        let mut searched = Vec::new();
        let columns = table.columns.iter();
        let texts = columns.filter(|column| column.kind.eq_ignore_ascii_case("text"));
        for column in texts.map(|column| &column.name) {
            searched.push((column, None, marked(column)));
            // Search words are also kept per visibility, under no government in particular.
            searched.extend(owners.iter().map(|owner| {
                let foreign = foreign_rows(column, owner);
                let rows = format!("{foreign} AND {owner} NOT LIKE 'visibility:%'");
                (column, Some(*owner), rows)
            }));
        }
        if searched.is_empty() {
            continue;
        }
        let sums = searched
            .iter()
            .map(|(_, _, rows)| format!("COALESCE(SUM(CASE WHEN {rows} THEN 1 ELSE 0 END), 0)"));
        let sums: Vec<String> = sums.collect();
        let sql = format!("SELECT {} || '' AS x FROM {name}", sums.join(" || '|' || "));
        let found = probe.texts(&sql).remove(0);
        let found = found.split('|').map(|count| count.parse::<i64>().unwrap());
        for ((column, owner, _), rows) in searched.iter().zip(found) {
            match owner {
                Some(owner) if rows > 0 => {
                    strange.push(format!("{rows} in {name}.{column}, not only {owner}'s"));
                }
                Some(_) => {}
                None => {
                    marks += rows;
                    if rows > 0 && owners.is_empty() {
                        nobodys.push(name.clone());
                    }
                }
            }
        }
    }
    assert!(marks > 10, "{marks} marks");
    // People are in shared tables, because a person may work for several governments.
    nobodys.dedup();
    assert_eq!(nobodys, ["accounts", "people"]);
    strange
}
