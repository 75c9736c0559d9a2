//! A picture of everything that stands in a database, to see that nothing has changed.

use crate::database::Scratch;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use vinculo_persistence::Engine;

/// For each table the number of its rows and a sum over all their columns, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest(BTreeMap<String, (usize, u64)>);

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
    tables: Vec<String>,
    query: String,
}

impl Scratch {
    /// Looks at every column of every table but `spared`.
    pub fn camera(&self, spared: &[&str]) -> Camera {
        let mut kept = self.structure();
        assert!(kept.len() > 30, "{} tables", kept.len());
        kept.retain(|name, _| !spared.contains(&name.as_str()));
        // One query for all: a row is the table's name, a bar, and all its columns.
        let parts = kept.iter().map(|(name, table)| {
            let columns = table.columns.iter().map(|column| match self.engine {
                Engine::Sqlite => format!("quote(\"{}\")", column.name),
                Engine::Postgres => format!("quote_nullable(\"{}\"::text)", column.name),
            });
            let columns = columns.collect::<Vec<_>>().join(" || ',' || ");
            format!("SELECT '{name}|' || {columns} AS x FROM {name}")
        });
        Camera {
            query: parts.collect::<Vec<_>>().join(" UNION ALL "),
            tables: kept.into_keys().collect(),
            scratch: self.clone(),
        }
    }
}

impl Camera {
    pub fn digest(&self) -> Digest {
        let empty = self.tables.iter().map(|name| (name.clone(), (0, 0)));
        let mut found: BTreeMap<String, (usize, u64)> = empty.collect();
        for row in self.scratch.texts(&self.query) {
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            let (name, _) = row.split_once('|').unwrap();
            let entry = found.get_mut(name).unwrap();
            *entry = (entry.0 + 1, entry.1.wrapping_add(hasher.finish()));
        }
        Digest(found)
    }
}
