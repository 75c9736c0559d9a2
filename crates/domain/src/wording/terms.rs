//! The list of terms, and the names of the interface that a text may use.

use serde::Deserialize;
use std::sync::LazyLock;

/// A term, and what is not to be written in its place.
#[derive(Debug, Clone)]
pub struct Term {
    /// The term to use.
    pub preferred: String,
    /// What not to write: whole words, whatever their capitals. With `^`, only where a sentence
    /// begins.
    pub not: Vec<String>,
    /// Where one of these words is right after all.
    pub except: Vec<String>,
    /// The English term.
    pub en: String,
}

/// A name of the interface that a text may use, because the reader has to write or find it.
#[derive(Debug, Clone, Deserialize)]
pub struct CodeName {
    /// The name.
    pub name: String,
    /// What it is, in Mexican Spanish.
    pub es: String,
    /// What it is, in English.
    pub en: String,
}

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "use")]
    preferred: String,
    not: String,
    except: String,
    en: String,
}

impl From<Row> for Term {
    fn from(row: Row) -> Self {
        let words = |cell: &str| {
            let words = cell.split('|').filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        Self {
            not: words(&row.not),
            except: words(&row.except),
            preferred: row.preferred,
            en: row.en,
        }
    }
}

// A row that does not parse is left out; a test prevents committing one.
static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    rows::<Row>(include_str!("../../data/terms.csv"))
        .into_iter()
        .map(Term::from)
        .collect()
});

static CODE_NAMES: LazyLock<Vec<CodeName>> =
    LazyLock::new(|| rows(include_str!("../../data/code_names.csv")));

fn rows<T: for<'d> Deserialize<'d>>(source: &str) -> Vec<T> {
    csv::Reader::from_reader(source.as_bytes())
        .into_deserialize()
        .filter_map(std::result::Result::ok)
        .collect()
}

/// The list of terms.
pub fn terms() -> &'static [Term] {
    &TERMS
}

/// The names of the interface that a text may use.
pub fn code_names() -> &'static [CodeName] {
    &CODE_NAMES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses() {
        let lines = |source: &str| source.lines().count() - 1;
        let (names, list) = (
            include_str!("../../data/code_names.csv"),
            include_str!("../../data/terms.csv"),
        );
        assert_eq!(terms().len(), lines(list));
        assert_eq!(code_names().len(), lines(names));
        assert!(terms().iter().all(|term| !term.not.is_empty()));
    }
}
