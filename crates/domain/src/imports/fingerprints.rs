//! The text by which a second record of one agreement is recognised.

use crate::agreements::AgreementKind;
use crate::legal_date::LegalDate;
use crate::text::compact;

/// The version of the format, its first part. Increase it when the format changes, and write the
/// stored ones anew ([`renewed_fingerprint`]), or a second run of an old file creates duplicates.
const VERSION: &str = "2";

/// See [`Candidate::fingerprint`](super::Candidate::fingerprint); counterparts are given by name and
/// country, in any order. Names are compared without spaces, because apostrophes in them became
/// spaces in the first version, and nobody can tell any more which ones.
pub fn fingerprint(
    government: &str,
    counterparts: &[(&str, &str)],
    kind: AgreementKind,
    signed_on: Option<&LegalDate>,
) -> String {
    let kind: &'static str = kind.into();
    let date = signed_on.map_or("-", LegalDate::as_str);
    written(government, counterparts, kind, date)
}

/// A stored fingerprint in the current format and folding; nothing if it is none. The same one comes
/// back for one that is current.
pub fn renewed_fingerprint(stored: &str) -> Option<String> {
    let parts: Vec<&str> = stored.split('|').collect();
    let [_version, government, names, countries, kind, date] = parts.as_slice() else {
        return None;
    };
    let (names, countries): (Vec<&str>, Vec<&str>) =
        (names.split('+').collect(), countries.split('+').collect());
    if names.len() != countries.len() {
        return None;
    }
    let pairs: Vec<(&str, &str)> = names.into_iter().zip(countries).collect();
    Some(written(government, &pairs, kind, date))
}

fn written(government: &str, counterparts: &[(&str, &str)], kind: &str, date: &str) -> String {
    let mut named: Vec<(String, &str)> = counterparts
        .iter()
        .map(|(name, country)| (compact(name), *country))
        .collect();
    named.sort();
    let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    let countries: Vec<&str> = named.iter().map(|(_, country)| *country).collect();
    let (names, countries) = (names.join("+"), countries.join("+"));
    [VERSION, government, &names, &countries, kind, date].join("|")
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, renewed_fingerprint};
    use crate::agreements::AgreementKind::Twinning;
    use crate::legal_date::LegalDate;

    #[test]
    fn a_stored_fingerprint_becomes_the_one_that_is_made_today() {
        let day = LegalDate::parse("1998-03-15").unwrap();
        for (stored, named, signed_on) in [
            (
                "1|14039|xi an|CN|twinning|1998-03-15",
                vec![("Xi'an", "CN")],
                Some(&day),
            ),
            (
                "1|14039|hawaiʻi|US|twinning|-",
                vec![("Hawaii", "US")],
                None,
            ),
            (
                "1|14039|l aquila+xian|IT+CN|twinning|-",
                vec![("Xi an", "CN"), ("L’Aquila", "IT")],
                None,
            ),
            // Without the space, these two stand in the other order.
            (
                "1|14|la paz+laon|BO+FR|twinning|-",
                vec![("Laon", "FR"), ("La Paz", "BO")],
                None,
            ),
            ("1|14||-|twinning|-", vec![("", "-")], None),
        ] {
            let government = stored.split('|').nth(1).unwrap();
            let made = fingerprint(government, &named, Twinning, signed_on);
            assert_eq!(
                renewed_fingerprint(stored).as_ref(),
                Some(&made),
                "{stored}"
            );
            assert_eq!(renewed_fingerprint(&made).as_ref(), Some(&made), "{stored}");
        }
        for stored in ["", "1|14039", "1|14|a+b|MX|twinning|-"] {
            assert_eq!(renewed_fingerprint(stored), None, "{stored}");
        }
    }
}
