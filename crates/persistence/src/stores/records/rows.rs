//! Writes everything that is stored of a record: the newest version, the list of versions, and what is
//! derived from them.

mod derived;

use self::derived::{remove_amounts, replace_amounts, replace_facets, replace_shares};
use super::Row;
use crate::conn::Conn;
use crate::dialect::insert_batch;
use crate::failure::Outcome;
use crate::schema::{
    record_facets as facets, record_links as links, record_shares as shares,
    record_versions as versions, records,
};
use crate::stores::plain::require_changed;
use crate::stores::{external_ids, governments};
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use vinculo_domain::TenantId;
use vinculo_domain::counterparts::Visibility;
use vinculo_domain::faults;
use vinculo_domain::records::{
    Content, FacetRow, Facets, RecordAction, RecordStatus, Space, sort_key,
};

/// A version to be written.
pub(super) struct Version<'v> {
    pub(super) content: &'v Content,
    pub(super) status: RecordStatus,
    pub(super) action: Option<RecordAction>,
    /// The links as stored, with the owners of what they name; absent where they stay the same.
    pub(super) links: Option<Vec<LinkRow>>,
    /// The state of the owner, or the owner itself; absent where it was not read.
    pub(super) state: Option<TenantId>,
}

#[derive(Insertable, Queryable, Selectable, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[diesel(table_name = links, check_for_backend(crate::conn::MultiBackend), treat_none_as_default_value = false)]
pub(super) struct LinkRow {
    pub(super) tenant_id: String,
    pub(super) record_id: String,
    pub(super) name: String,
    pub(super) target: String,
    pub(super) target_tenant: Option<String>,
    pub(super) agreement_id: Option<String>,
    pub(super) counterpart_id: Option<String>,
    pub(super) linked_id: Option<String>,
    pub(super) body_id: Option<String>,
    pub(super) person_id: Option<String>,
    pub(super) government_id: Option<String>,
    pub(super) document_id: Option<String>,
}

/// Writes a version: the first if `before` is absent, otherwise the one after it.
pub(super) fn write(
    tx: &mut WriteTx<'_>,
    before: Option<&Row>,
    (owner, id): (&TenantId, String),
    version: &Version<'_>,
) -> Outcome<Row> {
    let state = match &version.state {
        Some(state) => state.clone(),
        None => {
            let parent = governments::find(tx.conn, owner)?.and_then(|owner| owner.parent_id);
            parent.unwrap_or_else(|| owner.clone())
        }
    };
    let stamp = before.map_or_else(|| tx.stamp(), |row| tx.stamp_after(row.updated_at));
    let content = version.content;
    // Whoever answers for another government says nothing of what that one wrote.
    let answers = owner != tx.scope.tenant();
    let confirmed = before
        .filter(|_| answers)
        .map_or(stamp, |row| row.confirmed_at);
    // A question that is changed before it is taken up was asked when it was written down.
    let since = before
        .filter(|_| version.status == RecordStatus::Asked)
        .map_or(stamp, |row| row.created_at);
    let facets = Facets {
        content,
        owner,
        state: &state,
        status: version.status,
        confirmed_at: confirmed.and_utc(),
        changed_at: stamp.and_utc(),
        since: since.and_utc(),
    };
    let row = row(tx, before, &facets, (id, stamp))?;
    match before {
        None => {
            diesel::insert_into(records::table)
                .values(row.clone())
                .execute(tx.conn)?;
        }
        Some(before) => {
            let guarded = records::table
                .find((&before.tenant_id, &before.id))
                .filter(records::version.eq(before.version));
            let changed = diesel::update(guarded).set(row.clone()).execute(tx.conn)?;
            require_changed(changed)?;
        }
    }
    keep_version(tx, &row, version.action, stamp)?;
    derive(tx, before, &row, &facets, version.links.as_deref())?;
    Ok(row)
}

fn row(
    tx: &WriteTx<'_>,
    before: Option<&Row>,
    facets: &Facets<'_>,
    (id, stamp): (String, NaiveDateTime),
) -> Outcome<Row> {
    let content = facets.content;
    let kind = &content.kind.spec;
    let kept = kind.kept.contains(&facets.status);
    let visibility = if kept {
        Visibility::Private
    } else {
        content.visibility()
    };
    let visibility: &str = visibility.into();
    Ok(Row {
        tenant_id: facets.owner.to_string(),
        id,
        kind: kind.many.to_owned(),
        status: facets.status.word().to_owned(),
        visibility: visibility.to_owned(),
        sort_key: sort_key(&content.fields.title),
        unique_key: content.index.unique.clone(),
        schema_version: kind.schema_version,
        body: serde_json::to_string(&content.body()?)?,
        version: before.map_or(1, |row| row.version + 1),
        created_at: before.map_or(stamp, |row| row.created_at),
        updated_at: stamp,
        confirmed_at: facets.confirmed_at.naive_utc(),
        person_id: tx.person(),
        acting_tenant: tx.actor(),
        retired_at: None,
    })
}

