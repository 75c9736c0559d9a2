//! Counterparts: owned by the government that created them, visible as their visibility says.

mod changes;

pub use changes::{create, delete, update};
pub(crate) use changes::{find_or_insert, in_sight};

use super::{external_ids, search};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::{agreement_counterparts, counterparts, external_ids as ids};
use crate::stores::narrow::{among, words};
use crate::tx::ReadTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashSet;
use uuid::Uuid;
use vinculo_auth::{Reach, Scope};
use vinculo_domain::TenantId;
use vinculo_domain::counterparts::{
    Counterpart, CounterpartCard, CounterpartFields, CounterpartKind, Visibility,
};
use vinculo_domain::faults;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;

pub(crate) const KIND: &str = "counterparts";

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = counterparts, check_for_backend(MultiBackend))]
struct Row {
    tenant_id: String,
    id: String,
    kind: String,
    level: String,
    name: String,
    sort_name: String,
    country: String,
    visibility: String,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
    retired_at: Option<NaiveDateTime>,
}

/// Which counterparts a list shows. An empty list narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct CounterpartFilter {
    /// Of one of these kinds.
    pub kind: Vec<CounterpartKind>,
    /// Of one of these countries.
    pub country: Vec<String>,
    /// With this id in another system.
    pub external_id: Option<(String, String)>,
    /// Word beginnings of the name.
    pub q: Option<String>,
}

/// One equality by which a page is read.
#[derive(Clone)]
enum Space {
    Owner(String),
    Visibility(Visibility),
}

/// What a caller sees: its own, what is shared with everyone, and for the foreign ministry what is
/// shared with it.
fn spaces(scope: &Scope) -> Vec<Space> {
    if scope.read_reach() < Reach::Own {
        return Vec::new();
    }
    let mut spaces = vec![
        Space::Owner(scope.tenant().as_str().to_owned()),
        Space::Visibility(Visibility::Network),
        Space::Visibility(Visibility::Public),
    ];
    if scope.is_sre() {
        spaces.push(Space::Visibility(Visibility::Government));
    }
    spaces
}

impl Space {
    fn viewer(&self) -> String {
        match self {
            Self::Owner(tenant) => tenant.clone(),
            Self::Visibility(visibility) => {
                let word: &str = visibility.into();
                format!("visibility:{word}")
            }
        }
    }

    fn query(
        &self,
        scope: &Scope,
        filter: &CounterpartFilter,
    ) -> counterparts::BoxedQuery<'static, MultiBackend> {
        let mut query = counterparts::table
            .into_boxed()
            .filter(counterparts::retired_at.is_null());
        query = match self {
            Self::Owner(tenant) => query.filter(tenant_eq(counterparts::tenant_id, tenant)),
            // The caller's own shared records are in the first space already.
            Self::Visibility(visibility) => {
                let word: &'static str = visibility.into();
                query
                    .filter(tenant_eq(counterparts::visibility, word))
                    .filter(counterparts::tenant_id.ne(scope.tenant().as_str().to_owned()))
            }
        };
        query = among!(query, counterparts::kind, words(&filter.kind));
        query = among!(query, counterparts::country, filter.country.clone());
        if let Some((system, value)) = filter.external_id.clone() {
            let known = ids::table
                .filter(tenant_eq(ids::tenant_id, scope.tenant().as_str()))
                .filter(ids::subject_kind.eq(KIND))
                .filter(ids::system.eq(system))
                .filter(ids::value.eq(value));
            query = query.filter(counterparts::id.eq_any(known.select(ids::subject_id)));
        }
        for subjects in search::subjects(
            &self.viewer(),
            KIND,
            filter.q.as_deref().unwrap_or_default(),
        ) {
            query = query.filter(counterparts::id.eq_any(subjects));
        }
        query
    }
}

/// One page, by name, merged from a page of each space.
pub fn list(
    tx: &mut ReadTx<'_>,
    filter: &CounterpartFilter,
    page: &PageRequest,
) -> Outcome<Page<Counterpart>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut total = page.count.then_some(0);
    for space in spaces(tx.scope) {
        let mut query = space
            .query(tx.scope, filter)
            .select(Row::as_select())
            .order((counterparts::sort_name.asc(), counterparts::id.asc()))
            .limit(page.limit + 1);
        if let Some(After { key, id }) = page.after.clone() {
            query = query
                .filter(counterparts::sort_name.ge(key.clone()))
                .filter(counterparts::sort_name.gt(key).or(counterparts::id.gt(id)));
        }
        rows.extend(query.load::<Row>(tx.conn)?);
        if let Some(total) = &mut total {
            *total += space
                .query(tx.scope, filter)
                .count()
                .get_result::<i64>(tx.conn)?;
        }
    }
    rows.sort_by(|a, b| (&a.sort_name, &a.id).cmp(&(&b.sort_name, &b.id)));
    let cut = Page::cut(rows, page.limit, |row| After {
        key: row.sort_name.clone(),
        id: row.id.clone(),
    });
    for row in &cut.items {
        if row.visibility != "public" {
            tx.disclose(&TenantId::new(&row.tenant_id), Some(id(&row.id)?));
        }
    }
    Ok(Page {
        items: entities(tx.conn, tx.scope, cut.items)?,
        next: cut.next,
        total,
    })
}

