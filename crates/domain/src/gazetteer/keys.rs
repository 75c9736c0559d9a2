//! The numeric keys of INEGI, as people and spreadsheets write them.
//!
//! A key is recognised on the text as it is written, before anything is folded: without its full
//! stop, `1.0` would be the key of Durango.

use super::{SeedGovernment, seed_government};
use crate::tenant::Tier;

/// What a cell says as the key of a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// It is not a number.
    Absent,
    /// It is a number, but not the key of a municipality: it does not exist, or it has up to three
    /// digits and nothing says of which state.
    Unknown,
    /// The key of this municipality.
    Of(&'static SeedGovernment),
}

/// The state of a key of one or two digits: `9` and `09`.
pub(super) fn state(text: &str) -> Option<&'static SeedGovernment> {
    let digits = digits(text).filter(|digits| digits.len() <= 2)?;
    seed_government(&format!("{digits:0>2}")).filter(|government| government.tier == Tier::State)
}

/// The municipality of a key: of four or five digits (a spreadsheet removes the first zero); of
/// state and municipality with something between them (`14-039`); or, inside a state, of one to
/// three digits, because INEGI's tables have the two parts in two columns.
pub(super) fn municipality(text: &str, home: Option<&'static SeedGovernment>) -> Key {
    let Some(digits) = digits(text).map(str::to_owned).or_else(|| joined(text)) else {
        return Key::Absent;
    };
    let id = match (digits.len(), home) {
        (4..=5, _) => format!("{digits:0>5}"),
        (1..=3, Some(home)) => format!("{}{digits:0>3}", home.id),
        _ => return Key::Unknown,
    };
    match seed_government(&id).filter(|government| government.tier == Tier::Municipality) {
        Some(place) => Key::Of(place),
        None => Key::Unknown,
    }
}

/// The digits of a whole number, also as programs write it that only know fractions (`39.0`).
fn digits(text: &str) -> Option<&str> {
    let text = text.trim();
    let whole = text
        .strip_suffix(".00")
        .or_else(|| text.strip_suffix(".0"))
        .unwrap_or(text);
    are_digits(whole).then_some(whole)
}

/// `14-039`, `14 039`; also `14,039` and `14.039`, which is the same key with a separator of
/// thousands.
fn joined(text: &str) -> Option<String> {
    let text = text.trim();
    let (state, rest) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit())?);
    let place = rest.trim_start_matches([' ', '-', '.', ',', '/']);
    let is_key = (1..=2).contains(&state.len()) && place.len() == 3 && are_digits(place);
    is_key.then(|| format!("{state}{place}"))
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Key, municipality, state};
    use crate::gazetteer::seed_government;

    #[test]
    fn keys_of_states() {
        for (text, id) in [("9", "09"), ("09", "09"), (" 14 ", "14"), ("1.0", "01")] {
            assert_eq!(state(text), seed_government(id), "{text}");
        }
        for text in ["", "0", "00", "33", "014", "1.5", "1,0", "10.", "-9", "９"] {
            assert_eq!(state(text), None, "{text}");
        }
    }

    #[test]
    fn keys_of_municipalities() {
        let guadalajara = seed_government("14039").unwrap();
        let jalisco = seed_government("14");
        for text in [
            "14039", "14039.0", "14-039", "14 039", "14 - 039", "14,039", "14.039", "14/039",
        ] {
            assert_eq!(municipality(text, None), Key::Of(guadalajara), "{text}");
            assert_eq!(municipality(text, jalisco), Key::Of(guadalajara), "{text}");
        }
        for text in ["39", "039", "39.0"] {
            assert_eq!(municipality(text, jalisco), Key::Of(guadalajara), "{text}");
            assert_eq!(municipality(text, None), Key::Unknown, "{text}");
        }
        for text in ["14999", "140390", "99-001", "14.000"] {
            assert_eq!(municipality(text, jalisco), Key::Unknown, "{text}");
        }
        for text in ["", "39a", "14-39", "14.5", "039 Guadalajara", "3,9"] {
            assert_eq!(municipality(text, jalisco), Key::Absent, "{text}");
        }
    }
}
