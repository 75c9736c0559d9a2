//! The structure of a database, read from its own catalogue, in one form for both engines.

use crate::database::Scratch;
use std::collections::{BTreeMap, BTreeSet};
use vinculo_persistence::Engine;

/// A column: its name, its type as the engine names it, whether it may be null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: String,
    pub nullable: bool,
}

/// Own columns, the table referred to, its columns.
pub type ForeignKey = (Vec<String>, String, Vec<String>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub primary_key: Vec<String>,
    /// The columns of each unique index beside the primary key, and whether it is partial.
    pub unique: BTreeSet<(Vec<String>, bool)>,
    /// The columns of each other index, and whether it is partial.
    pub indexes: BTreeSet<(Vec<String>, bool)>,
    pub foreign_keys: BTreeSet<ForeignKey>,
}

const SQLITE_COLUMNS: &str = "SELECT m.name || '|' || p.name || '|' || p.type || '|' || p.\"notnull\" AS x \
    FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY m.name, p.cid";
const SQLITE_INDEXES: &str = "SELECT m.name || '|' || i.name || '|' || CASE WHEN i.origin = 'pk' THEN 'p' WHEN i.\"unique\" THEN 'u' ELSE 'i' END \
    || '|' || i.partial || '|' || c.name AS x FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c \
    WHERE m.type = 'table' ORDER BY m.name, i.name, c.seqno";
const SQLITE_KEYS: &str = "SELECT m.name || '|' || k.id || '|' || k.\"table\" || '|' || k.\"from\" || '|' || k.\"to\" AS x \
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table' ORDER BY m.name, k.id, k.seq";
const PG_COLUMNS: &str = "SELECT c.relname || '|' || a.attname || '|' || format_type(a.atttypid, a.atttypmod) || '|' || a.attnotnull::int AS x \
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace \
    AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum";
const PG_INDEXES: &str = "SELECT t.relname || '|' || i.relname || '|' || CASE WHEN x.indisprimary THEN 'p' WHEN x.indisunique THEN 'u' ELSE 'i' END \
    || '|' || (x.indpred IS NOT NULL)::int || '|' || a.attname AS x FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid \
    JOIN pg_class i ON i.oid = x.indexrelid JOIN LATERAL unnest(x.indkey) WITH ORDINALITY k(n, o) ON k.o <= x.indnkeyatts \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.n \
    WHERE t.relnamespace = 'public'::regnamespace ORDER BY t.relname, i.relname, k.o";
const PG_KEYS: &str = "SELECT t.relname || '|' || k.conname || '|' || r.relname || '|' || a.attname || '|' || b.attname AS x FROM pg_constraint k \
    JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid \
    JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY p(own, other, o) ON true \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = p.own JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = p.other \
    WHERE k.contype = 'f' ORDER BY t.relname, k.conname, p.o";

impl Scratch {
    /// Every table of the product, by name.
    pub fn structure(&self) -> BTreeMap<String, Table> {
        let [columns, indexes, keys] = match self.engine {
            Engine::Sqlite => [SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_KEYS],
            Engine::Postgres => [PG_COLUMNS, PG_INDEXES, PG_KEYS],
        }
        .map(|sql| self.cells(sql));
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        for row in columns {
            let [table, name, kind, not_null] = row.as_slice() else {
                panic!("{row:?}")
            };
            tables
                .entry(table.clone())
                .or_default()
                .columns
                .push(Column {
                    name: name.clone(),
                    kind: kind.clone(),
                    nullable: not_null == "0",
                });
        }
        let mut found: BTreeMap<(String, String), (String, bool, Vec<String>)> = BTreeMap::new();
        for row in indexes {
            let [table, index, kind, partial, column] = row.as_slice() else {
                panic!("{row:?}")
            };
            let entry = found
                .entry((table.clone(), index.clone()))
                .or_insert_with(|| (kind.clone(), partial == "1", Vec::new()));
            entry.2.push(column.clone());
        }
        for ((table, _), (kind, partial, columns)) in found {
            let table = tables.get_mut(&table).unwrap();
            match kind.as_str() {
                "p" => table.primary_key = columns,
                "u" => assert!(table.unique.insert((columns, partial))),
                _ => assert!(table.indexes.insert((columns, partial))),
            }
        }
        let mut found: BTreeMap<(String, String), ForeignKey> = BTreeMap::new();
        for row in keys {
            let [table, key, target, own, other] = row.as_slice() else {
                panic!("{row:?}")
            };
            let entry = found
                .entry((table.clone(), key.clone()))
                .or_insert_with(|| (Vec::new(), target.clone(), Vec::new()));
            entry.0.push(own.clone());
            entry.2.push(other.clone());
        }
        for ((table, _), key) in found {
            tables.get_mut(&table).unwrap().foreign_keys.insert(key);
        }
        tables
            .retain(|name, _| !name.starts_with("sqlite_") && name != "__diesel_schema_migrations");
        tables
    }

    /// The rows of a query with one text column, split at each bar.
    pub fn cells(&self, sql: &str) -> Vec<Vec<String>> {
        let texts = self.texts(sql).into_iter();
        texts
            .map(|text| text.split('|').map(str::to_owned).collect())
            .collect()
    }
}
