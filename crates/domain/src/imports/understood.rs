//! Tells a line that is a row by itself from one that is the rest of a quoted cell.

use super::columns::{Column, Columns};
use super::{dates, kinds};
use crate::gazetteer::{CountryMatch, Match, find_country, find_government};

/// Whether cells are those of a row: at least two of place, country, kind and date are understood.
pub(super) fn is_row(columns: &Columns, cells: &[&str]) -> bool {
    let get = |column| {
        let cell = cells.get(columns.position(column)?)?;
        let text = cell.trim_matches(['"', ' ']);
        (!text.is_empty()).then_some(text)
    };
    let date = |column| get(column).is_some_and(|text| dates::read(text) != dates::Read::Nothing);
    let place = (get(Column::State), get(Column::Municipality));
    let understood = [
        place != (None, None) && !matches!(find_government(place.0, place.1), Match::None),
        get(Column::Country).is_some_and(|text| find_country(text) != CountryMatch::None),
        get(Column::Kind).is_some_and(|text| kinds::kind(text).is_some()),
        date(Column::SignedOn) || date(Column::Year),
    ];
    understood.into_iter().filter(|one| *one).count() > 1
}
