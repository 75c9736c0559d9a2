//! The statements of lists and figures. A list is one page of each space from the index of facets, and the records
//! of the page by their keys. The query builder cannot say that each part is sorted and cut before they are
//! put together, so this is plain SQL; it is the same on both engines, and every value is bound.

use super::spaces::is_reader;
use super::{RecordFilter, Row};
use crate::conn::Conn;
use crate::failure::Outcome;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::sqlite::Sqlite;
use vinculo_auth::Scope;
use vinculo_domain::faults;
use vinculo_domain::page::After;
use vinculo_domain::records::{Facet, Kind, Space, Sum};
use vinculo_domain::text;

/// A statement with its values, in the order in which they stand in it.
struct Statement {
    sql: String,
    values: Vec<String>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

impl Statement {
    fn new() -> Self {
        Self {
            sql: String::new(),
            values: Vec::new(),
        }
    }

    fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// A place for a value.
    fn bind(&mut self, value: impl Into<String>) {
        self.values.push(value.into());
        self.sql.push_str(&format!("${}", self.values.len()));
    }

    /// A condition on a column.
    fn is(&mut self, column: &str, value: impl Into<String>) {
        self.push(column);
        self.bind(value);
    }

    /// The rows of one viewer. What a reader's own government shares is in its own space already.
    fn viewed(&mut self, scope: &Scope, table: &str, space: &Space) {
        let own = scope.tenant().as_str();
        if faults::drops("records::viewer") {
            self.push(" WHERE 1 = 1");
        } else {
            self.is(
                &format!(" WHERE {table}.viewer_tenant = "),
                space.viewer.clone(),
            );
        }
        if space.viewer != own && is_reader(scope) {
            self.is(&format!(" AND {table}.owner_tenant <> "), own);
        }
    }

    /// The records that a space has under these facets.
    fn under(&mut self, space: &Space, condition: impl FnOnce(&mut Self)) {
        self.push(" AND f.record_id IN (SELECT o.record_id FROM record_facets o WHERE ");
        self.is("o.viewer_tenant = ", space.viewer.clone());
        self.push(" AND o.facet ");
        condition(self);
        self.push(")");
    }

