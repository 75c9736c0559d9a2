//! The catalogue of governments.

mod naming;

pub use naming::{NamedGovernment, require_named, require_named_to_write};
pub(crate) use naming::{refuse_key, unknown_key};

use super::search;
use crate::conn::{Conn, MultiBackend};
use crate::dialect::insert_batch;
use crate::failure::{Outcome, known};
use crate::schema::{governments, tenants};
use crate::stores::narrow::{among, keys, words};
use crate::tx::ReadTx;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};
use vinculo_domain::gazetteer::{SeedGovernment, city_aliases, seed_governments};
use vinculo_domain::governments::Government;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::{TenantId, Tier, text};

pub(crate) const KIND: &str = "governments";
/// The viewer under which publicly searchable words are indexed.
pub(crate) const PUBLIC: &str = "public";

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = governments, check_for_backend(MultiBackend))]
struct Row {
    id: String,
    valid_from: String,
    valid_to: Option<String>,
    tier: String,
    kind: Option<String>,
    name: String,
    official_name: Option<String>,
    abbreviation: Option<String>,
    sort_name: String,
    parent_id: Option<String>,
    inegi_key: Option<String>,
    area_km2: Option<i32>,
}

impl Row {
    fn government(self) -> Outcome<Government> {
        Ok(Government {
            id: TenantId::new(self.id),
            tier: known(&self.tier)?,
            kind: self.kind,
            name: self.name,
            official_name: self.official_name,
            abbreviation: self.abbreviation,
            parent_id: self.parent_id.map(TenantId::new),
            inegi_key: self.inegi_key,
            area_km2: self.area_km2,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        })
    }
}

/// Which governments a list shows. An empty list narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct GovernmentFilter {
    /// Of one of these orders of government.
    pub tier: Vec<Tier>,
    /// These states, and their municipalities.
    pub state: Vec<TenantId>,
    /// Word beginnings of the name.
    pub q: Option<String>,
}

type Query = governments::BoxedQuery<'static, MultiBackend>;

fn visible(filter: &GovernmentFilter) -> Query {
    let mut query = governments::table
        .into_boxed()
        .filter(governments::valid_to.is_null());
    query = among!(query, governments::tier, words(&filter.tier));
    if !filter.state.is_empty() {
        let states = keys(&filter.state);
        query = query.filter(
            governments::parent_id
                .eq_any(states.clone())
                .or(governments::id.eq_any(states)),
        );
    }
    for subjects in search::subjects(PUBLIC, KIND, filter.q.as_deref().unwrap_or_default()) {
        query = query.filter(governments::id.eq_any(subjects));
    }
    query
}

/// One page, by name.
pub fn list(
    tx: &mut ReadTx<'_>,
    filter: &GovernmentFilter,
    page: &PageRequest,
) -> Outcome<Page<Government>> {
    page_of(tx, || visible(filter), page)
}

fn page_of(
    tx: &mut ReadTx<'_>,
    wanted: impl Fn() -> Query,
    page: &PageRequest,
) -> Outcome<Page<Government>> {
    let mut query = wanted()
        .select(Row::as_select())
        .order((governments::sort_name.asc(), governments::id.asc()))
        .limit(page.limit + 1);
    if let Some(After { key, id }) = page.after.clone() {
        query = query
            .filter(governments::sort_name.ge(key.clone()))
            .filter(governments::sort_name.gt(key).or(governments::id.gt(id)));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: row.sort_name.clone(),
        id: row.id.clone(),
    });
    let total = if page.count {
        Some(wanted().count().get_result(tx.conn)?)
    } else {
        None
    };
    let items = cut
        .items
        .into_iter()
        .map(Row::government)
        .collect::<Outcome<_>>()?;
    Ok(Page {
        items,
        next: cut.next,
        total,
    })
}

