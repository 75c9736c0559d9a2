//! Which governments have nothing public of some kind, and which countries and themes no agreement of the
//! registry names. Every question to the index is about one government, so that a page costs the
//! governments that it walks over and nothing more; the builder cannot say that, so this is plain SQL.

use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::schema::consolidation_facets as facets;
use crate::statement::Statement;
use crate::stores::governments::PUBLIC;
use crate::stores::narrow::keys;
use crate::tx::ReadTx;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use std::collections::HashSet;
use strum::VariantArray;
use vinculo_domain::catalogs::{Catalog, entries};
use vinculo_domain::counterparts::Visibility;
use vinculo_domain::gaps::{GapCount, GapLine, Gaps, GovernmentGap, MissingCount};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::records::{Facet, Space};
use vinculo_domain::{TenantId, Tier};

/// Which governments a list of gaps shows. An empty list narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct GapFilter {
    /// Of one of these states, or the state itself.
    pub state: Vec<TenantId>,
    /// Of one of these orders: states and municipalities alone have gaps.
    pub tier: Vec<Tier>,
    /// That lack one of these; any where none is named.
    pub missing: Vec<GovernmentGap>,
}

#[derive(QueryableByName)]
struct LineRow {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sort_name: String,
    #[diesel(sql_type = Text)]
    tier: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent_id: Option<String>,
    #[diesel(sql_type = Bool)]
    agreement: bool,
    #[diesel(sql_type = Bool)]
    office: bool,
    #[diesel(sql_type = Bool)]
    membership: bool,
    #[diesel(sql_type = Bool)]
    committee: bool,
}

