//! Narrows the queries of lists: to any of several values, and to ranges of legal dates.

use crate::failure::Outcome;
use chrono::{DateTime, NaiveDateTime};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId};

/// Narrows a boxed query to the rows whose column has one of the values, to all rows where there are
/// none. One value is compared by equality, so that its index also gives the order.
macro_rules! among {
    ($query:expr, $column:expr, $values:expr) => {
        match <[String; 1]>::try_from($values) {
            Ok([one]) => $query.filter($column.eq(one)),
            Err(several) if several.is_empty() => $query,
            Err(several) => $query.filter($column.eq_any(several)),
        }
    };
}
pub(crate) use among;

/// Narrows a boxed query to the rows whose legal date is in a range. `$none` stands in the column
/// where there is no date; no range takes it in.
macro_rules! within {
    ($query:expr, $column:expr, $range:expr, $none:expr) => {{
        let mut query = $query;
        if let Some(from) = $range.lowest() {
            query = query.filter($column.ge(from));
        }
        if let Some(to) = $range.highest() {
            query = query.filter($column.le(to));
        }
        if $range.is_open() {
            query
        } else {
            query.filter($column.ne($none))
        }
    }};
}
pub(crate) use within;

/// The stored words of enumerated values.
pub(crate) fn words<T: Copy + Into<&'static str>>(values: &[T]) -> Vec<String> {
    let word = |value: &T| -> &'static str { (*value).into() };
    values.iter().map(|value| word(value).to_owned()).collect()
}

/// The stored keys of governments.
pub(crate) fn keys(values: &[TenantId]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// The instant inside a cursor.
pub(crate) fn instant(key: &str) -> Outcome<NaiveDateTime> {
    let parsed = DateTime::parse_from_rfc3339(key);
    Ok(parsed
        .map_err(|_error| Refusal::new(Problem::InvalidCursor))?
        .naive_utc())
}