/// One counterpart, if the caller has access to it.
pub fn get(tx: &mut ReadTx<'_>, counterpart: Uuid) -> Outcome<Counterpart> {
    let row = visible(tx.conn, tx.scope, counterpart)?;
    if row.visibility != "public" {
        tx.disclose(&TenantId::new(&row.tenant_id), Some(counterpart));
    }
    one(tx.conn, tx.scope, row)
}

fn visible(conn: &mut Conn, scope: &Scope, counterpart: Uuid) -> Outcome<Row> {
    let row: Option<Row> = counterparts::table
        .filter(counterparts::id.eq(counterpart.to_string()))
        .filter(counterparts::retired_at.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let mut spaces = spaces(scope).into_iter();
    let sees = |row: &Row| {
        spaces.any(|space| {
            faults::drops("counterparts::visible")
                || match space {
                    Space::Owner(tenant) => tenant == row.tenant_id,
                    Space::Visibility(visibility) => {
                        let word: &str = (&visibility).into();
                        word == row.visibility
                    }
                }
        })
    };
    row.filter(sees).ok_or_else(|| Problem::NotFound.into())
}

/// Of these counterparts, those that the caller sees.
pub(crate) fn seen_of(
    conn: &mut Conn,
    scope: &Scope,
    wanted: &HashSet<String>,
) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for space in spaces(scope) {
        let mine = space
            .query(scope, &CounterpartFilter::default())
            .filter(counterparts::id.eq_any(wanted.clone()))
            .select(counterparts::id);
        found.extend(mine.load::<String>(conn)?);
    }
    Ok(found)
}

/// The owner of a counterpart that the caller sees.
pub(crate) fn owner_if_seen(
    conn: &mut Conn,
    scope: &Scope,
    counterpart: Uuid,
) -> Outcome<Option<String>> {
    match visible(conn, scope, counterpart) {
        Ok(row) => Ok(Some(row.tenant_id)),
        Err(crate::Failure::Refused(refusal)) if refusal.problem == Problem::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// What an agreement says of the counterparts that its owner named, in its order. The caller needs
/// access to each.
pub(crate) fn cards(
    conn: &mut Conn,
    scope: &Scope,
    wanted: &[Uuid],
) -> Outcome<Vec<Option<(TenantId, CounterpartCard)>>> {
    let mut cards = Vec::new();
    for counterpart in wanted {
        cards.push(match visible(conn, scope, *counterpart) {
            Ok(row) => Some((TenantId::new(&row.tenant_id), card(row)?)),
            Err(crate::Failure::Refused(refusal)) if refusal.problem == Problem::NotFound => None,
            Err(failure) => return Err(failure),
        });
    }
    Ok(cards)
}

/// The cards of counterparts already named in a case, including retired ones.
pub(crate) fn cards_of_case(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
) -> Outcome<Vec<CounterpartCard>> {
    let rows: Vec<Row> = agreement_counterparts::table
        .inner_join(
            counterparts::table.on(counterparts::tenant_id
                .eq(agreement_counterparts::counterpart_tenant)
                .and(counterparts::id.eq(agreement_counterparts::counterpart_id))),
        )
        .filter(agreement_counterparts::tenant_id.eq(owner))
        .filter(agreement_counterparts::agreement_id.eq(agreement))
        .order(agreement_counterparts::position)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(card).collect()
}

fn card(row: Row) -> Outcome<CounterpartCard> {
    Ok(CounterpartCard {
        id: id(&row.id)?,
        kind: known(&row.kind)?,
        level: known(&row.level)?,
        name: row.name,
        country: Some(row.country).filter(|code| !code.is_empty()),
    })
}

fn one(conn: &mut Conn, scope: &Scope, row: Row) -> Outcome<Counterpart> {
    entities(conn, scope, vec![row])?
        .pop()
        .ok_or_else(|| Problem::NotFound.into())
}

/// Rows as entities. Only the owner sees the ids of other systems.
fn entities(conn: &mut Conn, scope: &Scope, rows: Vec<Row>) -> Outcome<Vec<Counterpart>> {
    let subjects: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut external = external_ids::of(conn, scope.tenant(), KIND, &subjects)?;
    let entity = |row: Row| {
        Ok(Counterpart {
            id: id(&row.id)?,
            fields: CounterpartFields {
                kind: known(&row.kind)?,
                level: known(&row.level)?,
                country: Some(row.country).filter(|code| !code.is_empty()),
                visibility: known(&row.visibility)?,
                external_ids: external.remove(&row.id).unwrap_or_default(),
                name: row.name,
            },
            tenant_id: TenantId::new(row.tenant_id),
            version: row.version,
            created_at: row.created_at.and_utc(),
            updated_at: row.updated_at.and_utc(),
        })
    };
    rows.into_iter().map(entity).collect()
}
