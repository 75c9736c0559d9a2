//! Figures of records: how many there are by the values of a facet, and sums. They are read from the
//! index of facets alone, in the spaces of the caller: nothing that it does not see is counted.

use super::spaces::spaces;
use super::{RecordFilter, page};
use crate::failure::Outcome;
use crate::tx::ReadTx;
use std::collections::BTreeMap;
use vinculo_domain::records::{Kind, Space, Sum};

/// Counts and sums.
#[derive(Debug, Clone, Default)]
pub struct RecordFigures {
    /// How many records have each value.
    pub counts: BTreeMap<String, i64>,
    /// How many there are.
    pub total: i64,
    /// What is summed, by name, unit and year.
    pub sums: Vec<Sum>,
}

/// Facets of which every record has one value: their counts add up to all records.
const ONE_OF_EACH: [&str; 3] = ["status", "owner", "state"];

/// The figures of the records of a kind that the caller sees, by the values of one facet.
pub fn figures(tx: &mut ReadTx<'_>, kind: &'static Kind, by: &str) -> Outcome<RecordFigures> {
    let spaces = spaces(tx.conn, tx.scope, kind)?;
    let mut figures = RecordFigures::default();
    for space in &spaces {
        for (facet, count) in page::counts(tx.conn, tx.scope, kind, (space, by))? {
            *figures.counts.entry(facet.value().to_owned()).or_default() += count;
        }
    }
    figures.total = if ONE_OF_EACH.contains(&by) {
        figures.counts.values().sum()
    } else {
        let all = RecordFilter::default();
        page::count(tx.conn, tx.scope, kind, &all, &spaces)?
    };
    figures.sums = sums(tx, kind, &spaces)?;
    Ok(figures)
}

/// Sums are of whole governments: whoever reads only what names it gets none.
fn sums(tx: &mut ReadTx<'_>, kind: &Kind, spaces: &[Space]) -> Outcome<Vec<Sum>> {
    let mut sums: BTreeMap<(String, String, i32), i64> = BTreeMap::new();
    for space in spaces.iter().filter(|space| space.group.is_none()) {
        for Sum {
            name,
            unit,
            year,
            value,
        } in page::sums(tx.conn, tx.scope, kind, space)?
        {
            let sum = sums.entry((name, unit, year)).or_default();
            *sum = sum.saturating_add(value);
        }
    }
    let sums = sums.into_iter().map(|((name, unit, year), value)| Sum {
        name,
        unit,
        year,
        value,
    });
    Ok(sums.collect())
}

/// How many records of a kind were confirmed in each month, by state: state, month, how many.
pub fn freshness(
    tx: &mut ReadTx<'_>,
    kind: &'static Kind,
) -> Outcome<BTreeMap<(String, String), i64>> {
    let figures = figures(tx, kind, "confirmed")?;
    let mut found = BTreeMap::new();
    for (value, count) in figures.counts {
        if let Some((state, month)) = value.split_once('/') {
            found.insert((state.to_owned(), month.to_owned()), count);
        }
    }
    Ok(found)
}
