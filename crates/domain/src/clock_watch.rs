//! Whether a clock may be believed before something is done in bulk by time: it is compared with
//! the last instant that is on record, and with the time that the process itself has run.

use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// How far the clock may be ahead of the last instant on record.
pub const AHEAD: TimeDelta = TimeDelta::days(30);
/// How far it may be behind: several machines are never quite together.
pub const BEHIND: TimeDelta = TimeDelta::minutes(10);
/// How long nothing is done in bulk after a jump while the process ran.
const REST: Duration = Duration::from_secs(24 * 60 * 60);

/// How a clock stands to the last instant on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Near enough.
    Near,
    /// So much further than it could be.
    Ahead(TimeDelta),
    /// It was later once.
    Behind(TimeDelta),
}

/// Compares a clock with the last instant on record. Where nothing is on record, there is nothing
/// that could be done in bulk.
pub fn compare(now: DateTime<Utc>, last: Option<DateTime<Utc>>) -> Standing {
    let Some(last) = last else {
        return Standing::Near;
    };
    let ahead = now - last;
    if ahead > AHEAD {
        Standing::Ahead(ahead)
    } else if -ahead > BEHIND {
        Standing::Behind(-ahead)
    } else {
        Standing::Near
    }
}

/// How evenly a clock runs beside a time that cannot be set.
#[derive(Debug, Default)]
pub struct Pace {
    last: Option<(DateTime<Utc>, Duration)>,
    off: TimeDelta,
    jumped: Option<Duration>,
}

impl Pace {
    /// Looks at the clock, `running` after the process began. Whether it has run evenly: a jump
    /// is forgotten once it is taken back, or has stood for a day.
    pub fn step(&mut self, now: DateTime<Utc>, running: Duration) -> bool {
        if let Some((before, at)) = self.last.replace((now, running)) {
            let passed = TimeDelta::from_std(running.saturating_sub(at)).unwrap_or(TimeDelta::MAX);
            let jump = (now - before) - passed;
            if jump.abs() > BEHIND {
                self.off += jump;
                self.jumped = Some(running);
            }
        }
        let rested = |since: Duration| running.saturating_sub(since) >= REST;
        if self.off.abs() <= BEHIND || self.jumped.is_some_and(rested) {
            self.off = TimeDelta::zero();
            self.jumped = None;
        }
        self.jumped.is_none()
    }

    /// Takes the clock as it stands.
    pub fn accept(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_ahead_or_ten_minutes_behind_is_far() {
        let last = at("2026-11-20T18:00:00Z");
        for (now, near) in [
            ("2026-11-20T18:00:00Z", true),
            ("2026-12-20T18:00:00Z", true),
            ("2026-12-20T18:00:01Z", false),
            ("2027-12-25T18:00:00Z", false),
            ("2026-11-20T17:50:00Z", true),
            ("2026-11-20T17:49:59Z", false),
            ("2026-11-19T18:00:00Z", false),
        ] {
            let standing = compare(at(now), Some(last));
            assert_eq!(standing == Standing::Near, near, "{now} {standing:?}");
        }
        assert_eq!(compare(last, None), Standing::Near);
    }

    #[test]
    fn a_jump_while_it_runs_is_seen_and_forgotten_when_it_is_taken_back() {
        let noon = at("2026-11-20T12:00:00Z");
        let hour = Duration::from_secs(3600);
        let mut pace = Pace::default();
        assert!(pace.step(noon, Duration::ZERO));
        assert!(pace.step(noon + hour, hour), "an hour in an hour");
        let ahead = noon + TimeDelta::days(3);
        assert!(!pace.step(ahead + 2 * hour, 2 * hour));
        assert!(!pace.step(ahead + 3 * hour, 3 * hour), "it is still off");
        assert!(pace.step(noon + 4 * hour, 4 * hour), "and back");
        assert!(!pace.step(noon - 19 * hour, 5 * hour), "a day back");
        assert!(!pace.step(noon + 3 * hour, 27 * hour));
        assert!(pace.step(noon + 5 * hour, 29 * hour), "a day later");
        assert!(pace.step(noon + 6 * hour, 30 * hour));
    }
}
