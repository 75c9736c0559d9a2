//! Which mechanisms there were, with the dates recorded for them at the end of any day.

use super::question::Moment;
use super::rows::end_of_time;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{mechanism_facts as facts, mechanisms};
use crate::stores::mechanisms::date;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The counted part of a mechanism.
pub(crate) struct MechanismFact<'a> {
    pub(crate) tenant: &'a str,
    pub(crate) mechanism: &'a str,
    pub(crate) state: &'a str,
    pub(crate) starts_on: &'a str,
    pub(crate) ends_on: Option<&'a str>,
}

/// Updates the facts of a mechanism after a change.
pub(crate) fn record_mechanism(
    conn: &mut Conn,
    fact: &MechanismFact<'_>,
    at: NaiveDateTime,
) -> Outcome<()> {
    let open = facts::table
        .filter(facts::tenant_id.eq(fact.tenant))
        .filter(facts::mechanism_id.eq(fact.mechanism))
        .filter(facts::valid_to.eq(end_of_time()));
    diesel::update(open)
        .set(facts::valid_to.eq(at))
        .execute(conn)?;
    let row = (
        facts::tenant_id.eq(fact.tenant),
        facts::id.eq(Uuid::now_v7().to_string()),
        facts::mechanism_id.eq(fact.mechanism),
        facts::valid_from.eq(at),
        facts::valid_to.eq(end_of_time()),
        facts::state_id.eq(fact.state),
        facts::starts_on.eq(fact.starts_on),
        facts::ends_on.eq(fact.ends_on.unwrap_or_default()),
    );
    diesel::insert_into(facts::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}

/// The states with a mechanism in force on a day.
pub(super) fn covered(conn: &mut Conn, moment: &Moment) -> Outcome<BTreeSet<String>> {
    let rows: Vec<(String, String, String)> = facts::table
        .filter(facts::valid_to.ge(moment.end))
        .filter(facts::valid_from.lt(moment.end))
        .select((facts::state_id, facts::starts_on, facts::ends_on))
        .load(conn)?;
    let mut found = BTreeSet::new();
    for (state, from, to) in rows {
        let ended = !to.is_empty() && date(&to)?.latest() < moment.day;
        if !ended && date(&from)?.earliest() <= moment.day {
            found.insert(state);
        }
    }
    Ok(found)
}

/// Creates the facts of the mechanisms that are older than the facts.
pub(super) fn backfill(conn: &mut Conn) -> Outcome<()> {
    type Columns = (
        String,
        String,
        String,
        String,
        Option<String>,
        NaiveDateTime,
    );
    let rows: Vec<Columns> = mechanisms::table
        .order(mechanisms::id)
        .select((
            mechanisms::tenant_id,
            mechanisms::id,
            mechanisms::state_id,
            mechanisms::starts_on,
            mechanisms::ends_on,
            mechanisms::created_at,
        ))
        .load(conn)?;
    for (tenant, mechanism, state, starts_on, ends_on, created_at) in &rows {
        let fact = MechanismFact {
            tenant,
            mechanism,
            state,
            starts_on,
            ends_on: ends_on.as_deref(),
        };
        record_mechanism(conn, &fact, *created_at)?;
    }
    Ok(())
}
