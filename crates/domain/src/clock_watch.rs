//! Whether the clock can be trusted before anything is done in bulk by time. It is compared with
//! the last recorded instant and with the running time of the process.

use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// How far the clock may be ahead of the last recorded instant.
pub const AHEAD: TimeDelta = TimeDelta::days(30);
/// How far it may be behind: clocks of several machines never agree exactly.
pub const BEHIND: TimeDelta = TimeDelta::minutes(10);
/// How long nothing is done in bulk after the clock jumped while the process ran.
const REST: Duration = Duration::from_secs(24 * 60 * 60);

/// The clock compared with the last recorded instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// Within the limits.
    Near,
    /// Ahead by this much, more than the limit.
    Ahead(TimeDelta),
    /// Behind by this much: a later instant was recorded.
    Behind(TimeDelta),
}

/// Compares the clock with the last recorded instant. If nothing is recorded, there is nothing to
/// do in bulk.
pub fn compare(now: DateTime<Utc>, last: Option<DateTime<Utc>>) -> ClockState {
    let Some(last) = last else {
        return ClockState::Near;
    };
    let ahead = now - last;
    if ahead > AHEAD {
        ClockState::Ahead(ahead)
    } else if -ahead > BEHIND {
        ClockState::Behind(-ahead)
    } else {
        ClockState::Near
    }
}

/// Compares the clock's pace with a time that nobody can set.
#[derive(Debug, Default)]
pub struct Pace {
    last: Option<(DateTime<Utc>, Duration)>,
    off: TimeDelta,
    jumped: Option<Duration>,
}

impl Pace {
    /// Compares the clock with `running`, the time since the process began; returns whether it runs
    /// evenly. A jump is forgotten once it is reversed, or after a day.
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

    /// Accepts the clock as it is.
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
            assert_eq!(standing == ClockState::Near, near, "{now} {standing:?}");
        }
        assert_eq!(compare(last, None), ClockState::Near);
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
