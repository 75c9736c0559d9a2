//! Mexico's missions abroad (representaciones en el exterior): embassies, consulates, missions.

use super::parts::Contact;
use super::{
    Access, Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec,
    Target, Values,
};
use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::refusal::Checks;
use crate::text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

words! {
    /// What a mission is (Ley del Servicio Exterior Mexicano, article 1-Bis).
    MissionType {
        /// An embassy (embajada).
        Embassy,
        /// A mission to an international organisation (misión permanente).
        PermanentMission,
        /// A consulate general (consulado general).
        ConsulateGeneral,
        /// A consulate (consulado de carrera).
        Consulate,
        /// A liaison office (oficina de enlace).
        LiaisonOffice,
    }
}

/// A mission of Mexico abroad.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"type": "embassy", "city": "Tokio", "country": "JP"}))]
pub struct Mission {
    /// What it is.
    pub r#type: MissionType,
    /// The city where it is.
    #[schema(min_length = 1, max_length = 200)]
    pub city: String,
    /// The country where it is, ISO 3166-1 alpha-2.
    #[schema(example = "JP")]
    pub country: String,
    /// For which places it is there (circunscripción).
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub district: Option<String>,
    /// How it is reached.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// Its officers on the platform, who answer what is referred to it; only the owner reads them.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub officer_ids: Vec<Uuid>,
}

impl RecordKind for Mission {
    const SPEC: Spec = Spec {
        one: "mission",
        many: "missions",
        says: "Mexico's missions abroad (representaciones en el exterior), kept by the foreign ministry for everybody.",
        access: Access::Catalog,
        visibility: Visibility::Public,
        visibilities: &[Visibility::Network, Visibility::Public],
        statuses: &[S::Open, S::Closed],
        moves: &[
            Move::new(A::Close, &[S::Open], S::Closed),
            Move::new(A::Open, &[S::Closed], S::Open),
        ],
        filters: &[Filter {
            name: "type",
            says: "Of this type.",
            values: Values::Catalog(Catalog::MissionTypes),
        }],
        personal: &["officer_ids"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.name("/city", &self.city, 200);
        checks.key("/country", Catalog::Countries, &self.country);
        checks.optional_text("/district", self.district.as_deref(), 1000);
        checks.contact("/contact", self.contact.as_ref());
        let said = crate::wording::common::repeated_key;
        checks.distinct("/officer_ids", &self.officer_ids, 20, said);
    }

    fn index(&self, index: &mut Index) {
        index.facet("type", Some(self.r#type.word()));
        index.facet("country", Some(&self.country));
        index.text(Some(&self.city));
        let (kind, city) = (self.r#type.word(), text::compact(&self.city));
        index.unique = Some(format!("{kind} {} {city}", self.country));
        index.members.clone_from(&self.officer_ids);
    }

    fn links(&self, links: &mut Links) {
        let officers = ("officer_ids", "officer_id");
        links.many(officers, &self.officer_ids, Target::Person);
    }
}