/// Adds the version to the list of versions.
pub(super) fn keep_version(
    tx: &mut WriteTx<'_>,
    row: &Row,
    action: Option<RecordAction>,
    stamp: NaiveDateTime,
) -> Outcome<()> {
    let values = (
        versions::tenant_id.eq(&row.tenant_id),
        versions::record_id.eq(&row.id),
        versions::version.eq(row.version),
        versions::status.eq(&row.status),
        versions::schema_version.eq(row.schema_version),
        versions::body.eq(&row.body),
        versions::action.eq(action.map(RecordAction::word)),
        versions::person_id.eq(tx.person()),
        versions::acting_tenant.eq(tx.actor()),
        versions::created_at.eq(stamp),
    );
    diesel::insert_into(versions::table)
        .values(values)
        .execute(tx.conn)?;
    Ok(())
}

/// Writes what is derived from a version.
fn derive(
    tx: &mut WriteTx<'_>,
    before: Option<&Row>,
    row: &Row,
    of: &Facets<'_>,
    links: Option<&[LinkRow]>,
) -> Outcome<()> {
    let is_new = before.is_none();
    let mut wanted = of.rows();
    if faults::seeded("a private record in public") {
        let public = Space::visible(Visibility::Public).viewer;
        let everywhere: Vec<_> = wanted
            .iter()
            .map(|one| FacetRow {
                viewer: public.clone(),
                ..one.clone()
            })
            .collect();
        wanted.extend(everywhere);
    }
    replace_facets(tx.conn, is_new, row, &wanted)?;
    // Whoever answers for another government changes neither with whom the record is shared nor what it
    // names, and nothing that is summed.
    if of.owner != tx.scope.tenant() {
        return Ok(());
    }
    let earlier = before.map(Row::content).transpose()?;
    let is_kept = |status: &str| {
        let mut kept = of.content.kind.spec.kept.iter();
        kept.any(|one| one.word() == status)
    };
    // Who sees it is the same, and so is what this compares of both contents.
    let same = |equal: fn(&Content, &Content) -> bool| {
        let seen = before.is_some_and(|before| {
            before.visibility == row.visibility && is_kept(&before.status) == is_kept(&row.status)
        });
        seen && earlier.as_ref().is_some_and(|one| equal(one, of.content))
    };
    if !same(|a, b| a.fields.shared_with == b.fields.shared_with && a.index.asks == b.index.asks) {
        replace_shares(tx.conn, is_new, row, of)?;
    }
    if !same(|a, b| {
        a.index.amounts == b.index.amounts && a.fields.shared_with == b.fields.shared_with
    }) {
        replace_amounts(tx.conn, is_new, row, of)?;
    }
    if let Some(links) = links {
        replace_links(tx.conn, is_new, row, links)?;
    }
    let ids = &of.content.fields.external_ids;
    let stay = match &earlier {
        Some(earlier) => earlier.fields.external_ids == *ids,
        None => ids.is_empty(),
    };
    if !stay {
        external_ids::replace(tx, of.owner, of.content.kind.spec.many, &row.id, ids)?;
    }
    Ok(())
}

/// The links of a record, as stored.
pub(super) fn links_of(conn: &mut Conn, row: &Row) -> Outcome<Vec<LinkRow>> {
    Ok(links::table
        .filter(links::tenant_id.eq(&row.tenant_id))
        .filter(links::record_id.eq(&row.id))
        .select(LinkRow::as_select())
        .load(conn)?)
}

fn replace_links(conn: &mut Conn, is_new: bool, row: &Row, wanted: &[LinkRow]) -> Outcome<()> {
    if !is_new {
        remove_links(conn, row)?;
    }
    let rows = wanted.to_vec();
    insert_batch!(conn, links::table, &rows);
    Ok(())
}

fn remove_links(conn: &mut Conn, row: &Row) -> Outcome<()> {
    let mine = links::table
        .filter(links::tenant_id.eq(&row.tenant_id))
        .filter(links::record_id.eq(&row.id));
    diesel::delete(mine).execute(conn)?;
    Ok(())
}

/// Takes away everything by which a record is found; its versions stay.
pub(super) fn remove_derived(tx: &mut WriteTx<'_>, row: &Row) -> Outcome<()> {
    let owner = row.owner();
    let conn = &mut *tx.conn;
    let found = facets::table
        .filter(facets::owner_tenant.eq(&row.tenant_id))
        .filter(facets::record_id.eq(&row.id));
    diesel::delete(found).execute(conn)?;
    remove_amounts(conn, row)?;
    remove_links(conn, row)?;
    let shared = shares::table
        .filter(shares::tenant_id.eq(&row.tenant_id))
        .filter(shares::record_id.eq(&row.id));
    diesel::delete(shared).execute(conn)?;
    external_ids::replace(tx, &owner, &row.kind, &row.id, &[])
}
