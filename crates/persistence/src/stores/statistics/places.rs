//! Agreements of the registry by the governments that are parties to them, from the public facts alone.
//! A party is a municipality of a state, or the state itself.

use super::question::having;
use super::rows::end_of_time;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{agreement_facts as facts, consolidations, inscription_standings as standings};
use crate::stores::governments::PUBLIC;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};
use vinculo_domain::activity::{ActivityFamily, Counts, Place};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::governments::Government;
use vinculo_domain::scores::{Facts, MAX_READ, PublicAgreement, ScoreItem};
use vinculo_domain::statistics::NONE;

/// The state and the municipality by which the facts name a government as a party.
fn party(government: &Government) -> (String, String) {
    let own = government.id.to_string();
    match &government.parent_id {
        Some(state) => (state.to_string(), own),
        None => (own, NONE.to_owned()),
    }
}

/// The government that facts name as a party; `None` for a federal one.
fn named(state: String, municipality: String) -> Option<String> {
    let own = if municipality == NONE {
        state
    } else {
        municipality
    };
    (own != NONE && !own.is_empty()).then_some(own)
}

/// The newest inscriptions of agreements to which a state or a municipality is a party, at most
/// [`MAX_READ`].
pub(crate) fn agreements_of(
    conn: &mut Conn,
    government: &Government,
) -> Outcome<Vec<PublicAgreement>> {
    type Columns = (String, String, NaiveDateTime, bool, bool, bool);
    let (state, municipality) = party(government);
    let form = consolidations::tenant_id
        .eq(facts::owner_tenant)
        .and(consolidations::agreement_id.eq(facts::agreement_id));
    let rows: Vec<Columns> = facts::table
        .inner_join(consolidations::table.on(form))
        .filter(facts::viewer_tenant.eq(PUBLIC))
        .filter(facts::valid_to.eq(end_of_time()))
        .filter(facts::state.eq(state))
        .filter(facts::municipality.eq(municipality))
        .select((
            consolidations::number,
            consolidations::title,
            consolidations::registered_at,
            facts::has_date,
            facts::has_validity,
            facts::has_text,
        ))
        .distinct()
        .order(consolidations::number.desc())
        .limit(MAX_READ)
        .load(conn)?;
    let mut phases = phases_of(conn, rows.iter().map(|row| row.0.clone()))?;
    let agreement = |(number, title, registered_at, has_date, has_validity, has_text): Columns| {
        PublicAgreement {
            in_force: phases.remove(&number).unwrap_or_default(),
            number,
            title,
            inscribed_on: mexican_day(registered_at.and_utc()),
            complete: has_date && has_validity,
            has_text,
        }
    };
    Ok(rows.into_iter().map(agreement).collect())
}

/// When these inscriptions were in force: from a day to before another.
fn phases_of(
    conn: &mut Conn,
    numbers: impl Iterator<Item = String>,
) -> Outcome<HashMap<String, Vec<(String, String)>>> {
    let rows: Vec<(String, String, String)> = standings::table
        .filter(standings::number.eq_any(numbers.collect::<Vec<_>>()))
        .filter(standings::standing.eq("in_force"))
        .order((standings::number, standings::since))
        .select((standings::number, standings::since, standings::until))
        .load(conn)?;
    let mut phases: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for (number, since, until) in rows {
        phases.entry(number).or_default().push((since, until));
    }
    Ok(phases)
}

/// How many agreements of the registry every state and municipality has today, by what they show.
pub(crate) fn items_of_all(conn: &mut Conn, today: NaiveDate) -> Outcome<HashMap<String, Facts>> {
    type Columns = (String, String, bool, bool, bool, i64);
    let number = || diesel::dsl::count(facts::agreement_id).aggregate_distinct();
    let rows: Vec<Columns> = facts::table
        .filter(facts::viewer_tenant.eq(PUBLIC))
        .filter(facts::valid_to.eq(end_of_time()))
        .group_by((
            facts::state,
            facts::municipality,
            facts::has_date,
            facts::has_validity,
            facts::has_text,
        ))
        .select((
            facts::state,
            facts::municipality,
            facts::has_date,
            facts::has_validity,
            facts::has_text,
            number(),
        ))
        .load(conn)?;
    let mut found: HashMap<String, Facts> = HashMap::new();
    let mut add = |owner: Option<String>, item: ScoreItem, count: i64| {
        if let Some(owner) = owner {
            *found.entry(owner).or_default().entry(item).or_default() += count;
        }
    };
    for (state, municipality, has_date, has_validity, has_text, count) in rows {
        let owner = named(state, municipality);
        add(owner.clone(), ScoreItem::RegisteredAgreement, count);
        if has_date && has_validity {
            add(owner.clone(), ScoreItem::CompleteInscription, count);
        }
        if has_text {
            add(owner, ScoreItem::PublishedText, count);
        }
    }
    let (day, binding) = (today.to_string(), ["in_force".to_owned()]);
    let rows: Vec<(String, String, i64)> = facts::table
        .filter(facts::viewer_tenant.eq(PUBLIC))
        .filter(facts::valid_to.eq(end_of_time()))
        .filter(facts::id.eq_any(having(PUBLIC, "standing", &binding, &day)))
        .group_by((facts::state, facts::municipality))
        .select((facts::state, facts::municipality, number()))
        .load(conn)?;
    for (state, municipality, count) in rows {
        let owner = named(state, municipality);
        add(owner.clone(), ScoreItem::AgreementInForce, count);
        add(owner, ScoreItem::SeveralAgreements, count);
    }
    Ok(found)
}

/// How many agreements of the registry were signed and inscribed in each year, each once.
pub(crate) fn agreements_by_year(
    conn: &mut Conn,
    place: &Place,
    government: Option<&Government>,
) -> Outcome<Counts> {
    let mut query = facts::table
        .group_by((facts::signed_year, facts::registered_year))
        .select((
            facts::signed_year,
            facts::registered_year,
            diesel::dsl::count(facts::agreement_id).aggregate_distinct(),
        ))
        .into_boxed()
        .filter(facts::viewer_tenant.eq(PUBLIC))
        .filter(facts::valid_to.eq(end_of_time()));
    match (place, government) {
        (Place::Country, _) => query = query.filter(facts::position.eq(0)),
        (Place::State(state), _) => query = query.filter(facts::state.eq(state.to_string())),
        (Place::Government(_), Some(government)) => {
            let (state, municipality) = party(government);
            query = query
                .filter(facts::state.eq(state))
                .filter(facts::municipality.eq(municipality));
        }
        // A federal body or a government that is no more: nobody's rows.
        (Place::Government(_), None) => return Ok(Counts::new()),
    }
    let rows: Vec<(String, String, i64)> = query.load(conn)?;
    let mut found: Counts = BTreeMap::new();
    for (signed, registered, count) in rows {
        for (family, year) in [
            (ActivityFamily::AgreementsSigned, signed),
            (ActivityFamily::AgreementsInscribed, registered),
        ] {
            *found.entry((family, year.parse().ok())).or_default() += count;
        }
    }
    Ok(found)
}
