//! What offices and programs write that is near a date: no day at all, or one to ask about.

use super::dates::{Read, exact, in_words, number_of};
use crate::legal_date::LegalDate;
use crate::text::fold;

/// Words that say that a date is about right, and words around a year.
const ABOUT: [&str; 20] = [
    "about",
    "alrededor",
    "ano",
    "approx",
    "aprox",
    "aproximada",
    "aproximadamente",
    "c",
    "ca",
    "cerca",
    "circa",
    "de",
    "del",
    "en",
    "estimada",
    "estimado",
    "hacia",
    "posiblemente",
    "probablemente",
    "sic",
];

/// Words between two years.
const BETWEEN: [&str; 9] = ["a", "al", "and", "e", "entre", "o", "to", "u", "y"];

/// The days from which programs count, which they show where there was no date. Nobody signed on
/// those of 1899 and 1900; two other ones are days of the calendar, and asked about.
pub(super) fn zero(text: &str) -> Option<Read> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let (year, [one, other]) = match words.as_slice() {
        [year, one, other] if year.len() == 4 => (*year, [one, other]),
        [one, other, year] => (*year, [one, other]),
        _ => return None,
    };
    let [one, other] = [one, other].map(|word| {
        let month = number_of(word).and_then(|month| u8::try_from(month).ok());
        word.parse::<u8>().ok().or(month)
    });
    let (one, other) = (one?, other?);
    match (year, one.min(other), one.max(other)) {
        ("1899", 12, 30 | 31) | ("1900", 0, 0 | 1) | ("1900", 1, 1) => Some(Read::Zero),
        ("1904" | "1970", 1, 1) => {
            let day = LegalDate::parse(&format!("{year}-01-01")).ok()?;
            Some(Read::Asked(vec![day]))
        }
        _ => None,
    }
}

/// The dates that a text may mean, if it is near one.
pub(super) fn doubtful(text: &str) -> Option<Vec<LegalDate>> {
    completed(text)
        .or_else(|| two_years(text))
        .or_else(|| about(text))
}

/// `15-mar-98`: a year of two digits, of the last century or of this one.
fn completed(text: &str) -> Option<Vec<LegalDate>> {
    let (before, year) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    let before = before.trim_end_matches(['\'', '’']);
    if !is_year || !before.ends_with(['/', '-', '.', ' ']) {
        return None;
    }
    let completed = |century: &str| exact(&format!("{before}{century}{year}"));
    let days: Vec<LegalDate> = ["19", "20"].into_iter().filter_map(completed).collect();
    (!days.is_empty()).then_some(days)
}

/// `1998-1999`, `1998-99`, `entre 1998 y 1999`.
fn two_years(text: &str) -> Option<Vec<LegalDate>> {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !ABOUT.contains(word) && !BETWEEN.contains(word))
        .collect();
    let [first, second] = words.as_slice() else {
        return None;
    };
    let second = match second.len() {
        2 => format!("{}{second}", first.get(..2)?),
        _ => (*second).to_owned(),
    };
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_year(first) || !is_year(&second) || second.as_str() <= *first {
        return None;
    }
    let years: std::result::Result<Vec<_>, _> = [*first, second.as_str()]
        .into_iter()
        .map(LegalDate::parse)
        .collect();
    years.ok()
}

/// `ca. 1998`, `1998*`, `1998 (aprox.)`: a date with a sign or word that it is not certain.
fn about(text: &str) -> Option<Vec<LegalDate>> {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !ABOUT.contains(word))
        .collect();
    let text = words.join(" ");
    let date = LegalDate::parse(&text).ok().or_else(|| in_words(&text))?;
    Some(vec![date])
}
