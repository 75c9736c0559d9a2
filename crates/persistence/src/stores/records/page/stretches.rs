//! Records under a range of facets, in the order of the values: what waits in exchanges, and what was
//! done in them.

use super::super::Row;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::statement::Statement;
use diesel::prelude::*;
use diesel::sql_types::Text;
use vinculo_auth::Scope;
use vinculo_domain::page::After;
use vinculo_domain::records::{Facet, Kind, Space};

/// A part of the facets of a viewer, in the order of their values.
pub(in super::super) struct Stretch<'s> {
    pub(in super::super) space: &'s Space,
    pub(in super::super) kind: &'s Kind,
    pub(in super::super) name: &'s str,
    /// From this value on.
    pub(in super::super) from: &'s str,
}

/// A record under a value by which it was found.
#[derive(QueryableByName)]
pub(in super::super) struct Placed {
    #[diesel(embed)]
    pub(in super::super) stored: Row,
    #[diesel(sql_type = Text)]
    pub(in super::super) value: String,
}

impl Stretch<'_> {
    /// The facets from a value on: the first, and the one behind the last.
    fn facets(&self, value: &str) -> (String, String) {
        let (from, to) = Facet::from(self.kind.spec.many, self.space.group, self.name, value);
        (from.0, to.0)
    }

    /// Its first records, after a place.
    fn page(&self, statement: &mut Statement, scope: &Scope, cut: (Option<&After>, i64)) {
        let (after, limit) = cut;
        let (from, to) = self.facets(self.from);
        // The value is what stands behind the name.
        let behind = self.facets("").0.chars().count() + 1;
        statement.push(&format!("SELECT f.owner_tenant, f.record_id, substr(f.facet, {behind}) AS value FROM record_facets f"));
        statement.viewed(scope, "f", self.space);
        statement.is(" AND f.facet >= ", from);
        statement.is(" AND f.facet < ", to);
        if let Some(After { key, id }) = after {
            statement.is(" AND (f.facet, f.record_id) > (", self.facets(key).0);
            statement.is(", ", id.clone());
            statement.push(")");
        }
        statement.push(&format!(" ORDER BY f.facet, f.record_id LIMIT {limit}"));
    }
}

/// The first records of several stretches, by the value under which each stands and by id; those after
/// a place, if there is one.
pub(in super::super) fn in_order(
    conn: &mut Conn,
    scope: &Scope,
    stretches: &[Stretch<'_>],
    (after, limit): (Option<&After>, i64),
) -> Outcome<Vec<Placed>> {
    if stretches.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::default();
    let cut = format!(" ORDER BY value, record_id LIMIT {limit}");
    statement.push("SELECT r.*, l.value FROM (SELECT * FROM ");
    statement.union(stretches, &cut, |statement, stretch| {
        stretch.page(statement, scope, (after, limit));
    });
    statement.push(&format!(" b{cut}) l JOIN records r ON r.tenant_id = l.owner_tenant AND r.id = l.record_id ORDER BY l.value, l.record_id"));
    statement.load(conn)
}
