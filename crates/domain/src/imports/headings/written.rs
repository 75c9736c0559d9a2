//! The words of a heading, however it is written.

use super::vocabulary::{LOST, Mark, Word, is_known, look_up};
use super::words::FILLERS;
use crate::damage::{Damage, damage};
use crate::imports::Column;
use crate::text::fold;

/// More words are no heading.
const MAX_WORDS: usize = 40;

/// The words of a heading and what each of them says.
pub(super) struct Written {
    pub(super) words: Vec<String>,
    pub(super) known: Vec<Word>,
}

impl Written {
    pub(super) fn of(heading: &str) -> Self {
        let heading = without_number(heading);
        let mended = match damage(heading) {
            None => heading.to_owned(),
            Some(Damage::Repairable(right)) => right,
            Some(Damage::Lost | Damage::Doubtful) => with_gaps(heading),
        };
        let folded = fold(&split(&mended));
        let mut words: Vec<&str> = folded.split(' ').take(MAX_WORDS).collect();
        let joined;
        // Words with a space after each letter: `M u n i c i p i o`.
        if words.len() > 3 && words.iter().all(|word| word.chars().count() == 1) {
            joined = words.concat();
            words = vec![joined.as_str()];
        }
        let is_filler = |word: &str| FILLERS.split(' ').any(|filler| filler == word);
        words.retain(|word| !word.is_empty() && !is_filler(word));
        // A single letter is a mark, such as that of a note: `Contraparte (c)`.
        let is_mark =
            |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        if words.iter().any(|word| !is_mark(word)) {
            words.retain(|word| !is_mark(word));
        }
        Self {
            known: words.iter().map(|word| look_up(word)).collect(),
            words: words.into_iter().map(str::to_owned).collect(),
        }
    }

    pub(super) fn has(&self, mark: Mark) -> bool {
        self.known.iter().any(|word| word.marks.contains(&mark))
    }

    /// Whether one of its words names this column.
    pub(super) fn names(&self, column: Column) -> bool {
        self.known.iter().any(|word| word.names().contains(&column))
    }

    /// Whether it is about the other side.
    pub(super) fn is_abroad(&self) -> bool {
        self.has(Mark::Foreign) && !self.has(Mark::Mexican)
    }

    /// Whether it is a date and no number.
    pub(super) fn is_only_date(&self) -> bool {
        self.has(Mark::Date) && !self.has(Mark::Number)
    }
}

/// Without the number of the column before its heading: `2. Municipio`, `3) País`.
fn without_number(heading: &str) -> &str {
    let heading = heading.trim();
    let is_number = |one: char| one.is_ascii_digit() || ".)-°º ".contains(one);
    let rest = heading.trim_start_matches(is_number);
    let number = heading.strip_suffix(rest).unwrap_or_default();
    let is_list =
        number.starts_with(|one: char| one.is_ascii_digit()) && number.contains(['.', ')', '-']);
    if is_list && !rest.is_empty() {
        rest
    } else {
        heading
    }
}

/// With a letter in the place of those that were lost.
fn with_gaps(heading: &str) -> String {
    let letters: Vec<char> = heading.chars().collect();
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(|one| one.is_alphabetic())
    };
    let shown = letters.iter().enumerate().map(|(at, &one)| {
        let inside = is_letter(at.checked_sub(1)) && is_letter(at.checked_add(1));
        let is_sign = !one.is_alphanumeric() && !one.is_whitespace();
        let joins = "-/_.,'’()".contains(one);
        if one == char::REPLACEMENT_CHARACTER || (inside && is_sign && !joins) {
            LOST
        } else {
            one
        }
    });
    shown.collect()
}

/// With a space between the words of `fechaFirma`, `CVEMun` and `Fecha1`, and without a hyphen at the
/// end of a line.
fn split(heading: &str) -> String {
    let heading = heading
        .replace("-\r\n", "")
        .replace("-\r", "")
        .replace("-\n", "");
    let words: Vec<String> = heading.split_whitespace().map(apart).collect();
    words.join(" ")
}

/// The words that are joined in one; a word that is known as it stands is one.
fn apart(word: &str) -> String {
    if is_known(&fold(word)) {
        return word.to_owned();
    }
    let letters: Vec<char> = word.chars().collect();
    let mut split = String::with_capacity(word.len());
    for (at, &one) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let after = letters.get(at + 1).copied();
        if before.is_some_and(|before| begins_word(before, one, after)) {
            split.push(' ');
        }
        split.push(one);
    }
    split
}

fn begins_word(before: char, one: char, after: Option<char>) -> bool {
    let small = |letter: char| letter.is_lowercase();
    (small(before) && one.is_uppercase())
        || (before.is_uppercase() && one.is_uppercase() && after.is_some_and(small))
        || (before.is_alphabetic() && one.is_ascii_digit())
        || (before.is_ascii_digit() && one.is_alphabetic())
}
