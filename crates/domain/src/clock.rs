//! Time as a parameter: nothing else in the workspace may read the system's clock.

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, Utc};
use std::sync::{Arc, Mutex};

/// Returns the current instant in UTC and whole microseconds, because PostgreSQL stores no finer
/// ones and both engines must return the same text.
pub trait Clock: Send + Sync {
    /// The current instant.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the system's clock is read"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// A clock that tests set.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<Mutex<DateTime<Utc>>>);

impl FixedClock {
    /// A clock that shows `instant` until it is set again.
    pub fn at(instant: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(instant)))
    }

    /// Sets the clock to `instant`.
    pub fn set(&self, instant: DateTime<Utc>) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = instant;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The civil day of an instant in Mexico City. Registry years, deadlines and validity use it,
/// wherever the server is.
pub fn mexican_day(instant: DateTime<Utc>) -> NaiveDate {
    instant
        .with_timezone(&chrono_tz::America::Mexico_City)
        .date_naive()
}

/// The instant at which a civil day begins in Mexico City.
pub fn mexican_midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(chrono::NaiveTime::MIN);
    let zone = chrono_tz::America::Mexico_City;
    // In the city's history every day has exactly one midnight; today it is at 06:00 UTC.
    local.and_local_timezone(zone).earliest().map_or_else(
        || (local + chrono::TimeDelta::hours(6)).and_utc(),
        |midnight| midnight.with_timezone(&Utc),
    )
}

/// The registry year of an instant: the year in Mexico City.
pub fn registry_year(instant: DateTime<Utc>) -> i32 {
    mexican_day(instant).year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_year_turns_at_midnight_in_mexico_city() {
        let before: DateTime<Utc> = "2027-01-01T05:59:59Z".parse().unwrap();
        let after: DateTime<Utc> = "2027-01-01T06:00:00Z".parse().unwrap();
        assert_eq!((registry_year(before), registry_year(after)), (2026, 2027));
    }

    #[test]
    fn a_day_begins_where_the_one_before_ends() {
        let first: NaiveDate = "1995-01-01".parse().unwrap();
        for day in first.iter_days().take(15_000) {
            let begin = mexican_midnight(day);
            assert_eq!(mexican_day(begin), day);
            assert_eq!(
                Some(mexican_day(begin - chrono::TimeDelta::microseconds(1))),
                day.pred_opt()
            );
        }
    }
}