    /// What a space has of the list, without order.
    fn space(&mut self, scope: &Scope, kind: &Kind, filter: &RecordFilter, space: &Space) {
        let many = kind.spec.many;
        let facet = |name: &str, value: &str| Facet::of(many, space.group, name, value).0;
        let one = filter
            .facets
            .iter()
            .position(|(_, values)| values.len() == 1);
        let first = one.and_then(|at| filter.facets.get(at));
        let driving = match first.and_then(|(name, values)| Some((name, values.first()?))) {
            Some((name, value)) => facet(name, value),
            None => Facet::all(many, space.group).0,
        };
        self.push(" FROM record_facets f");
        self.viewed(scope, "f", space);
        self.is(" AND f.facet = ", driving);
        for (at, (name, values)) in filter.facets.iter().enumerate() {
            if Some(at) == one {
                continue;
            }
            self.under(space, |statement| {
                statement.push("IN (");
                for (i, value) in values.iter().enumerate() {
                    statement.push(if i == 0 { "" } else { ", " });
                    statement.bind(facet(name, value));
                }
                statement.push(")");
            });
        }
        for word in text::sought(filter.q.as_deref().unwrap_or_default()) {
            let (from, to) = Facet::words(many, space.group, &word);
            self.under(space, |statement| {
                statement.is(">= ", from.0);
                statement.is(" AND o.facet < ", to.0);
            });
        }
        if let Some((system, value)) = &filter.external_id {
            let own = scope.tenant().as_str();
            self.is(
                " AND f.record_id IN (SELECT x.subject_id FROM external_ids x WHERE x.tenant_id = ",
                own,
            );
            self.is(" AND x.subject_kind = ", many);
            self.is(" AND x.system = ", system.clone());
            self.is(" AND x.value = ", value.clone());
            self.push(")");
        }
    }
}

macro_rules! run {
    ($conn:expr, $statement:expr) => {{
        let Statement { sql, values } = $statement;
        match $conn {
            Conn::Pg(conn) => {
                let mut query = diesel::sql_query(sql).into_boxed::<Pg>();
                for value in values {
                    query = query.bind::<Text, String>(value);
                }
                query.load(conn)?
            }
            Conn::Sqlite(conn) => {
                let mut query = diesel::sql_query(sql).into_boxed::<Sqlite>();
                for value in values {
                    query = query.bind::<Text, String>(value);
                }
                query.load(conn)?
            }
        }
    }};
}

/// The records of one page, by title and id, with one more if there is one.
pub(super) fn page(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    filter: &RecordFilter,
    (spaces, after, limit): (&[Space], Option<&After>, i64),
) -> Outcome<Vec<Row>> {
    if spaces.is_empty() {
        return Ok(Vec::new());
    }
    let cut = format!(" ORDER BY sort_key, record_id LIMIT {limit}");
    let mut statement = Statement::new();
    statement.push("SELECT r.* FROM (SELECT * FROM (");
    for (i, space) in spaces.iter().enumerate() {
        statement.push(if i == 0 { "" } else { " UNION ALL " });
        statement.push("SELECT * FROM (SELECT f.owner_tenant, f.sort_key, f.record_id");
        statement.space(scope, kind, filter, space);
        if let Some(After { key, id }) = after {
            statement.is(" AND (f.sort_key, f.record_id) > (", key.clone());
            statement.is(", ", id.clone());
            statement.push(")");
        }
        statement.push(&cut);
        statement.push(") p");
    }
    statement.push(") a");
    statement.push(&cut);
    statement.push(
        ") l JOIN records r ON r.tenant_id = l.owner_tenant AND r.id = l.record_id ORDER BY l.sort_key, l.record_id",
    );
    Ok(run!(conn, statement))
}

/// How many records the whole list has.
pub(super) fn count(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    filter: &RecordFilter,
    spaces: &[Space],
) -> Outcome<i64> {
    let mut total = 0;
    for space in spaces {
        let mut statement = Statement::new();
        statement.push("SELECT count(*) AS n");
        statement.space(scope, kind, filter, space);
        let found: Vec<Count> = run!(&mut *conn, statement);
        total += found.first().map_or(0, |count| count.n);
    }
    Ok(total)
}

#[derive(QueryableByName)]
struct ValueCount {
    #[diesel(sql_type = Text)]
    facet: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many records a space has under each value of a name.
pub(super) fn counts(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    (space, by): (&Space, &str),
) -> Outcome<Vec<(Facet, i64)>> {
    let (from, to) = Facet::values(kind.spec.many, space.group, by);
    let mut statement = Statement::new();
    statement.push("SELECT f.facet, count(*) AS n FROM record_facets f");
    statement.viewed(scope, "f", space);
    statement.is(" AND f.facet >= ", from.0);
    statement.is(" AND f.facet < ", to.0);
    statement.push(" GROUP BY f.facet");
    let found: Vec<ValueCount> = run!(conn, statement);
    let found = found.into_iter();
    Ok(found.map(|row| (Facet(row.facet), row.n)).collect())
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Integer)]
    year: i32,
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// What the amounts of a kind add up to in a space.
pub(super) fn sums(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    space: &Space,
) -> Outcome<Vec<Sum>> {
    let mut statement = Statement::new();
    // The engines give a sum types of their own.
    statement.push("SELECT a.name, a.unit, a.year, CAST(sum(a.value) AS BIGINT) AS value FROM record_amounts a");
    if faults::seeded("sums of all") {
        statement.push(" WHERE 1 = 1");
    } else {
        statement.viewed(scope, "a", space);
    }
    statement.is(" AND a.kind = ", kind.spec.many);
    statement.push(" GROUP BY a.name, a.unit, a.year");
    let found: Vec<SumRow> = run!(conn, statement);
    let sum = |row: SumRow| Sum {
        name: row.name,
        unit: row.unit,
        year: row.year,
        value: row.value,
    };
    Ok(found.into_iter().map(sum).collect())
}
