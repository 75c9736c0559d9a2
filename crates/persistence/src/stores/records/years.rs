//! In which years the records began that a caller sees: counts by year, read from the index of facets.

use super::public::year_of;
use super::spaces::spaces;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::statement::Statement;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeMap;
use vinculo_auth::Scope;
use vinculo_domain::records::{Facet, Kind, Space};

/// Which records are counted.
pub(crate) struct Counted<'c> {
    pub(crate) kind: &'static Kind,
    /// In one of these statuses.
    pub(crate) statuses: &'c [&'static str],
    /// With this facet too.
    pub(crate) place: Option<(&'static str, &'c str)>,
}

#[derive(QueryableByName)]
struct YearRow {
    /// The facet of the year; empty for all of them, whether they have one or not.
    #[diesel(sql_type = Text)]
    facet: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many records began in each year; those without a year under none.
pub(crate) fn by_year(
    conn: &mut Conn,
    scope: &Scope,
    counted: &Counted<'_>,
) -> Outcome<BTreeMap<Option<i32>, i64>> {
    let spaces = spaces(conn, scope, counted.kind)?;
    let mut found = BTreeMap::new();
    if spaces.is_empty() {
        return Ok(found);
    }
    let mut statement = Statement::default();
    for (i, space) in spaces.iter().enumerate() {
        for dated in [true, false] {
            statement.push(if i == 0 && dated { "" } else { " UNION ALL " });
            in_space(&mut statement, scope, counted, (space, dated));
        }
    }
    let rows: Vec<YearRow> = statement.load(conn)?;
    let mut all = 0;
    for row in rows {
        match year_of(&row.facet) {
            Some(year) => {
                *found.entry(Some(year)).or_default() += row.n;
                all -= row.n;
            }
            None => all += row.n,
        }
    }
    found.insert(None, all);
    Ok(found)
}

/// What a space has: by year, or all together.
fn in_space(
    statement: &mut Statement,
    scope: &Scope,
    counted: &Counted<'_>,
    (space, dated): (&Space, bool),
) {
    let many = counted.kind.spec.many;
    let facet = |name: &str, value: &str| Facet::of(many, space.group, name, value).0;
    statement.push(if dated {
        "SELECT y.facet AS facet, count(*) AS n FROM record_facets s"
    } else {
        "SELECT '' AS facet, count(*) AS n FROM record_facets s"
    });
    if dated {
        statement.join_facets("y", "s");
    }
    if counted.place.is_some() {
        statement.join_facets("o", "s");
    }
    statement.viewed(scope, "s", space);
    let statuses = counted.statuses.iter();
    statement.one_of(" AND s.facet", statuses.map(|word| facet("status", word)));
    if let Some((name, value)) = counted.place {
        statement.is(" AND o.facet = ", facet(name, value));
    }
    if dated {
        let (from, to) = Facet::values(many, space.group, "year");
        statement.is(" AND y.facet >= ", from.0);
        statement.is(" AND y.facet < ", to.0);
        statement.push(" GROUP BY y.facet");
    }
}
