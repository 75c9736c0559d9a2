//! Gaps: which governments have nothing public of some kind, and which countries and themes no
//! agreement of the registry names. From public data alone, so that everybody reads the same.

use crate::tenant::{TenantId, Tier};
use serde::Serialize;
use utoipa::ToSchema;

words! {
    /// What a government may lack.
    GovernmentGap {
        /// It is a party to no agreement of the registry.
        Agreement,
        /// It has no international-affairs office that is open.
        Office,
        /// It belongs to no network.
        Membership,
        /// It has no sister-city committee in office.
        Committee,
    }
}

impl GovernmentGap {
    /// The kind of public record that closes it, and in which statuses; `None` for the registry.
    pub fn closed_by(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::Agreement => None,
            Self::Office => Some(("international-offices", &["open"])),
            Self::Membership => Some(("memberships", &["active"])),
            Self::Committee => Some(("committees", &["installed", "renewed"])),
        }
    }
}

/// A government with gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = GovernmentGaps)]
pub struct GapLine {
    /// The government.
    pub government_id: TenantId,
    /// Its name.
    pub name: String,
    /// Its order of government.
    pub tier: Tier,
    /// Its state; absent for a state.
    pub state_id: Option<TenantId>,
    /// What it lacks.
    pub missing: Vec<GovernmentGap>,
}

/// How many governments lack one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MissingCount {
    /// What they lack.
    pub gap: GovernmentGap,
    /// How many.
    pub count: i64,
}

/// How many governments of one order lack something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GapCount {
    /// The order of government.
    pub tier: Tier,
    /// How many governments there are.
    pub governments: i64,
    /// How many of them lack each.
    pub missing: Vec<MissingCount>,
}

/// Gaps as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = GapFigures)]
pub struct Gaps {
    /// The states that were asked about; empty for the country.
    pub states: Vec<TenantId>,
    /// By order of government.
    pub governments: Vec<GapCount>,
    /// ISO 3166-1 codes of the countries that no agreement of the registry names.
    pub countries: Vec<String>,
    /// Keys of the themes that no agreement of the registry names.
    pub themes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::find;
    use strum::VariantArray;

    #[test]
    fn what_closes_a_gap_is_a_kind_with_these_statuses() {
        let kinds: Vec<_> = GovernmentGap::VARIANTS
            .iter()
            .filter_map(|gap| gap.closed_by())
            .collect();
        assert_eq!(kinds.len() + 1, GovernmentGap::VARIANTS.len());
        for (many, statuses) in kinds {
            let spec = &find(many).unwrap().spec;
            let words: Vec<&str> = spec.statuses.iter().map(|one| one.word()).collect();
            assert!(
                statuses.iter().all(|status| words.contains(status)),
                "{many}"
            );
        }
    }
}
