//! What a space has of a list, as a part of a statement.

use super::ways::{Condition, RARE, Way, conditions, ways};
use crate::statement::Statement;
use crate::stores::records::spaces::is_reader;
use crate::stores::records::{RecordFilter, RecordSort};
use vinculo_auth::Scope;
use vinculo_domain::faults;
use vinculo_domain::page::After;
use vinculo_domain::records::{Facet, Kind, Space, change_key};

/// A list: who asks for which records of a kind.
#[derive(Clone, Copy)]
pub(super) struct List<'l> {
    pub(super) scope: &'l Scope,
    pub(super) kind: &'l Kind,
    pub(super) filter: &'l RecordFilter,
}

/// How much of a list is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    Page,
    All,
}

/// A part of a list: what a space has of it, found in one of so many ways.
pub(super) struct Part<'l> {
    space: &'l Space,
    way: Way,
    /// When it is taken, if not always.
    gate: Option<String>,
    /// Whether none of the conditions is rare.
    common: bool,
}

impl List<'_> {
    /// The facet under which everything of a list stands, in its order.
    fn base(self, space: &Space) -> Facet {
        let many = self.kind.spec.many;
        match self.filter.sort {
            RecordSort::Title => Facet::all(many, space.group),
            RecordSort::Newest | RecordSort::Oldest => Facet::changed(many, space.group),
        }
    }
}

impl Statement {
    /// The parts of a list. Where they depend on how rare a condition is, this counts first.
    pub(super) fn parts<'l>(&mut self, list: List<'_>, spaces: &'l [Space]) -> Vec<Part<'l>> {
        let ways = ways(list.kind, list.filter, spaces);
        let all = ways.len();
        if all > 1 {
            self.rarities(list, spaces, all - 1);
        }
        let parts = spaces.iter().enumerate().flat_map(|(i, space)| {
            ways.iter().enumerate().map(move |(number, way)| Part {
                space,
                way: *way,
                gate: (all > 1).then(|| Way::gate(i, number, all)),
                common: all > 1 && number + 1 == all,
            })
        });
        parts.collect()
    }

    /// What stands behind the columns of a part, without order. A page needs a few records and looks each
    /// of them up; whoever needs all of a common condition reads them at once.
    pub(super) fn part(&mut self, list: List<'_>, part: &Part<'_>, needs: Needs) {
        let conditions = conditions(list.kind, list.filter, part.space);
        let met = part.way.condition().and_then(|at| conditions.get(at));
        match part.way {
            Way::Gather(_) => self.gather(list, part, met),
            Way::Walk(_) => self.walk(list, part, met),
            Way::ExternalId => self.of_external_id(list, part.space),
        }
        if list.filter.sort != RecordSort::Title
            && let Some(since) = list.filter.updated_since
        {
            self.is(" AND f.sort_key >= ", change_key(since));
        }
        for (at, condition) in conditions.iter().enumerate() {
            if Some(at) == part.way.condition() {
                continue;
            }
            if part.common && needs == Needs::All {
                self.under(part.space, condition);
            } else {
                self.look_up(part.space, condition);
            }
        }
    }

    /// The rows of one viewer. What a reader's own government shares is in its own space already.
    pub(in crate::stores::records) fn viewed(&mut self, scope: &Scope, table: &str, space: &Space) {
        self.viewed_if(None, (scope, table, space));
    }

