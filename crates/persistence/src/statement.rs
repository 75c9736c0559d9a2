//! A statement that the query builder cannot say, put together from constant text and bound values.

use crate::conn::Conn;
use crate::failure::Outcome;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;

/// The most parts of one compound select; SQLite takes 500.
const PARTS: usize = 200;

/// A statement with its values, in the order in which they stand in it.
#[derive(Default)]
pub(crate) struct Statement {
    sql: String,
    values: Vec<String>,
}

impl Statement {
    /// Adds text, which is ours: never anything of a request.
    pub(crate) fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// A place for a value.
    pub(crate) fn bind(&mut self, value: impl Into<String>) {
        self.values.push(value.into());
        self.sql.push_str(&format!("${}", self.values.len()));
    }

    /// A condition on a column.
    pub(crate) fn is(&mut self, column: &str, value: impl Into<String>) {
        self.push(column);
        self.bind(value);
    }

    /// A column that has one of these values.
    pub(crate) fn one_of<V: Into<String>>(
        &mut self,
        column: &str,
        values: impl IntoIterator<Item = V>,
    ) {
        self.push(column);
        self.push(" IN (");
        for (i, value) in values.into_iter().enumerate() {
            self.push(if i == 0 { "" } else { ", " });
            self.bind(value);
        }
        self.push(")");
    }

    /// A table of the rows of many selects; of each group of them only those before the cut.
    pub(crate) fn union<P>(
        &mut self,
        parts: &[P],
        cut: &str,
        mut select: impl FnMut(&mut Self, &P),
    ) {
        self.push("(");
        for (i, group) in parts.chunks(PARTS).enumerate() {
            self.push(if i == 0 { "" } else { " UNION ALL " });
            self.push("SELECT * FROM (SELECT * FROM (");
            for (i, part) in group.iter().enumerate() {
                self.push(if i == 0 { "" } else { " UNION ALL " });
                self.push("SELECT * FROM (");
                select(self, part);
                self.push(") p");
            }
            self.push(&format!(") q{cut}) a"));
        }
        self.push(")");
    }

    /// Joins other facets of the record of a row of facets, which the same viewer finds.
    pub(crate) fn join_facets(&mut self, name: &str, of: &str) {
        self.push(&format!(
            " JOIN record_facets {name} ON {name}.viewer_tenant = {of}.viewer_tenant AND {name}.owner_tenant = {of}.owner_tenant \
             AND {name}.sort_key = {of}.sort_key AND {name}.record_id = {of}.record_id"
        ));
    }

    /// Its rows.
    pub(crate) fn load<T>(self, conn: &mut Conn) -> Outcome<Vec<T>>
    where
        T: QueryableByName<Pg> + QueryableByName<Sqlite> + 'static,
    {
        match conn {
            Conn::Pg(conn) => {
                let mut query = diesel::sql_query(self.sql).into_boxed::<Pg>();
                for value in self.values {
                    query = query.bind::<Text, String>(value);
                }
                Ok(query.load(conn)?)
            }
            Conn::Sqlite(conn) => {
                // SQLite looks a named place up among all others, and finds a numbered one at once.
                let numbered = self.sql.replace('$', "?");
                let mut query = diesel::sql_query(numbered).into_boxed::<Sqlite>();
                for value in self.values {
                    query = query.bind::<Text, String>(value);
                }
                Ok(query.load(conn)?)
            }
        }
    }
}
