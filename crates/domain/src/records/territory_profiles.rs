//! Territory profiles (fichas del territorio): what a government is known for, what it seeks and what
//! it offers abroad.

use super::parts::Contact;
use super::{
    Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec, Values,
};
use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::refusal::Checks;
use crate::wording::common::repeated_key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

words! {
    /// What a territory lives from or is known for.
    TerritoryVocation {
        /// Farming and food.
        Agriculture,
        /// Fisheries, ports and the coast.
        Maritime,
        /// Factories and their suppliers.
        Manufacturing,
        /// Energy and mines.
        Energy,
        /// Information technology.
        Technology,
        /// Transport and logistics.
        Logistics,
        /// Visitors.
        Tourism,
        /// Heritage.
        Heritage,
        /// Crafts and creative work.
        Creative,
        /// Universities and research.
        Knowledge,
        /// Forests and protected nature.
        Nature,
        /// Life at a border.
        Border,
        /// Communities of migrants.
        Migration,
    }
}

/// What a territory is, seeks and offers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"vocations": ["technology", "creative"], "seeks": ["mobility_and_transport"], "offers": ["culture"], "languages": ["es", "en"]}))]
pub struct TerritoryProfile {
    /// What it lives from or is known for.
    #[serde(default)]
    #[schema(max_items = 13)]
    pub vocations: Vec<TerritoryVocation>,
    /// The themes in which it looks for partners: keys of `/v1/catalogs/themes`.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub seeks: Vec<String>,
    /// The themes in which it has something to share.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub offers: Vec<String>,
    /// The languages in which its office works: keys of `/v1/catalogs/languages`.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub languages: Vec<String>,
    /// What it wants to reach abroad.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub interests: Option<String>,
    /// What it can do.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub capacities: Option<String>,
    /// Where it sees openings (nichos de oportunidad).
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub niches: Option<String>,
    /// What it is proud of, as it tells the world.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub identity: Option<String>,
    /// What it has to show: places, institutions, infrastructure.
    #[serde(default)]
    #[schema(max_items = 40)]
    pub assets: Vec<String>,
    /// How its office is reached.
    #[serde(default)]
    pub contact: Option<Contact>,
}

impl RecordKind for TerritoryProfile {
    const SPEC: Spec = Spec {
        one: "territory_profile",
        many: "territory-profiles",
        says: "Territory profiles (fichas del territorio): vocations, themes sought and offered, languages, capacities, niches and assets. A draft is its owner's alone.",
        visibility: Visibility::Public,
        statuses: &[S::Draft, S::Published],
        kept: &[S::Draft],
        moves: &[Move::new(A::Publish, &[S::Draft], S::Published)],
        filters: &[
            Filter {
                name: "vocation",
                says: "With this vocation.",
                values: Values::Catalog(Catalog::TerritoryVocations),
            },
            Filter {
                name: "seeks",
                says: "Looking for partners in this theme.",
                values: Values::Catalog(Catalog::Themes),
            },
            Filter {
                name: "offers",
                says: "With something to share in this theme.",
                values: Values::Catalog(Catalog::Themes),
            },
            Filter {
                name: "language",
                says: "Whose office works in this language.",
                values: Values::Catalog(Catalog::Languages),
            },
        ],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.distinct("/vocations", &self.vocations, 13, repeated_key);
        checks.keys("/seeks", &self.seeks, Catalog::Themes, 20);
        checks.keys("/offers", &self.offers, Catalog::Themes, 20);
        checks.keys("/languages", &self.languages, Catalog::Languages, 20);
        checks.optional_text("/interests", self.interests.as_deref(), 2000);
        checks.optional_text("/capacities", self.capacities.as_deref(), 2000);
        checks.optional_text("/niches", self.niches.as_deref(), 2000);
        checks.optional_text("/identity", self.identity.as_deref(), 2000);
        checks.at_most("/assets", self.assets.len(), 40);
        for (i, asset) in self.assets.iter().enumerate() {
            checks.text(&format!("/assets/{i}"), asset, 300);
        }
        checks.contact("/contact", self.contact.as_ref());
    }

    fn index(&self, index: &mut Index) {
        for vocation in &self.vocations {
            index.facet("vocation", Some(vocation.word()));
        }
        let keys = [("seeks", &self.seeks), ("offers", &self.offers)];
        for (name, keys) in keys.into_iter().chain([("language", &self.languages)]) {
            for key in keys {
                index.facet(name, Some(key));
            }
        }
        index.text(self.niches.as_deref());
    }

    fn links(&self, _links: &mut Links) {}
}
