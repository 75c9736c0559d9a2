//! Partner search: what a government seeks and offers is compared with what others have made public.
//!
//! Of others only what anyone may read is looked at: profiles and memberships in the space
//! `visibility:public`, and the registry. Of the caller's own government its own records count too.
//! Each value that is looked for is one range of an index, cut to a fixed number of rows, so the
//! search costs the same however many governments there are.

mod registry;
mod shown;

use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{record_facets as facets, records};
use crate::stores::governments;
use crate::tx::ReadTx;
use diesel::prelude::*;
use serde::Deserialize;
use std::collections::BTreeSet;
use uuid::Uuid;
use vinculo_domain::governments::Government;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::partners::{Found, Partner, PartnerReason, Wanted, rank};
use vinculo_domain::records::{Facet, Space};
use vinculo_domain::{TenantId, Tier, counterparts::Visibility};

/// The profiles and the memberships of the government that searches which are looked at.
const OWN: i64 = 50;
/// The values that are looked for, of each source.
const VALUES: usize = 60;
/// The most governments that are compared: those with the most reasons.
const CANDIDATES: usize = 500;

/// What is searched for. An empty list narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct PartnerQuestion {
    /// For this government; the caller's own if absent.
    pub government: Option<TenantId>,
    /// By this profile alone.
    pub profile: Option<Uuid>,
    /// In these themes, whatever the profiles say.
    pub theme: Vec<String>,
    /// Among governments of the fifty newest inscribed agreements with each of these countries.
    pub country: Vec<String>,
    /// Among governments of these states.
    pub state: Vec<TenantId>,
}

/// What a profile wants, of its body.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Profile {
    seeks: Vec<String>,
    offers: Vec<String>,
    vocations: Vec<String>,
    languages: Vec<String>,
}

#[derive(Deserialize)]
struct Membership {
    network_id: String,
}

/// One page of the governments that fit, the best first.
pub fn list(
    tx: &mut ReadTx<'_>,
    asked: &PartnerQuestion,
    page: &PageRequest,
) -> Outcome<Page<Partner>> {
    tx.scope.require()?;
    let own = tx.scope.tenant().clone();
    let middle = asked.government.clone().unwrap_or_else(|| own.clone());
    let Some(middle) = governments::find(tx.conn, &middle)? else {
        return Ok(cut(Vec::new(), page));
    };
    let viewer = if middle.id == own {
        Space::of(&own)
    } else {
        Space::visible(Visibility::Public)
    };
    let wanted = wanted(tx.conn, &viewer.viewer, &middle.id, asked)?;
    let networks = networks(tx.conn, &viewer.viewer, &middle.id)?;
    let mut found = shown::reasons(tx.conn, &wanted, &networks, &asked.state)?;
    let (more, linked) = registry::reasons(tx.conn, &middle, &wanted, asked)?;
    found.extend(more);
    found.retain(|one| one.government != middle.id);
    if let Some(linked) = linked {
        found.retain(|one| linked.contains(&one.government));
    }
    let candidates = candidates(tx.conn, &found, &middle, &asked.state)?;
    found.extend(neighbours(&middle, &candidates));
    Ok(cut(rank(found, &candidates), page))
}

/// The bodies of records of a government that a viewer finds under a facet, by title.
fn bodies(
    conn: &mut Conn,
    viewer: &str,
    facet: Facet,
    status: Option<&str>,
    only: Option<Uuid>,
) -> Outcome<Vec<String>> {
    let mut query = facets::table
        .inner_join(
            records::table.on(records::tenant_id
                .eq(facets::owner_tenant)
                .and(records::id.eq(facets::record_id))),
        )
        .filter(tenant_eq(facets::viewer_tenant, viewer))
        .filter(facets::facet.eq(facet.0))
        .select(records::body)
        .order((facets::sort_key, facets::record_id))
        .limit(OWN)
        .into_boxed::<MultiBackend>();
    if let Some(status) = status {
        query = query.filter(records::status.eq(status.to_owned()));
    }
    if let Some(only) = only {
        query = query.filter(records::id.eq(only.to_string()));
    }
    Ok(query.load(conn)?)
}

/// What the government's profiles seek and offer, all together.
fn wanted(
    conn: &mut Conn,
    viewer: &str,
    middle: &TenantId,
    asked: &PartnerQuestion,
) -> Outcome<Wanted> {
    let facet = Facet::of("territory-profiles", None, "owner", middle.as_str());
    let mut wanted = Wanted::default();
    for body in bodies(conn, viewer, facet, None, asked.profile)? {
        let profile: Profile = serde_json::from_str(&body)?;
        wanted.seeks.extend(profile.seeks);
        wanted.offers.extend(profile.offers);
        wanted.vocations.extend(profile.vocations);
        wanted.languages.extend(profile.languages);
    }
    Ok(wanted.narrowed(&asked.theme))
}

/// The networks to which the government belongs.
fn networks(conn: &mut Conn, viewer: &str, middle: &TenantId) -> Outcome<BTreeSet<String>> {
    let facet = Facet::of("memberships", None, "owner", middle.as_str());
    let bodies = bodies(conn, viewer, facet, Some("active"), None)?;
    let ids = bodies.iter().map(|body| {
        let membership: Membership = serde_json::from_str(body)?;
        Ok(membership.network_id)
    });
    ids.collect()
}

/// The governments for which something was found, in these states if any are named. Of too many those
/// with the most reasons stay, and of equals those with the smaller key.
fn candidates(
    conn: &mut Conn,
    found: &BTreeSet<Found>,
    middle: &Government,
    states: &[TenantId],
) -> Outcome<Vec<Government>> {
    let mut counted: std::collections::BTreeMap<&TenantId, usize> = Default::default();
    for one in found {
        *counted.entry(&one.government).or_default() += 1;
    }
    let mut ids: Vec<(&TenantId, usize)> = counted.into_iter().collect();
    ids.sort_by_key(|(id, reasons)| (std::cmp::Reverse(*reasons), (*id).clone()));
    let ids = ids.into_iter().take(CANDIDATES);
    let ids: Vec<TenantId> = ids.map(|(id, _)| id.clone()).collect();
    let all = governments::find_all(conn, &ids)?.into_values();
    let within = |one: &Government| states.is_empty() || states.contains(state_of(one));
    let seeks = |one: &Government| one.id != middle.id && one.tier != Tier::Observer;
    Ok(all.filter(|one| within(one) && seeks(one)).collect())
}

/// The state of a municipality; any other government itself.
fn state_of(government: &Government) -> &TenantId {
    match (&government.parent_id, government.tier) {
        (Some(state), Tier::Municipality) => state,
        _ => &government.id,
    }
}

/// That a candidate is of the same state.
fn neighbours(middle: &Government, candidates: &[Government]) -> Vec<Found> {
    let near = candidates
        .iter()
        .filter(|one| state_of(one) == state_of(middle));
    near.map(|one| Found {
        government: one.id.clone(),
        code: PartnerReason::SameState,
        value: state_of(one).to_string(),
        evidence: format!("/v1/governments/{}", one.id),
    })
    .collect()
}

/// The page of a list that is in order.
fn cut(partners: Vec<Partner>, page: &PageRequest) -> Page<Partner> {
    let place = |one: &Partner| After {
        key: one.key(),
        id: one.government_id.to_string(),
    };
    let after = page.after.as_ref();
    let rest = partners.into_iter().filter(|one| {
        after.is_none_or(|after| {
            let here = place(one);
            (here.key, here.id) > (after.key.clone(), after.id.clone())
        })
    });
    Page::cut(rest.collect(), page.limit, place)
}
