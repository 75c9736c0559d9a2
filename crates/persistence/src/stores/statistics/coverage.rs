//! Coverage and concentration: statistics about governments.

use super::count::{Group, Grouped, Unit, groups, key, quality};
use super::mechanisms::covered;
use super::question::{Moment, Question};
use super::table::{Counted, Tally, answer};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::governments;
use crate::tx::ReadTx;
use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use vinculo_domain::statistics::{
    Dimension, Family, Measures, NONE, Point, Statistics, shares, tenths,
};

/// More than the possible groups of municipalities and standings.
const ALL: i64 = 100_000;

/// The settings of a concentration question.
#[derive(Debug, Clone, Copy)]
pub struct Top {
    /// How many governments are named.
    pub count: usize,
    /// Whether a state counts with its municipalities, or only its government.
    pub by_territory: bool,
    /// For how many earlier years the question is answered too, each at its end.
    pub years: i32,
}

/// A government of the catalogue on a day.
#[derive(Clone)]
struct Place {
    id: String,
    parent: Option<String>,
    area_km2: Option<i32>,
}

fn catalogue(conn: &mut Conn, moment: &Moment, tier: &str) -> Outcome<Vec<Place>> {
    let rows: Vec<(String, Option<String>, Option<i32>)> = governments::table
        .filter(governments::tier.eq(tier))
        .filter(governments::valid_from.le(&moment.on))
        .filter(
            governments::valid_to
                .is_null()
                .or(governments::valid_to.gt(&moment.on)),
        )
        .order(governments::id)
        .select((
            governments::id,
            governments::parent_id,
            governments::area_km2,
        ))
        .load(conn)?;
    let place = |(id, parent, area_km2)| Place {
        id,
        parent,
        area_km2,
    };
    Ok(rows.into_iter().map(place).collect())
}

/// Which municipalities have agreements, and which states a mechanism. Drafts do not count.
pub fn coverage(tx: &mut ReadTx<'_>, question: &Question) -> Outcome<Statistics> {
    let moment = Moment {
        signed: true,
        ..Moment::of(tx, question)?
    };
    let (total, quality) = quality(tx.conn, &moment, question)?;
    let state = question.narrowed(Dimension::State);
    let municipality = question.narrowed(Dimension::Municipality);
    let marks = if question.by.contains(&Dimension::Mechanism) {
        mechanisms_of(tx.conn, &moment)?
    } else {
        municipalities(tx.conn, &moment, question)?
    };
    let mut met: BTreeMap<Vec<String>, i64> = BTreeMap::new();
    for (place, of_state, mark) in marks {
        let wanted = state.is_none_or(|states| states.contains(&of_state))
            && municipality.is_none_or(|places| places.contains(&place));
        if wanted {
            let keys = [of_state, mark.to_owned()];
            let skipped = keys.len() - question.by.len().min(keys.len());
            *met.entry(keys.into_iter().skip(skipped).collect())
                .or_default() += 1;
        }
    }
    let counted = Counted {
        total,
        quality,
        tallies: met
            .into_iter()
            .map(|(keys, count)| Tally::new(keys, count))
            .collect(),
        ..Counted::default()
    };
    answer(tx.conn, Family::Coverage, &moment, question, counted)
}

