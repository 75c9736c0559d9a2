//! Counterparts: owned by whoever wrote them down, seen as far as their visibility says.

use super::{external_ids, search};
use crate::conn::{Conn, MultiBackend};
use crate::db::{ReadTx, WriteTx};
use crate::failure::{Outcome, id, known};
use crate::schema::{agreement_counterparts, counterparts, external_ids as ids};
use crate::trail::Change;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;
use vinculo_auth::{Reach, Scope};
use vinculo_domain::counterparts::{
    Counterpart, CounterpartCard, CounterpartFields, CounterpartKind, Visibility,
};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{TenantId, text};

const KIND: &str = "counterparts";

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

/// Which counterparts a list shows.
#[derive(Debug, Clone, Default)]
pub struct CounterpartFilter {
    /// Of this kind.
    pub kind: Option<CounterpartKind>,
    /// Of this country.
    pub country: Option<String>,
    /// Known to another system under this id.
    pub external_id: Option<(String, String)>,
    /// Beginnings of words of the name.
    pub q: Option<String>,
}

/// One equality from which a page is read.
#[derive(Clone)]
enum Space {
    Owner(String),
    Visibility(Visibility),
}

/// The spaces that a caller sees: its own, what everyone shares, and for the foreign ministry
/// what is shared with it.
fn spaces(scope: &Scope) -> Vec<Space> {
    if scope.sight() < Reach::Own {
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
            Self::Owner(tenant) => query.filter(counterparts::tenant_id.eq(tenant.clone())),
            // One's own shared records come from the first space already.
            Self::Visibility(visibility) => {
                let word: &'static str = visibility.into();
                query
                    .filter(counterparts::visibility.eq(word))
                    .filter(counterparts::tenant_id.ne(scope.tenant().as_str().to_owned()))
            }
        };
        if let Some(kind) = filter.kind {
            let kind: &'static str = kind.into();
            query = query.filter(counterparts::kind.eq(kind));
        }
        if let Some(country) = &filter.country {
            query = query.filter(counterparts::country.eq(country.clone()));
        }
        if let Some((system, value)) = filter.external_id.clone() {
            let known = ids::table
                .filter(ids::tenant_id.eq(scope.tenant().as_str().to_owned()))
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

/// One page, by name: a page of each space, merged.
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
            tx.look_at(&TenantId::new(&row.tenant_id), Some(id(&row.id)?))?;
        }
    }
    Ok(Page {
        items: entities(tx.conn, tx.scope, cut.items)?,
        next: cut.next,
        total,
    })
}

