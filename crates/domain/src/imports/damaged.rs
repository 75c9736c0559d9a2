//! Tells what is unknown only because its letters were damaged: it is asked about, not refused.

use super::cells::Cells;
use super::columns::Column;
use crate::gazetteer::{CountryMatch, Match, find_country, find_government};

/// Whether the place is unknown only because it is damaged, about which a question is asked already.
pub(super) fn is_government(cells: &Cells<'_>) -> bool {
    let columns = [Column::State, Column::Municipality];
    let mended = columns.map(|column| cells.mended(column));
    let is_mended = mended.iter().any(Option::is_some);
    let own = |column| cells.get(column).map(str::to_owned);
    let [state, municipality] = mended;
    let state = state.or_else(|| own(Column::State));
    let municipality = municipality.or_else(|| own(Column::Municipality));
    let known = || find_government(state.as_deref(), municipality.as_deref()) != Match::None;
    columns.into_iter().any(|column| cells.is_doubtful(column)) || (is_mended && known())
}

/// Whether the country is unknown only because it is damaged.
pub(super) fn is_country(cells: &Cells<'_>) -> bool {
    let known = |right: String| find_country(&right) != CountryMatch::None;
    cells.is_doubtful(Column::Country) || cells.mended(Column::Country).is_some_and(known)
}
