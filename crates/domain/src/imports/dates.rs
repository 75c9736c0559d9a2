//! Parses dates as offices write them into the three forms of [`LegalDate`].

use crate::legal_date::LegalDate;
use crate::text::fold;

/// Parses `2001`, `2001-03`, `2001-03-14`, `14/03/2001`, `14 de marzo de 2001` and `marzo de 2001`.
/// Numbers between slashes are day, month, year, the Mexican order. No other order is tried,
/// because a date read in the wrong order looks right.
pub(super) fn read(text: &str) -> Option<LegalDate> {
    let text = text.trim();
    if let Ok(date) = LegalDate::parse(text) {
        return Some(date);
    }
    for separator in ['/', '.', '-'] {
        let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        match parts.as_slice() {
            [day, month, year] => return numbers(year, month, Some(day)),
            [month, year] if separator == '/' => return numbers(year, month, None),
            _ => {}
        }
    }
    in_words(&fold(text))
}

/// Whether a cell says in words that there is no date.
pub(super) fn says_none(text: &str) -> bool {
    let folded = fold(text);
    matches!(
        folded.as_str(),
        "" | "s f"
            | "sf"
            | "sin fecha"
            | "n d"
            | "nd"
            | "no disponible"
            | "desconocida"
            | "unknown"
            | "n a"
    )
}

fn in_words(folded: &str) -> Option<LegalDate> {
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !matches!(*word, "de" | "del" | "of"))
        .collect();
    let (day, month, year) = match words.as_slice() {
        [month, year] => (None, month, year),
        [day, month, year] => (Some(*day), month, year),
        _ => return None,
    };
    let number = MONTHS.iter().position(|names| names.contains(month))? + 1;
    numbers(year, &number.to_string(), day)
}

const MONTHS: [[&str; 2]; 12] = [
    ["enero", "january"],
    ["febrero", "february"],
    ["marzo", "march"],
    ["abril", "april"],
    ["mayo", "may"],
    ["junio", "june"],
    ["julio", "july"],
    ["agosto", "august"],
    ["septiembre", "september"],
    ["octubre", "october"],
    ["noviembre", "november"],
    ["diciembre", "december"],
];

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
    use super::{read, says_none};

    #[test]
    fn reads_every_form() {
        for (text, expected) in [
            ("1990", "1990"),
            ("1990-03", "1990-03"),
            ("1990-03-14", "1990-03-14"),
            ("14/03/1990", "1990-03-14"),
            ("4/3/1990", "1990-03-04"),
            ("4-3-1990", "1990-03-04"),
            ("14.03.1990", "1990-03-14"),
            ("3/1990", "1990-03"),
            ("14 de marzo de 1990", "1990-03-14"),
            ("Marzo de 1990", "1990-03"),
            ("29/02/2000", "2000-02-29"),
        ] {
            assert_eq!(read(text).unwrap().as_str(), expected, "{text}");
        }
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
            "0/1/1990",
            "1990-3",
            "14 de brumario de 1990",
            "ayer",
            "-1/2/1990",
            "+1/2/1990",
            "1990/03/14",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn words_for_no_date() {
        assert!(says_none("s/f") && says_none("Sin fecha") && says_none("--"));
        assert!(!says_none("1990"));
    }
}
