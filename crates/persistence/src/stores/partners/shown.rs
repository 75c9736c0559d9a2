//! What others show of themselves: published profiles and memberships, found by their public facets.
//! Each facet is one sorted and cut range of the index; the builder cannot put such ranges together,
//! so this is plain SQL, the same on both engines, and every value is bound.

use super::VALUES;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::records;
use crate::statement::Statement;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use vinculo_domain::TenantId;
use vinculo_domain::counterparts::Visibility;
use vinculo_domain::partners::{Found, PartnerReason, Wanted};
use vinculo_domain::records::{Facet, Space};

/// The records that are read under one value, the first by title.
const EACH: usize = 100;

/// A value that is looked for among the records of a kind.
struct Sought {
    kind: &'static str,
    code: PartnerReason,
    facet: &'static str,
    value: String,
    /// What the reason says of it.
    shown: String,
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = Text)]
    at: String,
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    record: String,
}

/// The reasons that public profiles and memberships give.
pub(super) fn reasons(
    conn: &mut Conn,
    wanted: &Wanted,
    networks: &BTreeSet<String>,
    states: &[TenantId],
) -> Outcome<BTreeSet<Found>> {
    let profiles = wanted.sought_values().into_iter().take(VALUES);
    let profiles = profiles.map(|(code, facet, value)| Sought {
        kind: "territory-profiles",
        code,
        facet,
        value: value.to_owned(),
        shown: value.to_owned(),
    });
    let titles = titles(conn, networks)?;
    let networks = networks.iter().take(VALUES).filter_map(|network| {
        Some(Sought {
            kind: "memberships",
            code: PartnerReason::CommonNetwork,
            facet: "network_id",
            value: network.clone(),
            shown: titles.get(network)?.clone(),
        })
    });
    let sought: Vec<Sought> = profiles.chain(networks).collect();
    let mut found = BTreeSet::new();
    for hit in hits(conn, &sought, states)? {
        let Some(one) = hit.at.parse().ok().and_then(|at: usize| sought.get(at)) else {
            continue;
        };
        found.insert(Found {
            government: TenantId::new(hit.owner),
            code: one.code,
            value: one.shown.clone(),
            evidence: format!("/v1/{}/{}", one.kind, hit.record),
        });
    }
    Ok(found)
}

/// The titles of these networks, of those that anyone may see.
fn titles(conn: &mut Conn, networks: &BTreeSet<String>) -> Outcome<HashMap<String, String>> {
    #[derive(Deserialize)]
    struct Titled {
        title: String,
    }
    let public: &'static str = Visibility::Public.into();
    let rows: Vec<(String, String)> = records::table
        .filter(records::id.eq_any(networks))
        .filter(records::visibility.eq(public))
        .filter(records::retired_at.is_null())
        .select((records::id, records::body))
        .load(conn)?;
    let titled = rows.into_iter().map(|(id, body)| {
        let body: Titled = serde_json::from_str(&body)?;
        Ok((id, body.title))
    });
    titled.collect()
}

/// The public records under each value: which value, whose, and which record.
fn hits(conn: &mut Conn, sought: &[Sought], states: &[TenantId]) -> Outcome<Vec<Hit>> {
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::default();
    for (at, one) in sought.iter().enumerate() {
        statement.push(if at == 0 { "" } else { " UNION ALL " });
        statement.is("SELECT * FROM (SELECT CAST(", at.to_string());
        statement.push(" AS TEXT) AS at, f.owner_tenant AS owner, f.record_id AS record");
        statement.push(" FROM record_facets f WHERE f.viewer_tenant = ");
        statement.bind(Space::visible(Visibility::Public).viewer);
        statement.is(" AND f.facet = ", one.key(one.facet, &one.value));
        if one.kind == "memberships" {
            under(&mut statement, [one.key("status", "active")]);
        }
        if !states.is_empty() {
            let states = states.iter().map(|state| one.key("state", state.as_str()));
            under(&mut statement, states);
        }
        statement.push(&format!(
            " ORDER BY f.sort_key, f.record_id LIMIT {EACH}) p{at}"
        ));
    }
    statement.load(conn)
}

/// Narrows to records that are public under one of these facets too.
fn under(statement: &mut Statement, facets: impl IntoIterator<Item = String>) {
    statement.push(" AND f.record_id IN (SELECT o.record_id FROM record_facets o");
    let public = Space::visible(Visibility::Public);
    statement.is(" WHERE o.viewer_tenant = ", public.viewer);
    statement.one_of(" AND o.facet", facets);
    statement.push(")");
}

impl Sought {
    /// The key of a facet of its kind.
    fn key(&self, name: &str, value: &str) -> String {
        Facet::of(self.kind, None, name, value).0
    }
}
