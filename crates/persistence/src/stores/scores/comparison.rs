//! Where a government stands today among all of its order, from the index of public records and the
//! public facts of agreements.

use crate::failure::Outcome;
use crate::schema::governments;
use crate::stores::records::probed;
use crate::stores::{administrations, statistics};
use crate::tx::ReadTx;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::governments::Government;
use vinculo_domain::scores::{
    Facts, ScoreItem, ScorePlaces, Weights, compare, outlives, probes, score, term_start,
};

/// Its place by a score in hundredths of a point.
pub(super) fn places(
    tx: &mut ReadTx<'_>,
    government: &Government,
    (weights, own): (&Weights, i64),
    today: NaiveDate,
) -> Outcome<ScorePlaces> {
    let tier: &'static str = government.tier.into();
    let all: Vec<(String, Option<String>)> = governments::table
        .filter(governments::valid_to.is_null())
        .filter(governments::tier.eq(tier))
        .select((governments::id, governments::parent_id))
        .load(tx.conn)?;
    let facts = facts_of_all(tx, today)?;
    let state = government.parent_id.as_ref().map(|state| state.as_str());
    let (mut country, mut of_state) = (Vec::new(), Vec::new());
    for (id, parent) in all {
        let found = if id == government.id.as_str() {
            own
        } else {
            facts.get(&id).map_or(0, |facts| score(weights, facts))
        };
        country.push(found);
        if state.is_some() && parent.as_deref() == state {
            of_state.push(found);
        }
    }
    Ok(ScorePlaces {
        state: state.map(|_state| compare(own, of_state)),
        country: compare(own, country),
    })
}

/// What every government shows today.
fn facts_of_all(tx: &mut ReadTx<'_>, today: NaiveDate) -> Outcome<HashMap<String, Facts>> {
    let mut all = statistics::items_of_all(tx.conn, today)?;
    let terms = administrations::in_course(tx.conn, today)?;
    let began: HashMap<&String, NaiveDate> = terms
        .iter()
        .filter_map(|(id, periods)| Some((id, term_start(periods, today)?)))
        .collect();
    for id in began.keys() {
        let facts = all.entry((*id).clone()).or_default();
        facts.insert(ScoreItem::TermOnFile, 1);
    }
    for ((owner, item), (count, year)) in probed(tx.conn, &probes(today))? {
        let outlived = || year.is_some_and(|year| outlives(year, began.get(&owner).copied()));
        if !item.is_outliving() || outlived() {
            all.entry(owner).or_default().insert(item, count);
        }
    }
    Ok(all)
}