    /// The rows of one viewer, and none if a gate is shut. The gate is part of the key: beside it, SQLite
    /// would try it on each row.
    fn viewed_if(&mut self, gate: Option<&str>, (scope, table, space): (&Scope, &str, &Space)) {
        let own = scope.tenant().as_str();
        if faults::drops("records::viewer") {
            self.push(" WHERE 1 = 1");
        } else if let Some(gate) = gate {
            self.push(&format!(
                " WHERE {table}.viewer_tenant = (SELECT CASE WHEN {gate} THEN "
            ));
            self.bind(space.viewer.clone());
            self.push(" END FROM rarity)");
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

    /// What comes after a place in the order of a list.
    pub(super) fn beyond(&mut self, after: Option<&After>, sign: &str) {
        if let Some(After { key, id }) = after {
            self.push(" AND (f.sort_key, f.record_id) ");
            self.is(sign, key.clone());
            self.is(", ", id.clone());
            self.push(")");
        }
    }

    /// The records under one facet, or all, in the order of the list.
    fn walk(&mut self, list: List<'_>, part: &Part<'_>, met: Option<&Condition>) {
        self.push(" FROM record_facets f");
        self.viewed_if(part.gate.as_deref(), (list.scope, "f", part.space));
        match met {
            Some(condition) => self.holds("f", condition),
            None => self.is(" AND f.facet = ", list.base(part.space).0),
        }
    }

    /// The records that meet a condition, each with its place in the order of the list.
    fn gather(&mut self, list: List<'_>, part: &Part<'_>, met: Option<&Condition>) {
        self.push(
            " FROM (SELECT DISTINCT g.owner_tenant AS owner, g.record_id AS record FROM record_facets g",
        );
        self.viewed_if(part.gate.as_deref(), (list.scope, "g", part.space));
        if let Some(condition) = met {
            self.holds("g", condition);
        }
        // SQLite reads what a cross join names first before what it names then.
        self.push(") s CROSS JOIN record_facets f");
        self.viewed(list.scope, "f", part.space);
        self.push(" AND f.owner_tenant = s.owner AND f.record_id = s.record");
        self.is(" AND f.facet = ", list.base(part.space).0);
    }

    /// The record with an id of another system, which only its owner finds by it.
    fn of_external_id(&mut self, list: List<'_>, space: &Space) {
        self.push(" FROM external_ids x CROSS JOIN record_facets f");
        self.viewed(list.scope, "f", space);
        self.push(" AND f.owner_tenant = x.tenant_id AND f.record_id = x.subject_id");
        self.is(" AND f.facet = ", list.base(space).0);
        self.is(" AND x.tenant_id = ", list.scope.tenant().as_str());
        self.is(" AND x.subject_kind = ", list.kind.spec.many);
        if let Some((system, value)) = &list.filter.external_id {
            self.is(" AND x.system = ", system.clone());
            self.is(" AND x.value = ", value.clone());
        }
    }

    /// That a row of facets meets a condition.
    fn holds(&mut self, table: &str, condition: &Condition) {
        match condition {
            Condition::OneOf(facets) => {
                self.one_of(&format!(" AND {table}.facet"), facets.iter().cloned());
            }
            Condition::Between(from, to) => {
                self.is(&format!(" AND {table}.facet >= "), from.clone());
                self.is(&format!(" AND {table}.facet < "), to.clone());
            }
            Condition::Since(facet, key) => {
                self.is(&format!(" AND {table}.facet = "), facet.clone());
                self.is(&format!(" AND {table}.sort_key >= "), key.clone());
            }
        }
    }

    /// That the record of a row is among all that meet a condition.
    fn under(&mut self, space: &Space, condition: &Condition) {
        self.push(" AND f.record_id IN (SELECT o.record_id FROM record_facets o");
        self.is(" WHERE o.viewer_tenant = ", space.viewer.clone());
        self.holds("o", condition);
        self.push(")");
    }

    /// That the record of a row meets a condition, found by its own rows. The offset keeps PostgreSQL
    /// from reading all that meet it.
    fn look_up(&mut self, space: &Space, condition: &Condition) {
        self.push(
            " AND EXISTS (SELECT 1 FROM record_facets o WHERE o.owner_tenant = f.owner_tenant \
             AND o.record_id = f.record_id",
        );
        self.is(" AND o.viewer_tenant = ", space.viewer.clone());
        self.holds("o", condition);
        self.push(" LIMIT 1 OFFSET 0)");
    }

    /// How many rows of a space meet each condition that decides, counted up to where a condition is no
    /// longer rare: columns of one row, for [`Way::gate`].
    fn rarities(&mut self, list: List<'_>, spaces: &[Space], deciding: usize) {
        self.push("WITH rarity AS MATERIALIZED (SELECT 0 AS zero");
        for (i, space) in spaces.iter().enumerate() {
            let conditions = conditions(list.kind, list.filter, space);
            for (at, condition) in conditions.iter().take(deciding).enumerate() {
                self.push(", (SELECT count(*) FROM (SELECT 1 FROM record_facets g");
                self.viewed(list.scope, "g", space);
                self.holds("g", condition);
                self.push(&format!(" LIMIT {RARE}) c) AS s{i}_{at}"));
            }
        }
        self.push(") ");
    }
}
