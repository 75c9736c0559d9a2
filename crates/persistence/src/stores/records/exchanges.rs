//! Exchanges that are not over, and the moves in them, as each side finds them in its own spaces: a
//! few statements, however many there are and of whatever kinds.

use super::page::{Placed, Stretch, in_order};
use super::{Row, spaces};
use crate::conn::Conn;
use crate::failure::{Outcome, id};
use crate::stores::calendars;
use crate::tx::ReadTx;
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use vinculo_auth::{Action, Scope};
use vinculo_domain::limits::MAX_WORKSPACE_CASES;
use vinculo_domain::notices::{NoticeKind, NoticedRecord};
use vinculo_domain::page::After;
use vinculo_domain::records::{ExchangeLine, ExchangeTurn, Kind, Space, Waits, order, told};
use vinculo_domain::workspace::Exchanges;
use vinculo_domain::{Refusal, Role, TenantId};

/// A kind of exchange, and the caller's scope to read it.
pub type ReadKind = (&'static Kind, Scope);

/// Whose turn it is in each record that is an exchange and not over.
pub(super) fn turns<'r>(
    conn: &mut Conn,
    now: DateTime<Utc>,
    rows: impl Iterator<Item = &'r Row>,
) -> Outcome<HashMap<Uuid, ExchangeTurn>> {
    let (mut open, mut holders) = (Vec::new(), BTreeSet::new());
    for row in rows {
        if !row.kind()?.spec.access.is_exchange() {
            continue;
        }
        let (record, index) = (row.record()?, row.content()?.index);
        if let Some(holder) = record.holder(&index) {
            holders.insert(holder.clone());
            open.push((record, index, holder));
        }
    }
    let calendars = calendars::current_of(conn, &holders)?;
    let turn = |(record, index, holder)| {
        let (record, holder): (vinculo_domain::records::Record, TenantId) = (record, holder);
        let turn = record.turn(&index, now, calendars.get(&holder)?)?;
        Some((record.id, turn))
    };
    Ok(open.into_iter().filter_map(turn).collect())
}

/// Where the caller finds exchanges: the space of its government, or of the missions that name it.
fn places(conn: &mut Conn, kinds: &[ReadKind]) -> Outcome<Vec<(&'static Kind, Space)>> {
    let mut places = Vec::new();
    for (kind, scope) in kinds {
        let own = spaces::spaces(conn, scope, kind)?.into_iter();
        let own = own.filter(|space| space.viewer == scope.tenant().as_str());
        places.extend(own.map(|space| (*kind, space)));
    }
    Ok(places)
}

/// The exchanges in which it is the turn of the caller's government, and those in which it waits for
/// the other side. Of the first only what `role` may do, if one is named.
pub fn waiting(tx: &mut ReadTx<'_>, kinds: &[ReadKind], role: Option<Role>) -> Outcome<Exchanges> {
    let places = places(tx.conn, kinds)?;
    let may = |kind: &Kind, waits: Waits| {
        let action = match waits {
            Waits::Answer => Action::Answer,
            _ => Action::Update,
        };
        let scope = kinds.iter().find(|(one, _)| *one == kind);
        scope.is_some_and(|(_, scope)| role.is_none_or(|role| scope.would_permit(role, action)))
    };
    let (waiting, waiting_more) = lines(tx, &places, |kind| {
        let own = [Waits::Answer, Waits::Close].into_iter();
        own.filter(|waits| may(kind, *waits)).collect()
    })?;
    let (awaited, awaited_more) = lines(tx, &places, |_| vec![Waits::Other])?;
    Ok(Exchanges {
        waiting,
        waiting_more,
        awaited,
        awaited_more,
    })
}

fn lines(
    tx: &mut ReadTx<'_>,
    places: &[(&'static Kind, Space)],
    waits: impl Fn(&Kind) -> Vec<Waits>,
) -> Outcome<(Vec<ExchangeLine>, bool)> {
    let stretches: Vec<Stretch<'_>> = places
        .iter()
        .flat_map(|(kind, space)| {
            let one = |waits: Waits| Stretch {
                space,
                kind,
                name: waits.name(),
                from: "",
            };
            waits(kind).into_iter().map(one)
        })
        .collect();
    let mut found = in_order(
        tx.conn,
        tx.scope,
        &stretches,
        (None, MAX_WORKSPACE_CASES + 1),
    )?;
    let shown = usize::try_from(MAX_WORKSPACE_CASES).unwrap_or(0);
    let more = found.len() > shown;
    found.truncate(shown);
    let mut turns = turns(tx.conn, tx.now, found.iter().map(|one| &one.stored))?;
    let mut lines = Vec::new();
    for Placed { stored: row, .. } in found {
        let id = id(&row.id)?;
        tx.disclose(&row.owner(), Some(id));
        if let Some(turn) = turns.remove(&id) {
            lines.push(line(&row, turn)?);
        }
    }
    Ok((lines, more))
}

fn line(row: &Row, turn: ExchangeTurn) -> Outcome<ExchangeLine> {
    let (record, content) = (row.record()?, row.content()?);
    Ok(ExchangeLine {
        kind: row.kind.clone(),
        id: record.id,
        asked: asked(row)?,
        title: content.fields.title,
        status: record.status,
        owner: record.tenant_id,
        turn,
        path: format!("{}/{}", record.kind.spec.address(), record.id),
    })
}

fn asked(row: &Row) -> Outcome<TenantId> {
    let asks = row.content()?.index.asks;
    let asked = asks.map(|(_, tenant)| tenant);
    asked.ok_or_else(|| Refusal::internal(format!("{} asks nobody", row.kind)).into())
}

/// A move of the other side.
pub(crate) struct Moved {
    /// When, as it stands in the order.
    pub(crate) at: String,
    pub(crate) notice: NoticeKind,
    pub(crate) owner: TenantId,
    pub(crate) title: String,
    pub(crate) record: NoticedRecord,
}

/// The last moves of the other side since an instant, in exchanges that are where that left them:
/// earliest first, one more than a page.
pub(crate) fn moved(
    tx: &mut ReadTx<'_>,
    kinds: &[ReadKind],
    since: DateTime<Utc>,
    (after, limit): (Option<&After>, i64),
) -> Outcome<Vec<Moved>> {
    let (places, from) = (places(tx.conn, kinds)?, order(since));
    let stretches: Vec<Stretch<'_>> = places
        .iter()
        .map(|(kind, space)| Stretch {
            space,
            kind,
            name: Waits::Told.name(),
            from: &from,
        })
        .collect();
    let found = in_order(tx.conn, tx.scope, &stretches, (after, limit + 1))?;
    let mut moves = Vec::new();
    for Placed { stored: row, value } in found {
        let record = row.record()?;
        let Some((notice, _)) = told(record.status) else {
            continue;
        };
        moves.push(Moved {
            at: value,
            notice,
            title: row.content()?.fields.title,
            record: NoticedRecord {
                kind: row.kind.clone(),
                id: record.id,
                status: record.status,
                asked: asked(&row)?,
            },
            owner: record.tenant_id,
        });
    }
    Ok(moves)
}
