//! What single words of headings say.

use super::words::{
    BEGINNINGS, CITY, DATE, ELSEWHERE, FOREIGN, GOVERNMENT, HINTS, KEEPING, MEXICAN, NUMBER,
    ORDINALS, OTHER, SIGNATURE, TABLE,
};
use crate::imports::Column;
use std::collections::HashMap;
use std::sync::LazyLock;
use strum::VariantArray;

/// Stands for a letter that was lost.
pub(super) const LOST: char = 'ω';

/// What a word says beside the columns that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Foreign,
    Mexican,
    Elsewhere,
    Keeping,
    Ordinal,
    Signature,
    Date,
    Number,
    Government,
    City,
    Other,
}

const MARKS: [(Mark, &str); 11] = [
    (Mark::Foreign, FOREIGN),
    (Mark::Mexican, MEXICAN),
    (Mark::Elsewhere, ELSEWHERE),
    (Mark::Keeping, KEEPING),
    (Mark::Ordinal, ORDINALS),
    (Mark::Signature, SIGNATURE),
    (Mark::Date, DATE),
    (Mark::Number, NUMBER),
    (Mark::Government, GOVERNMENT),
    (Mark::City, CITY),
    (Mark::Other, OTHER),
];

/// What a word is to each column: `own` and `beside` by the position in [`TABLE`].
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub(super) own: u32,
    pub(super) beside: u32,
    /// Columns at which it hints.
    pub(super) hints: Vec<Column>,
    pub(super) marks: Vec<Mark>,
}

impl Word {
    /// The columns that it names.
    pub(super) fn names(&self) -> Vec<Column> {
        columns_at(self.own)
    }

    /// A word that may be meant instead of one that is not known: what it names is only hinted at.
    fn guessed(&self) -> Vec<Column> {
        self.names().into_iter().chain(self.hints.clone()).collect()
    }
}

static VOCABULARY: LazyLock<HashMap<&'static str, Word>> = LazyLock::new(|| {
    let mut all: HashMap<&'static str, Word> = HashMap::new();
    for (at, entry) in TABLE.iter().enumerate() {
        for word in entry.own.split(' ') {
            all.entry(word).or_default().own |= 1 << at;
        }
        for word in entry.beside.split(' ') {
            all.entry(word).or_default().beside |= 1 << at;
        }
    }
    for (column, words) in HINTS {
        for word in words.split(' ') {
            all.entry(word).or_default().hints.push(column);
        }
    }
    for (mark, words) in MARKS {
        for word in words.split(' ') {
            all.entry(word).or_default().marks.push(mark);
        }
    }
    all
});

/// The columns at these positions of [`TABLE`].
pub(super) fn columns_at(bits: u32) -> Vec<Column> {
    let entries = TABLE.iter().enumerate();
    let mut columns: Vec<Column> = entries
        .filter(|(at, _)| bits & (1 << at) != 0)
        .map(|(_, entry)| entry.column)
        .collect();
    columns.dedup();
    columns
}

/// Whether a column is one whose loss changes the meaning of a row or leaves it without what it
/// must have.
pub(super) fn matters(column: Column) -> bool {
    !matches!(
        column,
        Column::Source
            | Column::Title
            | Column::Level
            | Column::Theme
            | Column::Validity
            | Column::AnotherAgreement
    )
}

/// A word in the singular or the plural.
fn exactly(word: &str) -> Option<&'static Word> {
    let forms = [Some(word), word.strip_suffix('s'), word.strip_suffix("es")];
    let mut known = forms.into_iter().flatten();
    known.find_map(|form| VOCABULARY.get(form))
}

/// Whether a folded word is known as it stands.
pub(super) fn is_known(word: &str) -> bool {
    exactly(word).is_some()
}

/// A word in the singular or the plural; otherwise what it hints at by its beginning, or as a word
/// with one wrong letter or with a lost one.
pub(super) fn look_up(word: &str) -> Word {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Word {
            marks: vec![Mark::Ordinal],
            ..Word::default()
        };
    }
    if let Some(found) = exactly(word) {
        return found.clone();
    }
    if word.contains(LOST) {
        return with_lost_letter(word);
    }
    let begun = BEGINNINGS
        .iter()
        .filter(|(_, start)| word.starts_with(start));
    let mut hints: Vec<Column> = begun.map(|(column, _)| *column).collect();
    if hints.is_empty() {
        let near = VOCABULARY.iter().filter(|(right, _)| is_typo(word, right));
        hints = in_order(near.flat_map(|(_, right)| right.guessed()).collect());
    }
    Word {
        hints,
        ..Word::default()
    }
}

/// What a word with lost letters may have been; if it fits no word, it may be anything that matters.
fn with_lost_letter(word: &str) -> Word {
    let fits = |right: &str, word: &str| {
        let pairs = || word.chars().zip(right.chars());
        right.chars().count() == word.chars().count()
            && pairs().all(|(one, other)| one == LOST || one == other)
    };
    let singular = word.strip_suffix('s').unwrap_or(word);
    let likely: Vec<&Word> = VOCABULARY
        .iter()
        .filter(|(right, _)| fits(right, word) || fits(right, singular))
        .map(|(_, right)| right)
        .collect();
    let anything = || {
        [
            Column::Municipality,
            Column::SignedOn,
            Column::RegistryNumber,
        ]
        .to_vec()
    };
    let hints = if likely.is_empty() {
        anything()
    } else {
        in_order(likely.iter().flat_map(|right| right.guessed()).collect())
    };
    Word {
        hints,
        ..Word::default()
    }
}

/// Those that matter, once each, in the order of [`Column`].
pub(super) fn in_order(columns: Vec<Column>) -> Vec<Column> {
    let all = Column::VARIANTS.iter().copied();
    all.filter(|column| matters(*column) && columns.contains(column))
        .collect()
}

/// Whether a word is another one with one letter wrong, missing or too many, or with two neighbouring
/// letters exchanged. Short words resemble too many others.
fn is_typo(word: &str, right: &str) -> bool {
    let (word, right): (Vec<char>, Vec<char>) = (word.chars().collect(), right.chars().collect());
    if word.len().min(right.len()) < 5 || word.len().abs_diff(right.len()) > 1 {
        return false;
    }
    let long = word.len() > 5 && right.len() > 5;
    let same = |(one, other): &(&char, &char)| one == other;
    let start = word.iter().zip(&right).take_while(same).count();
    let (word, right) = (word.get(start..), right.get(start..));
    let (word, right) = (word.unwrap_or_default(), right.unwrap_or_default());
    let end = word
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(same)
        .count();
    let cut = |rest: &[char]| rest.get(..rest.len() - end).unwrap_or_default().to_vec();
    match (cut(word).as_slice(), cut(right).as_slice()) {
        ([_], []) | ([], [_]) | ([_], [_]) => long,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_typo;

    #[test]
    fn one_wrong_letter_is_a_typo() {
        for (word, right) in [
            ("municpio", "municipio"),
            ("municipoi", "municipio"),
            ("munisipio", "municipio"),
            ("municippio", "municipio"),
            ("fehca", "fecha"),
            ("contrapate", "contraparte"),
        ] {
            assert!(is_typo(word, right), "{word}");
        }
        for (word, right) in [
            ("forma", "firma"),
            ("estatus", "estado"),
            ("modalidad", "localidad"),
            ("municipio", "municipio"),
            ("ano", "anio"),
        ] {
            assert!(!is_typo(word, right), "{word}");
        }
    }
}
