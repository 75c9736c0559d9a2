//! The ways in which a list is read. Where one condition alone stands in the order of the list, its
//! index is walked. Otherwise it depends on how many records meet each condition: of a rare one all
//! are gathered and sorted; where all are common, the list is walked and each record looked up, so that
//! a page is found after a few. The statement counts up to a bound and takes one way.

use crate::stores::records::{RecordFilter, RecordSort};
use vinculo_domain::records::{Facet, Kind, Space, change_key};
use vinculo_domain::text;

/// A condition that fewer rows meet is rare. To count as many takes less than a millisecond, to gather
/// them some ten.
pub(super) const RARE: usize = 2_000;
/// How many conditions decide on the way, the first ones; the others are looked up.
const DECIDING: usize = 4;
/// How many spaces are counted at most. A person whom more records name finds little in each.
const MOST_SPACES: usize = 50;

/// What a list asks of the facets of a record.
pub(super) enum Condition {
    /// It has one of these facets.
    OneOf(Vec<String>),
    /// It has a facet from this one on, before that one.
    Between(String, String),
    /// Under this facet it stands at this key or after it.
    Since(String, String),
}

/// A way to find what a space has of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In the order of the list, under the facet of a condition or under that of everything.
    Walk(Option<usize>),
    /// All records that meet a condition.
    Gather(usize),
    /// The one record with an id of another system.
    ExternalId,
}

/// The conditions of a list, as facets of a space: filters, words, and since when.
pub(super) fn conditions(kind: &Kind, filter: &RecordFilter, space: &Space) -> Vec<Condition> {
    let many = kind.spec.many;
    let facet = |name: &str, value: &String| Facet::of(many, space.group, name, value).0;
    let filters = filter.facets.iter().map(|(name, values)| {
        Condition::OneOf(values.iter().map(|value| facet(name, value)).collect())
    });
    let words = text::sought(filter.q.as_deref().unwrap_or_default());
    let words = words.into_iter().map(|word| {
        let (from, to) = Facet::words(many, space.group, &word);
        Condition::Between(from.0, to.0)
    });
    let since = filter.updated_since.filter(|_| in_order_of_title(filter));
    let since = since.map(|since| {
        let changed = Facet::changed(many, space.group);
        Condition::Since(changed.0, change_key(since))
    });
    filters.chain(words).chain(since).collect()
}

fn in_order_of_title(filter: &RecordFilter) -> bool {
    filter.sort == RecordSort::Title
}

/// The conditions under whose facet the records stand in the order of the list. The status is the
/// last choice: most records share one.
fn walked(filter: &RecordFilter) -> Vec<usize> {
    let facets = filter.facets.iter().enumerate();
    let single = facets.filter(|(_, (_, values))| in_order_of_title(filter) && values.len() == 1);
    let mut single: Vec<(bool, usize)> = single
        .map(|(at, (name, _))| (*name == "status", at))
        .collect();
    single.sort_unstable();
    single.into_iter().map(|(_, at)| at).collect()
}

/// The ways of a list in these spaces; more than one if it depends on how many records meet each condition.
pub(super) fn ways(kind: &Kind, filter: &RecordFilter, spaces: &[Space]) -> Vec<Way> {
    if filter.external_id.is_some() {
        return vec![Way::ExternalId];
    }
    // They are as many in every space.
    let one = spaces.first();
    let count = one.map_or(0, |space| conditions(kind, filter, space).len());
    let walked = walked(filter);
    let walk = Way::Walk(walked.first().copied());
    if count == 0 || count == 1 && !walked.is_empty() || spaces.len() > MOST_SPACES {
        return vec![walk];
    }
    let rare = (0..count.min(DECIDING)).map(|at| {
        if walked.contains(&at) {
            Way::Walk(Some(at))
        } else {
            Way::Gather(at)
        }
    });
    rare.chain([walk]).collect()
}

impl Way {
    /// The condition that this way meets by itself.
    pub(super) fn condition(self) -> Option<usize> {
        match self {
            Self::Walk(at) => at,
            Self::Gather(at) => Some(at),
            Self::ExternalId => None,
        }
    }

    /// When the way with this number is taken, of so many: the first condition that is rare decides, and
    /// the last way is for none.
    pub(super) fn gate(space: usize, number: usize, ways: usize) -> String {
        let common = (0..number).map(|at| format!("s{space}_{at} >= {RARE}"));
        let rare = (number + 1 < ways).then(|| format!("s{space}_{number} < {RARE}"));
        let holds: Vec<String> = common.chain(rare).collect();
        holds.join(" AND ")
    }
}
