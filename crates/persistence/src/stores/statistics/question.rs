//! A question to the facts, and which facts an answer starts from.

use super::keys::{FactColumn, OneOf};
use super::rows::end_of_time;
use crate::failure::Outcome;
use crate::schema::{
    agreement_fact_values as values, agreement_facts as facts, agreement_spells as stage_durations,
};
use crate::stores::governments::PUBLIC;
use crate::tx::ReadTx;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::BTreeMap;
use vinculo_auth::Reach;
use vinculo_domain::clock::mexican_midnight;
use vinculo_domain::statistics::{Audience, CountBy, Dimension};

/// A parsed question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Whose agreements.
    pub audience: Audience,
    /// At the end of which day in Mexico City.
    pub as_of: NaiveDate,
    /// What one unit is.
    pub count_by: CountBy,
    /// The dimensions of the rows: one or two that the family offers.
    pub by: Vec<Dimension>,
    /// The filter on the agreements: of several values of a dimension they have one.
    pub narrow: Vec<(Dimension, Vec<String>)>,
    /// Whether cases count that are still drafts.
    pub drafts: bool,
    /// The most rows of the answer; what is left over is summed in one more.
    pub rows: usize,
    /// The filter as given, for the answer.
    pub filter: BTreeMap<String, String>,
    /// Whether labels are Spanish.
    pub spanish: bool,
}

impl Question {
    /// One group more than the answer has rows, to see whether there are more.
    pub(super) fn enough(&self) -> i64 {
        i64::try_from(self.rows).map_or(i64::MAX, |rows| rows.saturating_add(1))
    }

    /// The only value that the agreements are narrowed to in a dimension.
    pub(super) fn only(&self, wanted: Dimension) -> Option<&str> {
        match self.narrowed(wanted) {
            Some([one]) => Some(one.as_str()),
            _ => None,
        }
    }

    /// The values that the agreements are narrowed to in a dimension, if they are.
    pub(super) fn narrowed(&self, wanted: Dimension) -> Option<&[String]> {
        let mut narrow = self.narrow.iter();
        let found = narrow.find(|(one, _)| *one == wanted);
        found.map(|(_, keys)| keys.as_slice())
    }
}

/// Narrows a boxed query over the facts to what a question is about at a moment.
macro_rules! asked {
    ($query:expr, $moment:expr, $question:expr) => {{
        let (mut query, moment) = ($query, $moment);
        for held in moment.held($question) {
            query = query.filter(held);
        }
        for (dimension, keys) in moment.beside($question) {
            let found = having(&moment.viewer, dimension, keys, &moment.on);
            query = query.filter(facts::id.eq_any(found));
        }
        if moment.signed {
            query = query.filter(facts::ends_on.ne("unsigned"));
        }
        if !moment.drafts {
            query = query.filter(facts::stage.ne("draft"));
        }
        query
    }};
}
pub(super) use asked;

/// Which facts apply: for which viewer, and when.
pub(super) struct Moment {
    pub(super) viewer: String,
    pub(super) day: NaiveDate,
    /// The day as text, as standings store it.
    pub(super) on: String,
    /// The instant at which the day ends.
    pub(super) end: NaiveDateTime,
    /// Whether only signed agreements count.
    pub(super) signed: bool,
    /// Whether drafts count.
    pub(super) drafts: bool,
}

impl Moment {
    /// The moment that a question is about. A government's own statistics are for callers who read
    /// its cases, and for those who read statistics.
    pub(super) fn of(tx: &ReadTx<'_>, question: &Question) -> Outcome<Self> {
        let viewer = match question.audience {
            Audience::Public => PUBLIC.to_owned(),
            Audience::Mine if tx.scope.reach() >= Reach::Received => {
                tx.scope.tenant().as_str().to_owned()
            }
            Audience::Mine => return Err(tx.scope.forbidden().into()),
        };
        Ok(Self {
            drafts: question.drafts,
            ..Self::at(viewer, question.as_of)
        })
    }

    fn at(viewer: String, day: NaiveDate) -> Self {
        let next = day.succ_opt().unwrap_or(day);
        Self {
            viewer,
            day,
            on: day.to_string(),
            end: mexican_midnight(next).naive_utc().min(end_of_time()),
            signed: false,
            drafts: true,
        }
    }

    /// The same at the end of another day.
    pub(super) fn on(&self, day: NaiveDate) -> Self {
        Self {
            signed: self.signed,
            drafts: self.drafts,
            ..Self::at(self.viewer.clone(), day)
        }
    }

    /// The columns of the facts that the question filters by.
    pub(super) fn held(&self, question: &Question) -> Vec<OneOf> {
        let columns = question.narrow.iter().filter(|(one, _)| !is_beside(*one));
        columns
            .filter_map(|(one, keys)| {
                let values = keys.clone();
                FactColumn::of(*one).map(|column| OneOf { column, values })
            })
            .collect()
    }

    /// The values beside the facts that the question filters by.
    pub(super) fn beside<'q>(&self, question: &'q Question) -> Vec<(&'static str, &'q [String])> {
        let wanted = question.narrow.iter().filter(|(one, _)| is_beside(*one));
        wanted
            .map(|(one, keys)| (one.name(), keys.as_slice()))
            .collect()
    }
}

/// The facts of a viewer that have one of these values beside them on a day.
#[diesel::dsl::auto_type]
pub(super) fn having<'a>(
    viewer: &'a str,
    dimension: &'a str,
    keys: &'a [String],
    on: &'a str,
) -> _ {
    values::table
        .filter(values::viewer_tenant.eq(viewer))
        .filter(values::dimension.eq(dimension))
        .filter(values::value.eq_any(keys))
        .filter(values::since_on.le(on))
        .filter(values::until_on.ge(on))
        .select(values::fact_id)
}

/// The case of a passage, as its viewer saw it at the end of a day.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn of_case(end: NaiveDateTime) -> _ {
    facts::viewer_tenant
        .eq(stage_durations::viewer_tenant)
        .and(facts::agreement_id.eq(stage_durations::agreement_id))
        .and(facts::position.eq(0_i32))
        .and(facts::valid_to.ge(end))
        .and(facts::valid_from.lt(end))
}

/// Whether a fact may have several of these values, or have one for a limited time.
fn is_beside(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Country
            | Dimension::Municipality
            | Dimension::SdgGoal
            | Dimension::Standing
            | Dimension::State
            | Dimension::Theme
    )
}
