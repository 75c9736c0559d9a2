//! The only list of problems: every refusal of the service is one of them. It is committed as
//! `data/problems.csv`; changing a code is a breaking change, changing a text is not.

use crate::refusal::Said;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::LazyLock;
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A problem of the list; its code is its name in snake case.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = ProblemCode)]
#[expect(
    missing_docs,
    reason = "each variant is explained, in both languages, by its row of the list"
)]
pub enum Problem {
    Unauthenticated,
    InvalidCredentials,
    TenantRequired,
    MalformedJson,
    InvalidBody,
    UnknownField,
    InvalidParameter,
    InvalidHeader,
    InvalidCursor,
    UploadIncomplete,
    RequestTimeout,
    PayloadTooLarge,
    UriTooLong,
    UnsupportedMediaType,
    PreconditionRequired,
    TooManyRequests,
    HeadTooLarge,
    NotFound,
    MethodNotAllowed,
    Forbidden,
    SeparationOfDuties,
    PreconditionFailed,
    WrongStage,
    LockedInStage,
    Duplicate,
    InUse,
    IdempotencyInFlight,
    IdempotencyMismatch,
    ValidationFailed,
    ReadOnly,
    Incomplete,
    CounterpartNotRegistrable,
    KindNotRegistrable,
    NotAPdf,
    DocumentRefused,
    QuotaExceeded,
    FileDamaged,
    RangeNotSatisfiable,
    TooBusy,
    OutcomeUnknown,
    StorageFull,
    Internal,
}

/// One row of the list.
#[derive(Debug, Clone)]
pub struct ProblemText {
    /// The HTTP status.
    pub status: u16,
    /// The short name.
    pub title: Said,
    /// What to do.
    pub detail: Said,
}

static LIST: LazyLock<HashMap<Problem, ProblemText>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("../data/problems.csv").as_bytes());
    let rows = reader.records().filter_map(|row| {
        let row = row.ok()?;
        let cell = |i: usize| row.get(i).unwrap_or_default().to_owned();
        let text = ProblemText {
            status: cell(1).parse().ok()?,
            title: Said::from_data(cell(2), cell(3)),
            detail: Said::from_data(cell(4), cell(5)),
        };
        Some((cell(0).parse().ok()?, text))
    });
    rows.collect()
});

impl Problem {
    /// The stable code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        LIST.get(&self).map_or(500, |row| row.status)
    }

    /// The texts of the list.
    pub fn text(self) -> Option<&'static ProblemText> {
        LIST.get(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_and_the_codes_are_the_same_set() {
        let rows = include_str!("../data/problems.csv").lines().count() - 1;
        assert_eq!(LIST.len(), Problem::VARIANTS.len());
        assert_eq!(rows, Problem::VARIANTS.len());
        for problem in Problem::VARIANTS {
            let text = problem.text().unwrap();
            assert!(
                (400..=507).contains(&text.status)
                    && !text.detail.es.is_empty()
                    && !text.detail.en.is_empty()
            );
        }
    }
}
