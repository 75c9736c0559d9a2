//! The laws on which the platform's acts are based, by version: `GET /v1/catalogs/legal-bases`.
//!
//! A version is named after the day of its publication in the Diario Oficial de la Federación and
//! counts from that day; the catalogue ignores transitory articles, which may delay it. Of the Law
//! on the Conclusion of Treaties it contains every version.

use crate::catalogs::{Catalog, entries};
use crate::legal_date::LegalDate;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The law on which the registry and the opinion are based (LCT article 7).
pub const LCT: &str = "LCT";

/// A law in the version that was in force on the day of an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// The law, such as `LCT`; see the attribute `key` in `/v1/catalogs/legal-bases`.
    #[schema(example = "LCT")]
    pub key: String,
    /// The day of its publication.
    #[schema(example = "2025-11-14")]
    pub version: String,
}

/// The version of a law in force on a day.
pub fn in_force(key: &str, on: NaiveDate) -> Option<LegalBasis> {
    let on = on.to_string();
    let entry = entries(Catalog::LegalBases).iter().find(|entry| {
        entry
            .attributes
            .get("key")
            .is_some_and(|known| known == key)
            && entry.valid_from.as_ref().is_none_or(|from| *from <= on)
            && entry.valid_to.as_ref().is_none_or(|to| on <= *to)
    })?;
    Some(LegalBasis {
        key: key.to_owned(),
        version: entry.attributes.get("version")?.clone(),
    })
}

/// The same for a legal date; none if the date is too imprecise to tell the version.
pub fn in_force_on(key: &str, on: &LegalDate) -> Option<LegalBasis> {
    let first = in_force(key, on.earliest())?;
    (in_force(key, on.latest()).as_ref() == Some(&first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(key: &str, on: &str) -> Option<String> {
        in_force_on(key, &LegalDate::parse(on).unwrap()).map(|basis| basis.version)
    }

    #[test]
    fn an_act_rests_on_the_version_of_its_day() {
        for (on, expected) in [
            ("1991-12-31", None),
            ("1992-01-02", Some("1992-01-02")),
            ("1998", Some("1992-01-02")),
            ("2021-05-19", Some("1992-01-02")),
            ("2021-05-20", Some("2021-05-20")),
            ("2025-11-13", Some("2021-05-20")),
            ("2025-11-14", Some("2025-11-14")),
            ("2026-11-21", Some("2025-11-14")),
            // This may be before or after the reform.
            ("2021", None),
            ("2021-05", None),
            ("2025-11", None),
        ] {
            assert_eq!(version(LCT, on).as_deref(), expected, "{on}");
        }
        assert_eq!(version("LGTAIP", "2024-01-01"), None);
        assert_eq!(
            version("CPEUM-117-I", "1950").as_deref(),
            Some("1917-02-05")
        );
    }

    #[test]
    fn no_two_versions_of_a_law_meet() {
        let rows = entries(Catalog::LegalBases);
        for row in rows {
            let (key, version) = (&row.attributes["key"], &row.attributes["version"]);
            let from: NaiveDate = row.valid_from.as_ref().unwrap().parse().unwrap();
            assert_eq!(in_force(key, from).unwrap().version, *version);
            if let Some(next) = &row.replaced_by {
                let next = rows.iter().find(|row| row.code == *next).unwrap();
                let to: NaiveDate = row.valid_to.as_ref().unwrap().parse().unwrap();
                assert_eq!(
                    to.succ_opt().unwrap().to_string(),
                    *next.valid_from.as_ref().unwrap()
                );
            }
        }
    }
}
