//! What other governments did that the caller's should know of: who announced that it negotiates,
//! and what reviewers did with its own cases. All of it comes from its own access rows and the
//! history of its own cases.

use super::{Found, Of, instant};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{agreement_access as access, history};
use crate::stores::agreements::Access;
use crate::stores::records::{self, Moved, ReadKind};
use crate::tx::ReadTx;
use chrono::{DateTime, Duration, NaiveDateTime, SecondsFormat, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use std::collections::HashMap;
use strum::VariantArray;
use vinculo_domain::agreements::{CaseAction, Level, Stage};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::notices::{NEWS_DAYS, NoticeKind, REVIEWED_STAGES};
use vinculo_domain::page::{After, PageRequest};

/// How many moves are held at a time.
const MOVES: i64 = 200;

/// The instant from which something is still news.
fn since(now: DateTime<Utc>) -> NaiveDateTime {
    (now - Duration::days(NEWS_DAYS)).naive_utc()
}

/// The notice of what happened at an instant: as text it sorts after the due dates of its day.
fn found(access: Access, kind: NoticeKind, at: NaiveDateTime) -> Found {
    let at = at.and_utc();
    Found {
        place: After {
            key: at.to_rfc3339_opts(SecondsFormat::Micros, true),
            id: access.agreement_id.clone(),
        },
        kind,
        on: mexican_day(at),
        of: Of::Case(Box::new(access)),
    }
}

/// What was announced to the caller's government, oldest first. Whoever was only told of a draft
/// has a row that changes with each announcement to it, and for its own assignments in `updated_at`
/// alone.
pub(super) fn announced(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Vec<Found>> {
    let own = tx.scope.tenant().as_str();
    let (stage, level): (&'static str, &'static str) = (Stage::Draft.into(), Level::Summary.into());
    let mut query = access::table
        .filter(tenant_eq(access::viewer_tenant, own))
        .filter(access::stage.eq(stage))
        .filter(access::level.eq(level))
        .filter(access::changed_at.ge(since(tx.now)))
        .into_boxed::<MultiBackend>();
    if let Some(After { key, id }) = page.after.clone() {
        let (at, whole_day) = instant(&key)?;
        query = query.filter(access::changed_at.ge(at));
        if !whole_day {
            query = query.filter(access::changed_at.gt(at).or(access::agreement_id.gt(id)));
        }
    }
    let rows: Vec<Access> = query
        .order((access::changed_at.asc(), access::agreement_id.asc()))
        .limit(page.limit + 1)
        .select(Access::as_select())
        .load(tx.conn)?;
    let notice = |row: Access| {
        let at = row.changed_at;
        found(row, NoticeKind::Announced, at)
    };
    Ok(rows.into_iter().map(notice).collect())
}

/// What the other sides of exchanges did last, oldest first.
pub(super) fn exchanged(
    tx: &mut ReadTx<'_>,
    kinds: &[ReadKind],
    page: &PageRequest,
) -> Outcome<Vec<Found>> {
    let since = since(tx.now).and_utc();
    let place = (page.after.as_ref(), page.limit);
    let moves = records::moved(tx, kinds, since, place)?;
    let found = |moved: Moved| {
        let (at, _) = instant(&moved.at)?;
        Ok(Found {
            place: After {
                key: moved.at.clone(),
                id: moved.record.id.to_string(),
            },
            kind: moved.notice,
            on: mexican_day(at.and_utc()),
            of: Of::Exchange(Box::new(moved)),
        })
    };
    moves.into_iter().map(found).collect()
}

/// What reviewers did with the caller's own cases, while each is where that left it, oldest first.
pub(super) fn reviewed(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Vec<Found>> {
    let own = tx.scope.tenant().as_str();
    let wanted = usize::try_from(page.limit).unwrap_or_default();
    let mut from = Place::after(page, since(tx.now))?;
    let mut news = Vec::new();
    loop {
        let moves = moves(tx.conn, own, &from)?;
        let Some(last) = moves.last() else {
            return Ok(news);
        };
        from = Place {
            at: last.at,
            after: Some((last.case.clone(), last.version)),
        };
        news.extend(still_there(tx.conn, own, moves)?);
        if news.len() > wanted {
            return Ok(news);
        }
    }
}

/// Where to go on among the moves of cases.
struct Place {
    at: NaiveDateTime,
    /// After this case at that instant, and this version of it.
    after: Option<(String, i32)>,
}

impl Place {
    /// Where a page starts; nothing before `since` is news.
    fn after(page: &PageRequest, since: NaiveDateTime) -> Outcome<Self> {
        let Some(After { key, id }) = &page.after else {
            let after = None;
            return Ok(Self { at: since, after });
        };
        let (at, whole_day) = instant(key)?;
        Ok(if at < since {
            let after = None;
            Self { at: since, after }
        } else {
            let after = (!whole_day).then(|| (id.clone(), i32::MAX));
            Self { at, after }
        })
    }
}

/// How a case came into another stage.
struct Move {
    case: String,
    version: i32,
    action: String,
    to: String,
    at: NaiveDateTime,
}

/// The next moves by a reviewer of cases of `owner`, oldest first.
fn moves(conn: &mut Conn, owner: &str, from: &Place) -> Outcome<Vec<Move>> {
    let told = CaseAction::VARIANTS.iter();
    let told = told.filter(|action| NoticeKind::of_review(**action).is_some());
    let actions: Vec<&'static str> = told.map(Into::into).collect();
    let stages: Vec<&'static str> = REVIEWED_STAGES.iter().map(Into::into).collect();
    let mut query = history::table
        .filter(tenant_eq(history::tenant_id, owner))
        .filter(history::from_stage.is_not_null())
        .filter(history::at.ge(from.at))
        .filter(history::action.eq_any(actions))
        .filter(history::to_stage.eq_any(stages))
        .into_boxed::<MultiBackend>();
    if let Some((case, version)) = from.after.clone() {
        let same = history::agreement_id
            .eq(case.clone())
            .and(history::version.gt(version));
        let later = history::at.gt(from.at);
        query = query.filter(later.or(history::agreement_id.gt(case)).or(same));
    }
    let lines: Vec<(String, i32, String, String, NaiveDateTime)> = query
        .order((history::at, history::agreement_id, history::version))
        .limit(MOVES)
        .select((
            history::agreement_id,
            history::version,
            history::action,
            history::to_stage,
            history::at,
        ))
        .load(conn)?;
    let moves = lines
        .into_iter()
        .map(|(case, version, action, to, at)| Move {
            case,
            version,
            action,
            to,
            at,
        });
    Ok(moves.collect())
}

/// The notices of those moves after which the case did not move again.
fn still_there(conn: &mut Conn, own: &str, moves: Vec<Move>) -> Outcome<Vec<Found>> {
    let mut cases: Vec<&str> = moves.iter().map(|one| one.case.as_str()).collect();
    cases.sort_unstable();
    cases.dedup();
    let rows: Vec<Access> = access::table
        .filter(tenant_eq(access::viewer_tenant, own))
        .filter(access::owner_tenant.eq(own))
        .filter(access::agreement_id.eq_any(&cases))
        .select(Access::as_select())
        .load(conn)?;
    let newest: Vec<(String, Option<i32>)> = history::table
        .filter(tenant_eq(history::tenant_id, own))
        .filter(history::agreement_id.eq_any(&cases))
        .filter(history::from_stage.is_not_null())
        .group_by(history::agreement_id)
        .select((history::agreement_id, max(history::version)))
        .load(conn)?;
    let newest: HashMap<String, Option<i32>> = newest.into_iter().collect();
    let mut rows: HashMap<String, Access> = rows
        .into_iter()
        .map(|row| (row.agreement_id.clone(), row))
        .collect();
    let notice = |one: Move| {
        let kind = one.action.parse().ok().and_then(NoticeKind::of_review)?;
        let last = newest.get(&one.case).copied().flatten() == Some(one.version);
        let row = rows
            .remove(&one.case)
            .filter(|row| last && row.stage == one.to)?;
        Some(found(row, kind, one.at))
    };
    // From the last to the first, so that a case is taken with its last move.
    let mut news: Vec<Found> = moves.into_iter().rev().filter_map(notice).collect();
    news.reverse();
    Ok(news)
}
