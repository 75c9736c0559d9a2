//! The cases in a government's sight that need attention, from its own access rows, and the moves of
//! others in exchanges.

mod news;

use super::agreements::{Access, LEFT_ALONE, of_cases};
use super::calendars;
use super::mechanisms::date;
use super::records::{Moved, ReadKind};
use crate::barrier::tenant_eq;
use crate::conn::MultiBackend;
use crate::failure::{Outcome, id, known};
use crate::schema::{agreement_access as access, agreement_assignments as assignments};
use crate::tx::ReadTx;
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;
use vinculo_auth::Reach;
use vinculo_domain::TenantId;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::notices::{Notice, NoticeKind, Workload, WorkloadLine};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::turns::soon;
use vinculo_domain::urgencies::Priority;

diesel::allow_columns_to_appear_in_same_group_by_clause!(access::stage, assignments::person_id);

fn text(day: NaiveDate) -> String {
    LegalDate::day(day).as_str().to_owned()
}

/// The open cases in the hands of the caller's government, by stage and person.
pub fn workload(tx: &mut ReadTx<'_>) -> Outcome<Workload> {
    type Count = (String, Option<String>, i64, Option<String>);
    let own = tx.scope.tenant().clone();
    let today = mexican_day(tx.now);
    let (calendar, _used) = calendars::current(tx.conn, &own)?;
    let lines = || {
        access::table
            .left_join(
                assignments::table.on(assignments::viewer_tenant
                    .eq(access::viewer_tenant)
                    .and(assignments::agreement_id.eq(access::agreement_id))
                    .and(assignments::until.is_null())),
            )
            .filter(tenant_eq(access::viewer_tenant, own.as_str()))
            .filter(access::holder_tenant.eq(own.as_str()))
            .group_by((access::stage, assignments::person_id))
            .select((
                access::stage,
                assignments::person_id.nullable(),
                count_star(),
                min(access::held_since),
            ))
            .into_boxed::<MultiBackend>()
    };
    let open: Vec<Count> = lines().load(tx.conn)?;
    let (first, last) = (text(today), text(soon(today, &calendar)));
    let overdue: Vec<Count> = lines()
        .filter(access::due_on.lt(first.clone()))
        .load(tx.conn)?;
    let due_soon = lines()
        .filter(access::due_on.ge(first))
        .filter(access::due_on.le(last));
    let due_soon: Vec<Count> = due_soon.load(tx.conn)?;
    let urgent: Vec<Count> = lines()
        .filter(access::priority.eq("urgent"))
        .load(tx.conn)?;
    let mut found = BTreeMap::new();
    for (stage, person, open, oldest) in open {
        let since = oldest.filter(|day| !day.is_empty());
        let since = since.as_deref().map(date).transpose()?;
        let line = WorkloadLine {
            stage: known(&stage)?,
            assigned_to: person.as_deref().map(id).transpose()?,
            open,
            due_soon: 0,
            overdue: 0,
            urgent: 0,
            oldest_days: since.map_or(0, |day| {
                calendar.business_days_between(day.earliest(), today)
            }),
        };
        found.insert((stage, person), line);
    }
    let mut count = |counts: Vec<Count>, of: fn(&mut WorkloadLine) -> &mut i64| {
        for (stage, person, number, _oldest) in counts {
            if let Some(line) = found.get_mut(&(stage, person)) {
                *of(line) = number;
            }
        }
    };
    count(overdue, |line| &mut line.overdue);
    count(due_soon, |line| &mut line.due_soon);
    count(urgent, |line| &mut line.urgent);
    let mut lines: Vec<WorkloadLine> = found.into_values().collect();
    lines.sort_by_key(|line| (line.stage, line.assigned_to));
    Ok(Workload {
        as_of: LegalDate::day(today),
        lines,
    })
}

/// What to report, with its sort position.
struct Found {
    place: After,
    kind: NoticeKind,
    on: NaiveDate,
    of: Of,
}

/// Of what a notice is.
enum Of {
    Case(Box<Access>),
    Exchange(Box<Moved>),
}

/// One page of the cases in the caller's hands that are due soon or overdue, or untouched for
/// `stale_after` days (0 for never), and of what others did that it should know of, in cases and in
/// exchanges, by day: merged from the pages of each. Who does not work on cases, such as an officer of
/// a mission, gets the notices of exchanges alone.
pub fn list(
    tx: &mut ReadTx<'_>,
    stale_after: u32,
    kinds: &[ReadKind],
    page: &PageRequest,
) -> Outcome<Page<Notice>> {
    let mut found = news::exchanged(tx, kinds, page)?;
    if tx.scope.reach() > Reach::None {
        found.extend(cases(tx, stale_after, page)?);
    }
    found.sort_by(|one, other| {
        (&one.place.key, &one.place.id).cmp(&(&other.place.key, &other.place.id))
    });
    let cut = Page::cut(found, page.limit, |one| one.place.clone());
    let cases = cut.items.iter().filter(|one| matches!(one.of, Of::Case(_)));
    let cases: Vec<String> = cases.map(|one| one.place.id.clone()).collect();
    let given = of_cases(tx.conn, tx.scope.tenant().as_str(), &cases)?;
    let mut items = Vec::with_capacity(cut.items.len());
    for one in cut.items {
        let assigned_to = given.get(&one.place.id).copied();
        items.push(notice(tx, one, assigned_to)?);
    }
    Ok(Page {
        items,
        next: cut.next,
        total: None,
    })
}

