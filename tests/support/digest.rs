//! A digest of everything in a database, to check that nothing has changed.

use crate::database::Scratch;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use vinculo_persistence::Engine;

/// One figure for each table, which any change to any column of any row changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest(BTreeMap<String, u64>);

impl Digest {
    /// The tables that differ.
    pub fn difference(&self, other: &Self) -> BTreeSet<String> {
        let names = self.0.keys().chain(other.0.keys());
        names
            .filter(|name| self.0.get(*name) != other.0.get(*name))
            .cloned()
            .collect()
    }
}

/// Takes digests of one database.
pub struct Camera {
    scratch: Scratch,
    tables: usize,
    query: String,
}

impl Scratch {
    /// Covers every column of every table except `spared`.
    pub fn camera(&self, spared: &[&str]) -> Camera {
        let mut kept = self.structure();
        assert!(kept.len() > 30, "{} tables", kept.len());
        kept.retain(|name, _| !spared.contains(&name.as_str()));
        // One row for each table: its name, its number of rows, and their content. PostgreSQL adds
        // up a hash of each row; SQLite has no hash and returns all of it.
        let parts = kept.iter().map(|(name, table)| {
            let columns = table.columns.iter().map(|column| match self.engine {
                Engine::Sqlite => format!("quote(\"{}\")", column.name),
                Engine::Postgres => format!("quote_nullable(\"{}\"::text)", column.name),
            });
            let row = columns.collect::<Vec<_>>().join(" || ',' || ");
            let sum = match self.engine {
                Engine::Sqlite => format!("COALESCE(group_concat({row}), '')"),
                Engine::Postgres => format!("COALESCE(SUM(hashtextextended({row}, 0)), 0)"),
            };
            format!("SELECT '{name}|' || COUNT(*) || '|' || {sum} AS x FROM {name}")
        });
        Camera {
            query: parts.collect::<Vec<_>>().join(" UNION ALL "),
            tables: kept.len(),
            scratch: self.clone(),
        }
    }
}

impl Camera {
    pub fn digest(&self) -> Digest {
        let rows = self.scratch.texts(&self.query).into_iter().map(|row| {
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            let (name, _) = row.split_once('|').unwrap();
            (name.to_owned(), hasher.finish())
        });
        let digest: BTreeMap<String, u64> = rows.collect();
        assert_eq!(digest.len(), self.tables);
        Digest(digest)
    }
}
