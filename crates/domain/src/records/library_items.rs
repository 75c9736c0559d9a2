//! The library (biblioteca): model agreements and letters, norms, guides and tools.

use super::{
    Access, Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec,
    Target, Values,
};
use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

words! {
    /// What an item of the library is.
    LibraryItemType {
        /// A model of an agreement.
        ModelAgreement,
        /// A model of a letter.
        ModelLetter,
        /// A law, rules or an official standard.
        Norm,
        /// A guide.
        Guide,
        /// A form, a sheet or another tool.
        Tool,
    }
}

/// A clause of a model.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LibraryClause {
    /// Its heading.
    #[schema(min_length = 1, max_length = 300)]
    heading: String,
    /// Its text, with blanks to fill in.
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
}

/// An item of the library.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "type": "model_agreement", "languages": ["es"], "edition": "1", "licence": "CC-BY-4.0",
    "clauses": [{"heading": "Objetivo", "text": "Las Partes se proponen cooperar en [materia]."}],
}))]
pub struct LibraryItem {
    /// What it is.
    pub r#type: LibraryItemType,
    /// Its languages: keys of `/v1/catalogs/languages`.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub languages: Vec<String>,
    /// Its edition.
    #[serde(default)]
    #[schema(max_length = 60)]
    pub edition: Option<String>,
    /// Under which licence it may be used.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub licence: Option<String>,
    /// Where it is published, with `https://`.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub url: Option<String>,
    /// The clauses of a model.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub clauses: Vec<LibraryClause>,
    /// The item whose place it takes.
    #[serde(default)]
    pub replaces_id: Option<Uuid>,
}

impl RecordKind for LibraryItem {
    const SPEC: Spec = Spec {
        one: "library_item",
        many: "library-items",
        says: "The library (biblioteca): model agreements and letters with their clauses, norms, guides and tools, by the foreign ministry and the states. A draft is its owner's alone.",
        access: Access::Library,
        visibility: Visibility::Public,
        statuses: &[S::Draft, S::Current, S::Replaced],
        kept: &[S::Draft],
        moves: &[
            Move::new(A::Publish, &[S::Draft, S::Replaced], S::Current),
            Move::new(A::Replace, &[S::Current], S::Replaced),
        ],
        filters: &[
            Filter {
                name: "type",
                says: "Of this type.",
                values: Values::Catalog(Catalog::LibraryItemTypes),
            },
            Filter {
                name: "language",
                says: "In this language.",
                values: Values::Catalog(Catalog::Languages),
            },
        ],
        links: &["replaces_id"],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.keys("/languages", &self.languages, Catalog::Languages, 20);
        checks.optional_text("/edition", self.edition.as_deref(), 60);
        checks.optional_text("/licence", self.licence.as_deref(), 100);
        checks.url("/url", self.url.as_deref());
        checks.at_most("/clauses", self.clauses.len(), 60);
        for (i, clause) in self.clauses.iter().enumerate() {
            checks.text(&format!("/clauses/{i}/heading"), &clause.heading, 300);
            checks.text(&format!("/clauses/{i}/text"), &clause.text, 5000);
        }
    }

    fn index(&self, index: &mut Index) {
        index.facet("type", Some(self.r#type.word()));
        for language in &self.languages {
            index.facet("language", Some(language));
        }
    }

    fn links(&self, links: &mut Links) {
        let item = |id| Target::Record("library-items", id);
        links.one("replaces_id", self.replaces_id, item);
    }
}
