//! Detects on SQLite that something other than this program changed a row: for each table it keeps
//! the sum of the digests of all rows. SQLite has no page checksums, so without the sums a flipped
//! bit in a text would go unnoticed.
//!
//! Temporary triggers keep the sums, and every writing connection creates them for itself. So the
//! stores' statements need not handle them, and a write without them is detected. PostgreSQL has
//! page checksums and needs none of this.

mod sum;

pub(crate) use sum::Sum;

use crate::conn::{Begin, Conn};
use crate::schema::row_sums;
use crate::snapshot::{Table, rows, tables};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Binary, Nullable, Text};
use std::collections::BTreeMap;
use vinculo_domain::{Refusal, Result};

/// The table that holds the sums; it has no sum itself.
const NAME: &str = "row_sums";
/// The table of the tables, on which there can be no trigger.
const SCHEMA: &str = "sqlite_schema";
/// The row that exists while migrations change tables; migration 0014 writes the first.
const OPEN: &str = "open";

diesel::define_sql_function! {
    /// A sum after one row was removed and another added.
    fn row_sum(sum: Text, gone: Nullable<Binary>, come: Nullable<Binary>) -> Text;
}

fn changed(sum: &str, gone: Option<&[u8]>, come: Option<&[u8]>) -> String {
    let mut sum = Sum::read(sum);
    if let Some(row) = gone {
        sum.take(row);
    }
    if let Some(row) = come {
        sum.add(row);
    }
    sum.text()
}

/// The statements that created tables, indexes and triggers. Only migrations change them.
fn schema() -> Table {
    let columns = ["type", "name", "tbl_name", "sql"].map(str::to_owned);
    Table {
        name: SCHEMA.into(),
        columns: columns.into(),
        key: Vec::new(),
    }
}

/// The tables that have sums; none on PostgreSQL, and none before the table of sums exists.
fn summed(conn: &mut Conn) -> QueryResult<Vec<Table>> {
    if let Conn::Pg(_) = conn {
        return Ok(Vec::new());
    }
    let all = tables(conn)?;
    if !all.iter().any(|table| table.name == NAME) {
        return Ok(Vec::new());
    }
    Ok(all.into_iter().filter(|table| table.name != NAME).collect())
}

/// Makes a connection keep the sums from here on.
pub(crate) fn keep(conn: &mut Conn) -> QueryResult<()> {
    let tables = summed(conn)?;
    let Conn::Sqlite(conn) = conn else {
        return Ok(());
    };
    row_sum_utils::register_impl(
        conn,
        |sum: String, gone: Option<Vec<u8>>, come: Option<Vec<u8>>| {
            changed(&sum, gone.as_deref(), come.as_deref())
        },
    )?;
    tables
        .iter()
        .try_for_each(|table| conn.batch_execute(&triggers(table)))
}

/// The triggers of one table. The names come from the schema of the migrations.
fn triggers(table: &Table) -> String {
    let name = &table.name;
    let (old, new) = (table.row_of("OLD."), table.row_of("NEW."));
    let on = |event: &str, gone: &str, come: &str| {
        format!(
            "DROP TRIGGER IF EXISTS temp.sum_{event}_{name}; \
             CREATE TEMP TRIGGER sum_{event}_{name} AFTER {event} ON main.{name} BEGIN \
             UPDATE row_sums SET sum = row_sum(sum, {gone}, {come}) WHERE name = '{name}'; END;"
        )
    };
    [
        on("INSERT", "NULL", &new),
        on("UPDATE", &old, &new),
        on("DELETE", &old, "NULL"),
    ]
    .concat()
}

/// Drops the sums before a migration. A start that finds them dropped computes them again.
pub(crate) fn open(conn: &mut Conn) -> QueryResult<()> {
    if summed(conn)?.is_empty() || is_open(conn)? {
        return Ok(());
    }
    diesel::insert_into(row_sums::table)
        .values((row_sums::name.eq(OPEN), row_sums::sum.eq("")))
        .execute(conn)
        .map(drop)
}

/// Whether the sums are dropped.
pub(crate) fn is_open(conn: &mut Conn) -> QueryResult<bool> {
    let open = row_sums::table.find(OPEN).count();
    Ok(!summed(conn)?.is_empty() && open.get_result::<i64>(conn)? > 0)
}

/// Computes the sums from all rows as they are: after a migration, which changes tables.
pub(crate) fn seal(conn: &mut Conn) -> Result<()> {
    let failed = |error: diesel::result::Error| Refusal::internal(format!("row sums: {error}"));
    conn.begin(Begin::Write).map_err(failed)?;
    let sealed = write_all(conn);
    if let Err(error) = sealed {
        conn.rollback().map_err(failed)?;
        return Err(failed(error));
    }
    conn.commit().map_err(Refusal::from)
}

fn write_all(conn: &mut Conn) -> QueryResult<()> {
    let tables = summed(conn)?;
    if tables.is_empty() {
        return Ok(());
    }
    diesel::delete(row_sums::table).execute(conn)?;
    for table in tables.into_iter().chain([schema()]) {
        let mut sum = Sum::default();
        rows(conn, &table, |row| sum.add(row))?;
        diesel::insert_into(row_sums::table)
            .values((row_sums::name.eq(&table.name), row_sums::sum.eq(sum.text())))
            .execute(conn)?;
    }
    Ok(())
}

/// The sums of a database.
pub(crate) enum Kept {
    /// By table.
    Sums(BTreeMap<String, String>),
    /// A migration was interrupted before the sums were computed again.
    Open,
    /// This database has none.
    None,
}

impl Kept {
    pub(crate) fn read(conn: &mut Conn) -> QueryResult<Self> {
        if summed(conn)?.is_empty() {
            return Ok(Self::None);
        }
        if is_open(conn)? {
            return Ok(Self::Open);
        }
        let sums: Vec<(String, String)> = row_sums::table
            .select((row_sums::name, row_sums::sum))
            .load(conn)?;
        Ok(Self::Sums(sums.into_iter().collect()))
    }

    /// Whether tables, indexes or triggers differ from what the migrations created.
    pub(crate) fn schema_differs(&self, conn: &mut Conn) -> QueryResult<bool> {
        let Self::Sums(_) = self else {
            return Ok(false);
        };
        let mut sum = Sum::default();
        rows(conn, &schema(), |row| sum.add(row))?;
        Ok(self.differ(SCHEMA, &sum))
    }

    /// Whether the rows of a table differ from what was written.
    pub(crate) fn differ(&self, table: &str, sum: &Sum) -> bool {
        match self {
            Self::Sums(sums) => table != NAME && sums.get(table) != Some(&sum.text()),
            Self::Open | Self::None => false,
        }
    }
}