type Mark = (String, String, &'static str);

/// Each municipality with its state and its count.
fn municipalities(conn: &mut Conn, moment: &Moment, question: &Question) -> Outcome<Vec<Mark>> {
    let wanted = Grouped {
        unit: Unit::Municipality,
        keys: (key(Dimension::Municipality), key(Dimension::Standing)),
        other: Dimension::Standing,
        ends: None,
        limit: ALL,
    };
    let (mut ever, mut active) = (BTreeSet::new(), BTreeSet::new());
    for (place, standing, _count) in groups(conn, moment, question, &wanted)? {
        if standing == "in_force" {
            active.insert(place.clone());
        }
        ever.insert(place);
    }
    let mark = |place: Place| {
        let mark = if active.contains(&place.id) {
            "active"
        } else if ever.contains(&place.id) {
            "ever"
        } else {
            NONE
        };
        (place.id, place.parent.unwrap_or_default(), mark)
    };
    Ok(catalogue(conn, moment, "municipality")?
        .into_iter()
        .map(mark)
        .collect())
}

/// Each state, and whether it had a mechanism in force.
fn mechanisms_of(conn: &mut Conn, moment: &Moment) -> Outcome<Vec<Mark>> {
    let covered = covered(conn, moment)?;
    let mark = |place: Place| {
        let mark = if covered.contains(&place.id) {
            "in_force"
        } else {
            NONE
        };
        (place.id.clone(), place.id, mark)
    };
    let states = catalogue(conn, moment, "state")?;
    Ok(states.into_iter().map(mark).collect())
}

/// The share of all agreements that a few governments hold.
pub fn concentration(tx: &mut ReadTx<'_>, question: &Question, top: Top) -> Outcome<Statistics> {
    let moment = Moment::of(tx, question)?;
    let (total, quality) = quality(tx.conn, &moment, question)?;
    let leading = leading(tx.conn, &moment, question, top)?;
    let mut over_time = vec![point(&moment, &leading, total)];
    for back in 0..top.years {
        let year = moment.day.year() - 1 - back;
        let Some(day) = NaiveDate::from_ymd_opt(year, 12, 31) else {
            break;
        };
        let then = moment.on(day);
        let (total, _quality) = super::count::quality(tx.conn, &then, question)?;
        let leading = self::leading(tx.conn, &then, question, top)?;
        over_time.push(point(&then, &leading, total));
    }
    let states = catalogue(tx.conn, &moment, "state")?;
    let mut counted = Counted {
        total,
        quality,
        tallies: leading
            .into_iter()
            .map(|(id, _, count)| Tally::new([id], count))
            .collect(),
        sum: Some(total),
        over_time,
        ..Counted::default()
    };
    if top.by_territory {
        territories(&states, &mut counted);
    }
    answer(tx.conn, Family::Concentration, &moment, question, counted)
}

/// The governments that hold the most; equal ones in the order of their keys.
fn leading(conn: &mut Conn, moment: &Moment, question: &Question, top: Top) -> Outcome<Vec<Group>> {
    let place = question.by.first().copied().unwrap_or(Dimension::State);
    let wanted = Grouped {
        unit: Unit::Lead,
        keys: (key(place), key(Dimension::Tier)),
        other: Dimension::Standing,
        ends: None,
        limit: ALL,
    };
    let mut met: BTreeMap<String, i64> = BTreeMap::new();
    for (id, tier, count) in groups(conn, moment, question, &wanted)? {
        let led = place == Dimension::Municipality || top.by_territory || tier == "state";
        if led && id != NONE && !id.is_empty() {
            *met.entry(id).or_default() += count;
        }
    }
    let mut found: Vec<Group> = met
        .into_iter()
        .map(|(id, count)| (id, String::new(), count))
        .collect();
    found.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    found.truncate(top.count);
    Ok(found)
}

fn point(moment: &Moment, leading: &[Group], total: i64) -> Point {
    let count: i64 = leading.iter().map(|(_, _, count)| count).sum();
    let parts = shares(&[count, total - count]);
    Point {
        as_of: moment.on.clone(),
        total,
        count,
        share: tenths(parts.first().copied().unwrap_or(0)),
    }
}

/// For the named states, their territory and its share of the nation's.
fn territories(states: &[Place], counted: &mut Counted) {
    let area = |id: &str| {
        let place = states.iter().find(|place| place.id == id);
        place.and_then(|place| place.area_km2).map(i64::from)
    };
    let nation: i64 = states
        .iter()
        .filter_map(|place| place.area_km2)
        .map(i64::from)
        .sum();
    let measured = |area: i64| Measures {
        area_km2: Some(area),
        territory_share: (nation > 0)
            .then(|| tenths(shares(&[area, nation - area]).first().copied().unwrap_or(0))),
        ..Measures::default()
    };
    let mut all = 0;
    for tally in &mut counted.tallies {
        if let Some(area) = tally.keys.first().and_then(|id| area(id)) {
            tally.measures = measured(area);
            all += area;
        }
    }
    counted.measures = measured(all);
}