impl LineRow {
    fn missing(&self) -> Vec<GovernmentGap> {
        use GovernmentGap as G;
        let has = |gap: &G| match gap {
            G::Agreement => self.agreement,
            G::Office => self.office,
            G::Membership => self.membership,
            G::Committee => self.committee,
        };
        let all = G::VARIANTS.iter().copied();
        all.filter(|gap| !has(gap)).collect()
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct TierRow {
    #[diesel(sql_type = Text)]
    tier: String,
    #[diesel(sql_type = BigInt)]
    governments: i64,
    #[diesel(sql_type = BigInt)]
    agreement: i64,
    #[diesel(sql_type = BigInt)]
    office: i64,
    #[diesel(sql_type = BigInt)]
    membership: i64,
    #[diesel(sql_type = BigInt)]
    committee: i64,
}

/// Whether the government `g` has what closes a gap.
fn has(statement: &mut Statement, gap: GovernmentGap) {
    let Some((kind, statuses)) = gap.closed_by() else {
        // The two ways in which facts name a party; each is one place of their index.
        for (i, place) in [
            "a.state = g.parent_id AND a.municipality = g.id",
            "a.state = g.id AND a.municipality = 'none'",
        ]
        .into_iter()
        .enumerate()
        {
            statement.push(if i == 0 { "(" } else { " OR " });
            statement.push("EXISTS (SELECT 1 FROM agreement_facts a");
            statement.is(" WHERE a.viewer_tenant = ", PUBLIC);
            statement.push(" AND a.valid_to = '9999-12-31 00:00:00' AND ");
            statement.push(place);
            statement.push(")");
        }
        statement.push(")");
        return;
    };
    let facet = |name: &str, value: &str| Facet::of(kind, None, name, value).0;
    statement.push("EXISTS (SELECT 1 FROM record_facets o");
    statement.join_facets("s", "o");
    let public = Space::visible(Visibility::Public);
    statement.is(" WHERE o.viewer_tenant = ", public.viewer);
    statement.is(" AND o.facet = CAST(", facet("owner", ""));
    statement.push(" AS TEXT) || g.id");
    statement.one_of(
        " AND s.facet",
        statuses.iter().map(|word| facet("status", word)),
    );
    statement.push(")");
}

/// The governments of a filter that is about no gap.
fn governments(statement: &mut Statement, state: &[TenantId], tier: &[Tier]) {
    statement.push(" FROM governments g WHERE g.valid_to IS NULL");
    let scored = [Tier::State, Tier::Municipality].into_iter();
    let scored = scored.filter(|one| tier.is_empty() || tier.contains(one));
    let words: Vec<&str> = scored.map(<&str>::from).collect();
    if words.is_empty() {
        statement.push(" AND 1 = 0");
        return;
    }
    statement.one_of(" AND g.tier", words);
    if !state.is_empty() {
        statement.one_of(" AND (g.parent_id", keys(state));
        statement.one_of(" OR g.id", keys(state));
        statement.push(")");
    }
}

/// The governments that lack something.
fn lacking(statement: &mut Statement, filter: &GapFilter) {
    governments(statement, &filter.state, &filter.tier);
    let any = GovernmentGap::VARIANTS;
    let missing = if filter.missing.is_empty() {
        any
    } else {
        &filter.missing
    };
    for (i, gap) in missing.iter().enumerate() {
        statement.push(if i == 0 { " AND NOT (" } else { " AND " });
        has(statement, *gap);
    }
    statement.push(")");
}

/// One page of the governments that lack something, by name.
pub fn list(tx: &mut ReadTx<'_>, filter: &GapFilter, page: &PageRequest) -> Outcome<Page<GapLine>> {
    tx.scope.require()?;
    let mut statement = Statement::default();
    statement.push("SELECT g.id, g.name, g.sort_name, g.tier, g.parent_id");
    for gap in GovernmentGap::VARIANTS {
        statement.push(", ");
        has(&mut statement, *gap);
        let word: &str = gap.into();
        statement.push(&format!(" AS {word}"));
    }
    lacking(&mut statement, filter);
    if let Some(After { key, id }) = &page.after {
        statement.is(" AND (g.sort_name, g.id) > (", key.clone());
        statement.is(", ", id.clone());
        statement.push(")");
    }
    let limit = page.limit + 1;
    statement.push(&format!(" ORDER BY g.sort_name, g.id LIMIT {limit}"));
    let rows: Vec<LineRow> = statement.load(tx.conn)?;
    let mut cut = Page::cut(rows, page.limit, |row| After {
        key: row.sort_name.clone(),
        id: row.id.clone(),
    });
    if page.count {
        let mut statement = Statement::default();
        statement.push("SELECT count(*) AS n");
        lacking(&mut statement, filter);
        let found: Vec<Count> = statement.load(tx.conn)?;
        cut.total = found.first().map(|count| count.n);
    }
    let line = |row: LineRow| {
        Ok(GapLine {
            missing: row.missing(),
            tier: known(&row.tier)?,
            government_id: TenantId::new(row.id),
            name: row.name,
            state_id: row.parent_id.map(TenantId::new),
        })
    };
    let total = cut.total;
    let lines = cut.try_replace(|rows| rows.into_iter().map(line).collect::<Outcome<_>>())?;
    Ok(Page { total, ..lines })
}

/// How many governments lack what, and what no agreement of the registry names.
pub fn get(tx: &mut ReadTx<'_>, states: &[TenantId]) -> Outcome<Gaps> {
    tx.scope.require()?;
    let named = named(tx.conn, states)?;
    let unnamed = |facet: &str, catalog| {
        let all = entries(catalog).iter().map(|entry| entry.code.to_string());
        all.filter(|code| !named.contains(&(facet.to_owned(), code.clone())))
            .collect()
    };
    Ok(Gaps {
        states: states.to_vec(),
        governments: counts(tx.conn, states)?,
        countries: unnamed("country", Catalog::Countries),
        themes: unnamed("theme", Catalog::Themes),
    })
}

fn counts(conn: &mut Conn, states: &[TenantId]) -> Outcome<Vec<GapCount>> {
    let mut statement = Statement::default();
    statement.push("SELECT g.tier, count(*) AS governments");
    for gap in GovernmentGap::VARIANTS {
        statement.push(", CAST(sum(CASE WHEN ");
        has(&mut statement, *gap);
        let word: &str = gap.into();
        statement.push(&format!(" THEN 0 ELSE 1 END) AS BIGINT) AS {word}"));
    }
    governments(&mut statement, states, &[]);
    statement.push(" GROUP BY g.tier ORDER BY g.tier DESC");
    let rows: Vec<TierRow> = statement.load(conn)?;
    let count = |row: TierRow| {
        use GovernmentGap as G;
        Ok(GapCount {
            tier: known(&row.tier)?,
            governments: row.governments,
            missing: [
                (G::Agreement, row.agreement),
                (G::Office, row.office),
                (G::Membership, row.membership),
                (G::Committee, row.committee),
            ]
            .map(|(gap, count)| MissingCount { gap, count })
            .to_vec(),
        })
    };
    rows.into_iter().map(count).collect()
}

/// The countries and themes that agreements of the registry name, of these states if any are given.
fn named(conn: &mut Conn, states: &[TenantId]) -> Outcome<HashSet<(String, String)>> {
    let mut query = facets::table
        .filter(facets::facet.eq_any(["country", "theme"]))
        .into_boxed();
    if !states.is_empty() {
        let of_state = diesel::alias!(facets as of_state);
        let numbers = of_state
            .filter(of_state.field(facets::facet).eq("state"))
            .filter(of_state.field(facets::value).eq_any(keys(states)))
            .select(of_state.field(facets::number));
        query = query.filter(facets::number.eq_any(numbers));
    }
    let found: Vec<(String, String)> = query
        .select((facets::facet, facets::value))
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().collect())
}