/// Everything that is noticed of cases.
fn cases(tx: &mut ReadTx<'_>, stale_after: u32, page: &PageRequest) -> Outcome<Vec<Found>> {
    let mut found = due(tx, page)?;
    found.extend(news::announced(tx, page)?);
    found.extend(news::reviewed(tx, page)?);
    if stale_after > 0 {
        for stage in LEFT_ALONE {
            found.extend(stale(tx, stage, Duration::days(stale_after.into()), page)?);
        }
    }
    Ok(found)
}

fn notice(tx: &mut ReadTx<'_>, found: Found, assigned_to: Option<Uuid>) -> Outcome<Notice> {
    let subject = id(&found.place.id)?;
    let (kind, on) = (found.kind, LegalDate::day(found.on));
    let notice = match found.of {
        Of::Case(access) => Notice {
            kind,
            on,
            agreement_id: Some(subject),
            record: None,
            owner: access.owner(),
            stage: Some(access.stage()?),
            priority: known(&access.priority)?,
            title: access.title,
            assigned_to,
        },
        Of::Exchange(moved) => Notice {
            kind,
            on,
            agreement_id: None,
            record: Some(moved.record),
            owner: moved.owner,
            stage: None,
            priority: Priority::Normal,
            title: moved.title,
            assigned_to: None,
        },
    };
    tx.disclose(&notice.owner, Some(subject));
    Ok(notice)
}

/// Cases due by the last day that counts as soon, by due day.
fn due(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Vec<Found>> {
    let own: &TenantId = tx.scope.tenant();
    let today = mexican_day(tx.now);
    let (calendar, _used) = calendars::current(tx.conn, own)?;
    let mut query = access::table
        .filter(tenant_eq(access::viewer_tenant, own.as_str()))
        .filter(access::holder_tenant.eq(own.as_str()))
        .filter(access::due_on.le(text(soon(today, &calendar))))
        .into_boxed::<MultiBackend>();
    if let Some(After { key, id }) = page.after.clone() {
        query = query
            .filter(access::due_on.ge(key.clone()))
            .filter(access::due_on.gt(key).or(access::agreement_id.gt(id)));
    }
    let rows: Vec<Access> = query
        .order((access::due_on.asc(), access::agreement_id.asc()))
        .limit(page.limit + 1)
        .select(Access::as_select())
        .load(tx.conn)?;
    let found = |access: Access| {
        let on = date(&access.due_on)?.earliest();
        Ok(Found {
            place: After {
                key: access.due_on.clone(),
                id: access.agreement_id.clone(),
            },
            kind: if on < today {
                NoticeKind::Overdue
            } else {
                NoticeKind::DueSoon
            },
            on,
            of: Of::Case(Box::new(access)),
        })
    };
    rows.into_iter().map(found).collect()
}

/// The caller's own cases in a stage that nobody touched for so long, by the instant at which they
/// became stale: as text it sorts after the due dates of its day.
fn stale(
    tx: &mut ReadTx<'_>,
    stage: &str,
    patience: Duration,
    page: &PageRequest,
) -> Outcome<Vec<Found>> {
    let own = tx.scope.tenant().as_str();
    let mut query = access::table
        .filter(tenant_eq(access::viewer_tenant, own))
        .filter(access::owner_tenant.eq(own))
        .filter(access::stage.eq(stage))
        .filter(access::changed_at.le((tx.now - patience).naive_utc()))
        .into_boxed::<MultiBackend>();
    if let Some(After { key, id }) = page.after.clone() {
        let (at, whole_day) = instant(&key)?;
        let touched = at - patience;
        query = query.filter(access::changed_at.ge(touched));
        if !whole_day {
            query = query.filter(
                access::changed_at
                    .gt(touched)
                    .or(access::agreement_id.gt(id)),
            );
        }
    }
    let rows: Vec<Access> = query
        .order((access::changed_at.asc(), access::agreement_id.asc()))
        .limit(page.limit + 1)
        .select(Access::as_select())
        .load(tx.conn)?;
    let found = |access: Access| {
        let at = access.changed_at.and_utc() + patience;
        Found {
            place: After {
                key: at.to_rfc3339_opts(SecondsFormat::Micros, true),
                id: access.agreement_id.clone(),
            },
            kind: NoticeKind::Stale,
            on: mexican_day(at),
            of: Of::Case(Box::new(access)),
        }
    };
    Ok(rows.into_iter().map(found).collect())
}

/// The instant in a cursor, or the beginning of the day in it.
fn instant(key: &str) -> Outcome<(NaiveDateTime, bool)> {
    if let Ok(day) = key.parse::<NaiveDate>() {
        return Ok((day.and_time(NaiveTime::MIN), true));
    }
    let at = DateTime::parse_from_rfc3339(key);
    let at = at.map_err(|_error| crate::Failure::from(Problem::InvalidCursor))?;
    Ok((at.naive_utc(), false))
}
