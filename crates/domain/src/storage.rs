//! The storage space that a government has for documents.

use crate::problems::Problem;
use crate::refusal::Refusal;
use crate::wording;
use serde::Serialize;
use utoipa::ToSchema;

/// A gigabyte, in bytes.
const GIGABYTE: u64 = 1_000_000_000;

/// How many bytes of documents each government may add; none means no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quota(Option<u64>);

impl Quota {
    /// No limit.
    pub fn none() -> Self {
        Self(None)
    }

    /// A limit in bytes.
    pub fn of_bytes(bytes: u64) -> Self {
        Self(Some(bytes))
    }

    /// A limit in gigabytes; 0 means no limit.
    pub fn of_gigabytes(gigabytes: u32) -> Self {
        match gigabytes {
            0 => Self::none(),
            some => Self::of_bytes(u64::from(some) * GIGABYTE),
        }
    }

    /// The limit in bytes.
    pub fn bytes(self) -> Option<u64> {
        self.0
    }
}

/// What a government uses of its room for documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StorageUse {
    /// The bytes of the documents that it has added, in its own cases and in others'.
    pub used_bytes: i64,
    /// The number of these documents; the same bytes twice are two.
    pub files: i64,
    /// How many bytes it may use; null where there is no bound.
    pub quota_bytes: Option<i64>,
}

impl StorageUse {
    /// The refusal, which says how much is used and allowed.
    pub fn refuse(&self, size: u64) -> Refusal {
        let (used, quota) = (self.used_bytes, self.quota_bytes.unwrap_or(i64::MAX));
        Refusal::new(Problem::QuotaExceeded).saying(wording::documents::quota(used, quota, size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_how_much_is_used_and_allowed() {
        let used = StorageUse {
            used_bytes: 90,
            files: 3,
            quota_bytes: Some(100),
        };
        let refusal = used.refuse(11);
        assert_eq!(refusal.problem, Problem::QuotaExceeded);
        let said = refusal.said.unwrap();
        assert!(said.en.contains("90 of 100 bytes and the file has 11"));
        assert!(said.es.contains("90 de 100 bytes y el archivo tiene 11"));
        assert_eq!(Quota::of_gigabytes(0), Quota::none());
        assert_eq!(Quota::of_gigabytes(50).bytes(), Some(50_000_000_000));
    }
}
