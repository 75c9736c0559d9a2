//! Values of query parameters that are more than one word: several values separated by commas, and
//! instants.

use chrono::{DateTime, Utc};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use vinculo_domain::limits::{MAX_PARAMETER_VALUE, MAX_PARAMETER_VALUES};

/// One or more values of a parameter, separated by commas: `stage=draft,returned`. In the document
/// it is an array in the style `form`, not exploded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several<T>(Vec<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Several<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts: Vec<&str> = text.split(',').collect();
        if parts.len() > MAX_PARAMETER_VALUES {
            return Err(D::Error::custom("too many values"));
        }
        let values: Option<Vec<T>> = parts.into_iter().map(value).collect();
        values
            .map(Self)
            .ok_or_else(|| D::Error::custom("one of the values"))
    }
}

/// One value, read as a parameter of its own would be.
fn value<T: DeserializeOwned>(part: &str) -> Option<T> {
    if part.is_empty() || part.chars().count() > MAX_PARAMETER_VALUE {
        return None;
    }
    let pair = serde_urlencoded::to_string([("", part)]).ok()?;
    let mut read: Vec<(String, T)> = serde_urlencoded::from_str(&pair).ok()?;
    read.pop().map(|(_name, value)| value)
}

/// The values of a parameter; none if it is absent.
pub fn several<T>(asked: Option<Several<T>>) -> Vec<T> {
    asked.map(|Several(values)| values).unwrap_or_default()
}

/// An instant as RFC 3339 writes it: `2026-11-20T18:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub DateTime<Utc>);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // The parser also takes a space between the day and the time.
        let parted = matches!(text.as_bytes().get(10), Some(b'T' | b't'));
        let at = DateTime::parse_from_rfc3339(&text).ok().filter(|_| parted);
        at.map(|at| Self(at.with_timezone(&Utc)))
            .ok_or_else(|| D::Error::custom("an instant"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::typed;
    use vinculo_domain::TenantId;
    use vinculo_domain::agreements::Stage;

    #[derive(Debug, Deserialize)]
    struct Asked {
        stage: Option<Several<Stage>>,
        state: Option<Several<TenantId>>,
        year: Option<Several<u16>>,
        since: Option<Instant>,
    }

    fn read(name: &str, value: &str) -> Option<Asked> {
        typed(&[(name.to_owned(), value.to_owned())]).ok()
    }

    #[test]
    fn several_values_are_read_like_one() {
        let stages = |text| read("stage", text).map(|asked| several(asked.stage));
        assert_eq!(stages("draft"), Some(vec![Stage::Draft]));
        let two = vec![Stage::Draft, Stage::StateReview];
        assert_eq!(stages("draft,state_review"), Some(two));
        for bad in [
            "",
            ",",
            "draft,",
            ",draft",
            "draft, signed",
            "Draft",
            "x,draft",
        ] {
            assert_eq!(stages(bad), None, "{bad}");
        }
        let years = |text| read("year", text).map(|asked| several(asked.year));
        assert_eq!(years("1998,2001"), Some(vec![1998, 2001]));
        assert_eq!(years("1998,70000"), None);
        let states = |text: &str| read("state", text).map(|asked| several(asked.state));
        assert_eq!(states("14,09").map(|keys| keys.len()), Some(2));
        assert_eq!(
            states(&["14"; 20].join(",")).map(|keys| keys.len()),
            Some(20)
        );
        assert_eq!(states(&["14"; 21].join(",")), None);
        assert_eq!(states(&"1".repeat(41)), None);
        assert!(several::<Stage>(None).is_empty());
    }

    #[test]
    fn an_instant_has_a_zone() {
        let since = |text| read("since", text).and_then(|asked| asked.since);
        let noon = since("2026-11-20T18:00:00Z");
        assert!(noon.is_some());
        assert_eq!(since("2026-11-20T12:00:00-06:00"), noon);
        assert!(since("2026-11-20T18:00:00.123456Z") > noon);
        for bad in [
            "",
            "2026-11-20",
            "2026-11-20T18:00:00",
            "2026-11-20 18:00:00Z",
            "2026-02-30T00:00:00Z",
        ] {
            assert_eq!(since(bad), None, "{bad}");
        }
    }
}
