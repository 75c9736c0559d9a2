//! Arithmetic of business days.

use super::statutory::{is_statutory, statutory_rest_days};
use super::{CalendarFields, WorkedDay};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeSet;

/// Which days are business days. A duration counts the business days after its first day up to and
/// including its last, so something that begins and ends on the same day took none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Monday to Sunday.
    worked: [bool; 7],
    /// Whether the rest days of the Federal Labour Law are free.
    statutory: bool,
    holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Monday to Friday without the rest days of the Federal Labour Law, article 74. Used for a
    /// government without a calendar of its own.
    pub fn default_for_mexico() -> Self {
        Self {
            worked: [true, true, true, true, true, false, false],
            statutory: true,
            holidays: BTreeSet::new(),
        }
    }

    /// The calendar that a government defined.
    pub fn of(fields: &CalendarFields) -> Self {
        let holidays = fields.holidays.iter();
        Self {
            worked: WorkedDay::ALL.map(|day| fields.weekdays.contains(&day)),
            statutory: fields.statutory_rest_days,
            holidays: holidays.map(|holiday| holiday.date.earliest()).collect(),
        }
    }

    /// Whether a day is a business day.
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        self.is_worked(day)
            && !(self.statutory && is_statutory(day))
            && !self.holidays.contains(&day)
    }

    /// The number of business days after `from`, up to and including `to`; zero if `to` is not
    /// later.
    pub fn business_days_between(&self, from: NaiveDate, to: NaiveDate) -> i32 {
        if to <= from {
            return 0;
        }
        let span = (to - from).num_days();
        let (weeks, rest) = (span / 7, span % 7);
        let per_week = self.worked.iter().filter(|worked| **worked).count();
        let tail = from
            .iter_days()
            .skip(1)
            .take(usize::try_from(rest).unwrap_or(0))
            .filter(|day| self.is_worked(*day))
            .count();
        let days = weeks * i64::try_from(per_week).unwrap_or(7) + i64::try_from(tail).unwrap_or(0);
        i32::try_from(days - self.free_between(from, to)).unwrap_or(i32::MAX)
    }

    /// The day on which `days` business days have passed since `from`; `from` itself for zero.
    pub fn add_business_days(&self, from: NaiveDate, days: i32) -> NaiveDate {
        let mut left = days;
        let mut day = from;
        if !self.worked.contains(&true) {
            return from;
        }
        while left > 0 {
            let Some(next) = day.checked_add_days(Days::new(1)) else {
                break;
            };
            day = next;
            left -= i32::from(self.is_business_day(day));
        }
        day
    }

    fn is_worked(&self, day: NaiveDate) -> bool {
        let weekday = WorkedDay::of(day);
        let mut named = WorkedDay::ALL.iter().zip(self.worked);
        named.any(|(name, worked)| *name == weekday && worked)
    }

    /// The holidays after `from`, up to and including `to`, that fall on worked weekdays, each
    /// once.
    fn free_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let mut free: BTreeSet<NaiveDate> = self
            .holidays
            .iter()
            .copied()
            .filter(|day| from < *day && *day <= to)
            .collect();
        if self.statutory {
            let days = (from.year()..=to.year()).flat_map(statutory_rest_days);
            free.extend(days.filter(|day| from < *day && *day <= to));
        }
        free.retain(|day| self.is_worked(*day));
        i64::try_from(free.len()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Holiday;
    use super::*;
    use crate::legal_date::LegalDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Pseudo-random numbers from a seed, so that a failure can be reproduced.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % bound
        }

        fn day(&mut self) -> NaiveDate {
            day("2020-01-01") + Days::new(self.below(3000))
        }

        fn calendar(&mut self) -> Calendar {
            let mut weekdays: Vec<WorkedDay> = WorkedDay::ALL.to_vec();
            weekdays.retain(|_day| self.below(3) > 0);
            if weekdays.is_empty() {
                weekdays.push(WorkedDay::Wednesday);
            }
            let many = self.below(60);
            let holiday = |_number| Holiday {
                date: LegalDate::day(self.day()),
                name: "Asueto".into(),
            };
            Calendar::of(&CalendarFields {
                name: "Prueba".into(),
                weekdays,
                holidays: (0..many).map(holiday).collect(),
                statutory_rest_days: many.is_multiple_of(2),
            })
        }
    }

    fn one_by_one(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> i32 {
        let mut passed = 0;
        let mut day = from;
        while day < to {
            day = day.succ_opt().unwrap();
            passed += i32::from(calendar.is_business_day(day));
        }
        passed
    }

    #[test]
    fn days_between_are_those_that_one_counts() {
        for seed in 0..400 {
            let mut dice = Dice(seed);
            let calendar = dice.calendar();
            for _turn in 0..10 {
                let (from, to) = (dice.day(), dice.day());
                assert_eq!(
                    calendar.business_days_between(from, to),
                    one_by_one(&calendar, from, to),
                    "seed {seed}: {from} to {to} in {calendar:?}"
                );
            }
        }
    }

    #[test]
    fn the_day_that_is_so_many_days_later_is_the_first_such_day() {
        for seed in 0..400 {
            let mut dice = Dice(seed);
            let calendar = dice.calendar();
            let from = dice.day();
            let days = i32::try_from(dice.below(120)).unwrap();
            let then = calendar.add_business_days(from, days);
            assert_eq!(one_by_one(&calendar, from, then), days, "seed {seed}");
            assert!(days == 0 || calendar.is_business_day(then), "seed {seed}");
        }
    }

    #[test]
    fn weeks_around_known_holidays() {
        let calendar = Calendar::default_for_mexico();
        // Friday 30 January to Tuesday 3 February 2026: Monday the second is free.
        assert_eq!(
            calendar.business_days_between(day("2026-01-30"), day("2026-02-03")),
            1
        );
        assert_eq!(
            calendar.add_business_days(day("2026-12-23"), 2),
            day("2026-12-28")
        );
        assert_eq!(
            calendar.business_days_between(day("2026-05-04"), day("2026-05-04")),
            0
        );
        assert_eq!(
            calendar.business_days_between(day("2026-05-04"), day("2026-05-01")),
            0
        );
        // 2026 has 261 Mondays to Fridays, and its seven rest days all fall on one.
        assert_eq!(
            calendar.business_days_between(day("2025-12-31"), day("2026-12-31")),
            254
        );
    }
}
