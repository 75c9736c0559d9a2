//! Finds which clauses of the two versions correspond when clauses were added, removed and
//! renumbered.

use super::{Clause, known_as, same_words};

/// The positions of a clause in the earlier and in the later version.
pub(super) type Matched = (Option<usize>, Option<usize>);

/// Pairs the clauses: first those with the same words, then the same model, the same heading, the
/// same number. The order is that of the later version, with removed clauses where they stood.
pub(super) fn of(from: &[Clause], to: &[Clause]) -> Vec<Matched> {
    let mut partner: Vec<Option<usize>> = vec![None; to.len()];
    let same_text = |one: &Clause, other: &Clause| {
        one.model == other.model && same_words(&one.text, &other.text)
    };
    let same_model = |one: &Clause, other: &Clause| one.model.is_some() && one.model == other.model;
    let may_be = |one: &Clause, other: &Clause| one.model.is_none() || other.model.is_none();
    let same_heading = |one: &Clause, other: &Clause| {
        may_be(one, other)
            && !one.heading.trim().is_empty()
            && known_as(&one.heading) == known_as(&other.heading)
    };
    let same_number = |one: &Clause, other: &Clause| {
        may_be(one, other) && known_as(&one.number) == known_as(&other.number)
    };
    pair(&mut partner, from, to, same_text);
    pair(&mut partner, from, to, same_model);
    pair(&mut partner, from, to, same_heading);
    pair(&mut partner, from, to, same_number);
    in_order(&partner, from.len())
}

/// Gives each clause without a partner the first free one that is like it.
fn pair(
    partner: &mut [Option<usize>],
    from: &[Clause],
    to: &[Clause],
    like: impl Fn(&Clause, &Clause) -> bool,
) {
    let mut taken: Vec<usize> = partner.iter().flatten().copied().collect();
    for (place, other) in partner.iter_mut().zip(to) {
        if place.is_none() {
            let free = from
                .iter()
                .enumerate()
                .find(|(i, one)| !taken.contains(i) && like(one, other));
            *place = free.map(|(i, _one)| i);
            taken.extend(*place);
        }
    }
}

fn in_order(partner: &[Option<usize>], earlier: usize) -> Vec<Matched> {
    let mut matched: Vec<Matched> = partner
        .iter()
        .enumerate()
        .map(|(j, i)| (*i, Some(j)))
        .collect();
    for i in 0..earlier {
        if partner.contains(&Some(i)) {
            continue;
        }
        let before = i.checked_sub(1);
        let behind = matched
            .iter()
            .position(|(one, _)| before.is_some() && *one == before);
        let at = behind.map_or(0, |at| at + 1);
        matched.insert(at, (Some(i), None));
    }
    matched
}

/// Whether clauses that are in both versions changed their order.
pub(super) fn is_reordered(matched: &[Matched]) -> bool {
    let both: Vec<usize> = matched
        .iter()
        .filter(|(_, j)| j.is_some())
        .filter_map(|(i, _)| *i)
        .collect();
    !both.is_sorted()
}
