//! What other governments did that the caller's should know of: who announced that it negotiates,
//! and what reviewers did with its own cases. All of it comes from its own access rows and the
//! history of its own cases.

use super::{Found, instant};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{agreement_access as access, history};
use crate::stores::agreements::Access;
use crate::tx::ReadTx;
use chrono::{DateTime, Duration, NaiveDateTime, SecondsFormat, Utc};
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::agreements::{CaseAction, Level, Stage};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::notices::{NEWS_DAYS, NoticeKind, REVIEWED_STAGES};
use vinculo_domain::page::{After, PageRequest};

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
        access,
    }
}

/// What was announced to the caller's government, oldest first. Whoever was only told of a draft
/// has a row that changes with each announcement to it, and with nothing else.
pub(super) fn announced(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Vec<Found>> {
    let own = tx.scope.tenant().as_str();
    let (stage, level): (&'static str, &'static str) = (Stage::Draft.into(), Level::Summary.into());
    let mut query = access::table
        .filter(tenant_eq(access::viewer_tenant, own))
        .filter(access::stage.eq(stage))
        .filter(access::level.eq(level))
        .filter(access::updated_at.ge(since(tx.now)))
        .into_boxed::<MultiBackend>();
    if let Some(After { key, id }) = page.after.clone() {
        let (at, whole_day) = instant(&key)?;
        query = query.filter(access::updated_at.ge(at));
        if !whole_day {
            query = query.filter(access::updated_at.gt(at).or(access::agreement_id.gt(id)));
        }
    }
    let rows: Vec<Access> = query
        .order((access::updated_at.asc(), access::agreement_id.asc()))
        .limit(page.limit + 1)
        .select(Access::as_select())
        .load(tx.conn)?;
    let notice = |row: Access| {
        let at = row.updated_at;
        found(row, NoticeKind::Announced, at)
    };
    Ok(rows.into_iter().map(notice).collect())
}

/// What reviewers did with the caller's own cases, while each is where that left it.
pub(super) fn reviewed(tx: &mut ReadTx<'_>, page: &PageRequest) -> Outcome<Vec<Found>> {
    let own = tx.scope.tenant().as_str();
    let stages: Vec<&'static str> = REVIEWED_STAGES.iter().map(Into::into).collect();
    let since = since(tx.now);
    let rows: Vec<Access> = access::table
        .filter(tenant_eq(access::viewer_tenant, own))
        .filter(access::owner_tenant.eq(own))
        .filter(access::stage.eq_any(stages))
        .filter(access::updated_at.ge(since))
        .select(Access::as_select())
        .load(tx.conn)?;
    let moves = last_moves(tx.conn, own, &rows, since)?;
    let notice = |row: Access| {
        let moved = moves.get(&row.agreement_id)?;
        let kind = moved
            .action
            .parse::<CaseAction>()
            .ok()
            .and_then(NoticeKind::of_review)?;
        (moved.to == row.stage).then(|| found(row, kind, moved.at))
    };
    let mut news: Vec<Found> = rows.into_iter().filter_map(notice).collect();
    if let Some(After { key, id }) = &page.after {
        news.retain(|one| (&one.place.key, &one.place.id) > (key, id));
    }
    Ok(news)
}

/// How a case came into its stage.
struct Move {
    action: String,
    to: String,
    at: NaiveDateTime,
}

/// The last move of each of these cases from one stage to another.
fn last_moves(
    conn: &mut Conn,
    owner: &str,
    cases: &[Access],
    since: NaiveDateTime,
) -> Outcome<HashMap<String, Move>> {
    let ids: Vec<&String> = cases.iter().map(|row| &row.agreement_id).collect();
    let lines: Vec<(String, String, String, NaiveDateTime)> = history::table
        .filter(history::tenant_id.eq(owner))
        .filter(history::agreement_id.eq_any(ids))
        .filter(history::from_stage.is_not_null())
        .filter(history::at.ge(since))
        .order((history::agreement_id, history::version))
        .select((
            history::agreement_id,
            history::action,
            history::to_stage,
            history::at,
        ))
        .load(conn)?;
    let by_case = lines
        .into_iter()
        .map(|(case, action, to, at)| (case, Move { action, to, at }));
    // A later line of a case takes the place of an earlier one.
    Ok(by_case.collect())
}
