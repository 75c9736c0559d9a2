//! Sets of texts. Each set is a new version of the text (texto negociado), with one file per
//! language and, if given, the clauses of each file.

use crate::catalogs::Catalog;
use crate::clauses::{self, Clause, ClauseFields};
use crate::documents::Authenticity;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// One text of a new set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextFields {
    /// BCP 47; Spanish is always among them.
    #[schema(example = "es")]
    pub language: String,
    /// Whether it binds.
    pub authenticity: Authenticity,
    /// The document of kind `text` that holds it; of a signed text also one of kind `signed_copy`.
    pub document_id: Uuid,
    /// Its clauses, in their order; none where they are not given.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub clauses: Vec<ClauseFields>,
}

/// A new set of texts: one file per language. Each set is a new version of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"texts": [{"language": "es", "authenticity": "authentic", "document_id": "0190f5fe-7c00-7a00-8000-000000000001",
    "clauses": [{"model": "objective", "number": "Primera", "heading": "Objetivo", "text": "Las Partes cooperan en materia de cultura."}]}]}))]
pub struct TextSetFields {
    /// The texts.
    pub texts: Vec<TextFields>,
    /// Whether it is the text as it was signed: taken in the stage `signed`, and only there.
    #[serde(default)]
    pub signed: bool,
}

impl TextSetFields {
    /// Requires one text per language, including an authentic Spanish one.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.at_most("/texts", self.texts.len(), 10);
        let mut seen = std::collections::HashSet::new();
        for (i, text) in self.texts.iter().enumerate() {
            let place = format!("/texts/{i}/language");
            checks.key(place, Catalog::Languages, &text.language);
            if !seen.insert(&text.language) {
                checks.add(
                    format!("/texts/{i}/language"),
                    "repeated",
                    wording::signing::one_text_per_language(),
                );
            }
            clauses::check(&mut checks, &format!("/texts/{i}/clauses"), &text.clauses);
        }
        if !self
            .texts
            .iter()
            .any(|text| text.language == "es" && text.authenticity == Authenticity::Authentic)
        {
            checks.add(
                "/texts",
                "spanish_missing",
                wording::signing::spanish_text(),
            );
        }
        checks.finish(Problem::ValidationFailed)
    }
}

/// One text of a set, without its clauses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Text {
    /// BCP 47.
    #[schema(example = "es")]
    pub language: String,
    /// Whether it binds.
    pub authenticity: Authenticity,
    /// The document that holds it.
    pub document_id: Uuid,
    /// How many clauses came with it.
    #[serde(default)]
    pub clause_count: usize,
}

/// A set of texts, without their clauses.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TextSet {
    /// Its id.
    pub id: Uuid,
    /// Which version of the text it is, from 1.
    pub number: i32,
    /// Whether it is the text as it was signed.
    pub signed: bool,
    /// The texts.
    pub texts: Vec<Text>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// One text of a set with its clauses.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FullText {
    /// BCP 47.
    #[schema(example = "es")]
    pub language: String,
    /// Whether it binds.
    pub authenticity: Authenticity,
    /// The document that holds it.
    pub document_id: Uuid,
    /// Its clauses, in their order; none where they were not given.
    pub clauses: Vec<Clause>,
}

/// A set of texts with their clauses.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FullTextSet {
    /// Its id.
    pub id: Uuid,
    /// Which version of the text it is, from 1.
    pub number: i32,
    /// Whether it is the text as it was signed.
    pub signed: bool,
    /// The texts.
    pub texts: Vec<FullText>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl TextSet {
    /// The same set with the clauses of each language.
    pub fn with(self, mut clauses: impl FnMut(&str) -> Vec<Clause>) -> FullTextSet {
        let text = |text: Text| FullText {
            clauses: clauses(&text.language),
            language: text.language,
            authenticity: text.authenticity,
            document_id: text.document_id,
        };
        FullTextSet {
            id: self.id,
            number: self.number,
            signed: self.signed,
            texts: self.texts.into_iter().map(text).collect(),
            created_at: self.created_at,
        }
    }
}
