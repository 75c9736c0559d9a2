//! The rest days of the Federal Labour Law (Ley Federal del Trabajo, article 74).

use chrono::{Datelike, NaiveDate, Weekday};

/// The first year in which the federal executive takes office on the first of October.
const FIRST_OCTOBER: i32 = 2024;

/// The rest days that article 74 fixes for a year, in order: 1 January, the first Monday of
/// February, the third Monday of March, 1 May, 16 September, 1 October of the years in which the
/// federal executive changes (every six from 2024), the third Monday of November, 25 December.
/// Election days (fraction IX) are set by the electoral laws: a government writes them down itself.
pub fn statutory_rest_days(year: i32) -> Vec<NaiveDate> {
    let changes = year >= FIRST_OCTOBER && (year - FIRST_OCTOBER) % 6 == 0;
    [
        NaiveDate::from_ymd_opt(year, 1, 1),
        NaiveDate::from_weekday_of_month_opt(year, 2, Weekday::Mon, 1),
        NaiveDate::from_weekday_of_month_opt(year, 3, Weekday::Mon, 3),
        NaiveDate::from_ymd_opt(year, 5, 1),
        NaiveDate::from_ymd_opt(year, 9, 16),
        NaiveDate::from_ymd_opt(year, 10, 1).filter(|_day| changes),
        NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Mon, 3),
        NaiveDate::from_ymd_opt(year, 12, 25),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a day is one of these rest days.
pub(super) fn is_statutory(day: NaiveDate) -> bool {
    statutory_rest_days(day.year()).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(year: i32) -> Vec<String> {
        let days = statutory_rest_days(year);
        days.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_days_of_known_years() {
        assert_eq!(
            texts(2026),
            [
                "2026-01-01",
                "2026-02-02",
                "2026-03-16",
                "2026-05-01",
                "2026-09-16",
                "2026-11-16",
                "2026-12-25",
            ]
        );
        assert_eq!(
            texts(2024),
            [
                "2024-01-01",
                "2024-02-05",
                "2024-03-18",
                "2024-05-01",
                "2024-09-16",
                "2024-10-01",
                "2024-11-18",
                "2024-12-25",
            ]
        );
        let changes: Vec<i32> = (2000..2045)
            .filter(|year| texts(*year).len() == 8)
            .collect();
        assert_eq!(changes, [2024, 2030, 2036, 2042]);
    }
}
