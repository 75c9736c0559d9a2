//! Compares two versions of the texts clause by clause, so that changes by a counterpart between
//! the opinion and the signature are found here and not by eye.

mod difference;
mod matching;

use crate::clauses::{Clause, known_as};
use crate::documents::Authenticity;
use crate::texts::{FullText, FullTextSet};
use difference::Budget;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;
use uuid::Uuid;

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClauseChange {
    /// Number, heading and words are the same.
    Same,
    /// Its number, heading or words are others.
    Changed,
    /// It is only in the later version.
    Added,
    /// It is only in the earlier version.
    Removed,
}

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PieceChange {
    /// They stand in both.
    Same,
    /// They stand in the later version only.
    Added,
    /// They stand in the earlier version only.
    Removed,
}

/// Some words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Piece {
    /// What became of them.
    pub change: PieceChange,
    /// The words, with one space between them.
    pub text: String,
}

/// A clause as it is called in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClauseName {
    /// Its number or name.
    pub number: String,
    /// Its heading.
    pub heading: String,
}

impl From<&Clause> for ClauseName {
    fn from(clause: &Clause) -> Self {
        Self {
            number: clause.number.clone(),
            heading: clause.heading.clone(),
        }
    }
}

/// A clause in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComparedClause {
    /// What became of it.
    pub change: ClauseChange,
    /// The model clause that it is.
    pub model: Option<String>,
    /// How the earlier version calls it.
    pub from: Option<ClauseName>,
    /// How the later version calls it.
    pub to: Option<ClauseName>,
    /// Its words, where they are not the same; spaces and line breaks do not count.
    pub difference: Vec<Piece>,
    /// Whether it was too long to be compared word by word: then the difference is the whole of
    /// the one and the whole of the other.
    pub whole: bool,
}

/// The texts of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComparedLanguage {
    /// BCP 47.
    pub language: String,
    /// Whether it binds in the earlier version; absent where that has no text in it.
    pub authenticity_from: Option<Authenticity>,
    /// Whether it binds in the later version; absent where that has no text in it.
    pub authenticity_to: Option<Authenticity>,
    /// Whether the two texts differ; unknown where one came without its clauses.
    pub differs: Option<bool>,
    /// Whether clauses that stand in both stand in another order.
    pub reordered: bool,
    /// The clauses, in the order of the later version; none where one came without.
    pub clauses: Vec<ComparedClause>,
}

/// One of the two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComparedSet {
    /// Its number.
    pub number: i32,
    /// Whether it is the text as it was signed.
    pub signed: bool,
}

impl From<&FullTextSet> for ComparedSet {
    fn from(set: &FullTextSet) -> Self {
        Self {
            number: set.number,
            signed: set.signed,
        }
    }
}

/// Two versions of the texts held against each other (cotejo de textos).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextComparison {
    /// The case.
    pub agreement_id: Uuid,
    /// The earlier version; absent where the case has no texts in your sight.
    pub from: Option<ComparedSet>,
    /// The later version.
    pub to: Option<ComparedSet>,
    /// Whether they differ in a language that binds in one of them; unknown where one came
    /// without its clauses and the others do not differ.
    pub differs: Option<bool>,
    /// Language by language.
    pub languages: Vec<ComparedLanguage>,
}

/// The words of a text; spacing does not matter.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn is_same(one: &Clause, other: &Clause) -> bool {
    known_as(&one.number) == known_as(&other.number)
        && same_words(&one.heading, &other.heading)
        && same_words(&one.text, &other.text)
}

/// Compares the later version with the earlier one.
pub fn compare(case: Uuid, from: &FullTextSet, to: &FullTextSet) -> TextComparison {
    let mut budget = Budget::default();
    let languages: Vec<ComparedLanguage> = pairs(from, to)
        .into_iter()
        .map(|(language, one, other)| in_language(language, one, other, Some(&mut budget)))
        .collect();
    TextComparison {
        agreement_id: case,
        from: Some(from.into()),
        to: Some(to.into()),
        differs: verdict(&languages),
        languages,
    }
}

