//! The word-by-word difference of two clauses, within limits: the time grows with the square of the
//! number of changed words.

use super::{Piece, PieceChange, words};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most words of a clause, both versions together, that are compared word by word.
const OF_A_CLAUSE: usize = 4_000;
/// The most words of a whole comparison.
const OF_ALL: usize = 40_000;

/// The work that one comparison may still spend.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(OF_ALL)
    }
}

impl Budget {
    fn pays(&mut self, words: usize) -> bool {
        let affordable = words <= OF_A_CLAUSE && words <= self.0;
        if affordable {
            self.0 -= words;
        }
        affordable
    }
}

/// The pieces of a difference, and whether it is just both whole texts; no pieces if the words are
/// the same.
pub(super) fn of(from: &str, to: &str, budget: &mut Budget) -> (Vec<Piece>, bool) {
    let (one, other) = (words(from), words(to));
    if one == other {
        return (Vec::new(), false);
    }
    if one.is_empty() || other.is_empty() {
        return (whole(&one, &other), false);
    }
    if !budget.pays(one.len() + other.len()) {
        return (whole(&one, &other), true);
    }
    let mut pieces = Vec::new();
    for step in capture_diff_slices(Algorithm::Myers, &one, &other) {
        if let DiffOp::Equal { .. } = step {
            pieces.extend(piece(PieceChange::Same, one.get(step.old_range())));
        } else {
            pieces.extend(piece(PieceChange::Removed, one.get(step.old_range())));
            pieces.extend(piece(PieceChange::Added, other.get(step.new_range())));
        }
    }
    (pieces, false)
}

fn whole(one: &[&str], other: &[&str]) -> Vec<Piece> {
    let removed = piece(PieceChange::Removed, Some(one));
    removed
        .into_iter()
        .chain(piece(PieceChange::Added, Some(other)))
        .collect()
}

fn piece(change: PieceChange, words: Option<&[&str]>) -> Option<Piece> {
    let words = words.filter(|words| !words.is_empty())?;
    let text = words.join(" ");
    Some(Piece { change, text })
}
