//! Recognises the meaning of a heading from its words.
//!
//! Offices name one column in a hundred ways, so the words are compared and not the whole heading: a
//! heading means a column if it has one of the column's own words and otherwise only words that go
//! with it. A heading with one of these words and another that is not known may mean the column; then
//! a person says so, because a column that is left out changes what the others mean.

#[cfg(test)]
mod tests;
mod vocabulary;
mod words;
mod written;

use super::columns::Column;
use vocabulary::{Mark, columns_at, in_order, matters};
use words::{AGREEMENT, TABLE, WHOLE};
use written::Written;

/// What a heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// This column.
    Means(Column),
    /// Perhaps one of these columns.
    MayMean(Vec<Column>),
    /// Something that an import does not need.
    Other,
    /// Nothing that is known.
    Unknown,
}

/// The meaning of a heading by itself. What depends on the other headings is left open: `Ciudad` may
/// be the municipality or the city abroad.
pub(super) fn meaning(heading: &str) -> Heading {
    let written = Written::of(heading);
    if written.words.is_empty() {
        return Heading::Other;
    }
    let whole = written.words.join(" ");
    if let Some((_, column)) = WHOLE.iter().find(|(known, _)| *known == whole) {
        return Heading::Means(*column);
    }
    if let Some(certain) = certain(&written) {
        return certain;
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
    let hinted = hinted(&written);
    if !hinted.is_empty() {
        Heading::MayMean(hinted)
    } else if is_certainly_other(&written) {
        Heading::Other
    } else {
        Heading::Unknown
    }
}

/// The meaning of a heading that has at least one word of a column's own, and none that does not go
/// with it. One that also counts its columns (`Contraparte 2`) may be a further one.
fn certain(written: &Written) -> Option<Heading> {
    let is_ordinal = |marks: &[Mark]| marks.contains(&Mark::Ordinal);
    let known = || written.known.iter().filter(|word| !is_ordinal(&word.marks));
    let own = known().fold(0, |all, word| all | word.own);
    let fits = known().fold(own, |all, word| all & (word.own | word.beside));
    let mut means = columns_at(fits);
    if written.is_abroad() {
        means.retain(|column| !matches!(column, Column::State | Column::Municipality));
    }
    if means == [Column::Level] && written.has(Mark::Government) && !written.is_abroad() {
        return Some(Heading::Other);
    }
    if written.has(Mark::Ordinal) && !means.is_empty() {
        means.retain(|column| matters(*column));
        let of_these = Heading::MayMean(means.clone());
        return Some(if means.is_empty() {
            Heading::Other
        } else {
            of_these
        });
    }
    match means.as_slice() {
        [column] => Some(Heading::Means(*column)),
        [_, ..] => Some(Heading::MayMean(means)),
        [] => None,
    }
}

/// The columns at which a heading hints.
fn hinted(written: &Written) -> Vec<Column> {
    let hints = written.known.iter().flat_map(|word| word.hints.clone());
    let mut may = in_order(hints.collect());
    if written.has(Mark::Mexican) && may.is_empty() {
        // `Contraparte mexicana`: the Mexican side, under whatever name.
        may.push(Column::Municipality);
    }
    if written.has(Mark::Keeping) {
        return Vec::new();
    }
    if written.is_abroad() {
        // The other side has no municipality; a date or number may mention it.
        may.retain(|column| {
            matches!(column, Column::SignedOn | Column::RegistryNumber)
                || (*column == Column::Counterpart && !written.names(Column::Counterpart))
        });
    }
    if written.has(Mark::Elsewhere) {
        may.retain(|column| match column {
            Column::SignedOn => written.has(Mark::Signature),
            Column::Municipality | Column::RegistryNumber => written.names(*column),
            _ => false,
        });
    }
    if written.is_only_date() {
        may.retain(|column| *column != Column::RegistryNumber);
    }
    if written.has(Mark::Other) {
        may.retain(|column| *column != Column::Kind);
    }
    may
}

/// Whether a heading that is not understood is nevertheless certainly not about a place.
fn is_certainly_other(written: &Written) -> bool {
    let is_place = |column: &Column| {
        matches!(
            column,
            Column::State | Column::Municipality | Column::Counterpart
        )
    };
    let names_other = || {
        let mut names = written.known.iter().flat_map(|word| word.names());
        names.any(|column| !is_place(&column))
    };
    let marks = [Mark::Elsewhere, Mark::Keeping, Mark::Other];
    let is_agreement = || {
        let is_one = |word: &str| AGREEMENT.split(' ').any(|known| known == word);
        written.words.iter().all(|word| is_one(word))
    };
    written.is_abroad()
        || is_agreement()
        || marks.iter().any(|mark| written.has(*mark))
        || names_other()
}

/// Whether a heading is about the other side.
pub(super) fn is_abroad(heading: &str) -> bool {
    Written::of(heading).is_abroad()
}

/// Whether a heading says a place and not only a party: `Ciudad hermana`.
pub(super) fn is_place(heading: &str) -> bool {
    Written::of(heading).has(Mark::City)
}

/// Whether a heading is nothing but `Ciudad`.
pub(super) fn is_plain_city(heading: &str) -> bool {
    let words = Written::of(heading).words;
    matches!(words.as_slice(), [only] if only == "ciudad" || only == "city")
}

/// Whether a heading that may mean a column may do so although `holder`, another heading of the
/// file, means it: then a person says which of the two is right.
pub(super) fn vies(heading: &str, holder: &str, column: Column) -> bool {
    let (it, holder) = (Written::of(heading), Written::of(holder));
    let ordinal = it.has(Mark::Ordinal);
    match column {
        Column::SignedOn => {
            let holder_signed = holder.has(Mark::Signature);
            (ordinal && (it.has(Mark::Date) || !holder.has(Mark::Date)))
                || if it.has(Mark::Signature) {
                    !it.has(Mark::Elsewhere) || !holder_signed
                } else {
                    it.has(Mark::Date) && !it.has(Mark::Elsewhere) && !holder_signed
                }
        }
        Column::Municipality | Column::RegistryNumber => {
            it.names(column) && !it.has(Mark::Elsewhere) && !it.is_abroad()
        }
        _ => ordinal && it.names(column),
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
