//! How many records a space has under a facet. The database keeps these counts for each owner
//! (migration 0025), so they cost as much whether there are thousands of records or millions. What it does
//! not count is counted from the index of facets.

use super::of_space::List;
use crate::conn::Conn;
use crate::dialect;
use crate::failure::Outcome;
use crate::schema::record_counts as kept;
use crate::statement::Statement;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use vinculo_auth::Scope;
use vinculo_domain::records::{Facet, Kind, Space};

#[derive(QueryableByName)]
struct ValueCount {
    #[diesel(sql_type = Text)]
    facet: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many records a space has under each value of a name.
pub(in crate::stores::records) fn counts(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    (space, by): (&Space, &str),
) -> Outcome<Vec<(Facet, i64)>> {
    let (from, to) = Facet::values(kind.spec.many, space.group, by);
    let mut statement = Statement::default();
    statement.push(if Facet::is_counted(space.group, by) {
        "SELECT f.facet, CAST(sum(f.records) AS BIGINT) AS n FROM record_counts f"
    } else {
        "SELECT f.facet, count(*) AS n FROM record_facets f"
    });
    statement.viewed(scope, "f", space);
    statement.is(" AND f.facet >= ", from.0);
    statement.is(" AND f.facet < ", to.0);
    statement.push(" GROUP BY f.facet");
    let found: Vec<ValueCount> = statement.load(conn)?;
    let found = found.into_iter();
    Ok(found.map(|row| (Facet(row.facet), row.n)).collect())
}

/// The statement that gives the length of a list from the kept counts; none where the list asks for more
/// than one of them says.
pub(super) fn of_list(list: List<'_>, spaces: &[Space]) -> Option<Statement> {
    let filter = list.filter;
    let narrowed =
        filter.q.is_some() || filter.external_id.is_some() || filter.updated_since.is_some();
    let (name, value) = match filter.facets.as_slice() {
        [] => ("all", ""),
        // A record may have two values of one name, and would be counted twice.
        [(name, values)] if values.len() == 1 => (*name, values.first()?.as_str()),
        _ => return None,
    };
    if narrowed || spaces.is_empty() || !Facet::is_counted(None, name) {
        return None;
    }
    let mut statement = Statement::default();
    statement.push("SELECT CAST(COALESCE(sum(b.records), 0) AS BIGINT) AS n FROM ");
    statement.union(spaces, "", |statement, space| {
        statement.push(if Facet::is_counted(space.group, name) {
            "SELECT f.records FROM record_counts f"
        } else {
            "SELECT 1 AS records FROM record_facets f"
        });
        statement.viewed(list.scope, "f", space);
        let facet = Facet::of(list.kind.spec.many, space.group, name, value);
        statement.is(" AND f.facet = ", facet.0);
    });
    statement.push(" b");
    Some(statement)
}

/// Which facets are counted, in SQL that both engines take: what [`Facet::is_counted`] and the triggers
/// say.
macro_rules! counted {
    () => {
        "facet NOT LIKE '%@%' AND facet NOT LIKE '%!_id=%' ESCAPE '!' AND facet NOT LIKE '%:answer=%' \
         AND facet NOT LIKE '%:changed=%' AND facet NOT LIKE '%:close=%' AND facet NOT LIKE '%:other=%' \
         AND facet NOT LIKE '%:told=%' AND facet NOT LIKE '%:word=%'"
    };
}
pub(crate) use counted;

/// Counts again.
pub(super) fn recount(conn: &mut Conn) -> Outcome<()> {
    const TABLES: [&str; 2] = ["record_facets", "record_counts"];
    dialect::lift_row_security(conn, &TABLES)?;
    diesel::delete(kept::table).execute(conn)?;
    diesel::sql_query(concat!(
        "INSERT INTO record_counts (viewer_tenant, facet, owner_tenant, records) \
         SELECT viewer_tenant, facet, owner_tenant, count(*) FROM record_facets WHERE ",
        counted!(),
        " GROUP BY viewer_tenant, facet, owner_tenant"
    ))
    .execute(conn)?;
    dialect::restore_row_security(conn, &TABLES)
}
