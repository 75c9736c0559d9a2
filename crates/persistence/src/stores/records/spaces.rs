//! Where a caller finds records: the spaces of its government, and those of the people whom records
//! name.

use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::{Outcome, id};
use crate::schema::record_facets as facets;
use diesel::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;
use vinculo_auth::{Reach, Scope};
use vinculo_domain::counterparts::Visibility;
use vinculo_domain::records::{Access, Facet, Kind, Space};

/// Whether the caller reads what its government reads.
pub(super) fn is_reader(scope: &Scope) -> bool {
    scope.read_reach() >= Reach::Own
}

/// The spaces in which a caller finds records of a kind; none has a record of another.
pub(super) fn spaces(conn: &mut Conn, scope: &Scope, kind: &Kind) -> Outcome<Vec<Space>> {
    if scope.read_reach() == Reach::None {
        return Ok(Vec::new());
    }
    let public = Space::visible(Visibility::Public);
    if !is_reader(scope) {
        let groups = groups(conn, scope, kind)?.into_iter();
        let groups = groups.map(|group| Space::within(scope.tenant(), group));
        return Ok(groups.chain([public]).collect());
    }
    let mut spaces = vec![
        Space::of(scope.tenant()),
        Space::visible(Visibility::Network),
        public,
    ];
    if scope.is_sre() {
        spaces.push(Space::visible(Visibility::Government));
    }
    Ok(spaces)
}

/// The groups of a person who is no reader: itself, and the records that name it.
pub(super) fn groups(conn: &mut Conn, scope: &Scope, kind: &Kind) -> Outcome<Vec<Uuid>> {
    let Some(person) = scope.person() else {
        return Ok(Vec::new());
    };
    let named = named(conn, scope, kind)?;
    Ok(named.into_iter().chain([person]).collect())
}

/// The records of the caller's government that name the person, so that what belongs to them is its
/// to read; only where people are named at all.
pub(super) fn named(conn: &mut Conn, scope: &Scope, kind: &Kind) -> Outcome<BTreeSet<Uuid>> {
    let parents = match kind.spec.access {
        Access::Committee => "committees",
        Access::Referral => "missions",
        _ => return Ok(BTreeSet::new()),
    };
    let Some(person) = scope.person() else {
        return Ok(BTreeSet::new());
    };
    let found: Vec<String> = facets::table
        .filter(tenant_eq(facets::viewer_tenant, scope.tenant().as_str()))
        .filter(facets::facet.eq(Facet::named(parents, person).0))
        .select(facets::record_id)
        .load(conn)?;
    found.iter().map(|text| id(text)).collect()
}
