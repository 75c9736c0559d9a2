//! Partner search (búsqueda de socios): which governments fit to what one seeks and offers, and why.
//! Every reason has its points and where it is read, so that nobody has to believe a number.
//!
//! Only what is public counts: published profiles, memberships and the registry. The catalogue of
//! governments has no population, so size does not count.

mod ties;

pub use ties::{Made, Ties};

use crate::catalogs::{self, Catalog};
use crate::governments::Government;
use crate::refusal::{BilingualText, Said};
use crate::tenant::{TenantId, Tier};
use crate::text;
use crate::wording::partners as say;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

words! {
    /// Why a government fits, or does not.
    PartnerReason {
        /// Its profile offers a theme that is sought.
        Offers,
        /// Its profile seeks a theme that is offered.
        Seeks,
        /// It has an inscribed agreement in a theme that is sought.
        Experience,
        /// Both have inscribed agreements in a theme.
        CommonTheme,
        /// Both belong to a network.
        CommonNetwork,
        /// Both have agreements with one counterpart: they may act together, or duplicate efforts.
        CommonCounterpart,
        /// It has agreements with the same country.
        CommonCountry,
        /// Both profiles have a vocation.
        CommonVocation,
        /// Both offices work in a language besides Spanish.
        CommonLanguage,
        /// It is of the same state.
        SameState,
        /// Both are parties to one agreement already.
        AlreadyPartners,
    }
}

/// The version of [`WEIGHTS`]: another number if any of them changes.
pub const WEIGHTS_VERSION: i32 = 1;

/// What each reason counts: its points, and how often it counts for one government at most.
pub const WEIGHTS: [(PartnerReason, i32, usize); 11] = [
    (PartnerReason::Offers, 10, 3),
    (PartnerReason::Seeks, 8, 3),
    (PartnerReason::Experience, 4, 3),
    (PartnerReason::CommonNetwork, 4, 3),
    (PartnerReason::CommonCounterpart, 3, 2),
    (PartnerReason::CommonTheme, 2, 3),
    (PartnerReason::CommonCountry, 2, 3),
    (PartnerReason::CommonVocation, 2, 3),
    (PartnerReason::CommonLanguage, 2, 2),
    (PartnerReason::SameState, 1, 1),
    (PartnerReason::AlreadyPartners, -10, 1),
];

/// A reason as it is found: of which government, for what, and where it is read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The government that fits.
    pub government: TenantId,
    /// Why.
    pub code: PartnerReason,
    /// For what: the key of a theme, a vocation, a language or a country, or a name.
    pub value: String,
    /// The address of what shows it.
    pub evidence: String,
}

/// A reason, with its points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PartnerMatchReason)]
pub struct Reason {
    /// Why.
    pub code: PartnerReason,
    /// For what: the key of a theme, a vocation, a language or a country, or a name.
    pub value: String,
    /// How much it counts; less than 0 if it speaks against the government.
    pub points: i32,
    /// The same in a sentence.
    pub text: BilingualText,
    /// The address of what shows it.
    #[schema(example = "/v1/registry/2026-000001")]
    pub evidence: String,
}

/// A government that fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Partner {
    /// Which.
    pub government_id: TenantId,
    /// Its name.
    pub name: String,
    /// Its order of government.
    pub tier: Tier,
    /// The state of a municipality.
    pub state_id: Option<TenantId>,
    /// All points together.
    pub points: i32,
    /// Why: the most points first.
    pub reasons: Vec<Reason>,
    /// The version of the table of points.
    pub weights_version: i32,
}

impl Partner {
    /// By what the list is sorted: the most points first, then the name.
    pub fn key(&self) -> String {
        format!("{:06} {}", 100_000 - self.points, text::fold(&self.name))
    }
}

/// What the search is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The themes sought.
    pub seeks: BTreeSet<String>,
    /// The themes offered.
    pub offers: BTreeSet<String>,
    /// The vocations of the profile.
    pub vocations: BTreeSet<String>,
    /// The languages of its office.
    pub languages: BTreeSet<String>,
}

