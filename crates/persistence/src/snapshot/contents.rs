//! What a snapshot holds: its rows, counted and digested, and the files they name.

use super::{Bytes, Snapshot, Table, failed};
use crate::conn::Conn;
use crate::files::StoredFile;
use crate::row_sums::Sum;
use crate::schema::{documents, installation};
use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vinculo_domain::{Result, TenantId};

/// The number of rows of a table, and a digest of all of them in any order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// Rows.
    pub rows: u64,
    /// The sum of their digests.
    pub digest: String,
}

/// How many files are read at a time.
const PAGE: i64 = 500;

/// Passes every row of a table to `each`, as the bytes of one JSON object; holds only one at a
/// time.
pub(crate) fn rows(conn: &mut Conn, table: &Table, mut each: impl FnMut(&[u8])) -> QueryResult<()> {
    let query = diesel::sql_query(table.rows_sql(conn));
    match conn {
        Conn::Sqlite(conn) => {
            for row in query.load_iter::<Bytes, DefaultLoadingMode>(conn)? {
                each(&row?.row);
            }
        }
        Conn::Pg(conn) => {
            for row in query.load_iter::<Bytes, PgRowByRowLoadingMode>(conn)? {
                each(&row?.row);
            }
        }
    }
    Ok(())
}

impl Snapshot {
    /// Passes every row of a table to `each`, as the bytes of one JSON object.
    pub(crate) fn rows(&mut self, table: &Table, each: impl FnMut(&[u8])) -> QueryResult<()> {
        rows(&mut self.conn, table, each)
    }

    /// Counts and digests every table. `step` is told of each before it is read.
    pub fn contents(&mut self, step: impl Fn(&str)) -> Result<BTreeMap<String, Contents>> {
        let mut all = BTreeMap::new();
        for table in self.tables().map_err(failed)? {
            step(&table.name);
            let (mut rows, mut sum) = (0, Sum::default());
            self.rows(&table, |row| {
                rows += 1;
                sum.add(row);
            })
            .map_err(|error| failed(format!("{}: {error}", table.name)))?;
            let digest = sum.text();
            all.insert(table.name, Contents { rows, digest });
        }
        Ok(all)
    }

    /// How many tables there are.
    pub fn tables_count(&mut self) -> Result<usize> {
        Ok(self.tables().map_err(failed)?.len())
    }

    /// The migrations that were applied, oldest first.
    pub fn migrations(&mut self) -> Result<Vec<String>> {
        self.lines("SELECT version AS subject FROM __diesel_schema_migrations ORDER BY version")
            .map_err(failed)
    }

    /// The installation that the database belongs to; none if it is older than these ids.
    pub fn installation(&mut self) -> Result<Option<String>> {
        // On PostgreSQL a query on a missing table would end the transaction.
        let tables = self.tables().map_err(failed)?;
        if !tables.iter().any(|table| table.name == "installation") {
            return Ok(None);
        }
        installation::table
            .select(installation::id)
            .first::<String>(&mut self.conn)
            .optional()
            .map_err(failed)
    }

    /// Passes every file that a document names to `each` once; holds one page of them at a time.
    pub fn files(&mut self, mut each: impl FnMut(StoredFile) -> Result<()>) -> Result<()> {
        let mut after = (String::new(), String::new());
        loop {
            let page: Vec<(String, String, i64)> = documents::table
                .filter(documents::tenant_id.ge(&after.0))
                .filter(
                    documents::tenant_id
                        .gt(&after.0)
                        .or(documents::sha256.gt(&after.1)),
                )
                .order((documents::tenant_id, documents::sha256))
                .limit(PAGE)
                .select((documents::tenant_id, documents::sha256, documents::size))
                .distinct()
                .load(&mut self.conn)
                .map_err(failed)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = (last.0.clone(), last.1.clone());
            for (tenant, sha256, size) in page {
                each(StoredFile {
                    tenant: TenantId::new(tenant),
                    sha256,
                    size: u64::try_from(size).unwrap_or_default(),
                })?;
            }
        }
    }

    /// Whether a document names the file.
    pub fn names(&mut self, tenant: &str, sha256: &str) -> Result<bool> {
        let rows = documents::table
            .filter(documents::tenant_id.eq(tenant))
            .filter(documents::sha256.eq(sha256));
        diesel::select(diesel::dsl::exists(rows))
            .get_result(&mut self.conn)
            .map_err(failed)
    }
}
