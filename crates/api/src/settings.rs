//! Settings of the service's own rules, with their defaults.

use vinculo_domain::notices::{ABANDON_AFTER_DAYS, STALE_AFTER_DAYS};
use vinculo_domain::storage::Quota;

/// How long drafts and returned cases may stay untouched; 0 is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftExpiry {
    /// Days after which they are reported.
    pub stale_after_days: u32,
    /// Days after which they are abandoned.
    pub abandon_after_days: u32,
}

impl Default for DraftExpiry {
    fn default() -> Self {
        Self {
            stale_after_days: STALE_AFTER_DAYS,
            abandon_after_days: ABANDON_AFTER_DAYS,
        }
    }
}

/// Limits for stored files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Storage {
    /// How much each government may add.
    pub quota: Quota,
    /// The most bytes a second that the check of kept files reads; 0 is no check.
    pub check_per_second: u64,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            quota: Quota::of_gigabytes(QUOTA_GB),
            check_per_second: u64::from(FILE_CHECK_MB_PER_SECOND) * 1_000_000,
        }
    }
}

/// The default gigabytes of documents that each government may add.
pub const QUOTA_GB: u32 = 50;
/// The default megabytes a second that the check of kept files reads.
pub const FILE_CHECK_MB_PER_SECOND: u32 = 4;