impl Wanted {
    /// Narrows it to these themes: they are sought, and those of what is offered. None narrows
    /// nothing.
    #[must_use]
    pub fn narrowed(mut self, themes: &[String]) -> Self {
        if !themes.is_empty() {
            self.seeks = themes.iter().cloned().collect();
            self.offers.retain(|key| themes.contains(key));
        }
        self
    }

    /// Under which values the profiles of others are found, and what each is a reason for. Everybody
    /// works in Spanish, so that language tells nothing.
    pub fn sought_values(&self) -> Vec<(PartnerReason, &'static str, &str)> {
        let languages = self.languages.iter().filter(|key| *key != "es");
        let all = [
            (PartnerReason::Offers, "offers", &self.seeks),
            (PartnerReason::Seeks, "seeks", &self.offers),
            (PartnerReason::CommonVocation, "vocation", &self.vocations),
        ];
        let all = all.into_iter().flat_map(|(code, facet, keys)| {
            keys.iter().map(move |key| (code, facet, key.as_str()))
        });
        let languages =
            languages.map(|key| (PartnerReason::CommonLanguage, "language", key.as_str()));
        all.chain(languages).collect()
    }
}

/// The governments for which something was found, the best first. Each value counts once for a reason,
/// by the first of what shows it.
pub fn rank(found: BTreeSet<Found>, governments: &[Government]) -> Vec<Partner> {
    let mut by_government: BTreeMap<TenantId, BTreeMap<(PartnerReason, String), String>> =
        BTreeMap::new();
    for one in found {
        let reasons = by_government.entry(one.government).or_default();
        let known = reasons.entry((one.code, one.value));
        known.or_insert(one.evidence);
    }
    let partner = |government: &Government| {
        let reasons = counted(by_government.get(&government.id)?);
        Some(Partner {
            government_id: government.id.clone(),
            name: government.name.clone(),
            tier: government.tier,
            state_id: government.parent_id.clone(),
            points: reasons.iter().map(|reason| reason.points).sum(),
            reasons,
            weights_version: WEIGHTS_VERSION,
        })
    };
    let mut partners: Vec<Partner> = governments.iter().filter_map(partner).collect();
    partners.sort_by_cached_key(|one| (one.key(), one.government_id.clone()));
    partners
}

fn counted(found: &BTreeMap<(PartnerReason, String), String>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (code, points, most) in WEIGHTS {
        let of_code = found.iter().filter(|((one, _), _)| *one == code);
        reasons.extend(of_code.take(most).map(|((_, value), evidence)| Reason {
            code,
            points,
            text: said(code, value).into(),
            value: value.clone(),
            evidence: evidence.clone(),
        }));
    }
    reasons
}

fn said(code: PartnerReason, value: &str) -> Said {
    let theme = || catalogs::said(Catalog::Themes, value);
    match code {
        PartnerReason::Offers => say::offers(theme()),
        PartnerReason::Seeks => say::seeks(theme()),
        PartnerReason::Experience => say::experience(theme()),
        PartnerReason::CommonTheme => say::common_theme(theme()),
        PartnerReason::CommonNetwork => say::common_network(Said::name(value)),
        PartnerReason::CommonCounterpart => say::common_counterpart(Said::name(value)),
        PartnerReason::CommonCountry => {
            say::common_country(catalogs::said(Catalog::Countries, value))
        }
        PartnerReason::CommonVocation => {
            say::common_vocation(catalogs::said(Catalog::TerritoryVocations, value))
        }
        PartnerReason::CommonLanguage => {
            say::common_language(catalogs::said(Catalog::Languages, value))
        }
        PartnerReason::SameState => say::same_state(),
        PartnerReason::AlreadyPartners => say::already_partners(),
    }
}

#[cfg(test)]
mod tests;
