//! Recognises the meaning of a heading from its words.
//!
//! Offices name one column in a hundred ways, so the words are compared and not the whole heading: a
//! heading means a column if it has one of the column's own words and otherwise only words that go
//! with it. A heading with one of these words and another that is not known may mean the column; then
//! a person says so, because a column that is left out changes what the others mean.

#[cfg(test)]
mod tests;
mod words;

use super::columns::Column;
use crate::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;
use words::{ELSEWHERE, FILLERS, FOREIGN, HINTS, TABLE, WHOLE};

/// What a heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// This column.
    Means(Column),
    /// Perhaps one of these columns.
    MayMean(Vec<Column>),
    /// Something that an import does not need.
    Other,
}

/// What a word is to each column: bits by the position in [`TABLE`] and [`HINTS`].
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    own: u32,
    beside: u32,
    hint: u32,
    foreign: bool,
    elsewhere: bool,
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
    for (at, (_, words)) in HINTS.iter().enumerate() {
        for word in words.split(' ') {
            all.entry(word).or_default().hint |= 1 << at;
        }
    }
    for word in FOREIGN.split(' ') {
        all.entry(word).or_default().foreign = true;
    }
    for word in ELSEWHERE.split(' ') {
        all.entry(word).or_default().elsewhere = true;
    }
    all
});

/// A word in the singular or the plural.
fn look_up(word: &str) -> Word {
    let forms = [Some(word), word.strip_suffix('s'), word.strip_suffix("es")];
    let known = forms.into_iter().flatten();
    known
        .filter_map(|form| VOCABULARY.get(form))
        .next()
        .copied()
        .unwrap_or_default()
}

/// The columns at these positions of a table.
fn columns_at(bits: u32, table: impl Iterator<Item = Column>) -> Vec<Column> {
    let mut columns: Vec<Column> = table
        .enumerate()
        .filter(|(at, _)| bits & (1 << at) != 0)
        .map(|(_, column)| column)
        .collect();
    columns.dedup();
    columns
}

/// The meaning of a heading by itself. What depends on the other headings is left open: `Ciudad` may
/// be the municipality or the city abroad.
pub(super) fn meaning(heading: &str) -> Heading {
    let folded = fold(heading);
    let is_filler = |word: &str| FILLERS.split(' ').any(|filler| filler == word);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !word.is_empty() && !is_filler(word))
        .collect();
    if words.is_empty() {
        return Heading::Other;
    }
    let whole = words.join(" ");
    if let Some((_, column)) = WHOLE.iter().find(|(known, _)| *known == whole) {
        return Heading::Means(*column);
    }
    let known: Vec<Word> = words.iter().map(|word| look_up(word)).collect();
    let any = |bits: fn(&Word) -> u32| known.iter().fold(0, |all, word| all | bits(word));
    let foreign = known.iter().any(|word| word.foreign);
    // At least one word of its own, and no word that does not go with it.
    let fits = known.iter().fold(any(|word| word.own), |all, word| {
        all & (word.own | word.beside)
    });
    let mut means = columns_at(fits, TABLE.iter().map(|entry| entry.column));
    if foreign {
        means.retain(|column| !matches!(column, Column::State | Column::Municipality));
    }
    match means.as_slice() {
        [column] => return Heading::Means(*column),
        [_, ..] => return Heading::MayMean(means),
        [] => {}
    }
    if foreign || known.iter().any(|word| word.elsewhere) {
        return Heading::Other;
    }
    match whole.as_str() {
        "ciudad" | "city" => {
            return Heading::MayMean(vec![Column::Municipality, Column::Counterpart]);
        }
        "nombre" | "name" => {
            let may = [Column::Municipality, Column::Counterpart, Column::Title];
            return Heading::MayMean(may.to_vec());
        }
        _ => {}
    }
    let hinted = columns_at(
        any(|word| word.hint),
        HINTS.iter().map(|(column, _)| *column),
    );
    if hinted.is_empty() {
        Heading::Other
    } else {
        Heading::MayMean(hinted)
    }
}

/// The words by which a column is recognised, for people.
pub(super) fn own_words(column: Column) -> Vec<&'static str> {
    let of_table = TABLE.iter().filter(|entry| entry.column == column);
    let whole = WHOLE
        .iter()
        .filter(|(_, of)| *of == column)
        .map(|(text, _)| *text);
    of_table
        .flat_map(|entry| entry.own.split(' '))
        .chain(whole)
        .collect()
}
