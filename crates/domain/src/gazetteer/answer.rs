//! The answer to the question which government a name means.

use super::SeedGovernment;

/// The most candidates listed for a doubtful name; "San" in Oaxaca fits hundreds, and such a list
/// helps nobody.
const MAX_CANDIDATES: usize = 50;

/// The result of a search for a government.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// One government, without doubt.
    One(&'static SeedGovernment),
    /// One or more candidates, by id: a person decides.
    Ambiguous(Vec<&'static SeedGovernment>),
    /// No government has that name.
    None,
}

impl Match {
    /// The only government found; several are a question.
    pub(super) fn decided(found: Vec<&'static SeedGovernment>) -> Self {
        match found.as_slice() {
            [government] => Self::One(government),
            _ => Self::doubtful(found, []),
        }
    }

    /// A question, even if there is one candidate. If the list must be cut, `others` are left out
    /// first.
    pub(super) fn doubtful(
        likely: impl IntoIterator<Item = &'static SeedGovernment>,
        others: impl IntoIterator<Item = &'static SeedGovernment>,
    ) -> Self {
        let mut candidates = by_id(likely);
        for other in by_id(others) {
            if candidates.len() >= MAX_CANDIDATES {
                break;
            }
            if !candidates.contains(&other) {
                candidates.push(other);
            }
        }
        candidates.truncate(MAX_CANDIDATES);
        candidates.sort_by_key(|government| &government.id);
        if candidates.is_empty() {
            Self::None
        } else {
            Self::Ambiguous(candidates)
        }
    }

    /// The same as a question: for a row that is clear but for another of its cells.
    pub(super) fn asked(self) -> Self {
        Self::doubtful(self.candidates(), [])
    }

    /// All governments of the answer.
    pub(super) fn candidates(self) -> Vec<&'static SeedGovernment> {
        match self {
            Self::One(government) => vec![government],
            Self::Ambiguous(governments) => governments,
            Self::None => Vec::new(),
        }
    }
}

fn by_id(
    governments: impl IntoIterator<Item = &'static SeedGovernment>,
) -> Vec<&'static SeedGovernment> {
    let mut list: Vec<_> = governments.into_iter().collect();
    list.sort_by_key(|government| &government.id);
    list.dedup();
    list
}
