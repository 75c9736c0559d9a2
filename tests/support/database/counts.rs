//! Row counts of a database, read outside the application.

use super::Scratch;
use diesel::SqliteConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeMap;
use vinculo_persistence::Engine;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

impl Scratch {
    /// Counts the rows of a table, or of `table WHERE ...`.
    pub fn count(&self, from: &str) -> i64 {
        let query = diesel::sql_query(format!("SELECT COUNT(*) AS n FROM {from}"));
        match self.engine {
            Engine::Sqlite => {
                query
                    .get_result::<Count>(&mut SqliteConnection::establish(&self.owner_url).unwrap())
                    .unwrap()
                    .n
            }
            Engine::Postgres => {
                self.look(|conn| query.clone().get_result::<Count>(conn))
                    .unwrap()
                    .n
            }
        }
    }

    /// Counts the rows of every table except `spared`, and adds the versions of records that have
    /// one. If the result is the same, nothing was written.
    pub fn rows(&self, spared: &[&str]) -> BTreeMap<String, i64> {
        let names = match self.engine {
            Engine::Sqlite => {
                "SELECT name, 0 AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            Engine::Postgres => {
                "SELECT tablename::text AS name, 0::bigint AS n FROM pg_tables WHERE schemaname = 'public'"
            }
        };
        let counts = |tables: Vec<TableCount>| {
            let tables = tables.into_iter().map(|table| table.name);
            let mut parts: Vec<String> = tables
                .filter(|name| !spared.contains(&name.as_str()))
                .map(|name| format!("SELECT '{name}' AS name, COUNT(*) AS n FROM {name}"))
                .collect();
            for name in [
                "agreements",
                "agreement_drafts",
                "agreement_access",
                "counterparts",
                "mechanisms",
                "offices",
            ] {
                parts.push(format!(
                    "SELECT '{name}.version', COALESCE(SUM(version), 0) FROM {name}"
                ));
            }
            parts.join(" UNION ALL ")
        };
        let found: Vec<TableCount> = match self.engine {
            Engine::Sqlite => {
                let mut conn = SqliteConnection::establish(&self.owner_url).unwrap();
                let tables = diesel::sql_query(names).load(&mut conn).unwrap();
                diesel::sql_query(counts(tables)).load(&mut conn).unwrap()
            }
            Engine::Postgres => self
                .look(|conn| {
                    let tables = diesel::sql_query(names).load(conn)?;
                    diesel::sql_query(counts(tables)).load(conn)
                })
                .unwrap(),
        };
        assert!(found.len() > 30, "{} tables", found.len());
        found
            .into_iter()
            .map(|table| (table.name, table.n))
            .collect()
    }
}

#[derive(QueryableByName)]
struct TableCount {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}
