//! The number of an inscription in the registry: year and place, `2026-000001`. Numbers have no gap
//! within a year and are never reused.

use crate::text::fold;
use crate::{Refusal, problems::Problem};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Digits of the place within the year; in a year with more than 999,999 inscriptions it gets
/// longer.
const PLACE_DIGITS: usize = 6;

/// A number of the registry, in its only spelling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InscriptionNumber(String);

impl InscriptionNumber {
    /// The number of the inscription at `place` in `year`; both start at 1.
    pub fn new(year: i32, place: i32) -> Self {
        Self(format!("{year:04}-{place:0PLACE_DIGITS$}"))
    }

    /// The number of this registry that a text names, whatever stands around it or between year and
    /// place.
    pub fn within(text: &str) -> Option<Self> {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let mut pairs = words.windows(2);
        pairs.find_map(|pair| pair.join("-").parse().ok())
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for InscriptionNumber {
    type Err = Refusal;

    /// Parses a number; text that cannot be a registry number is answered with not found.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let good = text.split_once('-').is_some_and(|(year, place)| {
            year.len() == 4
                && place.len() >= PLACE_DIGITS
                && digits(year)
                && digits(place)
                && (place.len() == PLACE_DIGITS || !place.starts_with('0'))
                && place.bytes().any(|byte| byte != b'0')
        });
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(Refusal::new(Problem::NotFound))
        }
    }
}

impl TryFrom<String> for InscriptionNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map_err(|_refusal| format!("{text} is not the number of an inscription"))
    }
}

impl From<InscriptionNumber> for String {
    fn from(number: InscriptionNumber) -> Self {
        number.0
    }
}

impl fmt::Display for InscriptionNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_read_back_and_sorts_by_year_and_place() {
        let numbers = [(2025, 999_999), (2026, 1), (2026, 42), (2027, 1)]
            .map(|(year, place)| InscriptionNumber::new(year, place));
        assert!(numbers.is_sorted());
        for number in numbers {
            assert_eq!(
                number.as_str().parse::<InscriptionNumber>().unwrap(),
                number
            );
        }
        assert_eq!(InscriptionNumber::new(2026, 42).to_string(), "2026-000042");
        assert_eq!(
            InscriptionNumber::new(2026, 1_000_000).to_string(),
            "2026-1000000"
        );
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let within = |text| InscriptionNumber::within(text);
        let number = InscriptionNumber::new(2026, 1);
        for text in [
            "2026-000001",
            "2026/000001",
            "No. 2026-000001",
            "RAI 2026 000001",
        ] {
            assert_eq!(within(text).as_ref(), Some(&number), "{text}");
        }
        for text in ["2026-001", "SRE/2026/044", "2026000001", ""] {
            assert_eq!(within(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in [
            "",
            "-",
            "2026",
            "2026-",
            "2026-1",
            "2026-00001",
            "2026-0000001",
            "2026-000000",
            "02026-000001",
            "2026_000001",
            "2026-00000a",
            " 2026-000001",
            "2026-000001 ",
            "２０２６-000001",
            "2026-000001-1",
            "RAI-0001",
        ] {
            assert!(text.parse::<InscriptionNumber>().is_err(), "{text:?}");
        }
    }
}
