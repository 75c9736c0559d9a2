//! Clauses of the texts, compared with the model clauses (cláusulas de los modelos de acuerdo). The
//! list is guidance: no action of the procedure depends on it.

use crate::agreements::AgreementKind;
use crate::catalogs::{self, Catalog, Entry};
use crate::documents::Authenticity;
use crate::limits::{MAX_CLAUSE_TEXT, MAX_CLAUSES};
use crate::refusal::{BilingualText, Checks};
use crate::text::fold;
use crate::texts::FullText;
use crate::wording;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// One clause of a text, as its owner writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseFields {
    /// The model clause that it is, a key of the catalogue `clauses`; absent where it is none.
    #[serde(default)]
    pub model: Option<String>,
    /// Its number or name in the text, once in each text, such as `Tercera`.
    #[schema(min_length = 1, max_length = 40)]
    pub number: String,
    /// Its heading; empty where it has none.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub heading: String,
    /// What it says.
    #[schema(min_length = 1, max_length = 20_000)]
    pub text: String,
}

/// One clause of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clause {
    /// The model clause that it is, a key of the catalogue `clauses`.
    pub model: Option<String>,
    /// Its number or name in the text.
    pub number: String,
    /// Its heading; empty where it has none.
    pub heading: String,
    /// What it says.
    pub text: String,
}

impl From<&ClauseFields> for Clause {
    fn from(fields: &ClauseFields) -> Self {
        Self {
            model: fields.model.clone(),
            number: fields.number.clone(),
            heading: fields.heading.clone(),
            text: fields.text.clone(),
        }
    }
}

/// A comparable form of a clause's number or heading, however it is written; never empty for a text
/// that is not empty.
pub(crate) fn known_as(word: &str) -> String {
    let folded = fold(word);
    if folded.is_empty() {
        word.trim().to_owned()
    } else {
        folded
    }
}

/// Reports everything wrong with the clauses of one text.
pub fn check(checks: &mut Checks, pointer: &str, clauses: &[ClauseFields]) {
    checks.at_most(pointer, clauses.len(), MAX_CLAUSES);
    let mut numbers = HashSet::new();
    for (i, clause) in clauses.iter().enumerate() {
        let at = |field: &str| format!("{pointer}/{i}/{field}");
        checks.text(&at("number"), &clause.number, 40);
        checks.optional_text(&at("heading"), Some(&clause.heading), 300);
        checks.text(&at("text"), &clause.text, MAX_CLAUSE_TEXT);
        if !numbers.insert(known_as(&clause.number)) {
            checks.add(
                at("number"),
                "repeated",
                wording::signing::one_number_per_clause(),
            );
        }
        if let Some(model) = &clause.model {
            checks.key(at("model"), Catalog::Clauses, model);
        }
    }
}

/// The model clause that a remark points to in texts with clauses, found by the model's key or by a
/// clause's number or heading. The outer `None` means that it points to no clause.
pub fn pointed_at(clauses: &[&Clause], word: &str) -> Option<Option<String>> {
    if catalogs::contains(Catalog::Clauses, word) {
        return Some(Some(word.to_owned()));
    }
    let wanted = known_as(word);
    let by_number = clauses.iter().find(|one| known_as(&one.number) == wanted);
    let mut headed = clauses.iter().filter(|one| !one.heading.is_empty());
    let found = by_number.or_else(|| headed.find(|one| known_as(&one.heading) == wanted));
    found.map(|clause| clause.model.clone())
}

/// How much a model clause is looked for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ClauseWeight {
    /// Agreements of this kind have it.
    Expected,
    /// It is good to have.
    Advised,
}

/// What became of a model clause in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClauseState {
    /// It is there, and no open remark points to it.
    Present,
    /// The text came without its clauses.
    Unknown,
    /// None of the text's clauses is said to be it.
    Missing,
    /// An open remark or observation points to it.
    Observed,
}

/// A model clause in one language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ClauseInLanguage {
    /// BCP 47.
    pub language: String,
    /// Whether the text binds.
    pub authenticity: Authenticity,
    /// What became of it.
    pub state: ClauseState,
    /// The numbers of the clauses that are it.
    pub numbers: Vec<String>,
}

