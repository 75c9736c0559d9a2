//! The governments that the platform starts with, and the search for governments and countries by
//! name.
//!
//! Only file imports contain names; everything else uses keys. A name is therefore resolved once,
//! and a doubtful name becomes a question to a person, never a guess: an agreement filed under the
//! wrong municipality is worse than one that waits.

mod answer;
mod cell;
mod countries;
mod found;
mod index;
mod judging;
mod keys;
mod names;
mod places;
mod resembling;
mod states;

pub use answer::Match;
pub use countries::{CountryMatch, find_country};
pub use index::city_aliases;
pub use places::find_government;
pub use states::find_state;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::tenant::Tier;

/// A government as included in the binary. Source: INEGI's catalogue of geostatistical keys for
/// states and municipalities, imported with `cargo xtask catalog`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SeedGovernment {
    /// The id of the tenant: its official key at creation, as text.
    pub id: String,
    /// The order of government.
    pub tier: Tier,
    /// `municipality` or `borough` (alcaldía, article 122-VI of the Constitution); absent at other
    /// tiers.
    pub kind: Option<String>,
    /// The common name, not always unique, even within a state.
    pub name: String,
    /// The legal name, or a name that distinguishes it from namesakes, if different.
    pub official_name: Option<String>,
    /// The abbreviation of a state, a federal body or an observer.
    pub abbreviation: Option<String>,
    /// The state of a municipality, or the ministry of a federal body. States are autonomous and
    /// have none.
    pub parent_id: Option<String>,
    /// The key in INEGI's catalogue: two digits for a state, five for a municipality.
    pub inegi_key: Option<String>,
    /// The territory in whole square kilometres, of states (INEGI).
    pub area_km2: Option<i32>,
}

impl SeedGovernment {
    /// The name to show when two governments could be confused.
    pub fn full_name(&self) -> &str {
        self.official_name.as_deref().unwrap_or(&self.name)
    }
}

static SEED: LazyLock<Vec<SeedGovernment>> =
    LazyLock::new(|| table(include_str!("../data/governments.csv")));

static BY_ID: LazyLock<HashMap<&'static str, &'static SeedGovernment>> = LazyLock::new(|| {
    seed_governments()
        .iter()
        .map(|government| (government.id.as_str(), government))
        .collect()
});

/// All governments of the catalogue: the foreign ministry, federal bodies, 32 states, 2,478
/// municipalities and boroughs, and the observers; by tier, then id.
pub fn seed_governments() -> &'static [SeedGovernment] {
    &SEED
}

/// A government of the catalogue by its id.
pub fn seed_government(id: &str) -> Option<&'static SeedGovernment> {
    BY_ID.get(id).copied()
}

/// Reads an embedded table. A row that does not parse is left out; the tests compare the rows read
/// with the lines of each file, so such a row is never committed.
fn table<Row: serde::de::DeserializeOwned>(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .filter_map(Result::ok)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{SeedGovernment, countries, index, table};

    #[test]
    fn every_line_of_the_tables_is_read() {
        fn check<Row: serde::de::DeserializeOwned>(file: &str, text: &str) {
            assert_eq!(table::<Row>(text).len(), text.lines().count() - 1, "{file}");
        }
        check::<SeedGovernment>("governments", include_str!("../data/governments.csv"));
        check::<index::Alias>("states", include_str!("../data/state_aliases.csv"));
        check::<index::Alias>("cities", include_str!("../data/city_aliases.csv"));
        check::<index::Alias>("towns", include_str!("../data/towns.csv"));
        check::<countries::Alias>("countries", include_str!("../data/country_aliases.csv"));
    }

    #[test]
    fn every_alias_leads_somewhere() {
        for text in [
            include_str!("../data/state_aliases.csv"),
            include_str!("../data/city_aliases.csv"),
            include_str!("../data/towns.csv"),
        ] {
            for alias in table::<index::Alias>(text) {
                assert!(
                    super::seed_government(&alias.id).is_some(),
                    "{}",
                    alias.name
                );
            }
        }
        for alias in table::<countries::Alias>(include_str!("../data/country_aliases.csv")) {
            let known = crate::catalogs::contains(crate::catalogs::Catalog::Countries, &alias.code);
            assert!(known, "{}", alias.name);
        }
    }
}
