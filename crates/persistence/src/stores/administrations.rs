//! The administrations (terms of office) of governments. A government or the foreign ministry
//! writes them, and everybody reads them.

mod changes;

use super::mechanisms::date;
use super::{people, plain};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::administrations;
use crate::stores::narrow::{among, keys};
use crate::tx::ReadTx;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::administrations::{Administration, AdministrationFields, Head, term_end};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::page::{Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId};

pub use changes::{create, update};

/// More administrations than any government has had.
const MOST: i64 = 500;

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = administrations, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct Row {
    tenant_id: String,
    id: String,
    starts_on: String,
    ends_on: Option<String>,
    head_person_id: Option<String>,
    head_post: Option<String>,
    head_capacity: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

/// The administrations of these rows, in their order.
fn entities(conn: &mut Conn, rows: Vec<Row>) -> Outcome<Vec<Administration>> {
    let heads = rows.iter().filter_map(|row| row.head_person_id.as_ref());
    let names = people::names(conn, heads)?;
    let entity = |row: Row| {
        let name = row.head_person_id.and_then(|person| names.get(&person));
        Ok(Administration {
            id: id(&row.id)?,
            fields: AdministrationFields {
                government_id: TenantId::new(row.tenant_id),
                starts_on: date(&row.starts_on)?,
                ends_on: row.ends_on.as_deref().map(date).transpose()?,
                head: name.map(|name| Head {
                    name: name.clone(),
                    post: row.head_post.unwrap_or_default(),
                    capacity: row.head_capacity.unwrap_or_default(),
                }),
            },
            version: row.version,
            created_at: row.created_at.and_utc(),
            updated_at: row.updated_at.and_utc(),
        })
    };
    rows.into_iter().map(entity).collect()
}

fn one(conn: &mut Conn, row: Row) -> Outcome<Administration> {
    let found = entities(conn, vec![row])?.pop();
    found.ok_or_else(|| Refusal::internal("an administration without its row").into())
}

/// One page, in the order of creation; of some governments if any are named.
pub fn list(
    tx: &mut ReadTx<'_>,
    governments: &[TenantId],
    page: &PageRequest,
) -> Outcome<Page<Administration>> {
    let visible = || {
        let query = administrations::table.into_boxed::<MultiBackend>();
        among!(query, administrations::tenant_id, keys(governments))
    };
    let page = plain::page(
        tx.conn,
        page,
        |row: &Row| &row.id,
        |conn, after, limit| {
            let rows = visible().filter(administrations::id.gt(after)).limit(limit);
            rows.order(administrations::id)
                .select(Row::as_select())
                .load(conn)
        },
        |conn| visible().count().get_result(conn),
    )?;
    page.try_replace(|rows| entities(tx.conn, rows))
}

/// One administration.
pub fn get(tx: &mut ReadTx<'_>, administration: Uuid) -> Outcome<Administration> {
    let row = find(tx.conn, administration)?;
    one(tx.conn, row)
}

/// The administration of a government that was in office on a day, if it is on file: of two heads
/// of one term, the one who took over last.
pub(crate) fn on(
    conn: &mut Conn,
    government: &TenantId,
    day: NaiveDate,
) -> Outcome<Option<Administration>> {
    // As text, a year or a month sorts before each of its days, so this finds the one that began
    // last.
    let last: Option<Row> = administrations::table
        .filter(administrations::tenant_id.eq(government.as_str()))
        .filter(administrations::starts_on.le(day.format("%Y-%m-%d").to_string()))
        .order(administrations::starts_on.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let last = last.map(|row| one(conn, row)).transpose()?;
    Ok(last.filter(|found| found.fields.covers(day)))
}

/// The last day of the term of a government in which a day lies, whoever headed it then; if it is
/// on file.
pub(crate) fn term_end_on(
    conn: &mut Conn,
    government: &TenantId,
    day: NaiveDate,
) -> Outcome<Option<LegalDate>> {
    let all = periods_of(conn, government)?;
    Ok(term_end(&all, day).cloned())
}

/// The administrations of a government, the latest first; at most `MOST`.
pub(crate) fn periods_of(
    conn: &mut Conn,
    government: &TenantId,
) -> Outcome<Vec<AdministrationFields>> {
    let found = all_of(conn, government)?.into_iter();
    Ok(found.map(|administration| administration.fields).collect())
}

/// The same with their ids.
pub(crate) fn all_of(conn: &mut Conn, government: &TenantId) -> Outcome<Vec<Administration>> {
    let rows: Vec<Row> = administrations::table
        .filter(administrations::tenant_id.eq(government.as_str()))
        .order(administrations::starts_on.desc())
        .limit(MOST)
        .select(Row::as_select())
        .load(conn)?;
    entities(conn, rows)
}

/// The administrations of these governments.
pub(crate) fn periods_of_all(
    conn: &mut Conn,
    governments: &[&str],
) -> Outcome<HashMap<String, Vec<AdministrationFields>>> {
    let rows: Vec<Row> = administrations::table
        .filter(administrations::tenant_id.eq_any(governments))
        .select(Row::as_select())
        .load(conn)?;
    let mut periods: HashMap<String, Vec<AdministrationFields>> = HashMap::new();
    for one in entities(conn, rows)? {
        let government = one.fields.government_id.to_string();
        periods.entry(government).or_default().push(one.fields);
    }
    Ok(periods)
}

/// For each government with an administration in office on a day: the last day of the term, if it
/// is known.
pub(crate) fn term_ends_on(conn: &mut Conn, day: NaiveDate) -> Outcome<HashMap<String, String>> {
    let ends = in_course(conn, day)?
        .into_iter()
        .filter_map(|(government, all)| {
            let end = term_end(&all, day)?;
            Some((government, end.latest().to_string()))
        });
    Ok(ends.collect())
}

/// The administrations of every government that end in the year of a day or later, or of which no end
/// is known: those in course are among them. The heads have no names.
pub(crate) fn in_course(
    conn: &mut Conn,
    day: NaiveDate,
) -> Outcome<HashMap<String, Vec<AdministrationFields>>> {
    // As text, a year or a month sorts before each of its days; those that are over are removed
    // below. Later ones may complete the same term.
    let rows: Vec<Row> = administrations::table
        .filter(
            administrations::ends_on
                .ge(day.format("%Y").to_string())
                .or(administrations::ends_on.is_null()),
        )
        .select(Row::as_select())
        .load(conn)?;
    let mut periods: HashMap<String, Vec<AdministrationFields>> = HashMap::new();
    for row in rows {
        // The names of the heads do not matter here.
        let head = row.head_capacity.map(|capacity| Head {
            name: String::new(),
            post: String::new(),
            capacity,
        });
        let fields = AdministrationFields {
            government_id: TenantId::new(&row.tenant_id),
            starts_on: date(&row.starts_on)?,
            ends_on: row.ends_on.as_deref().map(date).transpose()?,
            head,
        };
        periods.entry(row.tenant_id).or_default().push(fields);
    }
    Ok(periods)
}

fn find(conn: &mut Conn, administration: Uuid) -> Outcome<Row> {
    let row = administrations::table
        .filter(administrations::id.eq(administration.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}