/// One counterpart, if the caller sees it.
pub fn get(tx: &mut ReadTx<'_>, counterpart: Uuid) -> Outcome<Counterpart> {
    let row = visible(tx.conn, tx.scope, counterpart)?;
    if row.visibility != "public" {
        tx.look_at(&TenantId::new(&row.tenant_id), Some(counterpart))?;
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
    let sees = |row: &Row| {
        spaces(scope).iter().any(|space| match space {
            Space::Owner(tenant) => *tenant == row.tenant_id,
            Space::Visibility(visibility) => {
                let word: &str = visibility.into();
                word == row.visibility
            }
        })
    };
    row.filter(sees).ok_or_else(|| Problem::NotFound.into())
}

/// What stands in an agreement of the counterparts that its owner named, in its order; each
/// must be in the caller's sight.
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

/// The cards of counterparts already named in a case, retired ones too.
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

/// Rows as entities; ids of other systems are the owner's own business.
fn entities(conn: &mut Conn, scope: &Scope, rows: Vec<Row>) -> Outcome<Vec<Counterpart>> {
    let subjects: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut external =
        external_ids::of(conn, &[scope.tenant().as_str().to_owned()], KIND, &subjects)?;
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

fn row(
    tx: &WriteTx<'_>,
    tenant: &TenantId,
    counterpart: Uuid,
    fields: &CounterpartFields,
    version: i32,
    created_at: NaiveDateTime,
) -> Row {
    let word = |word: &'static str| word.to_owned();
    Row {
        tenant_id: tenant.as_str().to_owned(),
        id: counterpart.to_string(),
        kind: word(fields.kind.into()),
        level: word(fields.level.into()),
        name: fields.name.trim().to_owned(),
        sort_name: text::fold(&fields.name),
        country: fields.country.clone().unwrap_or_default(),
        visibility: word(fields.visibility.into()),
        version,
        created_at,
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
        retired_at: None,
    }
}

/// Refuses a second one of the same kind, level, country and name.
fn refuse_twin(conn: &mut Conn, row: &Row) -> Outcome<()> {
    if twin(conn, row)?.is_some() {
        Err(Problem::Duplicate.into())
    } else {
        Ok(())
    }
}

fn twin(conn: &mut Conn, row: &Row) -> Outcome<Option<String>> {
    Ok(counterparts::table
        .filter(counterparts::tenant_id.eq(&row.tenant_id))
        .filter(counterparts::kind.eq(&row.kind))
        .filter(counterparts::level.eq(&row.level))
        .filter(counterparts::country.eq(&row.country))
        .filter(counterparts::sort_name.eq(&row.sort_name))
        .filter(counterparts::retired_at.is_null())
        .filter(counterparts::id.ne(&row.id))
        .select(counterparts::id)
        .first(conn)
        .optional()?)
}

/// Writes down a counterpart of the caller's government.
pub fn create(tx: &mut WriteTx<'_>, fields: &CounterpartFields) -> Outcome<Counterpart> {
    tx.scope.require()?;
    tx.admit()?;
    fields.check()?;
    let tenant = tx.scope.tenant().clone();
    insert(tx, &tenant, fields)
}

/// The counterpart of `tenant` with these fields, written down where it is not there yet.
pub(crate) fn find_or_insert(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    fields: &CounterpartFields,
) -> Outcome<Uuid> {
    let wanted = row(tx, tenant, Uuid::nil(), fields, 1, tx.stamp());
    match twin(tx.conn, &wanted)? {
        Some(found) => id(&found),
        None => Ok(insert(tx, tenant, fields)?.id),
    }
}

fn insert(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    fields: &CounterpartFields,
) -> Outcome<Counterpart> {
    let row = row(tx, tenant, Uuid::now_v7(), fields, 1, tx.stamp());
    refuse_twin(tx.conn, &row)?;
    diesel::insert_into(counterparts::table)
        .values(row.clone())
        .execute(tx.conn)?;
    finish(tx, tenant, row, fields, "counterpart.create")
}

/// Changes a counterpart, if `version` is still the current one. `change` makes the new fields
/// of the present record.
pub fn update(
    tx: &mut WriteTx<'_>,
    counterpart: Uuid,
    version: i32,
    change: impl Fn(&Counterpart) -> vinculo_domain::Result<CounterpartFields>,
) -> Outcome<Counterpart> {
    let current = load_own(tx, counterpart)?;
    tx.admit()?;
    if current.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    let before = one(tx.conn, tx.scope, current.clone())?;
    let fields = change(&before)?;
    fields.check()?;
    let tenant = TenantId::new(&current.tenant_id);
    let row = row(
        tx,
        &tenant,
        counterpart,
        &fields,
        version + 1,
        current.created_at,
    );
    refuse_twin(tx.conn, &row)?;
    let guarded = counterparts::table
        .find((tenant.as_str(), counterpart.to_string()))
        .filter(counterparts::version.eq(version));
    if diesel::update(guarded).set(row.clone()).execute(tx.conn)? == 0 {
        return Err(Problem::PreconditionFailed.into());
    }
    finish(tx, &tenant, row, &fields, "counterpart.update")
}

/// Retires a counterpart that no agreement names.
pub fn delete(tx: &mut WriteTx<'_>, counterpart: Uuid, version: i32) -> Outcome<()> {
    let current = load_own(tx, counterpart)?;
    tx.admit()?;
    if current.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    let used = agreement_counterparts::table
        .filter(agreement_counterparts::counterpart_tenant.eq(&current.tenant_id))
        .filter(agreement_counterparts::counterpart_id.eq(&current.id));
    if diesel::select(diesel::dsl::exists(used)).get_result::<bool>(tx.conn)? {
        return Err(Problem::InUse.into());
    }
    let guarded = counterparts::table
        .find((&current.tenant_id, &current.id))
        .filter(counterparts::version.eq(version));
    if diesel::update(guarded)
        .set((
            counterparts::retired_at.eq(tx.stamp()),
            counterparts::version.eq(version + 1),
        ))
        .execute(tx.conn)?
        == 0
    {
        return Err(Problem::PreconditionFailed.into());
    }
    let tenant = TenantId::new(&current.tenant_id);
    external_ids::replace(tx.conn, &tenant, KIND, &current.id, &[])?;
    unindex(tx.conn, &current)?;
    note(tx, &tenant, &current.id, version + 1, "counterpart.delete");
    Ok(())
}

/// 404 where it is out of sight, 403 where it is seen but not the caller's to change.
fn load_own(tx: &mut WriteTx<'_>, counterpart: Uuid) -> Outcome<Row> {
    let row = visible(tx.conn, tx.scope, counterpart)?;
    tx.scope.require()?;
    if row.tenant_id == tx.scope.tenant().as_str() {
        Ok(row)
    } else {
        Err(Problem::Forbidden.into())
    }
}

fn finish(
    tx: &mut WriteTx<'_>,
    tenant: &TenantId,
    row: Row,
    fields: &CounterpartFields,
    event: &str,
) -> Outcome<Counterpart> {
    external_ids::replace(tx.conn, tenant, KIND, &row.id, &fields.external_ids)?;
    unindex(tx.conn, &row)?;
    let word: &str = fields.visibility.into();
    search::replace(tx.conn, tenant.as_str(), KIND, &row.id, &[&row.name])?;
    search::replace(
        tx.conn,
        &format!("visibility:{word}"),
        KIND,
        &row.id,
        &[&row.name],
    )?;
    note(tx, tenant, &row.id, row.version, event);
    one(tx.conn, tx.scope, row)
}

fn unindex(conn: &mut Conn, row: &Row) -> Outcome<()> {
    search::remove(conn, &row.tenant_id, KIND, &row.id)?;
    for visibility in ["private", "government", "network", "public"] {
        search::remove(conn, &format!("visibility:{visibility}"), KIND, &row.id)?;
    }
    Ok(())
}

fn note(tx: &mut WriteTx<'_>, tenant: &TenantId, subject: &str, version: i32, event: &str) {
    tx.record(Change {
        owner: tenant.clone(),
        subject_kind: "counterpart",
        subject_id: subject.to_owned(),
        version,
        event: event.to_owned(),
        payload: json!({ "id": subject, "version": version }),
        history: None,
    });
}
