//! City networks (redes de ciudades) and forums that governments belong to.

use super::parts::Contact;
use super::{
    Access, Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec,
    Values,
};
use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use crate::text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

words! {
    /// How far a network reaches.
    NetworkScope {
        /// Cities of the whole world.
        World,
        /// Cities of one region of the world.
        Region,
        /// Cities of one country.
        Country,
    }
}

/// A network of cities or regions.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"acronym": "CGLU", "scope": "world", "contact": {"url": "https://uclg.org"}}))]
pub struct Network {
    /// Its acronym.
    #[serde(default)]
    #[schema(max_length = 40)]
    pub acronym: Option<String>,
    /// How far it reaches.
    pub scope: NetworkScope,
    /// Which region, where it is one.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub region: Option<String>,
    /// Where its secretariat is.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub secretariat: Option<String>,
    /// How the secretariat is reached.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// When it was founded.
    #[serde(default)]
    pub founded_on: Option<LegalDate>,
}

impl RecordKind for Network {
    const SPEC: Spec = Spec {
        one: "network",
        many: "networks",
        says: "City networks (redes de ciudades), kept by the foreign ministry for everybody.",
        access: Access::Catalog,
        visibility: Visibility::Public,
        visibilities: &[Visibility::Network, Visibility::Public],
        statuses: &[S::Active, S::Closed],
        moves: &[
            Move::new(A::Close, &[S::Active], S::Closed),
            Move::new(A::Open, &[S::Closed], S::Active),
        ],
        filters: &[Filter {
            name: "scope",
            says: "Reaching so far.",
            values: Values::Catalog(Catalog::NetworkScopes),
        }],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.optional_text("/acronym", self.acronym.as_deref(), 40);
        checks.optional_text("/region", self.region.as_deref(), 200);
        checks.optional_text("/secretariat", self.secretariat.as_deref(), 300);
        checks.contact("/contact", self.contact.as_ref());
    }

    fn index(&self, index: &mut Index) {
        index.facet("scope", Some(self.scope.word()));
        index.text(self.acronym.as_deref());
        let acronym = self.acronym.as_deref().map(text::compact);
        index.unique = acronym.filter(|acronym| !acronym.is_empty());
    }

    fn links(&self, _links: &mut Links) {}
}
