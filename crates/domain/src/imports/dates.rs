//! Parses dates as offices write them into the three forms of [`LegalDate`].

use super::doubtful_dates::{doubtful, zero};
use crate::legal_date::LegalDate;
use crate::text::fold;
use chrono::{Days, NaiveDate};

/// What a cell says about a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read {
    /// This date.
    Date(LegalDate),
    /// One of these: the number that a spreadsheet keeps instead of a date means two days, because
    /// old spreadsheets of Macintosh count from another day.
    Serial([LegalDate; 2]),
    /// One of these, or something near: a person decides.
    Asked(Vec<LegalDate>),
    /// The day from which a spreadsheet counts, which it shows for an empty cell.
    Zero,
    /// No date that exists.
    Nothing,
}

/// Parses `2001`, `2001-03`, `2001-03-14`, `14/03/2001`, `14-mar-2001`, `14 de marzo de 2001`,
/// `marzo de 2001` and `March 14, 2001`, with a weekday before it or a time after it; also
/// `2001/03/14`, `20010314` and `14/III/2001`. Numbers between slashes are day, month, year, the
/// Mexican order, unless the year of four digits is the first. No other order is tried, because a date
/// read in the wrong order looks right; a year of two digits is not completed.
pub(super) fn read(text: &str) -> Read {
    let text = without_time(text.trim());
    // A spreadsheet writes a year that it took for a number as `1998.0`.
    let text = text
        .strip_suffix(".0")
        .filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or(text);
    if let Some(days) = serial(text) {
        return days.map_or(Read::Nothing, Read::Serial);
    }
    if let Some(zero) = zero(text) {
        return zero;
    }
    if let Some(date) = exact(text) {
        return Read::Date(date);
    }
    Read::Nothing
}

/// The same for a column of dates, where what is near a date is asked about.
pub(super) fn read_or_ask(text: &str) -> Read {
    match read(text) {
        Read::Nothing => {
            let days = doubtful(without_time(text.trim()));
            days.map_or(Read::Nothing, Read::Asked)
        }
        read => read,
    }
}

/// A date that can be read in one way only.
pub(super) fn exact(text: &str) -> Option<LegalDate> {
    LegalDate::parse(text)
        .ok()
        .or_else(|| in_numbers(text))
        .or_else(|| unseparated(text))
        .or_else(|| in_words(&fold(text)))
}

/// `19980315`. Read from the other end it would be a year before 1320.
fn unseparated(text: &str) -> Option<LegalDate> {
    let year = text.get(..4).filter(|year| year.starts_with(['1', '2']))?;
    let (month, day) = (text.get(4..6)?, text.get(6..)?);
    let is_key = text.len() == 8 && year >= "1900";
    is_key.then(|| numbers(year, month, Some(day))).flatten()
}

/// The text before a time of day: `1998-03-15 00:00:00`, `15/03/1998 12:00:00 a. m.`,
/// `1998-03-15T00:00:00Z`.
pub(super) fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return text;
    };
    let before = text.get(..colon).unwrap_or_default();
    let date = before.trim_end_matches(|one: char| one.is_ascii_digit());
    match date.strip_suffix([' ', 'T']) {
        Some(date) if !date.is_empty() => date.trim_end(),
        _ => text,
    }
}

/// The days that a spreadsheet's number means, counted from 30 December 1899 and from 1 January
/// 1904: five digits, from 1954 to 2064, with the time of day as a fraction. None if the text is no
/// such number.
fn serial(text: &str) -> Option<Option<[LegalDate; 2]>> {
    let text = match text.split_once('.') {
        Some((days, time)) if time.bytes().all(|byte| byte.is_ascii_digit()) => days,
        _ => text,
    };
    if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days = text
        .parse()
        .ok()
        .filter(|days| (20_000..=60_000).contains(days))?;
    let counted = |year, month, day| {
        let from = NaiveDate::from_ymd_opt(year, month, day)?;
        from.checked_add_days(Days::new(days)).map(LegalDate::day)
    };
    Some(
        counted(1899, 12, 30)
            .zip(counted(1904, 1, 1))
            .map(<[_; 2]>::from),
    )
}

fn in_numbers(text: &str) -> Option<LegalDate> {
    for separator in ['/', '.', '-'] {
        let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        let found = match parts.as_slice() {
            [year, month, day] if year.len() == 4 => numbers(year, month, Some(day)),
            [day, month, year] => numbers(year, month, Some(day)),
            [month, year] if separator == '/' => numbers(year, month, None),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

pub(super) fn in_words(folded: &str) -> Option<LegalDate> {
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !matches!(*word, "de" | "del" | "of" | "ano" | "el" | "dia" | "the"))
        .collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if WEEKDAYS.split(' ').any(|day| day == *first) => rest,
        all => all,
    };
    let (day, month, year) = match words {
        [month, year] => (None, *month, *year),
        // "March 14, 2001".
        [month, day, year] if number_of(month).is_some() => (Some(*day), *month, *year),
        [day, month, year] => (Some(*day), *month, *year),
        _ => return None,
    };
    let day = day.map(|day| match day {
        "primero" | "1o" | "1ro" | "1st" => "1",
        other => other
            .strip_suffix("nd")
            .or_else(|| other.strip_suffix("rd"))
            .or_else(|| other.strip_suffix("th"))
            .unwrap_or(other),
    });
    let roman = || ROMAN.iter().position(|roman| *roman == month);
    let number = match day {
        Some(_) => number_of(month).or_else(|| roman().map(|at| at + 1)),
        None => number_of(month),
    };
    numbers(year, &number?.to_string(), day)
}

const WEEKDAYS: &str = "lunes martes miercoles jueves viernes sabado domingo monday tuesday \
    wednesday thursday friday saturday sunday";

/// The names of each month, and their usual beginnings.
const MONTHS: [&str; 12] = [
    "enero ene january jan",
    "febrero feb february",
    "marzo mar march",
    "abril abr april apr",
    "mayo may",
    "junio jun june",
    "julio jul july",
    "agosto ago august aug",
    "septiembre setiembre sep sept set september",
    "octubre oct october",
    "noviembre nov november",
    "diciembre dic december dec",
];

/// Roman numbers of the months, which stand between a day and a year only: `15/III/1998`.
const ROMAN: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

pub(super) fn number_of(month: &str) -> Option<usize> {
    let named = |names: &&str| names.split(' ').any(|name| name == month);
    MONTHS.iter().position(named).map(|at| at + 1)
}

/// Four digits for the year, one or two for the others; [`LegalDate`] checks whether the day
/// exists.
pub(super) fn numbers(year: &str, month: &str, day: Option<&str>) -> Option<LegalDate> {
    let padded = |part: &str| {
        let short = matches!(part.len(), 1 | 2);
        (short && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{part:0>2}"))
    };
    let month = padded(month)?;
    let text = match day {
        Some(day) => format!("{year}-{month}-{}", padded(day)?),
        None => format!("{year}-{month}"),
    };
    LegalDate::parse(&text).ok()
}

#[cfg(test)]
mod tests;