/// Whether the two differ in an authentic language, without saying where.
pub fn differs(from: &FullTextSet, to: &FullTextSet) -> Option<bool> {
    let languages: Vec<ComparedLanguage> = pairs(from, to)
        .into_iter()
        .map(|(language, one, other)| in_language(language, one, other, None))
        .collect();
    verdict(&languages)
}

fn verdict(languages: &[ComparedLanguage]) -> Option<bool> {
    let authentic = Some(Authenticity::Authentic);
    let binding: Vec<Option<bool>> = languages
        .iter()
        .filter(|one| one.authenticity_from == authentic || one.authenticity_to == authentic)
        .map(|one| one.differs)
        .collect();
    if binding.contains(&Some(true)) {
        return Some(true);
    }
    (!binding.is_empty() && !binding.contains(&None)).then_some(false)
}

type Pair<'a> = (&'a str, Option<&'a FullText>, Option<&'a FullText>);

/// The texts of both versions by language, in the order of the later version.
fn pairs<'a>(from: &'a FullTextSet, to: &'a FullTextSet) -> Vec<Pair<'a>> {
    let of = |set: &'a FullTextSet, language: &str| {
        set.texts.iter().find(|text| text.language == language)
    };
    let mut seen = BTreeSet::new();
    let texts = to.texts.iter().chain(&from.texts);
    texts
        .map(|text| text.language.as_str())
        .filter(|language| seen.insert(*language))
        .map(|language| (language, of(from, language), of(to, language)))
        .collect()
}

fn in_language(
    language: &str,
    from: Option<&FullText>,
    to: Option<&FullText>,
    budget: Option<&mut Budget>,
) -> ComparedLanguage {
    let came_without = |text: Option<&FullText>| text.is_some_and(|text| text.clauses.is_empty());
    let mut compared = ComparedLanguage {
        language: language.to_owned(),
        authenticity_from: from.map(|text| text.authenticity),
        authenticity_to: to.map(|text| text.authenticity),
        differs: None,
        reordered: false,
        clauses: Vec::new(),
    };
    if came_without(from) || came_without(to) {
        return compared;
    }
    let clauses = |text: Option<&'_ FullText>| text.map_or_else(Vec::new, |t| t.clauses.clone());
    let (one, other) = (clauses(from), clauses(to));
    let matched = matching::of(&one, &other);
    compared.reordered = matching::is_reordered(&matched);
    let pairs = matched.iter().map(|(i, j)| {
        let one = i.and_then(|i| one.get(i));
        (one, j.and_then(|j| other.get(j)))
    });
    let changed = |(one, other): (Option<&Clause>, Option<&Clause>)| match (one, other) {
        (Some(one), Some(other)) => !is_same(one, other),
        _ => true,
    };
    compared.differs = Some(
        compared.reordered
            || compared.authenticity_from != compared.authenticity_to
            || pairs.clone().any(changed),
    );
    if let Some(budget) = budget {
        compared.clauses = pairs
            .map(|(one, other)| compared_clause(one, other, budget))
            .collect();
    }
    compared
}

fn compared_clause(
    from: Option<&Clause>,
    to: Option<&Clause>,
    budget: &mut Budget,
) -> ComparedClause {
    let change = match (from, to) {
        (Some(one), Some(other)) if is_same(one, other) => ClauseChange::Same,
        (Some(_), Some(_)) => ClauseChange::Changed,
        (None, _) => ClauseChange::Added,
        (_, None) => ClauseChange::Removed,
    };
    let text = |clause: Option<&Clause>| clause.map_or_else(String::new, |one| one.text.clone());
    let (difference, whole) = difference::of(&text(from), &text(to), budget);
    ComparedClause {
        change,
        model: to.or(from).and_then(|clause| clause.model.clone()),
        from: from.map(ClauseName::from),
        to: to.map(ClauseName::from),
        difference,
        whole,
    }
}

#[cfg(test)]
mod tests;
