//! What a record is found by: words, facets, and the days of its standing.

use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{
    consolidation_facets as facets, inscription_facets, inscription_standings as standings,
};
use crate::stores::governments::PUBLIC;
use crate::stores::{inscriptions, search};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeSet;
use vinculo_domain::Tier;
use vinculo_domain::inscriptions::Inscription;
use vinculo_domain::standing::{Life, phases};

/// The earliest and the latest day that a date can have.
const ALWAYS: (&str, &str) = ("0001-01-01", "9999-12-31");

/// Writes what a new inscription is found by, besides the facets of its form.
pub(crate) fn index(conn: &mut Conn, record: &Inscription) -> Outcome<()> {
    for (facet, value) in facets_of(record) {
        diesel::insert_into(inscription_facets::table)
            .values((
                inscription_facets::facet.eq(facet),
                inscription_facets::value.eq(value),
                inscription_facets::number.eq(record.number.as_str()),
            ))
            .execute(conn)?;
    }
    search::replace(
        conn,
        PUBLIC,
        inscriptions::KIND,
        record.number.as_str(),
        &texts(record),
    )
}

pub(super) fn write_standings(conn: &mut Conn, number: &str, life: &Life) -> Outcome<()> {
    for phase in phases(life) {
        let word: &'static str = phase.standing.into();
        let day = |day: Option<NaiveDate>, end: &str| {
            day.map_or_else(|| end.to_owned(), |day| day.to_string())
        };
        let row = (
            standings::number.eq(number),
            standings::since.eq(day(phase.since, ALWAYS.0)),
            standings::until.eq(day(phase.until, ALWAYS.1)),
            standings::standing.eq(word),
        );
        diesel::insert_into(standings::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

/// The words that a record is found by.
pub(super) fn texts(record: &Inscription) -> Vec<&str> {
    let parties = record.parties.iter().map(|party| party.name.as_str());
    let counterparts = record.counterparts.iter().map(|one| one.name.as_str());
    [record.title.as_str(), record.number.as_str()]
        .into_iter()
        .chain(parties)
        .chain(counterparts)
        .collect()
}

pub(super) fn write_facets(conn: &mut Conn, record: &Inscription) -> Outcome<()> {
    for (facet, value) in facets_of(record) {
        diesel::insert_into(facets::table)
            .values((
                facets::facet.eq(facet),
                facets::value.eq(value),
                facets::number.eq(record.number.as_str()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn facets_of(inscription: &Inscription) -> BTreeSet<(&'static str, String)> {
    let (kind, tier): (&'static str, &'static str) =
        (inscription.kind.into(), inscription.tier.into());
    let mut found = BTreeSet::from([("kind", kind.to_owned()), ("tier", tier.to_owned())]);
    for party in &inscription.parties {
        found.extend(
            party
                .state_id
                .as_ref()
                .map(|state| ("state", state.to_string())),
        );
        if party.tier == Tier::Municipality {
            found.insert(("municipality", party.government_id.to_string()));
        }
    }
    found.extend(
        inscription
            .counterparts
            .iter()
            .filter_map(|counterpart| Some(("country", counterpart.country.clone()?))),
    );
    found.extend(
        inscription
            .themes
            .iter()
            .map(|theme| ("theme", theme.clone())),
    );
    for target in &inscription.sdg_targets {
        found.insert(("sdg", target.clone()));
        // A target is also found under its goal.
        found.extend(
            target
                .split_once('.')
                .map(|(goal, _)| ("sdg", goal.to_owned())),
        );
    }
    found
}
