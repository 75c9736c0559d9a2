//! Which record a caller sees, as what, and what in it is hidden.

use super::exchanges::turns;
use super::rights::writes_unnamed;
use super::spaces::{groups, is_reader, named};
use super::{RecordView, Row};
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{
    agreement_access, governments, record_facets as facets, record_links as links, record_shares,
    records,
};
use crate::stores::{counterparts, documents};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;
use vinculo_auth::{Action, Reach, Scope, policy};
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{By, Facet, Kind, RecordAction, RecordStatus, Shown};
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::{Role, TenantId};

/// A record that the caller sees.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) row: Row,
    /// The caller's government owns it.
    pub(super) own: bool,
    /// The owner asks something of the caller's government.
    pub(super) asked: bool,
    /// The state of the owner, which is the owner itself unless it is a municipality; absent where it was
    /// not read.
    pub(super) state: Option<TenantId>,
}

impl Seen {
    /// A record that is in sight, because a list has it or because the caller just wrote it.
    pub(super) fn of(scope: &Scope, row: Row) -> Outcome<Self> {
        // What is asked of the caller's government is in its space, and it owns none of it.
        let asks = row.content()?.index.asks;
        Ok(Self {
            own: row.tenant_id == scope.tenant().as_str(),
            asked: asks.is_some_and(|(_, tenant)| tenant == *scope.tenant()),
            row,
            state: None,
        })
    }
}

/// The record, if the caller sees it (404).
pub(super) fn seen(conn: &mut Conn, scope: &Scope, kind: &Kind, record: Uuid) -> Outcome<Seen> {
    let mine = record_shares::tenant_id
        .eq(records::tenant_id)
        .and(record_shares::record_id.eq(records::id))
        .and(tenant_eq(
            record_shares::viewer_tenant,
            scope.tenant().as_str(),
        ));
    let owner = governments::id
        .eq(records::tenant_id)
        .and(governments::valid_to.is_null());
    let found: Option<(Row, Option<bool>, Option<String>)> = records::table
        .left_join(record_shares::table.on(mine))
        .left_join(governments::table.on(owner))
        .filter(records::id.eq(record.to_string()))
        .filter(records::kind.eq(kind.spec.many))
        .filter(records::retired_at.is_null())
        .select((
            Row::as_select(),
            record_shares::acts.nullable(),
            governments::parent_id.nullable(),
        ))
        .first(conn)
        .optional()?;
    let not_found = || crate::Failure::from(Problem::NotFound);
    let (row, share, parent) = found.ok_or_else(not_found)?;
    let seen = Seen {
        own: row.tenant_id == scope.tenant().as_str(),
        asked: share == Some(true),
        state: Some(parent.map_or_else(|| row.owner(), TenantId::new)),
        row,
    };
    if is_visible(conn, scope, kind, &seen, share.is_some())? {
        Ok(seen)
    } else {
        Err(not_found())
    }
}

fn is_visible(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    seen: &Seen,
    shared: bool,
) -> Outcome<bool> {
    let visibility = seen.row.visibility.as_str();
    if faults::seeded("any record") {
        return Ok(true);
    }
    if scope.read_reach() == Reach::None {
        return Ok(false);
    }
    if is_reader(scope) {
        let for_all = matches!(visibility, "network" | "public");
        return Ok(seen.own || shared || for_all || visibility == "government" && scope.is_sre());
    }
    if visibility == "public" {
        return Ok(true);
    }
    let groups = groups(conn, scope, kind)?.into_iter();
    let all: Vec<String> = groups
        .map(|group| Facet::all(kind.spec.many, Some(group)).0)
        .collect();
    let named = facets::table
        .filter(tenant_eq(facets::viewer_tenant, scope.tenant().as_str()))
        .filter(facets::facet.eq_any(all))
        .filter(facets::sort_key.eq(&seen.row.sort_key))
        .filter(facets::record_id.eq(&seen.row.id));
    Ok(diesel::select(diesel::dsl::exists(named)).get_result(conn)?)
}

/// Whether the caller sees a record; gives its owner.
pub(super) fn owner_if_seen(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    record: Uuid,
) -> Outcome<Option<String>> {
    Ok(row_if_seen(conn, scope, kind, record)?.map(|row| row.tenant_id))
}

