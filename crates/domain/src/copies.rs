//! How a client keeps a copy of a list up to date by the instant of the last change.
//!
//! A unit of work is stamped when it begins and seen when it has committed, so a change may become
//! visible after a later one. The clocks of several instances differ, and a clock may be put back.
//! A client therefore asks again for the last minutes that it knows, and skips the lines whose
//! version and instant it has.

use crate::clock_watch::BEHIND;
use chrono::{DateTime, TimeDelta, Utc};

/// How much of what it knows a client asks for again: as far as a clock may be behind without an
/// alarm. A unit of work takes seconds.
pub const OVERLAP: TimeDelta = BEHIND;

/// The instant from which a client asks for changes, if `newest` is the last `updated_at` that it
/// holds. The answer lists every record that changed at that instant or later.
pub fn ask_since(newest: DateTime<Utc>) -> DateTime<Utc> {
    newest.checked_sub_signed(OVERLAP).unwrap_or(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_asks_again_for_ten_minutes() {
        let newest: DateTime<Utc> = "2026-11-20T18:00:00Z".parse().unwrap();
        let since: DateTime<Utc> = "2026-11-20T17:50:00Z".parse().unwrap();
        assert_eq!(ask_since(newest), since);
        let first = DateTime::<Utc>::MIN_UTC;
        assert_eq!(ask_since(first), first);
    }
}