/// One page, by name, of the municipalities on the caller's boards: all for the ministry, its own for
/// a state, only itself for a municipality; `states`, if any are named, narrow it.
pub(crate) fn municipalities(
    tx: &mut ReadTx<'_>,
    states: &[TenantId],
    page: &PageRequest,
) -> Outcome<Page<Government>> {
    let me = tx.scope.tenant().clone();
    let (states, only) = match tx.scope.actor().map(|actor| actor.tier) {
        Some(Tier::Federal) => (states.to_vec(), None),
        Some(Tier::State) if states.is_empty() || states.contains(&me) => (vec![me], None),
        Some(Tier::Municipality) => (states.to_vec(), Some(me)),
        // A state's board has nothing of other states.
        Some(Tier::State) => {
            return Ok(Page {
                items: Vec::new(),
                next: None,
                total: page.count.then_some(0),
            });
        }
        _ => return Err(tx.scope.forbidden().into()),
    };
    let tier: &'static str = Tier::Municipality.into();
    let wanted = || {
        let mut query = governments::table
            .into_boxed()
            .filter(governments::valid_to.is_null())
            .filter(governments::tier.eq(tier));
        query = among!(query, governments::parent_id, keys(&states));
        if let Some(only) = &only {
            query = query.filter(governments::id.eq(only.as_str().to_owned()));
        }
        query
    };
    page_of(tx, wanted, page)
}

/// One government as it is today.
pub fn get(tx: &mut ReadTx<'_>, id: &TenantId) -> Outcome<Option<Government>> {
    find(tx.conn, id)
}

pub(crate) fn find(conn: &mut Conn, id: &TenantId) -> Outcome<Option<Government>> {
    let row = governments::table
        .filter(governments::id.eq(id.as_str()))
        .filter(governments::valid_to.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::government).transpose()
}

pub(crate) fn exists(conn: &mut Conn, id: &TenantId) -> Outcome<bool> {
    Ok(tenants::table
        .find(id.as_str())
        .select(tenants::id)
        .first::<String>(conn)
        .optional()?
        .is_some())
}

/// Those of `ids` that exist today, by id.
pub(crate) fn find_all(
    conn: &mut Conn,
    ids: &[TenantId],
) -> Outcome<HashMap<TenantId, Government>> {
    let keys: Vec<&str> = ids.iter().map(TenantId::as_str).collect();
    let rows: Vec<Row> = governments::table
        .filter(governments::id.eq_any(keys))
        .filter(governments::valid_to.is_null())
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter()
        .map(|row| {
            row.government()
                .map(|government| (government.id.clone(), government))
        })
        .collect()
}

#[derive(Insertable, Clone)]
#[diesel(table_name = tenants)]
struct TenantRow {
    id: String,
    status: &'static str,
    created_at: NaiveDateTime,
}

/// Adds governments of the binary's catalogue that are missing.
pub(crate) fn seed(conn: &mut Conn, now: DateTime<Utc>) -> Outcome<()> {
    let present: HashSet<String> = tenants::table
        .select(tenants::id)
        .load(conn)?
        .into_iter()
        .collect();
    let mut missing: Vec<&SeedGovernment> = seed_governments()
        .iter()
        .filter(|seed| !present.contains(&seed.id))
        .collect();
    // Parents first, because of the foreign key.
    missing.sort_by_key(|seed| (seed.parent_id.is_some(), &seed.id));
    let head = |seed: &&SeedGovernment| TenantRow {
        id: seed.id.clone(),
        status: "active",
        created_at: now.naive_utc(),
    };
    let heads: Vec<TenantRow> = missing.iter().map(head).collect();
    insert_batch!(conn, tenants::table, &heads);
    let rows: Vec<Row> = missing.iter().map(|seed| seed_row(seed)).collect();
    insert_batch!(conn, governments::table, &rows);
    let mut words = Vec::new();
    for seed in &missing {
        let mut texts = vec![
            seed.name.as_str(),
            seed.official_name.as_deref().unwrap_or_default(),
            seed.abbreviation.as_deref().unwrap_or_default(),
        ];
        texts.extend(city_aliases(&seed.id));
        words.extend(search::rows(PUBLIC, KIND, &seed.id, &texts));
    }
    search::add(conn, &words)
}

/// The catalogue has no founding dates: a government counts as existing since the Constitution.
const CONSTITUTION: &str = "1917-02-05";

fn seed_row(seed: &SeedGovernment) -> Row {
    let tier: &'static str = seed.tier.into();
    Row {
        id: seed.id.clone(),
        valid_from: CONSTITUTION.into(),
        valid_to: None,
        tier: tier.to_owned(),
        kind: seed.kind.clone(),
        name: seed.name.clone(),
        official_name: seed.official_name.clone(),
        abbreviation: seed.abbreviation.clone(),
        sort_name: text::fold(&seed.name),
        parent_id: seed.parent_id.clone(),
        inegi_key: seed.inegi_key.clone(),
        area_km2: seed.area_km2,
    }
}