/// A record, if the caller sees it.
pub(super) fn row_if_seen(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    record: Uuid,
) -> Outcome<Option<Row>> {
    match seen(conn, scope, kind, record) {
        Ok(seen) => Ok(Some(seen.row)),
        Err(crate::Failure::Refused(refusal)) if refusal.problem == Problem::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// A record that a refusal may name, because the caller sees it.
pub(super) fn in_sight(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    record: Uuid,
) -> Outcome<Option<ExistingRecord>> {
    let owner = owner_if_seen(conn, scope, kind, record)?;
    Ok(owner.map(|_| ExistingRecord::of(&kind.spec.address(), record)))
}

/// The records that name the caller, where it may have no other right than being named.
fn named_by(conn: &mut Conn, scope: &Scope, found: &[Seen]) -> Outcome<BTreeSet<Uuid>> {
    let Some(first) = found.first() else {
        return Ok(BTreeSet::new());
    };
    if is_reader(scope) && !scope.roles().contains(&Role::CommitteeMember) {
        return Ok(BTreeSet::new());
    }
    named(conn, scope, first.row.kind()?)
}

/// The actions that are open to the caller.
fn actions(
    scope: &Scope,
    kind: &Kind,
    seen: &Seen,
    (status, named): (RecordStatus, &BTreeSet<Uuid>),
) -> Outcome<Vec<RecordAction>> {
    let (action, by) = match (seen.own, seen.asked) {
        (true, _) => (Action::Update, By::Owner),
        (false, true) => (Action::Answer, By::Asked),
        (false, false) => return Ok(Vec::new()),
    };
    let by_name = || -> Outcome<bool> {
        let within = seen.row.content()?.index.within;
        Ok(scope.permits(action) && within.is_some_and(|parent| named.contains(&parent)))
    };
    if writes_unnamed(scope, action) || by_name()? {
        return Ok(kind.open_actions(status, by));
    }
    Ok(Vec::new())
}

/// Records as the caller reads them. Ids to which it has no access are hidden from everybody but the
/// owner, in at most four statements for all of them.
pub(super) fn shown(
    conn: &mut Conn,
    scope: &Scope,
    now: DateTime<Utc>,
    found: Vec<Seen>,
) -> Outcome<Vec<RecordView>> {
    let foreign = found.iter().filter(|seen| !(seen.own && is_reader(scope)));
    let named = named_by(conn, scope, &found)?;
    let hidden = hidden(conn, scope, &named, foreign.map(|seen| &seen.row))?;
    let mut turns = turns(conn, now, found.iter().map(|seen| &seen.row))?;
    let view = |seen: Seen| {
        let record = seen.row.record()?;
        let shown = Shown {
            own: seen.own && is_reader(scope) || faults::seeded("everybody is the owner"),
            actions: actions(scope, record.kind, &seen, (record.status, &named))?,
            hidden: hidden.clone(),
            now,
            turn: turns.remove(&record.id),
        };
        Ok(RecordView {
            id: record.id,
            version: record.version,
            body: record.show(&shown),
        })
    };
    found.into_iter().map(view).collect()
}

/// What the caller has no access to among the things that records name.
fn hidden<'r>(
    conn: &mut Conn,
    scope: &Scope,
    known: &BTreeSet<Uuid>,
    rows: impl Iterator<Item = &'r Row>,
) -> Outcome<HashSet<String>> {
    let (mut agreements, mut others) = (HashSet::new(), HashSet::new());
    let (mut papers, mut linked) = (HashSet::new(), HashSet::new());
    for row in rows {
        let content = row.content()?;
        // Who sees a record because of the one it belongs to knows that one.
        let parent = content.index.within.filter(|parent| known.contains(parent));
        for link in content.links {
            use vinculo_domain::records::Target as T;
            match link.target {
                T::Agreement(id) => _ = agreements.insert(id.to_string()),
                T::Counterpart(id) => _ = others.insert(id.to_string()),
                T::Document(id) => _ = papers.insert(id.to_string()),
                T::Record(_, id) | T::OwnRecord(_, id) if parent == Some(id) => {}
                T::Record(_, id) | T::OwnRecord(_, id) => _ = linked.insert(id.to_string()),
                T::Government(_) | T::Body(_) | T::Person(_) => {}
            }
        }
    }
    if faults::seeded("names of others") {
        return Ok(HashSet::new());
    }
    let mut seen: HashSet<String> = HashSet::new();
    if !agreements.is_empty() && reads(scope, vinculo_auth::Kind::Agreement) {
        let found: Vec<String> = agreement_access::table
            .filter(tenant_eq(
                agreement_access::viewer_tenant,
                scope.tenant().as_str(),
            ))
            .filter(agreement_access::agreement_id.eq_any(&agreements))
            .select(agreement_access::agreement_id)
            .load(conn)?;
        seen.extend(found);
    }
    if !others.is_empty() && reads(scope, vinculo_auth::Kind::Counterpart) {
        seen.extend(counterparts::seen_of(conn, scope, &others)?);
    }
    if !papers.is_empty() && reads(scope, vinculo_auth::Kind::Agreement) {
        seen.extend(documents::seen_of(conn, scope, &papers)?);
    }
    if !linked.is_empty() {
        seen.extend(seen_records(conn, scope, &linked)?);
    }
    let all = agreements.into_iter().chain(others);
    let all = all.chain(papers).chain(linked);
    Ok(all.filter(|id| !seen.contains(id)).collect())
}

/// Whether the caller reads what its government reads of another kind.
pub(super) fn reads(scope: &Scope, kind: vinculo_auth::Kind) -> bool {
    policy::reach(scope.actor(), kind, Action::Read) >= Reach::Own
}

/// Of these records, those that the caller sees.
fn seen_records(conn: &mut Conn, scope: &Scope, ids: &HashSet<String>) -> Outcome<Vec<String>> {
    let rows = records::table
        .filter(records::id.eq_any(ids))
        .filter(records::retired_at.is_null())
        .select(records::id);
    if !is_reader(scope) {
        return Ok(rows.filter(records::visibility.eq("public")).load(conn)?);
    }
    let mut visibilities = vec!["public", "network"];
    if scope.is_sre() {
        visibilities.push("government");
    }
    let tenant = scope.tenant().as_str();
    let shared = record_shares::table
        .filter(tenant_eq(record_shares::viewer_tenant, tenant))
        .filter(record_shares::record_id.eq_any(ids))
        .select(record_shares::record_id);
    let seen = records::visibility
        .eq_any(visibilities)
        .or(records::tenant_id.eq(tenant))
        .or(records::id.eq_any(shared));
    Ok(rows.filter(seen).load(conn)?)
}

/// Whether records that are not retired name this one.
pub(super) fn is_named(conn: &mut Conn, owner: &str, record: &str) -> Outcome<bool> {
    let named = links::table
        .filter(links::target.eq(record))
        .filter(links::target_tenant.eq(owner))
        .filter(links::linked_id.eq(record));
    Ok(diesel::select(diesel::dsl::exists(named)).get_result(conn)?)
}
