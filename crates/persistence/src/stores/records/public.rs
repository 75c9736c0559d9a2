//! Public records, whoever asks: what everybody finds, read under the visibility `public` alone.
//!
//! The caller's own space is never looked at, so the same question has the same answer for everybody.

use super::{RecordFilter, Row, page};
use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::statement::Statement;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeMap;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::Visibility;
use vinculo_domain::records::{Facet, Kind, RecordStatus, Space, find};
use vinculo_domain::scores::{KINDS, MAX_READ, Probe, PublicRecord, SESSIONS, ScoreItem};

/// The public records of a government by which it is scored, at most [`MAX_READ`] of each kind. The
/// scope must be of a kind whose readers read what anybody may see: otherwise the caller's own records
/// would be left out, as those that it finds elsewhere.
pub(crate) fn public_of(
    conn: &mut Conn,
    scope: &Scope,
    government: &TenantId,
) -> Outcome<Vec<PublicRecord>> {
    let public = [Space::visible(Visibility::Public)];
    let filter = RecordFilter {
        facets: vec![("owner", vec![government.to_string()])],
        ..RecordFilter::default()
    };
    let mut records = Vec::new();
    for kind in KINDS.into_iter().filter_map(find) {
        let rows = page::page(conn, scope, kind, &filter, (&public, None, MAX_READ))?;
        for row in rows {
            records.push(public_record(&row, kind)?);
        }
    }
    Ok(records)
}

fn public_record(row: &Row, kind: &'static Kind) -> Outcome<PublicRecord> {
    let (record, content) = (row.record()?, row.content()?);
    Ok(PublicRecord {
        id: record.id,
        kind: kind.spec.many,
        title: content.fields.title,
        status: record.status,
        starts_on: content.fields.starts_on,
        ends_on: content.fields.ends_on,
        written_on: mexican_day(record.created_at),
        own: content.own,
    })
}

/// How many public sessions of a status a government held in a year, and one of them.
pub(crate) struct Sessions {
    pub(crate) year: i32,
    pub(crate) status: RecordStatus,
    pub(crate) count: i64,
    pub(crate) one: String,
}

#[derive(QueryableByName)]
struct SessionRow {
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    year: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = Text)]
    one: String,
}

/// The public sessions of a government that were held, by year and status.
pub(crate) fn sessions_of(conn: &mut Conn, government: &TenantId) -> Outcome<Vec<Sessions>> {
    let facet = |name: &str, value: &str| Facet::of(SESSIONS, None, name, value).0;
    let (from, to) = Facet::values(SESSIONS, None, "year");
    let mut statement = Statement::default();
    statement.push("SELECT s.facet AS status, y.facet AS year, count(*) AS n, max(o.record_id) AS one FROM record_facets o");
    statement.join_facets("s", "o");
    statement.join_facets("y", "o");
    statement.is(" WHERE o.viewer_tenant = ", public_viewer());
    statement.is(" AND o.facet = ", facet("owner", government.as_str()));
    statement.one_of(
        " AND s.facet",
        ["held", "published"].map(|word| facet("status", word)),
    );
    statement.is(" AND y.facet >= ", from.0);
    statement.is(" AND y.facet < ", to.0);
    statement.push(" GROUP BY s.facet, y.facet");
    let rows: Vec<SessionRow> = statement.load(conn)?;
    let mut found = Vec::new();
    for row in rows {
        if let Some(year) = year_of(&row.year) {
            found.push(Sessions {
                year,
                status: known(Facet(row.status).value())?,
                count: row.n,
                one: row.one,
            });
        }
    }
    // The newest first, as they are shown.
    found.sort_by_key(|one| (std::cmp::Reverse(one.year), one.status));
    Ok(found)
}

/// The year that a facet holds.
pub(super) fn year_of(facet: &str) -> Option<i32> {
    Facet(facet.to_owned()).value().parse().ok()
}

fn public_viewer() -> String {
    Space::visible(Visibility::Public).viewer
}

#[derive(QueryableByName)]
struct ProbedRow {
    #[diesel(sql_type = Text)]
    item: String,
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = Text)]
    least: String,
}

/// How many public records of each government meet an item, and the earliest year among them where that
/// is asked for.
pub(crate) type Probed = BTreeMap<(String, ScoreItem), (i64, Option<i32>)>;

/// What every government has of these items, in one statement that reads the ranges of their facets.
pub(crate) fn probed(conn: &mut Conn, probes: &[Probe]) -> Outcome<Probed> {
    let mut statement = Statement::default();
    for (i, probe) in probes.iter().enumerate() {
        statement.push(if i == 0 { "" } else { " UNION ALL " });
        probe_of(&mut statement, probe);
    }
    let rows: Vec<ProbedRow> = statement.load(conn)?;
    let mut found = Probed::new();
    for row in rows {
        let item = known(&row.item)?;
        found.insert((row.owner, item), (row.n, year_of(&row.least)));
    }
    Ok(found)
}

fn probe_of(statement: &mut Statement, probe: &Probe) {
    let facets = |(name, values): &(&'static str, Vec<String>)| {
        let facet = |value: &String| Facet::of(probe.kind, None, name, value).0;
        values.iter().map(facet).collect::<Vec<_>>()
    };
    let word: &str = probe.item.into();
    statement.is("SELECT CAST(", word);
    statement.push(" AS TEXT) AS item, f.owner_tenant AS owner, count(*) AS n, min(f.facet) AS least FROM record_facets f");
    statement.is(" WHERE f.viewer_tenant = ", public_viewer());
    let mut all = probe.all.iter();
    if probe.by_year {
        let (from, to) = Facet::values(probe.kind, None, "year");
        statement.is(" AND f.facet >= ", from.0);
        statement.is(" AND f.facet < ", to.0);
    } else if let Some(first) = all.next() {
        statement.one_of(" AND f.facet", facets(first));
    }
    for other in all {
        statement.push(" AND f.record_id IN (SELECT o.record_id FROM record_facets o");
        statement.is(" WHERE o.viewer_tenant = ", public_viewer());
        statement.one_of(" AND o.facet", facets(other));
        statement.push(")");
    }
    statement.push(" GROUP BY f.owner_tenant");
}
