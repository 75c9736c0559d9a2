//! The statements of lists and figures. A list is one page of each space from the index of facets, and the records
//! of the page by their keys. The query builder cannot say that each part is sorted and cut before they are
//! put together, so this is plain SQL; it is the same on both engines, and every value is bound.

mod counts;
mod of_space;
mod stretches;
mod sums;
mod ways;

pub(crate) use counts::counted;
pub(super) use counts::counts;
use of_space::{List, Needs};
pub(super) use stretches::{Placed, Stretch, in_order};
pub(super) use sums::sums;

use super::{RecordFilter, RecordSort, Row};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::statement::Statement;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use vinculo_auth::Scope;
use vinculo_domain::page::After;
use vinculo_domain::records::{Facet, Kind, Space};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// The records of one page, in the order of the list, with one more if there is one.
pub(super) fn page(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    filter: &RecordFilter,
    (spaces, after, limit): (&[Space], Option<&After>, i64),
) -> Outcome<Vec<Row>> {
    let list = List {
        scope,
        kind,
        filter,
    };
    let (direction, beyond) = match filter.sort {
        RecordSort::Title | RecordSort::Oldest => ("", "> ("),
        RecordSort::Newest => (" DESC", "< ("),
    };
    let order = format!("sort_key{direction}, record_id{direction}");
    let cut = format!(" ORDER BY {order} LIMIT {limit}");
    let mut statement = Statement::default();
    let parts = statement.parts(list, spaces);
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    statement.push("SELECT r.* FROM (SELECT * FROM ");
    statement.union(&parts, &cut, |statement, part| {
        statement.push("SELECT f.owner_tenant, f.sort_key, f.record_id");
        statement.part(list, part, Needs::Page);
        statement.beyond(after, beyond);
        statement.push(&cut);
    });
    statement.push(&format!(" b{cut}"));
    statement.push(") l JOIN records r ON r.tenant_id = l.owner_tenant AND r.id = l.record_id");
    statement.push(&format!(
        " ORDER BY l.sort_key{direction}, l.record_id{direction}"
    ));
    statement.load(conn)
}

/// The records of one page, by title, of several kinds that name the same thing.
pub(super) fn linked(
    conn: &mut Conn,
    scope: &Scope,
    kinds: &[&Kind],
    (name, value): &(&str, String),
    (spaces, after, limit): (&[Space], Option<&After>, i64),
) -> Outcome<Vec<Row>> {
    if spaces.is_empty() {
        return Ok(Vec::new());
    }
    let cut = format!(" ORDER BY sort_key, record_id LIMIT {limit}");
    let mut statement = Statement::default();
    statement.push("SELECT r.* FROM (SELECT * FROM ");
    statement.union(spaces, &cut, |statement, space| {
        statement.push("SELECT f.owner_tenant, f.sort_key, f.record_id");
        statement.push(" FROM record_facets f");
        statement.viewed(scope, "f", space);
        let named = kinds.iter();
        let named = named.map(|kind| Facet::of(kind.spec.many, space.group, name, value).0);
        statement.one_of(" AND f.facet", named);
        statement.beyond(after, "> (");
        statement.push(&cut);
    });
    statement.push(&format!(" b{cut}"));
    statement.push(") l JOIN records r ON r.tenant_id = l.owner_tenant AND r.id = l.record_id");
    statement.push(" ORDER BY l.sort_key, l.record_id");
    statement.load(conn)
}

/// How many records the whole list has.
pub(super) fn count(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    filter: &RecordFilter,
    spaces: &[Space],
) -> Outcome<i64> {
    let list = List {
        scope,
        kind,
        filter,
    };
    if let Some(statement) = counts::of_list(list, spaces) {
        return one(conn, statement);
    }
    let mut statement = Statement::default();
    let parts = statement.parts(list, spaces);
    if parts.is_empty() {
        return Ok(0);
    }
    statement.push("SELECT count(*) AS n FROM ");
    statement.union(&parts, "", |statement, part| {
        statement.push("SELECT f.record_id");
        statement.part(list, part, Needs::All);
    });
    statement.push(" b");
    one(conn, statement)
}

/// The number that a statement gives.
fn one(conn: &mut Conn, statement: Statement) -> Outcome<i64> {
    let found: Vec<Count> = statement.load(conn)?;
    Ok(found.first().map_or(0, |count| count.n))
}

/// Counts and adds up again, after something other than this program changed the index. Nobody else writes
/// meanwhile.
pub(crate) fn recount(conn: &mut Conn) -> Outcome<()> {
    counts::recount(conn)?;
    sums::recount(conn)
}
