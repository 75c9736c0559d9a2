//! Agreements of the caller's own government that overlap, and the decisions on them. An overlap is
//! computed: its candidates are the pairs that name one counterpart, read from the index of
//! counterparts by owner. Only decisions are stored.

mod pairs;
mod resolutions;

pub use resolutions::{history, resolve};

use crate::failure::Outcome;
use crate::tx::ReadTx;
use pairs::{Pair, Pairs, candidates};
use uuid::Uuid;
use vinculo_auth::{Reach, Scope};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::overlaps::Overlap;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;

/// How many candidates are read at a time.
const AT_A_TIME: usize = 200;
/// How often candidates are read for one page. Where fewer overlap than a page holds, the page is
/// shorter, and the next one goes on from there.
const ROUNDS: usize = 10;

/// One page of the overlaps of the caller's government, in the order of the ids of both agreements:
/// all, or those with a decision (`resolved`), or those without one.
pub fn list(
    tx: &mut ReadTx<'_>,
    resolved: Option<bool>,
    page: &PageRequest,
) -> Outcome<Page<Overlap>> {
    tx.scope.require()?;
    let (own, today) = (tx.scope.tenant().clone(), mexican_day(tx.now()));
    let limit = usize::try_from(page.limit).unwrap_or(0);
    let mut after = page.after.as_ref().map(Pair::of_cursor);
    let mut items: Vec<Overlap> = Vec::new();
    let mut next = None;
    for _round in 0..ROUNDS {
        let found = candidates(tx.conn, &own, resolved, after.as_ref(), AT_A_TIME)?;
        let whole = found.len() < AT_A_TIME;
        let pairs = Pairs::load(tx.conn, &own, found)?;
        for pair in pairs.in_order() {
            let overlap = pairs.overlap(pair, today)?;
            if overlap.shared.is_none() {
                after = Some(pair.clone());
                continue;
            }
            if items.len() == limit {
                return Ok(page_of(items, next));
            }
            items.push(overlap);
            after = Some(pair.clone());
            next = after.as_ref().map(Pair::cursor);
        }
        if whole {
            return Ok(page_of(items, None));
        }
    }
    Ok(page_of(items, after.as_ref().map(Pair::cursor)))
}

fn page_of(items: Vec<Overlap>, next: Option<After>) -> Page<Overlap> {
    Page {
        items,
        next,
        total: None,
    }
}

/// Refuses a caller whose roles read no agreement: for them there is nothing at any address (404).
fn require_sight(scope: &Scope) -> Outcome<()> {
    if scope.read_reach() < Reach::Own {
        return Err(Problem::NotFound.into());
    }
    Ok(())
}

/// Two agreements of the caller's government, with the decision on them. 404 if they do not overlap
/// and nobody ever decided on them.
pub fn get(tx: &mut ReadTx<'_>, (one, other): (Uuid, Uuid)) -> Outcome<Overlap> {
    require_sight(tx.scope)?;
    let (own, today) = (tx.scope.tenant().clone(), mexican_day(tx.now()));
    let pair = Pair::of(one, other);
    let pairs = Pairs::load(tx.conn, &own, vec![pair.clone()])?;
    let overlap = pairs.overlap(&pair, today)?;
    if overlap.shared.is_none() && overlap.resolution.is_none() {
        return Err(Problem::NotFound.into());
    }
    Ok(overlap)
}
