//! Counting in the database: groups, and the quality of the records.

use super::keys::{By, FactColumn, Key};
use super::question::{Moment, Question, asked, having};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::{agreement_fact_values as values, agreement_facts as facts};
use diesel::dsl::count_star;
use diesel::prelude::*;
use vinculo_domain::statistics::{CountBy, Dimension, NONE, Quality, shares, tenths};

// The values beside the facts, under another name than in the conditions.
diesel::alias! {
    pub(super) const BESIDE: Alias<Beside> = values as beside;
}

/// The value beside a fact.
pub(super) type Value = diesel::query_source::AliasedField<Beside, values::value>;

/// Which rows of the facts count as units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// The lead's row: one for each agreement.
    Lead,
    /// The first row of each state.
    State,
    /// Every municipality's row.
    Municipality,
}

impl Unit {
    /// The unit of a question.
    pub(super) fn of(question: &Question) -> Self {
        match question.count_by {
            CountBy::Agreements => Self::Lead,
            CountBy::Participations if question.by.contains(&Dimension::Municipality) => {
                Self::Municipality
            }
            CountBy::Participations => Self::State,
        }
    }
}

/// A group: the two keys and the count.
pub(super) type Group = (String, String, i64);

/// How to group.
pub(super) struct Grouped {
    pub(super) unit: Unit,
    pub(super) keys: (Key<Value>, Key<Value>),
    /// The dimension whose value [`Key::Other`] is. Every fact has exactly one standing.
    pub(super) other: Dimension,
    /// The range of days in which an agreement must end.
    pub(super) ends: Option<(String, String)>,
    /// The maximum number of groups, the largest first.
    pub(super) limit: i64,
}

/// The key of a dimension: a column of the facts, or the value beside them.
pub(super) fn key(dimension: Dimension) -> Key<Value> {
    FactColumn::of(dimension).map_or(Key::Other(BESIDE.field(values::value)), Key::Fact)
}

impl Grouped {
    /// Groups by the one or two dimensions of a question.
    pub(super) fn by(question: &Question, limit: i64) -> Self {
        let first = question.by.first().copied().unwrap_or(Dimension::Tier);
        let second = question.by.get(1).copied().unwrap_or(first);
        let beside = [first, second]
            .into_iter()
            .find(|one| FactColumn::of(*one).is_none());
        Self {
            unit: Unit::of(question),
            keys: (key(first), key(second)),
            other: beside.unwrap_or(Dimension::Standing),
            ends: None,
            limit,
        }
    }
}

/// The groups, the largest first.
pub(super) fn groups(
    conn: &mut Conn,
    moment: &Moment,
    question: &Question,
    wanted: &Grouped,
) -> Outcome<Vec<Group>> {
    let (first, second) = wanted.keys;
    let beside = BESIDE.on(BESIDE
        .field(values::viewer_tenant)
        .eq(facts::viewer_tenant)
        .and(BESIDE.field(values::fact_id).eq(facts::id))
        .and(BESIDE.field(values::dimension).eq(wanted.other.name()))
        .and(BESIDE.field(values::since_on).le(&moment.on))
        .and(BESIDE.field(values::until_on).ge(&moment.on)));
    let mut query = facts::table
        .inner_join(beside)
        .group_by((first, second))
        .select((first, second, count_star()))
        .into_boxed::<MultiBackend>()
        .filter(tenant_eq(facts::viewer_tenant, &moment.viewer))
        .filter(facts::valid_to.ge(moment.end))
        .filter(facts::valid_from.lt(moment.end));
    query = match wanted.unit {
        Unit::Lead => query.filter(facts::position.eq(0)),
        Unit::State => query.filter(facts::first_of_state.eq(true)),
        Unit::Municipality => query.filter(facts::municipality.ne(NONE)),
    };
    if let Some((from, to)) = &wanted.ends {
        query = query.filter(facts::ends_on.between(from, to));
    }
    query = asked!(query, moment, question);
    if wanted.unit != Unit::Lead {
        // A participation is counted by its own place.
        for (dimension, places) in &question.narrow {
            query = match dimension {
                Dimension::State => query.filter(facts::state.eq_any(places.clone())),
                Dimension::Municipality => query.filter(facts::municipality.eq_any(places.clone())),
                _ => query,
            };
        }
    }
    Ok(query
        .order((count_star().desc(), first.asc(), second.asc()))
        .limit(wanted.limit)
        .load(conn)?)
}

/// The number of agreements, and the quality of their records.
pub(super) fn quality(
    conn: &mut Conn,
    moment: &Moment,
    question: &Question,
) -> Outcome<(i64, Quality)> {
    let known = (
        By(facts::has_date),
        By(facts::has_text),
        By(facts::has_validity),
    );
    let mut query = facts::table
        .group_by(known)
        .select((known.0, known.1, known.2, count_star()))
        .into_boxed::<MultiBackend>()
        .filter(tenant_eq(facts::viewer_tenant, &moment.viewer))
        .filter(facts::valid_to.ge(moment.end))
        .filter(facts::valid_from.lt(moment.end))
        .filter(facts::position.eq(0));
    query = asked!(query, moment, question);
    let rows: Vec<(bool, bool, bool, i64)> = query.load(conn)?;
    let total: i64 = rows.iter().map(|row| row.3).sum();
    let share = |has: fn(&(bool, bool, bool, i64)) -> bool| {
        let with: i64 = rows.iter().filter(|row| has(row)).map(|row| row.3).sum();
        let parts = shares(&[with, total - with]);
        (total > 0).then(|| tenths(parts.first().copied().unwrap_or(0)))
    };
    let quality = Quality {
        with_date: share(|row| row.0),
        with_text: share(|row| row.1),
        with_validity: share(|row| row.2),
    };
    Ok((total, quality))
}