/// A model clause and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClauseLine {
    /// The key in the catalogue `clauses`.
    pub model: String,
    /// What it is called.
    pub label: BilingualText,
    /// How much it is looked for in agreements of this kind.
    pub weight: ClauseWeight,
    /// The law or the model that it comes from.
    pub source: String,
    /// The gravest state in an authentic language.
    pub state: ClauseState,
    /// Language by language.
    pub languages: Vec<ClauseInLanguage>,
}

/// The clause checklist of a case (lista de cláusulas): of the newest version of the texts on the
/// owner's side, of the newest that was sent to a reviewer otherwise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClauseChecklist {
    /// The case.
    pub agreement_id: Uuid,
    /// Whose model clauses are looked for.
    pub kind: AgreementKind,
    /// The version of the texts.
    pub text_set: Option<i32>,
    /// The version of the catalogue of model clauses.
    pub catalog_version: String,
    /// Whether all authentic languages have the same model clauses in the same order, and as many
    /// of their own between them; unknown where one came without clauses.
    pub parity: Option<bool>,
    /// One line for each model clause of the kind.
    pub clauses: Vec<ClauseLine>,
}

/// An open remark about a model clause.
#[derive(Debug, Clone)]
pub struct OpenPoint {
    /// The model clause.
    pub model: String,
    /// The language; all languages if absent.
    pub language: Option<String>,
}

/// The model clauses of a kind.
pub fn models(kind: AgreementKind) -> impl Iterator<Item = (&'static Entry, ClauseWeight)> {
    let kind: &str = kind.into();
    let weight = move |entry: &Entry| entry.attributes.get(kind)?.parse().ok();
    let entries = catalogs::entries(Catalog::Clauses).iter();
    entries.filter_map(move |entry| Some((entry, weight(entry)?)))
}

/// Compares texts with the model clauses of a kind.
pub fn checklist(kind: AgreementKind, texts: &[FullText], open: &[OpenPoint]) -> Vec<ClauseLine> {
    let line = |(entry, weight): (&Entry, ClauseWeight)| {
        let languages: Vec<ClauseInLanguage> = texts
            .iter()
            .map(|text| in_language(text, &entry.code, open))
            .collect();
        let binding = languages
            .iter()
            .filter(|one| one.authenticity == Authenticity::Authentic);
        let state = binding.map(|one| one.state).max();
        ClauseLine {
            model: entry.code.clone(),
            label: entry.into(),
            weight,
            source: entry.attributes.get("source").cloned().unwrap_or_default(),
            state: state.unwrap_or(ClauseState::Unknown),
            languages,
        }
    };
    models(kind).map(line).collect()
}

fn in_language(text: &FullText, model: &str, open: &[OpenPoint]) -> ClauseInLanguage {
    let found = text.clauses.iter();
    let numbers: Vec<String> = found
        .filter(|clause| clause.model.as_deref() == Some(model))
        .map(|clause| clause.number.clone())
        .collect();
    let here = |point: &&OpenPoint| point.language.as_ref().is_none_or(|l| *l == text.language);
    let observed = open.iter().filter(here).any(|point| point.model == model);
    let state = if observed {
        ClauseState::Observed
    } else if text.clauses.is_empty() {
        ClauseState::Unknown
    } else if numbers.is_empty() {
        ClauseState::Missing
    } else {
        ClauseState::Present
    };
    ClauseInLanguage {
        language: text.language.clone(),
        authenticity: text.authenticity,
        state,
        numbers,
    }
}

/// Whether all authentic languages have the same clauses; unknown if one has no clauses.
pub fn parity(texts: &[FullText]) -> Option<bool> {
    let models = |text: &FullText| -> Vec<Option<String>> {
        let clauses = text.clauses.iter();
        clauses.map(|clause| clause.model.clone()).collect()
    };
    let binding = texts
        .iter()
        .filter(|text| text.authenticity == Authenticity::Authentic);
    let all: Vec<_> = binding.map(models).collect();
    let first = all.first()?;
    if all.iter().any(Vec::is_empty) {
        return None;
    }
    Some(all.iter().all(|one| one == first))
}

#[cfg(test)]
mod tests;
