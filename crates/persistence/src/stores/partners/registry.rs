//! What the registry tells of governments: in which themes they have agreements, and with whom.

use super::{PartnerQuestion, VALUES};
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{consolidation_facets as facets, consolidations};
use diesel::prelude::*;
use serde::Deserialize;
use std::collections::BTreeSet;
use vinculo_domain::governments::Government;
use vinculo_domain::partners::{Found, Made, Ties, Wanted};
use vinculo_domain::{TenantId, Tier};

// The states of an inscription.
diesel::alias! {
    const WITHIN: Alias<Within> = facets as within;
}

/// The inscriptions of the government that searches which are looked at, the newest.
const OWN: i64 = 200;
/// The inscriptions that are read under one value, the newest.
const EACH: i64 = 50;

/// What is read of an inscription.
#[derive(Deserialize)]
struct Inscribed {
    parties: Vec<Party>,
    #[serde(default)]
    themes: Vec<String>,
    counterparts: Vec<Named>,
}

#[derive(Deserialize)]
struct Party {
    government_id: TenantId,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    country: Option<String>,
}

/// The reasons that the registry gives and, if countries were asked for, the governments that have an
/// agreement with one of them.
pub(super) fn reasons(
    conn: &mut Conn,
    middle: &Government,
    wanted: &Wanted,
    asked: &PartnerQuestion,
) -> Outcome<(Vec<Found>, Option<BTreeSet<TenantId>>)> {
    let mut ties = Ties::default();
    for made in own(conn, middle)? {
        ties.add(&made);
    }
    ties.countries.extend(asked.country.iter().cloned());
    let themes = wanted.seeks.union(&ties.themes).map(|key| ("theme", key));
    let others = ties
        .countries
        .iter()
        .filter(|key| !asked.country.contains(key));
    let countries = asked.country.iter().chain(others);
    let countries = countries.map(|key| ("country", key));
    let mut numbers: BTreeSet<String> = BTreeSet::new();
    // What is asked for comes first, so that it is never cut off.
    for (facet, value) in countries.chain(themes).take(VALUES) {
        numbers.extend(newest(conn, facet, value, &asked.state)?);
    }
    let (mut found, mut linked) = (Vec::new(), BTreeSet::new());
    for made in read(conn, &numbers)? {
        let countries = made.counterparts.iter().filter_map(|one| one.1.as_ref());
        let mut countries = countries.filter(|key| asked.country.contains(key));
        if countries.next().is_some() {
            linked.extend(made.parties.iter().cloned());
        }
        found.extend(ties.reasons(&middle.id, wanted, &made));
    }
    let linked = (!asked.country.is_empty()).then_some(linked);
    Ok((found, linked))
}

/// The inscribed agreements of a government, the newest.
fn own(conn: &mut Conn, middle: &Government) -> Outcome<Vec<Made>> {
    let id = middle.id.to_string();
    let (facet, value) = match middle.tier {
        Tier::Municipality => ("municipality", id),
        Tier::State => ("state", id),
        tier => {
            let word: &'static str = tier.into();
            ("tier", word.to_owned())
        }
    };
    let mut query = facets::table
        .filter(facets::facet.eq(facet))
        .filter(facets::value.eq(value))
        .order(facets::number.desc())
        .limit(OWN)
        .select(facets::number)
        .into_boxed::<MultiBackend>();
    if middle.tier == Tier::State {
        // A state is also found by what its municipalities have made.
        let word: &'static str = Tier::State.into();
        let of_states = WITHIN
            .filter(WITHIN.field(facets::facet).eq("tier"))
            .filter(WITHIN.field(facets::value).eq(word))
            .select(WITHIN.field(facets::number));
        query = query.filter(facets::number.eq_any(of_states));
    }
    let numbers: Vec<String> = query.load(conn)?;
    let mut made = read(conn, &numbers.into_iter().collect())?;
    made.retain(|one| one.parties.contains(&middle.id));
    Ok(made)
}

/// The newest inscriptions under a value, in these states if any are named.
fn newest(
    conn: &mut Conn,
    facet: &'static str,
    value: &str,
    states: &[TenantId],
) -> Outcome<Vec<String>> {
    let mut query = facets::table
        .filter(facets::facet.eq(facet))
        .filter(facets::value.eq(value.to_owned()))
        .order(facets::number.desc())
        .limit(EACH)
        .select(facets::number)
        .into_boxed::<MultiBackend>();
    if !states.is_empty() {
        let keys: Vec<String> = states.iter().map(ToString::to_string).collect();
        let of_states = WITHIN
            .filter(WITHIN.field(facets::facet).eq("state"))
            .filter(WITHIN.field(facets::value).eq_any(keys))
            .select(WITHIN.field(facets::number));
        query = query.filter(facets::number.eq_any(of_states));
    }
    Ok(query.load(conn)?)
}

/// What these inscriptions say now.
fn read(conn: &mut Conn, numbers: &BTreeSet<String>) -> Outcome<Vec<Made>> {
    let rows: Vec<(String, String)> = consolidations::table
        .filter(consolidations::number.eq_any(numbers))
        .order(consolidations::number)
        .select((consolidations::number, consolidations::content))
        .load(conn)?;
    let made = rows.into_iter().map(|(number, content)| {
        let record: Inscribed = serde_json::from_str(&content)?;
        let parties = record.parties.into_iter().map(|one| one.government_id);
        let counterparts = record.counterparts.into_iter();
        Ok(Made {
            address: format!("/v1/registry/{number}"),
            parties: parties.collect(),
            themes: record.themes,
            counterparts: counterparts.map(|one| (one.name, one.country)).collect(),
        })
    });
    made.collect()
}
