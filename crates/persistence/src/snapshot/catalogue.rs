//! The tables as the database itself lists them: tables of later versions need no change here.

use super::Snapshot;
use crate::conn::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

const SQLITE: &str = "SELECT m.name AS tab, c.name AS col, c.pk AS place FROM sqlite_schema m, pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid";
const POSTGRES: &str = "SELECT c.relname::text AS tab, a.attname::text AS col, \
    coalesce(array_position(k.conkey, a.attnum), 0)::int AS place FROM pg_class c \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' \
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname COLLATE \"C\", a.attnum";

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    tab: String,
    #[diesel(sql_type = Text)]
    col: String,
    #[diesel(sql_type = Integer)]
    place: i32,
}

/// A table with its columns and its key columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) key: Vec<String>,
}

/// A name quoted for a statement.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Table {
    /// The statement that gives each row as one JSON object, in bytes.
    pub(crate) fn rows_sql(&self, conn: &Conn) -> String {
        let name = quoted(&self.name);
        match conn {
            Conn::Pg(_) => format!(
                "SELECT convert_to(row_to_json(t)::text, 'UTF8') AS row FROM public.{name} t"
            ),
            Conn::Sqlite(_) => format!("SELECT {} AS row FROM {name}", self.row_of("")),
        }
    }

    /// The SQLite expression that turns a row into one JSON object in bytes; `row` is `NEW.` or
    /// `OLD.` in a trigger.
    pub(crate) fn row_of(&self, row: &str) -> String {
        let pairs = self.columns.iter().map(|column| {
            let name = column.replace('\'', "''");
            format!("'{name}', {row}{}", quoted(column))
        });
        let pairs: Vec<String> = pairs.collect();
        format!("CAST(json_object({}) AS BLOB)", pairs.join(", "))
    }
}

/// Every table of a database, by name.
pub(crate) fn tables(conn: &mut Conn) -> QueryResult<Vec<Table>> {
    let columns: Vec<Column> = match conn {
        Conn::Sqlite(conn) => diesel::sql_query(SQLITE).load(conn)?,
        Conn::Pg(conn) => diesel::sql_query(POSTGRES).load(conn)?,
    };
    let mut tables: Vec<Table> = Vec::new();
    for column in columns {
        if tables.last().is_none_or(|table| table.name != column.tab) {
            tables.push(Table {
                name: column.tab,
                ..Table::default()
            });
        }
        if let Some(table) = tables.last_mut() {
            if column.place > 0 {
                table.key.push(column.col.clone());
            }
            table.columns.push(column.col);
        }
    }
    Ok(tables)
}

impl Snapshot {
    /// Every table, by name.
    pub(crate) fn tables(&mut self) -> QueryResult<Vec<Table>> {
        tables(&mut self.conn)
    }
}
