//! Legal dates: a day, or only a month or a year, as in the law and in old documents.

mod schema;

pub use self::schema::WholeDay;

use crate::refusal::Said;
use crate::wording;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A plain date with its precision, as text: `1990`, `1990-03` or `1990-03-14`. Never earlier
/// than 1800 nor later than 2200: anything beyond is a slip of the pen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct LegalDate(String);

impl LegalDate {
    /// Parses one of the three forms.
    pub fn parse(text: &str) -> Result<Self, Said> {
        let wrong = || wording::common::date();
        let shape = text.bytes().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
        let padded: Cow<'_, str> = match text.len() {
            4 => format!("{text}-01-01").into(),
            7 => format!("{text}-01").into(),
            10 => text.into(),
            _ => return Err(wrong()),
        };
        let day: NaiveDate = padded.parse().ok().filter(|_| shape).ok_or_else(wrong)?;
        let year = chrono::Datelike::year(&day);
        if (1800..=2200).contains(&year) {
            Ok(Self(text.to_owned()))
        } else {
            Err(wrong())
        }
    }

    /// A whole day.
    pub fn day(day: NaiveDate) -> Self {
        Self(day.format("%Y-%m-%d").to_string())
    }

    /// Whether the exact day is known.
    pub fn is_whole_day(&self) -> bool {
        self.0.len() == 10
    }

    /// The text; its alphabetical order is the order in time.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The earliest day it can mean.
    pub fn earliest(&self) -> NaiveDate {
        let padded = match self.0.len() {
            4 => format!("{}-01-01", self.0),
            7 => format!("{}-01", self.0),
            _ => self.0.clone(),
        };
        padded.parse().unwrap_or_default()
    }

    /// The latest day it can mean.
    pub fn latest(&self) -> NaiveDate {
        let next = match self.0.len() {
            4 => self.earliest().checked_add_months(chrono::Months::new(12)),
            7 => self.earliest().checked_add_months(chrono::Months::new(1)),
            _ => return self.earliest(),
        };
        next.and_then(|day| day.pred_opt())
            .unwrap_or_else(|| self.earliest())
    }
}

/// Whether two legal dates, as text, may be the same day: one contains the other, or one is empty,
/// which means that it is not known.
pub fn may_be_same(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Why a date of something that has happened cannot be right, if it is later than `today`, the day in
/// Mexico City: nothing is signed, issued or inscribed in the future.
pub fn in_the_future(date: &LegalDate, today: NaiveDate) -> Option<Said> {
    (date.earliest() > today).then(wording::common::in_the_future)
}

/// Legal dates from one to another, both included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first; from the beginning where absent. A date that is less precise lies before it.
    pub from: Option<LegalDate>,
    /// The last, with all days of its month or year; without end where absent.
    pub to: Option<LegalDate>,
}

impl DateRange {
    /// Whether it has neither end.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether it ends before it begins, so that no date lies in it.
    pub fn is_reversed(&self) -> bool {
        match (self.lowest(), self.highest()) {
            (Some(lowest), Some(highest)) => lowest > highest,
            _ => false,
        }
    }

    /// The least text of a date in the range.
    pub fn lowest(&self) -> Option<String> {
        self.from.as_ref().map(|from| from.as_str().to_owned())
    }

    /// The greatest text of a date in the range: every day of a month or a year sorts before the
    /// highest character behind it.
    pub fn highest(&self) -> Option<String> {
        self.to.as_ref().map(|to| format!("{}~", to.as_str()))
    }
}

impl<'de> Deserialize<'de> for LegalDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|said| serde::de::Error::custom(said.en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_three_precisions_and_refuses_what_never_was() {
        for good in ["1990", "1990-03", "1990-03-14", "2000-02-29"] {
            assert_eq!(LegalDate::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "90",
            "1990-13",
            "1990-02-30",
            "1900-02-29",
            "3000",
            "0990",
            "1990/03/14",
            "1990-3-4",
            "+990-01-01",
            "１９９０",
        ] {
            assert!(LegalDate::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_range_takes_in_the_days_of_its_last_month() {
        let date = |text: &str| Some(LegalDate::parse(text).unwrap());
        let range = DateRange {
            from: date("2020-03"),
            to: date("2021-05"),
        };
        let (lowest, highest) = (range.lowest().unwrap(), range.highest().unwrap());
        for (text, inside) in [
            ("2020-02-28", false),
            ("2020", false),
            ("2020-03", true),
            ("2020-03-01", true),
            ("2021", true),
            ("2021-05-31", true),
            ("2021-06", false),
            ("", false),
        ] {
            let found = lowest.as_str() <= text && text <= highest.as_str();
            assert_eq!(found, inside, "{text}");
        }
        assert!(!range.is_open() && DateRange::default().is_open());
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_reversed() {
        let date = |text: &str| Some(LegalDate::parse(text).unwrap());
        for (from, to, reversed) in [
            ("2024-05-01", "2024-04", true),
            ("2024-05-01", "2024-04-30", true),
            ("2024", "2023-12-31", true),
            ("2024-02", "2023", true),
            ("2024-05-01", "2024-05-01", false),
            ("2024-05-31", "2024-05", false),
            ("2024-05", "2024", false),
            ("2024", "2024-01-01", false),
        ] {
            let range = DateRange {
                from: date(from),
                to: date(to),
            };
            assert_eq!(range.is_reversed(), reversed, "{from} {to}");
        }
        let open = DateRange {
            from: date("2024"),
            to: None,
        };
        assert!(!open.is_reversed() && !DateRange::default().is_reversed());
    }
}
