//! Staff (personal) of international-affairs offices, and focal points (enlaces) of other bodies.

use super::{
    Access, Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec,
    Target, Values,
};
use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A training that somebody completed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffTraining {
    /// What it was.
    #[schema(min_length = 1, max_length = 300)]
    name: String,
    /// When it ended.
    #[serde(default)]
    on: Option<LegalDate>,
    /// How many hours.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10_000)]
    hours: Option<i64>,
}

/// A post in the office or a focal point elsewhere, and who has it. The title is the post.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Persona Titular", "focal_point": false, "full_time": true, "languages": ["en", "fr"]}))]
pub struct StaffMember {
    /// Who has the post; only the owner reads it, like the other fields about the person.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// That person on the platform.
    #[serde(default)]
    pub person_id: Option<Uuid>,
    /// How the person is reached.
    #[serde(default)]
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// What the person brings.
    #[serde(default)]
    #[schema(max_length = 5000)]
    pub profile: Option<String>,
    /// Trainings that the person completed.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub training: Vec<StaffTraining>,
    /// The office.
    #[serde(default)]
    pub office_id: Option<Uuid>,
    /// Whether it is a focal point of another body (`body_id`) and no post of the office.
    #[serde(default)]
    pub focal_point: bool,
    /// Whether it is a post of full time.
    #[serde(default)]
    pub full_time: bool,
    /// Languages that the post is served in: keys of `/v1/catalogs/languages`.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub languages: Vec<String>,
}

/// What is said of the person.
const PERSON: &[&str] = &["name", "person_id", "email", "profile", "training"];

impl RecordKind for StaffMember {
    const SPEC: Spec = Spec {
        one: "staff_member",
        many: "staff-members",
        says: "Posts (personal) of the international-affairs office and focal points (enlaces) of other bodies, and who has them.",
        access: Access::Admin,
        visibilities: &[Visibility::Private, Visibility::Government],
        statuses: &[S::Active, S::Left],
        moves: &[
            // Who has left is no longer in the record; the versions before still say who it was.
            Move::new(A::Leave, &[S::Active], S::Left).clearing(PERSON),
            Move::new(A::Join, &[S::Left], S::Active).taking(PERSON),
        ],
        filters: &[
            Filter {
                name: "office_id",
                says: "Of this office.",
                values: Values::Record("international-offices"),
            },
            Filter {
                name: "focal_point",
                says: "Whether it is a focal point of another body.",
                values: Values::Truth,
            },
        ],
        personal: PERSON,
        links: &["office_id"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        if let Some(name) = &self.name {
            checks.name("/name", name, 200);
        }
        checks.email("/email", self.email.as_deref());
        checks.optional_text("/profile", self.profile.as_deref(), 5000);
        checks.keys("/languages", &self.languages, Catalog::Languages, 20);
        checks.at_most("/training", self.training.len(), 60);
        for (i, training) in self.training.iter().enumerate() {
            checks.text(&format!("/training/{i}/name"), &training.name, 300);
            if let Some(hours) = training.hours {
                checks.within(&format!("/training/{i}/hours"), hours, 0, 10_000);
            }
        }
    }

    fn index(&self, index: &mut Index) {
        index.facet("focal_point", Some(self.focal_point));
        for language in &self.languages {
            index.facet("language", Some(language));
        }
    }

    fn links(&self, links: &mut Links) {
        let office = |id| Target::OwnRecord("international-offices", id);
        links.one("office_id", self.office_id, office);
        links.one("person_id", self.person_id, Target::Person);
    }
}
