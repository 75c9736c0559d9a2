//! What is derived from a record: by what each viewer finds it, with whom it is shared, what is summed.
//! A change writes the rows that differ.

use super::super::Row;
use crate::conn::Conn;
use crate::dialect::{insert_batch, unnest};
use crate::failure::Outcome;
use crate::schema::{record_amounts as amounts, record_facets as facets, record_shares as shares};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use vinculo_domain::records::{FacetRow as Wanted, Facets};

#[derive(Insertable)]
#[diesel(table_name = facets)]
struct FacetRow<'f> {
    viewer_tenant: &'f str,
    facet: &'f str,
    sort_key: &'f str,
    record_id: &'f str,
    owner_tenant: &'f str,
}

#[derive(Insertable)]
#[diesel(table_name = amounts)]
struct AmountRow<'a> {
    viewer_tenant: String,
    kind: &'a str,
    name: &'a str,
    unit: String,
    year: i32,
    record_id: &'a str,
    owner_tenant: &'a str,
    value: i64,
}

pub(super) fn replace_facets(
    conn: &mut Conn,
    is_new: bool,
    row: &Row,
    wanted: &BTreeSet<Wanted>,
) -> Outcome<()> {
    let mine = || {
        facets::table
            .filter(facets::owner_tenant.eq(&row.tenant_id))
            .filter(facets::record_id.eq(&row.id))
    };
    let mut kept: BTreeSet<Wanted> = BTreeSet::new();
    if !is_new {
        let there: Vec<(String, String, String)> = mine()
            .select((facets::viewer_tenant, facets::facet, facets::sort_key))
            .load(conn)?;
        let there = there.into_iter().map(|(viewer, facet, sort_key)| Wanted {
            viewer,
            facet,
            sort_key,
        });
        let (stay, gone): (Vec<_>, Vec<_>) = there.partition(|one| wanted.contains(one));
        let viewers: HashSet<&String> = gone.iter().map(|one| &one.viewer).collect();
        let names: HashSet<&String> = gone.iter().map(|one| &one.facet).collect();
        if !gone.is_empty() {
            let gone = mine()
                .filter(facets::viewer_tenant.eq_any(&viewers))
                .filter(facets::facet.eq_any(&names));
            diesel::delete(gone).execute(conn)?;
        }
        let is_gone = |one: &Wanted| viewers.contains(&one.viewer) && names.contains(&one.facet);
        kept.extend(stay.into_iter().filter(|one| !is_gone(one)));
    }
    let rows: Vec<FacetRow<'_>> = wanted
        .difference(&kept)
        .map(|one| FacetRow {
            viewer_tenant: &one.viewer,
            facet: &one.facet,
            sort_key: &one.sort_key,
            record_id: &row.id,
            owner_tenant: &row.tenant_id,
        })
        .collect();
    add_facets(conn, &rows)
}

/// Adds rows. PostgreSQL gets one array for each column, so that it plans the policies once for any
/// number of rows.
fn add_facets(conn: &mut Conn, rows: &[FacetRow<'_>]) -> Outcome<()> {
    for rows in rows.chunks(200) {
        match conn {
            Conn::Pg(conn) => {
                let column =
                    |of: fn(&FacetRow<'_>) -> String| rows.iter().map(of).collect::<Vec<_>>();
                diesel::select((
                    unnest(column(|row| row.viewer_tenant.to_owned())),
                    unnest(column(|row| row.facet.to_owned())),
                    unnest(column(|row| row.sort_key.to_owned())),
                    unnest(column(|row| row.record_id.to_owned())),
                    unnest(column(|row| row.owner_tenant.to_owned())),
                ))
                .insert_into(facets::table)
                .into_columns((
                    facets::viewer_tenant,
                    facets::facet,
                    facets::sort_key,
                    facets::record_id,
                    facets::owner_tenant,
                ))
                .execute(conn)?
            }
            Conn::Sqlite(conn) => diesel::insert_into(facets::table)
                .values(rows)
                .execute(conn)?,
        };
    }
    Ok(())
}

pub(super) fn replace_shares(
    conn: &mut Conn,
    is_new: bool,
    row: &Row,
    of: &Facets<'_>,
) -> Outcome<()> {
    let kept = of.content.kind.spec.kept.contains(&of.status);
    let asked = of.content.index.asks.as_ref().map(|(_, tenant)| tenant);
    let wanted: BTreeMap<String, bool> = of
        .shared()
        .filter(|_| !kept)
        .map(|tenant| (tenant.to_string(), asked == Some(tenant)))
        .collect();
    let mine = shares::table
        .filter(shares::tenant_id.eq(&row.tenant_id))
        .filter(shares::record_id.eq(&row.id));
    if !is_new {
        let there: Vec<(String, bool)> = mine
            .select((shares::viewer_tenant, shares::acts))
            .load(conn)?;
        if there.into_iter().collect::<BTreeMap<_, _>>() == wanted {
            return Ok(());
        }
        diesel::delete(mine).execute(conn)?;
    }
    for (viewer, acts) in wanted {
        diesel::insert_into(shares::table)
            .values((
                shares::tenant_id.eq(&row.tenant_id),
                shares::record_id.eq(&row.id),
                shares::viewer_tenant.eq(viewer),
                shares::acts.eq(acts),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn replace_amounts(
    conn: &mut Conn,
    is_new: bool,
    row: &Row,
    of: &Facets<'_>,
) -> Outcome<()> {
    let summed = &of.content.index.amounts;
    if summed.is_empty() {
        return Ok(());
    }
    if !is_new {
        remove_amounts(conn, row)?;
    }
    let mut rows = Vec::new();
    for space in of.spaces() {
        rows.extend(summed.iter().map(|amount| AmountRow {
            viewer_tenant: space.viewer.clone(),
            kind: &row.kind,
            name: amount.name,
            unit: amount.unit.clone(),
            year: amount.year,
            record_id: &row.id,
            owner_tenant: &row.tenant_id,
            value: amount.value,
        }));
    }
    insert_batch!(conn, amounts::table, &rows);
    Ok(())
}

pub(super) fn remove_amounts(conn: &mut Conn, row: &Row) -> Outcome<()> {
    let mine = amounts::table
        .filter(amounts::owner_tenant.eq(&row.tenant_id))
        .filter(amounts::record_id.eq(&row.id));
    diesel::delete(mine).execute(conn)?;
    Ok(())
}
