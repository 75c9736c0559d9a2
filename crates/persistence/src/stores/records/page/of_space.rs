//! What a space has of a list, as a part of a statement.

use crate::statement::Statement;
use crate::stores::records::spaces::is_reader;
use crate::stores::records::{RecordFilter, RecordSort};
use vinculo_auth::Scope;
use vinculo_domain::faults;
use vinculo_domain::page::After;
use vinculo_domain::records::{Facet, Kind, Space, change_key};
use vinculo_domain::text;

impl Statement {
    /// The rows of one viewer. What a reader's own government shares is in its own space already.
    pub(in crate::stores::records) fn viewed(&mut self, scope: &Scope, table: &str, space: &Space) {
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

    /// What comes after a place in the order of a list.
    pub(super) fn beyond(&mut self, after: Option<&After>, sign: &str) {
        if let Some(After { key, id }) = after {
            self.push(" AND (f.sort_key, f.record_id) ");
            self.is(sign, key.clone());
            self.is(", ", id.clone());
            self.push(")");
        }
    }

    /// The records that a space has under these facets.
    pub(super) fn under(&mut self, space: &Space, condition: impl FnOnce(&mut Self)) {
        self.push(" AND f.record_id IN (SELECT o.record_id FROM record_facets o WHERE ");
        self.is("o.viewer_tenant = ", space.viewer.clone());
        self.push(" AND o.facet ");
        condition(self);
        self.push(")");
    }

    /// What a space has of the list, without order.
    pub(super) fn space(
        &mut self,
        scope: &Scope,
        kind: &Kind,
        filter: &RecordFilter,
        space: &Space,
    ) {
        let many = kind.spec.many;
        let facet = |name: &str, value: &str| Facet::of(many, space.group, name, value).0;
        let one = filter
            .facets
            .iter()
            .position(|(_, values)| values.len() == 1);
        // Only one facet has the order of changes.
        let by_title = filter.sort == RecordSort::Title;
        let one = one.filter(|_| by_title);
        let first = one.and_then(|at| filter.facets.get(at));
        let changed = Facet::changed(many, space.group).0;
        let driving = match first.and_then(|(name, values)| Some((name, values.first()?))) {
            Some((name, value)) => facet(name, value),
            None if by_title => Facet::all(many, space.group).0,
            None => changed.clone(),
        };
        self.push(" FROM record_facets f");
        self.viewed(scope, "f", space);
        self.is(" AND f.facet = ", driving);
        match filter.updated_since.map(change_key) {
            Some(since) if by_title => self.under(space, |statement| {
                statement.is("= ", changed);
                statement.is(" AND o.sort_key >= ", since);
            }),
            Some(since) => self.is(" AND f.sort_key >= ", since),
            None => {}
        }
        for (at, (name, values)) in filter.facets.iter().enumerate() {
            if Some(at) == one {
                continue;
            }
            self.under(space, |statement| {
                statement.one_of("", values.iter().map(|value| facet(name, value)));
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
