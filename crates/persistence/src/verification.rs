//! Whether a store is intact: every row is read, every stored JSON is parsed into its type, and
//! values that must agree are compared. It changes nothing, and goes on after a finding.

mod engine;
mod json_columns;
mod relations;

use crate::row_sums::{Kept, Sum};
use crate::snapshot::{Snapshot, Table};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub use json_columns::{JSON_COLUMNS, JsonColumn};

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Something is lost or altered.
    Damage,
    /// Nothing is wrong yet, but damage is likely or would not be noticed.
    Warning,
    /// Worth knowing.
    Information,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How serious it is.
    pub weight: Weight,
    /// Which check found it.
    pub check: &'static str,
    /// Where: a table with a key, or a file.
    pub place: String,
    /// What is wrong there.
    pub what: String,
    /// What to do about it.
    pub advice: &'static str,
}

/// How many findings of one check are listed; the rest are only counted.
const TOLD: usize = 100;

/// What to do about a damaged database.
pub(crate) const RESTORE: &str = "stop the service, keep this store aside, and restore the newest backup that `vinculo verify --backup` finds whole";

/// What to do about rows that something else changed.
const ALTERED: &str = "if SQL of your own changed this table on purpose, run `vinculo migrate --seal`; otherwise stop the service, \
    keep this store aside, and restore the newest backup that `vinculo verify --backup` finds whole";

/// Collects findings: a limited list for each check, and the number of the others.
#[derive(Debug, Default)]
pub struct Findings {
    told: Vec<Finding>,
    counts: BTreeMap<&'static str, usize>,
    damage: bool,
}

impl Findings {
    /// Adds one.
    pub fn add(&mut self, finding: Finding) {
        self.damage |= finding.weight == Weight::Damage;
        let count = self.counts.entry(finding.check).or_default();
        *count += 1;
        if *count <= TOLD {
            self.told.push(finding);
        }
    }

    /// Adds damage.
    pub fn damage(
        &mut self,
        check: &'static str,
        place: impl Into<String>,
        what: impl Into<String>,
        advice: &'static str,
    ) {
        self.add(Finding {
            weight: Weight::Damage,
            check,
            place: place.into(),
            what: what.into(),
            advice,
        });
    }

    /// All listed findings, and the number of the others by check.
    pub fn all(&self) -> (&[Finding], BTreeMap<&'static str, usize>) {
        let more = self.counts.iter().filter(|(_, count)| **count > TOLD);
        let more = more.map(|(check, count)| (*check, count - TOLD)).collect();
        (&self.told, more)
    }

    /// How many findings a check had, listed or not.
    pub fn count(&self, check: &str) -> usize {
        self.counts.get(check).copied().unwrap_or_default()
    }

    /// Adds the findings of another inspection.
    pub fn take(&mut self, others: Self) {
        for (check, count) in others.counts {
            *self.counts.entry(check).or_default() += count;
        }
        self.told.extend(others.told);
        self.damage |= others.damage;
    }

    /// Whether nothing is lost or altered.
    pub fn whole(&self) -> bool {
        !self.damage
    }
}

impl Snapshot {
    /// Inspects the whole database. `step` is told of each part before it is inspected.
    pub fn inspect(&mut self, findings: &mut Findings, step: impl Fn(&str)) {
        step("the engine's own checks");
        engine::check(self, findings);
        let tables = match self.tables() {
            Ok(tables) => tables,
            Err(error) => {
                return findings.damage("catalogue", "the database", error.to_string(), RESTORE);
            }
        };
        let sums = self.sums(findings);
        for table in &tables {
            step(&table.name);
            let Some(sum) = self.read_back(table, findings) else {
                continue;
            };
            if sums.differ(&table.name, &sum) {
                let what = "rows were altered by something else than this program";
                findings.damage("row_sums", &table.name, what, ALTERED);
            }
        }
        step("what must agree");
        relations::check(self, findings);
    }

    fn sums(&mut self, findings: &mut Findings) -> Kept {
        let kept = Kept::read(&mut self.conn).unwrap_or_else(|error| {
            findings.damage("row_sums", "row_sums", error.to_string(), RESTORE);
            Kept::None
        });
        if matches!(kept, Kept::Open) {
            findings.add(Finding {
                weight: Weight::Warning,
                check: "row_sums",
                place: "row_sums".into(),
                what: "a migration was cut off, so nothing tells whether rows were altered since"
                    .into(),
                advice: "run `vinculo migrate`",
            });
        }
        match kept.schema_differs(&mut self.conn) {
            Ok(false) => {}
            Ok(true) => {
                let what = "tables, indexes or triggers are not those that the migrations made";
                findings.damage("row_sums", "sqlite_schema", what, ALTERED);
            }
            Err(error) => findings.damage("row_sums", "sqlite_schema", error.to_string(), RESTORE),
        }
        kept
    }

    /// Reads every row of a table, and every JSON in it as the service would; gives their sum.
    fn read_back(&mut self, table: &Table, findings: &mut Findings) -> Option<Sum> {
        let columns: Vec<_> = JSON_COLUMNS
            .iter()
            .filter(|column| column.table == table.name)
            .collect();
        let mut sum = Sum::default();
        let read = self.rows(table, |bytes| {
            sum.add(bytes);
            let row: Map<String, Value> = match serde_json::from_slice(bytes) {
                Ok(row) => row,
                Err(error) => {
                    return findings.damage("rows", &table.name, error.to_string(), RESTORE);
                }
            };
            for column in &columns {
                // Rows of an older database lack columns that later migrations add.
                let stored = row.get(column.column).and_then(Value::as_str);
                let read = stored.filter(|text| !text.is_empty() || column.never_empty);
                if let Some(Err(error)) = read.map(column.read) {
                    let place = format!("{}.{} of {}", table.name, column.column, key(table, &row));
                    findings.damage("json", place, error.to_string(), RESTORE);
                }
            }
        });
        match read {
            Ok(()) => Some(sum),
            Err(error) => {
                findings.damage("rows", &table.name, error.to_string(), RESTORE);
                None
            }
        }
    }
}

/// The key of a row in readable form.
fn key(table: &Table, row: &Map<String, Value>) -> String {
    let parts = table.key.iter().map(|column| {
        let value = row.get(column).unwrap_or(&Value::Null);
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    });
    parts.collect::<Vec<_>>().join(" ")
}
