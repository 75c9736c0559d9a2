//! Parses dates as offices write them into the three forms of [`LegalDate`].

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
    Either([LegalDate; 2]),
    /// No date that exists, or one that may be read in two ways.
    Nothing,
}

/// Parses `2001`, `2001-03`, `2001-03-14`, `14/03/2001`, `14-mar-2001`, `14 de marzo de 2001`,
/// `marzo de 2001` and `March 14, 2001`, with a weekday before it or a time after it. Numbers
/// between slashes are day, month, year, the Mexican order. No other order is tried, because a date
/// read in the wrong order looks right; a year of two digits is not completed.
pub(super) fn read(text: &str) -> Read {
    let text = without_time(text.trim());
    // A spreadsheet writes a year that it took for a number as `1998.0`.
    let text = text
        .strip_suffix(".0")
        .filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or(text);
    if let Some(days) = serial(text) {
        return days.map_or(Read::Nothing, Read::Either);
    }
    let date = LegalDate::parse(text)
        .ok()
        .or_else(|| in_numbers(text))
        .or_else(|| in_words(&fold(text)));
    date.map_or(Read::Nothing, Read::Date)
}

/// The text before a time of day: `1998-03-15 00:00:00`, `15/03/1998 12:00:00 a. m.`,
/// `1998-03-15T00:00:00Z`.
fn without_time(text: &str) -> &str {
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
/// 1904: five digits, from 1954 to 2064. None if the text is no such number.
fn serial(text: &str) -> Option<Option<[LegalDate; 2]>> {
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

fn in_words(folded: &str) -> Option<LegalDate> {
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
    numbers(year, &number_of(month)?.to_string(), day)
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

fn number_of(month: &str) -> Option<usize> {
    let named = |names: &&str| names.split(' ').any(|name| name == month);
    MONTHS.iter().position(named).map(|at| at + 1)
}

/// Four digits for the year, one or two for the others; [`LegalDate`] checks whether the day
/// exists.
fn numbers(year: &str, month: &str, day: Option<&str>) -> Option<LegalDate> {
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
mod tests {
    use super::{Read, read};
    use crate::legal_date::LegalDate;

    #[test]
    fn reads_every_form() {
        for (text, expected) in [
            ("1990", "1990"),
            ("1990.0", "1990"),
            ("1990-03", "1990-03"),
            ("1990-03-14", "1990-03-14"),
            ("1990-03-14 00:00:00", "1990-03-14"),
            ("1990-03-14T00:00:00", "1990-03-14"),
            ("14/03/1990 12:00:00 a. m.", "1990-03-14"),
            ("14/03/1990", "1990-03-14"),
            ("4/3/1990", "1990-03-04"),
            ("4-3-1990", "1990-03-04"),
            ("14.03.1990", "1990-03-14"),
            ("3/1990", "1990-03"),
            ("14-mar-1990", "1990-03-14"),
            ("14/MAR/1990", "1990-03-14"),
            ("mar-1990", "1990-03"),
            ("14 de marzo de 1990", "1990-03-14"),
            ("14 de marzo del año 1990", "1990-03-14"),
            ("miércoles, 14 de marzo de 1990", "1990-03-14"),
            ("1º de septiembre de 1990", "1990-09-01"),
            ("primero de setiembre de 1990", "1990-09-01"),
            ("Marzo de 1990", "1990-03"),
            ("March 14, 1990", "1990-03-14"),
            ("March 2nd, 1990", "1990-03-02"),
            ("14 March 1990", "1990-03-14"),
            ("29/02/2000", "2000-02-29"),
        ] {
            assert_eq!(
                read(text),
                Read::Date(LegalDate::parse(expected).unwrap()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_of_a_spreadsheet_means_one_of_two_days() {
        let days = ["1998-03-15", "2002-03-16"].map(|day| LegalDate::parse(day).unwrap());
        assert_eq!(read("35869"), Read::Either(days.clone()));
        assert_eq!(read("35869.0"), Read::Either(days));
    }

    #[test]
    fn refuses_what_never_was_or_may_mean_two_things() {
        for text in [
            "31/02/2001",
            "2001-02-31",
            "3000",
            "31/12/3000",
            "03/14/1990",
            "29/02/1900",
            "1/1/90",
            "15-mar-98",
            "0/1/1990",
            "1990-3",
            "14 de brumario de 1990",
            "ayer",
            "-1/2/1990",
            "+1/2/1990",
            "1990/03/14",
            "12345",
            "99999",
            "358690",
            "12:30",
        ] {
            assert_eq!(read(text), Read::Nothing, "{text}");
        }
    }
}
